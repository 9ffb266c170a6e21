"""Sub-commands that bring articles in and out: import, export."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from store import Store

from .cli import FAILED, INTERRUPTED, Session, cli, pass_session, say
from .i18n import counted

if TYPE_CHECKING:
    from store.ingest.pipeline import ImportReport


def bring_in(
    store: Store, paths: Sequence[str], *, dry_run: bool = False, is_quiet: bool = False
) -> ImportReport:
    """Import paths, with progress on a terminal's stderr; each failure is told on a line of its own."""
    if is_quiet or not sys.stderr.isatty():
        report = store.import_paths(paths, dry_run=dry_run)
    else:
        from .cli_progress import with_progress

        report = with_progress(store, paths, dry_run=dry_run)
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


@cli.command("import")
@click.argument("paths", nargs=-1, required=True, metavar="PATH…")
@click.option("--dry-run", is_flag=True, help="Read everything, keep nothing.")
@click.option("--quiet", "-q", is_flag=True, help="No progress, no summary; failures are still told.")
@click.option("--json", "as_json", is_flag=True, help="The summary as JSON.")
@pass_session
def import_command(
    session: Session, paths: tuple[str, ...], dry_run: bool, quiet: bool, as_json: bool
) -> None:
    """Take in the articles that files and folders hold."""
    report = bring_in(session.store, paths, dry_run=dry_run, is_quiet=quiet or as_json)
    if as_json:
        from store.serial import one_line

        click.echo(
            one_line(
                {
                    "new": report.new,
                    "known": report.known,
                    "changed": report.changed,
                    "failed": [str(failure) for failure in report.failed],
                }
            )
        )
    elif not quiet:
        say(summary_line(report))
    if report.is_stopped:
        raise SystemExit(INTERRUPTED)
    if report.failed:
        raise SystemExit(FAILED)


@cli.command()
@click.option(
    "--format",
    "form",
    type=click.Choice(["jsonl"]),
    default="jsonl",
    show_default=True,
    help="How to write them.",
)
@click.option(
    "--output", "-o", type=click.Path(dir_okay=False, writable=True), help="A file instead of stdout."
)
@click.argument("query", nargs=-1)
@pass_session
def export(session: Session, form: str, output: str | None, query: tuple[str, ...]) -> None:
    """Write articles with every field: all, or those that QUERY finds."""
    from store.serial import article_json, one_line

    from .cli_articles import rows_of

    store = session.store
    text = " ".join(query)
    found = (
        (store.article(row.id) for row in rows_of(store, store.parse(text), sys.maxsize))
        if text
        else store.articles()
    )
    with click.open_file(output or "-", "w", encoding="utf-8") as file:
        for article in found:
            file.write(one_line(article_json(article)) + "\n")
