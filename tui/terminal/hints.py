"""What only the user can set, in one sentence each, for terminals that have no switch."""

from __future__ import annotations

PUTTY = (
    "PuTTY reorders Arabic by itself: in Terminal > Features tick “Disable Arabic text shaping” "
    "and “Disable bidirectional text display”."
)
APPLE = (
    "Apple Terminal reorders Arabic by itself; run “newsreader doctor” and choose the line that reads right."
)
MOSH = "mosh hides the terminal outside; if Arabic reads backwards, run printf '\\e[8l' before mosh."
TMUX = "This tmux cannot be asked; if Arabic reads backwards, run: tmux set -g allow-passthrough on"
CONSOLE = "The Linux console has no joined Arabic letters; use a terminal window, or ssh from one."

_ARABIC = {
    PUTTY: (
        "يعيد PuTTY ترتيب العربية بنفسه: في Terminal > Features فعّل "
        "“Disable Arabic text shaping” و“Disable bidirectional text display”."
    ),
    APPLE: "يعيد Apple Terminal ترتيب العربية بنفسه؛ شغّل “newsreader doctor” واختر السطر الصحيح.",
    MOSH: "يخفي mosh الطرفية الخارجية؛ إذا ظهرت العربية معكوسة فشغّل printf '\\e[8l' قبل mosh.",
    TMUX: "تعذّر سؤال tmux هذا؛ إذا ظهرت العربية معكوسة فشغّل: tmux set -g allow-passthrough on",
    CONSOLE: "لا حروف عربية موصولة في طرفية لينُكس النصية؛ استعمل نافذة طرفية أو ssh منها.",
}


def in_language(hint: str, language: str) -> str:
    """The hint in ``language`` (``ar`` or anything else for English); unknown hints stay as they are."""
    return _ARABIC.get(hint, hint) if language.startswith("ar") else hint
