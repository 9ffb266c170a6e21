"""One key for the spellings of a foreign name: شويغو and شويجو, زيلينسكي and زيلنسكي.

Outlets write foreign names by ear. They disagree on g (غ ج ق ك), v (ف ب و),
t (ت ط ث), s and z (س ز ص ش), d (د ض), and on which vowels are written. The
key writes one letter for each family and drops the vowels. Arabic words must
not be touched so: تكريم, تجريم and تغريم are three things, and محمود is not
محمد. What tells a foreign name is its skeleton: four consonants or more that
no Arabic pattern of three root letters explains. Shorter names keep most of
their vowels, and are unified only where no Arabic word is so built.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from .aliases import ROWS
from .folding import fold
from .stem import is_arabic, is_own_beginning, readings, without_article

_VOWELS = "اوي"
_NO_VOWELS = str.maketrans("", "", _VOWELS)
#: Letters that stand for one foreign sound; for names of four consonants, and of five.
_FAMILIES = str.maketrans(
    {"غ": "ج", "ق": "ج", "ك": "ج", "خ": "ج", "ط": "ت", "ث": "ت", "ص": "س", "ز": "س", "ش": "س", "ظ": "س", "ذ": "س",
     "ض": "د", "ح": "ه"}
)  # fmt: skip
_LONG_FAMILIES = str.maketrans({"ب": "ف"})
#: Letters that outlets confuse in short names and in family names.
_LIGHT = str.maketrans({"ث": "ت", "ذ": "د", "ط": "ت"})

#: A short name with g in front, which no Arabic word is like: غروسي and جروسي.
_G_AND_VOWEL = re.compile("[غج]ر[اوي][^اويبح]ي")

#: Arabic patterns with letters added to three root letters; a dot is any letter, for roots hold و and ي too.
_PATTERNS = (
    "م... م..و. م..ا. م.ا. م.ا.. م.ا.ي. مت... مت.ا.. م.ت.. من... مست... مست.ي. مست.ا. "
    "ت... ت..ي. ت..ا. ت..و. ت.ا.. ت.ا.ي. ا... ا..ا. ا.ا.. ا.ا.ي. ا.ت.ا. ا.ت.. ان..ا. ان... است..ا. است... است.ا. است.ي. "
    "[ين]... [ين]..و. [ينت]ت... [ينت]ت.ا.. [ين].ا.. [ينت].ت.. [ينت]ن... [ينت]ست... [ينت]ست.ي."
)
#: A bare root's patterns, which may carry an ending.
_ROOT = "... .ا.. ..ا. ..و. ..ي."
_ENDINGS = (
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


def _by_length(patterns: str) -> dict[int, re.Pattern[str]]:
    """Patterns by how long the words are that they fit: a tenth of them has to be tried for each word."""
    groups: dict[int, list[str]] = {}
    for pattern in patterns.split():
        groups.setdefault(len(re.sub(r"\[.*?\]", ".", pattern)), []).append(pattern)
    return {length: re.compile("|".join(group)) for length, group in groups.items()}


_OF_ADDED, _OF_ROOT = _by_length(_PATTERNS), _by_length(_ROOT)

#: Short shapes in which foreign names come and Arabic words hardly: سيرغي ريغان ليغا بوغبا أنغولا غيتس.
_C = f"[^{_VOWELS}]"
_FOREIGN_SHAPES = re.compile(
    f"{_C}ي{_C}{_C}[اوي]?|{_C}ي{_C}{_C}?اي?|{_C}ي{_C}{_C}اي|{_C}ي{_C}[او]{_C}|{_C}و{_C}{_C}[اي]|{_C}ا{_C}ي{_C}"
    f"|ا{_C}{_C}[وي]{_C}ا|{_C}و{_C}[ايو]{_C}ي?"
)


def name_key(word: str) -> str:
    """The first key of a folded word, or its stem where it has one spelling alone."""
    return (*name_keys(word), readings(word)[0])[0]


@lru_cache(maxsize=16384)
def name_keys(word: str) -> tuple[str, ...]:
    """The keys of one folded word: as it stands, without article, clitic and endings. None for Arabic words."""
    keys = bare_keys(word)
    if not keys or any(form in _aliases() for form in bare_forms(word)):
        return keys
    # نيجيريا without its ending would be the Niger.
    return keys if word.endswith("يا") else tuple(dict.fromkeys((*keys, *_keys(readings(word)))))


@lru_cache(maxsize=16384)
def bare_keys(word: str) -> tuple[str, ...]:
    """The keys of the name a word may be, its ending kept: equal keys are one name in two spellings."""
    return _keys(bare_forms(word))


@lru_cache(maxsize=16384)
def bare_forms(word: str) -> tuple[str, ...]:
    """A folded word without what may stand before it: لبيع is بيع with ل, or a word that begins with ل.

    بالقاسم may be القاسم with ب, or بالقاسم, the name that is also written بلقاسم.
    """
    if len(word) < 4 or not is_arabic(word):
        return (word,)
    bare = without_article(word)
    forms = [bare]
    if bare != word and not word.startswith(("ال", "وال", "لل")):
        forms.append(word)
    if bare == word and word[0] in "وفبلك" and not is_own_beginning(word):
        forms += [rest for rest in (word[1:], without_article(word[1:])) if len(rest) >= 3]
    return tuple(dict.fromkeys(forms))


def _keys(names: tuple[str, ...]) -> tuple[str, ...]:
    spelled = [one for name in names for one in (name, *_other_sounds(name))]
    keys = [key for name in spelled for key in (_aliases().get(name, ""), _key(name))]
    return tuple(dict.fromkeys(filter(None, keys)))


def _other_sounds(name: str) -> tuple[str, ...]:
    """A foreign name as it would be with s for ث (سانشيث) and with v for a و that no vowel is (فولكسواغن)."""
    if not ("ث" in name or "و" in name) or len(name) < 5 or not is_foreign(name):
        return ()
    heard = _SPOKEN_V.sub("ف", name.replace("ث", "س"))
    return (heard,) if heard != name else ()


@lru_cache(maxsize=16384)
def _key(name: str) -> str:
    """The one spelling of a bare name by rule; empty where it is an Arabic word, or a name all spell alike."""
    if len(name) < 4 or not is_arabic(name):
        return ""
    heard = name[:-1] + "ج" if name.endswith("نغ") else name
    if is_foreign(heard):
        return _skeleton(heard)
    return _short(heard) or (heard if heard != name else "")


def is_foreign(name: str) -> bool:
    """True for four consonants or more that no Arabic pattern explains."""
    if len(_consonants(name)) < 4 or _fits(_OF_ADDED, name):
        return False
    if not name.endswith(_ENDINGS):
        return True
    bare = [name[: -len(ending)] for ending in _ENDINGS if name.endswith(ending)]
    return not any(
        _fits(_OF_ADDED, rest) or (_fits(_OF_ROOT, rest) and not name.endswith("يا")) for rest in bare
    )


def _fits(patterns: dict[int, re.Pattern[str]], word: str) -> bool:
    pattern = patterns.get(len(word))
    return pattern is not None and pattern.fullmatch(word) is not None


def _consonants(name: str) -> str:
    """The letters of a name without long vowels, and without ه at the end; a first vowel counts."""
    tail = name[1:-1] if name[-1] == "ه" else name[1:]
    return name[0] + tail.translate(_NO_VOWELS)


def _skeleton(name: str) -> str:
    """One letter for each family, no vowels but a first one and the ي that makes an adjective."""
    letters = _consonants(name).replace("تش", "ش").replace("نب", "مب")
    if len(letters) >= 5:
        letters = letters.translate(_LONG_FAMILIES)
        # No Arabic word begins with two consonants: some put ا before, some do not (استوكهولم).
        letters = _TWO_CONSONANTS.sub("س", letters)
    return _DOUBLED.sub(r"\1", letters.translate(_FAMILIES)) + ("ي" if name[-1] == "ي" else "")


#: و before a vowel and behind none: a consonant.
_SPOKEN_V = re.compile(f"(?:^|(?<={_C}))و(?=[اي])")
_DIPHTHONG = re.compile(f"(?<={_C})اي(?={_C}|$)")
_SECOND_OF_TWO = re.compile(f"^({_C}ي{_C})[اي](?={_C})")
#: رسائل، نتائج، الجزائر: the plurals of words that have ي there.
_BROKEN_PLURAL = re.compile(f"{_C}{_C}اي{_C}")
_DOUBLED = re.compile(r"(.)\1+")
_TWO_CONSONANTS = re.compile("^اس(?=[^اوي])")
_CONFUSED = re.compile("[تد]")


def _short(name: str) -> str:
    """The key of a name of two or three consonants; empty where nothing tells it from an Arabic word."""
    if name[-1] == "و" or name.endswith("يا"):
        return _with_foreign_end(name)
    # كييف is not كيف.
    key = name.replace("يي", "ي") if len(name) > 4 else name
    if len(key) >= 5:
        if not _BROKEN_PLURAL.fullmatch(key):
            key = _DIPHTHONG.sub("ي", key)
        key = _SECOND_OF_TWO.sub(r"\1", key)
        key = _with_two_vowels(key)
        if key[-1] == "ي":
            key = key.translate(_LIGHT)
    is_shaped = name[0] not in "مت" and _FOREIGN_SHAPES.fullmatch(name)
    if is_shaped or key != name or _G_AND_VOWEL.fullmatch(name):
        key = key.replace("غ", "ج").replace("ث", "ت")
        return key.replace("ز", "س") if is_shaped else key
    return key if key[-1] == "ي" and len(key) >= 5 and _CONFUSED.search(key) else ""


def _with_foreign_end(name: str) -> str:
    """Names that end as no Arabic noun does: شيكاغو, شويغو, زامبيا."""
    root, end = (name[:-2], "يا") if name.endswith("يا") else (name[:-1], "و")
    letters = root[:1] + root[1:].translate(_NO_VOWELS)
    if len(letters) >= 4:
        return letters.translate(_FAMILIES) + end
    return (letters if len(letters) == 3 else root).replace("غ", "ج").replace("ق", "ج").translate(
        _LIGHT
    ) + end


def _with_two_vowels(name: str) -> str:
    """A third long vowel and all after it go: ليونيل and ليونال, ميونيخ and ميونخ."""
    kept, count = name[0], int(name[0] in _VOWELS)
    for letter in name[1:-1]:
        count += letter in _VOWELS
        if letter not in _VOWELS or count <= 2:
            kept += letter
    return kept + name[-1]


@cache
def _aliases() -> dict[str, str]:
    return {fold(name): fold(row.split()[0]) for row in ROWS for name in row.split()}


def spellings_of(key: str) -> tuple[str, ...]:
    """The key, and the folded spellings that the table of aliases gives it."""
    return (key, *(name for name, first in _aliases().items() if first == key and name != key))
