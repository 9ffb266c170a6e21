"""Bytes to text: UTF-8, UTF-16, the Windows and ISO code pages of Arabic; and what is no text at all."""

from __future__ import annotations

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_ANY_BOM = tuple(bom for bom, _ in _BOMS)
_SAMPLE = 1 << 16
_CONTROLS = bytes({*range(32), 127} - {8, 9, 10, 12, 13, 27})
_FREQUENT = ("ال", " في ", " من ", " على ", " أن ", " إلى ", " عن ", " و")
_ARABIC = re.compile("[\u0621-\u063a\u0641-\u064a]")
_LATIN_HIGH = re.compile("[\u0080-\u00a9\u00ae-\u00ba\u00bc-\u00ff]")
_SIGNATURES = (
    (b"%PDF", "a PDF file"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"RIFF", "a media file"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"SQLite format 3\0", "a database"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an Office document"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
)
_ANY_SIGNATURE = tuple(signature for signature, _ in _SIGNATURES)


#: Codecs that Python has and no document: markup could hide in them, and some take long.
_NO_CHARSETS = frozenset(
    (
        "utf-7",
        "unicode-escape",
        "unicode_escape",
        "raw-unicode-escape",
        "raw_unicode_escape",
        "punycode",
        "idna",
        "undefined",
    )
)


class NotTextError(Exception):
    """The bytes are no text in any encoding we know; the message says what they look like."""


def decode(data: bytes, charset: str | None = None) -> str:
    """Return ``data`` as text; ``charset`` is what a header or a page claims, believed when it fits.

    Bytes that are broken in an otherwise right text become U+FFFD. Raises
    NotTextError for binary data.
    """
    if data.startswith(_ANY_BOM):
        bom, encoding = next(pair for pair in _BOMS if data.startswith(pair[0]))
        return data[len(bom) :].decode(encoding, "replace")
    if charset and not _is_surely_utf8(data) and (text := _claimed(data, charset)) is not None:
        return text
    if (text := _strictly(data, "utf-8")) is not None and "\0" not in text[:_SAMPLE]:
        if _is_binary(data):
            raise NotTextError(_looks_like(data))
        return text
    if wide := _utf16_without_bom(data):
        return data.decode(wide, "replace")
    if _is_binary(data):
        raise NotTextError(_looks_like(data))
    return _from_code_page(data)


def _is_surely_utf8(data: bytes) -> bool:
    """True for UTF-8 with letters beyond ASCII, whatever is claimed: no code page gives its sequences by chance."""
    return not data.isascii() and b"\0" not in data[:_SAMPLE] and _strictly(data, "utf-8") is not None


def _claimed(data: bytes, charset: str) -> str | None:
    try:
        name = codecs.lookup(charset).name
        if name in _NO_CHARSETS:
            return None
        if name in ("utf-8", "iso8859-1", "ascii", "cp1252"):
            # The commonest false claims: believed only when nothing else fits better.
            return None
        return data.decode(charset)
    except (LookupError, UnicodeDecodeError, ValueError, TypeError):
        return None


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _utf16_without_bom(data: bytes) -> str | None:
    """Arabic in UTF-16 has U+06xx in every second byte, and blanks and line ends as 00 xx."""
    sample = data[:_SAMPLE]
    if len(sample) < 4:
        return None
    high = bytes((0x06, 0x00))
    for encoding, bytes_of in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[0::2])):
        if sum(bytes_of.count(byte) for byte in high) >= 0.9 * len(bytes_of) and bytes_of.count(
            0x06
        ) > bytes_of.count(0):
            return encoding
    return None


def _is_binary(data: bytes) -> bool:
    sample = data[:_SAMPLE]
    if data.startswith(_ANY_SIGNATURE):
        return True
    strange = len(sample) - len(sample.translate(None, _CONTROLS))
    return strange > 0 and (strange > len(sample) // 50 or sample.count(0) > max(3, len(sample) // 200))


def _looks_like(data: bytes) -> str:
    for signature, name in _SIGNATURES:
        if data.startswith(signature):
            return f"{name}, not text"
    return "binary data, not text"


def _from_code_page(data: bytes) -> str:
    """UTF-8 with broken bytes, Windows-1256, ISO-8859-6 or Windows-1252: whichever reads most like Arabic news."""
    readings = [data.decode(name, "replace") for name in ("utf-8", "cp1256", "iso-8859-6", "cp1252")]
    return max(readings, key=_plausibility)


def _plausibility(text: str) -> float:
    sample = text[:20_000]
    words = sum(sample.count(word) for word in _FREQUENT)
    arabic, latin = len(_ARABIC.findall(sample)), len(_LATIN_HIGH.findall(sample))
    broken = sample.count("\ufffd")
    return 4 * words + arabic - 2 * latin - 3 * broken
