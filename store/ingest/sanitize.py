"""What may enter the store of a text from outside, in one table: kept, replaced or dropped, and why.

Everything that reaches the store passes :func:`clean_text` once. Text leaves
it in NFC, with ``\\n`` as its only control character, and harmless to a
terminal, a list row and a search index. What was dropped is counted by name,
so that an article can say what is missing from it.

A clean text (nearly all are) is told by its letters alone; only a text with
something in it walks the table.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from ..codes import CHARSET, encoded

#: Longest text of one article, in code points; a book of 400 pages is about this long.
MAX_TEXT = 1_000_000
#: Longest one-line field (title, name, keyword), in code points.
MAX_FIELD = 2_000
#: Most combining marks on one base. Fully vocalised Quranic text has four.
MAX_MARKS = 4

_NOTHING: Mapping[str, int] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A harmless text and how many code points were dropped from it, by the names in ``RULES``."""

    text: str
    dropped: Mapping[str, int] = field(default_factory=lambda: _NOTHING)


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the table: what ``pattern`` finds becomes ``replacement``; counted when ``name`` is set."""

    name: str | None
    pattern: re.Pattern[str]
    replacement: str | Callable[[re.Match[str]], str]
    why: str


_ARABIC = "\u0620-\u064a\u066e-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06ff\u0750-\u077f\u08a0-\u08c9"
#: Letters that join to the left: after any other a ZWNJ changes nothing.
_JOINING = "\u0620\u0626\u0628\u062a-\u062e\u0633-\u063f\u0641-\u0647\u0649\u064a\u0678-\u0687\u069a-\u06bf\u06c1\u06cc\u06ce\u06d0\u06d1"
_EMOJI = "\u2600-\u27bf\U0001f000-\U0001faff\ufe0f"
# Runs of a sequence are bounded: an unfinished one must not swallow the page.
_ESCAPE = (
    r"\x1b\[[0-?]{0,64}[ -/]{0,8}[@-~]"
    r"|\x9b[0-?]{0,64}[ -/]{0,8}[@-~]"
    r"|(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x9c\n]{0,4096}(?:\x07|\x1b\\|\x9c)"
    r"|\x1b[ -/]{1,4}[0-~]"
    r"|\x1b[0-Zc-~]?"
)


_PARTED = re.compile(f"[{_JOINING}][\u064b-\u0652]?\u200c+[{_ARABIC}]")


def _non_joiner(match: re.Match[str]) -> str:
    return "\u200c" if _PARTED.match(match.string, _letter_before(match.string, match.start())) else ""


def _letter_before(text: str, index: int) -> int:
    """Index of the letter a run at ``index`` follows, one mark between them allowed."""
    before = max(index - 1, 0)
    return before - 1 if before and "\u064b" <= text[before] <= "\u0652" else before


def _presentation(match: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", match.group())


#: The table. Order matters: sequences before the controls they are made of, floods before NFC (whose
#: reordering of marks is quadratic in the length of a run).
RULES: tuple[Rule, ...] = (
    Rule(
        "escape",
        re.compile(_ESCAPE),
        "",
        "ANSI/VT sequences drive the terminal; dropped whole, not only their ESC",
    ),
    Rule(
        None,
        re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]"),
        "\n",
        "all line ends are one; U+2028/9 break lines in some terminals and tools only",
    ),
    Rule(
        None,
        re.compile("[\t\x1f\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]"),
        " ",
        "blanks of any width are one cell; NBSP keeps words from wrapping and matching",
    ),
    Rule(
        "control",
        re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f]"),
        "",
        "C0, DEL and C1 controls drive the terminal and end strings in C",
    ),
    Rule(
        "bidi",
        re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u206a-\u206f]"),
        "",
        "invisible direction controls can show a text other than it is; the reader computes direction itself",
    ),
    Rule(
        "zero_width",
        re.compile(
            f"\u200d(?![{_EMOJI}])|(?<![{_EMOJI}])\u200d"
            "|[\xad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u2060-\u2065\u3164\ufeff\uffa0\ufff0-\ufff8]"
        ),
        "",
        "invisible fillers hide text from search; ZWJ stays inside emoji",
    ),
    Rule(
        "zero_width",
        re.compile("\u200c+"),
        _non_joiner,
        "one ZWNJ stays where it parts joining letters (Persian, Kurdish: می‌شود); elsewhere it shows nothing",
    ),
    Rule(
        "variation",
        re.compile(f"(?<![{_EMOJI}\u203c-\u21ff\u2300-\u25ff0-9#*])[\ufe00-\ufe0f]|[\U000e0000-\U000e0fff]"),
        "",
        "variation selectors and tags hide data; those of emoji stay",
    ),
    Rule(
        "annotation",
        re.compile("[\ufff9-\ufffb]"),
        "",
        "interlinear annotation controls have no meaning in plain text",
    ),
    Rule(
        "private",
        re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]"),
        "",
        "private use: icon fonts of web pages, boxes elsewhere",
    ),
    Rule(
        "noncharacter",
        re.compile(
            "[\ufdd0-\ufdef\ufffe\uffff"
            + "".join(chr(p << 16 | low) for p in range(1, 15) for low in (0xFFFE, 0xFFFF))
            + "]"
        ),
        "",
        "never characters",
    ),
    Rule(
        "surrogate",
        re.compile("[\ud800-\udfff]"),
        "\ufffd",
        "half a character cannot be written to a file; marked where it stood",
    ),
    Rule(
        None,
        re.compile("[\ufb50-\ufd3d\ufd40-\ufdcf\ufe70-\ufefc]+"),
        _presentation,
        "shaped letters (from PDF) become the letters they show; shaping is the screen's work",
    ),
)

_BIDI = next(rule for rule in RULES if rule.name == "bidi")
# Everything that needs no rule: ASCII, Latin, Arabic with its marks, punctuation, symbols.
_PLAIN = (
    "\n -~\u00a1-\u00ac\u00ae-\u02ff\u0606-\u061b\u061d-\u06dc\u06de-\u06ff\u0750-\u077f"
    "\u2010-\u2027\u2030-\u205e\u2070-\u20cf\u2100-\u2bff\ufdf0-\ufdff"
)
_UNUSUAL = re.compile(f"[^{_PLAIN}]")
_ARABIC_MARKS = "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"
# The first is spelt out, here and below: a pattern that begins with one set is searched for twice as fast.
_FLOOD = re.compile(f"[{_ARABIC_MARKS}][{_ARABIC_MARKS}]{{{MAX_MARKS}}}")
# Five in a row that are no common letter, blank or sign: perhaps a flood of marks, to be looked at one by one.
_UNCOMMON = "[^\n -~\u00a1-\u02ff\u0620-\u064a\u0660-\u066f\u0671-\u06d5\u2010-\u205e]"
_MAYBE_FLOOD = re.compile(f"{_UNCOMMON}{_UNCOMMON}{{{MAX_MARKS}}}")
_ENTITY = re.compile(r"&(?:[A-Za-z]{2,8}|#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6});")


def clean_text(text: str, *, limit: int = MAX_TEXT) -> Cleaned:
    """Return ``text`` harmless and in NFC, at most ``limit`` code points long, with counts of what went.

    Never fails, whatever the text; time is linear in its length.
    """
    dropped: Counter[str] = Counter()
    if len(text) > limit:
        # Rules can only shorten or keep (presentation forms: at most 3 for 1), so cut first, once more after.
        dropped["over_limit"] += len(text) - limit
        text = text[:limit]
    if "&" in text:
        text = _ENTITY.sub(lambda match: html.unescape(match.group()), text)
    if not _is_harmless(text):
        text = _sanitised(text, dropped)
    if len(text) > limit:
        dropped["over_limit"] += len(text) - limit
        text = text[:limit]
    return Cleaned(text, MappingProxyType(dict(dropped))) if dropped else Cleaned(text)


def _is_harmless(text: str) -> bool:
    """True for a text of nothing but common letters and signs, no two marks side by side: most texts, in a third of the time.

    It needs no rule, and is in NFC: what has a code composes with nothing.
    """
    codes = encoded(text)
    return codes is not None and b"\0" not in codes and _TWO_MARKS not in codes.translate(_MARKS_ALONE)


_MARKS_ALONE = bytes("\u064b" <= letter <= "\u0652" or letter == "\u0670" for letter in CHARSET)
_TWO_MARKS = b"\1\1"


def _sanitised(text: str, dropped: Counter[str]) -> str:
    """Whatever text, by the rules and in NFC; what goes is counted."""
    bare, count = _BIDI.pattern.subn(_BIDI.replacement, text)
    if count and _is_harmless(bare):
        # Copied text is full of direction controls, and seldom of anything else.
        dropped["bidi"] += count
        return bare
    return _by_rules(text, dropped)


def _by_rules(text: str, dropped: Counter[str]) -> str:
    if _UNUSUAL.search(text):
        text = _apply_rules(text, dropped)
        if _MAYBE_FLOOD.search(text):
            text = _limit_marks(text, dropped)
    elif _FLOOD.search(text):
        text = _limit_marks(text, dropped)
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def clean_line(text: str, *, limit: int = MAX_FIELD) -> str:
    """Return ``text`` as one harmless line: a title, a name, a keyword; blanks and line ends become one blank."""
    return " ".join(clean_text(text, limit=limit).text.split())


def merge_counts(*counts: Mapping[str, int]) -> Mapping[str, int]:
    """Add up counts of dropped code points; empty ones cost nothing."""
    total: Counter[str] = Counter()
    for each in counts:
        if each:
            total.update(each)
    return MappingProxyType(dict(total)) if total else _NOTHING


def _apply_rules(text: str, dropped: Counter[str]) -> str:
    for rule in RULES:
        if not rule.pattern.search(text):
            continue
        before = len(text)
        text, times = rule.pattern.subn(rule.replacement, text)
        if rule.name:
            lost = before - len(text)
            if count := lost if lost or callable(rule.replacement) else times:
                dropped[rule.name] += count
    return text


def _limit_marks(text: str, dropped: Counter[str]) -> str:
    """Keep the first ``MAX_MARKS`` marks of every run."""
    kept: list[str] = []
    run = 0
    lost = 0
    for character in text:
        if character < "\u0300" or not unicodedata.category(character).startswith("M"):
            run = 0
        else:
            run += 1
            if run > MAX_MARKS:
                lost += 1
                continue
        kept.append(character)
    if not lost:
        return text
    dropped["marks"] += lost
    return "".join(kept)
