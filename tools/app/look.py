"""Looks whether the program that `tools.app.build` made works, as a person without Python would meet it.

It is copied into a folder with blanks and accents in its name, made read-only where that may be done, and started with
an empty environment: no Python on the path, no settings. `python -m tools.app.look [FOLDER]`.
"""

import contextlib
import html
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urljoin, urlsplit
from urllib.request import url2pathname

import charterkit
from tools.app.build import NAME, WORK

SECONDS = 120
_AWKWARD = "Dossiê d’école – our stick"
_UNFIT = re.compile(r'[<>:"\\|?*\x00-\x1f]|[ .]$')
"""What no FAT or Windows disk holds in a name. Source: Microsoft's "Naming Files, Paths, and Namespaces", 2026."""
_MOST_LETTERS = 150
"""Of a path inside the folder: Windows takes 260, of which a person's own folders need some."""
_MOST_PAGES = 60
_SYSTEM_NEEDS = ("SYSTEMROOT", "TEMP", "TMP", "USERPROFILE") if os.name == "nt" else ()


class Person:
    """Somebody with a home, this program and nothing else."""

    def __init__(self, program: Path, home: Path) -> None:
        self.program, self.home = program, home
        self.files = home / "Ein Schülerordner"
        self.files.mkdir(parents=True)
        self.environment = {name: os.environ[name] for name in _SYSTEM_NEEDS if name in os.environ}
        self.environment |= {"HOME": str(home), "PATH": str(home / "bin")}

    def call(self, *arguments: str, code: int = 0) -> str:
        """What a command says. Ends the look where it leaves with another code."""
        done = subprocess.run(
            [str(self.program), *arguments],
            cwd=self.files,
            env=self.environment,
            capture_output=True,
            encoding="utf-8",
            timeout=SECONDS,
            check=False,
        )
        said = done.stdout + done.stderr
        wanted(done.returncode == code, f"{arguments} left with {done.returncode}: {said}")
        return said


def wanted(is_so: bool, otherwise: str) -> None:
    """Ends the look with a sentence where something is not so."""
    if not is_so:
        sys.exit(otherwise)


def names_fit(folder: Path) -> None:
    """Every disk holds it: no links, no names that differ by capitals alone, no letters or lengths that one refuses."""
    paths = list(folder.rglob("*"))
    if sys.platform == "darwin":
        return  # an app is full of links
    names = [path.relative_to(folder).as_posix() for path in paths]
    wanted(not [path for path in paths if path.is_symlink()], "There are links in it.")
    wanted(len({name.casefold() for name in names}) == len(names), "Two names differ by capitals alone.")
    unfit = [name for name in names if len(name) > _MOST_LETTERS or any(map(_UNFIT.search, name.split("/")))]
    wanted(not unfit, f"Names that not every disk holds: {unfit}")


def all_is_there(folder: Path) -> None:
    """Every file of charterkit that is no code is in it, and the licences of all parts."""
    source = Path(charterkit.__file__).parent
    files = [
        path.relative_to(source) for path in source.rglob("*") if path.is_file() and path.suffix not in (".py", ".pyc")
    ]
    inside = next(path.parent.parent for path in folder.rglob("builtin/charters"))
    gone = [file.as_posix() for file in files if not (inside / file).is_file()]
    wanted(not gone, f"Not carried along: {gone}")
    wanted(any((folder / "LICENCES").glob("fontpkg-amiri*/*")), "A font has no licence beside it.")


def documents(person: Person) -> None:
    """A workspace from nothing, and each kind of file that people take away from it."""
    wanted(charterkit.__version__ in person.call("--version"), "It says another version.")
    wanted("evaluate" in person.call("--help"), "It has no help.")
    person.call("init")
    for words, name, begins in (
        (("report", "Larkfield"), "report.pdf", b"%PDF"),
        (("report", "Larkfield"), "report.docx", b"PK"),
        (("report", "Larkfield", "--lang", "cy"), "adroddiad.html", b"<!doctype html>"),
        (("render-form",), "form.xlsx", b"PK"),
        (("compare", "Larkfield"), "compare.pdf", b"%PDF"),
        (("render-poster",), "poster.png", b"\x89PNG"),
        (("calendar", "Larkfield"), "year.ics", b"BEGIN:VCALENDAR"),
    ):
        person.call(*words, "-o", name)
        wanted((person.files / name).read_bytes().startswith(begins), f"{name} is not what it should be.")
    person.call("evaluate", "Larkfield", "--set", "gate-greeting=green")
    person.call("check")
    person.call("no-such-command", code=2)


def page(person: Person) -> None:
    """The page answers, with what is in the files."""
    command = [str(person.program), "open", "Larkfield", "--no-browser"]
    with started(command, person) as running:
        assert running.stdout is not None
        address = running.stdout.readline().strip()
        wanted(address.startswith("http://127.0.0.1:"), f"No address was said: {address}")
        looked_at(address)


def double_click(person: Person) -> None:
    """Nothing but a click: the browser is opened at a page for a folder in the documents, which is made.

    Only where a browser can be put in the place of the person's own.
    """
    if sys.platform != "linux":
        return
    browser, asked = person.home / "bin" / "browser", person.home / "asked"
    browser.parent.mkdir()
    browser.write_text(f'#!/bin/sh\n[ -z "$LD_LIBRARY_PATH" ] && echo "$1" >"{asked}"\n', encoding="utf-8")
    browser.chmod(0o755)
    person.environment["BROWSER"] = f"{browser} %s"
    with started([str(person.program)], person):
        looked_at(re.findall(r"http://[^\"]+", opened(asked).read_text(encoding="utf-8"))[0])
    wanted((person.home / "Documents" / "charterkit").is_dir(), "No folder was made among the documents.")
    asked.unlink()
    shutil.rmtree(person.home / "Documents" / "charterkit")
    (person.home / "Documents" / "charterkit").write_text("in the way", encoding="utf-8")
    person.call(code=2)
    wanted("cannot be used" in opened(asked).read_text(encoding="utf-8"), "A refusal is not shown.")


@contextlib.contextmanager
def started(command: list[str], person: Person) -> Iterator[subprocess.Popen[str]]:
    """The program while it runs, ended when it was looked at."""
    running = subprocess.Popen(
        command, cwd=person.files, env=person.environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    try:
        yield running
    finally:
        running.terminate()
        running.wait(SECONDS)


def opened(asked: Path) -> Path:
    """The file that the browser was told to open."""
    for _ in range(SECONDS * 10):
        if asked.is_file() and (told := asked.read_text(encoding="utf-8")).endswith("\n"):
            return Path(url2pathname(urlsplit(told.strip()).path))
        time.sleep(0.1)
    sys.exit("No page was opened.")


def looked_at(address: str) -> None:
    """Go in by an address that is good for one time, as a browser does, and through the rooms to some documents."""
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    with browser.open(address, timeout=SECONDS) as entered:
        home = re.findall(r'href="(/[^"]*)', entered.read().decode())[0]
    waiting, seen = [home], {home}
    for _ in range(_MOST_PAGES):
        if not waiting:
            break
        path = waiting.pop(0)
        text = _read(browser, urljoin(address, path))
        for link in map(html.unescape, re.findall(r'href="(/[^"#]*)', text)):
            if _kind(link) not in seen:
                seen.add(_kind(link))
                waiting.append(link)


def _read(browser: urllib.request.OpenerDirector, address: str) -> str:
    """A page's text, empty for another kind of file, and for a document that is refused with a reason."""
    try:
        with browser.open(address, timeout=SECONDS) as answer:
            is_page = answer.headers.get_content_type() == "text/html"
            text = answer.read().decode() if is_page else ""
    except urllib.error.HTTPError as refused:
        wanted(refused.code == HTTPStatus.UNPROCESSABLE_ENTITY, f"{address} answers {refused.code}.")
        return ""
    wanted(not is_page or "<h1" in text, f"{address} has nothing on it.")
    return text


def _kind(link: str) -> str:
    """What an address has in common with others: of aspects, of files and of each format of documents one is enough."""
    path = link.partition("?")[0]
    return re.sub(r"(?<=/mend/).*|(?<=/evaluate/).*|(?<=/meeting/).*|(?<=/documents/)[^.]*|(?<=/policies/).*", "", path)


@contextlib.contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """The folder as on a stick that is locked: mounted so where we may, else without the right to write."""
    mount = ["mount", "--bind", str(folder), str(folder)]
    may = sys.platform == "linux" and subprocess.run(mount, capture_output=True, check=False).returncode == 0
    if may:
        subprocess.run(["mount", "-o", "remount,ro,bind,nosuid,nodev", str(folder)], check=True)
    elif os.name == "posix":
        subprocess.run(["chmod", "-R", "a-w", str(folder)], check=True)
    try:
        yield
    finally:
        if may:
            subprocess.run(["umount", str(folder)], check=True)
        elif os.name == "posix":
            subprocess.run(["chmod", "-R", "u+w", str(folder)], check=True)


def main() -> None:
    """Look at everything once."""
    made = Path(sys.argv[1]) if sys.argv[1:] else WORK / "made" / NAME
    names_fit(made)
    all_is_there(made)
    with tempfile.TemporaryDirectory() as name:
        stick = Path(name, _AWKWARD)
        shutil.copytree(made, stick / NAME, symlinks=True)
        with read_only(stick):
            person = Person(program(stick / NAME), Path(name, "home"))
            documents(person)
            page(person)
            double_click(person)
    print(f"{made} works.")


def program(folder: Path) -> Path:
    """What is started in a terminal, by system."""
    if sys.platform == "darwin":
        return folder / "charterkit.app" / "Contents" / "MacOS" / "charterkit"
    return folder / ("charterkit-terminal.exe" if sys.platform == "win32" else "charterkit")


if __name__ == "__main__":
    main()
