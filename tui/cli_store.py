"""Sub-commands about the store as a whole: stats, reindex, backup."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .cli import INTERRUPTED, Session, cli, pass_session, say
from .cli_support import Guarded, cell, words, write, write_json

if TYPE_CHECKING:
    from store.stats import Share, Stats


@cli.command(cls=Guarded)
@click.option(
    "--by",
    type=click.Choice(["day", "month", "year"]),
    default="month",
    show_default=True,
    help="Articles per …",
)
@click.option("--last", type=click.IntRange(1, 5000), help="Only the newest so many days, months or years.")
@click.option(
    "--most",
    type=click.IntRange(1, 1000),
    default=10,
    show_default=True,
    help="Outlets, tags and keywords named.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@pass_session
def stats(session: Session, by: str, last: int | None, most: int, as_json: bool) -> None:
    """Count articles over time, by outlet, tag, keyword.

    Also what is unread, starred and tagged, what was read from day to day, and which outlet is first to
    report: events that several tell, and the stories you follow.
    """
    from store.stats import stats as figures

    found = figures(session.store.connection, period=by, most=most, last=last)
    if as_json:
        write_json(stats_json(found))
        return
    for line in stats_lines(found):
        write(line)


def stats_json(found: Stats) -> dict[str, Any]:
    """The figures as plain JSON values."""
    from store.serial import published_text, timestamp

    def moment(seconds: int | None) -> str | None:
        return timestamp(seconds) if seconds is not None else None

    def shares(each: tuple[Share, ...]) -> list[dict[str, Any]]:
        return [
            {
                "name": share.name,
                "articles": share.articles,
                "unread": share.unread,
                "first": moment(share.first),
                "last": moment(share.last),
            }
            for share in each
        ]

    return {
        "articles": found.articles,
        "unread": found.unread,
        "starred": found.starred,
        "tagged": found.tagged,
        "undated": found.undated,
        "first": moment(found.first),
        "last": moment(found.last),
        "period": found.period,
        "periods": [{"period": name, "articles": count} for name, count in found.periods],
        "outlets": shares(found.outlets),
        "tags": shares(found.tags),
        "keywords": shares(found.keywords),
        "firsts": [
            {"outlet": each.outlet, "events": each.events, "first": each.first} for each in found.firsts
        ],
        "readings": [{"day": day, "articles": count} for day, count in found.readings],
        "followed": [
            {
                "article": story.article,
                "title": story.title,
                "reports": story.reports,
                "outlets": list(story.outlets),
                "first": story.first,
                "published": published_text(story.published) if story.published is not None else None,
                "next": published_text(story.following) if story.following is not None else None,
                "is_inferred": story.is_inferred,
            }
            for story in found.followed
        ],
    }


def stats_lines(found: Stats) -> list[str]:
    """The figures in lines: numbers first, so that Arabic names at the end cannot move them."""
    from .bars import bar, sparkline
    from .i18n import _

    lines = [
        f"{found.articles}\t{_('articles')}",
        f"{found.unread}\t{_('unread')}",
        f"{found.starred}\t{_('starred')}",
        f"{found.tagged}\t{_('tagged')}",
        f"{found.undated}\t{_('without a date')}",
    ]
    if found.periods:
        counts = [count for _name, count in found.periods]
        lines += ["", f"{found.periods[0][0]} {sparkline(counts, 60)} {found.periods[-1][0]}"]
        if len(found.periods) <= 40:
            most = max(counts)
            lines += [f"{name}\t{count}\t{bar(count, most, 40)}" for name, count in found.periods]
    for title, shares in (
        (_("Outlets"), found.outlets), (_("Tags"), found.tags), (_("Keywords"), found.keywords),
    ):  # fmt: skip
        if shares:
            lines += ["", title]
            most = shares[0].articles
            lines += [
                f"{share.articles}\t{share.unread}\t{bar(share.articles, most, 20):<20}\t{cell(share.name)}"
                for share in shares
            ]
    if any(count for _day, count in found.readings):
        counts = [count for _day, count in found.readings]
        lines += ["", _("Read by day")]
        lines += [f"{found.readings[0][0]} {sparkline(counts, 60)} {found.readings[-1][0]}"]
    if found.firsts:
        lines += ["", _("First to report (first · events with several outlets)")]
        lines += [f"{each.first}\t{each.events}\t{cell(each.outlet)}" for each in found.firsts]
    if found.followed:
        lines += ["", _("First on the stories you follow (first · stories)")]
        lines += [f"{each.first}\t{each.events}\t{cell(each.outlet)}" for each in found.firsts_followed]
        lines += [
            f"{story.article}\t{cell(story.first or '-')}\t{cell(story.title)}" for story in found.followed
        ]
    return lines


@cli.command(cls=Guarded)
@click.option("--search", "only", flag_value="search", help="Only the search index.")
@click.option("--related", "only", flag_value="related", help="Only related items, links and events.")
@pass_session
def reindex(session: Session, only: str | None) -> None:
    """Make the indexes anew from the articles.

    After an update, or where doctor asks for it. Until the new one is there the old one answers. Ctrl-c stops it,
    and the next run goes on where it was.
    First it puts right what other programs, which know nothing of its foreign keys, left loose in the store.
    """
    from store.mending import mend

    from .cli_progress import steps, stoppable

    store = session.store
    with stoppable() as should_stop:
        is_done = True
        mended = mend(store.connection, should_stop)
        if mended:
            say(f"{mended} rows of other tables put right")
        if only != "related":
            from store.reindex import reindex as search_again

            with steps("search") as show:
                is_done = search_again(store.connection, show, should_stop)
            if not is_done:
                say("stopped; newsreader reindex goes on with it")
        if is_done and only != "search":
            from store.rebuild import rebuild

            with steps("related") as show:
                is_done = rebuild(store.connection, show, should_stop)
            if not is_done:
                say("stopped; related items are as they were, newsreader reindex --related goes on with it")
    if not is_done:
        raise SystemExit(INTERRUPTED)


@cli.command(cls=Guarded)
@click.argument("file", type=click.Path())
@click.option("--force", is_flag=True, help="Write over a FILE that is there.")
@pass_session
def backup(session: Session, file: str, force: bool) -> None:
    """Copy the whole store into one FILE.

    Others may read and write meanwhile.
    """
    from store.health import back_up

    size = back_up(session.store.connection, Path(file), is_forced=force)
    say(f"{size / 1e6:.1f} MB → {words([file])}")
