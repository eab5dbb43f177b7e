"""Steps in policies' lives, put into their files: of one policy, or of all that a meeting was about."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import NamedTuple

from charterkit.errors import CharterkitError
from charterkit.files.together import Rewrite
from charterkit.files.undo_notes import save_noted
from charterkit.files.workspace import Workspace
from charterkit.files.write import remade
from charterkit.files.yaml.edit import edited
from charterkit.insight.policies.control import Step, Taken, take
from charterkit.insight.policies.register import Registered


class StepTaken(NamedTuple):
    """A policy as it was, the step, and what it came to."""

    found: Registered
    step: Step
    taken: Taken


class Cannot(NamedTuple):
    """A policy of which a step cannot be recorded, and why."""

    found: Registered
    why: CharterkitError


def record(workspace: Workspace, found: Registered, step: Step, today: date, called: str = "") -> Taken:
    """Write it, and how the policy stands then. Raises CharterkitError for a step that makes no sense."""
    taken = take(found.document, step, today, called)
    write_steps(workspace, [StepTaken(found, step, taken)])
    return taken


def weighed(
    steps: Sequence[tuple[Registered, Step]], today: date, called: Sequence[str]
) -> tuple[list[StepTaken], list[Cannot]]:
    """What steps would come to, and which make no sense; `called` is how commands name the policies. Nothing is
    written.
    """
    done: list[StepTaken] = []
    refused: list[Cannot] = []
    for (found, step), name in zip(steps, called, strict=True):
        try:
            done.append(StepTaken(found, step, take(found.document, step, today, name)))
        except CharterkitError as error:
            refused.append(Cannot(found, error))
    return done, refused


def write_steps(workspace: Workspace, steps: Sequence[StepTaken]) -> None:
    """Write them, all or none, so that they can be taken back. Raises CharterkitError as `files.write.save` does."""
    rewrites = []
    for found, step, taken in steps:
        path, before = found.document.path, found.document.data
        after = remade(workspace.root / path, before, partial(edited, changes=taken.changes))
        said = f"{found.title}: {step.event.event} {step.event.date.spoken}"
        rewrites.append(Rewrite(path, before, after, said))
    write_all(workspace, rewrites)


def write_all(workspace: Workspace, rewrites: Sequence[Rewrite]) -> None:
    """Write files of policies, all or none, and note it for whoever takes it back."""
    save_noted(workspace.root, rewrites)
    workspace.refresh()
