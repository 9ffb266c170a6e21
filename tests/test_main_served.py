"""The reader behind textual-serve: no terminal, a web page that gets packets of output."""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path

from pty_harness import NEWSREADER, ROOT, environment

# زيارة أسبوع, the beginning of the newest headline, as it is drawn from left to right.
NEWEST = "\ufec9\ufeee\ufe92\ufeb3\ufe83 \ufe93\ufead\ufe8e\ufef3\ufeaf"


def packet(kind: bytes, payload: bytes) -> bytes:
    """One packet as the server sends it: its kind, its length, what is in it."""
    return kind + len(payload).to_bytes(4, "big") + payload


def test_the_list_is_served_and_left(tmp_path: Path) -> None:
    env = environment(
        tmp_path, TEXTUAL_DRIVER="textual.drivers.web_driver:WebDriver", COLUMNS="100", ROWS="30"
    )
    env.pop("TERM")
    process = subprocess.Popen(
        [NEWSREADER, "seeds/"],
        env=env,
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    received = b""
    try:
        # Letters are parted by an attribute (see test_terminal_apart).
        while NEWEST.encode() not in re.sub(rb'\x1b\[[01]"q', b"", received):
            piece = os.read(process.stdout.fileno(), 65536)
            assert piece, received[-300:]
            received += piece
        assert received.startswith(b"__GANGLION__\n")
        process.stdin.write(packet(b"M", json.dumps({"type": "quit"}).encode()))
        process.stdin.flush()
        _, narrated = process.communicate(timeout=60)
        assert process.returncode == 0, narrated
    finally:
        process.kill()
        process.wait()
