"""Completing a query while it is typed: fields, their values, and words of the archive."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable

from .arabic import label_key
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
_CHOICES: dict[str, tuple[str, ...]] = {
    "is": (
        "unread",
        "read",
        "starred",
        "untagged",
        "muted",
        "غير_مقروء",
        "مقروء",
        "مميز",
        "بلا_وسم",
        "مكتوم",
    ),
    "has": ("links", "note", "highlight", "روابط", "ملاحظة", "تظليل"),
    "sort": (
        "date",
        "oldest",
        "relevance",
        "outlet",
        "title",
        "added",
        "تاريخ",
        "الأقدم",
        "صلة",
        "مصدر",
        "عنوان",
        "وصول",
    ),
    "after": ("today", "yesterday", "7d", "2w", "3m", "1y", "اليوم", "أمس"),
}
_CHOICES["before"] = _CHOICES["on"] = _CHOICES["after"]
_TABLES = {
    "source": "SELECT min(name) FROM outlets WHERE key >= ? AND key < ? GROUP BY key ORDER BY key LIMIT ?",
    "agency": "SELECT min(name) FROM agencies WHERE key >= ? AND key < ? GROUP BY key ORDER BY key LIMIT ?",
    "keyword": "SELECT min(name) FROM keywords WHERE key >= ? AND key < ? GROUP BY key ORDER BY key LIMIT ?",
    "saved": "SELECT name FROM searches WHERE key >= ? AND key < ? ORDER BY key LIMIT ?",
    "tag": "SELECT name FROM tags WHERE key >= ? AND key < ? ORDER BY key LIMIT ?",
}
#: What is completed: an optional sign, a field with its colon, an opening quotation mark, and a beginning.
_LAST = re.compile(r'(?P<sign>[-(]*)(?:(?P<field>[^\W\d_]+):)?(?P<quote>["«“]?)(?P<word>[^"«»“”()\s]*)$')
_LAST_QUOTED = re.compile(r'(?P<sign>[-(]*)(?P<field>[^\W\d_]+):(?P<quote>["«“])(?P<word>[^"«»“”]*)$')
_MOST = 12


def complete(connection: sqlite3.Connection, text: str, index: int) -> tuple[str, ...]:
    """The lines that ``text`` could become by completing what stands before the cursor at ``index``."""
    before = text[:index]
    match = _LAST_QUOTED.search(before) or _LAST.search(before)
    if match is None:
        return ()
    field = _field(match["field"]) if match["field"] else None
    if match["field"] and field is None:
        return ()
    if field is not None:
        written = f"{match['field']}:"
        found: Iterable[str] = (
            written + _value(value) for value in _values(connection, field, match["word"])
        )
    elif match["quote"] or not match["word"]:
        found = () if match["quote"] else [name + ":" for name, _ in FIELDS] if not before.strip() else ()
    else:
        found = _words(connection, match["word"])
    head = before[: match.start()] + match["sign"]
    return tuple(dict.fromkeys(head + one + text[index:] for one in found))[:_MOST]


def _field(written: str) -> str | None:
    key = label_key(written)
    return next(
        (english for english, arabic in FIELDS if key in (label_key(english), label_key(arabic))), None
    )


def _values(connection: sqlite3.Connection, field: str, beginning: str) -> list[str]:
    if field in _TABLES:
        return _names(connection, _TABLES[field], beginning)
    key = label_key(beginning)
    if field == "feed":
        rows = connection.execute(
            "SELECT CASE title WHEN '' THEN url ELSE title END FROM feeds ORDER BY title, url"
        )
        return [name for (name,) in rows if label_key(name).startswith(key)][:_MOST]
    return [one for one in _CHOICES.get(field, ()) if label_key(one).startswith(key)]


def _names(connection: sqlite3.Connection, statement: str, beginning: str) -> list[str]:
    key = label_key(beginning)
    rows = connection.execute(statement, (key, key + "\U0010ffff", _MOST))
    return [name for (name,) in rows]


def _words(connection: sqlite3.Connection, beginning: str) -> list[str]:
    """Fields first, then names of one word as they are written, then words in folded spelling."""
    key = label_key(beginning)
    fields = [f"{name}:" for pair in FIELDS for name in pair if label_key(name).startswith(key)]
    names = [name for kind in ("keyword", "source") for name in _names(connection, _TABLES[kind], beginning)]
    written = [name for name in names if " " not in name]
    keys = {label_key(name) for name in written}
    words = [word for word in words_beginning(connection, beginning, _MOST) if label_key(word) not in keys]
    return [*fields, *written, *words]


def _value(value: str) -> str:
    """A value of a field, in quotation marks where it has several words."""
    return value if re.fullmatch(r"[\w\-]+", value) else '"' + value.replace('"', " ").strip() + '"'
