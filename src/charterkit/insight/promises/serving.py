"""Promises seen from the charter: which aspects a promise serves, and which aspects no promise serves."""

from collections import defaultdict
from collections.abc import Collection

from charterkit.insight.promises.year import Planned
from charterkit.model.charter import Aspect, Charter, KeyPoint
from charterkit.records import dataclass


@dataclass(frozen=True, slots=True)
class Served:
    """One aspect and the promises that serve it."""

    key_point: KeyPoint
    aspect: Aspect
    promises: tuple[Planned, ...]


@dataclass(frozen=True, slots=True)
class Serving:
    """A charter and the promises, both ways. `unknown` are the aspects named that the charter does not have."""

    charter: Charter
    aspects: tuple[Served, ...]
    unknown: tuple[tuple[Planned, str], ...]
    naming_none: tuple[Planned, ...]

    @property
    def served(self) -> tuple[Served, ...]:
        """The aspects with a promise."""
        return tuple(served for served in self.aspects if served.promises)

    @property
    def unserved(self) -> tuple[Served, ...]:
        """The aspects without one."""
        return tuple(served for served in self.aspects if not served.promises)


def serving(charter: Charter, found: Collection[Planned]) -> Serving:
    """Which promise serves which aspect. One that names an earlier version's aspect serves those that replace it."""
    pairs = [(point, aspect) for point in charter.key_points for aspect in point.aspects]
    meant: dict[str, list[str]] = defaultdict(list)
    for _, aspect in pairs:
        for name in aspect.replaces:
            meant[name].append(aspect.id)
    for _, aspect in pairs:
        meant[aspect.id] = [aspect.id]
    by: dict[str, dict[int, Planned]] = defaultdict(dict)
    for number, planned in enumerate(found):
        for name in planned.promise.commitment.aspects:
            for aspect_id in meant.get(name, ()):
                by[aspect_id][number] = planned
    return Serving(
        charter,
        tuple(Served(point, aspect, tuple(by[aspect.id].values())) for point, aspect in pairs),
        tuple((planned, name) for planned in found for name in planned.promise.commitment.aspects if name not in meant),
        tuple(planned for planned in found if not planned.promise.commitment.aspects),
    )
