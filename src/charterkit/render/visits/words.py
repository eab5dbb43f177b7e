"""What is said of a visit, in sentences: what it was, how it ended, what the school answers, and how both agree."""

from collections.abc import Iterator
from datetime import date

from charterkit.insight.certificates.held import standing_of
from charterkit.insight.visits.agreement import Agreed, Kappa, VisitAgreement
from charterkit.insight.visits.visited import Visited
from charterkit.model.evaluation import Evidence, Person
from charterkit.model.visit import Visit
from charterkit.render.report.evidence import KINDS
from charterkit.text.english import counted, joined, number, sentence
from charterkit.text.speech import mark, ntr, tr, tr_of

PURPOSES = {"support": mark("Support visit"), "certification": mark("Certification visit")}


def kind_of(visit: Visit) -> str:
    """What the visit is, or is to be."""
    return tr(PURPOSES.get(visit.purpose or "", mark("Visit")))


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
        many = counted(len(explained), "aspect").capitalize()
        below = tr("%(count)s below the mark, each with a reason.", count=many) if explained else ""
        if found.award:
            met = tr("The visitor finds that the charter is met, at %(award)s.", award=found.award.label)
        else:
            met = tr("The visitor finds that the charter is met.")
        return f"{met} {below}".strip()
    return tr("The visitor finds that the charter is not met yet.") if visit.outcome == "not-yet" else ""


def certified(visit: Visit, today: date) -> str:
    """The visit's certificate and how it stands; empty without one."""
    certificate = visit.certificate
    if certificate is None:
        return ""
    its, until = certificate.number, certificate.valid_until
    if standing := standing_of(certificate, today):
        return tr("Certificate %(number)s: %(standing)s.", number=its, standing=standing)
    if until:
        return tr("Certificate %(number)s, valid until %(when)s.", number=its, when=until.spoken)
    return tr("Certificate %(number)s.", number=its)


def answered(visit: Visit) -> str:
    """What the school says to what the visitor wrote."""
    answer = visit.answer
    if answer is None:
        return ""
    finds = {
        True: tr("The school finds what the visitor wrote accurate"),
        False: tr("The school does not find what the visitor wrote accurate"),
        None: tr("The school answers"),
    }
    who = f" ({', '.join(part for part in (answer.by, answer.date.spoken if answer.date else None) if part)})"
    return f"{finds[answer.accurate]}{who if who != ' ()' else ''}{f': {answer.note.strip()}' if answer.note else '.'}"


def agreed_words(found: Agreed, *, noun: str = "aspect") -> str:
    """Shares in words: how many both rated, the same of how many, and who is higher on the others."""
    if not found.of:
        return tr_of(noun, "No aspect has a rating of both.")
    if found.same == found.of:
        return ntr(
            "Both say the same of the one that both rated.",
            "Both say the same of all %(count)s that both rated.",
            found.of,
            count=number(found.of),
        )
    parts = [tr("the visitor is higher on %(count)s", count=number(found.higher))] if found.higher else []
    parts += [tr("the visitor is lower on %(count)s", count=number(found.lower))] if found.lower else []
    return tr(
        "Of %(count)s that both rated, both say the same of %(same)s; %(others)s.",
        count=counted(found.of, noun),
        same=f"{number(found.same)} ({found.same / found.of:.0%})",
        others=joined(parts),
    )


def agreement_words(found: VisitAgreement, noun: str = "aspect") -> Iterator[str]:
    """How the visitor and the school agree on the whole, with what a number of this kind is worth."""
    yield agreed_words(found.all, noun=noun)
    kappa = found.all.kappa
    if kappa is None:
        if found.all.of:
            yield tr("A measure of agreement beyond chance cannot be worked out from these ratings.")
        return
    yield tr(
        "Weighted kappa, with linear weights: %(figures)s; 1 is full agreement, and 0 what chance gives.",
        figures=_kappa_words(found.all, kappa),
    )
    if found.all.is_rough:
        yield tr(
            "With %(count)s that is no more than a hint: a rating or two the other way would move it far.",
            count=counted(found.all.of, noun),
        )


def point_words(found: Agreed, noun: str = "aspect") -> str:
    """How the visitor and the school agree on a key point: the share, and kappa where enough aspects are behind it."""
    said = agreed_words(found, noun=noun)
    if found.kappa is None:
        return said
    figures = _kappa_words(found, found.kappa)
    if found.is_rough:
        return f"{said} {tr('Weighted kappa: %(figures)s, a hint.', figures=figures)}"
    return f"{said} {tr('Weighted kappa: %(figures)s.', figures=figures)}"


def _kappa_words(found: Agreed, kappa: Kappa) -> str:
    return tr(
        "%(value)s (n = %(count)s, 95 %% interval %(low)s to %(high)s)",
        value=_figure(kappa.value),
        count=found.of,
        low=_figure(kappa.low),
        high=_figure(kappa.high),
    )


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
