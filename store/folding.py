"""Folding: one spelling for what Arabic news writes in several. Pure, and the first step of all search.

Step by step, each with its reason (figures: recall gained on real queries):

1. NFKD and case: presentation forms (ﻻ), full-width Latin, ligatures and
   accents become plain letters. It also takes أ إ آ ؤ ئ apart into a letter
   and a mark, so that step 2 makes them ا و ي: hamza is left out at will.
2. Marks go: harakat (unicode61 would cut words at them), Quranic signs,
   Latin accents, tatweel, and the invisible direction and joining marks that
   copied text is full of (with them no engine finds a word).
3. Letters: ى is ي and ة is ه (Egyptian and hurried writing), Persian and
   Urdu letters become the Arabic ones that stand for them, ٱ is ا.
4. Digits: ٢٠٢٣ and ۲۰۲۳ are 2023.
"""

from __future__ import annotations

import re
import unicodedata

#: What stands inside a written word without being a letter: vowel signs, accents, joiners, direction marks.
MARKS = (
    "\u00ad\u0300-\u036f\u034f\u0483-\u0489\u0591-\u05bd\u05bf\u0610-\u061a\u061c\u0640\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u0898-\u089f\u08ca-\u08e1\u08e3-\u08ff\u180e\u1ab0-\u1aff"
    "\u1dc0-\u1dff\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufe20-\ufe2f\ufeff"
)

_MARK = re.compile(f"[{MARKS}]+")
_ASCII_DIGITS = {chr(base + i): str(i) for base in (0x660, 0x6F0) for i in range(10)}
_LETTERS = str.maketrans(
    {
        "ى": "ي", "ة": "ه", "ٱ": "ا", "ٲ": "ا", "ٳ": "ا", "ٵ": "ا", "ٶ": "و", "ٷ": "و", "ٸ": "ي",
        "ی": "ي", "ۍ": "ي", "ێ": "ي", "ې": "ي", "ے": "ي", "ۓ": "ي", "ڭ": "ك", "ک": "ك", "ڪ": "ك",
        "گ": "ك", "ڨ": "ق", "ڤ": "ف", "پ": "ب", "چ": "ج", "ژ": "ج", "ہ": "ه", "ھ": "ه", "ە": "ه", "ۃ": "ه",
        "ۀ": "ه", "ٹ": "ت", "ڈ": "د", "ڑ": "ر", "ڕ": "ر", "ڵ": "ل", "ں": "ن", "ۆ": "و", "ۇ": "و", "ۈ": "و",
        "ۋ": "و", "ı": "i", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "æ": "ae", "œ": "oe", "þ": "th",
        **_ASCII_DIGITS,
    }
)  # fmt: skip


#: Plain Arabic letters, ASCII but capitals, common signs: of these only seven letters change, each by itself.
_PLAIN = re.compile("[\n -@\\[-~،؛؟«»“”‘’–—ء-غف-ي]*")

_ARABIC_MARK = re.compile("[\u0640\u064b-\u0655\u0670\u200b-\u200f]+")


#: A sign that folding makes a word, and that word by itself: no letter beside the sign is of it.
SIGNS_OF_WORDS = {"﷼": " ريال "}

#: Signs made of letters (™ ㎏ Ⓐ): to Python's re and to the index they are no letters, and stand between words.
_SIGN_OF_LETTERS = re.compile(
    "([\u20a8-\u213b\u249c-\u24e9\u2e9f-\u2fd5\u3196-\u33ff\ufdfc\U0001f110-\U0001f251](?<!\\w))"
)


def fold(text: str) -> str:
    """Text in its one folded spelling; blanks and punctuation stay, so words can still be cut from it."""
    if text.isascii():
        return text.lower()
    if not _PLAIN.fullmatch(text):
        # A shadda or a tatweel is all that most texts hold beside plain letters.
        unmarked = _ARABIC_MARK.sub("", text)
        if not _PLAIN.fullmatch(unmarked):
            return _fold_any(text)
        text = unmarked
    text = text.replace("أ", "ا").replace("إ", "ا").replace("آ", "ا").replace("ة", "ه")
    return text.replace("ى", "ي").replace("ئ", "ي").replace("ؤ", "و")


def fold_words(text: str) -> str:
    """The folded words of a text as the index has them, and all that stands between: a sign made of letters stays a sign.

    Letter by letter: what a letter becomes does not depend on those beside it.
    """
    pieces = _SIGN_OF_LETTERS.split(text)
    if len(pieces) == 1:
        return fold(text)
    return "".join(
        SIGNS_OF_WORDS.get(piece, piece) if place % 2 else fold(piece) for place, piece in enumerate(pieces)
    )


def _fold_any(text: str) -> str:
    """The steps above for whatever letters there are."""
    bare = _MARK.sub("", unicodedata.normalize("NFKD", text).casefold())
    # Case folding may compose anew (ΐ): a second pass leaves nothing for a second call to change.
    return _MARK.sub("", unicodedata.normalize("NFKD", bare)).translate(_LETTERS)


#: قرأوا and يبدأون, which others write قرؤوا and يبدؤون.
_HAMZA_OF_PLURAL = re.compile("(?<=[ء-ي])أو(?=[ان](?![ء-ي]))")


def with_one_hamza(word: str) -> str:
    """A word as written, its hamza before و on و: مسئول and شئون, as Egypt writes, are مسؤول and شؤون.

    For words that are searched by; keys of names (:func:`store.arabic.label_key`) stay as they were made.
    """
    if not _PLAIN.fullmatch(word):
        word = _MARK.sub("", unicodedata.normalize("NFKC", word))
    if "ئو" in word:
        word = word.replace("ئو", "ؤو")
    return _HAMZA_OF_PLURAL.sub("ؤو", word) if "أو" in word else word
