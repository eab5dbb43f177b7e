"""Questions that tests ask of every school, by name: they look at all that an answer may depend on."""

import os
import signal
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from charterkit.files.workspace import Workspace
from charterkit.insight.evaluations.evaluated import usable
from charterkit.insight.organisations import Organisations
from charterkit.insight.promises.school_days import SchoolDays
from charterkit.insight.visits.visited import visited
from charterkit.model.dates import Cycle


@dataclass(frozen=True)
class Told:
    """What is found out about a school, as lines."""

    lines: tuple[str, ...]

    def as_data(self) -> list[str]:
        """As JSON has it."""
        return [*self.lines]

    @classmethod
    def from_data(cls, data: list[str]) -> Self:
        """What `as_data` was made of."""
        return cls(tuple(data))


def told(workspace: Workspace, slug: str, today: date, options: Any = None) -> Told:
    """Of a school, of those above it and of its members: names, ratings, policies, visits and terms."""
    folder, organisations = workspace.school(slug), Organisations(workspace)
    lines = [
        folder.school.name,
        str(folder.document.model is None),
        str(today),
        str(options),
        workspace.config.charter or "",
    ]
    lines += [f"{found.cycle} {found.charter.version} {sorted(found.standings)}" for found in usable(workspace, folder)]
    lines += [f"{each.slug} {document.path} {policy.id}" for each, document, policy in organisations.policies(slug)]
    lines += [f"{each} {workspace.school(each).school.name}" for each in organisations.above(slug)]
    for member in organisations.members(slug) if options else ():
        if workspace.has_school(member):
            lines += [document.path for document in workspace.school(member).evaluations if document.model]
    for document in folder.visits:
        seen = visited(workspace, folder, document)
        lines += [f"{seen.folder.slug} {seen.school and seen.school.document.path}"] if seen else []
    lines += [str(term) for term in SchoolDays.at(workspace, slug).terms(Cycle(2025))]
    return Told(tuple(lines))


def failing(workspace: Workspace, slug: str, today: date, options: Mapping[str, str]) -> Told:
    """As `told`, but for a school at which nothing can be found out, and one at which the process ends."""
    if slug == options.get("broken"):
        raise ValueError("nobody knows")
    if slug == options.get("deadly") and str(os.getpid()) != options["first"]:
        os.kill(os.getpid(), signal.SIGKILL)
    return Told((workspace.school(slug).school.name,))


def place(workspace: Workspace, _slug: str, _today: date) -> tuple[str, int]:
    """Where whoever looks has the workspace, and which process it is."""
    return str(workspace.root), os.getpid()
