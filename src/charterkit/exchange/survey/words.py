"""What tells columns apart: the answers that people tick, headings of what is personal, and how personal data looks.

Headings and answers are those of Google Forms, Microsoft Forms, SurveyMonkey and Ofsted Parent View, and common others.
"""

import re

from charterkit.model.base import slug

_NEITHER = ("neither-agree-nor-disagree", "neither", "neutral", "unsure", "not-sure", "dont-know", "no-opinion")
FAMILIES: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (
        ("strongly-agree", "agree-strongly", "agree", "tend-to-agree", "slightly-agree", "somewhat-agree"),
        (*_NEITHER, "slightly-disagree", "somewhat-disagree", "tend-to-disagree", "disagree", "disagree-strongly",
         "strongly-disagree"),
    ),
    (
        ("yes", "yes-definitely", "yes-always", "yes-mostly"),
        ("yes-sometimes", "partly", "to-some-extent", "sometimes", "maybe", *_NEITHER, "not-yet", "not-really", "no"),
    ),
    (
        ("always", "almost-always", "usually", "most-of-the-time", "often"),
        ("sometimes", "occasionally", "seldom", "rarely", "hardly-ever", "never", "dont-know"),
    ),
    (
        ("very-satisfied", "satisfied", "fairly-satisfied"),
        ("neither-satisfied-nor-dissatisfied", *_NEITHER, "dissatisfied", "very-dissatisfied"),
    ),
    (("very-happy", "happy"), ("ok", "okay", *_NEITHER, "unhappy", "very-unhappy")),
    (
        ("outstanding", "excellent", "very-good", "good"),
        ("ok", "okay", "fair", "satisfactory", "average", "dont-know", "poor", "very-poor"),
    ),
    (
        ("very-well", "well", "quite-well", "fairly-well"),
        ("not-sure", "dont-know", "not-very-well", "not-well", "not-at-all"),
    ),
    (("very-likely", "likely"), (*_NEITHER, "unlikely", "very-unlikely")),
    (
        ("very-easy", "easy", "quite-easy"),
        (*_NEITHER, "quite-hard", "hard", "difficult", "very-hard", "very-difficult"),
    ),
)  # fmt: skip
"""Answers that belong together, each family's agreeing ones first, from one end to the other."""
NO_ANSWER = frozenset({"", "n-a", "na", "not-applicable", "prefer-not-to-say", "does-not-apply", "no-answer"})
"""What counts as not answered."""
MACHINE = frozenset(
    [
        "timestamp",
        "time-stamp",
        "start-time",
        "completion-time",
        "last-modified-time",
        "start-date",
        "end-date",
        "date-created",
        "date-modified",
        "date-submitted",
        "submitted",
        "submission-date",
        "submitted-at",
        "created-at",
        "id",
        "respondent-id",
        "response-id",
        "collector-id",
        "submission-id",
        "ip",
        "ip-address",
        "email",
        "email-address",
        "e-mail",
        "e-mail-address",
        "your-email",
        "username",
        "user-name",
        "user",
        "custom-data-1",
        "custom-data",
        "language",
        "total-points",
        "quiz-feedback",
    ]
)
"""Headings that form tools write themselves, over what is about a person or a moment and is no answer."""
_PERSONAL = re.compile(
    r"\b(names?|surname|forename|e-?mail|phone|telephone|mobile|address|post ?code|date of birth|dob|birthday|upn|"
    r"signature|contact details|social media|twitter|facebook)\b"
)
GROUPING = re.compile(
    r"\b(ethnic\w*|heritage|background|disadvantaged|pupil premium|free school meals|fsm|group|send?|eal|home language|"
    r"gender|religion|faith|disab\w*)\b"
)
"""Headings of what says to which group a family belongs."""
PLACING = re.compile(r"\b(year|class|form|tutor|house|key stage|age)\b")
_CONTENT = {
    "an email address": re.compile(r"(?<![^\s@<>])[^\s@<>]+@[^\s@<>]+\.[A-Za-z]{2,}"),
    "an IP address": re.compile(r"\b(?:[0-9]{1,3}\.){3}[0-9]{1,3}\b|\b(?:[0-9a-fA-F]{1,4}:){4,7}[0-9a-fA-F]{1,4}\b"),
    "a telephone number": re.compile(r"(?<![\w.])(?:\+44|\(?0)[0-9 ()-]{8,14}[0-9](?!\w)"),
    "a postcode": re.compile(r"\b[A-Za-z]{1,2}[0-9][A-Za-z0-9]? ?[0-9][A-Za-z]{2}\b"),
    "a date or a time": re.compile(
        r"[0-9]{4}[/-][0-9]{1,2}[/-][0-9]{1,2}.{0,20}|[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{2,4}.{0,20}"
    ),
    "a long number of a system": re.compile(r"[0-9]{9,}|[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}"),
}
_WHOLE = ("a date or a time", "a long number of a system")
"""What counts only where nothing else stands in the cell."""
_NAME = re.compile(r"(?:(?:Mr|Mrs|Ms|Miss|Mx|Dr)\.? )?[^\W\d_a-z][\w’'-]*(?: [^\W\d_a-z][\w’'.-]*){0,3}")


def personal_heading(heading: str) -> bool:
    """Whether a heading asks for something personal."""
    return _PERSONAL.search(heading.casefold().replace("_", " ")) is not None


def personal_content(text: str) -> str:
    """What personal a cell holds, as "an email address"; empty where nothing shows."""
    for what, look in _CONTENT.items():
        if look.fullmatch(text) if what in _WHOLE else look.search(text):
            return what
    return ""


def looks_like_name(text: str) -> bool:
    """Whether a short text is capitalised as names are."""
    return len(text) < _LONGEST_NAME and _NAME.fullmatch(text) is not None


_LONGEST_NAME = 50


def answer_id(text: str) -> str:
    """An answer's short name: "Don’t know" is dont-know. A number or other signs have one too."""
    return slug(text.replace("’", "'"))[:_LONGEST_NAME].strip("-")


def family_of(answers: set[str]) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """The family to which most of some answers belong, if four in five do; None where none is."""
    found = max(FAMILIES, key=lambda family: len(answers & {*family[0], *family[1]}))
    known = answers & {*found[0], *found[1]}
    return found if known and len(known) >= 0.8 * len(answers) else None
