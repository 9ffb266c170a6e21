"""What of a paragraph does not depend on the width: its clusters, their levels, its tokens.

Kept by itself, so that a resized window breaks lines again and does nothing else.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from .bidi import MIRROR, Base, base_of, classes, resolve_levels
from .cache import TextCache
from .shaping import Clusters, scan
from .tokens import isolated_tokens


class Paragraph(NamedTuple):
    """A prepared paragraph. `letters` (bidi classes) and `levels` (before L1) are per cluster; `level` is 1 from right
    to left; `urls` are ranges of clusters, inside which a line may be broken."""

    clusters: Clusters
    letters: str
    levels: bytes
    level: int
    urls: list[tuple[int, int]]


PARAGRAPHS: TextCache[Paragraph] = TextCache(200_000)

_MIRRORED = re.compile("[" + re.escape("".join(MIRROR)) + "]")
_OVERRIDES_TO_EMBEDDINGS = str.maketrans("deB", "acW")
# An override shows letters in an order nobody wrote; in a text from outside it serves only to deceive, so it counts as
# an embedding. Line ends inside a paragraph do not end it for bidi: its lines are laid out with one base direction.


def prepared(text: str, base: Base, ligate: bool) -> Paragraph:
    """A paragraph shaped, with its levels; cached."""
    return PARAGRAPHS.get((text, base, ligate), len(text), lambda: _analyse(text, base, ligate))


def _analyse(text: str, base: Base, ligate: bool) -> Paragraph:
    """Shape a paragraph and resolve its levels; mirror what stands on an odd one."""
    clusters = scan(text, ligate=ligate)
    bases = clusters.bases
    letters = classes(bases).replace("B", "W")
    level = 1 if (base or base_of(text)) == "R" else 0
    tokens = isolated_tokens(bases)
    if clusters.has_controls:
        levels = _levels_with_controls(text, clusters, tokens, level)
    elif tokens and (level or re.search("[RAN]", letters)):
        levels = _isolate(bases, letters, [token[:2] for token in tokens], level)
    else:
        levels = resolve_levels(bases, letters, level)
    shown = clusters.shown
    for match in _MIRRORED.finditer(bases):
        place = match.start()
        if levels[place] & 1:
            shown[place] = MIRROR[bases[place]] + shown[place][1:]
    return Paragraph(clusters, letters, levels, level, [token[:2] for token in tokens if token[2]])


def _isolate(text: str, letters: str, ranges: list[tuple[int, int]], level: int) -> bytes:
    """Levels as if each range were between LRI and PDI, which are put in for the rules and taken out of the result."""
    text_parts: list[str] = []
    letter_parts: list[str] = []
    done = 0
    for start, end in ranges:
        text_parts += [text[done:start], "\u2066", text[start:end], "\u2069"]
        letter_parts += [letters[done:start], "l", letters[start:end], "p"]
        done = end
    text_parts.append(text[done:])
    letter_parts.append(letters[done:])
    levels = resolve_levels("".join(text_parts), "".join(letter_parts), level)
    kept: list[bytes] = []
    done = at = 0
    for start, end in ranges:
        kept += [levels[at : at + start - done], levels[at + start - done + 1 : at + end - done + 1]]
        at += end - done + 2
        done = end
    kept.append(levels[at:])
    return b"".join(kept)


def _levels_with_controls(
    text: str, clusters: Clusters, tokens: list[tuple[int, int, bool]], level: int
) -> bytes:
    """Levels of the clusters where the source has bidi controls: resolved on the source, which keeps their effect."""
    letters = classes(text).translate(_OVERRIDES_TO_EMBEDDINGS)
    places = [clusters.first, *clusters.starts[1:-1]]
    ranges = [
        (places[start], clusters.starts[end] if end < len(places) else len(text)) for start, end, _ in tokens
    ]
    levels = _isolate(text, letters, ranges, level)
    return bytes([levels[place] for place in places[: len(clusters.shown)]])
