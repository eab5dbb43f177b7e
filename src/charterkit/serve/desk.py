"""What all pages of one run share: the workspace, the day, and the evaluations that are being answered."""

import hashlib
import os
import secrets
from collections.abc import Callable
from dataclasses import field
from datetime import date
from pathlib import Path

from charterkit.errors import Refused
from charterkit.files.workspace import Workspace
from charterkit.records import dataclass
from charterkit.resources import builtin
from charterkit.serve.door import Door
from charterkit.session.evaluation_file import EvaluationFile
from charterkit.session.visit_file import VisitFile

MOST_TOLD = 100
"""Pages whose sentences wait to be said; the oldest goes first."""


@dataclass
class Desk:
    """One run of the page. It is for one thread: two tabs never write at the same moment."""

    root: Path
    """The workspace's folder; where there is none yet, the folder in which one may be begun."""
    clock: Callable[[], date]
    """Today's date, asked anew for each request: a page may stay open over midnight."""
    is_workspace: bool = True
    reads_only: bool = False
    entrances: Path | None = None
    """Where pages lie that lead a browser here, to be taken away when it has come."""
    door: Door = field(default_factory=Door)
    secret: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    """What a second start has to know, so as to be let in too."""
    id: str = field(default_factory=lambda: secrets.token_urlsafe(12))
    """Stands in every form: one that another run has made is not taken."""
    is_over: bool = False
    """Whether the button that ends it was pressed."""
    heard: int = 0
    """Counts the requests, so that whoever watches sees whether any came."""
    has_script: bool = False
    """Whether a page says by itself, now and then, that it is still open."""
    files: dict[tuple[str, str, str], EvaluationFile] = field(default_factory=dict)
    """The evaluations that were looked at, by school, charter and cycle: what each has written can be taken back."""
    visits: dict[str, VisitFile] = field(default_factory=dict)
    """The visits that were recorded here, by the paths of their files: as with evaluations."""
    told: dict[str, object] = field(default_factory=dict)
    """What the page that a form leads to says once, by a word in its address."""
    held: dict[str, object] = field(default_factory=dict)
    """Files that were chosen in the page and tried, by a word in its form, until they are taken in."""

    def __post_init__(self) -> None:
        """Open the door."""
        self.workspace = Workspace(self.root, builtin())

    @property
    def place(self) -> str:
        """Tells this workspace from others in what a browser keeps of it, and names no folder."""
        return hashlib.sha256(os.fsencode(self.root.resolve())).hexdigest()[:16]

    @property
    def today(self) -> date:
        """The day of this request."""
        return self.clock()

    def tell(self, said: object) -> str:
        """Have the page that a form leads to say it, once; the word for it in that page's address."""
        for oldest in list(self.told)[:-MOST_TOLD]:
            del self.told[oldest]
        word = secrets.token_urlsafe(6)
        self.told[word] = said
        return word

    def demand_writing(self) -> None:
        """Raises Refused where the page is for reading only."""
        if self.reads_only:
            raise Refused("page-reads-only")
