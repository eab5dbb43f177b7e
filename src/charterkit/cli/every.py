"""`--every`: the same command for each school in one go, a file each, by as many processes as there are processors."""

import contextlib
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import typer

from charterkit.cli.options import Session
from charterkit.cli.progress import counting
from charterkit.errors import CharterkitError, NotThere, Refused
from charterkit.records import dataclass

if TYPE_CHECKING:
    from charterkit.cli.pattern import Pattern
    from charterkit.files.workspace import Workspace

Invoke = Callable[[Any], Any]
_OF_THE_CALL = frozenset(
    {
        "among-sources",
        "compact-workbook",
        "drafts-for-leaders",
        "for-many-schools",
        "all-is-whole",
        "no-charter",
        "no-format",
        "no-format-of-ending",
        "no-format-of-option",
        "rev-is-whole",
        "table-for-public",
    }
)
"""What is wrong with the call, whichever school it is about: then none is tried after the first."""
_FAULT = 3


class Outcome(NamedTuple):
    """What came of one school: its command's exit code, why there is no document, and what else was said."""

    code: int = 0
    why: str = ""
    said: tuple[str, ...] = ()
    error: str = ""
    """The code of a CharterkitError."""


def every(ctx: Any, call: Session, invoke: Invoke, jobs: int | None = None) -> None:  # noqa: ANN401 - typer's own classes
    """Run a command for each school that is meant, by so many processes.

    Raises CharterkitError where no file can be told from another. Ends with 2 where a document could not be made, else
    with 1 where the command of a school did.
    """
    if _takes is not None:
        _takes.append(Round(ctx, call, invoke))
        return
    from charterkit.cli.pattern import Pattern

    if call.opens:
        raise Refused("every-opens")
    pattern = Pattern(ctx.params["output"], ctx.params)
    schools = _schools(call.workspace, ctx.params["school"])
    pattern.refuse_shared(schools)
    _Report(call, pattern, schools, jobs).run(Round(ctx, call, invoke))


def _schools(workspace: "Workspace", named: str | None) -> dict[str, str]:
    """The schools that are meant, each with its name: those of a trust or authority, else every own one."""
    from charterkit.insight.organisations import Organisations

    slugs: Iterable[str] = workspace.own_slugs
    if named is not None:
        slugs = Organisations(workspace).below(named)
        if not slugs:
            raise Refused("every-of-one", name=workspace.school(named).school.name)
    looked = workspace.apart()
    folders = (looked.school(slug) for slug in slugs if workspace.has_school(slug))
    found = {folder.slug: folder.school.name for folder in folders if folder.is_school}
    if not found:
        raise NotThere("no-schools")
    return found


# -- one school after the other


@dataclass
class Round:
    """A command that was read once, and is run for one school after the other."""

    ctx: Any
    call: Session
    invoke: Invoke
    error: CharterkitError | None = None
    """What the last school ran into."""

    def __post_init__(self) -> None:
        self.params = dict(self.ctx.params)
        self.whole = self.call.workspace

    @cached_property
    def pattern(self) -> "Pattern":
        from charterkit.cli.pattern import Pattern

        return Pattern(self.params["output"], self.params)

    def __call__(self, slug: str) -> Outcome:
        """What came of a school. What it said is kept, to be said with that of the others."""
        from charterkit.cli.common import note_unread
        from charterkit.files.notices import noted

        noted()
        self.error, code, why, heard = None, 0, "", io.StringIO()
        self.call.workspace, is_quiet, self.call.quiet = self.whole.apart(), self.call.quiet, True
        with contextlib.redirect_stdout(heard), contextlib.redirect_stderr(heard):
            try:
                self._run(slug)
            except typer.Exit as leaving:
                code = leaving.exit_code
            except CharterkitError as error:
                self.error, why = error, " ".join(filter(None, (error.message, error.hint)))
            except Exception as fault:  # noqa: BLE001 - of one school; the others go on
                from charterkit.cli.app import tell_fault

                code = tell_fault(fault)
                why = heard.getvalue().strip().rpartition("\n")[2]
            if not why:
                note_unread(self.call)
        self.call.quiet = is_quiet
        said = () if code == _FAULT else (*heard.getvalue().splitlines(), *noted())
        return Outcome(code, why, tuple(dict.fromkeys(said)), self.error.code if self.error else "")

    def _run(self, slug: str) -> None:
        output = self.pattern.path(slug, self.call.workspace)
        self.ctx.params = {**self.params, "school": slug, "output": output}
        self.invoke(self.ctx)

    def words(self) -> list[str]:
        """The same call, for a process that has to read it anew."""
        from charterkit.cli.common import TYPED

        path = self.ctx.command_path.split()[1:]
        return ["--workspace", str(self.call.root), *path, *self.ctx.meta[TYPED]]


_takes: list[Round] | None = None
"""In a process that reads the call anew: where what it read goes."""


def afresh(words: Sequence[str]) -> Callable[[Sequence[str]], list[Outcome]]:
    """The round of a call that is read in another process, where nothing of this one is."""
    global _takes  # noqa: PLW0603 - the command line leaves no other way to what it read
    from charterkit.cli.app import app
    from charterkit.cli.light import lightened

    _takes = []
    lightened(typer.main.get_command(app)).main([*words], prog_name="charterkit", standalone_mode=False)
    each = _takes[0]
    return lambda slugs: [each(slug) for slug in slugs]


# -- all of them


@dataclass
class _Report:
    """What is said of all schools together."""

    call: Session
    pattern: "Pattern"
    schools: Mapping[str, str]
    jobs: int | None = None
    outcomes: dict[str, Outcome] = field(default_factory=dict)

    def run(self, each: Round) -> None:
        from charterkit.text.english import figures

        try:
            with counting(self.call, "Documents", len(self.schools)) as tick:
                for slug, outcome in self._made(each):
                    self.outcomes[slug] = outcome
                    tick()
        except KeyboardInterrupt:
            made = f"{figures(self._count, 'document')} of {len(self.schools)}"
            self.call.warn(f"\nStopped after {made}, or a few more; each is whole.")
            raise
        self._say()
        if any(outcome.why for outcome in self.outcomes.values()):
            raise typer.Exit(2)
        if any(outcome.code for outcome in self.outcomes.values()):
            raise typer.Exit(1)

    def _made(self, each: Round) -> Iterator[tuple[str, Outcome]]:
        """The first school by this process: it loads what the others are copied with, and hears of a wrong call."""
        from charterkit.many.hands import spread

        self.pattern.sweep(self.schools)
        first, *rest = self.schools
        found = each(first)
        if each.error is not None and each.error.code in _OF_THE_CALL:
            raise each.error
        yield first, found
        yield from spread(each, rest, self.jobs, begin=f"{__name__}:afresh", given=(each.words(),))

    @property
    def _count(self) -> int:
        return sum(not outcome.why for outcome in self.outcomes.values())

    def _say(self) -> None:
        """What holds of several schools is said once, with their names."""
        from charterkit.text.alike import About, gathered, named, of_all
        from charterkit.text.english import figures, plural

        each = self.schools.items()
        said = [About(slug, name, sentence) for slug, name in each for sentence in self.outcomes[slug].said]
        failed = [About(slug, name, why) for slug, name in each if (why := self.outcomes[slug].why)]
        for those in gathered(said):
            self.call.warn(f"{named(those)}: {of_all(those)}")
        for those in gathered(failed):
            self.call.warn(f"Not made for {named(those)}: {of_all(those)}")
        rest = len(self.schools) - self._count
        if not self._count:
            self.call.warn("No document was made.")
            return
        lacking = f"; {rest} {plural(rest, 'school has', 'schools have')} none" if rest else ""
        made = f"{figures(self._count, 'document')} written to {self.pattern.shown}{lacking}."
        (self.call.warn if rest else self.call.say)(made)
