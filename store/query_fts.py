"""Words of a query → an FTS5 expression. Only folded letters and digits in quotes ever reach FTS5.

The index has three columns for each part of an article: the folded words,
their stems, their name keys. A stem or key is written there only where it
differs from a form before it and is its own stem (or key): the same letters
are then found in the column before, at half the size of the index. Which
columns to ask follows from the form alone, so text and query cannot disagree.
"""

from __future__ import annotations

from functools import lru_cache

from .arabic import forms, name_key, stem, tokens
from .query_tree import And, Node, Not, Or, Part, Phrase, Prefix, Text, Word

#: Parts of an article in the order of the index's columns.
PARTS = ("title", "keywords", "body")
COLUMNS = tuple(f"{part}{form}" for part in PARTS for form in ("", "_stem", "_key"))
#: Stands between paragraphs and between keywords, so that no phrase runs across; never a word of a query.
FENCE = "¶"

_PARTS_OF = {Part.ALL: PARTS, Part.TITLE: ("title",), Part.KEYWORDS: ("keywords",)}


@lru_cache(maxsize=65536)
def is_own_stem(word: str) -> bool:
    """True when stemming leaves a folded word as it is."""
    return stem(word) == word


@lru_cache(maxsize=65536)
def is_own_key(word: str) -> bool:
    """True when a folded word is its own stem and its own name key."""
    return is_own_stem(word) and name_key(word) == word


def expression(node: Node) -> str | None:
    """The FTS5 expression of a tree of words alone, or None where FTS5 cannot answer it by itself."""
    match node:
        case Word() | Phrase() | Prefix():
            return of_text(node)
        case And():
            return _conjunction(node.nodes)
        case Or() if node.nodes:
            branches = [expression(child) for child in node.nodes]
            return _join(" OR ", [b for b in branches if b]) if all(branches) else None
        case _:
            return None


def _conjunction(nodes: tuple[Node, ...]) -> str | None:
    """Words to find, less words to leave out; FTS5's NOT needs something to be taken from."""
    wanted = [expression(child) for child in nodes if not isinstance(child, Not)]
    unwanted = [expression(child.node) for child in nodes if isinstance(child, Not)]
    if not wanted or not all(wanted) or not all(unwanted):
        return None
    found = _join(" AND ", [w for w in wanted if w])
    return f"({found} NOT {_join(' OR ', [u for u in unwanted if u])})" if unwanted else found


def _join(operator: str, expressions: list[str]) -> str:
    return expressions[0] if len(expressions) == 1 else "(" + operator.join(expressions) + ")"


def of_text(text: Text) -> str:
    """The expression of one word, phrase or prefix."""
    match text:
        case Phrase():
            words = [token.norm for token in tokens(text.text)]
            return _in_columns(text.part, (0,), " + ".join(map(_quoted, words)))
        case Prefix():
            norm = forms(text.text)[-1][0]
            return _in_columns(text.part, (0, 1), _quoted(norm) + " *")
        case Word():
            return _join(" AND ", [_of_word(three, text) for three in forms(text.text)])


def _of_word(three: tuple[str, str, str], word: Word) -> str:
    norm, root, key = three
    if word.is_exact:
        return exact(norm, word.part)
    found = [stemmed(root, word.part), keyed(key, word.part)]
    return _join(" OR ", [exact(norm, word.part), *dict.fromkeys(found)])


def exact(norm: str, part: Part = Part.ALL) -> str:
    """Articles with this very word, folded."""
    return _in_columns(part, (0,), _quoted(norm))


def stemmed(root: str, part: Part = Part.ALL) -> str:
    """Articles with a word of this stem."""
    return _in_columns(part, (0, 1) if is_own_stem(root) else (1,), _quoted(root))


def keyed(key: str, part: Part = Part.ALL) -> str:
    """Articles with a word of this name key."""
    return _in_columns(part, (0, 1, 2) if is_own_key(key) else (2,), _quoted(key))


def _in_columns(part: Part, forms_: tuple[int, ...], expression_: str) -> str:
    if part is Part.ALL and len(forms_) == 3:
        return expression_
    columns = [p + ("", "_stem", "_key")[form] for p in _PARTS_OF[part] for form in forms_]
    return "{" + " ".join(columns) + "} : " + expression_


def _quoted(word: str) -> str:
    """One token as an FTS5 string; words hold letters and digits alone, the doubling is a second lock."""
    return '"' + word.replace('"', '""') + '"'
