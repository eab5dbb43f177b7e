"""`charterkit evaluate --merge`: what several raters said, side by side, and the meeting's answer."""

import sys
from typing import TYPE_CHECKING

from charterkit.cli.options import Session
from charterkit.cli.output import deliver, print_table
from charterkit.errors import Refused
from charterkit.text.english import counted

if TYPE_CHECKING:
    from charterkit.session.evaluation_file import EvaluationFile
    from charterkit.session.merging import Merging

FORMATS = ("table", "json")


def merge(call: Session, file: "EvaluationFile", *, form: str | None, dry_run: bool, yes: bool, plain: bool) -> None:
    """Show who said what; in a terminal ask for the meeting's answers, and with `yes` take what all agree on."""
    from charterkit.insight.evaluations.raters import unread_by, unusable_drafts
    from charterkit.session.merging import Merging
    from charterkit.text.safe import shown

    unusable = unusable_drafts(file.folder)
    if unusable and yes and not dry_run:
        raise Refused("draft-unread", path=unusable[0])
    for path in unusable:
        call.warn(f"{path} cannot be used: 'charterkit check' says why.")
    merging = Merging(file)
    for rater, aspect in unread_by(merging.raters):
        call.warn(f"{rater.document.path}: what {shown(rater.name)} says of {shown(aspect)} cannot be read.")
    if yes and not dry_run:
        _take_agreed(call, merging, file.path)
        return
    is_asked = sys.stdin.isatty() and sys.stdout.isatty() and not (dry_run or form)
    if not is_asked or not plain:
        _show(call, merging, form or "table")
    if is_asked:
        from charterkit.cli.guide_merge import MergeGuide

        MergeGuide(call, merging, plain=plain).run()


def _take_agreed(call: Session, merging: "Merging", path: str) -> None:
    agreed = merging.agreed
    if not agreed:
        call.say(f"There is no {merging.noun} on which all raters agree, and that the meeting has not answered.")
        call.say("Nothing was saved. Without --yes it is shown who said what.")
        return
    had_words = merging.wrote(agreed)
    merging.take(agreed)
    many = counted(len(agreed), merging.noun).capitalize()
    words = ", with what they wrote of it" if had_words else ""
    call.say(f"{many} on which all raters agree, and that the meeting has not answered, saved in {path}{words}.")


def _show(call: Session, merging: "Merging", form: str) -> None:
    from charterkit.render.listings.raters import raters_json, raters_renderable
    from charterkit.render.shared.table import json_text

    meeting, found, beside = merging.file.evaluated, merging.raters, merging.beside
    if form == "json":
        deliver(call, json_text(raters_json(merging.file.folder.slug, meeting, found, beside)), None)
    else:
        print_table(call, raters_renderable(meeting, found, beside), None)
