"""Refuse XML that declares entities: the expansions are bombs, the external ones read files and networks."""

from __future__ import annotations

import re

_ENTITY = re.compile(rb"<!\s*ENTITY", re.IGNORECASE)
_DOCTYPE = re.compile(rb"<!\s{0,99}DOCTYPE", re.IGNORECASE)
#: A declaration stands before the root element; looking this far (bytes) is far enough.
_PROLOG = 1 << 16


class RefusedError(Exception):
    """The input is understood and refused; the message says why."""


def refuse_entities(data: bytes) -> None:
    """Raise RefusedError where ``data`` (any ASCII-compatible encoding, or UTF-16) declares entities of its own."""
    prolog = data[:_PROLOG]
    if prolog.startswith((b"\xff\xfe", b"\xfe\xff")) or prolog[:4].count(0) >= 2:
        prolog = prolog.replace(b"\0", b"")
    if _ENTITY.search(prolog) or _has_subset(prolog):
        raise RefusedError("declares entities of its own, which are never expanded")


def _has_subset(prolog: bytes) -> bool:
    """True for a document type with declarations of its own: ``[`` before the ``>`` that ends it."""
    bracket = end = -1
    for match in _DOCTYPE.finditer(prolog):
        # Each is looked for once, however often a type is begun.
        if bracket < match.end() and (bracket := prolog.find(b"[", match.end())) < 0:
            return False
        if end < match.end() and (end := prolog.find(b">", match.end())) < 0:
            return True
        if bracket < end:
            return True
    return False
