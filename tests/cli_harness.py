"""The command line in a test: one call in this process, or a real process where pipes and locales matter."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tui import cli, i18n


@dataclass(frozen=True)
class Result:
    """How a run ended; ``error`` is an exception that got out, which none may."""

    code: int
    out: str
    err: str
    error: BaseException | None = None


def run(*arguments: str, store: Path | None = None, stdin: bytes = b"", **variables: str) -> Result:
    """Run ``newsreader ARGUMENTS`` in this process, in English."""
    out, err = io.BytesIO(), io.BytesIO()
    kept = sys.argv, sys.stdin, sys.stdout, sys.stderr, i18n.language(), dict(os.environ)
    sys.argv = ["newsreader", *arguments]
    sys.stdin = io.TextIOWrapper(io.BufferedReader(io.BytesIO(stdin)), "utf-8")  # type: ignore[arg-type]
    # Held here: a wrapper that is thrown away closes what it wraps.
    streams = (
        io.TextIOWrapper(out, "utf-8", write_through=True),
        io.TextIOWrapper(err, "utf-8", errors="backslashreplace", write_through=True),
    )
    sys.stdout, sys.stderr = streams
    os.environ.update(
        {
            "NEWSREADER_LANG": "en",
            "NEWSREADER_CONFIG": "/nonexistent/config.toml",
            "NEWSREADER_STORE": str(store or "/nonexistent/store.db"),
            **variables,
        }
    )
    code, error = 0, None
    try:
        cli.main()
    except SystemExit as exit_:
        code = exit_.code if isinstance(exit_.code, int) else 0 if exit_.code is None else 1
    except BaseException as escaped:
        error = escaped
    finally:
        sys.argv, sys.stdin, sys.stdout, sys.stderr, language, environment = kept
        os.environ.clear()
        os.environ.update(environment)
        i18n.use(language)
    for stream in streams:
        stream.flush()
    said = err.getvalue().decode()
    if "a defect of newsreader" in said:
        # Told in one line, but a defect all the same.
        error = AssertionError(said)
    return Result(code, out.getvalue().decode(), said, error)


def process(
    *arguments: str | bytes, store: Path, env: Mapping[str, str] | None = None, **options: Any
) -> subprocess.CompletedProcess[bytes]:
    """Run ``newsreader ARGUMENTS`` as a process of its own."""
    variables = {
        "PATH": os.environ["PATH"],
        "HOME": str(store.parent),
        "LANG": "C.UTF-8",
        "NEWSREADER_STORE": str(store),
        "NEWSREADER_LANG": "en",
    }
    options.setdefault("stdin", subprocess.DEVNULL)
    options.setdefault("stdout", subprocess.PIPE)
    return subprocess.run(
        [sys.executable, "-c", "from tui.entry import main; main()", *arguments],
        env=variables | dict(env or {}),
        stderr=subprocess.PIPE,
        timeout=60,
        check=False,
        **options,
    )
