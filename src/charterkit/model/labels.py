"""The poster's and the form's own words in English: what a translation's `labels` say in another language."""

from collections.abc import Mapping
from typing import NamedTuple


class Label(NamedTuple):
    """A text of the program's own, and where it stands. Words in braces are filled in."""

    english: str
    where: str


POSTER: Mapping[str, Label] = {
    "summary": Label(
        "This poster is a summary of the charter’s key points: what our school aspires to.",
        "At the foot of a school's poster.",
    ),
    "summary-all": Label(
        "This poster is a summary of the charter’s key points: what schools that sign up aspire to.",
        "At the foot of a poster without a school.",
    ),
    "version": Label("Version {version}", "At the foot: which version of the charter it is. Keep {version}."),
    "publisher": Label("Published by {publisher}", "At the foot: who publishes the charter. Keep {publisher}."),
    "draft": Label("Draft", "A mark at the top while the charter is a draft."),
    "draft-note": Label("This charter is a draft and may still change.", "At the foot while the charter is a draft."),
    "withdrawn": Label("Withdrawn", "A mark at the top of a charter that is no longer used."),
    "draft-translation": Label("Draft translation", "A mark at the top until `status: checked`."),
    "in-english": Label("in English", "In brackets after a text that is not translated yet."),
    "made": Label("Poster made on {date}", "At the foot: the day, in figures. Keep {date}."),
    "qr": Label("QR code: opens {address}", "What a screen reader says for the QR code. Keep {address}."),
}
"""Those of the poster, by key."""

FORM: Mapping[str, Label] = {
    "form-title": Label("Self-evaluation form", "The form's heading."),
    "form-school": Label("School", "Before the school's name."),
    "form-cycle": Label("Cycle", "Before the school year or term that is rated."),
    "form-date": Label("Date", "Before the day it was filled in."),
    "form-rated-by": Label("Filled in by", "Before the names of those who filled it in."),
    "form-key-point": Label(
        "Key point", "Before a key point's number, and over the key points where those alone are rated."
    ),
    "form-examples": Label("Examples", "Over the examples of other schools."),
    "form-level": Label("Rating", "Over the levels to choose from."),
    "form-not-applicable": Label("Does not apply", "The choice for what has nothing to do with this school."),
    "form-ideas": Label("Ideas and next steps", "Over the space to write in."),
    "form-notes": Label("Note, ideas and next steps", "Over the space to write in on paper."),
    "form-why": Label("Why:", "On paper, before the space to say why an aspect does not apply."),
    "form-box": Label("tick box", "What a screen reader says for a box to tick."),
    "form-page": Label("page {n} of {of}", "At the foot of each page. Keep {n} and {of}."),
    "form-last": Label("Last time", "Before the rating of the time before."),
    "form-last-ideas": Label("Ideas last time", "Over the ideas of the time before."),
    "form-help": Label(
        "Choose one rating for each aspect. Write down what explains it, and ideas for what to do next.",
        "Over the table: what to do.",
    ),
    "form-help-points": Label(
        "Choose one rating for each key point. Write down what explains it, and ideas for what to do next.",
        "Over the table, where key points alone are rated: what to do.",
    ),
    "form-aspect": Label("Aspect", "Over the sentences to rate."),
    "form-detail": Label("What it looks like when it is done well", "Over the explanations of the sentences."),
    "form-note": Label("Note", "Over the space to write down what explains a rating."),
    "form-reason": Label("Why it does not apply", "Over the space to say why an aspect does not concern the school."),
    "form-target": Label("Target", "Over the levels that the school means to reach."),
    "form-value": Label("Number or percentage", "Over the space for what was counted."),
    "form-plan": Label("Action plan", "Over the table of what is to be done."),
    "form-plan-help": Label(
        "Say what has become of each action, and write new ones below.", "Over that table: what to do."
    ),
    "form-what": Label("What will be done", "Over the actions."),
    "form-who": Label("Who", "Over who sees to each action."),
    "form-by-when": Label("By when", "Over the date of each action."),
    "form-became": Label("What has become of it", "Over the three choices that follow."),
    "form-done": Label("Done", "An action that has been done."),
    "form-carry-on": Label("Carry on", "An action that goes on."),
    "form-drop": Label("Drop", "An action that will not be done after all."),
    "form-not-rated": Label("Not yet rated", "In place of a rating, where there was none the time before."),
    "form-unreadable": Label("Could not be read", "In place of a rating of the time before that cannot be read."),
    "form-made": Label("Form made on {date}", "At the foot: the day, in figures. Keep {date}."),
}
"""Those of the form, by key: each begins with `form-`."""

LABELS: Mapping[str, Label] = {**POSTER, **FORM}
