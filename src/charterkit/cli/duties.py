"""Duties of the sign-up that a command fulfils by what it does: ticked off in school.yaml, and said aloud."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from charterkit.choices import DutyProof
    from charterkit.cli.options import Session
    from charterkit.files.workspace import SchoolFolder
    from charterkit.model.charter import Charter
    from charterkit.model.dates import PartialDate


def tick(call: "Session", folder: "SchoolFolder", charter: "Charter", proof: "DutyProof", when: "PartialDate") -> None:
    """Tick off what is still to do of the duties that this fulfils, where the school has signed the charter.

    A school file with a mistake stays as it is: nothing that was asked for fails because of it.
    """
    from charterkit.files import write
    from charterkit.files.yaml.edit import Change, edited

    document = folder.document
    if document.model is None or document.loaded.problems:
        return
    for number, signed in enumerate(folder.school.charters):
        fulfilled = [pledge for pledge in charter.pledge if pledge.fulfilled_by == proof]
        open_duties = [pledge for pledge in fulfilled if pledge.id not in signed.pledges]
        if signed.charter != charter.id or not open_duties:
            continue
        made = [Change(("charters", number, "pledges", pledge.id), when) for pledge in open_duties]
        root = call.workspace.root
        write.change(root / document.path, document.data, lambda text: edited(text, made), root)  # noqa: B023
        call.workspace.refresh()
        for pledge in open_duties:
            call.say(f"Ticked off in {document.path}: {pledge.text}.")
        return
