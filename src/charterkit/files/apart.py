"""A look at a part of a workspace: at one of very many schools, with a note of whatever is asked about the others."""

from typing import Any, TypeVar

from charterkit.files.attachments import CONTENT, NAMES, Question
from charterkit.files.digests import digest
from charterkit.files.disk import SCHOOLS, Stamp
from charterkit.files.document import Document
from charterkit.files.snapshot import Snapshot
from charterkit.model.base import Model

M = TypeVar("M", bound=Model)


class Apart(Snapshot):
    """The same snapshot, for a look at some of its schools: what is read of them is kept here, and goes with it.

    With `own` it is the look at one school. What is read of any other then stands in `asked`, as questions with their
    answers: what is found out here depends on those, and on nothing else outside the school's own folder and what all
    share.
    """

    def __init__(self, whole: Snapshot, own: str | None = None) -> None:
        super().__init__(whole.disk, whole.listing)
        self._whole = whole
        self._inside = f"{SCHOOLS}/" if own is None else f"{SCHOOLS}/{own}/"
        self.asked: dict[Question, Any] = {}

    def _is_own(self, path: str) -> bool:
        return f"{path}/".startswith(self._inside)

    @property
    def slugs(self) -> list[str]:
        """As in the whole one."""
        return self._whole.slugs

    @property
    def slug_set(self) -> frozenset[str]:
        """As in the whole one."""
        return self._whole.slug_set

    def has(self, path: str) -> bool:
        """As in the whole one."""
        return self._whole.has(path)

    def files(self, folder: str) -> tuple[str, ...]:
        """As in the whole one."""
        if not folder.startswith(f"{SCHOOLS}/"):
            return self._whole.files(folder)
        found = super().files(folder)
        if not self._is_own(folder):
            self.asked[NAMES, folder, "", ""] = list(found)
        return found

    def document(self, path: str, kind: type[M] | None, *, builtin: bool = False) -> Document[M]:
        """As in the whole one; of a school it is read here, unless that one has read it already, or lent."""
        if not path.startswith(f"{SCHOOLS}/") or (self._is_own(path) and self._whole.has_read(path)):
            return self._whole.document(path, kind, builtin=builtin)
        if self._is_own(path):
            return super().document(path, kind, builtin=builtin)
        if path not in self._documents:
            self._documents[path] = self._whole.lend(path, kind)
            self.asked[CONTENT, path, "", ""] = digest_of(self._documents[path])
        return self._documents[path]

    def peek(self, path: str) -> bytes:
        """As in the whole one."""
        if not path.startswith(f"{SCHOOLS}/") or self._is_own(path):
            return super().peek(path)
        self.asked[CONTENT, path, "", ""] = ""
        data = self._whole.peek(path)
        self.asked[CONTENT, path, "", ""] = digest(data)
        return data

    def charter_kind(self, path: str) -> type[Model]:
        """As in the whole one."""
        return self._whole.charter_kind(path)

    def stamp_of(self, path: str) -> Stamp | None:
        """As in the whole one, which may have read it."""
        return super().stamp_of(path) or self._whole.stamp_of(path)

    def note(self, what: str, about: str, answer: Any) -> None:  # noqa: ANN401 - plain data
        """Keep it among what was asked."""
        self.asked[what, about, "", ""] = answer


def digest_of(document: Document[Any]) -> str:
    """What identifies a file's content; empty where it cannot be read."""
    return digest(document.data) if document.is_fit else ""
