"""One organisation's folder below schools/, and what is kept in it."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, TypeVar

from charterkit.files.copies import Rival
from charterkit.files.document import Document
from charterkit.files.kinds import FOLDERS, school_kind
from charterkit.files.names import DRAFTS, right_name
from charterkit.model.adoption import Adoption
from charterkit.model.base import Model
from charterkit.model.evaluation import Evaluation, RaterDraft
from charterkit.model.policy import Policy
from charterkit.model.school import School
from charterkit.model.survey import Survey
from charterkit.model.visit import Visit
from charterkit.records import dataclass

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
        return list(self.workspace.snapshot.settled(f"{self.path}/{folder}", kind).kept)

    @property
    def evaluations(self) -> list[Document[Evaluation]]:
        """Its self-evaluations that count, by file name: of several for one charter and cycle the one by its name."""
        return self._all("evaluations", Evaluation)

    @property
    def drafts(self) -> list[Document[Evaluation]]:
        """What single people rated before a meeting, by file name. They are no self-evaluations."""
        found = self.workspace.files(f"{self.path}/{DRAFTS}")
        kind: type[Evaluation] = RaterDraft
        return [self.workspace.read(path, kind) for path in found if school_kind(path) is kind]

    @property
    def policies(self) -> list[Document[Policy]]:
        """Its own policies, by file name, without copies; so with the others."""
        return self._all("policies", Policy)

    @property
    def visits(self) -> list[Document[Visit]]:
        """Visits to it, by file name."""
        return self._all("visits", Visit)

    @property
    def surveys(self) -> list[Document[Survey]]:
        """Its surveys, by file name."""
        return self._all("surveys", Survey)

    @property
    def adopted(self) -> list[Document[Adoption]]:
        """The policies of its trust that it has adopted, by file name."""
        return self._all("adopted", Adoption)

    def rivals(self, *folders: str) -> list[Rival[Any]]:
        """The files that give way to another one which is about the same: of these folders, else of all."""
        snapshot = self.workspace.snapshot
        names = folders or tuple(FOLDERS)
        return [rival for name in names for rival in snapshot.settled(f"{self.path}/{name}", FOLDERS[name]).rivals]

    def nearly_named(self, folder: str) -> list[tuple[str, str]]:
        """The files in a folder that are not read because of their name, each with the path it should have.

        One that has that name already, of which this is a copy, keeps it out of the list.
        """
        inside = f"{self.path}/{folder}"
        paths = [path for path in self.workspace.files(inside) if path.rpartition("/")[0] == inside]
        named = [(path, right) for path in paths if (right := right_name(path))]
        return [(path, right) for path, right in named if right not in paths]
