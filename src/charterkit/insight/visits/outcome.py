"""What a visit may end in: a certification visit is met only where every aspect that applies is at the mark."""

from charterkit.errors import NotThere, Refused
from charterkit.insight.evaluations.awards import awards_of
from charterkit.insight.visits.visited import InTheWay, Visited
from charterkit.model.base import nearest
from charterkit.model.visit import Visit
from charterkit.text.safe import shown


def demand_borne(found: Visited) -> None:
    """Raises CharterkitError where a visit ends in what its purpose or its findings do not bear, or its certificate."""
    visit = found.visit
    known = [award.id for award in awards_of(found.charter)]
    if visit.award and visit.award not in known:
        raise NotThere("no-award", award=visit.award, meant=nearest(visit.award, known), known=known)
    if visit.outcome and visit.purpose != "certification":
        raise Refused("outcome-of-support")
    if visit.certificate and not visit.certificate.revoked and visit.outcome != "met":
        raise Refused("visit-certified", number=visit.certificate.number)
    if visit.outcome == "met" and (left := found.unexplained()):
        complaints = "\n".join(said_in_the_way(found, each) for each in left)
        raise Refused("visit-not-met", complaints=complaints, first=left[0].aspect)
    if visit.outcome == "met" and (unsaid := unseen(visit)):
        raise Refused("visit-unseen", complaints="\n".join(unsaid))


def unseen(visit: Visit) -> list[str]:
    """What a visit leaves unsaid of itself, as sentences: who came, and what they saw or heard."""
    said = ("The visit does not say who came.", "The visit does not say what was looked at, or who was talked with.")
    is_said = (any((each.name or "").strip() for each in visit.visitors), has_seen(visit))
    return [sentence for sentence, there in zip(said, is_said, strict=True) if not there]


def has_seen(visit: Visit) -> bool:
    """Whether it says what was looked at or heard: on the whole or of an aspect, as a piece or in a note."""
    findings = visit.findings.values()
    return bool(visit.looked_at) or any(each.looked_at or (each.note or "").strip() for each in findings)


def said_in_the_way(found: Visited, each: InTheWay) -> str:
    """An aspect that is not at the mark, and by whose rating, as a sentence."""
    text = shown(found.charter.aspects[each.aspect].text)
    return f"{each.aspect} (“{text}”): {whose_word(each)}."


def whose_word(each: InTheWay) -> str:
    """By whose rating an aspect is in the way, and which: "the visitor says Amber"."""
    if each.whose == "nobody":
        return "neither the visitor nor the school has rated it"
    said = each.standing.level.label if each.standing.level else "that it cannot be read"
    if each.standing.word == "not-applicable":
        return "the visitor says that it does not apply, and not why"
    whose = "the visitor says" if each.whose == "visitor" else "the visitor gave no rating, and the school says"
    return f"{whose} {shown(said)}" if each.standing.level else f"the rating of the {each.whose} cannot be read"
