"""Drafts of many schools moved to a later version of their charter: what would change, then all of it or nothing."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace

from charterkit.errors import CharterkitError, Missing, NotThere, Refused
from charterkit.files.document import Document
from charterkit.files.school_folder import SchoolFolder
from charterkit.files.together import Rewrite
from charterkit.files.undo_notes import save_noted
from charterkit.files.workspace import Workspace
from charterkit.files.write import remade
from charterkit.files.yaml.reader import parse
from charterkit.insight.evaluations.evaluated import asked_of, evaluated, spoilt_aspects
from charterkit.insight.evaluations.moving_on import Moving, levels_used, moving
from charterkit.insight.evaluations.scales import scaling
from charterkit.insight.evaluations.unread import places, unread, why_unusable
from charterkit.model.charter import Charter, version_key
from charterkit.model.evaluation import Evaluation
from charterkit.model.scale import NOT_APPLICABLE
from charterkit.records import dataclass
from charterkit.session.moved_file import moved_text


@dataclass(frozen=True, slots=True)
class FileMoved:
    """One file that moves on, and what becomes of what stands in it."""

    slug: str
    rewrite: Rewrite
    moving: Moving


@dataclass(slots=True)
class MovePlan:
    """What would be written, and what stays as it is."""

    charter: Charter
    """The version that is moved to."""
    files: list[FileMoved] = field(default_factory=list)
    left: list[tuple[str, str]] = field(default_factory=list)
    """Paths that would have been moved and cannot be, each with the reason."""
    agreed: list[str] = field(default_factory=list)
    """Paths of those that the schools stand by, with the ratings that people gave before they did."""
    there: int = 0
    """Drafts that are at this version, or a later one."""


def plan_moves(
    workspace: Workspace,
    charter: str,
    version: str,
    slugs: Iterable[str],
    levels: Mapping[str, str],
    *,
    tick: Callable[[], object] = lambda: None,
) -> MovePlan:
    """What moving the drafts of these organisations to a version comes to; `tick` is called after each. Nothing is
    written.

    `levels` says which level of that version's scale an older one is, where the two differ. Raises CharterkitError for
    a version that there is not, cannot be read whole or was withdrawn, and for levels that nobody knows a place for.
    """
    target = _target(workspace, charter, version)
    planning = _Planning(MovePlan(target), workspace.versions(charter), levels)
    _demand_known(levels, planning.versions, target)
    for slug in slugs:
        apart = workspace.apart()  # of very many schools only one is kept at a time
        planning.plan.left += _unreadable(apart.school(slug))
        for document in _drafts(apart.school(slug), planning.plan):
            planning.take(apart, slug, document)
        tick()
    planning.demand_levels()
    return planning.plan


def write_moves(workspace: Workspace, plan: MovePlan, tick: Callable[[], object] = lambda: None) -> bool:
    """Write every file of a plan, or none; `tick` is called before each. Whether `policy undo` can take it back.

    Raises what `save_all` raises.
    """
    is_noted = save_noted(workspace.root, [found.rewrite for found in plan.files], tick)
    workspace.refresh()
    return is_noted


def _target(workspace: Workspace, charter: str, version: str) -> Charter:
    known = [each.version for each in workspace.versions(charter)]
    document = workspace.charters.get((charter, version))
    if document is None or document.model is None:
        raise NotThere("no-charter-version", charter=charter, version=version, known=known)
    if document.model.status == "withdrawn":
        raise Refused("version-withdrawn", charter=charter, version=version)
    for number in known:
        each = workspace.charters[charter, number]
        if each.loaded.problems and version_key(number) <= version_key(version):
            raise Refused("has-mistake", path=each.path)
    return document.model


def _demand_known(levels: Mapping[str, str], versions: Sequence[Charter], target: Charter) -> None:
    olds = dict.fromkeys(level for each in versions for level in each.levels)
    for old, new in levels.items():
        if old not in olds:
            raise Refused("no-choice", option="--level", word=old, known=list(olds))
        if new not in target.levels:
            raise Refused("no-choice", option="--level", word=new, known=list(target.levels))


def _unreadable(folder: SchoolFolder) -> Iterator[tuple[str, str]]:
    """The files of which nobody can tell which charter they are about, each with the reason."""
    for document in (*folder.evaluations, *folder.drafts):
        if document.model is None or "charter" in document.loaded.broken:
            yield document.path, why_unusable(folder.workspace, document)


def _drafts(folder: SchoolFolder, plan: MovePlan) -> Iterator[Document[Evaluation]]:
    """The files that are to be moved: drafts, and what raters said before a meeting that is still to come."""
    name = plan.charter.id
    over = set()
    for document in folder.evaluations:
        model = document.model
        if model is None or model.charter != name:
            continue
        if model.status == "agreed" and "status" not in document.loaded.broken:
            over.add(model.cycle)
            if version_key(model.charter_version) < version_key(plan.charter.version):
                plan.agreed.append(document.path)
        else:
            yield document
    for rival in folder.rivals("evaluations"):
        if rival.document.model and rival.document.model.charter == name:
            plan.left.append((rival.document.path, f"{rival.real.path} is about the same charter and cycle."))
    for document in folder.drafts:
        if document.model and document.model.charter == name and document.model.cycle not in over:
            yield document


@dataclass(slots=True)
class _Planning:
    """A plan while it is made."""

    plan: MovePlan
    versions: Sequence[Charter]
    levels: Mapping[str, str]
    lacking: dict[str, list[str]] = field(default_factory=dict)
    """By version, the levels of its scale that drafts have and that nobody knows a place for."""

    def take(self, workspace: Workspace, slug: str, document: Document[Evaluation]) -> None:
        """Take a draft into the plan: among what moves, or what stays."""
        model, target = document.model, self.plan.charter
        if model is None or version_key(model.charter_version) >= version_key(target.version):
            self.plan.there += 1
            return
        if why := _unfit(workspace, document):
            self.plan.left.append((document.path, why))
            return
        old = workspace.charters[target.id, model.charter_version].model or target
        tree = parse(document.data).tree
        ways = _level_ways(old, target, self.versions, self.levels)
        if self._lacks(old, levels_used(tree), ways):
            return
        found = moving(tree if isinstance(tree, dict) else {}, old, target, self.versions, ways)
        asked = asked_of(workspace.school(slug), target).aspects
        found = replace(found, starting=tuple(name for name in found.starting if name in asked))
        try:
            path = workspace.root / document.path
            after = remade(path, document.data, lambda text: moved_text(text, found))
        except CharterkitError as error:
            self.plan.left.append((document.path, error.message))
            return
        said = f"moved from version {old.version} to {target.version}"
        self.plan.files.append(FileMoved(slug, Rewrite(document.path, document.data, after, said), found))

    def _lacks(self, old: Charter, words: Iterable[str], ways: Mapping[str, str]) -> bool:
        """Whether a draft has a level without a place on the later scale; it is noted."""
        used = dict.fromkeys(old.level_of(word) for word in words)
        unknown = [level for level in used if level and level not in (*ways, NOT_APPLICABLE)]
        if unknown:
            had = self.lacking.setdefault(old.version, [])
            had += [level for level in unknown if level not in had]
        return bool(unknown)

    def demand_levels(self) -> None:
        """Raises Refused where a level has no place on the later scale, with what to write."""
        for old, lacking in self.lacking.items():
            said = " ".join(f"--level {level}=LEVEL" for level in sorted(lacking))
            new, known = self.plan.charter.version, list(self.plan.charter.levels)
            raise Refused("levels-to-say", old=old, new=new, lacking=lacking, known=known, said=said)


def _unfit(workspace: Workspace, document: Document[Evaluation]) -> str:
    """Why a draft cannot be moved: something in it cannot be read, and so cannot be put in its place; else empty."""
    charter = workspace.charter_of(document.model) if document.model else None
    if document.model is None or charter is None or "charter_version" in document.loaded.broken:
        return why_unusable(workspace, document)
    kept = workspace.charters[charter.id, charter.version]
    held = evaluated(document, charter.as_rated(), spoilt_aspects(kept))
    problems = unread(held) if held else document.loaded.problems
    return places(document, problems, 1)[0] if problems else ""


def _level_ways(old: Charter, new: Charter, versions: Sequence[Charter], given: Mapping[str, str]) -> dict[str, str]:
    """For each older level the one that it is on the newer scale, as far as that is told.

    Raises Refused where another is given for one of which the charter tells it.
    """
    levels = scaling(old, new, versions)
    became = {level: levels.became(level) for level in old.levels} if levels else {}
    told = {level: news[0] for level, news in became.items() if len(news) == 1}
    said = {level: word for level, word in given.items() if level in old.levels}
    for level, word in said.items():
        if told.get(level, word) != word:
            raise Refused("level-told", level=level, word=word, told=told[level], new=new.version)
    return told | said


def demand_drafts(plan: MovePlan, name: str) -> None:
    """Raises Missing where there is nothing to move and nothing that stood in the way of it."""
    if not (plan.files or plan.left):
        raise Missing("no-drafts-to-move", name=name, charter=plan.charter.id, version=plan.charter.version)
