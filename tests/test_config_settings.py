"""Settings: which source wins, what is refused and how it is said, what is written into the file."""

from __future__ import annotations

import json
import tomllib
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from cli_harness import run
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tui.config import BOUNDS, CHOICES, TABLES, ConfigError, Settings, examine, load
from tui.config_file import init, set_value
from tui.locations import config_file, store_path
from tui.themes import PALETTES


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "folder" / "config.toml"


def written(file: Path, text: str) -> Path:
    file.parent.mkdir(exist_ok=True)
    file.write_text(text)
    return file


def test_flags_win_over_environment_over_file_over_defaults(file: Path) -> None:
    written(file, 'theme = "night"\nmeasure = 60\nlang = "ar"\n')
    environment = {"NEWSREADER_THEME": "paper", "NEWSREADER_MEASURE": "70", "OTHER": "x"}
    config = load(file, environment, {"theme": "terminal", "lang": None})
    assert (config.settings.theme, config.sources["theme"]) == ("terminal", "command line")
    assert (config.settings.measure, config.sources["measure"]) == (70, "environment")
    assert (config.settings.lang, config.sources["lang"]) == ("ar", str(file))
    assert (config.settings.justify, config.sources["justify"]) == (False, "default")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('them = "night"', "no setting is called them; did you mean theme?"),
        (
            'theme = "nihgt"',
            "theme is one of terminal, night, paper, mono, textual-dark, textual-light … (23 in all), not 'nihgt'; did you mean night?",
        ),
        ("theme = 3", "theme is a text, not 3"),
        ("measure = 5", "measure is a number from 20 to 400, not 5"),
        ("measure = true", "measure is a number from 20 to 400, not True"),
        ('hijri = "perhaps"', "hijri is true or false, not 'perhaps'"),
        ("keys = 3", "keys is a table"),
        ("[keys]\ntag = 3", "keys is a table"),
        ("[terminal]\nbidi = 'visual'", "terminal is for tables [terminal.NAME]"),
        (
            "[terminal.xterm]\nbid = 'visual'",
            "[terminal.xterm]: no setting is called bid; did you mean bidi?",
        ),
        ("[terminal.xterm]\nbidi = 'x'", "bidi is one of auto, visual, logical, kitty"),
        ("theme = ", "Invalid value"),
        ("a = " + "[" * 5000, "nested too deeply"),
        ("\udcff", "utf-8"),
    ],
)
def test_what_cannot_be_is_one_line_with_its_place(text: str, said: str, file: Path) -> None:
    file.parent.mkdir()
    file.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(ConfigError) as caught:
        load(file, {}, {})
    assert said in str(caught.value)
    assert str(caught.value).startswith(str(file))
    assert "\n" not in str(caught.value)


def test_the_environment_is_read_as_what_the_setting_is() -> None:
    config = load(Path("/nonexistent"), {"NEWSREADER_HIJRI": "yes", "NEWSREADER_MEASURE": "٦٠"}, {})
    assert (config.settings.hijri, config.settings.measure) == (True, 60)
    with pytest.raises(ConfigError, match="environment: slow is true or false"):
        load(Path("/nonexistent"), {"NEWSREADER_SLOW": "quick"}, {})


def test_what_is_chosen_for_a_terminal_holds_there_unless_a_run_says_otherwise(file: Path) -> None:
    written(file, 'bidi = "logical"\n[terminal."xterm in tmux"]\nbidi = "kitty"\nmarks = "strip"\n')
    settings = load(file, {}, {}).settings
    assert settings.for_terminal("xterm in tmux") == ("kitty", "strip")
    assert settings.for_terminal("VTE") == ("logical", "auto")
    settings = load(file, {"NEWSREADER_MARKS": "keep"}, {"bidi": "visual"}).settings
    assert settings.for_terminal("xterm in tmux") == ("visual", "keep")


def test_every_choice_and_bound_belongs_to_a_setting() -> None:
    names = {item.name for item in fields(Settings)}
    assert set(CHOICES) | set(BOUNDS) | set(TABLES) <= names
    defaults = Settings()
    for name, choices in CHOICES.items():
        assert getattr(defaults, name) in choices
    for name, (low, high) in BOUNDS.items():
        assert low <= getattr(defaults, name) <= high
    assert set(PALETTES) <= set(CHOICES["theme"])


def test_all_problems_are_told_at_once(file: Path) -> None:
    written(file, 'them = 1\nmeasure = 0\nlang = "en"\n')
    config, problems = examine(file, {"NEWSREADER_DIGITS": "roman"}, {})
    assert len(problems) == 3
    assert config.settings.lang == "en"


def test_init_writes_every_setting_and_changes_nothing(file: Path) -> None:
    names = init(file)
    assert set(names) == {item.name for item in fields(Settings)}
    assert load(file, {}, {}).settings == Settings()
    # Each line, uncommented, is its default.
    plain = file.read_text().split("# [keys]")[0]
    uncommented = [line[2:] for line in plain.splitlines() if line.startswith("# ") and " = " in line]
    values: dict[str, Any] = {}
    for line in uncommented:
        values |= tomllib.loads(line)
    for item in fields(Settings):
        if item.name not in TABLES:
            assert values[item.name] == getattr(Settings(), item.name)
    before = file.read_bytes()
    assert init(file) == ()
    assert file.read_bytes() == before


def test_init_keeps_what_is_there(file: Path) -> None:
    text = '# mine\ntheme = "night" # dark\nstore = """\n[x]\n"""\n\n[keys]\ntag = "t"\n'
    written(file, text)
    names = init(file)
    assert "theme" not in names
    assert "keys" not in names
    assert "lang" in names
    found = load(file, {}, {}).settings
    assert (found.theme, found.store, dict(found.keys)) == ("night", "[x]\n", {"tag": "t"})
    after = file.read_text()
    for line in text.splitlines():
        assert line in after.splitlines()
    # What is added stands above the first table: without its # it is no key of that table.
    lang = '# lang = "auto"'
    assert after.index(lang) < after.index("[keys]")
    file.write_text(after.replace(lang, 'lang = "en"'))
    assert load(file, {}, {}).settings.lang == "en"


def test_set_value_keeps_comments_and_order(file: Path) -> None:
    written(file, '# mine\ntheme = "night" # dark\n\n[keys]\n# a key\ntag = "t"\n')
    set_value(file, "theme", "paper")
    set_value(file, "measure", 60)
    set_value(file, ("terminal", "xterm.js", "bidi"), "visual")
    set_value(file, ("terminal", "xterm.js", "marks"), "strip")
    set_value(file, ("terminal", "VTE", "bidi"), "logical")
    text = file.read_text()
    assert 'theme = "paper" # dark' in text
    assert "# mine" in text
    assert "# a key" in text
    found = load(file, {}, {}).settings
    assert (found.theme, found.measure, dict(found.keys)) == ("paper", 60, {"tag": "t"})
    assert found.for_terminal("xterm.js") == ("visual", "strip")
    assert found.for_terminal("VTE") == ("logical", "auto")


def test_set_value_refuses_what_could_not_be_read_again(file: Path) -> None:
    written(file, 'theme = "night"\n')
    before = file.read_bytes()
    for name, value in (
        ("theme", "blue"),
        ("measure", 1),
        ("them", "night"),
        (("terminal", "x", "y"), "z"),
        (("theme", "x"), 1),
    ):
        with pytest.raises(ConfigError):
            set_value(file, name, value)  # type: ignore[arg-type]
    assert file.read_bytes() == before
    assert [path.name for path in file.parent.iterdir()] == ["config.toml"]


def test_a_config_that_is_a_link_stays_one(tmp_path: Path, file: Path) -> None:
    real = written(tmp_path / "dotfiles.toml", 'theme = "night"\n')
    real.chmod(0o600)
    file.parent.mkdir()
    file.symlink_to(real)
    set_value(file, "theme", "paper")
    assert file.is_symlink()
    assert real.read_text() == 'theme = "paper"\n'
    assert real.stat().st_mode & 0o777 == 0o600


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_name_of_a_terminal_can_be_kept(tmp_path: Path, name: str) -> None:
    file = tmp_path / "any.toml"
    file.unlink(missing_ok=True)
    set_value(file, ("terminal", name, "bidi"), "visual")
    assert load(file, {}, {}).settings.for_terminal(name) == ("visual", "auto")


def test_where_things_are(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert config_file({"NEWSREADER_CONFIG": "/x/y.toml"}) == Path("/x/y.toml")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert config_file({}) == tmp_path / "newsreader" / "config.toml"
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert store_path("") == tmp_path / "newsreader" / "newsreader.db"
    monkeypatch.setenv("HOME", str(tmp_path))
    assert store_path("~/a.db") == tmp_path / "a.db"
    for bad in ("~no_such_user_here/a.db", "a\0b"):
        with pytest.raises(ConfigError):
            store_path(bad)


# The commands


def test_config_commands(file: Path) -> None:
    where = {"NEWSREADER_CONFIG": str(file)}
    assert run("config", "path", **where).out == f"{file}\n"
    assert run("config", "init", **where).code == 0
    assert run("config", "set", "theme", "night", **where).code == 0
    assert run("config", "set", "measure", "66", **where).code == 0
    assert run("config", "set", "hijri", "yes", **where).code == 0
    assert run("config", "set", "keys.tag", "t,ctrl+t", **where).code == 0
    assert run("config", "set", "terminal.xterm.js.bidi", "visual", **where).code == 0
    found = load(file, {}, {}).settings
    assert (found.theme, found.measure, found.hijri, dict(found.keys)) == (
        "night",
        66,
        True,
        {"tag": "t,ctrl+t"},
    )
    assert found.for_terminal("xterm.js") == ("visual", "auto")
    shown = run("config", "show", **where).out
    assert f'theme = "night"  # {file}\n' in shown
    assert 'lang = "en"  # environment\n' in shown
    assert {item.name for item in fields(Settings)} == set(tomllib.loads(shown))
    records = [json.loads(line) for line in run("config", "show", "--json", **where).out.splitlines()]
    assert {"name": "theme", "value": "night", "source": str(file)} in records
    refused = run("config", "set", "them", "night", **where)
    assert (refused.code, refused.err) == (2, "newsreader: no setting is called them; did you mean theme?\n")
    assert run("config", "set", "theme", "blue", **where).code == 2


def test_config_validate_tells_everything_with_exit_code_2(file: Path) -> None:
    where = {"NEWSREADER_CONFIG": str(file)}
    assert run("config", "validate", **where).code == 0
    written(file, 'them = 1\nmeasure = 0\n[keys]\ntagg = "t"\n')
    result = run("config", "validate", NEWSREADER_THEMES="x", **where)
    assert result.code == 2
    lines = result.out.splitlines()
    assert len(lines) == 4, lines
    assert "did you mean theme?" in lines[0]
    assert "measure is a number" in lines[1]
    assert "NEWSREADER_THEMES" in lines[2]
    assert "did you mean NEWSREADER_THEME?" in lines[2]
    assert "tagg" in lines[3]
    stopped = run("list", **where)
    assert (stopped.code, stopped.err.count("\n")) == (2, 1)
