"""One organisation's folder below schools/, and what is kept in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from charterkit.files.document import Document
from charterkit.files.kinds import school_kind
from charterkit.model.base import Model
from charterkit.model.evaluation import Evaluation
from charterkit.model.policy import Policy
from charterkit.model.school import School
from charterkit.model.survey import Survey
from charterkit.model.visit import Visit

if TYPE_CHECKING:
    from charterkit.files.workspace import Workspace

M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class SchoolFolder:
    """One folder below schools/: the organisation and what is kept about it, as the workspace's snapshot has it."""

    workspace: "Workspace"
    slug: str

    @property
    def path(self) -> str:
        """The folder, relative to the workspace."""
        return f"schools/{self.slug}"

    @property
    def document(self) -> Document[School]:
        """The file school.yaml."""
        return self.workspace.read(f"{self.path}/school.yaml", School)

    @property
    def school(self) -> School:
        """The organisation; of an unreadable file, one that has only the folder's name."""
        model = self.document.model
        if model is None or "name" in self.document.loaded.broken:
            blank = model or School(name=self.slug)
            return blank.model_copy(update={"name": self.slug})
        return model

    @property
    def is_school(self) -> bool:
        """Whether it is a school, not a trust or an authority."""
        return self.school.kind == "school"

    def documents(self) -> Iterator[Document[Model]]:
        """Every file below it, read."""
        for path in self.workspace.files(self.path):
            yield self.workspace.read(path, school_kind(path))

    def _all(self, folder: str, kind: type[M]) -> list[Document[M]]:
        return list(self.workspace.snapshot.kept(f"{self.path}/{folder}", kind))

    @property
    def evaluations(self) -> list[Document[Evaluation]]:
        """All its self-evaluations, by file name."""
        return self._all("evaluations", Evaluation)

    @property
    def policies(self) -> list[Document[Policy]]:
        """Its own policies, by file name."""
        return self._all("policies", Policy)

    @property
    def visits(self) -> list[Document[Visit]]:
        """Visits to it, by file name."""
        return self._all("visits", Visit)

    @property
    def surveys(self) -> list[Document[Survey]]:
        """Its surveys, by file name."""
        return self._all("surveys", Survey)
