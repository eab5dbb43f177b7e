"""What a rule may look at: the files of some organisations, gathered by kind in one pass that all rules share."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple, TypeVar

from charterkit.files.attachments import Attachments
from charterkit.files.workspace import Document, SchoolFolder, Workspace
from charterkit.insight.policies.reviews import in_force
from charterkit.model.charter import Charter
from charterkit.model.config import Config
from charterkit.model.evaluation import Evaluation
from charterkit.model.policy import Policy
from charterkit.model.survey import Survey
from charterkit.model.translation import Translation
from charterkit.model.visit import Visit

T = TypeVar("T")


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


@dataclass(frozen=True)
class Context:
    """What a rule may look at. What can be read of each kind is gathered once, for all rules."""

    workspace: Workspace
    today: date
    documents: tuple[Document[Any], ...] = ()
    """The files that are looked at, read."""
    charter_documents: tuple[Document[Charter], ...] = ()
    """The charters that are looked at, the built-in ones among them."""
    slugs: tuple[str, ...] = ()
    """The organisations that are looked at, with all whose findings hang together with theirs."""
    codes: frozenset[str] = frozenset()
    """Every code that there is a rule for."""
    compared: Counter[tuple[str, str]] = field(default_factory=Counter)
    """How many words a rule has compared with those of a file, by code and path."""
    _found: dict[Callable[..., Any], Any] = field(default_factory=dict)

    def once(self, make: "Callable[[Context], T]") -> T:
        """What a function finds out about all that is looked at; it is called once."""
        if make not in self._found:
            self._found[make] = make(self)
        found: T = self._found[make]
        return found

    @cached_property
    def attachments(self) -> Attachments:
        """What other files than YAML ones there are."""
        return Attachments(self.workspace.root)

    @cached_property
    def schools(self) -> tuple[SchoolFolder, ...]:
        """The folder of every organisation that is looked at."""
        return tuple(map(self.workspace.school, self.slugs))

    @cached_property
    def evaluations(self) -> tuple[KeptEvaluation, ...]:
        """Every evaluation that can be read."""
        charter_of = self.workspace.charter_of
        return tuple(
            KeptEvaluation(folder, document, document.model, charter_of(document.model))
            for folder in self.schools
            for document in folder.evaluations
            if document.model is not None
        )

    @cached_property
    def visits(self) -> tuple[KeptVisit, ...]:
        """Every visit that can be read."""
        return tuple(
            KeptVisit(folder, document, document.model, self._charter_of_visit(document.model))
            for folder in self.schools
            for document in folder.visits
            if document.model is not None
        )

    def _charter_of_visit(self, visit: Visit) -> Charter | None:
        found = self.workspace.charters.get((visit.charter or "", visit.charter_version or ""))
        return found.model if found else None

    @cached_property
    def policies(self) -> tuple[KeptPolicy, ...]:
        """Every policy that can be read."""
        return tuple(
            KeptPolicy(folder, document, document.model)
            for folder in self.schools
            for document in folder.policies
            if document.model is not None
        )

    @cached_property
    def policies_in_force(self) -> tuple[KeptPolicy, ...]:
        """Those of them that are in force."""
        return tuple(kept for kept in self.policies if in_force(kept.policy))

    @cached_property
    def surveys(self) -> tuple[KeptSurvey, ...]:
        """Every survey that can be read."""
        return tuple(
            KeptSurvey(folder, document, document.model)
            for folder in self.schools
            for document in folder.surveys
            if document.model is not None
        )

    @cached_property
    def charters(self) -> tuple[KeptCharter, ...]:
        """Every charter that is looked at and can be read."""
        found = self.charter_documents
        return tuple(KeptCharter(document, document.model) for document in found if document.model is not None)

    @cached_property
    def translations(self) -> tuple[KeptTranslation, ...]:
        """Every translation that is looked at and can be read."""
        found = self.documents
        return tuple(KeptTranslation(one, one.model) for one in found if isinstance(one.model, Translation))

    @cached_property
    def settings(self) -> KeptSettings | None:
        """The workspace's settings, where they are among the files that are looked at."""
        found = (KeptSettings(one, one.model) for one in self.documents if isinstance(one.model, Config))
        return next(found, None)
