"""When two arrivals are one article: fingerprints, and the rule that decides between candidates.

Pure: :mod:`store.intake` finds candidates by index and asks here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import pairwise

from .codes import decoded, encoded, table_of
from .folding import fold
from .ingest import spelling
from .models import ParsedArticle

#: So many folded letters of the beginning tell an article from nearly all others.
_LEAD = 240
#: A body shorter than this, in code points, can be equal by chance ("التفاصيل في الفيديو").
_TELLING = 200
#: Dates further apart than this (seconds) are of two articles, whatever their texts share.
_MAX_APART = 3 * 86400
#: Share of the shorter text's word pairs that a revision keeps, at least.
_KEPT = 0.5
_WORDS = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stored article that may be the one arriving: what the decision needs, without its body."""

    id: int
    identity: str
    title_key: int
    title_is_derived: bool
    outlet: str | None
    published: int | None
    published_is_inferred: bool
    origin: str
    url: str | None
    guid: str | None
    embedded_in: int | None


def fingerprint(body: Sequence[str]) -> str:
    """Return 16 hex digits of the folded beginning and 16 of the whole text as it is.

    Paragraph borders and blanks do not count: pages, HTML and feeds cut them
    differently.
    """
    text = "".join(body).replace(" ", "")
    return _digest(_beginning(text[: _LEAD * 2])) + _digest(text)


def _beginning(text: str) -> str:
    """The first folded letters and digits of a text."""
    codes = encoded(text)
    return _beginning_of_any(text) if codes is None else decoded(codes.translate(*_LETTERS)[:_LEAD])


def _beginning_of_any(text: str) -> str:
    return "".join(_WORDS.findall(spelling.fold(text)))[:_LEAD].casefold()


_LETTERS = table_of(_beginning_of_any)


def lead_of(identity: str) -> str:
    """The half of a fingerprint that copies with different endings share."""
    return identity[:16]


def _digest(text: str) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def is_same(
    arriving: ParsedArticle, key: int, identity: str, other: Candidate, *, is_embedded: bool
) -> bool | None:
    """Decide without the texts: True, False, or None where their likeness must decide.

    ``key`` (0 for no headline) and ``identity`` are those of the arriving article. An article of
    another outlet is never the same one, however alike: copies stay apart.
    """
    if arriving.guid and other.guid == arriving.guid and _agree(arriving.outlet, other.outlet):
        return True
    if arriving.url and other.url == arriving.url and not is_embedded:
        return True
    if not _agree(arriving.outlet, other.outlet):
        return False
    same_origin = other.origin == arriving.origin and not is_embedded and other.embedded_in is None
    if not same_origin and not _dates_agree(arriving, other):
        return False
    same_title = bool(key) and key == other.title_key and arriving.title_is_derived == other.title_is_derived
    if not same_title and not is_embedded and _are_apart(arriving, other):
        return False
    if identity == other.identity:
        told = arriving.title_is_derived or other.title_is_derived or same_title or same_origin
        return True if told else (None if sum(map(len, arriving.body)) >= _TELLING else False)
    same_lead = lead_of(identity) == lead_of(other.identity)
    if same_title or same_origin or (same_lead and (arriving.title_is_derived or other.title_is_derived)):
        return None
    return False


def _agree(first: str | None, second: str | None) -> bool:
    return first is None or second is None or first == second or fold(first) == fold(second)


def _are_apart(arriving: ParsedArticle, other: Candidate) -> bool:
    """True for two entries that their source tells apart: a page behind a wall has one text for all its articles."""
    if arriving.guid and other.guid:
        return arriving.guid != other.guid
    return bool(arriving.url and other.url and arriving.url != other.url)


def _dates_agree(arriving: ParsedArticle, other: Candidate) -> bool:
    if arriving.published is None or arriving.published.is_inferred:
        return True
    if other.published is None or other.published_is_inferred:
        return True
    return abs(arriving.published.time - other.published) <= _MAX_APART


def is_alike(first: Sequence[str], second: Sequence[str]) -> bool:
    """True when one text is a version of the other: half of the shorter one's word pairs are in both."""
    pairs, others = _pairs(first), _pairs(second)
    least = min(len(pairs), len(others))
    return least > 0 and len(pairs & others) >= _KEPT * least


def holds(longer: Sequence[str], shorter: Sequence[str]) -> bool:
    """True when every paragraph of ``shorter`` stands in ``longer`` (the last perhaps cut)."""
    text = "".join("".join(longer).split())
    return all("".join(paragraph.split()).rstrip(".…") in text for paragraph in shorter)


def _pairs(body: Sequence[str]) -> set[tuple[str, str]]:
    words = _WORDS.findall(fold(" ".join(body)))
    return set(pairwise(words)) or {(word, "") for word in words}
