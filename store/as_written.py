"""A folded word as the archive writes it: مدرسه is told as مدرسة."""

from __future__ import annotations

import json
import re
import sqlite3

from .arabic import tokens
from .folding import MARKS
from .query_fts import exact

_NEWEST = """
SELECT a.title, a.keywords, b.text FROM articles a JOIN bodies b ON b.article_id = a.id
WHERE a.position = (SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid DESC LIMIT 1)
"""
_THE = "ال"
_MARKS = re.compile(f"[{MARKS}]")
#: What a Persian keyboard writes, in the letters of an Arabic one: a keyword may be the newest with a word.
_LETTERS = str.maketrans("کیہھ", "كيهه")


def as_written(connection: sqlite3.Connection, norm: str) -> str:
    """The word as the newest article with it writes it, less harakat and kashida, in Arabic letters; folded where none has it.

    An article that has it with ال alone does too, and ال is taken off.
    """
    for article in ("", _THE):
        row = connection.execute(_NEWEST, (exact(article + norm),)).fetchone()
        found = _first(article + norm, row) if row else ""
        if found:
            return found[len(article) :]
    return norm


def _first(norm: str, row: tuple[str, str, str]) -> str:
    """The first word of an article's headline, keywords and text that folds so, less its marks; empty where there is none."""
    title, keywords, body = row
    for text in (title, *json.loads(keywords), body):
        for token in tokens(text):
            if token.norm == norm:
                return _MARKS.sub("", token.written).translate(_LETTERS)
    return ""
