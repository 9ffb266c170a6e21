"""Where a line may be broken: the opportunities of UAX #14 that matter to news, on clusters.

After spaces, but not before the punctuation that closes (LB13) nor after what opens (LB14): Arabic news often
puts a space before its comma. After hyphens between letters (LB21, LB25), dashes, slashes between letters, between
ideographs (LB31), and inside URLs. Never at NBSP, NNBSP, the figure space or a word joiner. Works on one character per
cluster, so that nothing can come between a base and its marks.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import accumulate

from .chars import BREAKING_SPACES

_SPACE = f"[{BREAKING_SPACES}]"
_CLOSING = r"[.,;:!?،؛؟٪…»)\]}”’›。、，．！？：；」』）】]"
_OPENING = "([{«“‘‹「『（【"
_LETTER = r"[^\W\d_]"


@cache
def _breaks() -> re.Pattern[str]:
    """Compiled with the first text that has more than one line: a list has none."""
    return re.compile(
        rf"(?P<spaces>(?<!{_SPACE}){_SPACE}++)(?!{_CLOSING}++(?:{_SPACE}|\Z))"
        rf"|(?<={_LETTER})[-/\u2010\u058a\u05be](?={_LETTER})"
        rf"|(?<=[^\s(\[{{«“])[\u2013\u2014](?=[^\s.,،؛])"
    )


_IN_URL = re.compile(r"[/\-?&=](?=[^/\s])")

Break = tuple[int, int]
"""(end of what is shown, start of the next line), in clusters: between them is white space."""


@cache
def _between_ideographs() -> re.Pattern[str]:
    """Compiled when the first wide text comes: its ranges take longer than all the rest of the import."""
    ideograph = "[\u2e80-\u2fdf\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U0001f300-\U0001faff\U00020000-\U0003fffd]"
    return re.compile(f"(?<={ideograph})(?!{_CLOSING})(?={ideograph})")


def opportunities(
    bases: str, has_wide: bool, urls: Sequence[tuple[int, int]], glue: frozenset[int], gaps: frozenset[int]
) -> list[Break]:
    """All places where a line may end, in order. `bases` has one character per cluster; `urls` are ranges in it;
    `has_wide` says that some cluster takes two cells."""
    breaks: list[Break] = []
    for match in _breaks().finditer(bases):
        start, end = match.span()
        if match.lastgroup == "spaces":
            if start == 0 or bases[start - 1] not in _OPENING:
                breaks.append((start, end))
        else:
            breaks.append((end, end))
    if has_wide or urls or gaps or glue:
        places = {end: start for start, end in breaks}
        for start, end in urls:
            for match in _IN_URL.finditer(bases, start, end):
                places.setdefault(match.end(), match.end())
        if has_wide:
            for match in _between_ideographs().finditer(bases):
                places.setdefault(match.end(), match.end())
        for gap in gaps:
            places.setdefault(gap, gap)
        breaks = sorted((start, end) for end, start in places.items() if end not in glue)
    return breaks


def break_lines(
    bases: str, widths: Sequence[int] | None, width: int, breaks: Sequence[Break]
) -> Iterator[tuple[int, int, int, bool]]:
    """Cut a paragraph greedily into lines of at most `width` cells.

    Yields (start and end of what is shown, start of the next line, whether the paragraph or a hard line ends here), in
    clusters; what is between the lines and between the ends is white space that is not shown. A word longer than a line is folded; a cluster wider than the whole line stands alone on one.
    """
    count = len(bases)
    before: Sequence[int] = [0, *accumulate(widths)] if widths is not None else range(count + 1)
    ends = [end for end, _ in breaks]
    begin = 0
    while True:
        hard = bases.find("\n", begin)
        stop = hard if hard >= 0 else count
        shown_stop = _without_spaces(bases, begin, stop)
        start = begin
        while True:
            # The furthest cluster that fits.
            fits = bisect_right(before, before[start] + width) - 1
            if fits >= shown_stop or start + 1 >= shown_stop:
                yield start, shown_stop, stop + (hard >= 0), True
                break
            at = bisect_right(ends, fits) - 1
            end, following = breaks[at] if at >= 0 else (start, start)
            if following <= start:
                end = bases.rfind(
                    " ", start + 1, fits + 1
                )  # a space nothing should be broken at, rather than a word
                following = end + 1
            if following <= start:
                end = following = max(fits, start + 1)
            if end > start:
                yield start, end, following, False
            start = following  # with nothing to show, an indent that does not fit beside its first word
        if hard < 0 or hard + 1 == count:
            return
        begin = stop + 1


def _without_spaces(bases: str, start: int, end: int) -> int:
    """The end of what is shown of a stretch: without the white space at its end."""
    while end > start and bases[end - 1] in BREAKING_SPACES:
        end -= 1
    return end
