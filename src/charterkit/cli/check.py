"""`charterkit check`: every rule over the workspace."""

import contextlib
import itertools
import os
import re
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperCommand

from charterkit.cli.check_scope import STDIN, CheckScope, scope_of
from charterkit.cli.cluster import hands_of
from charterkit.cli.options import Session, session
from charterkit.cli.output import deliver, on_screen, refuse_sources
from charterkit.cli.params import ClusterOption, JobsOption, OutputOption, TodayOption, day, tab
from charterkit.cli.progress import progress
from charterkit.errors import CharterkitError, Refused
from charterkit.files.notices import COPIES, passed_over
from charterkit.files.places import SETTINGS, cache_folder
from charterkit.records import dataclass
from charterkit.render.findings import FORMATS
from charterkit.resources import builtin
from charterkit.rules.running.narrowing import under, without

if TYPE_CHECKING:
    from charterkit.cli.progress import Told
    from charterkit.findings import CheckResult
    from charterkit.many.hands import Hands
    from charterkit.render.findings.style import Style

app = typer.Typer(rich_markup_mode=None)
_ENDINGS = {".json": "json", ".sarif": "sarif", ".xml": "junit"}
_FROM_REPOSITORY = ("github", "sarif")
"""Formats whose readers look for paths from the top of the repository, wherever in it the workspace lies."""


class _Check(TyperCommand):
    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401 - typer's signature
        """Whoever hands over the names of files may have one that reads like an option: it is never taken for one."""
        for itertool in itertools.takewhile(lambda text: text != "--", args):
            if itertool.startswith("-") and itertool != STDIN and os.path.lexists(itertool):
                raise Refused("option-is-file", one=itertool)
        return super().parse_args(ctx, args)


@app.command(cls=_Check, short_help="Check the files and how they fit together.")
def check(
    ctx: typer.Context,
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="PATH", help="Files or folders; the whole workspace when left out; - for stdin."),
    ] = None,
    output_format: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="|".join(FORMATS),
            autocompletion=tab("words", FORMATS),
            help="Left out: told by the name of -o FILE, else github in GitHub Actions, or text.",
        ),
    ] = None,
    output: OutputOption = None,
    select: Annotated[
        list[str] | None,
        typer.Option(
            metavar="CODES", help="Only these rules: CK304,CK5 (with all that begin so).", autocompletion=tab("codes")
        ),
    ] = None,
    ignore: Annotated[
        list[str] | None, typer.Option(metavar="CODES", help="All rules but these.", autocompletion=tab("codes"))
    ] = None,
    statistics: Annotated[bool, typer.Option("--statistics", help="How often each code was found.")] = False,
    notes: Annotated[
        bool, typer.Option("--notes", help="List each note too; otherwise a line counts those of a rule.")
    ] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 1 for warnings too.")] = False,
    exit_zero: Annotated[bool, typer.Option("--exit-zero", help="Exit with 0 whatever is found.")] = False,
    fix: Annotated[bool, typer.Option("--fix", help="Mend what is safe to mend, and show the rest.")] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Show what --fix would change; write nothing.")] = False,
    stdin_filename: Annotated[
        str | None, typer.Option(metavar="PATH", help="With -: where in the workspace the text belongs.")
    ] = None,
    list_files: Annotated[bool, typer.Option("--list-files", help="List the files that would be checked.")] = False,
    no_cache: Annotated[bool, typer.Option("--no-cache", help="Check every file, also what has not changed.")] = False,
    jobs: JobsOption = None,
    cluster: ClusterOption = None,
    today: TodayOption = None,
) -> None:
    """Check the files: can they be read, and do they fit together? Exits with 1 when something is wrong."""
    call = session(ctx)
    chosen = _format(output_format, output, statistics=statistics)
    scope = scope_of(call, paths or [], stdin_filename, changes=fix or diff)
    if list_files:
        _list(scope)
        return
    if diff:
        _show_diff(call, scope)
        return
    refuse_sources(call, output)
    if fix:
        _mend(call, scope)
    with hands_of(call, cluster, jobs) as hands, progress(call, "Checking") as told:
        wish = _Asked(day(today), _codes(select), _codes(ignore), jobs, is_cached=not no_cache)
        result = _result(scope, wish, hands, told)
    passed_over(COPIES)  # the findings say it
    if scope.only is not None and not result.files:
        call.say("None of these paths is a file that is checked, or a folder with one.")
    style = _style(call, chosen, output, strict=strict, notes=notes or bool(select))
    _show(call, result, chosen, style, output, statistics=statistics)
    if not exit_zero and any(map(style.fails, result.findings)):
        raise typer.Exit(1)


# -- what is asked for


def _format(wanted: str | None, output: str | None, *, statistics: bool) -> str:
    from charterkit.render.findings.as_statistics import STATISTICS

    formats = STATISTICS if statistics else FORMATS
    if wanted is None:
        is_action = os.environ.get("GITHUB_ACTIONS") == "true"
        likely = _ENDINGS.get(Path(output).suffix.lower()) if output else ("github" if is_action else None)
        return likely if likely in formats else "text"
    if wanted not in formats:
        is_known = wanted in FORMATS
        raise Refused("no-statistics-format" if is_known else "no-format", wanted=wanted, known=formats)
    return wanted


def _codes(lists: list[str] | None) -> list[str]:
    """Codes, or beginnings of some, from lists with commas; a rule's name stands for its code."""
    words = [word.strip() for text in lists or () for word in text.split(",") if word.strip()]
    if all(re.fullmatch("CK[0-9]*", word) for word in words):
        return words
    from charterkit.rules.registry import RULES

    names = {rule.name: code for code, rule in RULES.items()}
    return [names.get(word.lower(), word.upper()) for word in words]


def _style(call: Session, chosen: str, output: str | None, *, strict: bool, notes: bool) -> "Style":
    from charterkit.render.findings.style import Style

    folder = _folder(call.root) if chosen in _FROM_REPOSITORY else ""
    colour, columns = output is None and call.is_coloured, 0 if output else call.columns
    return Style(colour=colour, strict=strict, folder=folder, columns=columns, notes=notes)


def _folder(root: Path) -> str:
    """The way from the top of the repository to the workspace: "" or "data/ours/"."""
    checkout = os.environ.get("GITHUB_WORKSPACE")
    tops = [Path(checkout)] if checkout and root.is_relative_to(checkout) else [root, *root.parents]
    top = tops[0] if len(tops) == 1 else next((path for path in tops if (path / ".git").exists()), root)
    way = root.relative_to(top).as_posix()
    return "" if way == "." else f"{way}/"


# -- what is done


@dataclass(frozen=True)
class _Asked:
    """The options of a check that say how it is done."""

    today: date
    select: list[str]
    ignore: list[str]
    jobs: int | None
    is_cached: bool


def _result(scope: CheckScope, asked: _Asked, hands: "Hands | None", told: "Told | None") -> "CheckResult":
    today, select, ignore = asked.today, asked.select, asked.ignore
    if scope.unsaved:
        from charterkit.rules.running.check import check

        return check(scope.workspace, today, scope.only, select=select, ignore=ignore)
    from charterkit.findings import Code
    from charterkit.many.cache import Cache
    from charterkit.many.program import program
    from charterkit.rules.running.run import Wish, run

    wish = Wish(today, scope.only, tuple(select), tuple(ignore), asked.jobs)
    cache = None
    with contextlib.suppress(OSError):  # a user without a home has no cache
        cache = Cache(cache_folder() / "check", scope.root, program(builtin())) if asked.is_cached else None
    found = run(scope.root, builtin(), wish, cache, hands=hands, progress=told)
    if scope.only is None and _is_looked_for(Code.PRIVATE_KEY, select, ignore):
        found = _with_keys(found, scope.root)
    return without(found, scope.without) if scope.without else found


def _is_looked_for(code: str, select: list[str], ignore: list[str]) -> bool:
    return any(code.startswith(begun) for begun in select or [code]) and not any(map(code.startswith, ignore))


def _with_keys(found: "CheckResult", root: Path) -> "CheckResult":
    """What was found, and private keys in other files and in the git history: where certificates are issued."""
    try:
        is_issuer = re.search(rb"^issuer:", (root / SETTINGS).read_bytes(), re.MULTILINE) is not None
    except OSError:
        is_issuer = False
    if not is_issuer:
        return found
    from dataclasses import replace

    from charterkit.files.secrets import keys_in_history, stray_keys
    from charterkit.rules.secret_keys import found_at

    here = set(stray_keys(root))
    before = {path for path in keys_in_history(root, os.environ, Path.cwd()) if path not in here}
    more = [found_at(path, in_history=path in before) for path in sorted(here | before)]
    return replace(found, findings=(*found.findings, *more))


def _list(scope: CheckScope) -> None:
    for path, _ in scope.workspace.paths():
        if (scope.only is None or under(path, scope.only)) and not under(path, scope.without):
            typer.echo(_for_screen(path.replace("\n", "\ufffd").replace("\r", "\ufffd")))


def _for_screen(text: str) -> str:
    """Exact for a program, harmless for a terminal and a log."""
    from charterkit.cli.calm import is_action
    from charterkit.text.safe import visible

    return visible(text) if is_action() or sys.stdout.isatty() else text


def _show_diff(call: Session, scope: CheckScope) -> None:
    from charterkit.render.findings.diff import unified

    changes = _fixes(scope)
    for path, (before, after) in sorted(changes.items()):
        sys.stdout.write(_for_screen(unified(path, before, after)))
    call.say(f"--fix would mend {_files(len(changes))}." if changes else "There is nothing that --fix would mend.")


def _fixes(scope: CheckScope) -> dict[str, tuple[bytes, bytes]]:
    """What --fix would change, of each file what it is and what it would be."""
    from charterkit.rules.running.fix import fixes

    found = fixes(scope.workspace, scope.only)
    return {path: texts for path, texts in found.items() if not under(path, scope.without)}


def _mend(call: Session, scope: CheckScope) -> None:
    from charterkit.files.write import save

    changes = _fixes(scope)
    for done, (path, (before, after)) in enumerate(sorted(changes.items())):
        try:
            save(scope.root / path, before, after, scope.root)
        except CharterkitError:
            if done:
                call.warn(f"Mended {_files(done)} before this one:")
            raise
    call.say(f"Mended {_files(len(changes))}." if changes else "There was nothing that --fix could mend.")


def _files(count: int) -> str:
    return f"{count:,} file{'s' if count != 1 else ''}"


def _show(
    call: Session, result: "CheckResult", chosen: str, style: "Style", output: str | None, *, statistics: bool
) -> None:
    from charterkit.cli.calm import command
    from charterkit.render.findings.as_statistics import STATISTICS
    from charterkit.render.findings.style import total

    text = (STATISTICS if statistics else FORMATS)[chosen](result, style)
    if output is not None:
        deliver(call, text, output)
    elif text:
        if chosen == "github":
            command(sys.stdout, f"{text}\n")
        else:
            sys.stdout.write(on_screen(f"{text}\n"))
    if output is not None or chosen == "concise":
        call.say(total(result))
