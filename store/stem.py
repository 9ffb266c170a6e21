"""Light stemming of folded Arabic words: clitics in front, endings behind, never the root.

Light stemming gave +.04 to +.06 recall on news, root stemming lost precision
(ISRI .80). The rules are written for folded text, where ة is ه and ى is ي,
and so few that a reader can check them.

The article and what stands before it are certain, and go. و is nearly
always "and", and goes. ف ب ل ك may be a clitic or the word's own letter:
they stay in the stem, and the word without them is a second reading, kept
beside it. :mod:`store.lexicon` holds the words of which it is certain.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from .folding import fold
from .lexicon import STEMS, WRITTEN

#: The article and what may stand before it, by length, of which no word has two; two letters must remain.
_DEFINITE = (
    (2, frozenset(("ال", "لل"))),
    (3, frozenset(("وال", "فال", "بال", "كال", "ولل", "فلل"))),
    (4, frozenset(("وبال", "وكال", "فبال", "فكال"))),
)
#: The same before digits and Latin letters, which is written with a kashida or without.
_BEFORE_FOREIGN = re.compile("(?:[وف]|[وف]?(?:[بكل]|[بك]?ال|لل))([a-z0-9]+)")
_CLITICS = frozenset("فبلك")
#: Letters with which what is taken off may begin.
_FIRST = frozenset("اوفبلك")
#: Endings by length, the longest first, each with how many letters must remain.
_Endings = tuple[tuple[int, dict[str, int]], ...]


def _endings(*of_a_length: str, feminine: tuple[str, ...] = ()) -> _Endings:
    """Three letters must remain, two before the endings that make a feminine."""
    groups = [group.split() for group in of_a_length]
    return tuple((len(group[0]), {one: 2 if one in feminine else 3 for one in group}) for group in groups)


#: Whose.
_POSSESSIVES = _endings("تهما", "تهم تها تنا تهن هما كما", "هم هن ها نا كم")
_LAST_OF_POSSESSIVES = frozenset("امن")
#: Number, gender and case.
_NUMBERS = _endings("تان تين", "ات ون ين ان وا ته تا اء", "ه ا ء", feminine=("ات", "ه"))
_LAST_OF_NUMBERS = frozenset("نتاهء")
#: What the name of a country loses as if it were a plural, its adjective must lose too: لبنان and لبناني.
_BEFORE_ADJECTIVE = _endings("ان ين ون")


#: موريسون, هندرسون: names of sons. Plurals that end so are participles, and verbs are of the present.
_IS_SON = re.compile("[^متيسو][ء-ي]{2,}سون|م[ء-ي]{2,}يسون")

_TENTH_FORM = ("است", "مست", "يست", "تست", "نست")
_NO_VOWELS = str.maketrans("", "", "اويء")


def readings(word: str) -> tuple[str, ...]:
    """The stems of one folded word, the likeliest first; a word not in Arabic letters is its own stem."""
    return parted(word)[0]


def part(word: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The stems of one folded word (:func:`readings`), and the word without what may stand before it.

    The second is of words, endings kept: لبيع is بيع with ل, or a word that
    begins with ل; بالقاسم may be القاسم with ب, or the name that is also written بلقاسم.
    What stands before digits or Latin letters is certain: «بـ200», «الـG20».
    """
    if not is_arabic(word):
        foreign = _BEFORE_FOREIGN.fullmatch(word) if word[-1].isascii() else None
        return ((foreign[1],), (foreign[1], word)) if foreign else ((word,), (word,))
    whole = without_endings(word)
    first = word[0]
    if len(word) == 3 or first not in _FIRST or _is_own(word, whole):
        return (whole,), (word,)
    bare = _less_article(word)
    if bare != word:
        is_plain = word.startswith(("ال", "وال", "لل"))
        return (without_endings(bare),), (bare,) if is_plain else (bare, word)
    if first == "ا":
        return (whole,), (word,)
    rest = word[1:]
    further = without_article(rest)
    is_further = further != rest and len(further) >= 3
    return _with_and_without(word, whole), (word, rest, further) if is_further else (word, rest)


#: :func:`part`, remembered for the words met lately.
parted = lru_cache(maxsize=4096)(part)


def _with_and_without(word: str, whole: str) -> tuple[str, ...]:
    """The stems of a word that begins with و or with one of ف ب ل ك; ``whole`` is its own."""
    rest = word[1:]
    after = without_endings(rest)
    if word[0] != "و":
        return (whole, after) if len(after) >= 3 else (whole,)
    # Of «ولغات» two letters may remain: و is nearly always "and", which cannot be said of ف ب ل ك.
    found = [after] if len(after) >= 2 else []
    if len(rest) >= 4 and rest[0] in _CLITICS and not _is_own(rest, after):
        further = without_endings(rest[1:])
        if len(further) >= 3:
            found.append(further)
    return (*found, whole)


def stem(word: str) -> str:
    """The likeliest stem of one folded word."""
    return readings(word)[0]


def is_own_beginning(word: str) -> bool:
    """True for a folded word of which it is certain that its first letter is its own (وزير، ألمانيا)."""
    return _is_own(word, without_endings(word))


def _is_own(word: str, stem_: str) -> bool:
    if word[:2] == "ال" and word[2:] in _known_stems():
        # المئة is مئة, though ألم begins so.
        return False
    written = _own().get(stem_)
    # A stem of three letters is too little to go by: واداء ends like وادي, and is و before اداء.
    return written is not None and (len(stem_) > 3 or word.startswith(written))


def is_arabic(word: str) -> bool:
    """True for a folded word of Arabic letters, of three or more."""
    return len(word) > 2 and "ء" <= word[0] <= "ي" and "ء" <= word[-1] <= "ي"


def without_article(word: str) -> str:
    """The folded word without ال and what stands before it; with it where it is part of the word."""
    bare = _less_article(word)
    return word if bare != word and is_own_beginning(word) else bare


def _less_article(word: str) -> str:
    """:func:`without_article` of a word that is not known to begin so itself."""
    for length, prefixes in _DEFINITE:
        if word[:length] in prefixes:
            if len(word) - length < 2:
                break
            rest = word[length:]
            # بألمانيا holds no article, and of للاعبين only one ل is the clitic.
            whole = ("ل" if word[length - 2] == "ل" else "ال") + rest
            return whole if is_own_beginning(whole) else rest
    return word


def without_endings(word: str) -> str:
    """The folded word without whose, how many, and of what: فلسطينيون and فلسطين end alike."""
    known = _known_stems()
    if word in known:
        return known[word]
    last = word[-1:]
    if (last == "ا" or last == "ه") and word[:-1] in known:
        return known[word[:-1]]
    if last in _LAST_OF_POSSESSIVES:
        bare = _without(word, _POSSESSIVES)
        if bare != word:
            if bare in known:
                return known[bare]
            if word[len(bare)] == "ت" and (feminine := _with_its_feminine(bare)) in known:
                return known[feminine]
            word, last = bare, bare[-1]
    if last in _LAST_OF_NUMBERS and not _IS_SON.fullmatch(word):
        bare = _without(word, _NUMBERS)
        if bare != word:
            if bare in known:
                return known[bare]
            if word[len(bare)] == "ت" and (feminine := _with_its_feminine(bare)) in known:
                return known[feminine]
            word, last = bare, bare[-1]
    if last == "ي" and len(word) > 3:
        word = word[:-1]
        if word in known:
            return known[word]
        if word[-1] == "ن":
            return _without(word, _BEFORE_ADJECTIVE)
    return word


def _with_its_feminine(bare: str) -> str:
    """What is left before a ت, as it would be with ة: جامعتها and جامعاتها are of جامعة, and of no mosque (جامع)."""
    return (bare[:-1] if bare[-1] == "ا" else bare) + "ه"


def _without(word: str, endings: _Endings) -> str:
    """The word without the first of the endings, longest first, that leaves enough of it."""
    size = len(word)
    for length, group in endings:
        least = group.get(word[-length:])
        if least is not None and size - length >= least:
            return word[:-length]
    return word


@lru_cache(maxsize=4096)
def root(stem_: str) -> str:
    """The three or four consonants of a stem, less what a pattern of verb or noun puts before them; else empty.

    Far too coarse to find by (كاتب and مكتب), and good enough to tell which of two articles says more of a thing.
    """
    if not is_arabic(stem_):
        return ""
    word = stem_[3:] if len(stem_) >= 6 and stem_.startswith(_TENTH_FORM) else stem_
    if word == stem_ and word[0] in "ايتنم" and len(word[1:].replace("ا", "")) >= 3:
        word = word[1:]
    letters = word.translate(_NO_VOWELS)
    if len(letters) < 3:
        # A root may hold و or ي (محاولة); ا is never of one.
        letters = word.replace("ا", "")
    if len(letters) > 3 and letters[-1] == "ت":
        letters = letters[:-1]
    return letters if 3 <= len(letters) <= 4 else ""


@cache
def _known_stems() -> dict[str, str]:
    """The lexicon's stems, folded."""
    return {fold(word): fold(stem_) for word, stem_ in STEMS.items()}


def known_by(stem_: str) -> tuple[str, ...]:
    """Folded words to which the lexicon gives this stem, with other letters than it has (أفغاني: أفغانستان)."""
    return _known_by().get(stem_, ())


@cache
def _known_by() -> dict[str, tuple[str, ...]]:
    by_stem: dict[str, list[str]] = {}
    for word, stem_ in _known_stems().items():
        if not word.startswith(stem_):
            by_stem.setdefault(stem_, []).append(word)
    return {stem_: tuple(words) for stem_, words in by_stem.items()}


@cache
def _own() -> dict[str, tuple[str, ...]]:
    """The lexicon's words by their stems, folded."""
    by_stem: dict[str, list[str]] = {}
    for word in map(fold, WRITTEN):
        # The g of بيونغ, بنغازي and بوينغ as other outlets write it: بيونج is no ب before يونج.
        for spelled in (word, word.replace("غ", "ج"), word.replace("غ", "ق")) if "نغ" in word else (word,):
            by_stem.setdefault(without_endings(spelled), []).append(spelled)
    return {stem_: tuple(words) for stem_, words in by_stem.items()}
