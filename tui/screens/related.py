"""What belongs with an article, as rows of a menu: each with its outlet, its time and the reason."""

from __future__ import annotations

from store import Related, Relation, Store

from ..dates import full_date
from ..i18n import _
from ..widgets.menu import MenuRow

_HEADINGS = {
    Relation.READ_ALSO: "Read also",
    Relation.SIMILAR: "Similar headlines",
    Relation.LINKED_FROM: "Linked from",
    Relation.COPY: "Copies of the same text",
    Relation.EVENT: "Other reports of the same event",
    Relation.SAGA: "The story before and after",
}


def related_rows(store: Store, article_id: int, months: str = "common") -> list[MenuRow]:
    """The four relations under their headings; the value of a row is the article's id."""
    found = store.related(article_id)
    rows: list[MenuRow] = []
    for relation, heading in _HEADINGS.items():
        members = [one for one in found if one.relation is relation]
        if members:
            rows.append(MenuRow(_(heading), role="heading"))
            rows += [row for one in members for row in _rows_of(one, months)]
    return rows


def _rows_of(one: Related, months: str) -> list[MenuRow]:
    told = " · ".join(part for part in (one.outlet, full_date(one.published, months)) if part)
    role = "unread" if one.is_unread else "body"
    rows = [MenuRow(one.title, told, one.id, role, indent=2)]
    if one.reasons and one.relation not in (Relation.READ_ALSO, Relation.SIMILAR, Relation.LINKED_FROM):
        rows.append(MenuRow(_("shared") + ": " + "، ".join(one.reasons), role="meta", indent=4))
    return rows
