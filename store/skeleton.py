"""What a foreign name is, and its skeleton: one letter for each family, without vowels. Pure.

Outlets write foreign names by ear: they disagree on g (غ ج ق ك), v (ف ب), t
(ت ط ث), s and z (س ز ص ش), d (د ض), and on which vowels are written. Arabic
words must not be touched so. What tells a foreign name is four consonants or
more that no Arabic pattern of three root letters explains. How sure that is
depends on how many they are: few Arabic roots have five, so with five all the
families are one; many have four (خنجر، قرصنة), so with four only what is the
same sound for certain is one, and what else a name may be written with is
asked for, never more than two letters at once. The commonest such roots are
known (:data:`store.lexicon.LONG_ROOTS`), and are no names at all.

A skeleton is no word: a sign before it keeps مونتاج from finding منتج.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import combinations, product

from .lexicon import LONG_ROOTS

#: Stands before every skeleton, for no word begins so.
SIGN = "ء"
_CERTAIN_FROM = 5
#: Letters that stand for one foreign sound, where the name is foreign for certain.
_FAMILIES = str.maketrans(
    {"غ": "ج", "ق": "ج", "ك": "ج", "خ": "ج", "ط": "ت", "ث": "ت", "ص": "س", "ز": "س", "ش": "س", "ظ": "س", "ذ": "س",
     "ض": "د", "ح": "ه"}
)  # fmt: skip
#: And where it may be an Arabic word of four root letters.
_SAME_SOUND = str.maketrans({"غ": "ج", "ط": "ت", "ث": "ت"})
#: What one of its letters may be in another outlet.
_HEARD_AS = {
    "ج": "قك",
    "ق": "جك",
    "ك": "جقخ",
    "خ": "ك",
    "س": "زصش",
    "ش": "س",
    "ز": "سذ",
    "ص": "س",
    "ذ": "زد",
    "د": "ذ",
}
#: So many of its letters at once.
_MOST_HEARD = 2

#: Arabic patterns with letters added to three root letters; a dot is any letter, for roots hold و and ي too.
_PATTERNS = (
    "م... م..و. م..ا. م.ا. م.ا.. م.ا.ي. مت... مت.ا.. م.ت.. من... مست... مست.ي. مست.ا. "
    "ت... ت..ي. ت..ا. ت..و. ت.ا.. ت.ا.ي. ا... ا..ا. ا.ا.. ا.ا.ي. ا.ت.ا. ا.ت.. ان..ا. ان... است..ا. است... است.ا. است.ي. "
    "[ين]... [ين]..و. [ينت]ت... [ينت]ت.ا.. [ين].ا.. [ينت].ت.. [ينت]ن... [ينت]ست... [ينت]ست.ي."
)
#: A bare root's patterns, which may carry an ending.
_ROOT = "... .ا.. ..ا. ..و. ..ي."
_ENDINGS = frozenset(
    (
        "ون",
        "ين",
        "ات",
        "ان",
        "وا",
        "تم",
        "نا",
        "ها",
        "هم",
        "كم",
        "ته",
        "تها",
        "تهم",
        "يه",
        "يا",
        "ي",
        "ه",
        "ا",
    )
)


def _by_length(patterns: str) -> dict[int, re.Pattern[str]]:
    """Patterns by how long the words are that they fit: a tenth of them has to be tried for each word."""
    groups: dict[int, list[str]] = {}
    for pattern in patterns.split():
        groups.setdefault(len(re.sub(r"\[.*?\]", ".", pattern)), []).append(pattern)
    return {length: re.compile("|".join(group)) for length, group in groups.items()}


_OF_ADDED, _OF_ROOT = _by_length(_PATTERNS), _by_length(_ROOT)
#: The letters that are added in front.
_ADDED = frozenset("متاين")

#: A sound of two letters, wherever a vowel may have been left out between them.
_AFFRICATE = re.compile("ت(?=[سز])")
#: No Arabic word begins with two consonants: some put ا before, some do not (استوكهولم).
_TWO_CONSONANTS = re.compile("^اس(?=[^اوي])")
#: زلزال، سلسلة، جرجير: two root letters said twice.
_TWICE = re.compile(r"([^اوي])([^اوي])(?:\1[اوي]?|ا\1ي?)\2")
#: خنجر، صندوق، قنابل، قناديل، عنكبوت: no vowel is written behind the first of four root letters or five.
_OF_LONG_ROOT = re.compile("[^اوي]{2}(?:[^اوي]{1,2}[اوي]?|ا[^اوي]ي?)[^اوي]")


def is_foreign(name: str) -> bool:
    """True for four consonants or more that no Arabic pattern explains."""
    # Every word of an import that was not met before comes here, some twice: the parts are spelt out.
    tail = name[1:-1] if name[-1] == "ه" else name[1:]
    if len(tail.replace("ا", "").replace("و", "").replace("ي", "")) < 3:
        return False
    size = len(name)
    may_be_of_added = name[0] in _ADDED
    if may_be_of_added and size in _OF_ADDED and _OF_ADDED[size].fullmatch(name):
        return False
    for length in (1, 2, 3):
        if name[-length:] in _ENDINGS:
            rest, least = name[:-length], size - length
            if may_be_of_added and least in _OF_ADDED and _OF_ADDED[least].fullmatch(rest):
                return False
            if least in _OF_ROOT and name[-2:] != "يا" and _OF_ROOT[least].fullmatch(rest):
                return False
    return not has_long_root(name)


def has_long_root(name: str) -> bool:
    """True for a word whose root of four letters or five is known, or is two letters said twice, endings or not."""
    if name[1] in "اوي":
        return False
    return any(
        _long_root(name[: len(name) - length])
        for length in (0, 1, 2, 3)
        if not length or name[-length:] in _ENDINGS
    )


def _long_root(word: str) -> str:
    """The root of a word without endings, and whether a vowel stands before its last letter; else empty."""
    # Of the words of an import hardly any comes as far as the patterns.
    if len(word) < 4 or word[1] in "اوي":
        return ""
    if word[0] in word[2:4] and _TWICE.fullmatch(word):
        return without_vowels(word)
    letters = without_vowels(word)
    if letters not in LONG_ROOTS or not _OF_LONG_ROOT.fullmatch(word):
        return ""
    # قناديل is the plural of قنديل, قنابل of قنبلة, and هندوس has nothing to do with هندسة.
    return letters + "ي" if word[-2] in "اوي" else letters


def without_vowels(letters: str) -> str:
    """Letters without the long vowels."""
    # Three times as fast as translate() on so few letters.
    return letters.replace("ا", "").replace("و", "").replace("ي", "")


def root_key(name: str) -> str:
    """One key for قنبلة and قنابل, زلزال and زلازل, in their very letters; empty where no such root is known."""
    # With other endings it is another thing: عنصرية is no عنصر.
    letters = _long_root(name[:-1] if name[-1] == "ه" else name)
    return SIGN + SIGN + letters if letters else ""


def skeleton(name: str) -> str:
    """The one spelling of a bare foreign name: SIGN, its consonants and a first vowel, and how it ends."""
    # تش is one sound, but not where a vowel stands between: دميرتاش. Twice the same letter is one for ل alone, as
    # in بالوتيللي: of others there is a vowel between, written or not (فرانسيسكو), and فرانسيس is not فرنسا.
    plain = name.replace("تش", "ش").replace("لل", "ل")
    tail = plain[1:-1] if plain[-1] == "ه" else plain[1:]
    letters = (plain[0] + without_vowels(tail)).replace("نب", "مب")
    letters = _AFFRICATE.sub("", letters) if "ت" in letters else letters
    if len(letters) >= _CERTAIN_FROM:
        letters = letters.replace("ب", "ف")
        letters = _TWO_CONSONANTS.sub("س", letters) if letters[:2] == "اس" else letters
        letters = letters.translate(_FAMILIES)
    else:
        letters = letters.translate(_SAME_SOUND)
    return SIGN + letters + _end_of(name)


def _end_of(name: str) -> str:
    """The vowel a name ends with: كولومبيا is not كولومبو, and هولندا not هولاند."""
    if name[-2:] == "يا":
        return "يا"
    last = name[-1]
    if last == "ه":
        return "ا"
    return last if last in "اوي" else ""


@lru_cache(maxsize=1024)
def heard_elsewhere(key: str) -> tuple[str, ...]:
    """The skeletons that a name with this one may have elsewhere; none for other keys, and for the certain ones."""
    if key[0] != SIGN or key[1:2] in ("", SIGN):
        return ()
    letters = without_vowels(key[2:])
    if len(letters) >= _CERTAIN_FROM - 1:
        return ()
    places = [place for place, letter in enumerate(key) if letter in _HEARD_AS]
    found: dict[str, None] = {}
    for count in range(1, _MOST_HEARD + 1):
        for chosen in combinations(places, count):
            for others in product(*(_heard(key, place) for place in chosen)):
                spelled = list(key)
                for place, other in zip(chosen, others, strict=True):
                    spelled[place] = other
                found["".join(spelled)] = None
    return tuple(found)


def _heard(key: str, place: int) -> str:
    others = _HEARD_AS[key[place]]
    # The first sound is heard best: كراكوف is not خاركيف.
    if place == len(SIGN):
        return "" if key[place] == "خ" else others.replace("خ", "")
    return others
