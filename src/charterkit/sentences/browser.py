"""Sentences of errors about the page in the browser."""

SENTENCES: dict[str, tuple[str, ...]] = {
    "no-browser-extra": (
        "The page in the browser needs the part of charterkit for it, which is not installed: {packages:list}.",
        "Install it with: pipx install 'charterkit[browser]'",
    ),
    "page-host": (
        "This page is asked for by its own address only.",
        "Open it with the address that charterkit open shows; another name of this computer: --allow-host NAME.",
    ),
    "page-origin": ("Another site sent this, so nothing of it was done.", "Do it in the page itself."),
    "page-locked": (
        "This page is open only in the browser that charterkit opened, at the address that it has until it is stopped.",
        "Start charterkit open again: it opens the page that is there already.",
    ),
    "page-used": (
        "This address was used already: each opens the page once.",
        "Start charterkit open again: it opens the page that is there already.",
    ),
    "page-too-large": ("More was sent than the page takes.", "A form may have 1 MB, a note a few pages."),
    "page-reads-only": (
        "This page is for reading only.",
        "Start charterkit open without --read-only to change things.",
    ),
    "page-of-another-run": (
        "charterkit was started anew since this page was made, so nothing of the form was taken.",
        "Copy what you typed, and do it again in the page as it is now.",
    ),
    "no-document-here": ("There is no document '{name}' here.", "Choose one of those under Look."),
    "port-taken": ("Port {port} is taken by another program.", "Name another one with --port, or leave it out."),
    "page-moved-on": (
        "Somebody else, another tab or an editor has changed this meanwhile, so nothing of yours was saved yet.",
        "Look at what stands there now, then save yours again, or leave it.",
    ),
    "page-not-read": ("{what}: {why}.", "{remedy}"),
    "page-not-accurate": ("Say whether what the visitor wrote is accurate.", "Choose yes or no."),
    "page-long-text": (
        "{what}: a text here may have {most:,} characters, and this one has {length:,}.",
        "Shorten it, or keep it in a document and name that as evidence.",
    ),
    "page-no-button": ("There is no such button.", "Load the page again."),
    "page-no-file": ("No file was chosen.", "Choose the filled-in form, or drop it on the page."),
    "page-file-gone": ("The file is not held any more, so nothing of it was taken in.", "Choose it again."),
}

_FORM = "The form is under Look: Form for the meeting, button Excel."
_MEND = "See under Mend what is wrong, and mend it first."
SAID_IN_PAGE = {
    "bad-text": "What stands in “{key}” is {what}.",
    "line-break": "What stands in “{key}” holds a line break.",
    "concern-personal": "What stands in “{key}” holds {what}, and no personal data belongs here.",
    "concern-name": "‘{name:shown}’ in “{key}” may be somebody's name, and no names belong here.",
}
"""What is wrong, for the page, where the other sentence names an option: by an error's code."""
IN_PAGE: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(
        ("unreadable", "file-unreadable", "unreadable-first", "no-longer-readable", "has-mistake"), (_MEND,)
    ),
    **dict.fromkeys(("unreadable-levels", "evaluation-unusable", "form-unreadable", "action-unreadable"), (_MEND,)),
    **dict.fromkeys(("may-be-meant", "may-be-meant-of-any-cycle"), (f"{{why}} {_MEND}",)),
    "not-utf-8": ("Save it again with the encoding UTF-8, in an editor. Mend names the place.",),
    "changed-meanwhile": (
        "What was to be written is in {kept}. Load the page again, and go on from the newer file.",
        "Load the page again, and look at what stands there now.",
    ),
    "not-replaced": (
        "What was to be written is in {kept:long}. Close the program that has the file open, then press again.",
    ),
    "being-written": ("What was to be written is in {kept}. Press again in a moment.", "Press again in a moment."),
    "visit-unseen": ("Write who came and what was looked at below, or choose: not yet met.",),
    "visit-not-met": ("Say why at each of them, or choose: not yet met.",),
    "visit-not-come": ("Write the day of the visit, or ask for one under Visits.",),
    "outcome-of-support": ("Begin one for certification under Visits, if it was one; nothing was changed.",),
    "no-visit": ("Record one under Visits.",),
    "empty-name": ("Write it in the field.",),
    "no-slug": ("Write it with some letters from a to z, or some digits, in it.",),
    "folder-already": ("Say the name with the place, or go to that school from Home.",),
    "no-school": ("Did you mean {meant}?", "There is: {known:some}. Home shows them all.", "Add it again, from Home."),
    "no-schools": ("Add yours.",),
    "one-school-only": ("Its report is under Look.",),
    "no-own-school": ("Add yours; or try things on the made-up one, from Home.",),
    "no-charter": (
        "Did you mean {meant}?",
        "There is: {known:list}.",
        "The folder charters/ has none that can be read.",
    ),
    "no-charters": ("The folder charters/ has none that can be read: see under Mend.",),
    "several-charters": ("Choose the one that is meant.",),
    "no-evaluation": ("Start the self-evaluation: it begins with the first answer.",),
    "nothing-before": ("Start the self-evaluation: it begins with the first answer.",),
    "nothing-begun": ("Rate something first.",),
    "draft-not-published": ("Agree it first, or choose an earlier cycle.",),
    "evaluation-in-the-way": ("Choose another year or term.",),
    "cycle-not-begun": ("Leave the year or term empty, or choose another.",),
    "cycle-over": ("Choose another; one that is over is begun in a terminal, with --date and the day it was made.",),
    "no-date": ("Say in the field when it was agreed.",),
    "no-reason": ("Say why in the field beside the button.",),
    "bad-rater": ("Write a name on one line, of {most} characters at most, such as Anna Lee.",),
    "rater-in-the-way": ("Give a name that is told from the other, such as “{name:shown} (governor)”.",),
    "no-raters": (
        "There are ratings for {known:list}: choose that year or term.",
        "Have each rater write their name above the self-evaluation, and rate.",
    ),
    "draft-unread": ("Mend says what is wrong with it. If its rater is still writing, wait until they have done.",),
    "form-of-another-charter": ("Choose the form of the charter that the school uses.",),
    "no-table": (f"Write headings such as statement, rating and note; or use our form. {_FORM}",),
    **dict.fromkeys(("no-form", "form-lost-marks", "form-lost-column"), (_FORM,)),
    "form-of-another-program": (f"Copy the answers into our form. {_FORM}",),
    "no-action": ("Did you mean {meant}?", "Add one beside what it is to improve, under Evaluate."),
    "action-there-already": ("Change it there, under Evaluate.",),
    "action-is-closed": ("Open it again under Act: Done and dropped.",),
    "earlier-than-history": ("Tick “It happened before what stands last in the history” if it really happened then.",),
    "policy-archived": ("To take it up again, begin with the step “A new version was drafted”.",),
    "nothing-drafted": ("First record the step “A new version was drafted”.",),
    "version-not-drafted": ("There is: {known:list}. First record that the version was drafted.",),
    "policy-is-draft": ("First record that it was approved.",),
    "next-review-too-early": ("Write a later date beside Next review.",),
    "own-policy": ("It is approved under “What happened?” in its page.",),
    "adopted-before-approved": ("Write when it was adopted, or choose an earlier version.",),
    "concern-personal": ("Write it without; what tells of a person stays in the school's safe.",),
    "concern-name": ("Write it without; or tick that it is none.",),
    "no-open-concern": ("Load the page again: it shows those that are open.",),
    "no-next-review": ("Say when it is reviewed next, such as September 2027.",),
}
"""What can be done in the page where the other sentence names a command or an option: by an error's code."""
