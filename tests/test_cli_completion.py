"""Completion in real shells' terms, and the manual page."""

from __future__ import annotations

import os
import pty
import select
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import click
import pytest
from cli_harness import run

from store import Store
from tui.cli import cli
from tui.cli_completion import script
from tui.cli_manual import manual


def completed(store: Store, shell: str, *words: str) -> list[str]:
    """What the shell would be offered for the last of the words."""
    line = {"bash": "\n".join(words)}.get(shell, " ".join(words))
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; sys.argv[0] = 'newsreader'; from tui.entry import main; main()",
            "completion",
        ],
        env={
            "PATH": os.environ["PATH"],
            "HOME": str(store.path.parent),
            "NEWSREADER_STORE": str(store.path),
            "_NEWSREADER_COMPLETE": f"{shell}_complete",
            "COMP_WORDS": line,
            "COMP_CWORD": words[-1] if shell == "fish" else str(len(words) - 1),
        },
        capture_output=True,
        timeout=60,
        check=True,
    )
    return done.stdout.decode().splitlines()


def test_names_are_completed_in_any_spelling(store: Store) -> None:
    store.change_tags([1], add=["أوكرانيا", "شرق أوسط"])
    assert completed(store, "bash", "newsreader", "list", "tag:اوك") == ["plain,tag:أوكرانيا"]
    assert completed(store, "bash", "newsreader", "list", "وسم:شرق") == ["plain,وسم:شرق_أوسط"]
    assert completed(store, "bash", "newsreader", "tag", "1", "+او") == ["plain,+أوكرانيا"]
    assert completed(store, "bash", "newsreader", "search", "source:الش") == ["plain,source:الشرق_الأوسط"]
    assert completed(store, "bash", "newsreader", "tags", "delete", "شر") == ["plain,شرق_أوسط"]
    assert run("list", "--count", "source:الشرق_الأوسط", store=store.path).out == "13\n"
    assert run("tags", "delete", "شرق_أوسط", "--yes", store=store.path).code == 0


def test_bash_takes_a_colon_for_the_end_of_a_word(store: Store) -> None:
    store.change_tags([1], add=["أوكرانيا"])
    assert completed(store, "bash", "newsreader", "list", "tag", ":", "اوك") == ["plain,أوكرانيا"]
    assert completed(store, "bash", "newsreader", "list", "is", ":") == [
        f"plain,{name}" for name in ("unread", "read", "starred", "untagged")
    ]


def test_fields_commands_and_saved_searches(store: Store) -> None:
    run("saved", "add", "بحث أول", "القدس", store=store.path)
    assert completed(store, "bash", "newsreader", "saved", "run", "بح") == ["plain,بحث_أول"]
    assert "plain,source:" in completed(store, "bash", "newsreader", "list", "s")
    assert completed(store, "bash", "newsreader", "list", "is:un") == ["plain,is:unread", "plain,is:untagged"]
    assert "plain,export" in completed(store, "bash", "newsreader", "exp")
    assert run("saved", "run", "بحث_أول", "--count", store=store.path).out == "10\n"


def test_without_a_store_nothing_is_completed_and_nothing_made(tmp_path: Path) -> None:
    class Missing:
        path = tmp_path / "none.db"

    assert completed(Missing, "bash", "newsreader", "list", "tag:ا") == [""]  # type: ignore[arg-type]
    assert not Missing.path.exists()


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_has_its_script(shell: str) -> None:
    text = run("completion", shell).out
    assert text == script(shell) + "\n"
    assert f"_NEWSREADER_COMPLETE={shell}_complete" in text
    assert " completion)" in text
    if shutil.which(shell):
        subprocess.run([shell, "-n"], input=text.encode(), check=True)
    assert run("completion", "tcsh").code == 2


def test_the_script_completes_in_bash(store: Store, tmp_path: Path) -> None:
    store.change_tags([1], add=["أوكرانيا"])
    program = tmp_path / "newsreader"
    program.write_text(f"#!{sys.executable}\nfrom tui.entry import main\nmain()\n")
    program.chmod(0o755)
    code = script("bash") + (
        "\nCOMP_WORDS=(newsreader tag 1 +أو); COMP_CWORD=3; _newsreader_completion newsreader; echo ${COMPREPLY[@]}\n"
    )
    done = subprocess.run(
        ["bash", "-c", code],
        env={
            "PATH": f"{tmp_path}:{os.environ['PATH']}",
            "HOME": str(tmp_path),
            "NEWSREADER_STORE": str(store.path),
            "LANG": "C.UTF-8",
        },
        capture_output=True,
        timeout=60,
        check=True,
    )
    assert done.stdout.decode().strip() == "+أوكرانيا"


@pytest.mark.skipif(shutil.which("fish") is None, reason="needs fish to complete in it")
def test_the_script_completes_in_fish(store: Store, tmp_path: Path) -> None:
    store.change_tags([1], add=["أوكرانيا"])
    program = tmp_path / "newsreader"
    program.write_text(f"#!{sys.executable}\nfrom tui.entry import main\nmain()\n")
    program.chmod(0o755)
    done = subprocess.run(
        ["fish", "--no-config", "-c", script("fish") + '\ncomplete -C "newsreader tag 1 +أو"\n'],
        env={
            "PATH": f"{tmp_path}:{os.environ['PATH']}",
            "HOME": str(tmp_path),
            "NEWSREADER_STORE": str(store.path),
            "LANG": "C.UTF-8",
        },
        capture_output=True,
        timeout=60,
        check=True,
    )
    assert done.stdout.decode().split() == ["+أوكرانيا"]


#: Typed keys go through the line editor of zsh; ctrl+x then tells the line as it stands.
_ZSH_SETUP = """
PS1='READY> '; unsetopt prompt_sp beep; zstyle ':completion:*' menu no
autoload -Uz compinit; compinit -u -D
tell() { print -r -- "LINE[$BUFFER]"; }
zle -N tell; bindkey '^X' tell
"""


class Zsh:
    """An interactive zsh in a pty."""

    def __init__(self, home: Path, store: Path, program: Path) -> None:
        (home / "setup").write_text(_ZSH_SETUP + script("zsh") + "\n", "utf-8")
        self.pid, self.line = pty.fork()
        if self.pid == 0:
            environment = {
                "PATH": f"{program.parent}:{os.environ['PATH']}",
                "HOME": str(home),
                "NEWSREADER_STORE": str(store),
                "LANG": "C.UTF-8",
                "TERM": "dumb",
            }
            os.execvpe("zsh", ["zsh", "-f", "-i"], environment)
        self.written = ""

    def until(self, text: str) -> str:
        """All that was written since the last time, once this is in it."""
        end = time.monotonic() + 60
        while text not in self.written:
            assert time.monotonic() < end, self.written
            if select.select([self.line], [], [], 1)[0]:
                self.written += os.read(self.line, 65536).decode("utf-8", "replace")
        found, self.written = self.written, ""
        return found

    def type(self, keys: str) -> None:
        """Press keys."""
        os.write(self.line, keys.encode())

    def close(self) -> None:
        """End it."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.line)


@pytest.mark.skipif(shutil.which("zsh") is None, reason="needs zsh to complete in it")
@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("newsreader tag 1 +أو", "newsreader tag 1 +أوكرانيا"),
        ("newsreader expor", "newsreader export"),
        ("newsreader list tag:أو", "newsreader list tag:أوكرانيا"),
    ],
)
def test_the_script_completes_in_zsh(store: Store, tmp_path: Path, typed: str, line: str) -> None:
    store.change_tags([1], add=["أوكرانيا"])
    program = tmp_path / "newsreader"
    program.write_text(f"#!{sys.executable}\nfrom tui.entry import main\nmain()\n")
    program.chmod(0o755)
    zsh = Zsh(tmp_path, store.path, program)
    try:
        zsh.type("source $HOME/setup && print SET''UP\n")
        zsh.until("SETUP")
        zsh.type(typed + "\t\x18")
        told = zsh.until("]")
        assert f"LINE[{line}" in told.replace(" ]", "]").replace("\r", "")
    finally:
        zsh.close()


def commands_of(group: click.Group, before: str = "") -> list[str]:
    context = click.Context(group)
    found = []
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        found.append(before + name)
        if isinstance(command, click.Group):
            found += commands_of(command, f"{before}{name} ")
    return found


def test_the_manual_names_every_command_and_every_option() -> None:
    page = manual(cli)
    for name in commands_of(cli):
        assert f".SS {name}" in page
    for option in ("\\-\\-dry\\-run", "\\-\\-visual", "\\-\\-store FILE", "NEWSREADER_STORE"):
        assert option in page
    requests = {line.split()[0] for line in page.splitlines() if line.startswith((".", "'"))}
    assert requests == {".TH", ".SH", ".SS", ".B", ".I", ".TP", ".PP", ".nf", ".fi", ".br"}


@pytest.mark.skipif(shutil.which("groff") is None, reason="needs groff to set the page")
def test_the_manual_is_sound_roff() -> None:
    done = subprocess.run(
        ["groff", "-man", "-Tutf8", "-Kutf8", "-ww"],
        input=manual(cli).encode(),
        capture_output=True,
        timeout=60,
        check=True,
    )
    assert "newsreader" in done.stdout.decode()
    assert [line for line in done.stderr.decode().splitlines() if "error" in line] == []
