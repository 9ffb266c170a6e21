"""What only the user can set, in one sentence each, for terminals that have no switch."""

from __future__ import annotations

# Each fits in 78 cells: a hint that is cut off does not help.
PUTTY = "PuTTY: if Arabic reads backwards here, press F9; newsreader doctor keeps that"
APPLE = "Apple Terminal: if Arabic reads backwards, press F9 or run newsreader doctor"
MOSH = "mosh: if Arabic reads backwards, quit and run first: printf '\\e[8l'"
TMUX = "tmux: if Arabic reads backwards, run: tmux set -g allow-passthrough on"
CONSOLE = "The Linux console cannot join Arabic letters: use a terminal window, or ssh"

_ARABIC = {
    PUTTY: "في PuTTY: إن ظهرت العربية معكوسة فاضغط F9؛ ويحفظ newsreader doctor ذلك",
    APPLE: "في Apple Terminal: إن ظهرت العربية معكوسة فاضغط F9 أو شغّل newsreader doctor",
    MOSH: "في mosh: إن ظهرت العربية معكوسة فاخرج وشغّل قبله: printf '\\e[8l'",
    TMUX: "في tmux: إن ظهرت العربية معكوسة فشغّل: tmux set -g allow-passthrough on",
    CONSOLE: "طرفية لينُكس النصية لا تصل الحروف العربية: استعمل نافذة طرفية، أو ssh منها",
}


def in_language(hint: str, language: str) -> str:
    """The hint in ``language`` (``ar`` or anything else for English); unknown hints stay as they are."""
    return _ARABIC.get(hint, hint) if language.startswith("ar") else hint
