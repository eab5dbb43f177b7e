"""Summaries made up from nothing: a charter of three aspects in two versions and one on another scale."""

from datetime import date
from typing import Any

from hypothesis import strategies as st

from charterkit.insight.overview.overview import Overview, OverviewWish, overview
from charterkit.insight.overview.summary import EvaluationSummary, SchoolSummary
from charterkit.model.charter import Charter
from charterkit.model.dates import Cycle

TODAY = date(2026, 11, 22)


def version(name, aspects, *, scale=None):
    point = {"id": "welcome", "title": "Welcome", "aspects": aspects}
    groups = [{"id": "boys", "name": "Boys"}]
    facts = {"id": "small", "version": name, "title": "Small", "status": "published", "focus_groups": groups}
    return Charter.model_validate({**facts, "key_points": [point], **({"scale": scale} if scale else {})})


ONE = version("1", [{"id": "gate", "text": "Gate"}, {"id": "phone", "text": "Phone"}, {"id": "post", "text": "Post"}])
TWO = version(
    "2",
    [
        {"id": "gate", "text": "Gate"},
        {"id": "contact", "text": "Contact", "replaces": ["phone", "post"]},
        {"id": "site", "text": "Site"},
    ],
)
OTHER = version(
    "3", [{"id": "gate", "text": "Gate"}], scale=[{"id": "no", "label": "No"}, {"id": "yes", "label": "Yes"}]
)
VERSIONS = (ONE, TWO, OTHER)


def rated(ratings, cycle="2025-26", version="1", *, before="", moves="", stuck="", groups=(), is_agreed=True):
    day = f"{cycle[:4]}-10-14"
    return EvaluationSummary("small", version, cycle, day, is_agreed, ratings, groups, before, moves, (), stuck)


def school(slug: str, *evaluations: EvaluationSummary, **more: Any) -> SchoolSummary:
    facts: dict[str, Any] = dict.fromkeys(("members", "signed", "actions", "reviews", "visits", "unread"), ())
    facts |= {"name": slug.title(), "kind": "school", "phase": "", "local_authority": "", "trust": ""}
    return SchoolSummary(**{**facts, "slug": slug, "evaluations": evaluations, **more})


def seen(summaries, **wish) -> Overview:
    return overview(summaries, "small", OverviewWish(VERSIONS, TODAY, **wish))


YEAR = Cycle.parse("2025-26")
_SIGNS = st.text("012.-? ", min_size=3, max_size=3)
_MOVES = st.text("+<=na~ ", min_size=3, max_size=3)


@st.composite
def evaluations(draw):
    """One of this year, most often; by any version, with or without one before."""
    cycle = draw(st.sampled_from(["2025-26"] * 4 + ["2025-26-autumn", "2024-25"]))
    name = draw(st.sampled_from(["1"] * 4 + ["2", "3"]))
    signs = draw(st.text("01.", min_size=1, max_size=1)) if name == "3" else draw(_SIGNS)
    before = draw(st.sampled_from(["", "2024-25", "2024-25", "2024-25-summer"]))
    moves = draw(_MOVES)[: len(signs)] if before else ""
    stuck = draw(st.sampled_from(["", "!.!"]))[: len(signs)] if before else ""
    groups = (("boys", signs),) if draw(st.booleans()) else ()
    return rated(
        signs, cycle, name, before=before, moves=moves, stuck=stuck, groups=groups, is_agreed=draw(st.booleans())
    )


@st.composite
def schools(draw, most=24):
    """Schools of four trusts and of none."""
    made = []
    for number in range(draw(st.integers(0, most))):
        found = draw(st.lists(evaluations(), max_size=1))
        trust = draw(st.sampled_from(["", "ash", "birch", "cedar", "dale"]))
        made.append(school(f"school-{number:02}", *found, trust=trust, phase=draw(st.sampled_from(["", "primary"]))))
    return made
