"""Schools' summaries in batches, so that of very many only some are held at a time."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from charterkit.insight.overview.summary import SchoolSummary
from charterkit.records import dataclass

Make = Callable[[Sequence[SchoolSummary]], Any]
"""What is found out about some schools: plain data, texts, numbers, lists, and mappings whose keys are texts."""


class Batch(Protocol):
    """Some schools. They can be gone through again, which may take a while."""

    def summaries(self) -> Sequence[SchoolSummary]:
        """Their summaries."""

    def once(self, name: str, make: Make) -> Any:  # noqa: ANN401 - plain data
        """What a function finds out about them; from an earlier call that had the same name, where none of them has
        changed. The name stands for all that it depends on besides them.
        """

    def let_go(self) -> None:
        """Hold the summaries no longer: whoever wants them again can wait for them."""


@dataclass(frozen=True)
class HeldBatch:
    """A batch of summaries that somebody holds."""

    held: Sequence[SchoolSummary]

    def summaries(self) -> Sequence[SchoolSummary]:
        """As in `Batch`."""
        return self.held

    def once(self, name: str, make: Make) -> Any:  # noqa: ANN401, ARG002 - as in `Batch`
        """As in `Batch`; nothing is kept."""
        return make(self.held)

    def let_go(self) -> None:
        """As in `Batch`; they are held by somebody else anyway."""


def add(whole: dict[str, Any], part: Mapping[str, Any]) -> None:
    """Add plain data to some other, key by key: numbers together, lists behind each other; of texts the later stays."""
    for key, value in part.items():
        if key not in whole:
            whole[key] = _own(value)
        elif isinstance(value, dict):
            add(whole[key], value)
        elif isinstance(value, str):
            whole[key] = value
        else:
            whole[key] += value


def _own(value: Any) -> Any:  # noqa: ANN401 - plain data
    """A copy, which may be added to."""
    if isinstance(value, dict):
        return {key: _own(inner) for key, inner in value.items()}
    return [*value] if isinstance(value, list) else value
