"""Copies measured: edited copies of a corpus's articles, made here, are to be found and nothing else.

    python tests/benchmarks/related_copies.py CORPUS.jsonl[.xz] [--articles 900] [--copies 200] [--seed 7]

CORPUS: JSON lines with title, body and date. Each copy is of another outlet, some hours later, with one of ten edits
(paragraphs cut, moved or added, an agency's dateline, other spellings, words dropped); its headline is changed too. A
pair counts as found when the related list of either names the other a copy. Pairs that shared more than a fifth of
their wording before any edit are left out of what is false. Nothing here is part of the test run.
"""

from __future__ import annotations

import argparse
import itertools
import random
import re
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from related_cost import Text, corpus

from store import copies, intake
from store.database import connect
from store.models import ParsedArticle, Precision, Published
from store.related import Relation, related

Body = list[str]
_SENTENCES = re.compile(r"(?<=[.؟!])\s+|\n")
_TWIN = 0.2


class Editor:
    """Ten ways to copy a text; ``spare`` are texts from which foreign paragraphs are taken."""

    def __init__(self, seed: int, spare: Sequence[Body]) -> None:
        self.random = random.Random(seed)
        self.spare = spare
        self.edits: dict[str, Callable[[Body], Body]] = {
            "lead cut": lambda body: body[1:],
            "end cut": lambda body: body[: max(1, len(body) * 6 // 10)],
            "paragraphs moved": lambda body: body[:1] + self.random.sample(body[1:], len(body) - 1),
            "all moved": lambda body: self.random.sample(body, len(body)),
            "dateline": lambda body: ["تونس (أ ف ب) - " + body[0], *body[1:]],
            "spelling": lambda body: [self.spelt(text) for text in body],
            "own lead": lambda body: [*self.own(2), *body],
            "half, spelt anew": lambda body: (
                [self.spelt(t) for t in body if self.random.random() < 0.8] + self.own(1)
            ),
            "half and own end": lambda body: body[: max(1, len(body) // 2)] + self.own(3),
            "words dropped": lambda body: [self.thinned(text) for text in body],
        }

    def own(self, count: int) -> Body:
        """Paragraphs of other articles."""
        return [self.random.choice(self.random.choice(self.spare)) for _ in range(count)]

    def spelt(self, text: str) -> str:
        """Hamza left out mostly, final ة as ه sometimes."""
        text = re.sub("[أإآ]", lambda m: "ا" if self.random.random() < 0.7 else m[0], text)
        return re.sub(r"ة\b", lambda m: "ه" if self.random.random() < 0.3 else m[0], text)

    def thinned(self, text: str) -> str:
        """One word in twelve left out."""
        return " ".join(word for word in text.split() if self.random.random() > 0.08)

    def headline(self, title: str) -> str:
        """The same, a part of it, or with a label."""
        cut = " ".join(title.split()[1:])
        return (
            self.random.choice([title, title.split(":")[-1].strip(), f"تفاصيل جديدة : {title}", cut]) or title
        )


def measure(texts: Sequence[Text], count: int, seed: int) -> None:
    """Make the copies, look for them, print precision, recall and F1, and what was missed by edit."""
    bodies = [[part for part in _SENTENCES.split(text.body) if part.strip()] for text in texts]
    known, spare = len(texts) * 3 // 4, [body for body in bodies[len(texts) * 3 // 4 :] if body]
    editor = Editor(seed, spare)
    with tempfile.TemporaryDirectory() as folder:
        connection = connect(Path(folder) / "store.db")
        ids = [_add(connection, texts[i].title, bodies[i], texts[i].when, "أ", i) for i in range(known)]
        source_of, edit_of = dict(zip(ids, ids, strict=True)), {}
        long = [i for i in range(known) if len(bodies[i]) >= 4 and len(texts[i].body.split()) >= 70]
        for i, (edit, change) in zip(long[:count], itertools.cycle(editor.edits.items()), strict=False):
            when = texts[i].when + editor.random.randrange(600, 40_000)
            made = _add(connection, editor.headline(texts[i].title), change(bodies[i]), when, "ب", known + i)
            if made not in source_of:
                source_of[made], edit_of[made] = ids[i], edit
        found = {
            (min(article, one.id), max(article, one.id))
            for article in source_of
            for one in related(connection, article, limit=50)
            if one.relation is Relation.COPY
        }
        texts_of = dict(zip(ids, bodies, strict=False))
        wanted = {
            (min(made, source_of[made]), max(made, source_of[made])): edit for made, edit in edit_of.items()
        }
        false = [
            pair
            for pair in found - wanted.keys()
            if not _are_twins(texts_of[source_of[pair[0]]], texts_of[source_of[pair[1]]])
        ]
        missed = Counter(edit for pair, edit in wanted.items() if pair not in found)
        connection.close()
    hits = len(wanted) - missed.total()
    precision, recall = hits / max(hits + len(false), 1), hits / len(wanted)
    print(f"{len(wanted)} copies among {known} articles: found {hits}, false {len(false)}")
    print(
        f"precision {precision:.3f}  recall {recall:.3f}  F1 {2 * hits / (2 * hits + len(false) + missed.total()):.3f}"
    )
    print("missed:", ", ".join(f"{edit} {n}" for edit, n in missed.items()) or "none")


def _are_twins(first: Body, second: Body) -> bool:
    return first is second or copies.overlap(first, second) > _TWIN


def _add(connection: sqlite3.Connection, title: str, body: Body, when: int, outlet: str, number: int) -> int:
    published = Published(when, Precision.MINUTE)
    parsed = ParsedArticle(
        title=title, body=tuple(body), origin=f"b:{number}", outlet=outlet, published=published
    )
    return intake.add(connection, parsed, when)[0].id


def main() -> None:
    """Read the command line and run."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--articles", type=int, default=1_200)
    parser.add_argument("--copies", type=int, default=200)
    parser.add_argument("--seed", type=int, default=7)
    wanted = parser.parse_args()
    measure(list(itertools.islice(corpus(wanted.corpus), wanted.articles)), wanted.copies, wanted.seed)


if __name__ == "__main__":
    main()
