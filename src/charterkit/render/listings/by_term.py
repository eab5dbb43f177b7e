"""How many reviews fall due in each term, and which."""

from collections.abc import Sequence
from datetime import date

from charterkit.insight.policies.by_term import TermPile
from charterkit.render.listings.listing import Cell, Column, Listing, Section, spoken
from charterkit.text.english import counted, joined, sentence


def by_term_listing(
    piles: Sequence[TermPile], title: str, today: date, unread: Sequence[str] = (), *, is_many: bool = False
) -> Listing:
    """A row a term with its reviews, the fullest named above. `is_many` where schools have to be told apart."""
    columns = (Column("Term"), Column("Reviews", is_fixed=True), Column("Policies"))
    rows = tuple(
        (
            Cell(_term(pile), below=_until(pile, today)),
            Cell(str(len(pile.policies))),
            Cell(", ".join(f"{each.title}{f' ({each.folder.school.name})' * is_many}" for each in pile.policies)),
        )
        for pile in piles
    )
    return Listing(
        "Policy reviews by term",
        title,
        _lead(piles),
        columns,
        (Section("", rows),) if rows else (),
        spoken(today),
        notes=tuple(f"{path} cannot be read and is left out." for path in unread),
        footer=("'charterkit policy spread' proposes a plan that evens them out.",),
        empty="No policy in force has a next review.",
    )


def _term(pile: TermPile) -> str:
    return pile.term.spoken[:1].upper() + pile.term.spoken[1:] if pile.term else "No date"


def _until(pile: TermPile, today: date) -> str:
    if pile.term is None:
        return ""
    return f"{'ended' if pile.term.last < today else 'to'} {spoken(pile.term.last)}"


def _lead(piles: Sequence[TermPile]) -> tuple[str, ...]:
    dated = [pile for pile in piles if pile.term]
    if not dated:
        return ()
    most = max(len(pile.policies) for pile in dated)
    fullest = [_term(pile) for pile in dated if len(pile.policies) == most]
    many = counted(sum(len(pile.policies) for pile in dated), "review")
    return (sentence(f"{many} in {counted(len(dated), 'term')}; most, {most}, in {joined(fullest).lower()}"),)
