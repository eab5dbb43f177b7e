"""How often something is promised, read from the words that people write: a table of words, and a table of forms.

A text is first brought to fewer words (`_SAID`: "Half-termly" and "once per half term" are both "every halfterm"),
which are then held against the forms (`_FORMS`). What may mean two things is said to be so and never guessed; what
names an occasion ("on entry to the school") waits for it; anything else keeps its words and is not understood.
"""

import calendar
import re
from collections.abc import Callable
from functools import lru_cache

from charterkit.choices import TERMS
from charterkit.model.base import BadValue, Scalar
from charterkit.model.dates import MONTHS, PartialDate
from charterkit.model.readings import iso_cycle, iso_date
from charterkit.records import dataclass
from charterkit.text.later import later

LONGEST = 200
"""Letters of words that say when; an occasion may take as many again."""

_MONTH = "|".join(month.lower() for month in MONTHS)
_DAY = "|".join(day.lower() for day in calendar.day_name)
_TERM = "|".join(TERMS)
_UNIT = "year|month|week|term|halfterm"
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_ORDINALS = {"first": "1st", "second": "2nd", "third": "3rd", "fourth": "4th", "fifth": "5th", "sixth": "6th"}
_SHORT = {**{month.lower()[:3]: month.lower() for month in MONTHS}, "sept": "september"}


def _listed(words: str) -> str:
    return f"(?:{words})(?: and (?:{words}))*"


_WORDS = {
    **{text: str(number) for number, text in enumerate(_NUMBERS, 1)},
    **_ORDINALS,
    **{short: month for short, month in _SHORT.items() if short != month},
}


def _words(plain: str, fewer: str) -> tuple[str, str, str]:
    return plain, rf"\b{plain}\b", fewer


_SAID: tuple[tuple[str, str, str | Callable[[re.Match[str]], str]], ...] = (
    ("", r"[‐‑‒–—−-]", " "),
    ("", r"['’]", ""),
    ("", r"[();:]", " "),
    ("", r"[,&/+]", " and "),
    ("", r"[.!]+ *$", ""),
    ("|".join(_WORDS), rf"\b(?:{'|'.join(_WORDS)})\b", lambda found: _WORDS[found[0]]),
    _words("pa", "every year"),
    _words("p a", "every year"),
    _words("per annum", "every year"),
    _words("financial year end", "end of every financial year"),
    # halves
    (
        "half|semi",
        r"\b(?:half|semi) (?:yearly|annual(?:ly)?)\b|\bhalf of every year\b|\bevery half year\b",
        "2 times every year",
    ),
    ("half", r"\bhalf ?termly\b", "every halfterm"),
    ("half", r"\bhalf ?terms?\b", "halfterm"),
    # how many times
    _words("twice", "2 times"),
    _words("thrice", "3 times"),
    ("x|times", r"\b([0-9]{1,2}) ?(?:x|times)\b", r"\1 times"),
    ("once|1 time", r"\b(?:once|1 times?) (?:in )?(?:a|an|per|each|every|during each|during every)\b", "every"),
    ("times", r"\btimes (?:in |during )?(?:a|an|per|each|every)\b", "times every"),
    ("once", r"\bonce (?=(?:year|month|week|term|annual|fortnight|quarter)(?:ly)?\b)", ""),
    # each
    ("each|per|every single", r"\b(?:each and every|each|per|every single)\b", "every"),
    ("ly", r"\b([0-9]{1,2}) (year|month|week|day)ly\b", r"every \1 \2s"),
    ("basis", r"\bon an? ([a-z]{1,12}) basis\b", r"\1"),
    ("ly", r"\b(?:(year|month|week|term|fortnight|quarter)ly)\b", r"every \1"),
    ("annual", r"\bannual(?:ly)?\b", "every year"),
    _words("daily", "every day"),
    ("biennial", r"\bbiennial(?:ly)?\b", "every 2 years"),
    ("triennial", r"\btriennial(?:ly)?\b", "every 3 years"),
    _words("every every", "every"),
    _words("and every", "and"),
    _words("once", ""),
    # days
    (_DAY, rf"\b({_DAY})s\b", r"\1"),
    ("morning|afternoon|evening|lunchtime", rf"\b({_DAY}) (?:mornings?|afternoons?|evenings?|lunchtimes?)\b", r"\1"),
    ("weekday", r"\bweekdays?\b", "day"),
    ("month", r"\bevery (?=[0-9a-z]{1,6} [a-z]{1,10} (?:of|in) (?:the|every|a) month\b)", ""),
    ("month", r"\b(of|in) (?:the|a) month\b", r"\1 every month"),
    ("other|alternate", r"\b(?:every )?(?:other|alternate)\b", "every 2"),
    _words("every 2nd", "every 2"),
    ("rd|th", r"\bevery ([3-9])(?:rd|th) (?=year|month|week|term)", r"every \1 "),
    _words("every fortnight", "every 2 weeks"),
    ("every 2 fortnight", r"\bevery 2 fortnights?\b", "every 4 weeks"),
    _words("every quarter", "4 times every year"),
    (_UNIT, rf"\b({_UNIT})s\b", r"\1"),
    # words that say nothing about when
    ("time", r"\b(?:in|during|within) (?:the )?term ?time(?: only)?\b|\bterm ?time(?: only)?\b", " "),
    (
        "at least|about|approximately|usually|normally|roughly|please",
        r"\b(?:at least|about|approximately|usually|normally|roughly|please)\b",
        " ",
    ),
    ("school|academic", r"\b(?:school|academic) (?=years?\b|days?\b|terms?\b)", ""),
    ("working", r"\bworking (?=days?\b)", ""),
    ("", r"\b(?:the|of|in|on|at|during|within|a|an|to take place|held|sent)\b", " "),
    (" ", r" +", " "),
    ("end", rf"\b(?:by )?end (?={_MONTH})", ""),
    ("term and", rf"\b({_TERM}) term and (?={_TERM})", r"\1 and "),
    ("and", r"\band (?=by\b|before\b|end\b|start\b|early\b|every\b|[1-9](?:st|nd|rd|th) week)", ""),
    # places in a time
    ("beginning|outset|commencement|opening", r"\b(?:beginning|outset|commencement|opening)\b", "start"),
    ("close|conclusion|late", r"\b(?:close|conclusion|late)\b", "end"),
    ("mid|halfway", r"\b(?:mid|midway through|halfway through)\b", "middle"),
    ("1st", r"\b1st ([1-9]) weeks?\b", r"early \1"),
    ("start", r"\b([1-9]) weeks? start\b", r"early \1"),
    ("week", r"\b(?:end )?([1-9])(?:st|nd|rd|th) week\b|\bweek ([1-9])\b", r"early \1\2"),
    _words("1st day", "start"),
    ("last|final", r"\b(?:last|final) (?:day|week|fortnight)\b", "end"),
    ("end|start|early|middle", r"\b(?:by|before) (?=end\b|start\b|early\b|middle\b)", ""),
    ("early", r"\bend (?=early [1-9])", ""),
    _words("start every week", "every monday"),
    _words("end every week", "every week"),
    ("end", rf"\b({_MONTH}) end\b", r"\1"),
    # the same in other words
    ("every 1", r"\bevery 1 (year|month|week|term|day)\b", r"every \1"),
    _words("every 12 month", "every year"),
    _words("every 24 month", "every 2 year"),
    _words("every 36 month", "every 3 year"),
    _words("every 6 month", "2 times every year"),
    _words("every 4 month", "3 times every year"),
    _words("every 3 month", "4 times every year"),
    _words("every 2 month", "6 times every year"),
    _words("2 times every term", "every halfterm"),
    _words("every 2 halfterm", "every term"),
    _words("12 times every year", "every month"),
    # days of the year
    (_MONTH, rf"\b([0-9]{{1,2}})(?:st|nd|rd|th)? (?={_MONTH})", r"\1 "),
    (_MONTH, rf"\b({_MONTH}) ([0-9]{{1,2}})(?:st|nd|rd|th)?(?! and [0-9]{{1,2}} )(?= |$)", r"\2 \1"),
    (" ", r" +", " "),
    ("early 1", rf"\bearly 1 ({_MONTH})\b", r"7 \1"),
    ("early", rf"\bearly ({_MONTH})\b", r"10 \1"),
    ("middle", rf"\bmiddle ({_MONTH})\b", r"15 \1"),
    _words("middle every month", "15th every month"),
    ("calendar year", r"\bend every calendar year\b|\bevery calendar year\b", "december"),
    ("financial year", r"\b(?:end )?every financial year\b|\bend financial year\b", "march"),
    # holidays, which people name by a month or a term
    ("every halfterm", r"\bevery halfterm (?:holidays?|break|week)\b", "middle every term"),
    ("halfterm", r"\bhalfterm (?:holidays?|break|week)\b", "halfterm"),
    (
        "october|autumn|november",
        r"\b(?:by|before)? ?(?:every )?(?:october|autumn(?: term)?|november) halfterm\b",
        "middle autumn term",
    ),
    ("february|spring", r"\b(?:by|before)? ?(?:every )?(?:february|spring(?: term)?) halfterm\b", "middle spring term"),
    (
        "may|june|whitsun|summer",
        r"\b(?:by|before)? ?(?:every )?(?:may|june|whitsun|summer(?: term)?) halfterm\b",
        "middle summer term",
    ),
    ("halfterm", r"\b(?:by|before) every halfterm\b|\b(?:by|before) halfterm\b", "middle every term"),
    ("summer", r"\b(?:by|before) (?:every )?summer(?: holiday| holidays| break)?$", "end summer term"),
    ("holiday|break", r"\b(?:by|before) every (?:holidays?|break)$", "end every term"),
    ("christmas|easter|summer", r"\b(christmas|easter|summer) (?:holidays?|vacation|break)\b", r"\1 holiday"),
    (" ", r" +", " "),
)
"""What people write, and the fewer words that it comes to; each is looked for in what the ones above it have left.

The first of three is what must stand in a text for the second to be found there, one of several: to look for that takes
no time, and to compile a hundred expressions is felt.
"""
_SOUGHT = tuple((tuple(needs.split("|")), pattern, fewer) for needs, pattern, fewer in _SAID)

_WHICH = rf"(?:every )?(?:({_listed(_TERM)}) )?term"
_FORMS: tuple[tuple[str, str, str], ...] = (
    ("daily", "day|morning|afternoon|lunchtime", r"every (?:day|morning|afternoon|lunchtime)|[2-9] times every day"),
    ("weekday", _DAY, rf"(?:every )?({_listed(_DAY)})"),
    ("weekly", "week", "every week"),
    ("fortnightly", "every 2", rf"every 2 (?:week|({_DAY}))"),
    ("weeks", "week", "every ([1-9][0-9]?) week"),
    ("days", "day", "every ([1-9][0-9]?) days?"),
    ("months apart", "month", "every ([1-9][0-9]?) month"),
    ("terms apart", "term", "every ([2-9]) term"),
    ("monthly", "month", "(?:end )?every month"),
    ("start of month", "start", "start every month"),
    ("day of month", "month", "([1-9]|[12][0-9]|3[01])(?:st|nd|rd|th) every month"),
    ("weekday of month", "month", f"(1st|2nd|3rd|4th|last) ({_DAY}) every month"),
    ("times", "times", rf"([2-9]|1[01]) times every ({_UNIT})"),
    ("termly", "term", "every term"),
    ("start of term", "start", f"start {_WHICH}"),
    ("early in term", "early", rf"early(?: ([1-9]))? {_WHICH}"),
    ("middle of term", "middle", f"middle {_WHICH}"),
    ("end of term", "end", f"end {_WHICH}"),
    ("half-termly", "halfterm", "every halfterm"),
    ("start of half term", "halfterm", "start (?:every )?halfterm"),
    ("early in half term", "halfterm", r"early(?: ([1-9]))? (?:every )?halfterm"),
    ("middle of half term", "halfterm", "middle (?:every )?halfterm"),
    ("end of half term", "halfterm", "end (?:every )?halfterm"),
    ("term", _TERM, rf"(?:every )?({_listed(_TERM)})(?: term)?"),
    ("start of year", "start", "start (?:every )?year"),
    ("early in year", "early", r"early(?: ([1-9]))? (?:every )?year"),
    ("yearly", "year", "every year|end (?:every )?year"),
    ("years", "year", "every ([2-9]|[1-9][0-9]) years?"),
    ("months", _MONTH, f"(?:every |by )?({_listed(_MONTH)})"),
    ("start of month", "start", f"start (?:every )?({_listed(_MONTH)})"),
    ("dates", _MONTH, rf"(?:every |by |before )?({_listed(rf'[0-9]{{1,2}} (?:{_MONTH})')})"),
    ("feast", "easter|christmas", f"(?:by |before |every )*({_listed('easter|christmas')})"),
    ("holiday", "holiday", "(?:every )?(easter|christmas|summer) holiday"),
    ("feast", "easter|christmas", "(?:by|before) (?:every )?(easter|christmas) holiday"),
    ("always", "ongoing|continu|constantly|always|all t|all year|throughout|permanent|live",
        (r"ongoing|continual(?:ly)?|continuous(?:ly)?|constantly|always|all times|all year(?: round)?"
         r"|throughout (?:every )?year|throughout|permanent(?:ly)?|all time|live")),
    ("regularly", "regular|periodic|occasional|frequent|every while|often|sometimes|from time",
        ("regular(?:ly)?|periodic(?:ally)?|occasional(?:ly)?|frequent(?:ly)?"
         "|every while|often|sometimes|from time to time")),
)  # fmt: skip
"""The forms that are known, in words of `_SAID`, each behind what must stand in one, as there; what is
caught in brackets are the details, a list's one by one.
"""
_KNOWN = tuple((kind, tuple(needs.split("|")), pattern) for kind, needs, pattern in _FORMS)

_OFTEN = later(rf"(?:([0-9]{{1,2}}) times )?every ({_UNIT}) (?:and )?(.{{1,200}})", re.DOTALL)
"""How often, and then when: "once a year, in September", "monthly on the first Monday"."""
_WITHIN_YEAR = frozenset(
    {"months", "dates", "term", "start of month", "feast", "holiday", "start of year", "early in year", "yearly"}
    | {f"{place} term" for place in ("start of", "early in", "middle of", "end of")}
)
_WITHIN = {
    "year": _WITHIN_YEAR,
    "week": frozenset({"weekday"}),
    "month": frozenset({"day of month", "weekday of month", "start of month", "monthly"}),
    "term": frozenset({f"{place} term" for place in ("start of", "early in", "middle of", "end of")}),
    "halfterm": frozenset({f"{place} half term" for place in ("start of", "early in", "middle of", "end of")}),
}

_AMBIGUOUS = later(r"bi[ -]?(week|month|term|annual|year|quarter)(?:ly)?\b")
_EITHER = {
    "week": ("twice a week", "fortnightly"),
    "month": ("twice a month", "every 2 months"),
    "term": ("twice a term", "every 2 terms"),
    "annual": ("twice a year", "every 2 years"),
    "year": ("twice a year", "every 2 years"),
    "quarter": ("twice a term", "twice a year"),
}
"""What words with "bi" may mean: dictionaries give both."""

_OCCASIONS = (
    "when|whenever|where|wherever|once(?! (?:in|per|each|every|during)\\b)|after|before|following|upon|if|until|during",
    "prior to|as soon as",
    "in the event of|in response to|at the (?:start|end|time|point|beginning) of",
    "at (?:enrolment|admission|induction|transition|appointment)|by (?:appointment|request)|ad[ -]hoc",
    "(?:every|each) time|(?:for|with) (?:every|each|all) new",
    "(?:with)?in [a-z0-9]{1,10} (?:school |working )?(?:days?|weeks?|hours?|months?|terms?) (?:of|after|before|from)",
    "(?:immediately|shortly|straight|[a-z0-9]{1,10} (?:days?|weeks?|months?)) (?:after|before|following|on|upon)",
    "as (?:and when|needed|required|necessary|appropriate|requested|they|it|soon|the need)",
    "on (?:a )?(?:entry|arrival|admission|joining|starting|leaving|request|return|transfer|enrolment|induction)",
    "on (?:a )?(?:appointment|application|receipt|referral|departure|demand|the (?:first|last) day)",
)
_OCCASION = later(rf"(?:{'|'.join(_OCCASIONS)})\b.*", re.IGNORECASE | re.DOTALL)
"""Words that name an occasion: "on entry to the school" can be kept, although nobody knows the day yet."""
_EVENT = later(r"after: ((?s:.{1,200}))")

NEED_FROM = frozenset({"fortnightly", "years", "weeks", "days", "months apart", "terms apart"})
"""The kinds that say how often but not from when."""


@dataclass(frozen=True, slots=True)
class Recurrence(Scalar):
    """How often a promise is kept. `kind` is one of the known forms, or one of these.

    "event": after something that `details` names; "occasion": its words name one; "ambiguous": its words may mean
    either of `details`; "other": legal, and not understood.
    """

    text: str
    kind: str
    details: tuple[str, ...] = ()

    @classmethod
    def parse(cls, text: str) -> "Recurrence":
        """Read any text, in capitals or not; what matches nothing keeps its words and has the kind "other"."""
        return cls(text, *_recurrence(text))

    def __str__(self) -> str:
        """The words as they stand in the file."""
        return self.text


@lru_cache(maxsize=1024)
def _recurrence(text: str) -> tuple[str, tuple[str, ...]]:
    """Kind and details. A few words come again and again, and each is compared with many forms."""
    if event := _EVENT.fullmatch(text):
        return "event", (event[1],)
    plain = " ".join(text.lower().split())
    if len(plain) <= LONGEST:
        if found := _AMBIGUOUS.search(plain):
            return "ambiguous", _EITHER[found[1]]
        if day := _one_day(plain):
            return "once", (day,)
        kind, details = _form(_fewer(plain))
        if kind != "other":
            return kind, details
    return ("occasion", ()) if _OCCASION.fullmatch(text.strip()) else ("other", ())


def _fewer(plain: str) -> str:
    for needs, pattern, fewer in _SOUGHT:
        if any(need in plain for need in needs):
            plain = re.sub(pattern, fewer, plain)
    return plain.strip()


def _one_day(plain: str) -> str:
    """A day, month or term of one year, in the files' form: "by 28 February 2027". Empty for anything else."""
    words = re.sub(r"^(?:by|on|in|before)(?: the end of)? (?:the )?", "", plain)
    cycle = iso_cycle(words)
    if any(cycle.endswith(term) for term in TERMS):
        return cycle
    try:
        return str(PartialDate.parse(iso_date(words) or words))
    except BadValue:
        return ""


def _form(words: str, *, is_whole: bool = True) -> tuple[str, tuple[str, ...]]:
    for kind, needs, pattern in _KNOWN:
        found = re.fullmatch(pattern, words) if any(need in words for need in needs) else None
        if found and (kind != "dates" or _are_days(found[1])):
            return kind, tuple(part for group in found.groups() if group for part in group.split(" and "))
    if is_whole and (inner := _within(words)):
        return inner
    return "other", ()


def _within(words: str) -> tuple[str, tuple[str, ...]] | None:
    """What is said of when in a time, after or before how often: "every year september", "28 february every year"."""
    if words.endswith(" every year"):
        found = _form(words.removesuffix(" every year").rstrip(), is_whole=False)
        return found if found[0] in _WITHIN["year"] else None
    often = _OFTEN.fullmatch(words)
    if not often:
        return None
    times, unit, rest = often.groups()
    for said in (rest, f"{rest} every {unit}"):
        kind, details = _form(said, is_whole=False)
        if kind in _WITHIN[unit] and (times is None or len(details) == int(times)):
            return kind, details
    return None


def _are_days(listed: str) -> bool:
    """Whether the calendar has them, in a leap year."""
    months = [month.lower() for month in MONTHS]
    pairs = [said.split() for said in listed.split(" and ")]
    return all(1 <= int(day) <= calendar.monthrange(2024, months.index(month) + 1)[1] for day, month in pairs)
