"""Order by hand-made cases and by fribidi; explicit controls; tokens that are isolated."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from bidi import get_display

from tui.text import base_of, direction_of, one_line
from tui.text.bidi import display, reorder
from tui.text.tokens import isolated_tokens

DATA = Path(__file__).parent / "data"
FRIBIDI = json.loads((DATA / "bidi_fribidi.json").read_text(encoding="utf-8"))
WIDE = 10_000


def order_of(text: str, base: str | None = "R") -> list[int]:
    """The first source character of each cell from left to right."""
    return [cell.start for cell in one_line(text, WIDE, base).cells]  # type: ignore[arg-type]


def seen(text: str, base: str | None = "R") -> str:
    """The source characters in the order of the screen, unshaped and unmirrored."""
    return "".join(text[place] for place in order_of(text, base))


def test_layout_orders_as_fribidi_does() -> None:
    assert len(FRIBIDI) > 400
    for text, base, places in FRIBIDI:
        assert not isolated_tokens(text), text
        ours = order_of(text, base)
        shown = set(ours)
        assert ours == [place for place in places if place in shown], (text, base)


def test_every_letter_of_the_fribidi_texts_has_a_cell() -> None:
    for text, base, _ in FRIBIDI:
        covered = sorted(
            place for cell in one_line(text, WIDE, base).cells for place in range(cell.start, cell.end)
        )
        assert covered == list(range(len(text)))


def test_python_bidi_agrees_but_for_mirrors() -> None:
    for text, base, _ in FRIBIDI:
        if "‌" in text or base == "L":  # it keeps what X9 removes; see the reference for its failures in L
            continue
        unmirrored = "".join(text[place] for place in reorder(text, base)[1])
        assert unmirrored == get_display(text, base_dir=base)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("انظر https://a.b/c/ ثم", "مث https://a.b/c/ رظنا"),
        ("(https://a.b/c/)،", "،)https://a.b/c/("),
        ("لغة C++ و C# هنا", "انه C# و C++ ةغل"),
        ("كتب @user_1 و #tag: نعم", "معن :#tag و @user_1 بتك"),
        ("راسل info@bbc.co.uk.", ".info@bbc.co.uk لسار"),
        ("في U.S. اليوم", "مويلا U.S. يف"),
        ("قناة BBC.", ".BBC ةانق"),
        ("منصة .NET", ".NET ةصنم"),
        ("قال.BBC", "BBC.لاق"),
        ("الوسم #كأس_العالم", "ملاعلا_سأك# مسولا"),
        ("http://x.eg/قصر/", "http://x.eg/رصق/"),
    ],
)
def test_tokens_keep_their_punctuation(text: str, expected: str) -> None:
    # The source characters from left to right; brackets are not mirrored here.
    assert seen(text) == expected


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("https://x.com/a_(b)).", ["https://x.com/a_(b)"]),
        ("«https://x.com/?q=1&r=2»", ["https://x.com/?q=1&r=2"]),
        ("www.aljazeera.net، ثم aljazeera.net/news/؟", ["www.aljazeera.net", "aljazeera.net/news/"]),
        ("AT&T و TV5 و 5G و 3.5 و a@b", []),
        ("$AAPL و R&D+", ["$AAPL", "R&D+"]),
        ("كلام عربي (فقط) 12!", []),
    ],
)
def test_which_tokens_are_isolated(text: str, tokens: list[str]) -> None:
    assert [text[start:end] for start, end, _ in isolated_tokens(text)] == tokens


def test_a_latin_token_at_the_start_does_not_turn_the_paragraph() -> None:
    assert seen("BBC قال") == "لاق BBC"


def test_base_of_is_the_first_strong_character() -> None:
    assert base_of("12 قال BBC") == "R"
    assert base_of("(BBC) قال") == "L"
    assert base_of("12 — ...") == "R"
    assert base_of("") == "R"
    assert base_of("\u2067قال\u2069 BBC") == "L"
    assert base_of("." * 300 + "a") == "L"


def test_base_none_takes_it_from_the_text() -> None:
    assert not one_line("BBC قال", WIDE, None).is_rtl
    assert one_line("قال BBC", WIDE, None).is_rtl


def test_marks_and_isolates_of_the_source_have_their_effect_and_no_cell() -> None:
    # LRM after the exclamation mark makes it Latin's, as its author meant.
    assert one_line("BBC!\u200e x", WIDE).text == "BBC! x"
    assert seen("BBC! قال") == "لاق !BBC"
    assert one_line("BBC!\u200e قال", WIDE).text.endswith("BBC!")
    assert seen("أ \u2066a!\u2069 ب") == "ب a! أ"
    assert seen("أ a! ب") == "ب !a أ"


def test_an_override_can_not_reverse_what_is_read() -> None:
    # Trojan source: RLO would show "exe.cod" as "doc.exe".
    assert one_line("\u202eabc\u202c", WIDE, "L").text == "abc"
    assert one_line("\u202dقال\u202c", WIDE, "R").text == one_line("قال", WIDE, "R").text


def test_trailing_white_space_takes_the_base_direction() -> None:
    # L1: the space after the Latin word stands at the left end of the line.
    assert seen("قال BBC ") == " BBC لاق"
    assert seen("a\tأ", "L") == "a\tأ"
    assert display("أ a\tb", "R") == "b\ta أ"


def test_the_direction_of_an_article_is_that_of_its_letters_not_of_the_first() -> None:
    assert direction_of("NATO و BBC News: أول العنوان لاتيني وباقيه عربي متن قصير.") == "R"
    assert direction_of("He said «نعم» to the committee on Friday") == "L"
    assert direction_of("") == direction_of("123 …") == "R"
    assert direction_of("English only") == "L"
