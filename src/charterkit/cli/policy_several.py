"""One step, or one change, for several policies: which they are, and what is said of it. All of it is done or none."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from charterkit.cli.options import Session
from charterkit.cli.params import PartialDate, day, tab
from charterkit.errors import Refused
from charterkit.records import dataclass

if TYPE_CHECKING:
    from charterkit.insight.policies.register import Registered
    from charterkit.session.policy_step import Cannot

PoliciesArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="POLICY...",
        help="The policy's id, which is its file's name, or its title; several, one after the other.",
        autocompletion=tab("policies"),
    ),
]
AllDueOption = Annotated[
    bool,
    typer.Option("--all-due", help="All of the school's whose review is overdue or due; to approve, also what waits."),
]
ApproverOption = Annotated[
    str | None, typer.Option("--approver", metavar="NAME", help="With --all-due: only those that this body approves.")
]
ExceptOption = Annotated[
    list[str] | None,
    typer.Option("--except", metavar="POLICY", help="All but this one; repeatable.", autocompletion=tab("policies")),
]
SkipOption = Annotated[bool, typer.Option("--skip", help="Leave out those of which it cannot be recorded, and say so.")]
DryRunOption = Annotated[bool, typer.Option("--dry-run", help="Say what would be recorded, and write nothing.")]


@dataclass(frozen=True, slots=True)
class PoliciesMeant:
    """Which policies are meant, as the call has it."""

    names: Sequence[str] | None
    school: str | None
    excepted: Sequence[str] | None = None
    skip: bool = False
    dry_run: bool = False
    all_due: bool = False
    approver: str | None = None

    def found(self, call: Session, today: date, event: str) -> "list[Registered]":
        """The policies. Raises CharterkitError where none or too much is said, and for a name that is none."""
        from charterkit.insight.policies.several import named_policies, on_the_table, school_behind

        school = self.school or (school_behind(call.workspace, self.names or ()) if self.all_due else None)
        if not (self.names or self.all_due) or (self.all_due and self.names and school in (self.school, None)):
            raise Refused("policies-or-all-due")
        if self.approver is not None and not self.all_due:
            raise Refused("approver-without-all-due", name=self.approver)
        if self.all_due:
            meant = on_the_table(call.workspace, today, school, self.approver, event)
        else:
            meant = named_policies(call.workspace, self.names or (), self.school, today)
        if not self.excepted:
            return meant
        without = {policy.document.path for policy in named_policies(call.workspace, self.excepted, school, today)}
        left = [policy for policy in meant if policy.document.path not in without]
        if not left:
            raise Refused("nothing-left")
        return left


def record_all(
    call: Session,
    wanted: PoliciesMeant,
    when: PartialDate | None,
    today: date | None,
    facts: dict[str, str | None],
    **more: Any,  # noqa: ANN401 - the fields of a step
) -> None:
    """Record a step of each policy, and say what it came to: of one at length, of several in a sentence each."""
    from charterkit.choices import DECISIONS
    from charterkit.insight.policies.control import step_of
    from charterkit.render.policy.step import said_in_short, say_step
    from charterkit.session.policy_step import weighed, write_steps

    now = day(today)
    found = wanted.found(call, now, facts["event"] or DECISIONS[0])
    is_alone = len(found) == 1 and not wanted.all_due
    for option, value in (("--version", facts.get("version")), ("--url", more.get("url"))):
        if value is not None and not is_alone:
            raise Refused("said-of-one-policy", option=option)
    steps = [(policy, step_of(policy.policy, facts, when, now, **more)) for policy in found]
    is_one = wanted.school is None and len(call.workspace.own_slugs) == 1
    called = [each.id if is_one else f"{each.id} --school {wanted.school or each.folder.slug}" for each in found]
    done, refused = weighed(steps, now, called)
    if refused and (is_alone or not wanted.skip or not done):
        refuse(call, refused, is_alone=is_alone, of=len(found))
    if not wanted.dry_run:
        write_steps(call.workspace, done)
    for each in done:
        if is_alone and not wanted.dry_run:
            say_step(each.found, each.step, each.taken, called[0], call)
        else:
            call.say(said_in_short(each.found, each.step, each.taken))
    for left in refused:
        call.warn(f"Left out: {left.found.title}. {left.why.message} {left.why.hint}")
    if wanted.dry_run:
        call.say("Nothing was written. Leave --dry-run out to record it.")


def refuse(call: Session, refused: "Sequence[Cannot]", *, is_alone: bool, of: int) -> None:
    """Name each policy that stands in the way, and stop. Raises CharterkitError."""
    if is_alone:
        raise refused[0].why
    for each in refused:
        call.warn(f"{each.found.title}: {each.why.message} {each.why.hint}")
    without = " ".join(f"--except {each.found.id}" for each in refused) if len(refused) < of else ""
    raise Refused("cannot-all", count=len(refused), of=of, without=without)
