"""A code of one byte for each letter that news is written in, so that bytes.translate can fold a whole text. Pure.

On Arabic text str.translate takes thirty times as long, and a row of str.replace ten times. What has
other letters has no code: whoever asks has a way for any text as well.
"""

from __future__ import annotations

from codecs import charmap_build, charmap_decode, charmap_encode
from collections.abc import Callable

#: What has a code beside ASCII: Arabic letters and vowel signs, digits, Persian letters that fold to one Arabic letter,
#: Latin ones with accents, signs. What folds by its neighbours (hamza as a mark, ligatures) has none.
COVERED = (
    "ءآأؤإئابةتثجحخدذرزسشصضطظعغ" "ـفقكلمنهوىي" "\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0670"
    "٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹" "پچژگکیڨڤٱٲہەے" "éèêëàâäáíîïóôöøúüûçñãåÉ"
    "«»“”‘’…–—،؛؟٪•٫٬°×·€″´„¶"
)  # fmt: skip
_PRINTED = range(0x20, 0x7F)
_NO_LETTER = "\ufffe"


def _charset() -> str:
    low = ["\0", *(chr(code) if code in _PRINTED or code == 0x0A else _NO_LETTER for code in range(1, 128))]
    return ("".join(low) + COVERED).ljust(256, _NO_LETTER)


#: The letters by their codes; those of ASCII have their own. A letter that stands for no code is U+FFFE.
CHARSET = _charset()
_CODING = charmap_build(CHARSET)


def encoded(text: str) -> bytes | None:
    """A text in code, or None where a letter of it has none."""
    try:
        return charmap_encode(text, "strict", _CODING)[0]
    except UnicodeEncodeError:
        return None


def code_of(letters: str) -> bytes:
    """Letters in code; raises UnicodeEncodeError where one has none."""
    return charmap_encode(letters, "strict", _CODING)[0]


def decoded(codes: bytes, charset: str = CHARSET) -> str:
    """What stands in code, as text; ``charset`` may show some letters as others."""
    return charmap_decode(codes, "strict", charset)[0]


def table_of(spelling: Callable[[str], str]) -> tuple[bytes, bytes]:
    """The two arguments of bytes.translate that spell a text in code letter by letter: new codes, and codes dropped.

    ``spelling`` gives for each letter one that has a code, or nothing.
    """
    spelt = [spelling(letter) if letter != _NO_LETTER else letter for letter in CHARSET]
    table = bytes(code_of(new)[0] if new not in ("", _NO_LETTER) else old for old, new in enumerate(spelt))
    return table, bytes(code for code, new in enumerate(spelt) if not new)
