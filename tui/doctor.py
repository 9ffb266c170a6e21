"""What ``newsreader doctor`` tells: which terminal this is, what is sent to it and why, and a sentence to judge by.

The report and the variants are pure; :func:`consult` prints them, asks which variant reads
right, and hands the answer to the caller, who keeps it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap

from .i18n import _, language, number
from .terminal import Profile, Replies, Terminal, hints, override, sequences
from .text import Base, Emission, base_of, layout, paint
from .text.row_order import sent_row

SENTENCE = "فاز 3 من 10 في لندن (BBC): «السلامُ مُدَّعًى»، قال كوفيد-19."
"""Joined letters, lam-alef, harakat, numbers, Latin, brackets and quotes: what goes wrong, goes wrong here."""

_VARIABLES = (
    "TERM", "COLORTERM", "TERM_PROGRAM", "LANG", "LC_ALL", "TMUX", "STY", "SSH_TTY",
    "VTE_VERSION", "KONSOLE_VERSION", "MLTERM", "KITTY_WINDOW_ID", "ALACRITTY_WINDOW_ID", "XTERM_VERSION",
)  # fmt: skip
_CHOICES = (("visual", "keep"), ("visual", "strip"), ("kitty", "strip"), ("logical", "keep"))
_ATTEMPTS = 3
_MEASURE = 78


@dataclass(frozen=True, slots=True)
class Variant:
    """The sentence as one pair of settings sends it; ``text`` is what is written, without a line end."""

    number: int
    bidi: str
    marks: str
    text: str


Save = Callable[[str, str, str], str]
"""Keeps a choice: (name of the terminal, bidi, marks) → one line that says where it was written."""


def report(
    terminal: Terminal,
    env: Mapping[str, str],
    settings: Mapping[str, str] | None = None,
    health: Sequence[str] = (),
) -> str:
    """What was found, one fact a line, as logical text.

    ``settings`` are the values of bidi and marks with their sources, ``health`` lines on the
    store; both come from the caller.
    """
    lines = [
        _("Terminal") + ": " + _known(terminal),
        *_answers(terminal.replies),
        *_environment(env),
        *_policy(terminal.profile),
        *(f"{name}: {value}" for name, value in (settings or {}).items()),
        *_font(terminal.is_real),
        *health,
    ]
    return "\n".join(lines)


def _known(terminal: Terminal) -> str:
    if not terminal.is_real:
        return _("none: input or output is not a terminal")
    return f"{terminal.found.name} — {_(terminal.found.reason)}"


def _answers(replies: Replies, label: str = "") -> Iterator[str]:
    """What one terminal answered, then what is known of those outside it."""
    state = {None: _("no answer"), 0: "0", 1: "1", 2: "2"}.get(replies.bidi_mode, str(replies.bidi_mode))
    name, attributes = replies.xtversion or _("no answer"), replies.da2 or _("no answer")
    yield f"{label or _('Answers')}: XTVERSION {name} · DA2 {attributes} · DECRQM 8 {state}"
    for outside in replies.outside:
        yield from _answers(outside.replies, _("Outside") + (f" ({outside.tty})" if outside.tty else ""))
        yield from _environment(outside.env, _("Environment outside"))


def _environment(env: Mapping[str, str], label: str = "") -> Iterator[str]:
    known = [f"{name}={_printable(env[name])}" for name in _VARIABLES if env.get(name)]
    if known:
        yield f"{label or _('Environment')}: " + " ".join(known)


def _policy(profile: Profile) -> Iterator[str]:
    marks = _("harakat kept") if profile.keep_marks else _("harakat left out")
    yield f"{_('Arabic is sent')}: {profile.emission.value}, {marks} — {_(profile.reason)}"
    if profile.switch_off:
        yield f"{_('Sent at the start')}: {_visible(profile.switch_off)} ({profile.route.value})"
        yield f"{_('Sent at the end')}: {_visible(profile.restore)}"
    if profile.hint:
        yield f"{_('To set')}: {hints.in_language(profile.hint, language())}"


def _font(is_real: bool) -> Iterator[str]:
    if is_real:
        yield (
            _("Font") + ": " + _("if letters are missing or uneven, choose one with Arabic presentation forms")
            + ": DejaVu Sans Mono, FreeMono, Unifont, Thabit"
        )  # fmt: skip


def _visible(text: str) -> str:
    """A sequence in letters that can be printed."""
    return text.encode("unicode_escape").decode().replace("\\x1b", "ESC ").replace("\\x07", " BEL").strip()


def _printable(text: str) -> str:
    return "".join(char if char.isprintable() else "?" for char in text)[:80]


def variants(profile: Profile, width: int) -> tuple[Variant, ...]:
    """The sentence in each way it can be sent to the terminal of ``profile``, at the right of ``width`` cells."""
    # Where rows go out in an order of their own, none of the settings gives what was found.
    choices = (("auto", "auto"), *_CHOICES) if profile.orders_rows else _CHOICES
    return tuple(
        Variant(place, bidi, marks, _sent(SENTENCE, override(profile, bidi, marks), width))
        for place, (bidi, marks) in enumerate(choices, 1)
    )


def _sent(text: str, profile: Profile, width: int) -> str:
    """One paragraph as ``profile`` wants it, each line at the side where it begins."""
    base: Base = base_of(text)
    lines = []
    for line in layout(text, width, base, ligate=profile.emission is not Emission.LOGICAL):
        covers = profile.covers if profile.main_font else None
        runs = paint(
            line, emission=profile.emission, keep_marks=profile.keep_marks, can_part=True, covers=covers
        )
        shown = "".join(f"\x1b[1m{run.text}\x1b[22m" if run.is_apart else run.text for run in runs)
        cells = sum(run.width for run in runs)
        row = " " * (width - cells) + shown if line.is_rtl else shown
        lines.append("".join(text for text, _ in sent_row(row)) if profile.orders_rows else row)
    return "\n".join(lines)


def settings_for(variant: Variant, found: Profile) -> tuple[str, str]:
    """The settings (bidi, marks) that a chosen variant means; ``auto`` where it is what the probe found itself."""
    chosen = override(found, variant.bidi, variant.marks)
    if (chosen.emission, chosen.keep_marks) == (found.emission, found.keep_marks):
        return "auto", "auto"
    is_marks_default = override(found, variant.bidi).keep_marks == chosen.keep_marks
    return (
        "auto" if chosen.emission is found.emission else variant.bidi,
        "auto" if is_marks_default and chosen.emission is not found.emission else variant.marks,
    )


def consult(
    terminal: Terminal,
    lines: str,
    width: int,
    read: Callable[[], str],
    write: Callable[[str], object],
    save: Save,
) -> bool:
    """Print a report and the variants, ask which reads right, and have the answer kept; True when it was.

    ``read`` gives one line of the user and raises EOFError at the end of input. Where there is no
    terminal the report is all: it goes out as it is, and nothing is asked.
    """
    if not terminal.is_real:
        write(lines + "\n")
        return False
    width = max(20, min(width - 1, _MEASURE))
    for line in lines.splitlines():
        write(_sent(line, terminal.profile, width) + "\n")
    write("\n")
    for variant in variants(terminal.found, width - 4):
        _show(variant, terminal.found, write)
    write("\n")
    for text in wrap(
        _("Right is: it begins at the right with فاز, letters joined, BBC and 10 from left to right."), width
    ):
        write(_sent(text, terminal.profile, width) + "\n")
    variant_chosen = _ask(terminal, width, read, write)
    return variant_chosen is not None and _keep(variant_chosen, terminal, width, write, save)


def _show(variant: Variant, found: Profile, write: Callable[[str], object]) -> None:
    """Write one variant with its number, the terminal in the state that goes with it.

    Only ECMA-48 mode 8 belongs to a row; the switches of Konsole and mlterm would turn every
    line on the screen over, so there all variants stand under the same one.
    """
    is_by_row = found.switch_off == sequences.EXPLICIT and variant.bidi == "logical"
    before, after = (sequences.IMPLICIT, sequences.EXPLICIT) if is_by_row else ("", "")
    first, *others = variant.text.split("\n")
    rows = [f"{variant.number})  {first}", *(f"    {other}" for other in others)]
    # The state is given to the row of the cursor before anything stands in it.
    write("".join(f"{before}{row}\n" for row in rows) + after)


def _ask(
    terminal: Terminal, width: int, read: Callable[[], str], write: Callable[[str], object]
) -> Variant | None:
    """The variant the user names by its number; None when they leave it."""
    shown = variants(terminal.found, width)
    question = _("Which number reads right? (Enter: leave it as it is)")
    for _attempt in range(_ATTEMPTS):
        write(_sent(question, terminal.profile, width) + "\n> ")
        try:
            answer = read().strip()
        except EOFError:
            return None
        if not answer:
            return None
        # Arabic-Indic digits are numbers too.
        if answer.isdecimal() and 1 <= int(answer) <= len(shown):
            return shown[int(answer) - 1]
        wanted = _("a number from 1 to") + " " + number(len(shown))
        write(_sent(wanted, terminal.profile, width) + "\n")
    return None


def _keep(
    variant: Variant, terminal: Terminal, width: int, write: Callable[[str], object], save: Save
) -> bool:
    bidi, marks = settings_for(variant, terminal.found)
    if (bidi, marks) == (terminal.bidi, terminal.marks):
        write(_sent(_("That is what is sent already; nothing to change."), terminal.profile, width) + "\n")
        return False
    write(_sent(save(terminal.found.name, bidi, marks), terminal.profile, width) + "\n")
    return True
