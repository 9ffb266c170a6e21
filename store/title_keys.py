"""The numbers by which headlines are told: the same for every spelling that has one canonical key. Pure."""

from __future__ import annotations

from hashlib import blake2b

from .titles import title_key


def key_of(title: str) -> int:
    """The canonical key of a headline as a signed number of 64 bits; 0 where it has none.

    An index of numbers takes a tenth of the room of one of keys, and two keys
    share a number once in a thousand million headlines.
    """
    return number_of(title_key(title))


def number_of(key: str) -> int:
    """The number of a canonical key."""
    if not key:
        return 0
    return (
        int.from_bytes(
            blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little", signed=True
        )
        or 1
    )
