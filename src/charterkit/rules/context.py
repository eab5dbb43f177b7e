"""What a rule may look at: the files of some organisations, gathered by kind in one pass that all rules share."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple, TypeVar

from charterkit.files.attachments import Answers, Attachments
from charterkit.files.disk import SCHOOLS, Stamp
from charterkit.files.workspace import Document, SchoolFolder, Workspace
from charterkit.insight.evaluations.evaluated import as_meant
from charterkit.insight.policies.reviews import in_force
from charterkit.many.pieces import SHARED, Piece, piece_of
from charterkit.model.adoption import Adoption
from charterkit.model.charter import Charter
from charterkit.model.config import Config
from charterkit.model.evaluation import Evaluation, RaterDraft
from charterkit.model.policy import Policy
from charterkit.model.school import School
from charterkit.model.survey import Survey
from charterkit.model.translation import Translation
from charterkit.model.visit import Visit

T = TypeVar("T")


class KeptSchool(NamedTuple):
    """An organisation whose school.yaml can be read."""

    folder: SchoolFolder
    document: Document[School]
    school: School


class KeptEvaluation(NamedTuple):
    """An evaluation that can be read, and the charter version it was made with, if the workspace has it."""

    folder: SchoolFolder
    document: Document[Evaluation]
    evaluation: Evaluation
    charter: Charter | None


class KeptVisit(NamedTuple):
    """A visit that can be read, and the charter version it was about, if the workspace has it."""

    folder: SchoolFolder
    document: Document[Visit]
    visit: Visit
    charter: Charter | None


class KeptPolicy(NamedTuple):
    """A policy that can be read."""

    folder: SchoolFolder
    document: Document[Policy]
    policy: Policy


class KeptSurvey(NamedTuple):
    """A survey that can be read."""

    folder: SchoolFolder
    document: Document[Survey]
    survey: Survey


class KeptAdoption(NamedTuple):
    """A policy of a trust that a member has adopted, as far as it can be read."""

    folder: SchoolFolder
    document: Document[Adoption]
    adoption: Adoption


class KeptCharter(NamedTuple):
    """A charter that can be read, perhaps a built-in one."""

    document: Document[Charter]
    charter: Charter


class KeptTranslation(NamedTuple):
    """A translation that can be read."""

    document: Document[Translation]
    translation: Translation


class KeptSettings(NamedTuple):
    """charterkit.yaml, where it is among the files that are looked at and can be read."""

    document: Document[Config]
    config: Config


class Context:
    """What a rule may look at: what can be read of each kind of file, gathered once for all rules."""

    def __init__(self, workspace: Workspace, today: date, pieces: Iterable[Piece], codes: Collection[str] = ()) -> None:
        """Read the files of some pieces of a workspace; `codes` is every code that there is a rule for."""
        self.workspace = workspace.apart(SHARED)
        """For what all share. Another school's files are reached from a school's folder, whose look at them is noted:
        what is read of one here every piece is taken to depend on.
        """
        self.today = today
        self._views = {piece: workspace.apart(piece) for piece in pieces}
        self.read = {piece: _documents(view, piece) for piece, view in self._views.items()}
        """The files that are looked at, by the piece in which they lie."""
        self.documents = [document for read in self.read.values() for document in read]
        self.codes = codes
        self.compared: Counter[tuple[str, str]] = Counter()
        """How many words a rule has compared with those of a file, by code and path."""
        self._made: dict[Callable[..., Any], Any] = {}
        self._attachments = {piece: Attachments(workspace.root) for piece in self.read}

        self.schools = [view.school(piece) for piece, view in self._views.items() if piece != SHARED]
        self.organisations: list[KeptSchool] = []
        """Of the schools those whose own file can be read."""
        self.evaluations: list[KeptEvaluation] = []
        self.drafts: list[KeptEvaluation] = []
        """What single people rated before a meeting: held to a charter as evaluations are, and to nothing else."""
        self.visits: list[KeptVisit] = []
        self.policies: list[KeptPolicy] = []
        self.surveys: list[KeptSurvey] = []
        self.adoptions: list[KeptAdoption] = []
        self.translations: list[KeptTranslation] = []
        self.settings: KeptSettings | None = None
        charters = workspace.charter_documents if SHARED in self.read else ()
        self.charters = [KeptCharter(document, document.model) for document in charters if document.model is not None]
        """The workspace's and the built-in ones, where what all share is looked at."""
        self._gather({folder.slug: folder for folder in self.schools})
        self.policies_in_force = [kept for kept in self.policies if in_force(kept.policy)]

    def piece(self, path: str) -> Piece:
        """The piece to which a file belongs; that of what all share for what lies in no school."""
        piece = piece_of(path)
        return piece if piece in self.read else SHARED

    def stamp_of(self, path: str) -> Stamp | None:
        """The stamp that a file had when it was read; None where it tells nothing."""
        return self._views[self.piece(path)].snapshot.stamp_of(path)

    def beside(self, document: Document[Any]) -> Sequence[Document[Any]]:
        """All files of the piece to which one belongs."""
        return self.read[self.piece(document.path)]

    def attachments(self, folder: SchoolFolder) -> Attachments:
        """What other files than YAML ones a school has. What is asked here, its findings depend on."""
        return self._attachments[folder.slug]

    def asked(self, piece: Piece) -> Answers:
        """What the findings in a piece depend on besides its own files and what all share."""
        return {**self.workspace.asked, **self._views[piece].asked, **self._attachments[piece].answers}

    def _gather(self, folders: Mapping[str, SchoolFolder]) -> None:
        """By the kind that the place says: to ask a model for its class takes Pydantic longer than all the rest."""
        for document in self.documents:
            kind, model = document.kind, document.model
            if model is None:
                continue
            if kind is Translation:
                self.translations.append(KeptTranslation(document, model))
            elif kind is Config:
                self.settings = KeptSettings(document, model)
            elif document.path.startswith(f"{SCHOOLS}/"):
                self._keep(folders[document.path.split("/", 2)[1]], document, model)

    def _keep(self, folder: SchoolFolder, document: Document[Any], model: Any) -> None:  # noqa: ANN401 - of its kind
        kind = document.kind
        if kind in (Evaluation, RaterDraft):
            charter = self.workspace.charter_of(model)
            model = as_meant(model, charter) if charter else model
            kept = self.evaluations if kind is Evaluation else self.drafts
            kept.append(KeptEvaluation(folder, document, model, charter))
        elif kind is School:
            self.organisations.append(KeptSchool(folder, document, model))
        elif kind is Policy:
            self.policies.append(KeptPolicy(folder, document, model))
        elif kind is Visit:
            found = self.workspace.charters.get((model.charter or "", model.charter_version or ""))
            self.visits.append(KeptVisit(folder, document, model, found.model if found else None))
        elif kind is Survey:
            self.surveys.append(KeptSurvey(folder, document, model))
        elif kind is Adoption:
            self.adoptions.append(KeptAdoption(folder, document, model))

    def once(self, make: "Callable[[Context], T]") -> T:
        """What a function finds out about all that is looked at; it is called once."""
        if make not in self._made:
            self._made[make] = make(self)
        found: T = self._made[make]
        return found


def _documents(view: Workspace, piece: Piece) -> tuple[Document[Any], ...]:
    if piece == SHARED:
        return tuple(view.read(path, kind) for path, kind in view.shared_paths())
    return tuple(view.school(piece).documents())
