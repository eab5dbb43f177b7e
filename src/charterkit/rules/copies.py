"""CK319: copies of files, by their names."""

from collections.abc import Iterator
from typing import Any

from charterkit.files.copies import Rival, original
from charterkit.files.workspace import Document
from charterkit.findings import Code
from charterkit.model.evaluation import Evaluation
from charterkit.rules.base import Report, Rule
from charterkit.rules.context import Context
from charterkit.text.safe import shown


class Copy(Rule):
    """A file is a copy of another, by its name and what it is about.

    Why: only one of the two can count. The one with the right name is used, and nothing is published until one is left.
    Bad: policies/behaviour.yaml and policies/behaviour (1).yaml, both with id: behaviour
    Good: policies/behaviour.yaml
    Mend: take over what only the copy has, then delete the copy; or name it after what it holds.
    """

    code = Code.COPY

    def check(self, context: Context) -> Iterator[Report]:
        """Every organisation's files, and the charters; evaluations of one cycle have a rule of their own."""
        for folder in context.schools:
            for rival in folder.rivals():
                if not _is_of_one_cycle(rival):
                    yield self._gives_way(rival)
            for document in folder.evaluations:
                yield from self._misnamed(document)

    def _gives_way(self, rival: Rival[Any]) -> Report:
        real = rival.real.path
        message = f"this is a copy of {shown(real, 200)} and is not used"
        remedy = f"Take over into {real} what only this file has, then delete this file."
        return rival.document, self.problem(message, remedy)

    def _misnamed(self, document: Document[Evaluation]) -> Iterator[Report]:
        """An evaluation that counts, and that nobody would look for under its name."""
        model = document.model
        if model is None or model.cycle is None or not original(document.stem):
            return
        message = f"the name is that of a copy, and the file is the only one about {model.cycle}"
        yield document, self.problem(message, f"Name it {model.cycle}.yaml.")


def _is_of_one_cycle(rival: Rival[Any]) -> bool:
    """Whether both can be read as evaluations of one cycle."""
    both = (rival.document.model, rival.real.model)
    return rival.document.kind is Evaluation and all(model is not None and model.cycle is not None for model in both)
