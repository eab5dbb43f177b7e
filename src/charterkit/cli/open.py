"""`charterkit open`: the workspace as a page in the browser of this computer."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from charterkit.cli.options import Session, session
from charterkit.cli.params import SchoolArgument, TodayOption, day, port_from
from charterkit.errors import Missing, NotThere

if TYPE_CHECKING:
    from charterkit.serve.desk import Desk

app = typer.Typer(rich_markup_mode=None)
SNAPS = Path("/snap/bin")
"""Where programs lie that are packages of their own, on the systems that have such."""


@app.command("open", short_help="The same in a page of your browser.")
def open_page(
    ctx: typer.Context,
    school: SchoolArgument = None,
    port: Annotated[
        int | None, typer.Option(metavar="PORT", parser=port_from, help="The port; otherwise one that is free.")
    ] = None,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Only say the address.")] = False,
    read_only: Annotated[bool, typer.Option("--read-only", help="Show everything, change nothing.")] = False,
    hosts: Annotated[
        list[str] | None,
        typer.Option("--allow-host", metavar="NAME", help="Another name by which this computer may be asked."),
    ] = None,
    today: TodayOption = None,
) -> None:
    """Rate the school, look at every document and mend files in a page of your browser.

    The page comes from this computer and is for it alone; nothing is sent anywhere. It stops when you press Stop in the
    page, close the page for a while, or press Ctrl and C here.
    """
    call = session(ctx)
    _demand_parts()
    from charterkit.serve.second import asked_again, close_entrances, forget, place, port_of

    root, is_workspace = _root(call)
    at = call.workspace.choose_school(school).slug if school and is_workspace else ""
    kept = _own_folder()
    file = place(kept, root)
    first = asked_again(file)
    if first is not None:
        call.say("It is open already.")
        _show(call, root, _address(first[0], first[1], at), opens=not no_browser)
        return
    from charterkit.cli.app import tell_fault
    from charterkit.serve.app import application
    from charterkit.serve.desk import Desk
    from charterkit.serve.running import bound, serve

    fixed = day(today) if today is not None else None
    desk = Desk(root, lambda: fixed or day(None), is_workspace, read_only, entrances=_entrances())
    listener = bound(port or port_of(root), is_asked=port is not None)
    try:
        serve(
            application(desk, tell_fault, frozenset(name.casefold() for name in hosts or ())),
            desk,
            listener,
            lambda: _ready(call, desk, file, listener.getsockname()[1], at, opens=not no_browser),
        )
    finally:
        forget(file, desk.secret)
        close_entrances(desk.entrances, root)
    call.say("Stopped. Everything that the page said was saved is in the files.")


def _demand_parts() -> None:
    """Raises Missing where the packages of the page are not there."""
    import importlib.util

    absent = [name for name in ("starlette", "uvicorn", "python_multipart") if importlib.util.find_spec(name) is None]
    if absent:
        raise Missing("no-browser-extra", packages=absent)


def _root(call: Session) -> tuple[Path, bool]:
    """The workspace's folder; where there is none, the one we are in, in which one can be begun."""
    try:
        return call.root, True
    except NotThere as error:
        if error.code != "no-workspace":
            raise
        return Path.cwd(), False


def _own_folder() -> Path:
    """The user's own folder for what runs."""
    from platformdirs import user_state_path

    return user_state_path("charterkit") / "open"


def _entrances() -> Path:
    """Where the page lies that leads a browser to the address.

    A browser that is a package of its own (a snap: the usual Firefox of Ubuntu) reads no hidden folder, so there it is
    the one for downloads. https://snapcraft.io/docs/home-interface, read in November 2026.
    """
    from platformdirs import user_downloads_path

    return user_downloads_path() if SNAPS.is_dir() and user_downloads_path().is_dir() else _own_folder()


def _address(port: int, token: str, slug: str) -> str:
    """Where the browser enters, at a school's own page where one was asked for."""
    return f"http://127.0.0.1:{port}/enter?token={token}" + (f"&school={slug}" if slug else "")


def _ready(call: Session, desk: "Desk", file: Path, port: int, slug: str, *, opens: bool) -> None:
    from charterkit.serve.second import keep

    try:
        keep(file, port, desk.secret)
    except OSError:
        call.say("A second start will not find this one: the folder for it cannot be written to.")
    _show(call, desk.root, _address(port, desk.door.token(), slug), opens=opens)


def _show(call: Session, root: Path, address: str, *, opens: bool) -> None:
    """Open the browser at an address that is in no list of processes: a page of the user's own leads to it.

    That is taken away as soon as somebody came in by it.
    """
    call.say("The page is for this computer alone. To stop: the button Stop in the page, or Ctrl and C here.")
    if not opens:
        typer.echo(address)
        return
    from charterkit.cli.place import opened
    from charterkit.serve.second import entrance

    try:
        is_open = opened(entrance(_entrances(), root, address), root)
    except OSError:
        is_open = False
    call.say(f"{'If no page opens' if is_open else 'Open this address in your browser'}: {address}")
