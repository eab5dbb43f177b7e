"""Which members of a trust have adopted its policies, and in which version."""

from functools import cached_property

from charterkit.files.workspace import Document, SchoolFolder
from charterkit.insight.policies.deciding import approvals
from charterkit.insight.policies.reviews import public_version
from charterkit.model.adoption import Adoption
from charterkit.model.dates import PartialDate
from charterkit.model.policy import Policy
from charterkit.records import dataclass


@dataclass(frozen=True)
class Adopted:
    """What a member has said of one policy of its trust; `document` is None where it has not adopted it."""

    school: SchoolFolder
    policy: Policy
    document: Document[Adoption] | None = None

    @property
    def adoption(self) -> Adoption | None:
        """What its file says."""
        return self.document.model if self.document else None

    @cached_property
    def version(self) -> str | None:
        """The version that was adopted: as the file says, else the one that held then; None where nothing tells."""
        return adopted_version(self.adoption, self.policy) if self.adoption else None

    @property
    def is_older(self) -> bool:
        """Whether the trust has approved another version since."""
        return is_older(self.version, self.policy)


def adopted_version(adoption: Adoption, policy: Policy) -> str | None:
    """The version as it is said, else the last one that had been approved by the date."""
    if adoption.version is not None or adoption.date is None:
        return adoption.version
    return held_on(policy, adoption.date)


def held_on(policy: Policy, when: PartialDate) -> str | None:
    """The last version that had been approved by a date."""
    held = [name for name, date in approvals(policy).items() if date.first <= when.last]
    return held[-1] if held else None


def is_older(version: str | None, policy: Policy) -> bool:
    """Whether a version that was approved is no longer the one that holds."""
    return version in approvals(policy) and version != public_version(policy)


def adopted_id(document: Document[Adoption], adoption: Adoption) -> str:
    """The policy's id; the file's name, which is to be the same, where that one cannot be read."""
    return document.stem if "policy" in document.loaded.broken else adoption.policy


class Adoptions:
    """What members say of their trust's policies: each one's files are gone through once, for however many policies."""

    def __init__(self) -> None:
        self._known: dict[str, dict[tuple[str, str], Document[Adoption]]] = {}

    def at(self, school: SchoolFolder, trust: str, name: str, policy: Policy) -> Adopted:
        """What a member says of one policy."""
        if school.slug not in self._known:
            found = [(document.model, document) for document in school.adopted if document.model]
            keys = {(model.from_, adopted_id(document, model)): document for model, document in reversed(found)}
            self._known[school.slug] = keys
        return Adopted(school, policy, self._known[school.slug].get((trust, name)))


def adopted_at(school: SchoolFolder, trust: str, name: str, policy: Policy) -> Adopted:
    """What a member says of a policy of its trust. For many policies, ask one `Adoptions`."""
    return Adoptions().at(school, trust, name, policy)
