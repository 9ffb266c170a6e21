"""UAX #9 conformance: BidiTest.txt and BidiCharacterTest.txt, whole where Debian's unicode-data is installed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tui.text.bidi import (
    BRACKETS,
    CLASS_LETTERS,
    MIRROR,
    classes,
    display,
    line_levels,
    order,
    paragraph_level,
    reorder,
    resolve_levels,
)

UNICODE = Path("/usr/share/unicode")
DATA = Path(__file__).parent / "data"

# A character of each class; BidiTest.txt is about classes, and any character of a class will do.
EXAMPLES = {
    "L": "a", "R": "\u05d0", "AL": "\u0628", "EN": "1", "AN": "\u0660", "ES": "+", "ET": "$", "CS": ",",
    "NSM": "\u0300", "BN": "\u00ad", "B": "\u2029", "S": "\t", "WS": " ", "ON": "!", "LRE": "\u202a",
    "RLE": "\u202b", "LRO": "\u202d", "RLO": "\u202e", "PDF": "\u202c", "LRI": "\u2066", "RLI": "\u2067",
    "FSI": "\u2068", "PDI": "\u2069",
}  # fmt: skip
BASES = ((1, None), (2, "L"), (4, "R"))
REMOVED = "acdegb"


def files(name: str, sample: str) -> list[Path]:
    whole = UNICODE / name
    return [DATA / sample, *([whole] if whole.exists() else [])]


def numbers(text: str) -> list[int | None]:
    return [None if field == "x" else int(field) for field in text.split()]


def bidi_test(path: Path) -> Iterator[tuple[str, list[str], int, list[int | None], list[int | None]]]:
    """(line, classes, bit set of bases, levels, order) of each case of a file in the form of BidiTest.txt."""
    levels: list[int | None] = []
    places: list[int | None] = []
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("@Levels:"):
                levels = numbers(line[8:])
            elif line.startswith("@Reorder:"):
                places = numbers(line[9:])
            elif line[0] not in "#@\n":
                names, bits = line.split(";")
                yield line, names.split(), int(bits, 16), levels, places


def test_every_class_has_its_letter() -> None:
    assert set(EXAMPLES) == set(CLASS_LETTERS)
    assert classes("".join(EXAMPLES.values())) == "".join(CLASS_LETTERS[name] for name in EXAMPLES)


@pytest.mark.parametrize("path", files("BidiTest.txt", "bidi_test_sample.txt"), ids=str)
def test_bidi_test(path: Path) -> None:
    cases = failed = 0
    first = ""
    for line, names, bits, levels, places in bidi_test(path):
        text = "".join([EXAMPLES[name] for name in names])
        letters = "".join([CLASS_LETTERS[name] for name in names])
        kept = [place for place, letter in enumerate(letters) if letter not in REMOVED]
        bases = [base for bit, base in BASES if bits & bit]
        cases += len(bases)
        # Bases that give the same paragraph level share the work: everything after P3 depends on the level alone.
        for level in {paragraph_level(letters, base) for base in bases}:  # type: ignore[arg-type]
            found = line_levels(resolve_levels(text, letters, level), letters, level)
            visual = [kept[place] for place in order(bytes([found[place] for place in kept]))]
            right = all(want is None or want == have for want, have in zip(levels, found, strict=True))
            if not right or visual != places:
                failed += 1
                first = first or f"{line.strip()} at level {level}: {list(found)} {visual}"
    assert cases > 1000
    assert not failed, f"{failed} of {cases} cases fail, first: {first}"


@pytest.mark.parametrize("path", files("BidiCharacterTest.txt", "bidi_character_sample.txt"), ids=str)
def test_bidi_character_test(path: Path) -> None:
    cases, failures = 0, []
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        cases += 1
        codes, base, level, levels, places = line.split(";")
        text = "".join([chr(int(code, 16)) for code in codes.split()])
        direction = {"0": "L", "1": "R", "2": None}[base]
        found = reorder(text, direction)  # type: ignore[arg-type]
        if found != (numbers(levels), numbers(places)):
            failures.append(f"{line}: {found}")
        if paragraph_level(classes(text), direction) != int(level):  # type: ignore[arg-type]
            failures.append(f"{line}: paragraph level")
    assert cases > 500
    assert not failures, f"{len(failures)} of {cases} cases fail, first: {failures[0]}"


@pytest.mark.parametrize("path", files("BidiMirroring.txt", "bidi_mirroring_sample.txt"), ids=str)
def test_every_pair_is_mirrored(path: Path) -> None:
    pairs = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        fields = line.split("#")[0].replace(";", " ").split()
        if len(fields) == 2:
            one, other = (chr(int(field, 16)) for field in fields)
            pairs[one], pairs[other] = other, one
    assert len(pairs) == 428
    assert pairs == MIRROR
    for one, other in pairs.items():
        assert display(f"א{one}ב", "R") == f"ב{other}א"
        assert display(f"a{one}b", "L") == f"a{one}b"


@pytest.mark.skipif(not (UNICODE / "BidiBrackets.txt").exists(), reason="unicode-data is not installed")
def test_brackets_are_those_of_the_standard() -> None:
    brackets = {}
    for line in (UNICODE / "BidiBrackets.txt").read_text(encoding="utf-8").splitlines():
        fields = [field.strip() for field in line.split("#")[0].split(";")]
        if len(fields) == 3:
            brackets[chr(int(fields[0], 16))] = fields[2] == "o"
    assert {char: opens for char, (opens, _) in BRACKETS.items()} == brackets
    names = {name for _, name in BRACKETS.values()}
    # 64 pairs, of which the two encodings of the angle brackets are one (BD14).
    assert len(names) == len(brackets) // 2 - 1
