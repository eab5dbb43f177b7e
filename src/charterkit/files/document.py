"""One file of a workspace as it was read."""

from pathlib import Path
from typing import Generic, TypeVar

from charterkit.files.load import Loaded
from charterkit.findings import Code
from charterkit.model.base import Model
from charterkit.records import dataclass

M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class Document(Generic[M]):
    """One file as it was read. `path` is relative to the workspace, with forward slashes."""

    path: str
    kind: type[M] | None
    loaded: Loaded[M]
    data: bytes = b""
    builtin: bool = False

    @property
    def model(self) -> M | None:
        """What the file means, as far as it can be read."""
        return self.loaded.model

    @property
    def is_fit(self) -> bool:
        """Whether its bytes could be read."""
        return all(problem.code != Code.UNFIT_FILE for problem in self.loaded.problems)

    @property
    def stem(self) -> str:
        """The file's name without its ending."""
        return Path(self.path).stem
