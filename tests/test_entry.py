"""The program's door: options of the reader alone open it at once, everything else goes to the command line."""

from __future__ import annotations

import pytest

from tui.cli import cli
from tui.entry import _READER_OPTIONS, reader_flags


@pytest.mark.parametrize(
    ("arguments", "flags"),
    [
        ([], {}),
        (["--lang", "ar"], {"lang": "ar"}),
        (["--lang=ar", "--store", "x.db"], {"lang": "ar", "store": "x.db"}),
        (["--store=a=b.db"], {"store": "a=b.db"}),
        (["--slow"], {"slow": "true"}),
        (["--slow", "--lang", "en"], {"slow": "true", "lang": "en"}),
        (["--set", "digits=western"], None),
        (["--store", "first", "--store", "second"], {"store": "second"}),
        (["seeds/"], None),
        (["--lang", "ar", "list"], None),
        (["--help"], None),
        (["--version"], None),
        (["-h"], None),
        (["--lang"], None),
        (["--lang", "--store"], None),
        (["--lan", "ar"], None),
        (["--"], None),
        ([""], None),
    ],
)
def test_what_goes_straight_to_the_reader(arguments: list[str], flags: dict[str, str] | None) -> None:
    assert reader_flags(arguments) == flags


def test_the_door_knows_the_options_of_the_command_line() -> None:
    # An option that only one of the two knows would mean two things.
    valued = {
        option.removeprefix("--")
        for parameter in cli.params
        for option in parameter.opts
        if option.startswith("--") and not getattr(parameter, "is_flag", False)
    }
    # One that is rarely given takes the longer way.
    assert valued - {"set"} == set(_READER_OPTIONS)
