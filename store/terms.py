"""The terms of words: by which numbers an article is compared with others. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from zlib import crc32

from . import arabic

_FUNCTION_WORDS = """
في من على الى إلى عن مع ان أن إن انه أنه إنه انها أنها إنها لا لم لن ما هو هي هم هذا هذه ذلك تلك الذي التي الذين قد لقد كان كانت
يكون تكون بعد قبل بين عند عندما حيث كما لكن ولكن او أو ثم أي اي كل بعض غير حتى منذ خلال ضمن حول دون فيما بينما إذ اذا إذا له لها
لهم به بها بهم فيه فيها منه منها عليه عليها عنه عنها اليوم أمس يوم وقال قال قالت أكد وأكد أضاف وأضاف وأضافت أن ذلك هناك كذلك أيضا
ايضا وذلك عدد عبر لدى نحو وقد وهو وهي ومن وفي وعلى أما اما إلا الا ليس ليست تم يتم وتم أحد احد هنا نحن انا أنا وكان وكانت حين ولا
وأن بأن بان لأن لان
"""


def term_of(key: str) -> int:
    """The signed 32-bit number of a name key; two keys in 100,000 share one, which costs nothing."""
    return signed(crc32(key.encode()))


def signed(number: int) -> int:
    """An unsigned 32-bit number as a signed one, which SQLite keeps in four bytes."""
    return number - (1 << 32) if number >= 1 << 31 else number


#: Folded; with what is said of nothing.
FUNCTION_WORDS = frozenset(
    arabic.fold(_FUNCTION_WORDS + " بدون بلا سوى ليس إن لقد سوف ربما كيف لماذا متى أين حول").split()
)
IGNORED = frozenset(
    token.key
    for word in _FUNCTION_WORDS.split()
    for joined in (word, f"و{word}", f"ف{word}")
    for token in arabic.tokens(joined)
)


#: The terms of a piece of text; a function word has none.
Terms = tuple[int, ...]


def terms_of_keys(keys: Iterable[str]) -> Terms:
    """The terms of words by their name keys."""
    return tuple([term_of(key) for key in keys if key not in IGNORED])
