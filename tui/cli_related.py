"""Sub-commands about what belongs together: related, story, stories, and following."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

import click

from store import Event, EventSummary, Member, Published, Related, Store, Story

from .cli import Session, cli, pass_session
from .cli_support import Guarded, article_number, as_json, cell, words, write, write_json

#: How many articles of a story are told what they share; the rest of a very long one is listed without.
EXPLAINED = 300


@cli.command(cls=Guarded)
@click.argument("article", type=article_number)
@as_json
@pass_session
def related(session: Session, /, article: int, as_json: bool) -> None:
    """What belongs with an article, and why.

    A line is: relation (event, copy, saga, read_also, similar, linked_from),
    number, marks (● unread, ⊘ muted), date, outlet, headline and reasons, with a tab
    between them and - for what is not known. Reasons are the names and
    phrases both share, or the words of the link.
    """
    store = session.store
    store.article(article)
    for one in store.related(article):
        if as_json:
            write_json(_related_json(one))
        else:
            write(_line(one.relation.value, *_columns(one), one.title, reasons=one.reasons))


def _related_json(one: Related) -> dict[str, Any]:
    return {
        "relation": one.relation.value,
        "id": one.id,
        "title": one.title,
        **_published_json(one.published),
        "outlet": one.outlet,
        "seconds": one.seconds,
        "score": round(one.score, 4),
        "share": None if one.share is None else round(one.share, 4),
        "added": None if one.added is None else round(one.added, 4),
        "lacking": None if one.lacking is None else round(one.lacking, 4),
        "is_update": one.is_update,
        "agency": list(one.agency),
        "unread": one.is_unread,
        "muted": one.is_muted,
        "reasons": list(one.reasons),
    }


@cli.command(cls=Guarded)
@click.argument("article", type=article_number)
@as_json
@pass_session
def story(session: Session, /, article: int, as_json: bool) -> None:
    """The story of an article, report by report, oldest first.

    A line is: number of the event within the story, number of the article,
    marks (● unread, ⊘ muted), date, outlet, place in the event (first, seconds after
    the first report as +N, or the original as copy:N), headline and what it
    shares with ARTICLE, with a tab between them and - for what is not known.
    """
    store = session.store
    found = store.story(article)
    reasons = store.reasons(article, found.articles[:EXPLAINED])
    for number, event, member in _reports(found):
        why = reasons.get(member.id, ())
        if as_json:
            write_json(_member_json(number, event, member, why))
        else:
            place = _place(event, member)
            write(_line(str(number), *_columns(member), place, member.title, reasons=why))


def _reports(found: Story) -> list[tuple[int, Event, Member]]:
    events = (*found.events, *found.undated)
    return [(number, event, member) for number, event in enumerate(events, 1) for member in event.members]


def _place(event: Event, member: Member) -> str:
    if member.copy_of is not None:
        return f"copy:{member.copy_of}"
    if member.is_first and len(event.members) > 1:
        return "first"
    return "-" if member.seconds is None or len(event.members) == 1 else f"+{member.seconds}"


def _member_json(number: int, event: Event, member: Member, reasons: Sequence[str]) -> dict[str, Any]:
    return {
        "event": number,
        "event_id": event.id,
        "event_title": event.title,
        "event_reports": len(event.members),
        "event_outlets": list(event.outlets),
        "id": member.id,
        "title": member.title,
        **_published_json(member.published),
        "outlet": member.outlet,
        "seconds": member.seconds,
        "first": member.is_first,
        "copy_of": member.copy_of,
        "unread": member.is_unread,
        "muted": member.is_muted,
        "reasons": list(reasons),
    }


@cli.command(cls=Guarded)
@click.option("--since", metavar="DATE", help="Only those with a report since then: 7d, 2023-09, yesterday.")
@click.option(
    "--limit", "-n", type=click.IntRange(1, 10_000), default=30, show_default=True, help="At most so many."
)
@as_json
@pass_session
def stories(session: Session, /, since: str | None, limit: int, as_json: bool) -> None:
    """Events that several report, those of most outlets first.

    A line is: number of the first report, reports, outlets, unread, first and
    last day, headline and the names the first two reports share, with a tab between them.
    """
    store = session.store
    for one in store.stories(since=_since(since), limit=limit):
        event = store.event(one.id)
        reasons = _shared(store, event)
        if as_json:
            write_json(_event_json(one, event, reasons))
        else:
            days = "..".join(dict.fromkeys(day for day in (_day(one.first), _day(one.last)) if day)) or "-"
            counts = (str(one.articles), str(len(event.outlets)), str(one.unread))
            write(_line(str(event.members[0].id), *counts, days, event.title, reasons=reasons))


def _since(text: str | None) -> int | None:
    if text is None:
        return None
    from store.query_dates import span

    found = span(words([text]), int(time.time()))
    if found is None or found[0] is None:
        raise click.UsageError(f"--since {text}: not a date; write 7d, 2023-09-14 or yesterday")
    return found[0]


def _shared(store: Store, event: Event) -> tuple[str, ...]:
    if len(event.members) < 2:
        return ()
    first, second = event.members[:2]
    return store.reasons(first.id, [second.id]).get(second.id, ())


def _day(seconds: int | None) -> str:
    return "" if seconds is None else time.strftime("%Y-%m-%d", time.gmtime(seconds))


def _event_json(one: EventSummary, event: Event, reasons: Sequence[str]) -> dict[str, Any]:
    from store.serial import timestamp

    return {
        "event": one.id,
        "title": event.title,
        "articles": list(event.articles),
        "outlets": list(event.outlets),
        "unread": one.unread,
        "first": None if one.first is None else timestamp(one.first),
        "last": None if one.last is None else timestamp(one.last),
        "reasons": list(reasons),
    }


@cli.command(cls=Guarded)
@click.argument("article", type=article_number)
@click.option("--tag", metavar="TAG", help="Set on every report that joins the story.")
@pass_session
def follow(session: Session, /, article: int, tag: str | None) -> None:
    """Follow the story of an article.

    What joins it is collected, tagged where TAG is given, and told in the reader.
    """
    session.store.follow(article, None if tag is None else words([tag]).lstrip("#"))


@cli.command(cls=Guarded)
@click.argument("article", type=article_number)
@pass_session
def unfollow(session: Session, /, article: int) -> None:
    """Follow the story of an article no longer."""
    session.store.unfollow(article)


@cli.command(cls=Guarded)
@as_json
@pass_session
def followed(session: Session, /, as_json: bool) -> None:
    """Followed stories and what is new in them.

    A line is: number of the article, reports, new ones, their numbers, tag,
    headline, with a tab between them and - for nothing.
    """
    store = session.store
    if not store.is_read_only:
        store.collect_followed()
    for one in store.follows():
        if as_json:
            write_json(
                {
                    "article": one.article,
                    "title": one.title,
                    "outlet": one.outlet,
                    "tag": one.tag,
                    "reports": one.members,
                    "new": list(one.unseen),
                }
            )
        else:
            new = ",".join(str(article) for article in one.unseen) or "-"
            counts = (str(one.article), str(one.members), str(len(one.unseen)))
            write(_line(*counts, new, f"#{one.tag}" if one.tag else "-", one.title))


def _columns(one: Related | Member) -> tuple[str, str, str, str]:
    """Number, mark, date and outlet, as ``newsreader list`` writes them."""
    from store.serial import published_text

    date = published_text(one.published) if one.published is not None else "-"
    marks = "●" * one.is_unread + "⊘" * one.is_muted
    return (str(one.id), marks or "-", date, cell(one.outlet))


def _line(*columns: str, reasons: Sequence[str] | None = None) -> str:
    told = () if reasons is None else ("، ".join(reasons),)
    return "\t".join(cell(column) for column in (*columns, *told))


def _published_json(published: Published | None) -> dict[str, Any]:
    from store.serial import published_text

    return {
        "published": None if published is None else published_text(published),
        "published_precision": None if published is None else published.precision.value,
        "published_is_inferred": published is not None and published.is_inferred,
    }
