"""What two versions of a charter mean for schools' ratings, in sentences, and the names of what may differ."""

from collections.abc import Sequence

from charterkit.insight.charter_versions.diff import CharterDiff, DiffKind
from charterkit.insight.charter_versions.facets import ASPECT, GROUP, KEY_POINT
from charterkit.model.charter import Charter
from charterkit.text.english import counted, number, plural, sentence

FACETS = {
    "text": "Words",
    "title": "Words",
    "key_point": "Key point",
    "key_points": "Order of the key points",
    "number": "Number",
    "part": "Part",
    "poster": "Line on the poster",
    "detail": "What it looks like",
    "met_at": "Counts as met at",
    "applies_to": "Asked of",
    "evidence": "What a visitor looks at",
    "evidence_max_age": "How old evidence may be",
    "examples": "Example",
    "sources": "Source",
    "meaning": "What it means",
    "letter": "Letter",
    "colour": "Colour",
    "fulfilled_by": "Done by",
    "within": "Time to do it",
    "needs": "Needs",
    "url": "Address",
    "page": "Page",
    "status": "Status",
    "publisher": "Given out by",
    "purpose": "Purpose",
    "strategic_priority": "Plan that it serves",
    "provenance": "Where the practice is from",
    "rated": "What is rated",
    "written_in": "Language",
    "contacts": "Whom to ask",
}
"""What a key of the file is called; `levels.amber` and `next.amber` by `facet`."""


def facet(key: str, charter: Charter) -> str:
    """What a facet is called."""
    name, _, level = key.partition(".")
    if not level:
        return FACETS.get(name, name)
    label = charter.levels[level].label if level in charter.levels else level
    return f"What {label} looks like" if name == "levels" else f"What takes a school on from {label}"


def number_of(charter: Charter, found: CharterDiff) -> str:
    """What comes after "version" for one of the two: its number, and where they are two charters its id too."""
    return charter.version if found.old.id == found.new.id else f"{charter.version} of {charter.id}"


def leads(found: CharterDiff) -> tuple[str, ...]:
    """What a headteacher has to know about her ratings, the weightiest first."""
    if found.old.rated_noun != found.new.rated_noun:
        old, new = number_of(found.old, found), number_of(found.new, found)
        whole = f"Version {new} rates {found.new.rated_noun}s, version {old}"
        return (f"{whole} {found.old.rated_noun}s: ratings do not go on by themselves.",)
    if not found.differences:
        return ("Nothing differs between the two.",)
    said = [*_moves(found), *_scale(found), *_groups(found)]
    stay, noun = _staying(found), found.new.rated_noun
    if stay:
        left = "other " if said else ""
        if len(_of(found)) == stay and not said:
            said.append(f"Every {noun} keeps its rating.")
        else:
            said.append(sentence(counted(stay, f"{left}{noun} keeps its rating", f"{left}{noun}s keep their ratings")))
    return tuple(said)


def _of(found: CharterDiff) -> Sequence[str]:
    return list(found.new.as_rated().aspects)


def _moves(found: CharterDiff) -> list[str]:
    part = KEY_POINT if found.new.rated == "key-points" else ASPECT
    noun = found.new.rated_noun
    count = {kind: len([each for each in found.of(part, kind) if each.facet == "id"]) for kind in DiffKind}
    new, gone = count[DiffKind.NEW], count[DiffKind.GONE]
    merged, split = count[DiffKind.MERGED], count[DiffKind.SPLIT]
    said = []
    if new:
        said.append(f"{counted(new, noun)} {plural(new, 'is new and starts', 'are new and start')} without a rating")
    if gone:
        kept = f"what was written of {plural(gone, 'it', 'them')} stays in the file"
        said.append(f"{counted(gone, noun)} {plural(gone, 'is', 'are')} gone: {kept}, and counts no more")
    if merged:
        takes = plural(merged, "it takes", "they take")
        said.append(f"{counted(merged, noun)} {plural(merged, 'joins', 'join')} several: {takes} the lowest rating")
    if split:
        takes = plural(split, "takes", "take")
        said.append(
            f"{counted(split, noun)} {plural(split, 'comes', 'come')} of one that was split, and {takes} its rating"
        )
    return [sentence(each) for each in said]


def _scale(found: CharterDiff) -> list[str]:
    if found.is_same_scale:
        return []
    old, new = (number(len(charter.levels)) for charter in (found.old, found.new))
    said = f"the scale changes from {old} to {new} levels" if old != new else "the levels are called otherwise"
    if found.is_scale_told:
        return [sentence(f"{said}, and each rating goes to the level that replaces its own")]
    return [sentence(f"{said}, and for each rating somebody has to say which level it is now")]


def _groups(found: CharterDiff) -> list[str]:
    gone = len(found.of(GROUP, DiffKind.GONE))
    if not gone:
        return []
    kept = f"what families in {plural(gone, 'it', 'them')} were rated stays in the file, and counts no more"
    return [sentence(f"{counted(gone, 'focus group is', 'focus groups are')} gone: {kept}")]


def _staying(found: CharterDiff) -> int:
    """How many go on from one alone."""
    part = KEY_POINT if found.new.rated == "key-points" else ASPECT
    kinds = (DiffKind.NEW, DiffKind.MERGED, DiffKind.SPLIT)
    changed = {each.id for each in found.of(part, *kinds) if each.facet == "id"}
    return sum(name not in changed for name in _of(found))
