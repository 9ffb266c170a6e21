"""Writing an export to a file named by the person: the format by its ending, whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from store import Article

from .export import FORMATS, ending, write_export
from .i18n import _


class CannotExportError(Exception):
    """Nothing was written; the text is one line fit to show."""


def format_of(file: str) -> str:
    """The format a file's ending names; raises CannotExportError where it names none."""
    found = {ending(form): form for form in FORMATS} | {
        ".htm": "html",
        ".ndjson": "jsonl",
        ".markdown": "markdown",
    }
    suffix = Path(file).suffix.lower()
    if suffix not in found:
        endings = " ".join(ending(form) for form in FORMATS)
        raise CannotExportError(_("the name has to end in one of {endings}").format(endings=endings))
    return found[suffix]


def target(file: str) -> Path:
    """The file meant, ``~`` resolved; raises CannotExportError where it cannot be one."""
    path = Path(os.path.expanduser(file))
    if path.is_dir():
        raise CannotExportError(_("{file} is a folder").format(file=file))
    if not path.parent.is_dir():
        raise CannotExportError(_("there is no folder {folder}").format(folder=path.parent))
    return path


def write(articles: Iterable[Article], ids: set[int], path: Path, form: str) -> int:
    """Write the articles; how many. The file takes its name when all is written; raises CannotExportError."""
    with _whole(path) as file:
        return write_export(articles, form, file, ids)


def write_notes(articles: Iterable[Article], path: Path) -> int:
    """Write the notes of articles alone, as Markdown with their citations; of how many articles."""
    from .export.notes import markdown

    count = 0
    with _whole(path) as file:
        for piece in markdown(articles):
            file.write(piece.encode("utf-8", "replace"))
            count += 1
    return count


@contextmanager
def _whole(path: Path) -> Iterator[BinaryIO]:
    """A file that takes its name when all is written."""
    part = path.with_name(f"{path.name}.part-{os.getpid()}")
    try:
        with open(part, "xb") as file:
            yield file
        os.replace(part, path)
    except OSError as error:
        raise CannotExportError(f"{path}: {error.strerror or error}") from error
    finally:
        with suppress(OSError):
            part.unlink()


def complete_file(text: str, index: int) -> list[str]:
    """Files and folders whose path begins as typed."""
    typed = text[:index]
    _folder, _slash, beginning = typed.rpartition("/")
    head = typed[: len(typed) - len(beginning)]
    try:
        entries = sorted(os.scandir(os.path.expanduser(head) or "."), key=lambda entry: entry.name)
    except OSError:
        return []
    shown = [entry for entry in entries if beginning.startswith(".") or not entry.name.startswith(".")]
    return [
        head + entry.name + ("/" if entry.is_dir() else "") + text[index:]
        for entry in shown
        if entry.name.startswith(beginning)
    ][:50]
