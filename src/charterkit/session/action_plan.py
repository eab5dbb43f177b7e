"""A school's action plan on disk: found by id, and written one line at a time."""

from collections.abc import Iterator, Sequence
from datetime import date

from charterkit.choices import ActionStatus
from charterkit.errors import Conflict, Missing, NotThere
from charterkit.files import write
from charterkit.files.workspace import Document, SchoolFolder, Workspace
from charterkit.files.yaml.edit import Change, edited
from charterkit.insight.evaluations.actions import Tracked, all_actions, new_id
from charterkit.insight.evaluations.choosing import charter_for
from charterkit.insight.evaluations.naming import demand_aspect
from charterkit.insight.evaluations.newest import plans
from charterkit.insight.evaluations.part_answers import planned_on
from charterkit.insight.evaluations.planning import (
    Facts,
    added,
    aspect_in,
    carried,
    changed,
    closed,
    named,
)
from charterkit.model.base import nearest, slug
from charterkit.model.charter import Charter
from charterkit.model.dates import PartialDate
from charterkit.model.evaluation import Evaluation
from charterkit.records import dataclass


@dataclass(frozen=True, slots=True)
class FoundAction:
    """An action and the school whose it is."""

    folder: SchoolFolder
    tracked: Tracked


@dataclass(frozen=True, slots=True)
class Put:
    """What was written: the action as it stands now, the file that was changed, and whether anything was."""

    name: str
    action: str
    path: str
    is_agreed: bool
    is_change: bool = True


class ActionPlan:
    """The actions of a workspace's schools. What it writes raises CharterkitError as `files.write.save` does."""

    def __init__(self, workspace: Workspace, today: date) -> None:
        """`today` is the day on which something is closed, where no other is said."""
        self.workspace, self.today = workspace, today

    def find(self, name: str, school: str | None, charter: str | None) -> FoundAction:
        """The action of an id, or of the words that the id was made of.

        Of several it is the open one. Raises CharterkitError where there is none, or several.
        """
        known = list(self._known(school, charter))
        called = [found for found in known if found.tracked.id in (name, slug(name))]
        matches = [found for found in called if found.tracked.is_open] or called[-1:]
        if len(matches) == 1:
            return matches[0]
        if not matches:
            ids = [found.tracked.id for found in known if found.tracked.is_open]
            raise NotThere("no-action", name=name, meant=nearest(slug(name), ids), known=ids)
        places = [found.tracked.document.path for found in matches]
        raise Conflict("several-actions", name=name, places=places)

    def add(self, school: str | None, charter: str | None, name: str | None, facts: Facts) -> Put:
        """A new action in the school's newest evaluation.

        Raises CharterkitError where there is none, where its charter has no such aspect, or the id is taken.
        """
        folder = self.workspace.choose_school(school)
        document, its = self._newest(folder, charter)
        facts = _about(facts, its)
        taken = {tracked.id for tracked in all_actions(folder)}
        if name in taken:
            raise Conflict("action-id-taken", name=name)
        name = name or new_id(facts["action"], facts.get("aspect") or "action", taken)
        return self._put(document, [added(name, facts)], name, facts["action"])

    def change(self, found: FoundAction, facts: Facts) -> Put:
        """Other words, owner, date, aspect or status for an action, where its last line stands."""
        tracked = found.tracked
        charter = tracked.document.model and planned_on(self.workspace, tracked.document.model)
        if charter:
            facts = _about(facts, charter)
        return self._put(
            tracked.document, changed(tracked, facts), tracked.id, facts.get("action") or tracked.action.action
        )

    def close(self, found: FoundAction, status: ActionStatus, on: PartialDate | None, note: str | None) -> Put:
        """That an action is done or dropped. One that is so already stays as it is, unless a day or a note is said."""
        tracked = found.tracked
        if tracked.action.status == status and not on and not note:
            return self._put(tracked.document, [], tracked.id, tracked.action.action)
        made = closed(tracked, status, on or PartialDate.of(self.today), self.today, note)
        return self._put(tracked.document, made, tracked.id, tracked.action.action)

    def carry(self, found: FoundAction, facts: Facts) -> Put:
        """An open action goes on in the school's newest evaluation; its earlier line stays as it is.

        One without an id gets it there too, so that both are known for the same.
        """
        tracked = found.tracked
        into, its = self._newest(found.folder, tracked.charter)
        old = planned_on(self.workspace, tracked.document.model) if tracked.document.model else None
        facts = _about(facts, its)
        aspect = aspect_in(tracked.action.aspect, old, its, self.workspace.versions(its.id))
        line = carried(tracked, into, aspect, facts)
        if named(tracked):
            self._put(tracked.document, named(tracked), tracked.id, tracked.action.action)
        return self._put(into, [line], tracked.id, tracked.action.action)

    # -- where

    def _known(self, school: str | None, charter: str | None) -> Iterator[FoundAction]:
        slugs = [self.workspace.school(school).slug] if school else self.workspace.own_slugs
        for each in slugs:
            folder = self.workspace.school(each)
            yield from (FoundAction(folder, tracked) for tracked in all_actions(folder, charter))

    def _newest(self, folder: SchoolFolder, charter: str | None) -> tuple[Document[Evaluation], Charter]:
        """A school's newest evaluation of a charter, and that charter. Raises CharterkitError where there is none."""
        chosen = charter_for(self.workspace, folder, charter or self._only(folder))
        document = plans(folder).get(chosen.id, [None])[-1]
        if document is None or document.model is None:
            raise Missing("no-evaluation", name=folder.school.name, slug=folder.slug)
        its = planned_on(self.workspace, document.model)
        if its is None:
            raise Missing("unreadable-first", path=document.path)
        return document, its

    def _only(self, folder: SchoolFolder) -> str | None:
        """The charter all the school's evaluations are about."""
        about = list(plans(folder))
        return about[0] if len(about) == 1 else None

    def _put(self, document: Document[Evaluation], made: Sequence[Change], name: str, action: str) -> Put:
        root = self.workspace.root
        after = write.change(root / document.path, document.data, lambda text: edited(text, made), root)
        self.workspace.refresh()
        is_agreed = document.model is not None and document.model.status == "agreed"
        return Put(name, action, document.path, is_agreed, after != document.data)


def _about(facts: Facts, charter: Charter) -> Facts:
    """The same facts with the aspect's id, however it was named. Raises CharterkitError for what names none."""
    said = facts.get("aspect")
    return {**facts, "aspect": demand_aspect(said, charter)} if said else facts
