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
from store.models import Precision, Published
from store.positions import Positions
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
        # Places as an import gives them: how far they are apart is a good part of the index.
        places = Positions(self.connection)
        with database.transaction(self.connection):
            for number, i in enumerate(in_order, start=1):
                seconds = _seconds(docs[i].get("date"))
                published = None if seconds is None else Published(seconds, Precision.MINUTE)
                self._add(number, places.take(published, 0), docs[i], seconds)
        search.settle(self.connection)

    def _add(self, number: int, position: int, doc: dict[str, Any], seconds: int | None) -> None:
        body = [paragraph for paragraph in str(doc["body"]).split("\n") if paragraph.strip()]
        self.ids[number] = doc["id"]
        self.connection.execute(
            "INSERT INTO articles(id, position, title, title_key, published, published_precision, origin, identity,"
            " added) VALUES (?, ?, ?, '', ?, 'day', ?, ?, 0)",
            (number, position, doc["title"], seconds, doc["id"], doc["id"]),
        )
        self.connection.execute("INSERT INTO bodies VALUES (?, ?)", (number, "\n".join(body)))
        self.connection.execute(
            "INSERT INTO statuses(article_id, position) VALUES (?, ?)", (number, position)
        )
        search.index_article(self.connection, number, position, doc["title"], body, ())

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
