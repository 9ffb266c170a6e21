"""The interface in Arabic or English: which one, its words, its numbers.

Words come from gettext catalogues in ``tui/locale``; English is the source
language. The Arabic plural has six forms (Unicode CLDR: zero, one, two, few,
many, other); the catalogue's header carries the rule.
"""

from __future__ import annotations

import gettext as _gettext
from collections.abc import Mapping
from pathlib import Path

_LOCALE = Path(__file__).parent / "locale"
_ARABIC_INDIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")

LANGUAGES = ("ar", "en")


class _Words:
    """The catalogue in use; one for the program, chosen once at its start."""

    language = "en"
    has_arabic_digits = False
    catalogue: _gettext.NullTranslations = _gettext.NullTranslations()


def language_of(environment: Mapping[str, str]) -> str:
    """The language a locale asks for: English where it says so, else Arabic.

    A locale that names neither (C, POSIX, none) gets Arabic: it says nothing
    of its user, and who opens this program reads Arabic.
    """
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = environment.get(name, "").strip()
        if value:
            return "en" if value.lower().startswith("en") else "ar"
    return "ar"


def use(language: str, digits: str = "auto") -> None:
    """Choose the language (``ar``, ``en``) and digits (``auto``, ``arabic``, ``western``) of the interface."""
    _Words.language = language
    _Words.has_arabic_digits = digits == "arabic" or (digits == "auto" and language == "ar")
    _Words.catalogue = _gettext.translation("newsreader", _LOCALE, [language], fallback=True)


def language() -> str:
    """The language in use: ``ar`` or ``en``."""
    return _Words.language


def is_rtl() -> bool:
    """True when the interface is written from right to left."""
    return _Words.language == "ar"


def _(text: str) -> str:
    """The word or sentence in the language of the interface."""
    return _Words.catalogue.gettext(text) if text else ""


def in_language(text: str, language: str) -> str:
    """The word or sentence in one of the languages, whichever is in use."""
    return (
        _gettext.translation("newsreader", _LOCALE, [language], fallback=True).gettext(text) if text else ""
    )


def counted(singular: str, plural: str, count: int) -> str:
    """A counted noun in its right form; ``{n}`` in it becomes the number."""
    return _Words.catalogue.ngettext(singular, plural, count).replace("{n}", number(count))


def number(value: int) -> str:
    """A number in the digits of the interface."""
    return digits(str(value))


def digits(text: str) -> str:
    """The text with its digits as the interface writes them."""
    return text.translate(_ARABIC_INDIC) if _Words.has_arabic_digits else text
