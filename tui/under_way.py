"""What is under way in the reader: messages that were not handled yet, and reading that leads somewhere.

Screens name in ``awaited`` the groups of their workers that keys wait for: an
article, the rows of a view, the story that a screen is to show. Whatever is read
beside that (counts, snippets, what is laid out ahead) is waited for by nobody.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from asyncio import Future

    from textual._queue import Queue
    from textual.message import Message
    from textual.message_pump import MessagePump
    from textual.worker import Worker

    from .app import NewsReaderApp

#: A widget with messages, a worker, a kind of write, or BEGINNING.
Work = object
#: Stands for taking up what was left, before that has begun.
BEGINNING = "beginning"


def is_busy(pump: MessagePump) -> bool:
    """Whether a widget is not there yet, handles a message, or has one to handle: at rest it waits for the next."""
    queue: Queue[Message | None] = pump._message_queue
    return bool(queue.values or pump._next_callbacks or not queue.ready_event._waiters)


def is_widget(work: Work) -> bool:
    """Whether it is messages of a widget that are waited for: they are handled in no time."""
    return hasattr(work, "post_message")


def busy_widgets(app: NewsReaderApp, *, is_inside: bool) -> frozenset[Work]:
    """Everything that has messages to handle; asked inside the app's own handler, that one is not counted."""
    is_app_busy = bool(app._message_queue.values or app._next_callbacks) if is_inside else is_busy(app)
    found = [node for node in app._registry if node is not app and is_busy(node)]
    return frozenset((*found, app)) if is_app_busy else frozenset(found)


def leading_work(app: NewsReaderApp, asking: Mapping[Worker[object], Future[object]]) -> frozenset[Work]:
    """What is read or written that keys have to wait for.

    A worker that is no thread does what a key asked for, but for those in ``asking`` while nobody has answered.
    """
    screen = app.screen
    found: list[Work] = []
    awaited: frozenset[str] = getattr(screen, "awaited", frozenset()) if len(app.workers) else frozenset()
    for worker in app.workers:
        if worker.is_finished:
            continue
        if worker._thread_worker:
            if worker.group in awaited and worker.node is screen:
                found.append(worker)
        elif worker not in asking or asking[worker].done():
            found.append(worker)
    found += app.writes.awaited
    if getattr(screen, "is_beginning", False):
        found.append(BEGINNING)
    return frozenset(found)
