"""An extract, and the links beside it, read into a plan."""

from collections.abc import Sequence
from pathlib import Path

from charterkit.exchange.gias.extract import Extract, read_extract
from charterkit.exchange.gias.links import Links, read_links
from charterkit.exchange.gias.memory import GiasMemory, recalled
from charterkit.exchange.gias.outcome import GiasPlans
from charterkit.exchange.gias.plan import GiasPlanner
from charterkit.files.workspace import Workspace
from charterkit.records import dataclass


@dataclass(frozen=True)
class GiasWishes:
    """What was said on the command line."""

    where: Sequence[str] = ()
    takes_all: bool = False
    """Whether the register wins against what a person wrote."""


@dataclass(frozen=True)
class GiasRead:
    """What stands in the files, what was said the last time, and the plan."""

    extract: Extract
    links: Links
    has_links: bool
    memory: GiasMemory
    plans: GiasPlans


def read_gias(path: Path, links_path: Path | None, wishes: GiasWishes, workspace: Workspace) -> GiasRead:
    """What an extract comes to. Raises CharterkitError for a file or a wish that cannot be read."""
    links = read_links(links_path) if links_path else Links()
    extract = read_extract(path, wishes.where)
    memory = recalled(workspace.root)
    planner = GiasPlanner(workspace, extract, links, memory, takes_all=wishes.takes_all)
    return GiasRead(extract, links, links_path is not None, memory, planner.plan())
