"""The sign-up to a charter, and which of its duties are done, written to school.yaml."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from charterkit.choices import DutyProof
from charterkit.errors import NotThere, Refused
from charterkit.files import write
from charterkit.files.workspace import SchoolFolder, Workspace
from charterkit.files.yaml.edit import Change, edited
from charterkit.model.base import nearest
from charterkit.model.charter import Charter
from charterkit.model.dates import PartialDate


def sign_up_changes(  # noqa: PLR0917 - what a sign-up is made of
    folder: SchoolFolder,
    charter: Charter,
    by: str | None,
    when: PartialDate | None,
    duties: Mapping[str, PartialDate],
    today: date,
) -> list[Change]:
    """What signing up changes, or ticking off more duties later; of a first sign-up `when` is today where left out."""
    number = next((at for at, signed in enumerate(folder.school.charters) if signed.charter == charter.id), None)
    if number is None:
        fresh: dict[str, Any] = {"charter": charter.id, "signed": when or PartialDate.of(today)}
        fresh |= {"signed_by": by} if by else {}
        fresh |= {"pledges": dict(duties)} if duties else {}
        return [Change(("charters",), fresh, append=True)]
    at = ("charters", number)
    made = [Change((*at, "pledges", duty), date) for duty, date in duties.items()]
    made += [Change((*at, "signed_by"), by)] if by else []
    made += [Change((*at, "signed"), when)] if when else []
    return made


def demand_duty(name: str, charter: Charter) -> None:
    """Raises NotThere for what is no duty of the charter's sign-up."""
    known = [pledge.id for pledge in charter.pledge]
    if name not in known:
        raise NotThere("no-duty", name=name, meant=nearest(name, known), known=known)


def demand_past(found: PartialDate, option: str, today: date) -> PartialDate:
    """A day on which something was done. Raises Refused for one that has not come yet."""
    if found.first > today:
        raise Refused("option-not-come", option=option, found=found.spoken)
    return found


def demand_whole(folder: SchoolFolder) -> None:
    """Raises Refused where the school's file has a mistake: nothing is written into it then."""
    if folder.document.model is None or folder.document.loaded.problems:
        raise Refused("has-mistake", path=folder.document.path)


def write_sign_up(workspace: Workspace, folder: SchoolFolder, made: Sequence[Change]) -> str:
    """Put changes into the school's file; its path. Raises CharterkitError as `files.write.change` does."""
    demand_whole(folder)
    document, root = folder.document, workspace.root
    write.change(root / document.path, document.data, lambda text: edited(text, made), root)
    workspace.refresh()
    return document.path


def tick(  # noqa: PLR0917 - as it is said
    workspace: Workspace,
    folder: SchoolFolder,
    charter: Charter,
    proof: DutyProof,
    when: PartialDate,
    say: Callable[[str], None],
) -> None:
    """Tick off what is still to do of the duties that something fulfils, where the school has signed the charter.

    A school file with a mistake stays as it is: nothing that was asked for fails because of it.
    """
    document = folder.document
    if document.model is None or document.loaded.problems:
        return
    for number, signed in enumerate(folder.school.charters):
        fulfilled = [pledge for pledge in charter.pledge if pledge.fulfilled_by == proof]
        open_duties = [pledge for pledge in fulfilled if pledge.id not in signed.pledges]
        if signed.charter != charter.id or not open_duties:
            continue
        write_sign_up(
            workspace, folder, [Change(("charters", number, "pledges", pledge.id), when) for pledge in open_duties]
        )
        for pledge in open_duties:
            say(f"Ticked off in {document.path}: {pledge.text}.")
        return
