"""The files that an import of an extract comes to, each read back before anything is written."""

from functools import partial

from charterkit.errors import Refused
from charterkit.exchange.gias.memory import GiasMemory
from charterkit.exchange.gias.outcome import GiasPlan, GiasPlans
from charterkit.files.load import load
from charterkit.files.schema_line import schema_line
from charterkit.files.together import NewFile, Rewrite
from charterkit.files.workspace import Workspace
from charterkit.files.write import remade
from charterkit.files.yaml.edit import edited
from charterkit.files.yaml.emit import document
from charterkit.model.school import School


def files_of(plans: GiasPlans, workspace: Workspace, memory: GiasMemory) -> list[Rewrite | NewFile]:
    """The files as they are to be, and what is remembered of the register. Nothing is written here.

    Raises CharterkitError for a school's file that `check` would have something against.
    """
    root = workspace.root
    head = schema_line(root, "schools/a/school.yaml", "school")
    made: list[Rewrite | NewFile] = []
    for plan in plans.plans:
        if plan.facts is not None:
            path = f"schools/{plan.slug}/school.yaml"
            made.append(NewFile(path, (head + document(dict(plan.facts))).encode(), f"{plan.name}, taken in from GIAS"))
            _demand_sound(plan, path, made[-1].after, 0)
        elif plan.changes and plan.known:
            found = plan.known.document
            after = remade(root / found.path, found.data, partial(edited, changes=plan.changes))
            made.append(Rewrite(found.path, found.data, after, f"{plan.name}, changed from GIAS"))
            _demand_sound(plan, found.path, after, len(found.loaded.problems))
    said = {plan.key: plan.said for plan in plans.plans if plan.said}
    carried = {plan.key: {**memory.said.get(plan.was, {}), **plan.said} for plan in plans.plans if plan.was}
    gone = frozenset(plan.was for plan in plans.plans if plan.was)
    kept = memory.file(said | carried, gone)
    return [*made, kept] if kept else made


def _demand_sound(plan: GiasPlan, path: str, data: bytes, had: int) -> None:
    problems = load(School, data).problems
    if len(problems) > had:
        raise Refused("gias-unfit", path=path, name=plan.name, why=problems[-1].message)
