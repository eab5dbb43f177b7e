"""Writers that are killed, in two homes: the file stays whole, nothing that was saved goes, and nobody is held up."""

import os
import random
import shutil
import signal
import sys
import time
from collections import Counter
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any

from charterkit.files import beside, lock, swap, write
from tests.soak.figures import Figures, Progress
from tests.soak.office import SCHOOL, Office, opened

WRITING = frozenset(str(module.__file__) for module in (beside, lock, swap, write))
"""The code that writes."""
SOON = lock.STALE_SECONDS - 1
"""Seconds in which the next writer is through, unless the dead one had made its lock and not yet signed it."""
LATE = write.LOCK_SECONDS - 1
"""Seconds after which it would give up."""


def dies_at(line: int) -> None:
    """Kill this process at the so-manieth line of the writing code that it runs."""
    left = line

    def step(_frame: FrameType, event: str, _argument: Any) -> Any:
        nonlocal left
        if event == "line":
            left -= 1
            if not left:
                os.kill(os.getpid(), signal.SIGKILL)
        return step

    def enter(frame: FrameType, _event: str, _argument: Any) -> Any:
        return step if frame.f_code.co_filename in WRITING else None

    real = write.save

    def save(path: Path, before: bytes | None, after: bytes, root: Path) -> None:
        sys.settrace(enter)
        real(path, before, after, root)

    write.save = save  # what comes before is not slowed down


def kills(count: int) -> Figures:
    """The whole program, killed at some line while it writes in one home; then the other home answers."""
    with opened() as office:
        return _killed_while_it_writes(office, count)


def _killed_while_it_writes(office: Office, count: int) -> Figures:
    dice, counted, progress = random.Random(), Counter[str](), Progress(count)
    first, second = office.aspects()[:2]
    text, longest, waited = office.file.read_bytes(), 200, 0
    while counted["killed"] < count:
        progress.reached(counted["killed"])
        office.clear(text)
        line = dice.randint(1, longest)
        call = ("evaluate", SCHOOL, "--note", f"{first}=mark of the first")
        child = office.start("one", *call, first=partial(dies_at, line))
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        office.said(child)
        if code == 0:  # it has not so many lines
            longest = min(longest, line)
        counted["killed"] += code == -signal.SIGKILL
        counted["other ends"] += code not in (0, -signal.SIGKILL)
        counted["broken"] += not _is_whole(office, text)
        start = time.monotonic()
        child = office.start("two", "evaluate", SCHOOL, "--note", f"{second}=mark of the second")
        counted["next refused"] += os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 0
        took = time.monotonic() - start
        waited += SOON < took <= LATE
        counted["next held up"] += took > LATE
        office.said(child)
        counted["next lost"] += b"mark of the second" not in office.file.read_bytes()
    return _figures(f"{longest} lines of writing, after {waited} the next one waited {lock.STALE_SECONDS:g} s", counted)


def _is_whole(office: Office, before: bytes) -> bool:
    data = office.file.read_bytes()
    return data == before or (b"mark of the first" in data and len(data) > len(before))


def lines(count: int) -> Figures:
    """Killed at every line of the writing code, so many times: a file that stands, then one that is new."""
    counted = Counter[str](killed=0, lines=0)
    lock.STALE_SECONDS = 0.1
    with opened() as office:
        for _ in range(count):
            for before in (b"old: 1\n" * 500, None):
                line = 1
                while _killed_at(line, office.folder, before, counted):
                    line += 1
                counted["lines"] += line - 1
    return _figures(f"{counted.pop('lines')} lines of writing", counted)


def _killed_at(line: int, folder: Path, before: bytes | None, counted: Counter[str]) -> bool:
    """Whether a writer still was killed at that line."""
    place = folder / f"line-{line}-{before is None}"
    place.mkdir()
    path, after = place / "x.yaml", b"new: 2\n" * 600
    if before is not None:
        path.write_bytes(before)
    child = os.fork()
    if not child:
        dies_at(line)
        write.save(path, before, after, place)
        os._exit(0)
    was_killed = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 0
    found = path.read_bytes() if path.exists() else None
    counted["killed"] += was_killed
    counted["broken"] += found not in (before, after)
    start = time.monotonic()
    write.save(path, found, b"last: 3\n", place)
    counted["next held up"] += time.monotonic() - start > SOON
    counted["next lost"] += path.read_bytes() != b"last: 3\n"
    shutil.rmtree(place)
    return was_killed


def _figures(about: str, counted: Counter[str]) -> Figures:
    killed = counted.pop("killed")
    said = ", ".join(f"{what} {number}" for what, number in counted.items())
    return Figures(f"{killed} kills at {about}: {said}", sum(counted.values()))
