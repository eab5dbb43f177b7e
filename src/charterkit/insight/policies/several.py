"""Several policies at once: those that are named, or all that a meeting has to see to."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from datetime import date

from charterkit.choices import DECISIONS, ReviewState
from charterkit.errors import CharterkitError, Missing
from charterkit.files.workspace import Workspace
from charterkit.insight.naming import school_meant
from charterkit.insight.policies.agenda import find_body, is_decided_by, stated_bodies
from charterkit.insight.policies.choosing import find_policy, title_words
from charterkit.insight.policies.register import Registered, register

ON_THE_TABLE = (ReviewState.OVERDUE, ReviewState.DUE)
"""How a review stands that a meeting has to see to."""


def named_policies(workspace: Workspace, names: Sequence[str], school: str | None, today: date) -> list[Registered]:
    """The policies of some ids or titles, each once. A title may stand without quotes; words behind them may name the
    school, where nothing else does.

    Raises CharterkitError as `choosing.find_policy` does.
    """
    names, school = _with_school(workspace, names, school, today)
    found = [find_policy(workspace, name, school, today) for name in names]
    return list({policy.document.path: policy for policy in found}.values())


def _with_school(
    workspace: Workspace, names: Sequence[str], school: str | None, today: date
) -> tuple[Sequence[str], str | None]:
    known = {title_words(each) for policy in register(workspace, today) for each in (policy.id, policy.title)}
    names = list(_titles(names, known))
    first = next((at for at, name in enumerate(names) if at and title_words(name) not in known), None)
    if school is None and first is not None and (behind := school_behind(workspace, names[first:])):
        return names[:first], behind
    return names, school


def _titles(names: Sequence[str], known: Collection[str]) -> Iterator[str]:
    """What was said, with the words of a title put together again."""
    at = 0
    while at < len(names):
        ends = range(min(len(names), at + _MOST_WORDS), at + 1, -1)
        end = next((end for end in ends if title_words(" ".join(names[at:end])) in known), at + 1)
        yield " ".join(names[at:end])
        at = end


_MOST_WORDS = 12
"""Of a title: more are put in quotes."""


def school_behind(workspace: Workspace, words: Sequence[str]) -> str | None:
    """The school that words name; None where they name none."""
    with suppress(CharterkitError):  # it is no school: then it is a policy that there is not
        return school_meant(workspace, " ".join(words)) if words else None
    return None


def on_the_table(
    workspace: Workspace, today: date, school: str | None, approver: str | None, event: str
) -> list[Registered]:
    """An organisation's own policies in force whose review is overdue or due; for a decision also those that wait.

    With `approver` only those that this body, by its name or a part of it, approves. Raises CharterkitError where no
    one body is meant, or nothing is to be seen to.
    """
    folder = workspace.school(school) if school else workspace.choose_school(None)
    own = [policy for policy in register(workspace, today, folder.slug) if policy.folder.slug == folder.slug]
    if approver is not None:
        approver = find_body(workspace, own, approver)
        stated = stated_bodies(workspace)
        own = [policy for policy in own if is_decided_by(policy.policy, approver, stated)]
    found = [
        policy
        for policy in own
        if policy.is_in_force
        and (policy.state in ON_THE_TABLE or (event in DECISIONS and policy.undecided is not None))
    ]
    if not found:
        raise Missing("nothing-due", name=folder.school.name, whose=f" that {approver} approves" if approver else "")
    return found
