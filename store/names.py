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
from .skeleton import heard_elsewhere, is_foreign, root_key, skeleton, without_vowels
from .stem import is_arabic, part, parted

_VOWELS = "اوي"
#: Letters that outlets confuse in short names and in family names.
_LIGHT = str.maketrans({"ث": "ت", "ذ": "د", "ط": "ت"})

#: A short name with g in front, which no Arabic word is like: غروسي and جروسي.
_G_AND_VOWEL = re.compile("[غج]ر[اوي][^اويبح]ي")

#: Short shapes in which foreign names come and Arabic words hardly: سيرغي ريغان ليغا بوغبا أنغولا غيتس.
_C = f"[^{_VOWELS}]"
_FOREIGN_SHAPES = re.compile(
    f"{_C}ي{_C}{_C}[اوي]?|{_C}ي{_C}{_C}?اي?|{_C}ي{_C}{_C}اي|{_C}ي{_C}[او]{_C}|{_C}و{_C}{_C}[اي]|{_C}ا{_C}ي{_C}"
    f"|ا{_C}{_C}[وي]{_C}ا|{_C}و{_C}[ايو]{_C}ي?"
)
#: Names of two or three consonants with g, in shapes that are a word with one letter for it at most:
#: غولن غيتس، سوغا يوغا، لاغوس، بوغوتا كيغالي، غوميز، تونغا، فياغرا.
_G = "[غجق]"
_G_SHAPES = re.compile(
    f"{_G}[وي]{_C}(?!ه){_C}|{_C}و{_G}ا|{_C}ا{_G}و{_C}|[^{_VOWELS}مت][{_VOWELS}]{_G}[{_VOWELS}]{_C}[{_VOWELS}ه]"
    f"|{_G}و{_C}ي[^{_VOWELS}ه]|[^{_VOWELS}م]و{_C}{_G}ا|[^{_VOWELS}م]يا{_G}[^{_VOWELS}هنم]ا"
)


#: Three consonants, the first with ا or none behind it, and a vowel at the end.
_SHORT_WITH_END = re.compile(f"{_C}ا?{_C}[{_VOWELS}]?{_C}ا?[{_VOWELS}]")


def name_key(word: str) -> str:
    """The first key of a folded word, or its stem where it has one spelling alone."""
    return _first_key(*parted(word))


def key_afresh(word: str) -> str:
    """:func:`name_key`; nothing is remembered of the word: for those who remember the whole."""
    return _first_key(*part(word))


def _first_key(stems: tuple[str, ...], forms: tuple[str, ...]) -> str:
    keys = _keys_of(forms[0]) or _keys(forms)
    return keys[0] if keys else stems[0]


@lru_cache(maxsize=4096)
def name_keys(word: str) -> tuple[str, ...]:
    """The keys of one folded word: as it stands, without article, clitic and endings. None for Arabic words."""
    return _name_keys(word, *parted(word))


def analysed(word: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The readings of a folded word, and its name keys.

    Nothing is remembered of the word: for those who remember the whole.
    """
    stems, forms = part(word)
    return stems, _name_keys(word, stems, forms)


def _name_keys(word: str, stems: tuple[str, ...], forms: tuple[str, ...]) -> tuple[str, ...]:
    keys = _keys(forms)
    # نيجيريا without its ending would be the Niger.
    if not keys or word.endswith("يا") or not _aliases().keys().isdisjoint(forms):
        return keys
    # هولندا without its ending would be Mr Hollande.
    more = [key for stem in stems if stem not in forms and stem + "ا" not in forms for key in _keys_of(stem)]
    return tuple(dict.fromkeys((*keys, *more))) if more else keys


def bare_keys(word: str) -> tuple[str, ...]:
    """The keys of the name a word may be, its ending kept: equal keys are one name in two spellings."""
    return _keys(parted(word)[1])


def bare_forms(word: str) -> tuple[str, ...]:
    """A folded word without what may stand before it (:func:`store.stem.parted`)."""
    return parted(word)[1]


def asked_keys(word: str) -> tuple[str, ...]:
    """The keys that a word of a query asks for: its own, and those that its name may have elsewhere."""
    keys = name_keys(word)
    others = [other for key in keys for other in heard_elsewhere(key)]
    return tuple(
        dict.fromkeys([*keys, *others, *(one for form in bare_forms(word) for one in _respelled(form))])
    )


def _respelled(name: str) -> list[str]:
    """Other spellings of a short name that ends in a vowel, too near to Arabic words for a key: asked for as they are.

    A first ا is left out or not where another vowel follows (كامالا and كمالا, but never علمي and عالمي), and a
    second vowel where the first is written (نابولي and نابلي, but not كاملا, an adverb).
    """
    if not _SHORT_WITH_END.fullmatch(name) or name[-2:] in ("يا", "وا"):
        return []
    first, rest = name[0], name[2:] if name[1] == "ا" else name[1:]
    has_second = rest[1] in _VOWELS
    found = []
    if has_second or rest[-2] == "ا":
        found.append(first + rest if name[1] == "ا" else first + "ا" + rest)
    if name[1] == "ا" and name[-1] != "ا":
        found += (
            [first + "ا" + rest[0] + rest[2:]]
            if has_second
            else [first + "ا" + rest[0] + vowel + rest[1:] for vowel in _VOWELS]
        )
    return found


def _keys(names: tuple[str, ...]) -> tuple[str, ...]:
    if len(names) == 1:
        return _keys_of(names[0])
    return tuple(dict.fromkeys([key for name in names for key in _keys_of(name)]))


def _keys_of(name: str) -> tuple[str, ...]:
    """The keys of a bare name, and those of what it would be with other sounds."""
    alias = _aliases().get(name, "")
    if len(name) < 4 or not is_arabic(name):
        return (alias,) if alias else ()
    key = _key(name)
    other = _other_sounds(name)
    if other:
        keys = (alias, key, _aliases().get(other, ""), _key(other))
        return tuple(dict.fromkeys(filter(None, keys)))
    if not alias:
        return (key,) if key else ()
    return (alias, key) if key and key != alias else (alias,)


def heard_as(names: tuple[str, ...]) -> tuple[str, ...]:
    """Bare names, and those of other consonants that their keys are made of: by the table, or by other sounds."""
    others = [heard for name in names if (heard := _other_sounds(name))]
    # By its key ث is an s or a t, as the name is long or short.
    others += [name.replace("ث", letter) for name in names if "ث" in name for letter in "ست"]
    aliases = _aliases()
    return (*names, *others, *(aliases[name] for name in (*names, *others) if name in aliases))


def _other_sounds(name: str) -> str:
    """A foreign name as it would be with s for ث (سانشيث) and with v for a و that no vowel is; else empty."""
    if len(name) < 5 or not ("وا" in name or "وي" in name or "ث" in name):
        return ""
    heard = _SPOKEN_V.sub("ف", name.replace("ث", "س"))
    return heard if heard != name and is_foreign(name) else ""


def _key(name: str) -> str:
    """The one spelling of a bare name by rule; empty where it is an Arabic word, or a name all spell alike."""
    heard = name[:-1] + "ج" if name[-2:] == "نغ" else name
    if is_foreign(heard):
        return skeleton(heard)
    return root_key(name) or _short(heard) or (heard if heard != name else "")


#: و before a vowel and behind none: a consonant.
_SPOKEN_V = re.compile(f"(?:^|(?<={_C}))و(?=[اي])")
_DIPHTHONG = re.compile(f"(?<={_C})اي(?={_C}|$)")
_SECOND_OF_TWO = re.compile(f"^({_C}ي{_C})[اي](?={_C})")
#: رسائل، نتائج، الجزائر: the plurals of words that have ي there.
_BROKEN_PLURAL = re.compile(f"{_C}{_C}اي{_C}")


def _short(name: str) -> str:
    """The key of a name of two or three consonants; empty where nothing tells it from an Arabic word."""
    if name[-1] == "و" or name[-2:] == "يا":
        return _with_foreign_end(name)
    # كييف is not كيف.
    key = name.replace("يي", "ي") if len(name) > 4 else name
    if len(key) >= 5:
        if "اي" in key and not _BROKEN_PLURAL.fullmatch(key):
            key = _DIPHTHONG.sub("ي", key)
        if key[1] == "ي":
            key = _SECOND_OF_TWO.sub(r"\1", key)
        key = _with_two_vowels(key)
        if key[-1] == "ي":
            key = key.translate(_LIGHT)
    if _G_SHAPES.fullmatch(name):
        key = key.replace("ق", "ج").replace("غ", "ج")
        return key if key != name or "ج" in name else ""
    is_shaped = _may_be_shaped(name) and _FOREIGN_SHAPES.fullmatch(name)
    if is_shaped or key != name or (name[0] in "غج" and _G_AND_VOWEL.fullmatch(name)):
        key = key.replace("غ", "ج").replace("ث", "ت")
        return key.replace("ز", "س").replace("ط", "ت") if is_shaped else key
    return key if key[-1] == "ي" and len(key) >= 5 and ("ت" in key or "د" in key) else ""


def _may_be_shaped(name: str) -> bool:
    """False where two letters tell that a name has none of the foreign shapes, or that it is left as it is."""
    first, second = name[0], name[1]
    if second == "ا":
        return len(name) == 5 and name[3] == "ي" and first not in "مت"
    if first == "ت" and second == "و":
        # توزيع and توسيع are of their roots, تولوز is not.
        return len(name) == 5 and name[3] in "وا" and name[2] not in _VOWELS
    return (second in "يو" and first not in "مت") or (first == "ا" and name[-1] == "ا")


def _with_foreign_end(name: str) -> str:
    """Names that end as no Arabic noun does: شيكاغو, شويغو, زامبيا."""
    root, end = (name[:-2], "يا") if name.endswith("يا") else (name[:-1], "و")
    letters = root[:1] + without_vowels(root[1:])
    if len(letters) >= 4:
        return skeleton(name)
    short = (letters if len(letters) == 3 else root).replace("غ", "ج").replace("ق", "ج").translate(_LIGHT)
    # صوفيا, but not صبايا, a plural.
    return (short.replace("ص", "س") if end == "يا" and name[-3] != "ا" else short) + end


def _with_two_vowels(name: str) -> str:
    """A third long vowel and all after it go: ليونيل and ليونال, ميونيخ and ميونخ."""
    head = name[:-1]
    if len(head) - len(without_vowels(head)) <= 2:
        return name
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
