"""Words of a query → an FTS5 expression. Only folded letters and digits in quotes ever reach FTS5.

The index has three columns for each part of an article: the folded words,
their stems, and what else they are found by (second readings, name keys). A
form is written only where it differs from those before it, which halves the
index; so a stem or key is asked of all three, and only the word as written
of the first alone.
"""

from __future__ import annotations

import re
from itertools import chain, product
from math import prod

from .arabic import forms, query_terms, tokens
from .query_tree import And, Node, Not, OneOf, Or, Part, Phrase, Prefix, Text, Word
from .stem import is_own_beginning

#: Parts of an article in the order of the index's columns.
PARTS = ("title", "keywords", "body")
#: The forms of a word in the order of a part's columns: as written, stemmed, by name key.
FORMS = ("", "_stem", "_key")
COLUMNS = tuple(f"{part}{form}" for part in PARTS for form in FORMS)
#: Stands between paragraphs and between keywords, so that no phrase runs across; never a word of a query.
FENCE = "¶"

#: "And", which is a word of its own to some writers.
_AND = "و"
#: The first part of names that are written together or apart, also behind a clitic: عبد before ال, أبو before any word.
_FIRST_OF_NAME = re.compile("[وفبلك]?(?:(عبد)|اب[ويا])")
_NAME = re.compile("([وفبلك]?عبد)(ال..+)|([وفبلك]?اب[ويا])(...+)")
#: So many spellings of a phrase are asked for one by one.
_MOST_RUNS = 8

#: Where a pattern is looked for, unless it is asked elsewhere.
_TEXT = ("title", "body")
_PARTS_OF = {part: PARTS if part is Part.ALL else (part.value,) for part in Part}


def expression(node: Node) -> str | None:
    """The FTS5 expression of a tree of words alone, or None where FTS5 cannot answer it by itself."""
    match node:
        case Word() | Phrase() | Prefix():
            return of_text(node)
        case OneOf():
            return _in_columns(node.part, (0,), _either(node.words), _TEXT if node.part is Part.ALL else None)
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
            end = " *" if text.is_prefix else ""
            runs = [" + ".join(map(_quoted, run)) + end for run in phrase_runs(text.text)]
            return _join(" OR ", [_in_columns(text.part, (0,), run) for run in runs])
        case Prefix():
            return _of_prefix(text)
        case Word():
            return _of_word(text)


def phrase_runs(text: str) -> tuple[tuple[str, ...], ...]:
    """The words of a phrase, folded, as written first.

    و may stand apart from each of its words or with it, and so may the first part of a name: عبد الله, عبدالله.
    """
    pieces: list[tuple[str, ...]] = []
    for token in tokens(text):
        if pieces and _may_join(pieces[-1][-1], token.norm):
            pieces[-1] = (*pieces[-1], token.norm)
        else:
            pieces.append((token.norm,))
    ways = [_ways_of(piece) for piece in pieces]
    if prod(map(len, ways)) > _MOST_RUNS:
        # All as written, all joined, all apart: who writes so mostly does it everywhere.
        chosen = [
            [way[0] for way in ways],
            [min(way, key=len) for way in ways],
            [max(way, key=len) for way in ways],
        ]
    else:
        chosen = [list(one) for one in product(*ways)]
    return tuple(dict.fromkeys(tuple(chain.from_iterable(one)) for one in chosen))


def _may_join(first: str, second: str) -> bool:
    """Whether two words that stand apart are also written as one."""
    if first == _AND:
        return True
    found = _FIRST_OF_NAME.fullmatch(first)
    return found is not None and (second.startswith("ال") if found[1] else len(second) > 2)


def _ways_of(piece: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """A piece as it is written, then the other ways."""
    names = (piece, _name_together(piece), _name_apart(piece))
    return tuple(dict.fromkeys(way for one in names for way in (one, _with_and(one))))


def _name_together(piece: tuple[str, ...]) -> tuple[str, ...]:
    if len(piece) > 1 and piece[-2] != _AND:
        return (*piece[:-2], piece[-2] + piece[-1])
    return piece


def _name_apart(piece: tuple[str, ...]) -> tuple[str, ...]:
    found = _NAME.fullmatch(piece[-1])
    return (*piece[:-1], *(part for part in found.groups() if part)) if found else piece


def _with_and(piece: tuple[str, ...]) -> tuple[str, ...]:
    """A word with its و the other way than it is written, where there is one."""
    word, rest = piece[0], piece[0][1:]
    if word == _AND:
        return ("".join(piece[:2]), *piece[2:])
    may_part = word[0] == _AND and (len(rest) > 2 or rest.isdecimal()) and not is_own_beginning(word)
    return (_AND, rest, *piece[1:]) if may_part else piece


def _of_word(word: Word) -> str:
    norms = [norm for norm, _, _ in forms(word.text)]
    if word.is_exact:
        return _join(" AND ", [exact(norm, word.part) for norm in norms])
    return _join(" OR ", [anywhere(term, word.part) for term in query_terms(word.text, word.is_whole)])


def _of_prefix(prefix: Prefix) -> str:
    if prefix.words:
        return _in_columns(prefix.part, (0, 1), _either(prefix.words))
    beginnings = beginnings_of(prefix)
    return _join(" OR ", [_in_columns(prefix.part, (0, 1), _quoted(norm) + " *") for norm in beginnings])


def beginnings_of(prefix: Prefix) -> tuple[str, ...]:
    """The folded beginnings a prefix stands for: as it is, and behind the article."""
    norm = forms(prefix.text)[-1][0]
    return (norm,) if norm.startswith("ال") or not "ء" <= norm[0] <= "ي" else (norm, "ال" + norm)


def exact(norm: str, part: Part = Part.ALL) -> str:
    """Articles with this very word, folded."""
    return _in_columns(part, (0,), _quoted(norm))


def anywhere(term: str, part: Part = Part.ALL) -> str:
    """Articles with a word that has this form, stem or key."""
    return _in_columns(part, (0, 1, 2), _quoted(term))


def _in_columns(
    part: Part, forms_: tuple[int, ...], expression_: str, parts: tuple[str, ...] | None = None
) -> str:
    if part is Part.ALL and len(forms_) == 3:
        return expression_
    columns = [p + FORMS[form] for p in parts or _PARTS_OF[part] for form in forms_]
    return "{" + " ".join(columns) + "} : " + expression_


def _either(words: tuple[str, ...]) -> str:
    return "(" + " OR ".join(map(_quoted, words)) + ")"


def _quoted(word: str) -> str:
    """One token as an FTS5 string; words hold letters and digits alone, the doubling is a second lock."""
    return '"' + word.replace('"', '""') + '"'
