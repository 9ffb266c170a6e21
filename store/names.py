"""One key for the spellings of a foreign name: شويغو and شويجو, ترامب and ترمب.

Transliterations of one name disagree on g (غ ج ق ك), v (ف ب), t (ت ط ث), s
and z (س ص ز), and on which vowels are written. The key writes one letter for
each family and drops long vowels inside, as long as a skeleton is left.
"""

from __future__ import annotations

import re

_FAMILIES = str.maketrans({"غ": "ج", "ط": "ت", "ث": "ت", "ص": "س", "ذ": "د"})
_DOUBLED = re.compile(r"(.)\1+")
_VOWELS = "اوي"
#: Letters a skeleton needs, not to make one word of many.
_SKELETON = 4


def name_key(word: str) -> str:
    """The key of one folded stem; short words are their own key."""
    if len(word) < _SKELETON or not "ء" <= word[0] <= "ي":
        return word
    key = _DOUBLED.sub(r"\1", word.translate(_FAMILIES))
    bare = key[0] + "".join(letter for letter in key[1:] if letter not in _VOWELS)
    return bare if len(bare) >= _SKELETON else key
