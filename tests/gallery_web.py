"""The reader in xterm.js in a real browser, for the gallery: a page, a pseudo-terminal behind it, pictures of it.

    python tests/gallery_web.py --xterm-js node_modules/@xterm --cols 80 --rows 24 --keys j,Return --out x.png -- COMMAND

Takes the same keys as the program for other terminals. Needs Xvfb, chromium, xdotool and ImageMagick. The page and
the pseudo-terminal are joined by plain HTTP: one answer that never ends for output, a request for each key.
"""

from __future__ import annotations

import argparse
import contextlib
import fcntl
import os
import pty
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

_PAGE = """<!doctype html><meta charset="utf-8"><title>terminal</title>
<link rel="stylesheet" href="/xterm/css/xterm.css">
<style>html,body {{ margin: 0; background: #fff; overflow: hidden }}</style>
<div id="t"></div><script src="/xterm/lib/xterm.js"></script>
<script src="/addon-webgl/lib/addon-webgl.js"></script><script>
const t = new Terminal({{cols: {cols}, rows: {rows}, fontFamily: "DejaVu Sans Mono", fontSize: 16,
  theme: {{background: "#ffffff", foreground: "#000000", cursor: "#888888"}}}});
t.open(document.getElementById("t"));
if ({gpu}) t.loadAddon(new WebglAddon.WebglAddon());
const send = data => fetch("/input", {{method: "POST", body: data}});
let waiting = Promise.resolve();
t.onData(data => {{ waiting = waiting.then(() => send(data)); }});
fetch("/output").then(async answer => {{
  const reader = answer.body.getReader();
  for (;;) {{ const {{value, done}} = await reader.read(); if (done) break; t.write(value); }}
}});
t.focus();
</script>
"""


class _Handler(BaseHTTPRequestHandler):
    """The page, the files of xterm.js, and the two ends of the pseudo-terminal."""

    options: argparse.Namespace
    terminal: int

    def do_GET(self) -> None:
        if self.path == "/output":
            self._stream()
            return
        if self.path == "/":
            gpu = "true" if self.options.gpu else "false"
            page = _PAGE.format(cols=self.options.cols, rows=self.options.rows, gpu=gpu)
            self._answer(page.encode(), "text/html")
            return
        root = self.options.xterm_js.resolve()
        file = (root / self.path.lstrip("/")).resolve()
        if root not in file.parents or not file.is_file():
            self.send_error(404)
            return
        self._answer(file.read_bytes(), "text/css" if file.suffix == ".css" else "text/javascript")

    def do_POST(self) -> None:
        data = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        os.write(self.terminal, data)
        self._answer(b"", "text/plain")

    def _answer(self, body: bytes, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _stream(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/octet-stream")
        self.end_headers()
        with contextlib.suppress(OSError):
            while data := os.read(self.terminal, 65536):
                self.wfile.write(data)
                self.wfile.flush()

    def log_message(self, *_arguments: object) -> None:
        """Nothing to tell."""


@contextlib.contextmanager
def _command(options: argparse.Namespace) -> Iterator[int]:
    """The command in a pseudo-terminal of the size asked for; its other end."""
    pid, terminal = pty.fork()
    if pid == 0:
        keep = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        env = {**keep, "TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}
        os.execvpe(options.command[0], options.command, env)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", options.rows, options.cols, 0, 0))
    try:
        yield terminal
    finally:
        with contextlib.suppress(OSError):
            os.kill(pid, signal.SIGHUP)
            os.waitpid(pid, 0)


@contextlib.contextmanager
def _program(command: list[str], **more: object) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True, **more
    )  # type: ignore[call-overload]
    try:
        yield process
    finally:
        with contextlib.suppress(OSError):
            os.killpg(process.pid, signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(5)


def _display(stack: contextlib.ExitStack) -> str:
    """A new screen nobody sees; its name."""
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1600x1000x24", "-nolisten", "tcp"]
    stack.enter_context(_program(command, pass_fds=(write,)))
    os.close(write)
    with os.fdopen(read) as answer:
        return ":" + answer.readline().strip()


def _do(keys: str, env: dict[str, str], options: argparse.Namespace) -> None:
    for key in [key for key in keys.split(",") if key]:
        name, _, rest = key.partition(":")
        if name == "sleep":
            time.sleep(float(rest))
        elif name == "shot":
            _shoot(rest, env, options)
        elif name == "type":
            subprocess.run(("xdotool", "type", "--delay", "60", rest), env=env, check=True)
        else:
            subprocess.run(("xdotool", "key", key), env=env, check=True)
        time.sleep(0.2)


def _shoot(path: str, env: dict[str, str], options: argparse.Namespace) -> None:
    """The part of the screen where the terminal is."""
    size = f"{options.cols * 10}x{options.rows * 20}+0+0"
    subprocess.run(("import", "-window", "root", "-crop", size, "+repage", path), env=env, check=True)


def main() -> int:
    """Show, press the keys, take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--xterm-js", type=Path, required=True)
    parser.add_argument("--gpu", action="store_true", help="draw by WebGL and not by elements of the page")
    parser.add_argument("--cols", type=int, default=80)
    parser.add_argument("--rows", type=int, default=24)
    parser.add_argument("--keys", default="")
    parser.add_argument("--wait", type=float, default=4.0)
    parser.add_argument("--out", required=True)
    parser.add_argument("command", nargs=argparse.REMAINDER)
    options = parser.parse_args()
    options.command = options.command[1:] if options.command[:1] == ["--"] else options.command
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or "chromium"
    with contextlib.ExitStack() as stack:
        profile = stack.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True))
        env = {**os.environ, "DISPLAY": _display(stack), "HOME": profile}
        _Handler.options = options
        _Handler.terminal = stack.enter_context(_command(options))
        server = stack.enter_context(ThreadingHTTPServer(("127.0.0.1", 0), _Handler))
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        stack.callback(server.shutdown)
        address = f"http://127.0.0.1:{server.server_address[1]}/"
        switches = ["--no-sandbox", "--no-first-run", "--enable-unsafe-swiftshader", "--window-position=0,0"]
        window = [f"--user-data-dir={profile}", "--window-size=1590,990", "--kiosk", f"--app={address}"]
        stack.enter_context(_program([browser, *switches, *window], env=env))
        found = ("xdotool", "search", "--sync", "--onlyvisible", "--name", "terminal")
        subprocess.run(found, env=env, check=True, timeout=60, stdout=subprocess.DEVNULL)
        time.sleep(options.wait + 2)
        subprocess.run(
            ("xdotool", "search", "--onlyvisible", "--name", "terminal", "windowfocus"), env=env, check=True
        )
        _do(options.keys, env, options)
        _shoot(options.out, env, options)
    return 0


if __name__ == "__main__":
    sys.exit(main())
