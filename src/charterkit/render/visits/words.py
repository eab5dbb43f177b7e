"""What is said of a visit, in sentences: what it was, how it ended, what the school answers, and how both agree."""

from collections.abc import Iterator
from datetime import date

from charterkit.insight.certificates.held import standing_of
from charterkit.insight.visits.agreement import Agreed, Kappa, VisitAgreement
from charterkit.insight.visits.visited import Visited
from charterkit.model.evaluation import Evidence, Person
from charterkit.model.visit import Visit
from charterkit.render.report.evidence import KINDS
from charterkit.text.english import counted, joined, number, plural, sentence

PURPOSES = {"support": "Support visit", "certification": "Certification visit"}


def kind_of(visit: Visit) -> str:
    """What the visit is, or is to be."""
    return PURPOSES.get(visit.purpose or "", "Visit")


def people(found: tuple[Person, ...]) -> str:
    """Who came, each with what they do."""
    return joined(
        [f"{each.name} ({each.role})" if each.name and each.role else each.name or each.role or "" for each in found]
    )


def ended(found: Visited) -> str:
    """How the visit ended; empty where it has not, or is not one that does."""
    visit = found.visit
    if visit.outcome == "met":
        explained = [each for each in found.in_the_way() if each.reason]
        below = (
            f" {counted(len(explained), 'aspect').capitalize()} below the mark, each with a reason."
            if explained
            else ""
        )
        return f"The visitor finds that the charter is met{f', at {found.award.label}' if found.award else ''}.{below}"
    return "The visitor finds that the charter is not met yet." if visit.outcome == "not-yet" else ""


def certified(visit: Visit, today: date) -> str:
    """The visit's certificate and how it stands; empty without one."""
    certificate = visit.certificate
    if certificate is None:
        return ""
    until = f", valid until {certificate.valid_until.spoken}" if certificate.valid_until else ""
    standing = standing_of(certificate, today)
    return f"Certificate {certificate.number}{f': {standing}' if standing else until}."


def answered(visit: Visit) -> str:
    """What the school says to what the visitor wrote."""
    answer = visit.answer
    if answer is None:
        return ""
    finds = {
        True: "The school finds what the visitor wrote accurate",
        False: "The school does not find what the visitor wrote accurate",
        None: "The school answers",
    }
    who = f" ({', '.join(part for part in (answer.by, answer.date.spoken if answer.date else None) if part)})"
    return f"{finds[answer.accurate]}{who if who != ' ()' else ''}{f': {answer.note.strip()}' if answer.note else '.'}"


def agreed_words(found: Agreed, *, noun: str = "aspect") -> str:
    """Shares in words: how many both rated, the same of how many, and who is higher on the others."""
    if not found.of:
        return f"No {noun} has a rating of both."
    if found.same == found.of:
        every = plural(found.of, "the one", f"all {number(found.of)}")
        return f"Both say the same of {every} that both rated."
    parts = [
        f"the visitor is {way} on {number(many)}"
        for way, many in (("higher", found.higher), ("lower", found.lower))
        if many
    ]
    same = f"{number(found.same)} ({found.same / found.of:.0%})"
    return f"Of {counted(found.of, noun)} that both rated, both say the same of {same}; {joined(parts)}."


def agreement_words(found: VisitAgreement, noun: str = "aspect") -> Iterator[str]:
    """How the visitor and the school agree on the whole, with what a number of this kind is worth."""
    yield agreed_words(found.all, noun=noun)
    kappa = found.all.kappa
    if kappa is None:
        if found.all.of:
            yield "A measure of agreement beyond chance cannot be worked out from these ratings."
        return
    scale = "1 is full agreement, and 0 what chance gives"
    yield f"Weighted kappa, with linear weights: {_kappa_words(found.all, kappa)}; {scale}."
    if found.all.is_rough:
        few = counted(found.all.of, noun)
        yield f"With {few} that is no more than a hint: a rating or two the other way would move it far."


def point_words(found: Agreed, noun: str = "aspect") -> str:
    """How the visitor and the school agree on a key point: the share, and kappa where enough aspects are behind it."""
    said = agreed_words(found, noun=noun)
    if found.kappa is None:
        return said
    return f"{said} Weighted kappa: {_kappa_words(found, found.kappa)}{', a hint' if found.is_rough else ''}."


def _kappa_words(found: Agreed, kappa: Kappa) -> str:
    return f"{_figure(kappa.value)} (n = {found.of}, 95 % interval {_figure(kappa.low)} to {_figure(kappa.high)})"


def _figure(value: float) -> str:
    return f"{value:.2f}".replace("-", "−")


def seen_line(evidence: Evidence) -> str:
    """A piece of what was looked at, and with whom the visitor talked."""
    whom = f" with {evidence.with_}" if evidence.with_ else ""
    where = evidence.path or evidence.url or evidence.survey or ""
    more = [
        part
        for part in (where, evidence.date.spoken if evidence.date else "", f"by {evidence.by}" if evidence.by else "")
        if part
    ]
    note = f": {evidence.note.strip()}" if evidence.note else ""
    return f"{KINDS[evidence.kind]}{whom}{f' ({chr(44).join(more)})'.replace(',', ', ') if more else ''}{note}"


def support_lines(visit: Visit) -> list[str]:
    """The log of what the adviser did, a line each."""
    return [f"{f'{entry.date.spoken}: ' if entry.date else ''}{sentence(entry.what)}" for entry in visit.support_log]


def many_rated(found: Visited) -> int:
    """How many aspects the visitor gave a rating."""
    return sum(each.is_answered for each in found.standings.values())


def noun_of(found: Visited, count: int) -> str:
    """What the charter counts, in the number that is asked for."""
    return plural(count, found.charter.rated_noun)
