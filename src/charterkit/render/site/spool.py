"""The pages of a site until they are published: on the disk beyond a few megabytes, so that memory does not grow."""

import tempfile
import weakref
from collections.abc import Iterator, Mapping

_IN_MEMORY = 32 * 1024 * 1024


class PageSpool(Mapping[str, bytes]):
    """Bytes by path, each put once and read as often as wanted."""

    def __init__(self) -> None:
        """Start with none."""
        self._file = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - it goes with the spool
        weakref.finalize(self, self._file.close)
        self._places: dict[str, tuple[int, int]] = {}
        self._end = 0

    def put(self, pages: Mapping[str, bytes]) -> None:
        """Keep some pages. Raises OSError where the disk is full."""
        self._file.seek(self._end)
        for path, data in pages.items():
            self._file.write(data)
            self._places[path] = self._end, len(data)
            self._end += len(data)

    def __getitem__(self, path: str) -> bytes:
        start, size = self._places[path]
        self._file.seek(start)
        return self._file.read(size)

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def __contains__(self, path: object) -> bool:
        return path in self._places
