"""Tree → statements that walk an index in order of position and stop when a page is full.

Each node can be a *driver* (a stream of positions, newest first, straight
from an index) or a *test* of a position that another node brought. The
cheapest driver is chosen by bounded counts, so that neither a word in every
article nor a tag with three makes a page slow.
"""

from __future__ import annotations

import sqlite3

from .errors import NotFoundError
from .feed_articles import feeds_meant
from .positions import strayed
from .query_fts import expression
from .query_narrowing import narrowing
from .query_streams import AT, EVERYTHING, IS_ALIVE, PATTERN_TEST, TEXT_TEST, Stream, Test, positions
from .query_tree import (
    NOTHING,
    And,
    Dated,
    InNotes,
    InStory,
    Is,
    Label,
    LabelKind,
    Node,
    Not,
    OneOf,
    Or,
    Part,
    Pattern,
    Phrase,
    Prefix,
    State,
    Word,
    has_pattern,
)
from .search_index import has_stale
from .sizes import likely_size

#: Counts for choosing a driver go no further than this.
_PROBE = 1000

#: More things than so many are not looked for by FTS5 together, but so many, the rarest.
_TOGETHER, _LEADING = 12, 8

#: Places of the articles whose notes hold certain words; there are few notes, so they are looked up first.
_NOTED = """(SELECT DISTINCT n.position FROM notes n
JOIN notes_search f ON f.rowid = n.id WHERE f.notes_search MATCH ?)"""


def plan(connection: sqlite3.Connection, node: Node | None, reach: int | None = None) -> tuple[Stream, ...]:
    """The streams that together bring what a tree finds; ``reach``: no position below it will be asked for."""
    if node is None:
        return (EVERYTHING,)
    fts = expression(node)
    if fts is not None:
        if isinstance(node, And) and len(node.nodes) > _TOGETHER:
            return (_led_by_rare(connection, node),)
        return (_text_stream(connection, fts),)
    match node:
        case Or():
            return tuple(stream for child in node.nodes for stream in plan(connection, child))
        case And():
            return _conjunction(connection, node, reach)
        case Pattern():
            return _conjunction(connection, And((node,)))
        case Label():
            return _label_streams(connection, node)
        case Is(State.UNREAD):
            return (Stream("statuses", "d.position", ("d.is_unread",)),)
        case Is(State.STARRED):
            return (Stream("statuses", "d.position", ("d.is_starred",)),)
        case Is(State.MUTED):
            return (Stream("(SELECT DISTINCT position FROM mutes)", "d.position"),)
        case Is(State.NOTE):
            return (Stream("(SELECT DISTINCT position FROM notes)", "d.position"),)
        case Is(State.HIGHLIGHT):
            return (Stream("(SELECT DISTINCT position FROM notes WHERE passage <> '')", "d.position"),)
        case Is(State.READ):
            return (Stream("statuses", "d.position", ("NOT d.is_unread",)),)
        case Is(State.LINKS) if _are_few_linked(connection):
            return (Stream(_LINKED, "d.position"),)
        case Not() if left_out := expression(node.node):
            return (EVERYTHING.less(left_out),)
        case InNotes():
            return (Stream(_NOTED, "d.position", values=(expression(node.node) or "",)),)
        case _:
            return (EVERYTHING.with_tests(test(connection, node)),)


#: Places of the articles with links, where there are few of them.
_LINKED = "(SELECT position FROM articles WHERE id IN (SELECT DISTINCT from_id FROM links))"


def _are_few_linked(connection: sqlite3.Connection) -> bool:
    """True where not many articles have links."""
    row = connection.execute(
        "SELECT count(*) FROM (SELECT DISTINCT from_id FROM links LIMIT ?)", (_PROBE,)
    ).fetchone()
    return int(row[0]) < _PROBE


def _text_stream(connection: sqlite3.Connection, fts: str) -> Stream:
    found = Stream("search", "d.rowid", ("d.search MATCH ?",), (fts,))
    return found.with_tests(IS_ALIVE) if has_stale(connection) else found


def _led_by_rare(connection: sqlite3.Connection, node: And) -> Stream:
    """Articles that have many things: FTS5 finds those with the rarest, and the others are looked up in each.

    FTS5 goes on to the next match of each of thirty words for every article that has any two of them.
    """
    wanted = sorted(
        (child for child in node.nodes if not isinstance(child, Not)),
        key=lambda child: likely_size(connection, child),
    )
    unwanted = tuple(child for child in node.nodes if isinstance(child, Not))
    leading = _text_stream(connection, expression(And((*wanted[:_LEADING], *unwanted))) or "")
    return leading.with_tests(*(test(connection, child) for child in wanted[_LEADING:]))


def _conjunction(connection: sqlite3.Connection, node: And, reach: int | None = None) -> tuple[Stream, ...]:
    flat = [inner for child in node.nodes for inner in (child.nodes if isinstance(child, And) else (child,))]
    needed = [narrowing(connection, child) for child in flat if isinstance(child, Pattern)]
    children = _with_words_joined(And(tuple(flat)))
    if NOTHING in needed or not children:
        return () if children else (EVERYTHING,)
    tests = [test(connection, child) for child in children]
    drivers = [
        (EVERYTHING.with_tests(tests[i]),) if isinstance(child, Pattern) else plan(connection, child)
        for i, child in enumerate(children)
    ]
    words = tuple(one for one in needed if one is not None)
    if words and expression(children[0]) is not None:
        drivers[0] = plan(connection, And((children[0], *words)))
    elif words:
        # To walk along, never to test by: the pattern itself is the test.
        drivers.append(plan(connection, And(words)))
    chosen = _cheapest(connection, children, drivers, tests, reach)
    others = [i for i in range(len(children)) if i != chosen]
    left_out = {i: fts for i in others if (fts := _left_out(children[i]))}
    further = [tests[i] for i in others if i not in left_out]
    return tuple(stream.with_tests(*further).less(*left_out.values()) for stream in drivers[chosen])


def _left_out(node: Node) -> str | None:
    """What a negation leaves out, where FTS5 finds it."""
    return expression(node.node) if isinstance(node, Not) else None


def _with_words_joined(node: And) -> tuple[Node, ...]:
    """All parts FTS5 can answer together as one, so that it intersects them itself; then the rest."""
    texts = tuple(child for child in node.nodes if expression(child) is not None)
    if texts:
        texts += tuple(c for c in node.nodes if isinstance(c, Not) and expression(c.node) is not None)
    rest = tuple(child for child in node.nodes if child not in texts)
    return (And(texts), *rest) if len(texts) > 1 else (*texts, *rest)


def _cheapest(
    connection: sqlite3.Connection,
    children: tuple[Node, ...],
    drivers: list[tuple[Stream, ...]],
    tests: list[Test],
    reach: int | None,
    wanted: int = 30,
) -> int:
    """Which driver to walk along: the one whose walk and whose tests of the others cost least."""
    # To learn how much a pattern finds is as dear as to find it. Behind the children stands what narrows them.
    candidates = [
        i
        for i in range(len(drivers))
        if i >= len(children) or not (isinstance(children[i], Not | Dated) or has_pattern(children[i]))
    ]
    if len(candidates) < 2:
        return candidates[0] if candidates else 0
    sizes = {i: _size(connection, drivers[i], reach) for i in candidates}
    everything = max(_PROBE, *sizes.values())

    def cost(i: int) -> float:
        chance = 1.0
        for j in candidates:
            chance *= 1.0 if i == j else max(sizes[j] / everything, 1e-6)
        rows = min(sizes[i], wanted / chance)
        return rows * (1.0 + sum(t.cost for j, t in enumerate(tests) if j != i))

    return min(candidates, key=cost)


def _size(connection: sqlite3.Connection, streams: tuple[Stream, ...], reach: int | None) -> float:
    """About how many positions the streams bring: counted to _PROBE, then judged by how recent those are."""
    if reach is not None:
        above = positions(connection, streams, limit=_PROBE, after=reach - 1)
        if len(above) < _PROBE:
            return float(len(above))
    found = positions(connection, streams, limit=_PROBE)
    if len(found) < _PROBE:
        return float(len(found))
    row = connection.execute(
        "SELECT count(*) FROM (SELECT 1 FROM articles WHERE position > ? LIMIT 20000)", (found[-1],)
    ).fetchone()
    return _PROBE * (1_000_000 / max(int(row[0]), _PROBE))


def test(connection: sqlite3.Connection, node: Node) -> Test:
    """The condition under which an article at position AT is found by a tree."""
    fts = expression(node)
    if fts is not None:
        return Test(
            "EXISTS (SELECT 1 FROM search f WHERE f.search MATCH ? AND f.rowid = @at)", (fts,), TEXT_TEST
        )
    match node:
        case Not():
            inner = test(connection, node.node)
            return Test(f"NOT ({inner.sql})", inner.values, inner.cost)
        case And():
            return _combined(connection, node.nodes, " AND ", "1")
        case Or():
            return _combined(connection, node.nodes, " OR ", "0")
        case Label():
            return _label_test(connection, node)
        case Is():
            return _IS[node.state]
        case InNotes():
            return Test(f"@at IN {_NOTED}", (expression(node.node) or "",))
        case Dated():
            return _dated_test(connection, node)
        case InStory():
            return _story_test(connection, node)
        case Pattern():
            return Test(_MATCHED[node.part], (node.text, node.place), PATTERN_TEST)
        case Word() | Phrase() | Prefix() | OneOf():
            return Test("0")


def _combined(connection: sqlite3.Connection, nodes: tuple[Node, ...], operator: str, empty: str) -> Test:
    tests = [test(connection, node) for node in nodes]
    if not tests:
        return Test(empty)
    # In brackets of its own: it is joined with others by AND, which binds closer than OR.
    sql = "(" + operator.join(f"({t.sql})" for t in tests) + ")"
    return Test(sql, tuple(value for t in tests for value in t.values), sum(t.cost for t in tests))


_IS = {
    State.UNREAD: Test("EXISTS (SELECT 1 FROM statuses x WHERE x.position = @at AND x.is_unread)"),
    State.READ: Test("EXISTS (SELECT 1 FROM statuses x WHERE x.position = @at AND NOT x.is_unread)"),
    State.STARRED: Test("EXISTS (SELECT 1 FROM statuses x WHERE x.position = @at AND x.is_starred)"),
    State.UNTAGGED: Test("NOT EXISTS (SELECT 1 FROM article_tags x WHERE x.position = @at)"),
    State.MUTED: Test("EXISTS (SELECT 1 FROM mutes x WHERE x.position = @at)"),
    State.LINKS: Test(
        "EXISTS (SELECT 1 FROM articles x JOIN links l ON l.from_id = x.id WHERE x.position = @at)"
    ),
    State.NOTE: Test("EXISTS (SELECT 1 FROM notes x WHERE x.position = @at)"),
    State.HIGHLIGHT: Test("EXISTS (SELECT 1 FROM notes x WHERE x.position = @at AND x.passage <> '')"),
}


_MATCHED = {
    part: " ".join(
        ["EXISTS (SELECT 1 FROM", of, "WHERE x.position = @at AND pattern_found(?, ?,", text, "))"]
    )
    for part, of, text in (
        (Part.ALL, "articles x JOIN bodies b ON b.article_id = x.id", "x.title || char(10) || b.text"),
        (Part.TITLE, "articles x", "x.title"),
        (Part.KEYWORDS, "articles x", "(SELECT group_concat(value, char(10)) FROM json_each(x.keywords))"),
    )
}


def _story_test(connection: sqlite3.Connection, node: InStory) -> Test:
    """The reports of the story an article belongs to; none where there is no such article."""
    from .events import story

    try:
        members = sorted(story(connection, node.article).articles)
    except NotFoundError:
        return Test("0")
    marks = ", ".join("?" * len(members))
    sql = " ".join(["EXISTS (SELECT 1 FROM articles x WHERE x.position = @at AND x.id IN (", marks, "))"])
    return Test(sql, tuple(members))


def _dated_test(connection: sqlite3.Connection, node: Dated) -> Test:
    """A range of positions, which every index can walk, and the times themselves."""
    conditions, values = [], []
    # Two may stand in the wrong order where each was taken so far; within a minute they are in order of arrival.
    margin = 60 * (2 * strayed(connection) + 1)
    if node.since is not None:
        conditions += ["@at >= ?", "x.published >= ?"]
        values += [_first_since(connection, node.since - margin), node.since]
    if node.until is not None:
        conditions += ["@at < ?", "x.published < ?"]
        values += [_first_since(connection, node.until + margin), node.until]
    ranges = " AND ".join(c for c in conditions if c.startswith(AT))
    times = " AND ".join(["x.position = @at", *(c for c in conditions if not c.startswith(AT))])
    sql = " ".join([ranges, "AND EXISTS (SELECT 1 FROM articles x WHERE", times, ")"])
    return Test(sql, (*values[::2], *values[1::2]))


def _first_since(connection: sqlite3.Connection, time: int) -> int:
    """The lowest position of an article of that time or later: positions are in order of date, so halve."""
    low, high = connection.execute(
        # One statement with both would scan: SQLite takes the end of an index for one of them alone.
        "SELECT (SELECT coalesce(min(position), 0) FROM articles), (SELECT coalesce(max(position), 0) + 1 FROM articles)"
    ).fetchone()
    while low < high:
        middle = (low + high) // 2
        row = connection.execute(
            "SELECT position, published FROM articles WHERE position >= ? AND published IS NOT NULL"
            " ORDER BY position LIMIT 1",
            (middle,),
        ).fetchone()
        if row is None or row[1] >= time:
            high = middle
        else:
            low = row[0] + 1
    return int(low)


_LABELS = {
    LabelKind.SOURCE: ("outlets", "articles", "outlet_id"),
    LabelKind.AGENCY: ("agencies", "article_agencies", "agency_id"),
    LabelKind.TAG: ("tags", "article_tags", "tag_id"),
    LabelKind.FEED: ("feeds", "feed_articles", "feed_id"),
}


def label_ids(connection: sqlite3.Connection, node: Label) -> list[int]:
    """The labels a name means: those of exactly that key; for an outlet or agency else those that hold its words."""
    if node.kind is LabelKind.FEED:
        return feeds_meant(connection, node.key)
    table = _LABELS[node.kind][0]
    rows = connection.execute(" ".join(["SELECT id, key FROM", table])).fetchall()
    if node.is_prefix:
        return [row[0] for row in rows if row[1].startswith(node.key)]
    same = [row[0] for row in rows if row[1] == node.key]
    if same or node.kind is LabelKind.TAG:
        return same
    return [row[0] for row in rows if f" {node.key} " in f" {row[1]} "]


def _label_streams(connection: sqlite3.Connection, node: Label) -> tuple[Stream, ...]:
    _, table, column = _LABELS[node.kind]
    return tuple(
        Stream(table, "d.position", (f"d.{column} = ?",), (label,)) for label in label_ids(connection, node)
    )


def _label_test(connection: sqlite3.Connection, node: Label) -> Test:
    _, table, column = _LABELS[node.kind]
    ids = label_ids(connection, node)
    if not ids:
        return Test("0")
    marks = ", ".join("?" * len(ids))
    condition = f"x.position = @at AND x.{column} IN ({marks})"
    return Test(" ".join(["EXISTS (SELECT 1 FROM", table, "x WHERE", condition, ")"]), tuple(ids))
