"""The tables of related items: what an article is about, who shares its terms, which event it belongs to.

Terms are 32-bit hashes, so there is no dictionary to keep. Postings are
ordered by eight-day buckets first: articles of one time lie together, an
import in order of time writes to few pages, and a question about one time
reads few. An article without a time is in bucket -1.
"""

from __future__ import annotations

CREATE = (
    """CREATE TABLE related_articles(
        article_id INTEGER PRIMARY KEY REFERENCES articles(id) ON DELETE CASCADE,
        bucket INTEGER NOT NULL,
        time INTEGER,
        weekday INTEGER,
        terms BLOB NOT NULL,
        sample BLOB NOT NULL
    )""",
    "CREATE INDEX related_by_weekday ON related_articles(article_id) WHERE weekday IS NOT NULL",
    """CREATE TABLE related_postings(
        bucket INTEGER NOT NULL,
        term INTEGER NOT NULL,
        article_id INTEGER NOT NULL,
        PRIMARY KEY(bucket, term, article_id)
    ) WITHOUT ROWID""",
    "CREATE TABLE related_terms(term INTEGER PRIMARY KEY, articles INTEGER NOT NULL)",
    "CREATE TABLE related_buckets(bucket INTEGER PRIMARY KEY, articles INTEGER NOT NULL)",
    """CREATE TABLE events(
        id INTEGER PRIMARY KEY,
        articles INTEGER NOT NULL,
        outlets INTEGER NOT NULL,
        first INTEGER,
        last INTEGER
    )""",
    "CREATE INDEX events_by_last ON events(last)",
    """CREATE TABLE event_members(
        article_id INTEGER PRIMARY KEY REFERENCES articles(id) ON DELETE CASCADE,
        event_id INTEGER NOT NULL REFERENCES events(id) ON DELETE CASCADE
    )""",
    "CREATE INDEX event_members_by_event ON event_members(event_id)",
    """CREATE TABLE title_sketches(
        sketch INTEGER NOT NULL,
        article_id INTEGER NOT NULL,
        PRIMARY KEY(sketch, article_id)
    ) WITHOUT ROWID""",
    """CREATE TABLE link_sketches(
        sketch INTEGER NOT NULL,
        from_id INTEGER NOT NULL,
        ordinal INTEGER NOT NULL,
        PRIMARY KEY(sketch, from_id, ordinal)
    ) WITHOUT ROWID""",
    """CREATE TABLE follows(
        article_id INTEGER PRIMARY KEY REFERENCES articles(id) ON DELETE CASCADE,
        tag TEXT,
        since INTEGER NOT NULL
    )""",
    """CREATE TABLE followed(
        article_id INTEGER NOT NULL REFERENCES follows(article_id) ON DELETE CASCADE,
        member_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
        is_seen INTEGER NOT NULL DEFAULT 0,
        PRIMARY KEY(article_id, member_id)
    ) WITHOUT ROWID""",
)
TABLES = (
    "related_articles",
    "related_postings",
    "related_terms",
    "related_buckets",
    "event_members",
    "events",
    "title_sketches",
    "link_sketches",
)
