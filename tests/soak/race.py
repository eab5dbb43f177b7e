"""Two homes, four writers and an editor on one file: what was said to be saved is there at the end."""

import os
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from charterkit.files import swap
from tests.soak.figures import Figures, Progress
from tests.soak.office import SCHOOL, Office, opened

WRITERS = 4
SAVED_BY_EDITOR = b"# saved by the editor\n"


def race(rounds: int) -> Figures:
    """As people do it, with locks and exchanges that everybody shares."""
    return _raced(rounds, lambda: None)


def unshared(rounds: int) -> Figures:
    """On a drive whose locks no other computer sees, and which cannot exchange: two computers, as it were."""
    return _raced(rounds, _blind, has_editor=False)


def _blind() -> None:
    import fcntl

    from charterkit.files import lock

    setattr(fcntl, "flock", lambda *_: None)  # noqa: B010 - a stand-in
    setattr(lock, "_computer", lambda: str(os.getpid()))  # noqa: B010 - as above
    setattr(swap, "_call", lambda _: None)  # noqa: B010 - as above


def _raced(rounds: int, first: Callable[[], object], *, has_editor: bool = True) -> Figures:
    dice, counted, progress = random.Random(), Counter[str](), Progress(rounds)
    with opened() as office:
        aspects, text = office.aspects(), office.file.read_bytes()
        for number in range(rounds):
            progress.reached(number)
            office.clear(text)
            one = _Round(office, number)
            one.start(aspects, first)
            if has_editor:
                one.edit(dice.uniform(0.05, 0.3))
            counted.update(one.fates())
    said = ", ".join(f"{what} {counted[what]}" for what in (*FINE, *BAD))
    return Figures(f"{rounds} rounds of {WRITERS} writers in two homes: {said}", sum(counted[what] for what in BAD))


FINE = ("saved", "refused and kept beside", "editor saved", "written over by the editor")
BAD = ("LOST", "editor's LOST", "refused and gone", "other")


class _Round:
    """One race: everybody's mark in the file, or kept beside it."""

    def __init__(self, office: Office, number: int) -> None:
        self.office = office
        self.number = number
        self.writers: dict[int, int] = {}
        self.has_editor = False
        self.overwritten = b""

    def mark(self, writer: int) -> str:
        return f"round {self.number} writer {writer} mark"

    def start(self, aspects: list[str], first: Callable[[], object]) -> None:
        go = time.monotonic() + 0.03

        def begin() -> None:
            first()
            while time.monotonic() < go:
                pass

        for writer in range(WRITERS):
            call = ("evaluate", SCHOOL, "--note", f"{aspects[writer]}={self.mark(writer)}")
            self.writers[self.office.start(("one", "two")[writer % 2], *call, first=begin)] = writer

    def edit(self, seconds: float) -> None:
        time.sleep(seconds)
        self.has_editor = True
        self.overwritten = (_saved_anew, _saved_in_place)[self.number % 2](self.office.file)

    def fates(self) -> Iterator[str]:
        ended = {child: os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in self.writers}
        text = self.office.file.read_bytes()
        if self.has_editor:
            yield "editor saved" if SAVED_BY_EDITOR in text else "editor's LOST"
        for child, code in ended.items():
            yield self._fate(self.mark(self.writers[child]).encode(), code, self.office.said(child), text)

    def _fate(self, mark: bytes, code: int, said: str, text: bytes) -> str:
        if code == 0 and mark in text:
            return "saved"
        if code == 0:
            return "written over by the editor" if mark in self.overwritten else "LOST"
        if "changed by somebody else" in said or "is being written" in said:
            is_kept = any(mark in one.read_bytes() for one in self.office.beside() if ".unsaved-" in one.name)
            return "refused and kept beside" if is_kept else "refused and gone"
        return "other"


def _saved_anew(file: Path) -> bytes:
    """As most editors do: a new file in the place of the old one. What it overwrote without having read it."""
    new = file.with_suffix(".editor")
    read = file.read_bytes()
    new.write_bytes(read + SAVED_BY_EDITOR)
    if not swap.exchange(new, file):
        raise AssertionError("this needs a file system that can exchange, to count what the editor itself does")
    had = new.read_bytes()
    new.unlink()
    return b"" if had == read else had


def _saved_in_place(file: Path) -> bytes:
    """As others do: the same file, written on."""
    with file.open("ab") as opened_file:
        opened_file.write(SAVED_BY_EDITOR)
    return b""
