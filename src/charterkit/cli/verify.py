"""`charterkit verify`: whether a certificate holds, without a network, and what it says."""

import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from charterkit.cli.issuer_keys import moment
from charterkit.cli.options import Session, session
from charterkit.cli.params import TodayOption, choice_option
from charterkit.cli.secrets import SettingsOption, settings
from charterkit.errors import CharterkitError, NotThere, Refused

if TYPE_CHECKING:
    from charterkit.credential.issuer import IssuerDocument
    from charterkit.credential.shown import Stated
    from charterkit.credential.verifying import Verdict

TRUSTED = "issuers"
"""The folder in the user's settings with the documents and lists of issuers that are trusted."""
_MOST_FILES = 500
_FORMATS = ("text", "json")

app = typer.Typer(rich_markup_mode=None)


@app.command(short_help="Say whether a certificate holds, and what it says.")
def verify(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="The certificate: JSON, PDF, PNG or SVG.")],
    issuer: Annotated[
        list[str] | None,
        typer.Option(metavar="FILE|DIR", help="The issuer's did.json, or a folder with it and the status lists."),
    ] = None,
    status: Annotated[
        list[str] | None, typer.Option(metavar="FILE", help="A status list of the issuer; may be repeated.")
    ] = None,
    output_format: Annotated[str, choice_option("--format", _FORMATS, "How it is said.")] = "text",
    settings_folder: SettingsOption = None,
    today: TodayOption = None,
) -> None:
    """Say whether a certificate holds, and what it says: who issued what to whom, until when, and whether revoked.

    Nothing is fetched: the issuer's document is named, lies in the folder issuers/ of your settings, or is this
    workspace's own. Exits with 0 where it holds, 1 where it does not, 2 where that cannot be told.
    """
    from charterkit.credential.carriers import MOST_BYTES
    from charterkit.credential.library import ldp
    from charterkit.credential.verifying import verify as verified

    call = session(ctx)
    ldp()
    data = _read(Path(file), MOST_BYTES)
    documents = (
        list(_given(issuer or (), status or ())) if issuer else list(_trusted(call, settings_folder, status or ()))
    )
    issuers, lists = _sorted(documents)
    found = verified(data, issuers, lists, moment(today))
    typer.echo(_as_json(found) if output_format == "json" else "\n".join(_lines(found, call.columns)))
    if found.holds is not True:
        raise typer.Exit(1 if found.holds is False else 2)


def _given(issuers: Iterable[str], lists: Iterable[str]) -> Iterator[tuple[Path, dict[str, Any]]]:
    for named in issuers:
        place = Path(named)
        yield from _in_folder(place) if place.is_dir() else [(place, _document(place))]
    for named in lists:
        yield Path(named), _document(Path(named))


def _trusted(call: Session, folder: str | None, lists: Iterable[str]) -> Iterator[tuple[Path, dict[str, Any]]]:
    """The user's own, this workspace's, and the lists that were named beside them."""
    with suppress(CharterkitError):  # a certificate is verified anywhere: without a home, and in no workspace
        yield from _in_folder(settings(folder) / TRUSTED)
    with suppress(CharterkitError):
        from charterkit.files.places import PUBLISHED

        yield from _in_folder(call.root / PUBLISHED)
    yield from _given((), lists)


def _in_folder(folder: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Every JSON object in a folder and its own, three deep; what is none is passed over."""
    found = 0
    for top, folders, names in os.walk(folder):
        if len(Path(top).relative_to(folder).parts) >= 3:  # noqa: PLR2004 - as the docstring says
            folders.clear()
        for name in sorted(names):
            if not name.endswith(".json"):
                continue
            found += 1
            if found > _MOST_FILES:
                return
            try:
                yield Path(top, name), _document(Path(top, name))
            except CharterkitError:
                continue


def _sorted(documents: list[tuple[Path, dict[str, Any]]]) -> "tuple[list[IssuerDocument], list[dict[str, Any]]]":
    """Issuers' documents, and lists; what a person named and is neither is refused."""
    from charterkit.credential.issuer import read_issuer

    issuers, lists = [], []
    for _, document in documents:
        if "verificationMethod" in document:
            issuers.append(read_issuer(document))
        else:
            lists.append(document)
    return issuers, lists


def _document(path: Path) -> dict[str, Any]:
    from charterkit.credential.reading import MOST_BYTES, parsed

    try:
        return parsed(_read(path, MOST_BYTES))
    except CharterkitError as error:
        if error.code in ("unfit-file-named", "file-not-read"):
            raise
        raise Refused("unfit-document", path=path, reason=error.message) from None


def _read(path: Path, most: int) -> bytes:
    """A plain file, one byte more than the most that is taken: whoever reads it then says that it is too large."""
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(handle, "rb") as file:
            if stat.S_ISREG(os.fstat(handle).st_mode):
                return file.read(most + 1)
    except IsADirectoryError:
        raise Refused("unfit-file-named", path=path) from None
    except FileNotFoundError:
        raise NotThere("no-path", path=path) from None
    except (OSError, ValueError) as error:
        raise Refused("file-not-read", path=path, reason=getattr(error, "strerror", None) or error) from None
    raise Refused("unfit-file-named", path=path)


_NAMES = 12
"""Cells of the column of names."""
_SAYS = {
    True: "This certificate holds.",
    False: "This certificate does not hold.",
    None: "It cannot be told whether this certificate holds.",
}


def _lines(found: "Verdict", columns: int) -> Iterator[str]:
    """What is said, broken between words where a terminal is narrower; what was certified stays in its column."""
    from charterkit.text.safe import visible
    from charterkit.text.wrap import broken

    yield _SAYS[found.holds]
    if found.reason is not None:
        yield from broken(visible(f"{found.reason.message} {found.reason.hint}".strip()), columns)
    if not found.has_status:
        yield "It names no status list, so nobody can see whether it was revoked."
    if found.stated is not None:
        yield ""
        for name, text in _stated(found.stated):
            lines = broken(visible(text), max(columns - _NAMES, 0)) if text else []
            yield from (f"{'' if at else name:<{_NAMES}}{line}" for at, line in enumerate(lines))
        yield ""
        yield from broken("Compare that with the paper: words around a certificate can be anybody's.", columns)


def _stated(said: "Stated") -> list[tuple[str, str]]:
    from charterkit.text.safe import shown

    numbers = ", ".join(part for part in (said.urn and f"URN {said.urn}", said.ukprn and f"UKPRN {said.ukprn}") if part)
    version = f", version {shown(said.charter_version)}" if said.charter_version else ""
    return [
        ("Number", shown(said.number)),
        ("School", f"{shown(said.school, 100)}{f' ({shown(numbers)})' if numbers else ''}"),
        ("Charter", f"{shown(said.charter_title, 100)}{version}"),
        ("Text", shown(said.charter_text, 80)),
        ("Award", shown(said.award)),
        ("Visited", shown(said.visited)),
        ("Valid", f"{shown(said.valid_from)} to {shown(said.valid_until)}"),
        ("Issuer", f"{shown(said.issuer_name, 100)} ({shown(said.issuer, 100)})"),
    ]


def _as_json(found: "Verdict") -> str:
    """The verdict as data; what a stranger has signed may turn text round in a terminal, and is escaped."""
    from charterkit.render.shared.table import json_text
    from charterkit.text.safe import spelt_out

    reason = found.reason
    said = {
        "holds": found.holds,
        "reason": reason.code if reason else None,
        "message": reason.message if reason else None,
        "has_status": found.has_status,
        "certificate": _plain(found.stated) if found.stated else None,
    }
    return spelt_out(json_text(said))


def _plain(said: "Stated") -> dict[str, object]:
    return {**asdict(said), "evidence": [{"kind": kind, "date": when} for kind, when in said.evidence]}
