"""The evidence for each aspect as leaders read it: what there is, from when, and what a visitor would miss."""

from collections.abc import Mapping, Sequence
from datetime import date

from charterkit.insight.evaluations.evaluated import Evaluated, RatingState
from charterkit.insight.evidence.index import AspectEvidence, Flag, IndexedPiece
from charterkit.model.survey import Survey
from charterkit.render.evidence.words import aged, beside, flagged, kinds_said, many_pieces, named
from charterkit.render.listings.listing import Cell, Column, Listing, Section, spoken
from charterkit.render.report.evidence import KINDS
from charterkit.render.shared.headings import with_number
from charterkit.text.english import counted, number, plural, sentence
from charterkit.text.safe import safe_link

_BAD = (Flag.OUTSIDE, Flag.MISSING, Flag.CHANGED, Flag.OUTDATED)


def evidence_listing(
    index: Sequence[AspectEvidence], known: Mapping[str, Survey], name: str, evaluation: Evaluated, today: date
) -> Listing:
    """The list under a heading an aspect."""
    return Listing(
        "Evidence",
        name,
        _lead(index, evaluation),
        (
            Column("Evidence", share=45),
            Column("Kind", is_fixed=True, share=14),
            Column("Cycle", share=19),
            Column("State", share=22),
        ),
        tuple(_section(found, known) for found in index),
        spoken(today),
        subtitle=f"{evaluation.charter.title}, {evaluation.cycle.spoken}, as of {spoken(today)}",
        empty="There is no evidence yet: 'charterkit evidence add ASPECT FILE' records it.",
    )


def _lead(index: Sequence[AspectEvidence], evaluation: Evaluated) -> tuple[str, ...]:
    """How much there is, and what is wrong with it."""
    current = [piece for found in index for piece in found.current]
    bare = [found for found in index if not found.current and found.standing.state is RatingState.RATED]
    wrong = sum(bool(set(piece.flags) & set(_BAD)) for piece in current)
    unseen = sum(Flag.NOT_LOOKED_AT in piece.flags for piece in current)
    lacking = sum(bool(found.kinds_missing) for found in index)
    noun = evaluation.charter.rated_noun
    found = [
        f"{many_pieces(len(current))} in {evaluation.cycle.spoken}",
        f"{counted(len(bare), f'rated {noun}')} without any" if bare else "",
    ]
    said = [
        f"{number(wrong)} of it {plural(wrong, 'is', 'are')} changed, too old or not there" if wrong else "",
        f"{number(unseen)} {plural(unseen, 'has', 'have')} not been looked at by a visitor or again" if unseen else "",
        f"{counted(lacking, noun)} {plural(lacking, 'lacks', 'lack')} a kind that the charter asks for"
        if lacking
        else "",
    ]
    lines = ("; ".join(part for part in parts if part) for parts in (found, said))
    return tuple(sentence(line) for line in lines if line)


def _section(found: AspectEvidence, known: Mapping[str, Survey]) -> Section:
    said = [
        "" if found.pieces else "nothing is recorded",
        f"missing: {kinds_said(found.kinds_missing)}" if found.kinds_missing else "",
        "hardly anything is written about the rating" if found.is_thin else "",
    ]
    return Section(
        with_number(found.number, found.title),
        tuple(_row(piece, known) for piece in found.pieces),
        sentence("; ".join(part for part in said if part)) if any(said) else "",
    )


def _row(piece: IndexedPiece, known: Mapping[str, Survey]) -> tuple[Cell, ...]:
    evidence = piece.evidence
    is_bad = bool(set(piece.flags) & set(_BAD))
    since = f"since {piece.since.spoken}" if piece.since != piece.cycle else ""
    when = " · ".join(part for part in (piece.when.spoken if piece.when else "", aged(piece.days)) if part)
    return (
        Cell(named(evidence, known), below=beside(evidence), link=safe_link(evidence.url or "") or ""),
        Cell(KINDS[evidence.kind]),
        Cell(piece.cycle.spoken, below=since),
        Cell(flagged(piece), below=when, mark="▲" if is_bad else "", tone="late" if is_bad else ""),
    )
