"""Other programs: only addresses of the web, never a shell, never a wait."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reader_harness import main_screen, paste, reader, settle

from store import Store
from tui import opening
from tui.opening import (
    CannotOpenError,
    Program,
    browser,
    editor,
    pager,
    pipe,
    piped,
    safe_address,
    start,
    text_file,
)

pytestmark = pytest.mark.usefixtures("english")


def script(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return path


@pytest.mark.parametrize(
    "address",
    ["file:///etc/passwd", "javascript:alert(1)", "-oProxyCommand=x", "--help", "ftp://example.org/", "http://", "",
     "https://example.org/\x1b[31m", "http://a b/", "http://[", None, "data:text/html,x", "example.org"],
)  # fmt: skip
def test_what_is_no_address_of_the_web_is_never_opened(address: str | None) -> None:
    assert safe_address(address) is None
    with pytest.raises(CannotOpenError):
        browser(address or "", {"BROWSER": "true", "PATH": os.environ["PATH"]})


def test_browser_from_the_environment(tmp_path: Path) -> None:
    script(tmp_path, "foo", "")
    script(tmp_path, "w3m", "")
    path = {"PATH": str(tmp_path)}
    address = "https://example.org/?q=a&b=$(x)"
    assert browser(address, {"BROWSER": "nosuch:foo --new '%s'", **path}).words == ("foo", "--new", address)
    assert browser(address, {"BROWSER": "foo", **path}) == Program(("foo", address))
    assert browser(address, {"BROWSER": "w3m", **path}) == Program(("w3m", address), needs_terminal=True)
    with pytest.raises(CannotOpenError):
        browser(address, path)


def test_a_started_program_gets_the_address_as_one_word_and_is_not_waited_for(tmp_path: Path) -> None:
    # The program can only end when its answer is read from this pipe: waiting for it would be for ever.
    heard = tmp_path / "heard"
    os.mkfifo(heard)
    program = script(tmp_path, "slow", f'printf "%s|" "$@" > {heard}')
    start(Program((str(program), "https://example.org/;touch x`y`")))
    assert heard.read_text() == "https://example.org/;touch x`y`|"


def test_pipe_gives_logical_text_and_hears_the_answer(tmp_path: Path) -> None:
    said = pipe(piped("cat"), "نصٌّ عربي (BBC)\n")
    assert said.output == "نصٌّ عربي (BBC)\n"
    assert pipe(piped("wc -w"), "كلمة كلمتان ثلاث").output.strip() == "3"
    failed = pipe(Program(("sh", "-c", "echo wrong >&2; exit 3")), "")
    assert (failed.code, failed.errors) == (3, "wrong\n")


def test_a_command_is_cut_into_words_and_not_given_to_a_shell(tmp_path: Path) -> None:
    assert piped("grep -c 'a b' ; rm -rf x").words == ("grep", "-c", "a b", ";", "rm", "-rf", "x")
    victim = tmp_path / "victim"
    pipe(piped(f"printf %s $(touch {victim})"), "")
    assert not victim.exists()


@pytest.mark.parametrize("command", ["", "   ", "'open", "nosuchprogram-x"])
def test_a_command_that_cannot_be_run_is_one_line(command: str) -> None:
    with pytest.raises(CannotOpenError) as failure:
        pipe(piped(command), "x")
    assert "\n" not in str(failure.value)


def test_a_command_that_does_not_read_and_one_that_does_not_end(monkeypatch: pytest.MonkeyPatch) -> None:
    assert pipe(piped("true"), "x" * 1_000_000).code == 0
    monkeypatch.setattr(opening, "PATIENCE", 0.3)
    with pytest.raises(CannotOpenError, match="took too long"):
        pipe(piped("sleep 30"), "x")


def test_what_a_command_says_cannot_act_on_the_terminal() -> None:
    said = pipe(Program(("printf", r"a\033[31mb\007")), "")
    assert "\x1b" not in said.output
    assert "\x07" not in said.output


def test_editor_and_pager() -> None:
    assert editor({"EDITOR": "nano", "VISUAL": "code --wait"}) == ("code", "--wait")
    assert editor({"EDITOR": "nano"}) == ("nano",)
    assert editor({}) == ("vi",)
    assert pager({"PAGER": "less -R"}) == ("less", "-R")
    assert pager({"PAGER": ""}) == ("less",)


def test_a_file_for_the_editor_is_ours_alone_and_goes_away() -> None:
    with text_file("نص") as path:
        assert path.read_text() == "نص"
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert not path.exists()


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60))
def test_no_text_is_taken_for_an_address_that_could_act(text: str) -> None:
    found = safe_address(text)
    assert found is None or found.lower().startswith(("http://", "https://"))


# In the reader


async def test_y_copies_the_article_and_says_so(store: Store) -> None:
    app = reader(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await pilot.press("y")
        await settle(pilot, lambda: bool(app.clipboard))
        title = main_screen(app).list.current.title
        assert app.clipboard.startswith(title)
        assert "فقرة ثانية أطول قليلا." in app.clipboard
        assert main_screen(app).status.notice.startswith("copied: خبر رقم 39")


async def test_copying_links_of_selected_rows(store: Store) -> None:
    app = reader(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await pilot.press("x", "x", ":", *"copy link", "enter")
        await settle(pilot, lambda: bool(app.clipboard))
        assert sorted(app.clipboard.split("\n")) == ["https://example.org/38", "https://example.org/39"]
        assert main_screen(app).status.notice == "copied: 2 articles"


async def test_copy_as_offers_the_forms(store: Store) -> None:
    app = reader(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await pilot.press("Y")
        await settle(pilot, lambda: app.screen is not main_screen(app))
        await pilot.press("j", "j", "j", "enter")
        await settle(pilot, lambda: bool(app.clipboard))
        # Number 39: the third outlet in turn begins with number 0, so 39 is the first one's.
        assert (
            app.clipboard
            == "الجزيرة، «خبر رقم 39 عن مدينة بيروت»، Mon 12 Feb 2024 08:00، https://example.org/39"
        )


async def test_o_opens_in_the_browser_of_the_environment(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard = tmp_path / "heard"
    monkeypatch.setenv(
        "BROWSER", str(script(tmp_path, "b", f'printf %s "$1" > {heard}.p; mv {heard}.p {heard}'))
    )
    app = reader(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await pilot.press("o")
        await settle(pilot, heard.exists)
        assert heard.read_text() == "https://example.org/39"
        assert "opened in the browser" in main_screen(app).status.notice


async def test_without_a_browser_the_address_is_copied(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("BROWSER", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    app = reader(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await pilot.press("o")
        await settle(pilot, lambda: app.clipboard == "https://example.org/39")
        assert "no browser here" in main_screen(app).status.notice


async def test_pipe_asks_runs_and_tells(store: Store) -> None:
    app = reader(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await pilot.press("|", *"grep -c فقرة", "enter")
        await settle(pilot, lambda: main_screen(app).status.notice == "grep: 2")
        await pilot.press("|", *"head -n 3", "enter")
        await settle(pilot, lambda: app.screen is not main_screen(app))
        assert app.screen.menu.rows[0].text == "خبر رقم 39 عن مدينة بيروت"
        await pilot.press("escape", "|", *"nosuch-x", "enter")
        await settle(pilot, lambda: main_screen(app).status.is_error)
        assert "nosuch-x" in main_screen(app).status.notice


async def test_export_of_a_view_by_its_ending(store: Store, tmp_path: Path) -> None:
    app = reader(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        main = main_screen(app)
        await pilot.press("/", *"القدس", "enter")
        await settle(pilot, lambda: len(main.list.window.rows) == 10)
        await pilot.press("e")
        await settle(pilot, lambda: main.prompt is not None)
        assert main.prompt.label.text == "Export 10 articles to"
        file = tmp_path / "out.jsonl"
        await paste(pilot, str(file))
        await pilot.press("enter")
        await settle(pilot, file.exists)
        await settle(pilot, lambda: main.status.notice.startswith("10 articles →"))
        assert len(file.read_text().splitlines()) == 10
        # A file that is there is not written over without a word.
        file.write_text("mine")
        await pilot.press(":")
        await paste(pilot, f"export {file}")
        await pilot.press("enter")
        await settle(pilot, lambda: main.prompt is not None and main.prompt.purpose == "overwrite")
        await pilot.press("escape")
        await settle(pilot)
        assert file.read_text() == "mine"
        await pilot.press(":", *"export x.doc", "enter")
        await settle(pilot, lambda: main.status.is_error)
        assert "has to end in one of" in main.status.notice
    assert [path.name for path in tmp_path.iterdir() if "part" in path.name] == []


async def test_the_editor_gets_the_text_in_a_file(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[tuple[tuple[str, ...], str]] = []

    def run(program: Program, given: str | None = None) -> int:
        ran.append((program.words[:-1], Path(program.words[-1]).read_text()))
        return 0

    monkeypatch.setattr(opening, "run", run)
    monkeypatch.setenv("VISUAL", "ed --quiet")
    app = reader(store)
    monkeypatch.setattr(type(app), "suspend", lambda self: __import__("contextlib").nullcontext())
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await pilot.press("E")
        await settle(pilot, lambda: bool(ran))
        assert ran[0][0] == ("ed", "--quiet")
        assert ran[0][1].startswith("خبر رقم 39")


async def test_where_the_terminal_cannot_be_lent_it_is_said(store: Store) -> None:
    app = reader(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await pilot.press("P")
        await settle(pilot, lambda: main_screen(app).status.is_error)
