"""Schools that are at the top of the scale on an aspect and agreed to share how they do it, with what they say of it.

Only what a school stands by is looked at: of agreed self-evaluations the strengths and the kinds of evidence. Notes,
ideas, ratings below the top and the evidence itself stay inside the school.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from charterkit.choices import EVIDENCE_KINDS, EvidenceKind
from charterkit.files.school_folder import SchoolFolder
from charterkit.files.workspace import Workspace
from charterkit.insight.evaluations.evaluated import Evaluated, RatingState, Standing, left_out, may_be_of
from charterkit.insight.evaluations.lineage import Lineage, lineage
from charterkit.insight.evaluations.unread import unread
from charterkit.insight.public import agreed
from charterkit.model.charter import Charter
from charterkit.model.dates import Cycle
from charterkit.records import dataclass
from charterkit.text.safe import safe_link

FEWEST = 5
"""Fewer schools than this are not counted aloud where they did something that they may not want known."""


@dataclass(frozen=True, slots=True)
class Practice:
    """One school at the top on one aspect."""

    slug: str
    school: str
    aspect: str
    """The aspect's id in the version that is asked about."""
    level: str
    """What people call the level, in the version that the school was rated with."""
    cycle: Cycle
    version: str
    strengths: str
    """The school's own words; empty where it wrote none, or where they may be about a person."""
    is_withheld: bool
    """Whether there are such words."""
    kinds: tuple[EvidenceKind, ...]
    """What sorts of evidence it has."""
    website: str = ""


@dataclass(frozen=True, slots=True)
class Practices:
    """What was found over many schools."""

    found: tuple[Practice, ...]
    looked_at: int
    """Schools that were looked at, made-up ones left out."""
    silent: int
    """Those of them that have not agreed to share."""
    unread: tuple[str, ...]
    """Paths of files of schools that share which cannot be read, or not whole, and those that do not tell whether a
    school shares: what they hide is not known.
    """

    @property
    def silent_said(self) -> int | None:
        """How many have not agreed to share; None where there are too few to say."""
        return self.silent if self.silent >= FEWEST else None


def practices(
    workspace: Workspace,
    charter: Charter,
    aspects: Collection[str],
    slugs: Iterable[str],
    is_personal: Callable[[str], bool],
) -> Practices:
    """Every school of some that is at the top on some aspects of a charter, by aspect, then by name.

    `charter` is as it is rated. `is_personal` says of a text whether it may point at a person: then it is withheld.
    """
    found: list[Practice] = []
    unreadable: list[str] = []
    looked_at = silent = 0
    for slug in slugs:
        apart = workspace.apart()  # of very many schools only one is kept at a time
        folder = apart.school(slug)
        if not folder.is_school:
            continue
        looked_at += 1
        if not folder.school.shares_practice:
            is_told = folder.document.model is not None
            silent += is_told
            unreadable += [] if is_told else [folder.document.path]
            continue
        lost = left_out(apart, folder)
        unreadable += [each.path for each in folder.evaluations if each.path in lost and may_be_of(each, charter.id)]
        kept = agreed(apart, folder, charter.id)
        if kept:
            unreadable += [kept[-1].document.path] if unread(kept[-1]) else []
            line = lineage(kept[-1].charter, charter, apart.versions(charter.id))
            found += _of(folder, kept[-1], {name: line.get(name, ()) for name in aspects}, is_personal)
    order = {name: place for place, name in enumerate(charter.aspects)}
    found.sort(key=lambda each: (order[each.aspect], each.school.casefold(), each.slug))
    return Practices(tuple(found), looked_at, silent, tuple(unreadable))


def _of(folder: SchoolFolder, held: Evaluated, line: Lineage, is_personal: Callable[[str], bool]) -> Iterator[Practice]:
    """What one school does well, of the aspects of `line`."""
    for name, olds in line.items():
        standings = [held.standings[old] for old in olds]
        if not standings or not all(map(_is_at_top(held.charter), standings)):
            continue
        said = _apart([*dict.fromkeys(text for each in standings if (text := _strengths(each)))])
        kinds = {piece.kind for each in standings if each.entry for piece in each.entry.evidence}
        is_withheld = bool(said) and is_personal(said)
        level = standings[0].level
        yield Practice(
            folder.slug,
            folder.school.name,
            name,
            level.label if level else "",
            held.cycle,
            held.charter.version,
            "" if is_withheld else said,
            is_withheld,
            tuple(kind for kind in EVIDENCE_KINDS if kind in kinds),
            safe_link(folder.school.website or "") or "",
        )


def _is_at_top(charter: Charter) -> Callable[[Standing], bool]:
    top = len(charter.levels) - 1
    return lambda standing: standing.state is RatingState.RATED and standing.rank == top


def _apart(texts: Sequence[str]) -> str:
    """What was said of several aspects that became one: each a sentence, so that they do not run together."""
    if len(texts) > 1:
        texts = [text if text.endswith((".", "!", "?", "…")) else f"{text}." for text in texts]
    return "\n".join(texts)


def _strengths(standing: Standing) -> str:
    return (standing.entry.strengths or "").strip() if standing.entry else ""


def by_aspect(found: Iterable[Practice]) -> Mapping[str, list[Practice]]:
    """The same by aspect."""
    made: dict[str, list[Practice]] = {}
    for each in found:
        made.setdefault(each.aspect, []).append(each)
    return made
