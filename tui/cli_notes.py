"""Sub-commands of notes: highlight and write from the command line, list, change, delete."""

from __future__ import annotations

import click

from store import Note

from .cli import Session, cli, pass_session, say
from .cli_articles import query_words
from .cli_support import (
    LARGEST_ID,
    Guarded,
    article_number,
    as_json,
    cell,
    ids_of,
    words,
    write,
    write_json,
    write_shown,
)


@cli.command(cls=Guarded)
@click.argument("arguments", nargs=-1, metavar="[ARTICLE] [TEXT]…")
@click.option(
    "--passage", "-p", metavar="WORDS", help="The words of the article that the note is on, in any spelling."
)
@click.option("--edit", type=article_number, metavar="NOTE", help="Write the text of this note anew.")
@click.option("--delete", type=article_number, multiple=True, metavar="NOTE", help="Delete this note.")
@as_json
@pass_session
def note(
    session: Session,
    arguments: tuple[str, ...],
    passage: str | None,
    edit: int | None,
    delete: tuple[int, ...],
    as_json: bool,
) -> None:
    """Write a note on an article, or highlight a passage.

    newsreader note 3 to be checked               a note on the article
    newsreader note 3 -p 'كوريا الشمالية' who says so?   a note on a passage
    newsreader note 3 -p 'كوريا الشمالية'                 the passage highlighted
    newsreader note 3                              the notes of the article

    --edit NOTE TEXT writes another text, --delete NOTE deletes; newsreader notes shows the numbers.
    """
    notes = session.store.notes
    if edit is not None or delete:
        if passage is not None or (edit is not None and delete) or (delete and arguments):
            raise click.UsageError("--edit NOTE TEXT and --delete NOTE stand alone")
        if edit is not None:
            changed = notes.edit(edit, words(arguments))
            _show([after for _before, after in changed.edited] or [notes.note(edit)], as_json)
            return
        for number in delete:
            notes.note(number)
        gone = notes.remove(delete).removed
        _show(gone, as_json) if as_json else say(f"{len(gone)} deleted")
        return
    article, text = _article_of(arguments), arguments[1:]
    if passage is None and not text:
        session.store.article(article)
        _show(notes.of(article), as_json)
    elif passage is not None:
        _show(notes.add_passage(article, words([passage]), words(text)).added, as_json)
    else:
        _show(notes.add_to_whole(article, words(text)).added, as_json)


def _article_of(arguments: tuple[str, ...]) -> int:
    """The article that the first word names; raises UsageError where it is no number."""
    first = arguments[0] if arguments else ""
    if not first.isdecimal() or not 1 <= int(first) <= LARGEST_ID:
        raise click.UsageError("which article? give its number, as newsreader list shows it")
    return int(first)


def _show(notes: list[Note] | tuple[Note, ...], as_json: bool) -> None:
    for one in notes:
        if as_json:
            from store.serial import note_json

            write_json(note_json(one))
        else:
            write(_row(one))


def _row(one: Note) -> str:
    return "\t".join((str(one.id), str(one.article), cell(one.passage), cell(one.text)))


@cli.command(cls=Guarded)
@query_words
@click.option(
    "--markdown", "as_markdown", is_flag=True, help="As a document: passages, what was written, citations."
)
@as_json
@pass_session
def notes(session: Session, query: tuple[str, ...], as_markdown: bool, as_json: bool) -> None:
    """List notes and highlights.

    Those of the articles that QUERY finds, or all, newest article first. A line is: number of the note, number of
    the article, passage (- for a note on the article as a whole), text.
    """
    store = session.store
    text = words(query)
    wanted = f"({text}) has:note" if text.strip() else "has:note"
    ids = ids_of(store, store.parse(wanted))
    if as_markdown:
        from .export.notes import markdown

        for piece in markdown(store.article(one) for one in ids):
            write_shown(piece.rstrip("\n"))
        return
    for noted in store.notes.of_articles(ids):
        if as_json:
            from store.serial import note_json

            write_json({**note_json(noted.note), "title": noted.title})
        else:
            write(_row(noted.note))
