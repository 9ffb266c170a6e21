"""What a text behind a headline in mid-page is: the headline's own, or the page's that goes on. Pure.

A page without source and keywords does not say where its own text ends.
Then the words decide: those of the headline that the page did not use before,
and those of the page that the headline has not.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice, takewhile

from ..arabic import tokens
from ..terms import FUNCTION_WORDS
from .headlines import is_headline, is_sentence
from .markers import Mark, Marked

#: Paragraphs behind the headline that are looked at.
LOOKED_AT = 3
#: A headline of a list is no longer, in code points.
_LONGEST_LISTED = 90
#: So much of a headline's own words, and at least so many, an article under it repeats in its beginning.
_SHARE = 0.3
_LEAST = 2
#: So many of its words a text that goes on takes up again.
_LEAST_TAKEN_UP = 3


def goes_on(before: Iterable[str], headline: str, after: Iterable[str]) -> bool | None:
    """True where ``after`` continues ``before`` (title and text so far), False where it is of ``headline``.

    None where the words do not tell.
    """
    said, named, follows = _words(before), _words([headline]), _words(after)
    own = named - said
    of_headline = own & follows
    of_text = (said - named) & follows
    is_of_headline = len(of_headline) >= _LEAST and len(of_headline) >= _SHARE * len(own)
    if is_of_headline:
        return False
    return True if not of_headline and len(of_text) >= _LEAST_TAKEN_UP else None


def text_goes_on(
    before: Iterable[str], lines: Sequence[str], marks: Sequence[Marked | None], at: int
) -> bool:
    """True where the text behind the headline at ``at`` is that of the page with ``before`` so far, by its words."""
    if not is_headline(lines[at]):
        return False
    behind = takewhile(lambda place: marks[place] is None, range(at + 1, len(lines)))
    return goes_on(before, lines[at], [lines[place] for place in islice(behind, LOOKED_AT)]) is True


def are_headlines(lines: Sequence[str], marks: Sequence[Marked | None], at: int) -> bool:
    """True where the next lines that mark nothing, two at least, are all headlines of a list."""
    behind = islice(takewhile(lambda place: marks[place] is None, range(at, len(lines))), LOOKED_AT)
    ahead = [lines[place] for place in behind]
    return len(ahead) > 1 and all(is_headline(line) and len(line) <= _LONGEST_LISTED for line in ahead)


def is_list(lines: Sequence[str], marks: Sequence[Marked | None], at: int) -> bool:
    """True where two headlines follow each other, which no article begins with, and then a sentence."""
    ahead = lines[at : at + 3]
    return (
        len(ahead) == 3
        and all(marked is None for marked in marks[at : at + 3])
        and all(is_headline(line) and len(line) <= _LONGEST_LISTED for line in ahead[:2])
        and is_sentence(ahead[2])
    )


def _words(texts: Iterable[str]) -> frozenset[str]:
    """The stems of the words that say something."""
    return frozenset(
        token.stem
        for text in texts
        for token in tokens(text)
        if token.norm not in FUNCTION_WORDS and len(token.norm) > 1
    )


def tags_below(lines: Sequence[str], marks: Sequence[Marked | None], at: int) -> list[str]:
    """The tags that stand each on a line of its own below their word."""
    items: list[str] = []
    for text, following in zip(lines[at : at + _MOST_TAGS], marks[at : at + _MOST_TAGS], strict=True):
        if following and following.mark is Mark.BULLET:
            items.append(following.value)
        elif following is None and len(text) <= 60 and not is_sentence(text) and text.count(" ") < 6:
            items.append(text)
        else:
            break
    return items


def is_over(lines: Sequence[str], at: int) -> bool:
    """True where no sentence stands below ``at`` any more: the text is over."""
    return not any(map(is_sentence, lines[at : at + _MOST_BELOW]))


_MOST_TAGS = 64
#: Lines below a place that are searched for a sentence.
_MOST_BELOW = 60
