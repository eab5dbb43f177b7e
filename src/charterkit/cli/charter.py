"""`charterkit charter`: one charter at a time, as its authors settle it."""

from typing import TYPE_CHECKING, Annotated

import typer

from charterkit.cli.charter_diff import diff
from charterkit.cli.options import Session, session
from charterkit.cli.params import charter_argument
from charterkit.errors import NotThere, Refused

if TYPE_CHECKING:
    from charterkit.files.document import Document
    from charterkit.model.charter import Charter

app = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,
    no_args_is_help=True,
    help="Say how far a charter of your own is, and what a version of it changes.",
)
app.command(short_help="Say what differs between two versions.")(diff)


@app.callback()
def charter() -> None:
    """Say how far a charter of your own is, and what a version of it changes."""


@app.command(short_help="Set a charter's status to published.")
def publish(
    ctx: typer.Context,
    charter: Annotated[str | None, charter_argument("The charter's id, where there are several.")] = None,
    version: Annotated[
        str | None, typer.Option(metavar="VERSION", help="Which version; the newest draft when left out.")
    ] = None,
) -> None:
    """Set the status of a charter to published: its documents no longer say that it is a draft.

    One line of the charter's file changes, and nothing else in it.
    """
    call = session(ctx)
    document = _draft(call, call.workspace.choose_charter(charter).id, version)
    if document.model is None or document.loaded.problems:
        raise Refused("has-mistake", path=document.path)
    _write(call, document)
    title, number = document.model.title, document.model.version
    call.say(f"{title}, version {number}, is published. Saved in {document.path}.")


def _draft(call: Session, name: str, version: str | None) -> "Document[Charter]":
    """The version that is meant: the named one, or the newest draft."""
    versions = call.workspace.versions(name)
    known = [charter.version for charter in versions]
    if version is not None and version not in known:
        raise NotThere("no-charter-version", charter=name, version=version, known=known)
    meant = [found for found in versions if version in (None, found.version)]
    drafts = [found for found in meant if found.status != "published"]
    if not drafts:
        raise Refused("charter-published", charter=name, version=meant[-1].version)
    document = call.workspace.charters[name, drafts[-1].version]
    if not call.workspace.snapshot.has(document.path):
        raise Refused("charter-built-in", charter=name, path=document.path)
    return document


def _write(call: Session, document: "Document[Charter]") -> None:
    from charterkit.files import write
    from charterkit.files.yaml.edit import Change, edited

    root = call.workspace.root
    made = [Change(("status",), "published")]
    write.change(root / document.path, document.data, lambda text: edited(text, made), root)
    call.workspace.refresh()
