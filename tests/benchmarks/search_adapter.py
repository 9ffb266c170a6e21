"""The store as an engine for an evaluator of Arabic search: ``index``, ``search``, ``size``, ``close``.

Nothing of its own: a real store file, filled as an import fills it, asked as
the command line asks.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from store import database, query, search
from store.errors import QueryError
from store.query_tree import Query, Sort


class Adapter:
    """Title, body and source of the documents in a store; ``sort:relevance`` lists."""

    name = "newsreader"

    def index(self, docs: list[dict[str, Any]]) -> None:
        """Fill a new store, oldest document first."""
        self.folder = Path(tempfile.mkdtemp(prefix="search-adapter-"))
        self.connection = database.connect(self.folder / "store.db")
        self.ids: dict[int, str] = {}
        in_order = sorted(range(len(docs)), key=lambda i: str(docs[i].get("date") or ""))
        with database.transaction(self.connection):
            for position, i in enumerate(in_order, start=1):
                self._add(position, docs[i])
        search.settle(self.connection)

    def _add(self, position: int, doc: dict[str, Any]) -> None:
        body = [paragraph for paragraph in str(doc["body"]).split("\n") if paragraph.strip()]
        self.ids[position] = doc["id"]
        self.connection.execute(
            "INSERT INTO articles(id, position, title, title_key, published, published_precision, origin, identity,"
            " added) VALUES (?, ?, ?, '', ?, 'day', ?, ?, 0)",
            (position, position, doc["title"], _seconds(doc.get("date")), doc["id"], doc["id"]),
        )
        self.connection.execute("INSERT INTO bodies VALUES (?, ?)", (position, "\n".join(body)))
        self.connection.execute(
            "INSERT INTO statuses(article_id, position) VALUES (?, ?)", (position, position)
        )
        search.index_article(self.connection, position, position, doc["title"], body, ())

    def search(self, text: str, k: int) -> list[str]:
        """The best ``k`` documents; text that is no query is searched by its words."""
        rows = search.page(self.connection, _read(text), limit=k).rows
        return [self.ids[row.id] for row in rows]

    def size(self) -> int:
        """Bytes of the full-text tables alone, as dbstat counts them; the articles themselves left out."""
        return search.index_bytes(self.connection)

    def close(self) -> None:
        """Remove the store."""
        self.connection.close()
        shutil.rmtree(self.folder, ignore_errors=True)


def _read(text: str) -> Query:
    try:
        return replace(query.parse(text, 0), sort=Sort.RELEVANCE)
    except QueryError:
        return query.plain(text, Sort.RELEVANCE)


def _seconds(date: object) -> int | None:
    try:
        return int(datetime.fromisoformat(str(date)).timestamp())
    except ValueError:
        return None


if __name__ == "__main__":
    print(f"give this file to the evaluator: --adapter {os.path.relpath(__file__)}")
