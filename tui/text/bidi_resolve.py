"""Rules W1–W7, N0–N2, I1–I2 of UAX #9 for one isolating run sequence, as substitutions on a string of classes.

The letters are those of `bidi.CLASS_LETTERS`; sos and eos are "L" or "R".
"""

from __future__ import annotations

import re

Brackets = dict[str, tuple[bool, str]]
"""Character → (whether it opens, what both characters of the pair are called)."""

MAX_PAIRS = 63
"""BD16: deeper nesting than this ends the search for pairs."""

_NEUTRAL = "BSWOlrfp"
_AFTER_ISOLATE = re.compile("(?<=[lrfp])M+")
_MARKS = re.compile("([^M])(M+)")
_AFTER_AL = re.compile("A[^RL]*")
_CS_BETWEEN_EN = re.compile("(?<=E)[xk](?=E)")
_CS_BETWEEN_AN = re.compile("(?<=N)k(?=N)")
_TERMINATORS = re.compile("t*E[Et]*")
_AFTER_L = re.compile("L[^R]*")
_BETWEEN_L = re.compile(f"(?<=L)[{_NEUTRAL}]+(?=L)")
_BETWEEN_R = re.compile(f"(?<=[REN])[{_NEUTRAL}]+(?=[REN])")
_SEPARATORS_TO_ON = str.maketrans("xtk", "OOO")
_NEUTRALS_TO = {edge: str.maketrans(dict.fromkeys(_NEUTRAL, edge)) for edge in "LR"}
_RISE = (
    {"L": 0, "R": 1, "E": 2, "N": 2},  # I1: on an even level
    {"L": 1, "R": 0, "E": 1, "N": 1},  # I2: on an odd level
)
_LEVELS = [
    str.maketrans({letter: chr(level + rise) for letter, rise in _RISE[level & 1].items()})
    for level in range(126)
]


def resolve(text: str, types: str, level: int, sos: str, eos: str, brackets: Brackets) -> bytes:
    """The levels of the characters of one sequence. `text` is needed for the brackets alone; `types` has no BN."""
    resolved = _weak(types, sos)
    if "O" in resolved:
        pairs = _pairs(text, resolved, brackets)
        if pairs:
            resolved = _resolve_pairs(resolved, types, pairs, level, sos)
    bounded = f"{sos}{resolved}{eos}"
    # N1: neutrals between two of the other direction take it; N2: the rest takes the embedding's, which is also
    # what N1 gives between two of that.
    if level & 1:
        bounded = _BETWEEN_L.sub(lambda match: "L" * len(match.group()), bounded)
        bounded = bounded.translate(_NEUTRALS_TO["R"])
    else:
        bounded = _BETWEEN_R.sub(lambda match: "R" * len(match.group()), bounded)
        bounded = bounded.translate(_NEUTRALS_TO["L"])
    return bounded[1:-1].translate(_LEVELS[level]).encode("latin-1")


def _weak(types: str, sos: str) -> str:
    """W1–W7."""
    if "M" in types:  # W1
        types = _AFTER_ISOLATE.sub(lambda match: "O" * len(match.group()), sos + types)
        types = _MARKS.sub(lambda match: match.group(1) * (len(match.group(2)) + 1), types)[1:]
    if "E" in types:
        if "A" in types:  # W2
            types = _AFTER_AL.sub(lambda match: match.group().replace("E", "N"), types)
        types = _CS_BETWEEN_EN.sub("E", types)  # W4
    types = types.replace("A", "R")  # W3
    if "N" in types:
        types = _CS_BETWEEN_AN.sub("N", types)  # W4
    if "t" in types and "E" in types:  # W5
        types = _TERMINATORS.sub(lambda match: "E" * len(match.group()), types)
    types = types.translate(_SEPARATORS_TO_ON)  # W6
    if "E" in types and (sos == "L" or "L" in types):  # W7
        types = _AFTER_L.sub(lambda match: match.group().replace("E", "L"), sos + types)[1:]
    return types


def _pairs(text: str, types: str, brackets: Brackets) -> list[tuple[int, int]]:
    """BD16: the places of matching brackets, in the order of the opening ones."""
    pairs: list[tuple[int, int]] = []
    waiting: list[tuple[str, int]] = []
    for place, char in enumerate(text):
        bracket = brackets.get(char)
        if bracket is None or types[place] != "O":
            continue
        opens, name = bracket
        if opens:
            if len(waiting) == MAX_PAIRS:
                break
            waiting.append((name, place))
            continue
        for depth in range(len(waiting) - 1, -1, -1):
            if waiting[depth][0] == name:
                pairs.append((waiting[depth][1], place))
                del waiting[depth:]
                break
    pairs.sort()
    return pairs


def _resolve_pairs(types: str, original: str, pairs: list[tuple[int, int]], level: int, sos: str) -> str:
    """N0: brackets take the direction of what they hold, or of what is before them.

    Pairs nest at most 63 deep and the strong type before each is carried along, so the time stays linear.
    """
    inside, outside = ("R", "L") if level & 1 else ("L", "R")
    now = list(types)
    context, place = sos, 0  # the strong type before `place`
    for opening, closing in pairs:
        while place < opening:
            if now[place] in "LREN":
                context = "L" if now[place] == "L" else "R"
            place += 1
        content = types[opening + 1 : closing]
        has_left = "L" in content
        has_right = "R" in content or "E" in content or "N" in content
        if has_right if inside == "R" else has_left:
            direction = inside
        elif has_right or has_left:
            direction = outside if context == outside else inside
        else:
            continue
        for bracket in (opening, closing):
            now[bracket] = direction
            after = bracket + 1
            while after < len(now) and original[after] == "M":
                now[after] = direction
                after += 1
    return "".join(now)
