"""Rows for the names that articles share: outlets, keywords, agencies; and the tags a source brings along."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import suppress

from .arabic import label_key
from .errors import StoreError
from .newcomers import attach
from .tags import change_tags

#: Names at hand, some 200 bytes each.
_MOST_REMEMBERED = 16_000


class Labels:
    """Finds or makes the rows; remembers the ids of names it has met."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._outlets: dict[str, int] = {}
        self._keywords: dict[str, int] = {}
        self._agencies: dict[str, int] = {}

    def forget(self) -> None:
        """Look every name up again."""
        for known in (self._outlets, self._keywords, self._agencies):
            known.clear()

    def outlet(self, name: str) -> int:
        """The id of the outlet of that name, made where it is new."""
        return self._id(self._outlets, name, _OUTLET)

    def attach(
        self, article_id: int, position: int, keywords: Sequence[str], agencies: Sequence[str]
    ) -> None:
        """Give an article its keywords and agencies."""
        attach(
            self._connection,
            [(label, position, article_id) for label in self.keywords(keywords)],
            [(label, position, article_id) for label in self.agencies(agencies)],
        )

    def keywords(self, names: Sequence[str]) -> list[int]:
        """The ids of keywords, made where they are new."""
        return [self._id(self._keywords, name, _KEYWORD) for name in names]

    def agencies(self, names: Sequence[str]) -> list[int]:
        """The ids of agencies, made where they are new."""
        return [self._id(self._agencies, name, _AGENCY) for name in names]

    def tag(self, article_id: int, names: Sequence[str]) -> None:
        """Set the tags a source brings along; a name that cannot be a tag is left out."""
        for name in names:
            with suppress(StoreError):
                change_tags(self._connection, [article_id], add=[name])

    def _id(self, known: dict[str, int], name: str, statements: tuple[str, str]) -> int:
        found = known.get(name)
        if found is not None:
            return found
        if len(known) > _MOST_REMEMBERED:
            known.clear()
        select, insert = statements
        row = self._connection.execute(select, (name,)).fetchone()
        made = (
            int(row[0])
            if row
            else int(self._connection.execute(insert, (name, label_key(name))).lastrowid or 0)
        )
        known[name] = made
        return made


_OUTLET = ("SELECT id FROM outlets WHERE name = ?", "INSERT INTO outlets(name, key) VALUES (?, ?)")
_KEYWORD = ("SELECT id FROM keywords WHERE name = ?", "INSERT INTO keywords(name, key) VALUES (?, ?)")
_AGENCY = ("SELECT id FROM agencies WHERE name = ?", "INSERT INTO agencies(name, key) VALUES (?, ?)")
