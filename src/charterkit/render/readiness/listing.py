"""How ready a school is, as leaders read it: the verdict, what comes next, the sign-up, each aspect, and the awards."""

from collections.abc import Iterator
from datetime import date

from charterkit.insight.origin import origin
from charterkit.insight.readiness.duties import signed_up
from charterkit.insight.readiness.missing import AspectReadiness, Readiness
from charterkit.insight.readiness.path import NextStep
from charterkit.insight.readiness.words import all_said, answer_said, have_of
from charterkit.model.charter import KeyPoint
from charterkit.render.listings.listing import Cell, Column, Listing, Section, spoken
from charterkit.render.shared.headings import with_number
from charterkit.render.shared.levels import badge_of, badges
from charterkit.text.english import counted, joined_some, number, sentence

_STOPS = "▲"


def readiness_listing(
    ready: Readiness, visit: NextStep | None, following: NextStep, called: str, today: date
) -> Listing:
    """The listing. `visit` is what became of one that was asked for; `called` the command that comes next as typed."""
    cycle = f", {ready.found.cycle.spoken}" if ready.found else ""
    return Listing(
        "Readiness",
        ready.folder.school.name,
        tuple(_lead(ready, visit, following, called)),
        (Column("What", share=40), Column("State", is_fixed=True, share=19), Column("Missing", share=41)),
        (*_whole(ready), *_aspects(ready), *_groups(ready), *_awards(ready)),
        spoken(today),
        subtitle=f"{ready.charter.title}{cycle}, as of {spoken(today)}",
        footer=(
            f"{_STOPS} stops the school from asking for a visit.",
            "What is in small print stops nothing: a visitor may ask about it.",
            *filter(None, (origin(ready.charter),)),
        ),
    )


def _lead(ready: Readiness, visit: NextStep | None, following: NextStep, called: str) -> Iterator[str]:
    noun = ready.charter.rated_noun
    many = counted(ready.of, noun)
    if ready.is_ready:
        yield f"Ready for a certification visit: each of {many} has what it needs."
    elif ready.of:
        yield f"Not ready yet: {have_of(ready.done, many)} all that a visit needs."
    else:
        yield "Not ready yet."
    hints = sum(bool(each.hints) for each in ready.aspects)
    if hints:
        yield f"There are hints about {counted(hints, noun)}, which stop nothing."
    if visit:
        yield visit.said
    if visit is None or not ready.is_ready:
        yield f"Next: {following.said.rstrip('.')}: {called}"


def _whole(ready: Readiness) -> Iterator[Section]:
    """The sign-up with its duties, and what is about the self-evaluation as a whole."""
    signed = signed_up(ready.folder.school, ready.charter.id)
    when = f", {signed.signed.spoken}" if signed and signed.signed else ""
    rows = [
        (
            Cell(duty.pledge.text),
            Cell(
                "Done" if duty.is_done else "To do",
                below=duty.done.spoken if duty.done else "",
                mark="" if duty.is_done else _STOPS,
            ),
            Cell("" if duty.is_done else f"Due {duty.due.spoken}" if duty.due else "Do it, and say so"),
        )
        for duty in ready.duties
    ]
    yield Section("Sign-up", tuple(rows), f"Signed{when}." if signed else "Not signed yet: charterkit sign.")
    left = [lack for lack in ready.school if lack.duty is None and lack.kind != "not-signed"]
    if left:
        said = [(lack.stops, line) for lack in left for line in all_said([lack])]
        rows = [
            (Cell(line), Cell("Stops" if stops else "Hint", mark=_STOPS if stops else ""), Cell(""))
            for stops, line in said
        ]
        yield Section("The self-evaluation as a whole", tuple(rows))


def _aspects(ready: Readiness) -> Iterator[Section]:
    known = badges(ready.charter)
    for place, point in enumerate(ready.charter.key_points, 1):
        found = [each for each in ready.aspects if each.key_point == point.id]
        if not found:
            continue
        done = sum(not each.stops for each in found)
        rows = tuple(_row(each, badge_of(each.standing, known).text) for each in found)
        said = sentence(f"{have_of(done, number(len(found)))} what a visit needs")
        yield Section(_heading(point, place), rows, said)


def _heading(point: KeyPoint, place: int) -> str:
    return with_number(point.number or str(place), point.title)


def _row(each: AspectReadiness, level: str) -> tuple[Cell, ...]:
    stops, hints = all_said(each.stops), all_said(each.hints)
    return (
        Cell(with_number(each.number, each.title)),
        Cell(level),
        Cell(" ".join(stops) or "Nothing", below=" ".join(hints), mark=_STOPS if stops else ""),
    )


def _groups(ready: Readiness) -> Iterator[Section]:
    """Each focus group of which something is known: ratings, evidence and surveys."""
    numbers = {each.aspect: each.number for each in ready.aspects}
    rows = tuple(
        (
            Cell(each.group.name, below=" ".join(map(answer_said, each.answers))),
            Cell(f"Rated {each.rated} of {each.of}", below=counted(each.evidence, "piece of evidence", "pieces")),
            Cell(
                sentence(f"below on {joined_some([numbers[key] for key in each.below], 8)}")
                if each.below
                else "Nothing",
                mark="◆" if each.below else "",
            ),
        )
        for each in ready.groups
    )
    if rows:
        yield Section("Focus groups", rows, "A group that is below stops nothing; a visitor will ask about it.")


def _awards(ready: Readiness) -> Iterator[Section]:
    """Each award with what is missing for it, where the charter has awards or the one is not met."""
    titles = {each.aspect: each.number for each in ready.aspects}
    rows = []
    noun = ready.charter.rated_noun
    for each in ready.awards:
        names = [titles.get(aspect, aspect) for aspect in each.missing]
        left = f"{counted(len(names), noun)}: {joined_some(names, 6)}" if names else ""
        rest = "" if names or not ready.besides else "what stops a visit, above"
        aim = "aimed at" if each.award == ready.award and len(ready.awards) > 1 else ""
        state = "Ratings reach it" if each.is_reached else "Not reached"
        rows.append(
            (
                Cell(each.award.label, below=aim),
                Cell(state, mark="" if each.is_reached else _STOPS),
                Cell(sentence(left or rest) or "Nothing"),
            )
        )
    if rows:
        yield Section("Awards", tuple(rows))
