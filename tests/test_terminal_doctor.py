"""The doctor: what it says, what it shows, what it writes down."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tui import i18n
from tui.doctor import consult, report, settings_for, variants
from tui.terminal import Replies, Terminal, classify
from tui.terminal.profile import Outside
from tui.text import cell_width

VTE = Replies(da2="65;7006;1", bidi_mode=1, is_complete=True)
KITTY = Replies("kitty(0.26.5)", "1;4000;26", 0, True)
KONSOLE = Replies("Konsole 22.12.3", "1;115;0", None, True)
FOOT = Replies("foot(1.13.1)", "1;011301;0", None, True)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    before = i18n.language()
    i18n.use("en")
    yield
    i18n.use(before)


def unweighted(text: str) -> str:
    """The text without the bold parts that keep words apart in kitty."""
    return text.replace("\x1b[1m", "").replace("\x1b[22m", "")


def terminal(replies: Replies, output: int | None = -1) -> Terminal:
    """A terminal that was asked; nothing here sends to it, so its descriptor need not exist."""
    return Terminal(classify(replies, {}), replies, {}, output)


def test_the_report_tells_answers_policy_and_reason() -> None:
    env = {"TERM": "xterm-256color", "VTE_VERSION": "7006", "SECRET": "no"}
    text = report(terminal(VTE), env, {"bidi": "auto (default)"}, ["Store: 5 articles, sound"])
    for part in (
        "VTE",
        "DA2 65;7006;1",
        "DECRQM 8 1",
        "XTVERSION no answer",
        "visual, harakat kept",
        "ESC [8l",
    ):
        assert part in text
    for part in (
        "TERM=xterm-256color",
        "VTE_VERSION=7006",
        "bidi: auto (default)",
        "Store: 5 articles",
        "DejaVu",
    ):
        assert part in text
    assert "SECRET" not in text


def test_the_report_holds_no_control_whatever_the_environment_holds() -> None:
    text = report(terminal(KONSOLE), {"TERM": "x\x1b]0;evil\x07y", "LANG": "a\nb"})
    assert all(char.isprintable() or char == "\n" for char in text)
    assert "ESC ]50;BidiRenderingEnabled=false BEL" in text
    assert "LANG=a?b" in text


def test_the_report_names_the_terminal_outside_tmux() -> None:
    outside = Outside(Replies("XTerm(379)"), {"TERM": "xterm"}, "/dev/pts/7")
    text = report(terminal(Replies("tmux 3.3a", "84;0;0", None, True, (outside,))), {})
    assert "xterm in tmux" in text
    assert "Outside (/dev/pts/7): XTVERSION XTerm(379)" in text


def test_without_a_terminal_it_says_so() -> None:
    assert "none: input or output is not a terminal" in report(terminal(Replies(), output=None), {})


def test_variants_are_numbered_different_and_at_the_right() -> None:
    shown = variants(classify(VTE, {}), 70)
    assert [variant.number for variant in shown] == [1, 2, 3, 4]
    assert len({variant.text for variant in shown}) == 4
    for variant in shown:
        assert cell_width(unweighted(variant.text)) == 70
    # The sentence begins with fa, alef, zain: on the right in visual order, turned round for kitty.
    assert shown[0].text.endswith("\ufeaf\ufe8e\ufed3")
    assert shown[2].text.endswith("\ufed3\ufe8e\ufeaf")
    assert shown[3].text.strip().startswith("فاز 3 من 10")


@pytest.mark.parametrize(
    ("replies", "number", "settings"),
    [
        (VTE, 1, ("auto", "auto")),
        (VTE, 2, ("auto", "strip")),
        (VTE, 3, ("kitty", "auto")),
        (VTE, 4, ("logical", "auto")),
        (KITTY, 3, ("auto", "auto")),
        (KITTY, 1, ("visual", "auto")),
        (KITTY, 2, ("visual", "strip")),
        (FOOT, 2, ("auto", "auto")),
        (FOOT, 1, ("auto", "keep")),
    ],
)
def test_a_choice_becomes_the_settings_that_give_it(
    replies: Replies, number: int, settings: tuple[str, str]
) -> None:
    found = classify(replies, {})
    assert settings_for(variants(found, 60)[number - 1], found) == settings


def answer(replies: Replies, *lines: str, width: int = 80) -> tuple[str, list[tuple[str, str, str]], bool]:
    written: list[str] = []
    saved: list[tuple[str, str, str]] = []
    given = iter(lines)

    def read() -> str:
        try:
            return next(given)
        except StopIteration:
            raise EOFError from None

    def save(*choice: str) -> str:
        saved.append(choice)  # type: ignore[arg-type]
        return "written to config.toml"

    is_kept = consult(terminal(replies), "Terminal: x", width, read, written.append, save)
    return "".join(written), saved, is_kept


def test_a_number_is_kept_for_this_terminal() -> None:
    text, saved, is_kept = answer(KITTY, "1")
    assert (saved, is_kept) == ([("kitty", "visual", "auto")], True)
    assert text.endswith("written to config.toml\n")


@pytest.mark.parametrize("number", ["٣", " 3 "])
def test_what_is_right_already_is_not_written(number: str) -> None:
    text, saved, is_kept = answer(KITTY, number)
    assert (saved, is_kept) == ([], False)
    assert "nothing to change" in text


def test_wrong_answers_are_asked_again_and_then_left() -> None:
    text, saved, _ = answer(VTE, "9", "x", "2")
    assert text.count("Which number") == 3
    assert saved == [("VTE", "auto", "strip")]
    assert answer(VTE, "0", "-1", "²", "2")[1] == []
    assert answer(VTE, "")[1] == answer(VTE)[1] == []


def test_the_logical_variant_stands_in_rows_that_the_terminal_orders() -> None:
    text, _, _ = answer(VTE)
    row = next(line for line in text.splitlines() if "4)" in line)
    assert row.startswith("\x1b[8h4)")
    assert text.count("\x1b[8l") == 1
    # Konsole's switch would turn every line on the screen over.
    assert "\x1b" not in unweighted(answer(KONSOLE)[0])


def test_a_narrow_terminal_wraps_the_sentence() -> None:
    text, _, _ = answer(FOOT, width=30)
    assert max(cell_width(line) for line in unweighted(text).splitlines()) <= 30


def test_without_a_terminal_nothing_is_asked() -> None:
    written: list[str] = []
    consult(terminal(Replies(), None), "a\nb", 80, lambda: "1", written.append, lambda *_: "never")
    assert written == ["a\nb\n"]
