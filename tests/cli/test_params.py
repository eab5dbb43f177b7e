"""How options are spelt and read, what Tab offers, and that reading them in the short way changes nothing."""

import json
import os
import subprocess
import sys
from enum import StrEnum
from typing import Annotated, Any

import pytest
import typer

from charterkit.choices import REPORT_AUDIENCES, REVIEW_STATES
from charterkit.cli import app as cli
from charterkit.cli import params
from charterkit.cli.light import lightened
from charterkit.cli.rules import FORMATS
from charterkit.documents import DOCUMENTS
from charterkit.render.findings import rules
from charterkit.rules.registry import RULES

from .calling import call, environment, example


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    root = example(tmp_path_factory.mktemp("params"), "example-primary", "example-secondary")
    for name in ("-rf", "$(reboot)", "a b", "né"):
        (root / "schools" / name).mkdir()
        (root / "schools" / name / "school.yaml").write_text("name: Odd\n", encoding="utf-8")
    return root


# -- what Tab offers


def offered(line, cwd):
    """What a shell is told to offer at the end of a line."""
    words = f"charterkit {line}"
    asked = environment(_CHARTERKIT_COMPLETE="complete_bash", COMP_WORDS=words, COMP_CWORD=str(words.count(" ")))
    done = subprocess.run(
        [sys.executable, "-m", "charterkit"], cwd=cwd, env=asked, capture_output=True, encoding="utf-8", check=False
    )
    assert done.stderr == ""
    return done.stdout.split()


@pytest.mark.alike(4)
@pytest.mark.parametrize(
    ("line", "some"),
    [
        ("policies --format ", list(DOCUMENTS["register"].formats)),
        ("render-poster --format p", ["pdf", "png"]),
        ("check --format s", ["sarif"]),
        ("policies --state ", list(REVIEW_STATES)),
        ("report --audience ", list(REPORT_AUDIENCES)),
        ("report ", ["example-primary", "example-secondary"]),
        ("sign --school example-p", ["example-primary"]),
        ("sign ", ["community-engagement"]),
        ("report --charter ", ["community-engagement"]),
        ("compare example-primary --from 2024", ["2024-25-autumn"]),
        ("compare --from 2024", ["2024-25-spring", "2024-25-autumn"]),
        ("compare example-secondary --to 2026-27-a", ["2026-27-autumn"]),
        ("policy show parent", ["parent-carer-engagement"]),
        ("action done y", ["you-said-board"]),
        ("explain CK10", [code for code in RULES if code.startswith("CK10")]),
        ("check --select unknown-l", ["unknown-level"]),
        ("render-form --lang u", ["ur"]),
    ],
)
def test_tab_offers(workspace, line, some):
    assert offered(line, workspace) == some


@pytest.mark.alike(5)
@pytest.mark.parametrize("line", ["report ", "policy show ", "compare --from ", "report --charter ", "sign --school "])
def test_tab_is_silent_where_there_is_no_workspace(tmp_path, line):
    assert offered(line, tmp_path) == []


@pytest.mark.parametrize("line", ["--workspace nowhere report ", "--workspace charterkit.yaml policy show "])
def test_tab_is_silent_where_the_workspace_is_none(workspace, line):
    assert offered(line, workspace) == []


def test_tab_goes_on_after_what_cannot_be_read(workspace):
    assert offered("report --cycle never --audience g", workspace) == ["governors"]


# -- spellings


OLD = [
    (("check", "--output-format", "json"), ("check", "--format", "json")),
    (("translate", "status", "--language", "ur"), ("translate", "status", "--lang", "ur")),
    (("translate", "status", "--language=ur"), ("translate", "status", "--lang=ur")),
    (("render-poster", "--language", "ur"), ("render-poster", "--lang", "ur")),
]


@pytest.mark.parametrize(("old", "new"), OLD)
def test_an_old_spelling_means_the_same(workspace, old, new):
    was, now = call(*old, cwd=workspace), call(*new, cwd=workspace)
    assert was.stdout
    assert (was.returncode, was.stdout, was.stderr) == (now.returncode, now.stdout, now.stderr)


@pytest.mark.parametrize("option", ["--output-file", "--out", "--output", "-o"])
def test_every_spelling_of_the_output_writes(workspace, option):
    done = call("check", option, f"found{option}.json", "--exit-zero", cwd=workspace)
    assert done.returncode == 0, done.stderr
    assert json.loads((workspace / f"found{option}.json").read_text(encoding="utf-8"))


def options():
    """Every option of every command."""
    group: Any = typer.main.get_command(cli.app)
    commands = [group.get_command(None, name) for name in cli.VERBS]
    commands += [inner for command in commands for inner in getattr(command, "commands", {}).values()]
    return [option for command in commands for option in command.params]


def test_no_help_names_an_old_spelling():
    said = {name.lstrip("-") for option in options() for name in option.opts}
    assert not said & params.OLD_SPELLINGS.keys()
    assert said >= set(params.OLD_SPELLINGS.values())


def test_what_rules_can_be_made_into_stands_once_for_help():
    assert tuple(rules.FORMATS) == FORMATS


# -- the short way of reading, against typer's own


class Colour(StrEnum):
    red = "red"
    blue = "blue"


def doubled(text: str) -> Any:
    if text == "wrong":
        raise ValueError("this is wrong")
    return text * 2


def made():
    """A command with every kind of option and argument that charterkit's own have."""
    app, seen = typer.Typer(rich_markup_mode=None), []

    @app.command()
    def command(  # noqa: PLR0917 - one of every kind
        needed: Annotated[str, typer.Argument()],
        words: Annotated[list[str] | None, typer.Argument()] = None,
        text: Annotated[str | None, typer.Option("--text", "-t", envvar="LIGHT_TEXT")] = None,
        usual: Annotated[str, typer.Option()] = "usual",
        read: Annotated[object | None, typer.Option(parser=doubled)] = None,
        standing: Annotated[object, typer.Option(parser=doubled)] = "s",
        several: Annotated[list[str] | None, typer.Option()] = None,
        many: Annotated[list[str] | None, typer.Option(parser=doubled)] = None,
        number: Annotated[int | None, typer.Option()] = None,
        colour: Annotated[Colour, typer.Option()] = Colour.red,
        flag: Annotated[bool, typer.Option("--flag")] = False,
        both: Annotated[bool, typer.Option("--both/--neither")] = True,
        eager: Annotated[bool, typer.Option("--eager", is_eager=True, callback=lambda value: not value)] = False,
    ) -> None:
        seen.append(dict(locals()) | {"seen": None, "app": None})

    return app, seen


CALLS = [
    ("a",),
    ("a", "b", "c"),
    ("a", "--text", "x", "--usual", "", "--read", "r", "--standing", "t"),
    ("a", "-t", "x", "--several", "1", "--several", "2", "--many", "1", "--many", "2"),
    ("a", "--number", "3", "--colour", "blue", "--flag", "--neither", "--eager"),
    (),
    ("a", "--number", "three"),
    ("a", "--colour", "green"),
    ("a", "--read", "wrong"),
    ("a", "--many", "wrong"),
    ("a", "--text"),
    ("a", "--nothing"),
]


@pytest.mark.parametrize("arguments", CALLS)
@pytest.mark.parametrize("more", [{}, {"LIGHT_TEXT": "from outside"}, {"LIGHT_TEXT": ""}])
def test_the_short_way_reads_what_typer_reads(arguments, more, monkeypatch):
    for name, value in more.items():
        monkeypatch.setitem(os.environ, name, value)
    found = []
    for prepared in (lambda command: command, lightened):
        app, seen = made()
        command = prepared(typer.main.get_command(app))
        try:
            command.main(list(arguments), standalone_mode=False)
            found.append(seen[0])
        except typer.TyperException as error:
            found.append((type(error).__name__, error.format_message()))
    assert found[0] == found[1]
    assert isinstance(found[0], dict) == (arguments in CALLS[:5])


def kind(option):
    """What reading an option depends on."""
    described = option.type_descriptor
    return (
        option.param_type_name,
        str(described.annotation) if described.parameter_info.parser is None else "parsed",
        option.multiple if option.param_type_name == "option" else option.nargs == -1,
    )


def test_every_kind_of_option_there_is_was_read_both_ways():
    assert {kind(option) for option in options()} <= {
        kind(option) for option in typer.main.get_command(made()[0]).params
    }
