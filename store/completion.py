"""Completing a query while it is typed: fields, their values, and words of the archive."""

from __future__ import annotations

import re
import sqlite3

from .arabic import label_key
from .query_words import FIELD_NAME, SHOWN, field_of
from .vocabulary import completions as words_beginning

#: The fields by their shown names, English and Arabic.
FIELDS: tuple[tuple[str, str], ...] = (
    ("title", "عنوان"),
    ("source", "مصدر"),
    ("agency", "وكالة"),
    ("keyword", "كلمة"),
    ("tag", "وسم"),
    ("feed", "موجز"),
    ("note", "ملاحظة"),
    ("is", "حالة"),
    ("has", "فيه"),
    ("after", "بعد"),
    ("before", "قبل"),
    ("on", "يوم"),
    ("story", "قصة"),
    ("saved", "محفوظ"),
    ("sort", "ترتيب"),
)
#: Dates that are offered, in English and in Arabic.
_DATES = (
    ("today", "yesterday", "7d", "2w", "3m", "1y"),
    ("اليوم", "أمس", "7أيام", "أسبوعين", "هذا_الشهر", "الشهر_الماضي", "سنة"),
)
_CHOICES = SHOWN | dict.fromkeys(("after", "before", "on"), _DATES)
#: Fields whose values are words of the text.
_OF_WORDS = frozenset(["title", "note"])
_TABLES = {
    "source": "SELECT min(name) FROM outlets WHERE key >= ? AND key < ? GROUP BY key ORDER BY key LIMIT ?",
    "agency": "SELECT min(name) FROM agencies WHERE key >= ? AND key < ? GROUP BY key ORDER BY key LIMIT ?",
    "keyword": "SELECT min(name) FROM keywords WHERE key >= ? AND key < ? GROUP BY key ORDER BY key LIMIT ?",
    "saved": "SELECT name FROM searches WHERE key >= ? AND key < ? ORDER BY key LIMIT ?",
    "tag": "SELECT name FROM tags WHERE key >= ? AND key < ? ORDER BY key LIMIT ?",
}
#: What is completed: optional signs, a field with its colon, an opening quotation mark, and a beginning.
_LAST = re.compile(
    rf'(?P<sign>[-(=]*)(?:(?P<field>{FIELD_NAME}):)?(?P<quote>["«“]?)(?P<word>[^"«»“”()=\s]*)$'
)
_LAST_QUOTED = re.compile(rf'(?P<sign>[-(]*)(?P<field>{FIELD_NAME}):(?P<quote>["«“])(?P<word>[^"«»“”]*)$')
#: A name of one word that no sign in it makes something else of.
_ONE_WORD = re.compile(r"[^\W_][^\s\"«»“”„()|*=:/]*")
_ARABIC = re.compile("[ء-ي]")
_MOST = 12


def complete(connection: sqlite3.Connection, text: str, index: int) -> tuple[str, ...]:
    """The lines that ``text`` could become by completing what stands before the cursor at ``index``."""
    before = text[:index]
    match = _LAST_QUOTED.search(before) or _LAST.search(before)
    if match is None or match["word"].startswith("/"):
        return ()
    found = _continued(connection, match, is_first=not before.strip())
    head = before[: match.start()] + match["sign"]
    return tuple(dict.fromkeys(head + one + text[index:] for one in found))[:_MOST]


def _continued(connection: sqlite3.Connection, match: re.Match[str], *, is_first: bool) -> list[str]:
    """What the last part of a query could become, less the signs before it."""
    written, quote, word = match["field"], match["quote"], match["word"]
    if written:
        field = field_of(written)
        if field is None:
            return []
        if field in _OF_WORDS:
            return [f"{written}:{quote}{one}" for one in _words(connection, word)] if word else []
        return [f"{written}:{_value(one)}" for one in _values(connection, field, written, word)]
    if not word:
        return [name + ":" for name, _ in FIELDS] if is_first and not quote else []
    if quote or "=" in match["sign"]:
        return [quote + one for one in _words(connection, word)]
    return [*_fields_beginning(word), *_words(connection, word)]


def _fields_beginning(beginning: str) -> list[str]:
    key = label_key(beginning)
    return [f"{name}:" for pair in FIELDS for name in pair if label_key(name).startswith(key)]


def _values(connection: sqlite3.Connection, field: str, written: str, beginning: str) -> list[str]:
    """Values of a field that begin so; what is one of a few in the language the field is written in first."""
    if field in _TABLES:
        return _names(connection, _TABLES[field], beginning)
    key = label_key(beginning)
    if field == "feed":
        rows = connection.execute(
            "SELECT CASE title WHEN '' THEN url ELSE title END FROM feeds ORDER BY title, url"
        )
        return [name for (name,) in rows if label_key(name).startswith(key)][:_MOST]
    english, arabic = _CHOICES.get(field, ((), ()))
    choices = arabic + english if _ARABIC.search(written) else english + arabic
    return [one for one in choices if label_key(one).startswith(key)]


def _names(connection: sqlite3.Connection, statement: str, beginning: str) -> list[str]:
    key = label_key(beginning)
    rows = connection.execute(statement, (key, key + "\U0010ffff", _MOST))
    return [name for (name,) in rows]


def _words(connection: sqlite3.Connection, beginning: str) -> list[str]:
    """Names of one word as they are written, then words in folded spelling."""
    names = [name for kind in ("keyword", "source") for name in _names(connection, _TABLES[kind], beginning)]
    written = [name for name in names if _ONE_WORD.fullmatch(name)]
    keys = {label_key(name) for name in written}
    words = [word for word in words_beginning(connection, beginning, _MOST) if label_key(word) not in keys]
    return [*written, *words]


def _value(value: str) -> str:
    """A value of a field, in quotation marks where it has several words."""
    return value if re.fullmatch(r"\w[\w\-]*", value) else '"' + value.replace('"', " ").strip() + '"'
