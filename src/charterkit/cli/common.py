"""What every command takes, added to each in one place: the school, the workspace and colour on either side of the
command, and names with blanks that stand in no quotes.
"""

from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from charterkit.choices import ColorChoice
from charterkit.cli.light import lightened
from charterkit.cli.options import Session, session
from charterkit.cli.params import among, jobs_of, now_read, tab
from charterkit.errors import CharterkitError, NotThere, Refused

_NAMES = ("[SCHOOL]", "NAME", "TITLE", "[TITLE]", "TEXT")
"""Arguments that may be several words without quotes."""
_HIDDEN = (
    "school_by_option",
    "school_by_argument",
    "workspace_here",
    "color_here",
    "quiet_here",
    "open_here",
    "every_here",
    "jobs_here",
)

EVERY = (
    "report",
    "compare",
    "ready",
    "render-form",
    "render-poster",
    "calendar",
    "actions",
    "policies",
    "policy show",
    "certificate show",
)
"""Those with documents that an office makes for every school."""

TYPED = "charterkit.typed"
"""What a context keeps of the call: the command's words in their order."""

_OF_THE_PROGRAM = ("install_completion", "show_completion")
"""Options that typer gives to each command, as if it were a program by itself."""

_donor = typer.Typer(rich_markup_mode=None)


@_donor.command()
def _shared(
    school_by_argument: Annotated[
        str | None, typer.Argument(metavar="[SCHOOL]", hidden=True, autocompletion=tab("schools"))
    ] = None,
    school_by_option: Annotated[
        str | None, typer.Option("--school", hidden=True, metavar="SCHOOL", autocompletion=tab("schools"))
    ] = None,
    workspace_here: Annotated[str | None, typer.Option("--workspace", hidden=True, metavar="DIR")] = None,
    color_here: Annotated[str | None, typer.Option("--color", hidden=True)] = None,
    quiet_here: Annotated[bool, typer.Option("--quiet", "-q", hidden=True)] = False,
    open_here: Annotated[bool, typer.Option("--open", help="Open the file when it is made.")] = False,
    every_here: Annotated[
        bool,
        typer.Option("--every", help="A file for every school, or every one of a trust: -o 'out/{school}.pdf'."),
    ] = False,
    jobs_here: Annotated[
        int | None,
        typer.Option("--jobs", metavar="N", parser=jobs_of, help="With --every: how many processes."),
    ] = None,
) -> None:
    """Never called: its options are put on the commands."""


def complete(command: Any) -> Any:  # noqa: ANN401 - typer's own classes are private
    """The command, and its own commands, with what every one takes."""
    shared = {option.name: option for option in typer.main.get_command(_donor).params}
    command.params = [option for option in command.params if option.name not in _OF_THE_PROGRAM]
    _complete(command, shared, command.name)
    return lightened(command)


def _complete(command: Any, shared: dict[str, Any], words: str) -> None:  # noqa: ANN401 - as above
    """`words` are the command's, with those of the one it belongs to."""
    taken = {name for option in command.params for name in option.opts}
    kinds = {option.name: option.param_type_name for option in command.params}
    wanted = ["workspace_here", "color_here", "quiet_here"]
    if kinds.get("school") == "argument" or "paths" in kinds:
        wanted.append("school_by_option")
    is_open = {"title", "what", "names"} & kinds.keys() or kinds.get("text") == "argument"
    if kinds.get("school") == "option" and not is_open:
        wanted.append("school_by_argument")
    if {"output", "output_format"} <= kinds.keys() and "paths" not in kinds:
        wanted.append("open_here")
    if words in EVERY:
        wanted += ["every_here", "jobs_here"]
    command.params += [shared[name] for name in wanted if not taken & set(shared[name].opts)]
    inner = getattr(command, "commands", {})
    for each in inner.values():
        _complete(each, shared, f"{words} {each.name}")
    if inner:
        command.get_command = partial(_inner, command.get_command, words, list(inner))
    command.allow_extra_args = not inner or command.allow_extra_args
    command.parse_args = partial(_parsed, command.parse_args)
    command.invoke = partial(_invoked, command.invoke)


def _inner(get: Any, words: str, known: list[str], ctx: Any, name: str) -> Any:  # noqa: ANN401 - as above
    """One of a command's own commands. Raises NotThere with the nearest, or with all of them."""
    found = get(ctx, name)
    if found is None and not name.startswith("-") and not ctx.resilient_parsing:
        from charterkit.model.base import nearest

        raise NotThere("no-command", name=name, meant=nearest(name, known), of=words, inner=known)
    return found


def _parsed(parse: Any, ctx: Any, args: list[str]) -> Any:  # noqa: ANN401 - as above
    """The command's own reading, which keeps the order of what was typed."""
    ctx.meta[TYPED] = list(args)
    return parse(ctx, args)


def _invoked(invoke: Any, ctx: Any) -> Any:  # noqa: ANN401 - as above
    """The command's call, once it is settled whose school it is about."""
    hidden = {name: ctx.params.pop(name, None) for name in _HIDDEN}
    call = session(ctx)
    _settle(call, hidden)
    if getattr(ctx.command, "commands", None):
        return invoke(ctx)
    _join(ctx, hidden)
    for sentence in now_read():
        call.say(sentence)
    _settle_school(ctx, call, hidden)
    if hidden["every_here"]:
        from charterkit.cli.every import every

        own = ctx.params.pop("jobs", None)  # of a command that takes it for other things too
        return every(ctx, call, invoke, hidden["jobs_here"] or own)
    if hidden["jobs_here"]:
        raise Refused("jobs-of-every")
    try:
        return invoke(ctx)
    finally:
        if ctx.command.name not in _SAY_THEMSELVES:
            note_unread(call)


def _settle_school(ctx: Any, call: Session, hidden: dict[str, Any]) -> None:  # noqa: ANN401 - as above
    """Put the school that is meant where the command takes it: its folder, or one more path to look at."""
    if "school" in ctx.params:
        ctx.params["school"] = _school(ctx, call, hidden)
    elif hidden["school_by_option"]:
        from charterkit.insight.naming import school_meant

        meant = school_meant(call.workspace, hidden["school_by_option"])
        ctx.params["paths"] = [*(ctx.params["paths"] or ()), str(call.root / "schools" / meant)]
    if ctx.command_path.partition(" ")[2] in _LISTS and not ctx.params.get("school"):
        _tell_of_none(call)


_SAY_THEMSELVES = ("check", "open")
"""Commands that show in their own way what cannot be read."""


def note_unread(call: Session) -> None:
    """Keep for the call's end what cannot be read of the self-evaluations that it asked for."""
    with suppress(CharterkitError, OSError):
        looked_into = call.workspace.looked_into()
        if looked_into:
            from charterkit.files.notices import note
            from charterkit.insight.evaluations.unread import said_of_unread

            for folder in looked_into:
                for core, sentence in said_of_unread(call.workspace, folder):
                    note(sentence, sentence, core)


def _settle(call: Session, hidden: dict[str, Any]) -> None:
    """Options that may stand on either side of the command."""
    if hidden["workspace_here"] is not None:
        call.directory = hidden["workspace_here"]
    if hidden["color_here"] is not None:
        among("--color", [hidden["color_here"]], [choice.value for choice in ColorChoice])
        call.color = ColorChoice(hidden["color_here"])
    call.quiet = call.quiet or bool(hidden["quiet_here"])
    call.opens = call.opens or bool(hidden["open_here"])


def _join(ctx: Any, hidden: dict[str, Any]) -> None:  # noqa: ANN401 - as above
    """Words beyond the last argument belong to it, if they stand beside it and it is a name; else they are too many."""
    values = [value for value in _arguments(ctx, hidden) if isinstance(value[1], str)]
    words = [value for _, value in values] + ctx.args
    is_in_a_row = _stands(ctx.meta[TYPED], words)
    by_place = hidden["school_by_argument"]
    if by_place and not is_in_a_row and not session(ctx).workspace.has_school(by_place):
        raise Refused("words-beyond", said=by_place)
    if not ctx.args:
        return
    option = values[-1][0] if values else None
    if option is not None and option.metavar == "TITLE" and is_in_a_row and _ends_with_school(ctx):
        ctx.params["school"] = ctx.args.pop()
    if option is None or option.metavar not in _NAMES or not is_in_a_row:
        raise Refused("words-beyond", said=" ".join(ctx.args))
    params = hidden if option.name in hidden else ctx.params
    params[option.name] = " ".join([params[option.name], *ctx.args])


def _ends_with_school(ctx: Any) -> bool:  # noqa: ANN401 - typer's own classes are private
    """Whether the last word behind a title is a school's folder: `new policy behaviour elm-lane`."""
    return "school" in ctx.params and not ctx.params["school"] and session(ctx).workspace.has_school(ctx.args[-1])


def _arguments(ctx: Any, hidden: dict[str, Any]) -> list[tuple[Any, Any]]:  # noqa: ANN401 - as above
    """Each argument that was given, in its order, with what it holds."""
    known = [option for option in ctx.command.params if option.param_type_name == "argument"]
    return [(option, {**ctx.params, **hidden}.get(option.name)) for option in known]


def _stands(typed: Sequence[str], words: Sequence[str]) -> bool:
    """Whether words stand in a call one beside the other."""
    return any(list(typed[at : at + len(words)]) == list(words) for at in range(len(typed)))


def _school(ctx: Any, call: Session, hidden: dict[str, Any]) -> str | None:  # noqa: ANN401 - as above
    """The folder of the school that is named, else of the one that we stand in; None where there is neither."""
    params = ctx.params
    if any(option.name == "charter" and option.param_type_name == "argument" for option in ctx.command.params):
        _from_charters_place(call, params, hidden)
    _put_titles_together(ctx, call, hidden)
    named = (hidden["school_by_option"], hidden["school_by_argument"], params["school"])
    said = [words for words in named if words]
    if not said:
        is_of_all = hidden["every_here"] or (ctx.command.name == "migrate" and params["every"])
        return None if params.get("span") or is_of_all else standing(call)
    found = list(dict.fromkeys(_school_meant(ctx, call, words) for words in said))
    if len(found) > 1:
        raise Refused("school-twice", first=found[0], second=found[1])
    return found[0]


def _school_meant(ctx: Any, call: Session, words: str) -> str:  # noqa: ANN401 - as above
    """The folder of the school. Where a cycle stands in its place, it is said behind which option that belongs."""
    from charterkit.insight.naming import school_meant

    try:
        return school_meant(call.workspace, words)
    except NotThere:
        opts = {name for option in ctx.command.params if option.metavar in ("CYCLE", "YEAR") for name in option.opts}
        option = next((name for name in ("--cycle", "--year", "--to") if name in opts), "")
        if option and (found := _cycle_at_the_end(words)):
            said, cycle = found
            raise Refused("cycle-as-school", words=said, meant=f"{option}={cycle}") from None
        raise


def _cycle_at_the_end(words: str) -> tuple[str, str] | None:
    """The words at the end that are a cycle, with what the files have for it."""
    from charterkit.model.base import BadValue
    from charterkit.model.dates import Cycle

    parts = words.split()
    for many in range(min(len(parts), 4), 0, -1):
        with suppress(BadValue):
            said = " ".join(parts[-many:])
            return said, str(Cycle.meant(said))
    return None


def _tell_of_none(call: Session) -> None:
    """Say that there is no school yet, or a made-up one alone, which is left out; and what to do."""
    if call.workspace.own_slugs:
        return
    call.say('There is no school of your own here yet. Add it with: charterkit new school "Name of the school"')
    if examples := call.workspace.config.examples:
        call.say(f"A made-up school counts only where it is named: add {examples[0]}.")


_LISTS = (
    "policies", "policy gaps", "concern list", "remind", "calendar", "actions", "visits", "best-practice",
    "examples propose", "export",
)  # fmt: skip
"""Commands that have an answer without any school, though it says little."""


def _from_charters_place(call: Session, params: dict[str, Any], hidden: dict[str, Any]) -> None:
    """The school where a first word that may be a charter is none: `sign elm`, `render-poster Elm Primary`."""
    word = params["charter"]
    if not word or word in call.workspace.charter_ids:
        return
    from charterkit.insight.naming import school_meant

    words = " ".join(part for part in (word, hidden["school_by_argument"]) if part)
    with suppress(CharterkitError):  # no school either: it is a charter that there is not
        hidden["school_by_argument"] = school_meant(call.workspace, words)
        params["charter"] = None


def _put_titles_together(ctx: Any, call: Session, hidden: dict[str, Any]) -> None:  # noqa: ANN401 - as above
    """Take what stands in a school's place for the rest of a policy's title or a body's name, where it is that."""
    behind = hidden["school_by_argument"]
    for option in ctx.command.params if behind else ():
        said = ctx.params.get(option.name)
        is_named = (option.metavar or "").strip("[]") in ("POLICY", "BODY")
        if is_named and option.param_type_name == "argument" and said:
            ctx.params[option.name], hidden["school_by_argument"] = _title_and_school(call, said, behind)


def _title_and_school(call: Session, name: str, behind: str) -> tuple[str, str | None]:
    """A policy's title whose words stand without quotes, and what is left for the school: `policy show Behaviour
    Policy`. Words that name a school are one.
    """
    from charterkit.insight.naming import school_meant
    from charterkit.insight.policies.choosing import is_policy

    words = behind.split()
    for start in range(len(words)):
        with suppress(CharterkitError):
            school_meant(call.workspace, " ".join(words[start:]))
            return " ".join([name, *words[:start]]), " ".join(words[start:])
    title = f"{name} {behind}"
    is_misspelt = is_policy(call.workspace, name) and not is_policy(call.workspace, title)
    return (name, behind) if is_misspelt else (title, None)


def standing(call: Session) -> str | None:
    """The school in whose folder the person stands."""
    try:
        inside = Path.cwd().relative_to(call.root).parts
    except (CharterkitError, OSError, ValueError):
        return None
    is_inside = len(inside) > 1 and inside[0] == "schools" and call.workspace.has_school(inside[1])
    return inside[1] if is_inside else None
