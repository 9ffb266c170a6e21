"""The interface in Arabic and English: every word has its translation, every number its form."""

from __future__ import annotations

import ast
import io
import string
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from tui import i18n
from tui.commands import COMMANDS
from tui.i18n import _, counted, digits, language_of, number, use
from tui.related_rows import _HEADINGS as RELATED_HEADINGS
from tui.terminal import profile
from tui.told_errors import SENTENCES
from tui.typed_query import _WITH_PARTS
from tui.view_list import _BASE, _HEADINGS

TUI = Path(__file__).parent.parent / "tui"
MESSAGES = TUI / "locale" / "ar" / "LC_MESSAGES"


@pytest.fixture(autouse=True)
def restored() -> Iterator[None]:
    before = i18n.language()
    yield
    use(before)


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    with (MESSAGES / "newsreader.po").open("rb") as file:
        return read_po(file, abort_invalid=True)


def written() -> dict[str, str]:
    """Every literal that is given to ``_`` and ``counted`` in the interface, with the place of one."""
    found: dict[str, str] = {}
    for path in TUI.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
                continue
            count = {"_": 1, "counted": 2}.get(node.func.id, 0)
            for argument in node.args[:count]:
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str) and argument.value:
                    found[argument.value] = f"{path.relative_to(TUI)}:{node.lineno}"
    return found


def declared() -> dict[str, str]:
    """What is written once as data and translated where it is shown."""
    found = {
        text: command.name for command in COMMANDS for text in (command.help, command.group, command.hint)
    }
    found |= dict.fromkeys(RELATED_HEADINGS.values(), "related")
    found |= dict.fromkeys((*_HEADINGS.values(), *(name for name, _query in _BASE)), "views")
    found |= {sentence: "query" for _pattern, sentence in _WITH_PARTS}
    found |= dict.fromkeys(SENTENCES, "store")
    found |= {
        value.reason: "profile" for value in vars(profile).values() if isinstance(value, profile.Profile)
    }
    source = ast.parse(Path(profile.__file__).read_text(encoding="utf-8"))
    found |= {
        node.value.value: "profile"
        for node in ast.walk(source)
        if isinstance(node, ast.keyword) and node.arg == "reason" and isinstance(node.value, ast.Constant)
    }
    return {text: where for text, where in found.items() if text}


def forms(text: object) -> tuple[str, ...]:
    """The forms of a message, be it counted (several) or not (one)."""
    return (text,) if isinstance(text, str) else tuple(text)  # type: ignore[arg-type]


def test_every_word_has_its_arabic(catalogue: Catalog) -> None:
    wanted = written() | declared()
    assert len(wanted) > 150
    known: set[str] = set()
    for message in catalogue:
        if message.id and not message.fuzzy and all(forms(message.string)):
            known.update(forms(message.id))
    assert {text: where for text, where in wanted.items() if text not in known} == {}


def test_nothing_is_lost_in_translation(catalogue: Catalog) -> None:
    def names(text: str) -> set[str]:
        return {
            name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name is not None
        }

    for message in catalogue:
        if not message.id:
            continue
        if isinstance(message.id, tuple):
            assert len(message.string) == 6, message.id
            wanted = names(message.id[1])
            # "One" and "two" are words in Arabic: they may do without the number, and without nothing else.
            for text in message.string:
                assert wanted - {"n"} <= names(text) <= wanted, message.id
        else:
            assert names(message.string) == names(message.id), message.id


def test_the_compiled_catalogue_is_the_written_one(catalogue: Catalog) -> None:
    with (MESSAGES / "newsreader.mo").open("rb") as file:
        compiled = read_mo(io.BytesIO(file.read()))

    def pairs(found: Catalog) -> set[tuple[tuple[str, ...], tuple[str, ...]]]:
        return {
            (forms(message.id), forms(message.string))
            for message in found
            if message.id and any(forms(message.string)) and not message.fuzzy
        }

    assert pairs(compiled) == pairs(catalogue)


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (0, "لا مقالات"),
        (1, "مقال واحد"),
        (2, "مقالان"),
        (3, "٣ مقالات"),
        (10, "١٠ مقالات"),
        (11, "١١ مقالًا"),
        (99, "٩٩ مقالًا"),
        (100, "١٠٠ مقال"),
        (101, "١٠١ مقال"),
        (102, "١٠٢ مقال"),
        (103, "١٠٣ مقالات"),
        (111, "١١١ مقالًا"),
        (1000, "١٠٠٠ مقال"),
    ],
)
def test_the_six_forms_of_the_arabic_plural(count: int, text: str) -> None:
    use("ar")
    assert counted("{n} article", "{n} articles", count) == text


def test_english_has_two_forms() -> None:
    use("en")
    assert [counted("{n} article", "{n} articles", count) for count in (0, 1, 2)] == [
        "0 articles",
        "1 article",
        "2 articles",
    ]


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "ar"),
        ({"LANG": "C"}, "ar"),
        ({"LANG": "C.UTF-8"}, "ar"),
        ({"LANG": ""}, "ar"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "ar_EG.UTF-8"}, "ar"),
        ({"LANG": "fr_FR.UTF-8"}, "ar"),
        # LC_ALL wins over LC_MESSAGES, that over LANG (POSIX); what is empty says nothing.
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "ar_SA.UTF-8"}, "ar"),
        ({"LANG": "ar_SA.UTF-8", "LC_MESSAGES": "", "LC_ALL": "en_US.UTF-8"}, "en"),
    ],
)
def test_the_language_a_locale_asks_for(environment: dict[str, str], language: str) -> None:
    assert language_of(environment) == language


def test_digits_follow_the_language_or_the_wish() -> None:
    for language, wish, text in (
        ("ar", "auto", "٢٠٢٣"),
        ("en", "auto", "2023"),
        ("ar", "western", "2023"),
        ("en", "arabic", "٢٠٢٣"),
    ):
        use(language, wish)
        assert number(2023) == text
    use("ar")
    assert digits("17:05 كوفيد-19") == "١٧:٠٥ كوفيد-١٩"


def test_what_has_no_translation_stays_as_it_is() -> None:
    use("ar")
    assert _("never written anywhere") == "never written anywhere"
    # The header of a catalogue is its translation of nothing.
    assert _("") == ""
