"""The schema, as an append-only list of named, transactional steps.

Each step takes an ``sqlite_utils.Database`` and runs in one transaction with
the record of its having run. ``PRAGMA user_version`` is the number of steps
applied, so that opening a current store needs none of this module.

Two ideas carry the schema. An article (``articles``, ``bodies``) never
changes by reading; what a person does to it (``statuses``, ``article_tags``)
lives beside it. ``articles.position`` is a number in order of date, unique,
and the rowid of the full-text table: "newest first" is then the natural
order of every index, at any size.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from sqlite_utils.migrations import Migrations

if TYPE_CHECKING:
    from sqlite_utils import Database

    from .updating import Progress, Stop

migrations = Migrations("newsreader")


@migrations()
def m001_articles(db: Database) -> None:
    """Articles, what their sources said of them, and what people did with them."""
    for statement in _ARTICLES:
        db.execute(statement)


@migrations()
def m002_search(db: Database) -> None:
    """The full-text index, and which version of the analysis chain made it."""
    from .arabic import CHAIN_VERSION
    from .search_index import CREATE

    for statement in CREATE:
        db.execute(statement)
    db.execute("INSERT INTO meta(key, value) VALUES ('chain', ?)", (str(CHAIN_VERSION),))


@migrations()
def m003_related(db: Database) -> None:
    """Terms and events of articles, sketches of headlines, and the stories a person follows."""
    from .related_schema import CREATE

    for statement in CREATE:
        db.execute(statement)


@migrations()
def m004_intake(db: Database) -> None:
    """By what an arriving article is recognised: where it came from, and its address."""
    db.execute("CREATE INDEX articles_by_origin ON articles(origin)")
    db.execute("CREATE INDEX articles_by_url ON articles(url) WHERE url IS NOT NULL")


@migrations()
def m005_feeds(db: Database) -> None:
    """The feeds a person follows, and how each fares."""
    from .feeds import CREATE

    for statement in CREATE:
        db.execute(statement)


@migrations()
def m006_searches(db: Database) -> None:
    """The archive's words with their counts; searches that were saved, and those that were made."""
    from . import saved, vocabulary

    for statement in (*vocabulary.CREATE, *saved.CREATE):
        db.execute(statement)


@migrations()
def m007_notes(db: Database) -> None:
    """Passages that were marked, and what was written of them."""
    from .notes import CREATE

    for statement in CREATE:
        db.execute(statement)


@migrations()
def m008_deleted(db: Database) -> None:
    """Deleted articles, kept for a while."""
    from .trash import CREATE

    for statement in CREATE:
        db.execute(statement)


@migrations()
def m009_readings(db: Database) -> None:
    """When each article was opened last."""
    from .readings import CREATE

    for statement in CREATE:
        db.execute(statement)


@migrations()
def m010_feed_articles(db: Database) -> None:
    """By which feed an article came."""
    from .feed_articles import CREATE

    for statement in CREATE:
        db.execute(statement)


@migrations()
def m011_link_targets(db: Database) -> None:
    """Links find their targets by key when they are asked; what waits for other spellings is kept in parts."""
    from .targets import CREATE

    for statement in CREATE:
        db.execute(statement)


@migrations()
def m012_inferred_outlets(db: Database) -> None:
    """Which outlets no source stated: the title of a page named its site."""
    db.execute("ALTER TABLE articles ADD COLUMN outlet_is_inferred INTEGER NOT NULL DEFAULT 0")


@migrations()
def m013_mutes(db: Database) -> None:
    """Saved searches that mute what they find, and what each of them mutes."""
    from .muted import CREATE

    for statement in CREATE:
        db.execute(statement)


@migrations()
def m014_whole_answers(db: Database) -> None:
    """Indexes by headline and by wording that also tell whose headline it is: else each hit reads a page of articles."""
    from .targets import VIEW

    db.execute("DROP VIEW link_targets")
    db.execute(VIEW)
    db.execute("DROP INDEX articles_by_title_key")
    db.execute("DROP INDEX articles_by_identity")
    db.execute("CREATE INDEX articles_by_title_key ON articles(title_key, title_is_derived)")
    db.execute("CREATE INDEX articles_by_identity ON articles(identity, title_is_derived)")


@migrations()
def m015_wordlist(db: Database) -> None:
    """The words of the index, by whose parts patterns find where to look."""
    from . import wordlist
    from .updating import is_done

    wordlist.fill(db.conn, is_done)


@migrations()
def m016_read(db: Database) -> None:
    """What was read, in order of date: a few articles of a large archive."""
    db.execute("CREATE INDEX statuses_read ON statuses(position) WHERE NOT is_unread")


@migrations()
def m017_slot_bits(db: Database) -> None:
    """How places are numbered: a store that has articles keeps the places they have."""
    from .positions import FORMER

    db.execute(
        "INSERT INTO meta(key, value) SELECT 'slot_bits', ? WHERE EXISTS (SELECT 1 FROM articles)"
        " ON CONFLICT(key) DO NOTHING",
        (str(FORMER.bits),),
    )


@migrations()
def m018_hour_bits(db: Database) -> None:
    """Places of a new store stand closer together, and how far any article was taken from its own is written down."""
    from .positions import NEW

    # What was deleted may come back to the place it had.
    if db.execute("SELECT 1 FROM articles UNION ALL SELECT 1 FROM deleted LIMIT 1").fetchone() is None:
        db.conn.executemany(
            "INSERT INTO meta(key, value) VALUES (?, ?) ON CONFLICT(key) DO UPDATE SET value = excluded.value",
            [("slot_bits", str(NEW.bits)), ("hour_bits", str(NEW.hour_bits)), ("strayed", "0")],
        )


@migrations()
def m019_search_order(db: Database) -> None:
    """Saved searches stand in an order of their own."""
    from .keeping import CREATE

    for statement in CREATE:
        db.execute(statement)


@migrations()
def m020_strayed(db: Database) -> None:
    """How far any article stands from its minute, of a store made before that was written down."""
    from .positions import measure

    if db.execute("SELECT 1 FROM meta WHERE key = 'strayed'").fetchone() is None:
        measure(db.conn)


@migrations()
def m021_search_stale(db: Database) -> None:
    """Places whose row in an index of another version of the chain is of an article that is no longer there."""
    from .search_index import CREATE_STALE, FILL_STALE

    db.execute(CREATE_STALE)
    try:
        db.execute(FILL_STALE)
    except sqlite3.DatabaseError as error:
        # An index that is damaged is made anew by another command, which has to come as far as that.
        if error.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT:
            raise


def bring_up_to_date(connection: sqlite3.Connection, on_progress: Progress, should_stop: Stop) -> None:
    """Take the steps that are left, part of the caller's transaction; raises OperationalError when stopped."""
    from sqlite_utils import Database

    from .updating import watched

    db = Database(connection, execute_plugins=False)
    names = [step.name for step in migrations.pending(db)]
    with watched(connection, names, on_progress, should_stop) as each:
        for place, _name in enumerate(each, start=1):
            migrations.apply(db, stop_before=names[place : place + 1])


_ARTICLES = (
    "CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE outlets(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, key TEXT NOT NULL)",
    "CREATE INDEX outlets_by_key ON outlets(key)",
    """CREATE TABLE articles(
        id INTEGER PRIMARY KEY,
        position INTEGER NOT NULL UNIQUE,
        title TEXT NOT NULL,
        title_is_derived INTEGER NOT NULL DEFAULT 0,
        title_key INTEGER NOT NULL,
        published INTEGER,
        published_precision TEXT,
        published_is_inferred INTEGER NOT NULL DEFAULT 0,
        outlet_id INTEGER REFERENCES outlets(id),
        byline TEXT,
        dateline TEXT,
        agency TEXT NOT NULL DEFAULT '[]',
        keywords TEXT NOT NULL DEFAULT '[]',
        keywords_are_segmented INTEGER NOT NULL DEFAULT 0,
        origin TEXT NOT NULL,
        url TEXT,
        guid TEXT,
        identity TEXT NOT NULL,
        is_partial INTEGER NOT NULL DEFAULT 0,
        added INTEGER NOT NULL,
        embedded_in INTEGER REFERENCES articles(id) ON DELETE SET NULL,
        dropped TEXT NOT NULL DEFAULT '{}'
    )""",
    "CREATE INDEX articles_by_outlet ON articles(outlet_id, position)",
    "CREATE INDEX articles_by_title_key ON articles(title_key)",
    "CREATE INDEX articles_by_identity ON articles(identity)",
    "CREATE INDEX articles_by_guid ON articles(guid) WHERE guid IS NOT NULL",
    "CREATE INDEX articles_by_host ON articles(embedded_in) WHERE embedded_in IS NOT NULL",
    "CREATE TABLE bodies(article_id INTEGER PRIMARY KEY REFERENCES articles(id) ON DELETE CASCADE, text TEXT NOT NULL)",
    """CREATE TABLE statuses(
        article_id INTEGER PRIMARY KEY REFERENCES articles(id) ON DELETE CASCADE,
        position INTEGER NOT NULL REFERENCES articles(position) ON UPDATE CASCADE,
        is_unread INTEGER NOT NULL DEFAULT 1,
        is_starred INTEGER NOT NULL DEFAULT 0,
        place INTEGER NOT NULL DEFAULT 0
    )""",
    "CREATE INDEX statuses_position ON statuses(position)",
    "CREATE INDEX statuses_unread ON statuses(position) WHERE is_unread",
    "CREATE INDEX statuses_starred ON statuses(position) WHERE is_starred",
    "CREATE TABLE tags(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, key TEXT NOT NULL)",
    "CREATE INDEX tags_by_key ON tags(key)",
    """CREATE TABLE article_tags(
        tag_id INTEGER NOT NULL REFERENCES tags(id) ON DELETE CASCADE,
        position INTEGER NOT NULL REFERENCES articles(position) ON UPDATE CASCADE ON DELETE CASCADE,
        article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
        PRIMARY KEY(tag_id, position)
    ) WITHOUT ROWID""",
    "CREATE INDEX article_tags_by_article ON article_tags(article_id)",
    "CREATE INDEX article_tags_by_position ON article_tags(position)",
    "CREATE TABLE keywords(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, key TEXT NOT NULL)",
    "CREATE INDEX keywords_by_key ON keywords(key)",
    """CREATE TABLE article_keywords(
        keyword_id INTEGER NOT NULL REFERENCES keywords(id) ON DELETE CASCADE,
        position INTEGER NOT NULL REFERENCES articles(position) ON UPDATE CASCADE ON DELETE CASCADE,
        article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
        PRIMARY KEY(keyword_id, position)
    ) WITHOUT ROWID""",
    "CREATE INDEX article_keywords_by_article ON article_keywords(article_id)",
    "CREATE INDEX article_keywords_by_position ON article_keywords(position)",
    "CREATE TABLE agencies(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, key TEXT NOT NULL)",
    "CREATE INDEX agencies_by_key ON agencies(key)",
    """CREATE TABLE article_agencies(
        agency_id INTEGER NOT NULL REFERENCES agencies(id) ON DELETE CASCADE,
        position INTEGER NOT NULL REFERENCES articles(position) ON UPDATE CASCADE ON DELETE CASCADE,
        article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
        PRIMARY KEY(agency_id, position)
    ) WITHOUT ROWID""",
    "CREATE INDEX article_agencies_by_position ON article_agencies(position)",
    """CREATE TABLE links(
        from_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
        ordinal INTEGER NOT NULL,
        kind TEXT NOT NULL,
        title TEXT NOT NULL,
        key INTEGER NOT NULL,
        target_id INTEGER REFERENCES articles(id) ON DELETE SET NULL,
        PRIMARY KEY(from_id, ordinal)
    ) WITHOUT ROWID""",
    "CREATE INDEX links_by_target ON links(target_id) WHERE target_id IS NOT NULL",
    "CREATE INDEX links_waiting ON links(key) WHERE target_id IS NULL",
    """CREATE TABLE revisions(
        article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
        number INTEGER NOT NULL,
        replaced INTEGER NOT NULL,
        article TEXT NOT NULL,
        PRIMARY KEY(article_id, number)
    ) WITHOUT ROWID""",
)
