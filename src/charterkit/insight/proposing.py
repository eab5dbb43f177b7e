"""Examples of good practice proposed for a charter's next version: whose they are, and where in its file they come."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from charterkit.errors import Refused
from charterkit.files.document import Document
from charterkit.files.workspace import Workspace
from charterkit.files.yaml.edit import Change
from charterkit.files.yaml.reader import Tree, parse
from charterkit.findings import TreePath
from charterkit.insight.practice import Practice, practices
from charterkit.model.charter import Charter
from charterkit.model.school import School
from charterkit.records import dataclass

SHARED_BY = "x-shared-by"
"""Under which an example says from whose folder it was taken, so that it can be left out once that school is asked."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """One school's strengths as an example of an aspect."""

    practice: Practice
    title: str
    """The aspect's own words."""
    at: TreePath
    """Where its examples stand in the charter's file."""

    @property
    def name(self) -> str:
        """What it is called on the command line."""
        return f"{self.practice.aspect}:{self.practice.slug}"

    @property
    def example(self) -> dict[str, str]:
        """As the charter's file has it."""
        words = " ".join(self.practice.strengths.split())
        return {"school": self.practice.school, "text": words, SHARED_BY: self.practice.slug}


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """An example of the newest version whose school does not share any more."""

    school: str
    text: str
    at: TreePath
    """Its place in the charter's file."""


@dataclass(frozen=True, slots=True)
class Proposals:
    """What may go into a charter's next version, and what goes out of it."""

    base: Document[Charter]
    """The newest version, from which the draft is made."""
    charter: Charter
    offered: tuple[Proposal, ...]
    withdrawn: tuple[Withdrawn, ...]
    looked_at: int
    unread: tuple[str, ...]
    withheld: tuple[Practice, ...]
    """Those whose words may be about a person."""

    def named(self, name: str) -> Proposal:
        """The one that is called so. Raises Refused with those there are."""
        known = {each.name: each for each in self.offered}
        if name not in known:
            raise Refused("no-proposal", name=name, known=list(known))
        return known[name]


def proposals(workspace: Workspace, charter: str | None, is_personal: Callable[[str], bool]) -> Proposals:
    """Every school's strengths that the newest version does not have yet, aspect by aspect.

    Raises CharterkitError where there is no such charter, or its newest version cannot be read whole.
    """
    name = workspace.choose_charter(charter).id
    base = workspace.charters[name, workspace.versions(name)[-1].version]
    tree = parse(base.data).tree
    if base.model is None or base.loaded.problems or not isinstance(tree, dict):
        raise Refused("has-mistake", path=base.path)
    rated = base.model.as_rated()
    found = practices(workspace, rated, list(rated.aspects), workspace.own_slugs, is_personal)
    places = dict(_places(tree, of_points=base.model.rated == "key-points"))
    offered = [
        Proposal(each, rated.aspects[each.aspect].text, (*places[each.aspect], "examples"))
        for each in found.found
        if each.strengths and each.aspect in places
    ]
    held = {(example.get("school"), _plain(example.get("text"))) for _, example in _examples(tree)}
    new = tuple(each for each in offered if (each.example["school"], _plain(each.example["text"])) not in held)
    withheld = tuple(each for each in found.found if each.is_withheld)
    gone = tuple(_withdrawn(workspace, tree))
    return Proposals(base, base.model, new, gone, found.looked_at, found.unread, withheld)


def changes(found: Proposals, accepted: Sequence[Proposal]) -> list[Change]:
    """What makes the draft out of the newest version."""
    made = [Change(each.at, each.example, append=True) for each in accepted]
    grown = {each.at for each in accepted}
    tree = parse(found.base.data).tree
    by_list: dict[TreePath, list[TreePath]] = {}
    for each in found.withdrawn:
        by_list.setdefault(each.at[:-1], []).append(each.at)
    for way, places in by_list.items():
        is_all = len(places) == len(_at(tree, way)) and way not in grown
        made += [Change(way, remove=True)] if is_all else [Change(place, remove=True) for place in places]
    return made


def _places(tree: dict[str, Tree], *, of_points: bool) -> Iterator[tuple[str, TreePath]]:
    """Where each aspect, or each key point that is rated itself, stands in a charter's file."""
    for number, point in enumerate(_list(tree, "key_points")):
        if of_points:
            yield str(point.get("id")), ("key_points", number)
            continue
        for below, aspect in enumerate(_list(point, "aspects")):
            yield str(aspect.get("id")), ("key_points", number, "aspects", below)


def _examples(tree: dict[str, Tree]) -> Iterator[tuple[TreePath, dict[str, Any]]]:
    """Every example of a charter's file, with its place."""
    ways = [way for of_points in (True, False) for _, way in _places(tree, of_points=of_points)]
    for way in ways:
        for number, example in enumerate(_list(_at(tree, way), "examples")):
            yield (*way, "examples", number), example


def _withdrawn(workspace: Workspace, tree: dict[str, Tree]) -> Iterator[Withdrawn]:
    """Examples that were taken from a school which does not share any more, or of one that says so by its name."""
    refusing = workspace.once(_refusing)
    for way, example in _examples(tree):
        source, name = example.get(SHARED_BY), str(example.get("school") or "")
        if source is not None:  # of the file's own keys anything may stand there
            is_known = isinstance(source, str) and workspace.has_school(source)
            is_shared = is_known and workspace.school(source).school.shares_practice
        else:
            is_shared = name not in refusing
        if not is_shared:
            yield Withdrawn(name, str(example.get("text") or ""), way)


def _refusing(workspace: Workspace) -> frozenset[str]:
    """The names of organisations whose files say that they do not share: `shares_practice: no`."""
    names = set()
    for slug in workspace.own_slugs:
        document = workspace.apart().school(slug).document
        school: School | None = document.model
        if school and "shares_practice" in school.model_fields_set and not school.shares_practice:
            names.add(school.name)
    return frozenset(names)


def _plain(text: object) -> str:
    return " ".join(str(text or "").split())


def _list(holder: Mapping[str, Tree], key: str) -> list[Any]:
    found = holder.get(key)
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def _at(tree: Tree, way: TreePath) -> Any:  # noqa: ANN401 - a tree
    for key in way:
        tree = tree[key]
    return tree
