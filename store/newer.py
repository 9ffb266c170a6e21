"""Keeping out writers of a version before: what an open reader does not know of, it must not leave half written.

Since version 19 every write looks at the version first. Readers that were
opened before that by an older newsreader are refused by the store itself: a
trigger asks a function of this name, which they do not have, and SQLite tells
them its name as the reason.
"""

FUNCTION = "this_newsreader_is_older_than_the_store_and_must_be_started_again"
CREATE = tuple(
    f"CREATE TRIGGER {name} BEFORE {event} ON bodies WHEN {FUNCTION}() BEGIN SELECT RAISE(ABORT, 'too old'); END"
    for name, event in (("bodies_added", "INSERT"), ("bodies_changed", "UPDATE OF text"))
)
