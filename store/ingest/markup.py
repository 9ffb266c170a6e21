"""Refuse XML that declares entities: the expansions are bombs, the external ones read files and networks."""

from __future__ import annotations

import re

_DECLARATION = re.compile(rb"<!\s*(?:ENTITY|DOCTYPE[^>\[]*\[)", re.IGNORECASE)
#: A declaration stands before the root element; looking this far (bytes) is far enough.
_PROLOG = 1 << 16


class RefusedError(Exception):
    """The input is understood and refused; the message says why."""


def refuse_entities(data: bytes) -> None:
    """Raise RefusedError where ``data`` (any ASCII-compatible encoding, or UTF-16) declares entities of its own."""
    prolog = data[:_PROLOG]
    if prolog.startswith((b"\xff\xfe", b"\xfe\xff")) or prolog[:4].count(0) >= 2:
        prolog = prolog.replace(b"\0", b"")
    if _DECLARATION.search(prolog):
        raise RefusedError("declares entities of its own, which are never expanded")
