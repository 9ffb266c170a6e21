"""News agencies: which names are theirs, and the names that stand together on one line. Pure."""

from __future__ import annotations

import re

from ..title_words import is_known_outlet
from .spelling import fold

_AGENCIES = frozenset(
    fold(name).replace(" ", "").casefold()
    for name in (
        "رويترز", "أ ف ب", "أف ب", "فرانس برس", "ا ف ب", "وكالة فرانس برس", "فرانس برس أ ف ب", "د ب أ", "د.ب.أ", "أ ب", "أسوشيتد برس",
        "اسوشيتد برس", "أسوشييتد برس", "الأناضول", "وكالة الأناضول", "نوفوستي", "ريا نوفوستي", "تاس", "إنترفاكس", "سبوتنيك", "شينخوا",
        "أ ش أ", "وام", "واس", "قنا", "كونا", "بترا", "سانا", "وفا", "وطنية", "واع", "وات", "وأج", "ونا", "بنا", "إرنا", "ارنا", "فارس", "تسنيم",
        "مهر", "يونهاب", "كيودو", "بلومبرغ", "بلومبيرغ", "العمانية", "سونا", "سبأ", "وال", "و م ع", "آكي", "أنسا", "إفي", "الوكالات", "وكالات", "وكالات الأنباء", "وكالة", "afp", "reuters",
        "ap", "dpa", "cnn", "bbc", "tass", "upi", "xinhua", "bloomberg", "معا", "صفا", "قدس برس", "يو بي أي", "الألمانية", "الفرنسية",
        "وكالة الأنباء الألمانية", "وكالة الأنباء الفرنسية", "وكالة أنباء الشرق الأوسط", "وكالة الأنباء السعودية", "associated press",
    )
)  # fmt: skip
_PARTS = re.compile(r" *(?:\+|/|،|,|؛|\||&| - | – ) *")
#: أ.ف.ب and أ ف ب are one name.
_DOTTED = re.compile(r"[^\W\d_](?:[. ]{1,2}[^\W\d_]){1,4}\.?")


def is_agency(name: str) -> bool:
    """True when ``name`` is a news agency known by that name, however it is spaced."""
    return fold(name).replace(" ", "").replace(".", "").casefold() in _AGENCIES


def is_outlet(name: str) -> bool:
    """True for the name of a known outlet, with a number, a domain or what it is told through behind it or not."""
    whole = name.replace(".", " ").strip(" «»\"'“”")
    bare = _TOLD_THROUGH.sub("", whole)
    return bool(bare) and (is_known_outlet(whole) or is_known_outlet(bare))


_TOLD_THROUGH = re.compile(r" ?\d+$| (?:ديجيتال|اونلاين|أونلاين|أون لاين|بالعربية|عربي)$")


def is_nobody(name: str) -> bool:
    """True for what only says that agencies sent a text, not which: it is never who publishes."""
    return fold(name) in _NOBODY


_NOBODY = frozenset(fold(name) for name in ("وكالات", "الوكالات", "وكالات الأنباء", "وكالة", "وكالات أنباء"))


def names_in(source: str) -> list[str]:
    """The names that a line of sources parts by signs, as written; letters with dots as letters with blanks."""
    # Tatweel only stretches what is written.
    parts = _PARTS.split(source.replace("ـ", ""))
    return [spaced(name) for part in parts if (name := " ".join(part.split()).strip(' .:-–"«»“”'))]


def spaced(name: str) -> str:
    """The name, its letters parted by blanks where dots part them: أ.ف.ب is أ ف ب."""
    return " ".join(re.split(r"[. ]+", name.rstrip("."))) if _DOTTED.fullmatch(name) else name
