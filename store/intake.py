"""The way in: one parsed article becomes rows, is recognised when it was here before, and closes waiting links.

Everything happens inside the caller's transaction. Statuses and tags are
never touched for an article that is already here.
"""

from __future__ import annotations

import json
import sqlite3
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from json.encoder import encode_basestring

from . import hooks
from .articles import NEXT_NUMBER
from .database import transaction
from .identity import Candidate, holds
from .inference import infer_dates
from .labels import Labels
from .links import Named, PageLinks, Target, meet, write_links
from .models import Added, LinkKind, Outcome, ParsedArticle, Published
from .newcomers import Newcomers
from .positions import Positions
from .preparation import Prepared, subject
from .recognition import Acquaintance, Arriving, find
from .restoring import Restoring
from .revisions import Former, keep_former, was_before
from .search_index import Arrival, entry_of
from .targets import hold

_INSERT = f"""
INSERT INTO articles(id, position, title, title_is_derived, title_key, published, published_precision,
    published_is_inferred, outlet_id, byline, dateline, agency, keywords, keywords_are_segmented,
    origin, url, guid, identity, is_partial, added, embedded_in, dropped, outlet_is_inferred)
VALUES ({NEXT_NUMBER}, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""  # noqa: S608


def add(connection: sqlite3.Connection, parsed: ParsedArticle, now: int) -> list[Added]:
    """Take in an article and those embedded in it; the host first in what is returned.

    ``now`` (seconds UTC) is when it is added, and its place in the order of
    dates where it has no date. Part of the caller's transaction, or one of its own.
    """
    with transaction(connection):
        return Intake(connection).add(parsed, now)


def move(connection: sqlite3.Connection, article_id: int, published: Published) -> int:
    """Give an article a date, and the place in the order of dates that belongs to it; returns the new position."""
    with transaction(connection):
        return Intake(connection).move(article_id, published)


class Intake:
    """What one import remembers between articles: names it has seen, places it has given.

    Throw it away after a rollback; call :meth:`refresh` when another process may have written.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._positions = Positions(connection)
        self._labels = Labels(connection)
        self._known = Acquaintance()
        self._new = Newcomers(connection)
        self._waiting: list[Arrival] = []
        self._named: list[Named] = []
        self._restoring = Restoring(connection)

    def refresh(self) -> None:
        """Forget what another writer may have changed."""
        self._positions.forget()
        self._labels.forget()

    def add(self, parsed: ParsedArticle, now: int) -> list[Added]:
        """Take in an article and those embedded in it, in a transaction of the caller's."""
        return self.add_all([(parsed, None)], now)

    def add_all(self, articles: Iterable[tuple[ParsedArticle, Prepared | None]], now: int) -> list[Added]:
        """:meth:`add` for many, each with what was computed of it before; much cheaper than one by one.

        Each is let go as soon as it is written: half of the memory of a batch, where the caller keeps none.
        """
        done: list[Added] = []
        links: list[PageLinks] = []
        batch = deque(articles)
        del articles
        self._known.look(self._connection, _prepared_in(batch))
        with hooks.gathering(self._connection):
            while batch:
                done += self._page(*batch.popleft(), now, links)
        self._settle()
        write_links(self._connection, links)
        for guest, host in self._restoring.hosts_found():
            self._take_home(guest, host, now)
        return done

    def _page(
        self, parsed: ParsedArticle, prepared: Prepared | None, now: int, links: list[PageLinks]
    ) -> list[Added]:
        undated = sum(1 for inner in parsed.embedded if inner.published is None)
        host = self._one(Arriving.of(parsed, prepared, now), reserve=undated)
        done = [host]
        targets: list[Target] = []
        below = self._position_of(host.id) if undated else 0
        inside = prepared.embedded if prepared else (None,) * len(parsed.embedded)
        for inner, inner_prepared in zip(parsed.embedded, inside, strict=True):
            position = None
            if inner.published is None and host.outcome is Outcome.NEW:
                below -= 1
                position = below
            added = self._one(Arriving.of(inner, inner_prepared, now, host.id, position))
            if added.id != host.id:
                targets.append(Target(LinkKind.READ_ALSO, inner.title, added.id))
            done.append(added)
        sources = zip(done, (parsed, *parsed.embedded), (prepared, *inside), strict=True)
        for each, source, ready in sources:
            links.append(
                PageLinks(
                    each.id,
                    source.links,
                    targets if each is host else (),
                    ready.headlines if ready else None,
                    each.outcome is Outcome.NEW,
                )
            )
        return done

    def _settle(self) -> None:
        """Write what waits; before an article changes, and when a batch is through."""
        self._new.write()
        if self._named:
            meet(self._connection, self._named)
            self._named.clear()
        if self._waiting:
            hooks.findable(self._connection, self._waiting)
            self._waiting.clear()

    def date_undated(self, article_ids: Iterable[int]) -> int:
        """Infer days for the undated among ``article_ids`` and their relatives; returns how many were found.

        What is inferred is marked so and gives way to anything a source states.
        """
        found = infer_dates(self._connection, article_ids)
        for article_id, published in found:
            self.move(article_id, published)
        return len(found)

    def move(self, article_id: int, published: Published) -> int:
        """Place an article by its date, its undated guests below it, in a transaction of the caller's."""
        guests = self._connection.execute(
            "SELECT id FROM articles WHERE embedded_in = ? AND published IS NULL ORDER BY position DESC",
            (article_id,),
        ).fetchall()
        position = self._positions.take(published, published.time, len(guests) + 1)
        self._place(article_id, position, published)
        for below, (guest,) in enumerate(guests, 1):
            self._place(guest, position - below, None)
        return position

    def _take_home(self, guest: int, host: int, now: int) -> None:
        """Put an article that was found on another's page back there, below it where it has no date of its own."""
        self._connection.execute("UPDATE articles SET embedded_in = ? WHERE id = ?", (host, guest))
        row = self._connection.execute("SELECT published FROM articles WHERE id = ?", (guest,)).fetchone()
        if row[0] is None:
            self._place(guest, self._positions.below(self._position_of(host), now), None)

    def _place(self, article_id: int, position: int, published: Published | None) -> None:
        self._settle()
        former = Former.read(self._connection, article_id)
        columns: tuple[object, ...] = (None, None, False)
        if published:
            columns = (published.time, published.precision.value, published.is_inferred)
        self._connection.execute(
            """UPDATE articles SET position = ?, published = ?, published_precision = ?, published_is_inferred = ?
               WHERE id = ?""",
            (position, *columns, article_id),
        )
        hooks.moved(
            self._connection,
            article_id,
            (former.position, position),
            former.title,
            former.body,
            former.keywords,
        )

    # --- one article

    def _one(self, arrival: Arriving, reserve: int = 0) -> Added:
        known = None if self._known.is_stranger(arrival) else find(self._connection, arrival, self._new.write)
        if known is None:
            done = Added(self._insert(arrival, reserve), Outcome.NEW)
        else:
            self._new.write()
            done = Added(known.id, self._meet(arrival, known))
        if arrival.parsed.kept:
            self._new.write()
            self._restoring.arrived(done.id, arrival.parsed.kept, is_new=done.outcome is Outcome.NEW)
        return done

    def _insert(self, arrival: Arriving, reserve: int) -> int:
        parsed = arrival.parsed
        position = arrival.position
        if position is None and arrival.host is not None and parsed.published is None:
            position = self._positions.below(self._position_of(arrival.host), arrival.now)
        if position is None:
            position = self._positions.take(parsed.published, arrival.now, reserve + 1)
        cursor = self._connection.execute(_INSERT, self._columns(arrival, position))
        article_id = int(cursor.lastrowid or 0)
        self._new.add(
            article_id,
            position,
            "\n".join(parsed.body),
            self._labels.keywords(parsed.keywords),
            self._labels.agencies(parsed.agency),
        )
        if parsed.tags:
            self._new.write()
            self._labels.tag(article_id, parsed.tags)
        ready = arrival.prepared
        about = ready.subject if ready else subject(parsed)
        if not parsed.title_is_derived:
            self._named.append(Named(article_id, parsed.title, (arrival.key, about.sketches)))
        hooks.related(self._connection, article_id, about)
        entry = ready.entry if ready else entry_of(parsed.title, parsed.body, parsed.keywords)
        self._waiting.append(Arrival(article_id, position, entry))
        return article_id

    def _columns(self, arrival: Arriving, position: int) -> tuple[object, ...]:
        parsed = arrival.parsed
        published = parsed.published
        return (
            position,
            parsed.title,
            parsed.title_is_derived,
            arrival.key,
            published.time if published else None,
            published.precision.value if published else None,
            bool(published and published.is_inferred),
            self._labels.outlet(parsed.outlet) if parsed.outlet else None,
            parsed.byline,
            parsed.dateline,
            _json(parsed.agency),
            _json(parsed.keywords),
            parsed.keywords_are_segmented,
            parsed.origin,
            parsed.url,
            parsed.guid,
            arrival.identity,
            parsed.is_partial,
            arrival.now,
            arrival.host,
            json.dumps(dict(parsed.dropped)) if parsed.dropped else "{}",
            bool(parsed.outlet) and parsed.outlet_is_inferred,
        )

    # --- an article that is here already

    def _meet(self, arrival: Arriving, known: Candidate) -> Outcome:
        """Keep what is better of the two: never the shorter copy over the full one, nothing inferred over stated."""
        former = Former.read(self._connection, known.id)
        is_copy = arrival.host is not None
        parsed = arrival.parsed
        if is_copy and known.embedded_in is None:
            return Outcome.KNOWN
        comes_by_itself = not is_copy and known.embedded_in is not None
        takes_text = arrival.identity != known.identity and not was_before(
            self._connection, known.id, arrival.identity
        )
        if takes_text and (is_copy or comes_by_itself):
            # Of two copies, one of them cut, the longer is the article.
            takes_text = not holds(former.body, parsed.body)
        takes_title = (
            parsed.title != former.title
            and not parsed.title_is_derived
            and (takes_text or former.title_is_derived)
        )
        if takes_text and former.title_is_derived and parsed.title_is_derived:
            takes_title = True
        if takes_text:
            keep_former(self._connection, former, arrival.now)
        if takes_text or takes_title:
            self._replace_text(arrival, former, takes_text=takes_text, takes_title=takes_title)
        self._fill(arrival, known, former, comes_by_itself=comes_by_itself)
        return Outcome.CHANGED if takes_text else Outcome.KNOWN

    def _replace_text(
        self, arrival: Arriving, former: Former, *, takes_text: bool, takes_title: bool
    ) -> None:
        parsed = arrival.parsed
        title = parsed.title if takes_title else former.title
        body: Sequence[str] = parsed.body if takes_text else former.body
        keywords = parsed.keywords or former.keywords
        self._settle()
        hooks.leaves(self._connection, former.id, former.position, former.title, former.body, former.keywords)
        if takes_title:
            hold(self._connection, former.id)
            self._connection.execute(
                "UPDATE articles SET title = ?, title_is_derived = ?, title_key = ? WHERE id = ?",
                (title, parsed.title_is_derived, arrival.key, former.id),
            )
        if takes_text:
            self._connection.execute(
                "UPDATE bodies SET text = ? WHERE article_id = ?", ("\n".join(body), former.id)
            )
            self._connection.execute(
                "UPDATE articles SET identity = ?, is_partial = ?, dropped = ? WHERE id = ?",
                (arrival.identity, parsed.is_partial, json.dumps(dict(parsed.dropped)), former.id),
            )
            hooks.retold(self._connection, former.id, body)
        self._set_keywords(former, parsed, keywords)
        hooks.arrived(self._connection, former.id, former.position, title, body, keywords)

    def _set_keywords(self, former: Former, parsed: ParsedArticle, keywords: Sequence[str]) -> None:
        if tuple(keywords) == former.keywords:
            return
        self._connection.execute(
            "UPDATE articles SET keywords = ?, keywords_are_segmented = ? WHERE id = ?",
            (_json(keywords), parsed.keywords_are_segmented, former.id),
        )
        self._connection.execute("DELETE FROM article_keywords WHERE article_id = ?", (former.id,))
        self._labels.attach(former.id, former.position, keywords, ())

    def _fill(self, arrival: Arriving, known: Candidate, former: Former, *, comes_by_itself: bool) -> None:
        """Take what was missing so far; an article that now comes by itself is no longer a guest of its host's page."""
        parsed = arrival.parsed
        if comes_by_itself:
            self._connection.execute(
                "UPDATE articles SET embedded_in = NULL, origin = ? WHERE id = ?", (parsed.origin, known.id)
            )
        if parsed.outlet and _is_better_outlet(parsed, former):
            self._connection.execute(
                "UPDATE articles SET outlet_id = ?, outlet_is_inferred = ? WHERE id = ?",
                (self._labels.outlet(parsed.outlet), parsed.outlet_is_inferred, known.id),
            )
        missing = {
            "url": parsed.url if known.url is None else None,
            "guid": parsed.guid if known.guid is None else None,
            "byline": parsed.byline if former.byline is None else None,
            "dateline": parsed.dateline if former.dateline is None else None,
        }
        for column, value in missing.items():
            if value is not None:
                self._connection.execute(f"UPDATE articles SET {column} = ? WHERE id = ?", (value, known.id))  # noqa: S608
        if parsed.keywords and not former.keywords:
            self._refill_keywords(known.id, parsed)
        if parsed.agency and not former.agency:
            self._connection.execute(
                "UPDATE articles SET agency = ? WHERE id = ?", (_json(parsed.agency), known.id)
            )
            self._labels.attach(known.id, former.position, (), parsed.agency)
        if parsed.published and _is_better(parsed.published, known):
            self.move(known.id, parsed.published)

    def _refill_keywords(self, article_id: int, parsed: ParsedArticle) -> None:
        now = Former.read(self._connection, article_id)
        if now.keywords:
            return
        self._settle()
        hooks.leaves(self._connection, article_id, now.position, now.title, now.body, now.keywords)
        self._set_keywords(now, parsed, parsed.keywords)
        hooks.arrived(self._connection, article_id, now.position, now.title, now.body, parsed.keywords)

    def _position_of(self, article_id: int) -> int:
        row = self._connection.execute("SELECT position FROM articles WHERE id = ?", (article_id,)).fetchone()
        return int(row[0])


def _is_better_outlet(parsed: ParsedArticle, former: Former) -> bool:
    """An outlet where there was none, or one that is stated where it was inferred."""
    return former.outlet is None or (former.outlet_is_inferred and not parsed.outlet_is_inferred)


def _is_better(published: Published, known: Candidate) -> bool:
    """A date where there was none, or one that is stated where it was inferred."""
    return known.published is None or (known.published_is_inferred and not published.is_inferred)


def _prepared_in(
    articles: Iterable[tuple[ParsedArticle, Prepared | None]],
) -> Iterator[tuple[ParsedArticle, Prepared]]:
    """Those that were prepared, with those embedded in them."""
    for parsed, prepared in articles:
        if prepared:
            yield parsed, prepared
            yield from _prepared_in(zip(parsed.embedded, prepared.embedded, strict=True))


def _json(values: Sequence[str]) -> str:
    """A JSON list of texts; json.dumps takes ten times as long over it."""
    return f"[{', '.join(map(encode_basestring, values))}]"
