"""What the headings of people's frameworks mean, and in which order the names of levels stand."""

import re
from collections.abc import Sequence

from charterkit.insight.charter_sheet import HEADINGS, NEXT
from charterkit.model.scale import FEWEST, own_number

_ALSO = {
    "part": ("part", "parts", "chapter"),
    "point-number": ("key point number", "key point no", "key point no.", "key point ref"),
    "point": ("key point", "key points", "keypoint", "key-point"),
    "point-detail": ("key point detail", "key point details", "about the key point"),
    "point-examples": ("key point examples", "key point example"),
    "point-poster": ("poster line", "on the poster", "poster"),
    "point-sources": ("key point sources", "key point source"),
    "point-phases": ("key point phases", "key point phase"),
    "point-types": ("key point types", "key point type"),
    "point-id": ("key point id",),
    "number": ("number", "no", "no.", "nr", "ref", "ref.", "reference", "#", "code", "id", "aspect number"),
    "aspect": (
        *("aspect", "aspects", "aspect of practice", "statement", "statements", "indicator", "indicators"),
        *("criterion", "criteria", "sub-criterion", "success criterion", "success criteria", "question", "questions"),
        *("key question", "item", "sentence", "descriptor", "expectation", "requirement", "measure"),
    ),
    "detail": (
        *("detail", "details", "description", "explanation", "guidance", "rationale", "what it looks like"),
        *("what good looks like", "what it looks like when it is done well", "what this means", "definition"),
    ),
    "examples": ("examples", "example", "examples of practice", "examples from other schools", "for example", "e.g."),
    "phases": ("phases", "phase"),
    "types": ("types", "type of school", "types of school"),
    "met-at": ("met at", "counts as met at"),
    "kinds": ("evidence looked for", "kinds of evidence"),
    "age": ("evidence no older than", "evidence max age"),
    "sources": ("aspect sources",),
    "replaces": ("replaces",),
    "id": ("aspect id",),
}
MEANT = {word: name for name, words in _ALSO.items() for word in words}
GROUPING = frozenset(
    {
        *("section", "sub-section", "subsection", "area", "focus area", "sub-area", "domain", "theme", "sub-theme"),
        *("strand", "category", "principle", "standard", "heading", "topic", "focus", "dimension", "element", "goal"),
        *("objective", "commitment", "benchmark", "unit", "pillar", "outcome", "group"),
    }
)
"""Words for what stands above statements; which of them is the key point, their order tells."""
OF_ANSWERS = frozenset(
    {
        *("rag", "rag rating", "rating", "score", "judgement", "judgment", "self-assessment", "comment", "comments"),
        *("note", "notes", "evidence", "action", "actions", "action needed", "owner", "lead", "who", "responsible"),
        *("when", "by when", "due", "due date", "deadline", "date", "review", "review date", "status", "progress"),
        *(
            "why",
            "link",
            "links",
            "cost",
            "impact",
            "source",
            "sources",
            "priority",
            "%",
            "percentage",
            "next step",
            "next steps",
            "strengths",
        ),
    }
)
"""Columns that hold what a school answers, or looks after: no part of a framework."""

_FAMILIES: tuple[tuple[tuple[str, ...], ...], ...] = (
    (("red", "r"), ("amber", "yellow", "orange", "a"), ("green", "g"), ("blue",)),
    (("inadequate",), ("unsatisfactory",), ("requires improvement", "satisfactory"), ("good",), ("outstanding",)),
    (
        *(("beginning", "emerging", "entry", "exploring", "working towards"), ("developing", "progressing")),
        *(("expected", "established", "secure", "proficient"), ("embedding",)),
        ("embedded", "advanced", "enhancing", "enhanced", "leading", "exceeding", "excelling", "excellent", "expert"),
    ),
    (("bronze",), ("silver",), ("gold",), ("platinum",)),
    (("never",), ("rarely",), ("sometimes",), ("often", "usually", "mostly"), ("always",)),
    (
        ("no", "none", "not met", "not in place", "not yet", "not started", "not implemented", "not achieved"),
        (
            *("partly", "partially", "partly met", "partially met", "in progress", "partly in place"),
            *("partially in place", "partially implemented", "partially achieved", "partly achieved", "started"),
        ),
        (
            *("yes", "met", "fully met", "in place", "done", "complete", "fully in place", "fully implemented"),
            *("achieved", "fully achieved"),
        ),
    ),
    (("low", "weak", "poor"), ("medium", "fair", "moderate"), ("high", "strong")),
)
"""Levels as frameworks call them, worst first; words beside each other stand for one."""


_ENDS = frozenset({"requirement", "indicator", "statement", "criterion", "criteria", "question", "expectation"})


def field_of(heading: str, heads: Sequence[str] = ()) -> str:
    """What a column holds by its heading, as `HEADINGS` calls it; empty where that is not known.

    `heads` are all headings: beside Yes, No is no number.
    """
    plain = folded(heading)
    if plain == "no" and any(folded(head) == "yes" for head in heads):
        return ""
    is_aspect = plain.rpartition(" ")[2] in _ENDS and len(plain.split()) <= _FEW
    return MEANT.get(plain, "aspect" if is_aspect else "")


_FEW = 4


def folded(heading: str) -> str:
    """A heading as it is compared: in small letters, without what stands in brackets behind it."""
    whole = " ".join(heading.lower().split())
    plain = whole.rstrip(":*").strip() or whole
    return re.sub(r" ?\([^()]*\)$", "", plain) or plain


def same(text: str) -> str:
    """A level's name as it is compared: in small letters, with single blanks."""
    return " ".join(text.lower().split())


def next_of(heading: str) -> str:
    """The level's name in a heading such as "Next: Red" or "Next step after amber"; empty where it is none."""
    found = re.fullmatch(
        r"next(?: steps?)?(?:\s*[:–-]\s*|\s+(?:after|from|at)\s+)(.+)", " ".join(heading.lower().split())
    )
    return found[1].strip() if found else ""


def label_of(heading: str) -> tuple[str, str]:
    """A level's label and what it means, from a heading such as "Red: not in place yet"."""
    plain = " ".join(heading.split())
    found = re.split(r" ?: ?| [–—-] ", plain, maxsplit=1)
    if len(found) > 1 and found[1] and is_level_name(found[0]):
        return found[0], found[1]
    return plain, ""


def _rank(family: Sequence[Sequence[str]], label: str) -> int | None:
    plain = re.sub(r"^[0-9]+[\s.:)–—-]*| ?\([0-9]+\)$", "", folded(label))
    return next((at for at, words in enumerate(family) if plain in words), None)


def worst_first(labels: Sequence[str]) -> list[int] | None:
    """The places of levels' labels from worst to best, where their names or numbers tell; else None."""
    for family in _FAMILIES:
        ranks = [_rank(family, label) for label in labels]
        known = [rank for rank in ranks if rank is not None]
        if len(known) == len(labels) and len(set(known)) == len(known):
            return sorted(range(len(labels)), key=lambda at: known[at])
    for family in _FAMILIES:
        some = [rank for label in labels if (rank := _rank(family, label)) is not None]
        is_up, is_down = some == sorted(some), some == sorted(some, reverse=True)
        if len(some) >= FEWEST and len(set(some)) == len(some) and (is_up or is_down):
            order = list(range(len(labels)))
            return order if is_up else order[::-1]
    numbers = [own_number(label) for label in labels]
    if all(numbers) and len(set(numbers)) == len(numbers):
        return sorted(range(len(labels)), key=lambda at: int(numbers[at]))
    return None


def is_level_name(label: str) -> bool:
    """Whether a heading is a level's name that many frameworks have."""
    return any(_rank(family, label) is not None for family in _FAMILIES)


def of_levels(heads: Sequence[str]) -> list[int]:
    """Which of the columns that nothing else is known of are levels: by their names, by their numbers, or all."""
    labels = [label_of(head)[0] for head in heads]
    named = [at for at, label in enumerate(labels) if is_level_name(label)]
    known = _with_neighbours(named, labels) if len(named) >= FEWEST else []
    numbers = [at for at, label in enumerate(labels) if own_number(label)]
    found = max(known, numbers, key=len)
    return found if len(found) >= FEWEST else list(range(len(heads)))


def _with_neighbours(named: Sequence[int], labels: Sequence[str]) -> list[int]:
    """Levels that are known by name, what stands between them, and single words right beside them."""
    first, last = named[0], named[-1]
    while first and labels[first - 1].isalpha():
        first -= 1
    while last + 1 < len(labels) and labels[last + 1].isalpha():
        last += 1
    return list(range(first, last + 1))


def numbered(texts: Sequence[str]) -> list[tuple[str, str]] | None:
    """Numbers that stand before texts, such as 1.2a or Standard 3, and the rest of each.

    None where a text has none, or two have the same.
    """
    found = [_NUMBERED.fullmatch(text) for text in texts]
    pairs = [(each[1] or each[2], each[3]) for each in found if each]
    is_whole = len(pairs) == len(texts) and len({number for number, _ in pairs}) == len(pairs)
    return pairs if texts and is_whole else None


_NUMBERED = re.compile(
    r"(?:(\d{1,3}(?:\.\d{1,3}){0,3}[a-z]?)[.):]?\s+[–—-]?\s*|[^\W\d_]+\s(\d{1,3}(?:\.\d{1,3}){0,3}[a-z]?)\s*[:–—-]\s*)(\S.*)",
    re.DOTALL,
)


def field_named(word: str) -> str | None:
    """What a column is to be, as somebody says it in --map: "Detail", "key point", "level", "Next: Red", "-"."""
    plain = folded(word)
    ours = {folded(heading): name for name, heading in HEADINGS.items()}
    if plain in ("level", "levels", "-", "none", "leave out"):
        return "level" if plain.startswith("level") else "-"
    if next_of(word):
        return f"{NEXT}{next_of(word)}"
    return ours.get(plain) or MEANT.get(plain)
