"""What of a text a query matched, in the text's own code points: for marking in lists and articles.

Works on the text alone, with the same chain as the index, so that a word is
marked also when it was found by its stem or its name key.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from .arabic import Token, forms, query_terms, tokens
from .query_fts import beginnings_of, phrase_runs
from .query_regex import ranges as pattern_ranges
from .query_tree import Part, Phrase, Prefix, Query, Text, Word, positive_patterns, positive_texts

Range = tuple[int, int]
#: A run of tokens that matches from a place on: how many tokens, or 0.
_Finder = Callable[[Sequence[Token], int], int]


#: The paragraph of a snippet that is of no paragraph.
IN_KEYWORDS = -1


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of an article's body around what matched.

    ``paragraph`` is its index in the body, ``start`` the code point in that
    paragraph where ``text`` begins; ``matches`` are ranges in ``text``. It is
    IN_KEYWORDS where the text is the keywords that matched instead.
    """

    text: str
    matches: tuple[Range, ...]
    paragraph: int = 0
    start: int = 0
    is_cut_before: bool = False
    is_cut_after: bool = False


def matches(query: Query, text: str, part: Part = Part.ALL) -> tuple[Range, ...]:
    """The ranges of ``text`` (code points) that the query matched, in order, none overlapping.

    ``part`` says what the text is: words of ``title:`` are marked in a headline alone then. With Part.ALL
    it may be any, and all are marked.
    """
    wanted = [t for t in positive_texts(query.root) if Part.ALL in (part, t.part) or part is t.part]
    if not text:
        return ()
    patterns = [p.text for p in positive_patterns(query.root) if Part.ALL in (part, p.part) or part is p.part]
    by_pattern = [found for pattern in patterns for found in pattern_ranges(pattern, text)]
    if not wanted:
        return _apart(by_pattern)
    finders = [_finder(one) for one in dict.fromkeys(wanted)] + list(_joined(wanted))
    return _apart([*_ranges(tokens(text), finders), *by_pattern])


def _apart(found: Iterable[Range]) -> tuple[Range, ...]:
    """Ranges in order, none overlapping: of two that do, the first and longer stays."""
    apart: list[Range] = []
    for start, end in sorted(found, key=lambda one: (one[0], -one[1])):
        if not apart or start >= apart[-1][1]:
            apart.append((start, end))
    return tuple(apart)


def _ranges(found: Sequence[Token], finders: Sequence[_Finder]) -> Iterable[Range]:
    place = 0
    while place < len(found):
        length = max((find(found, place) for find in finders), default=0)
        if length:
            yield found[place].start, found[place + length - 1].end
        place += max(length, 1)


def _finder(text: Text) -> _Finder:
    match text:
        case Word():
            return _word_finder(text)
        case Prefix():
            beginnings = beginnings_of(text)
            return lambda found, at: int(
                found[at].norm.startswith(beginnings) or found[at].stem.startswith(beginnings)
            )
        case Phrase():
            runs = [_run_finder(run, text.is_prefix) for run in phrase_runs(text.text)]
            return lambda found, at: max(run(found, at) for run in runs)


def _word_finder(word: Word) -> _Finder:
    norms = {norm for norm, _, _ in forms(word.text)}
    if word.is_exact:
        return lambda found, at: int(found[at].norm in norms)
    terms = set(query_terms(word.text, word.is_whole))
    halved = {norm for norm in norms if len(norm) > 3}

    def find(found: Sequence[Token], at: int) -> int:
        norm = found[at].norm
        if norm in norms or not terms.isdisjoint(found[at].terms):
            return 1
        if at + 1 < len(found) and any(whole.startswith(norm) for whole in halved):
            return 2 if norm + found[at + 1].norm in halved else 0
        return 0

    return find


def _run_finder(norms: Sequence[str], is_prefix: bool = False) -> _Finder:
    *first, last = norms

    def find(found: Sequence[Token], at: int) -> int:
        run = [token.norm for token in found[at : at + len(norms)]]
        if run[:-1] != first or len(run) != len(norms):
            return 0
        return len(norms) if run[-1] == last or (is_prefix and run[-1].startswith(last)) else 0

    return find


def _joined(texts: Sequence[Text]) -> Iterable[_Finder]:
    """Neighbouring words of the query written as one in the text: عبد الله and عبدالله."""
    words = [text for text in texts if isinstance(text, Word) and not text.is_exact]
    for first, second in pairwise(words):
        one = "".join(norm for word in (first, second) for norm, _, _ in forms(word.text))
        yield _word_finder(Word(one, is_exact=True))


def snippet(query: Query, body: Sequence[str], width: int) -> Snippet:
    """About ``width`` code points of the body around the densest matches; its beginning where nothing matched."""
    best: tuple[int, int, tuple[Range, ...]] | None = None
    for index, paragraph in enumerate(body):
        found = matches(query, paragraph, Part.BODY)
        if found and (
            best is None or _weight(body[index], found, width) > _weight(body[best[0]], best[2], width)
        ):
            best = (index, _densest(found, width), found)
    if best is None:
        first = next((i for i, paragraph in enumerate(body) if paragraph.strip()), None)
        return _cut(body[first], (), first, 0, width) if first is not None else Snippet("", ())
    index, middle, found = best
    return _cut(body[index], found, index, middle, width)


def keyword_snippet(query: Query, keywords: Iterable[str], width: int) -> Snippet:
    """The keywords that matched, as many as fit in ``width`` code points and at least one; empty where none did."""
    text, found = "", list[Range]()
    for keyword in keywords:
        start = len(text) + 2 if text else 0
        ranges = matches(query, keyword, Part.KEYWORDS)
        if not ranges or (text and start + len(keyword) > width):
            continue
        text = f"{text}، {keyword}" if text else keyword[:width]
        found += [(start + a, start + b) for a, b in ranges if start + b <= len(text)]
    return Snippet(text, tuple(found), IN_KEYWORDS)


def _weight(paragraph: str, found: tuple[Range, ...], width: int) -> int:
    """How many different words are marked inside the densest window."""
    start = _densest(found, width)
    return len({paragraph[a:b] for a, b in found if start <= a and b <= start + width})


def _densest(found: tuple[Range, ...], width: int) -> int:
    """Where the window with most matches begins."""
    return (
        max((sum(start <= a and b <= start + width for a, b in found), -start) for start, _ in found)[1] * -1
    )


def _cut(paragraph: str, found: tuple[Range, ...], index: int, start: int, width: int) -> Snippet:
    """The window from a little before ``start``, cut between words."""
    begin = max(0, min(start - width // 4, len(paragraph) - width))
    if begin > 0:
        blank = paragraph.find(" ", begin, start)
        begin = blank + 1 if blank >= 0 else start
    end = min(len(paragraph), begin + width)
    if end < len(paragraph):
        blank = paragraph.rfind(" ", begin + 1, end + 1)
        end = blank if blank > begin else end
    inside = tuple((a - begin, b - begin) for a, b in found if begin <= a and b <= end)
    return Snippet(paragraph[begin:end], inside, index, begin, begin > 0, end < len(paragraph))
