"""The sub-command that brings articles in."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from store import Store

from .cli import FAILED, INTERRUPTED, Session, cli, fail, pass_session, say
from .cli_support import Guarded, words, write_json
from .i18n import counted

if TYPE_CHECKING:
    from store.ingest.pipeline import ImportReport

#: What ``--field`` may name: the fields of a record that the import looks for.
FIELDS = (
    "title",
    "body",
    "published",
    "outlet",
    "agency",
    "byline",
    "dateline",
    "keywords",
    "url",
    "guid",
    "links",
)


def bring_in(
    store: Store,
    paths: Sequence[str],
    *,
    dry_run: bool = False,
    is_quiet: bool = False,
    fields: Mapping[str, str] | None = None,
) -> ImportReport:
    """Import paths, with progress on a terminal's stderr; each failure is told on a line of its own."""
    if is_quiet or sys.stderr is None or not sys.stderr.isatty():
        from .cli_progress import without_progress

        report = without_progress(store, paths, dry_run=dry_run, fields=fields or {})
    else:
        from .cli_progress import with_progress

        report = with_progress(store, paths, dry_run=dry_run, fields=fields or {})
    for failure in report.failed:
        say(f"newsreader: {failure}")
    return report


def summary_line(report: ImportReport) -> str:
    """What an import did, in one line."""
    parts = [counted("{n} new article", "{n} new articles", report.new)]
    if report.known:
        parts.append(counted("{n} known", "{n} known", report.known))
    if report.changed:
        parts.append(counted("{n} changed", "{n} changed", report.changed))
    if report.failed:
        parts.append(counted("{n} failed", "{n} failed", len(report.failed)))
    return " · ".join(parts)


def summary_json(report: ImportReport, *, dry_run: bool = False) -> dict[str, Any]:
    """What an import did, for scripts."""
    return {
        "new": report.new,
        "known": report.known,
        "changed": report.changed,
        "failed": [
            {"file": words([failure.file]), "place": failure.place, "reason": failure.reason}
            for failure in report.failed
        ],
        "stopped": report.is_stopped,
        "dry_run": dry_run,
    }


@cli.command("import", cls=Guarded)
@click.argument("paths", nargs=-1, required=True, metavar="PATH…", type=click.Path(allow_dash=True))
@click.option("--dry-run", is_flag=True, help="Read everything, keep nothing.")
@click.option(
    "--field",
    "mapping",
    multiple=True,
    metavar="OURS=THEIRS",
    help=f"The column or key of records that holds a field: {', '.join(FIELDS)}. May be repeated.",
)
@click.option("--quiet", "-q", is_flag=True, help="No progress, no summary; failures are still told.")
@click.option("--json", "as_json", is_flag=True, help="The summary as one JSON object.")
@pass_session
def import_command(
    session: Session,
    paths: tuple[str, ...],
    dry_run: bool,
    mapping: tuple[str, ...],
    quiet: bool,
    as_json: bool,
) -> None:
    """Take in articles.

    PATH is a file, a folder, an http(s) address, or - for standard input.

    Text pages, HTML, feeds, JSONL, JSON, CSV, each also packed (gz, xz, zip);
    what a file is, its content tells. What is in the store already is known
    again, and its tags stay. Exit code 1 where anything could not be read.
    """
    fields = read_mapping(mapping)
    if "-" in paths and sys.stdin is None:
        fail("standard input is closed")
    report = bring_in(session.store, paths, dry_run=dry_run, is_quiet=quiet or as_json, fields=fields)
    if as_json:
        write_json(summary_json(report, dry_run=dry_run))
    elif not quiet:
        say(summary_line(report))
    if report.is_stopped:
        raise SystemExit(INTERRUPTED)
    if report.failed:
        raise SystemExit(FAILED)


def read_mapping(mapping: Sequence[str]) -> dict[str, str]:
    """``OURS=THEIRS`` as pairs. Raises UsageError for another form, or a field that is none of FIELDS."""
    from difflib import get_close_matches

    fields: dict[str, str] = {}
    for text in mapping:
        ours, equals, theirs = words([text]).partition("=")
        if not equals or not theirs:
            raise click.UsageError(f"--field {words([text])}: write OURS=THEIRS, as in --field body=content")
        if ours not in FIELDS:
            near = get_close_matches(ours, FIELDS, 1)
            hint = f"; did you mean {near[0]}?" if near else f"; one of {', '.join(FIELDS)}"
            raise click.UsageError(f"--field: no field is called {ours}{hint}")
        fields[ours] = theirs
    return fields
