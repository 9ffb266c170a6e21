"""What can be computed of an article before the store is asked anything: the larger half of taking it in.

Pure, and plain to pickle, so that another process can do it while this one
writes (:mod:`store.ingest.helper`).
"""

from __future__ import annotations

from typing import NamedTuple

from .identity import fingerprint
from .links import Headline, headline_of
from .models import ParsedArticle
from .related import Subject, subject_of
from .search_index import Entry, entry_of
from .title_keys import key_of


class Prepared(NamedTuple):
    """The parts of a :class:`~store.models.ParsedArticle` that indexes want.

    ``headlines`` are those of its links, in order, or None where they were left to whoever writes; ``embedded`` as there.
    """

    key: int
    identity: str
    entry: Entry
    subject: Subject
    headlines: tuple[Headline, ...] | None
    embedded: tuple[Prepared, ...]


def prepare(parsed: ParsedArticle, *, with_headlines: bool = True) -> Prepared:
    """Compute all of it, the headlines of links where ``with_headlines``: a part that may as well be done on writing."""
    return Prepared(
        key_of(parsed.title),
        fingerprint(parsed.body),
        entry_of(parsed.title, parsed.body, parsed.keywords),
        subject(parsed),
        tuple(headline_of(link.title) for link in parsed.links) if with_headlines else None,
        tuple(prepare(inner, with_headlines=with_headlines) for inner in parsed.embedded),
    )


def subject(parsed: ParsedArticle) -> Subject:
    """What relating takes of an article that is stored as it comes."""
    published = parsed.published
    return subject_of(
        parsed.title,
        parsed.body,
        is_derived=parsed.title_is_derived,
        seconds=published.time if published else None,
        precision=published.precision if published else None,
        is_inferred=bool(published and published.is_inferred),
    )
