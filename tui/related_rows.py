"""What belongs with an article, as rows of a menu: four relations apart, each item with outlet, time and reason."""

from __future__ import annotations

from collections.abc import Sequence

from store import Published, Related, Relation, fold

from .dates import short_date
from .i18n import _, number
from .menu_rows import MenuRow
from .presentation import UNREAD, joined
from .text import Span
from .time_apart import apart

_HEADINGS = {
    Relation.EVENT: "Other reports of the same event",
    Relation.COPY: "Copies of the same text",
    Relation.SAGA: "The story before and after",
    Relation.READ_ALSO: "Read also",
    Relation.SIMILAR: "Similar headlines",
    Relation.LINKED_FROM: "Linked from",
}
_LINKS = (Relation.READ_ALSO, Relation.SIMILAR, Relation.LINKED_FROM)
_SEPARATOR = " · "


def related_rows(
    found: Sequence[Related], title: str, published: Published | None, now: int, months: str = "common"
) -> list[MenuRow]:
    """The relations under their headings, what else reports the event first; the value of a row is the article's id.

    ``title`` and ``published`` are those of the article asked about, ``now`` is in seconds UTC. Below each
    headline stands a row with outlet, date, how much later it came, and the reason.
    """
    rows: list[MenuRow] = []
    for relation, heading in _HEADINGS.items():
        members = [one for one in found if one.relation is relation]
        if not members:
            continue
        rows.append(MenuRow(_(heading), number(len(members)), role="heading"))
        for one in members:
            rows.append(headline(one.id, one.title, is_unread=one.is_unread))
            when = (short_date(one.published, now, months), apart(published, one.published))
            muted = _("muted") if one.is_muted else ""
            rows.append(
                about((one.outlet or _("no outlet"), *when, *_nature(one), muted), _reasons(one, title))
            )
    return rows


def headline(article_id: int, title: str, *, is_unread: bool, mark: str = "", indent: int = 1) -> MenuRow:
    """The row of an article: its mark, whether it is unread, its headline."""
    text = f"{mark} " * bool(mark) + f"{UNREAD if is_unread else ' '} {title}"
    return MenuRow(text, "", article_id, "unread" if is_unread else "read", indent)


def about(parts: Sequence[str], reasons: Sequence[str], indent: int = 3) -> MenuRow:
    """The row below a headline: what is known of the article, then what it shares, set apart."""
    told = joined(part for part in parts if part)
    if not reasons:
        return MenuRow(told, role="meta", indent=indent)
    text = told + _SEPARATOR + "، ".join(reasons)
    return MenuRow(text, role="meta", indent=indent, spans=(Span(len(told) + 3, len(text), "note"),))


def _nature(one: Related) -> tuple[str, ...]:
    """For a copy: whose text it is, whether it is the outlet's own update, how much both have and what differs.

    Short, since a line of 80 cells holds outlet, day and distance too; that it is a copy the heading says.
    """
    if one.relation is not Relation.COPY or one.share is None:
        return ()
    parts = (
        _("from {agency}").format(agency="، ".join(one.agency)) if one.agency else "",
        _("update by the same outlet") if one.is_update else "",
        _percent(one.share) + " " + _("in common"),
        _("{share} more").format(share=_percent(one.added)) if _counts(one.added) else "",
        _("{share} left out").format(share=_percent(one.lacking)) if _counts(one.lacking) else "",
    )
    return tuple(part for part in parts if part)


def _counts(share: float | None) -> bool:
    return share is not None and share >= 0.05


def _percent(share: float | None) -> str:
    return number(round(100 * (share or 0.0))) + "%"


def _reasons(one: Related, title: str) -> tuple[str, ...]:
    """Shared names; for a link the words it came by, where these are not the headline itself."""
    if one.relation not in _LINKS:
        return one.reasons
    target = title if one.relation is Relation.LINKED_FROM else one.title
    return tuple(f"«{reason}»" for reason in one.reasons if fold(reason) != fold(target))
