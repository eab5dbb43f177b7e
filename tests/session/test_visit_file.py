"""A visit being recorded: on disk at once, beside the school's ratings, and met only where its findings bear it."""

from contextlib import suppress
from itertools import count
from pathlib import Path
from random import Random

import pytest

from charterkit.errors import CharterkitError, Refused
from charterkit.files.workspace import Workspace
from charterkit.insight.charter_text import text_hash
from charterkit.insight.visits.outcome import unseen
from charterkit.insight.visits.visited import visits_of
from charterkit.model.dates import PartialDate
from charterkit.session.questionnaire import Questionnaire
from charterkit.session.visit_begun import visit_meant
from charterkit.session.visit_file import VisitFile
from tests.insight.samples import evaluation, write

from .files import TODAY, workspace

AGREED = evaluation(dict.fromkeys(["gate", "phone", "post", "maths", "reading"], "green"), "2026-27", "2026-10-01")
HELEN = {"name": "Helen Marsh"}
SEEN = {"visitors": [HELEN], "looked_at": [{"kind": "walkthrough", "note": "The entrance"}]}
VISIT = "schools/lathom/visits/2026-11-22.yaml"


def opened(root: Path, **options) -> VisitFile:
    found = Workspace(root)
    return VisitFile(found, visit_meant(found, found.school("lathom"), "small", TODAY, **options), TODAY)


def next_open(visit: VisitFile) -> str:
    asked = Questionnaire(visit).question
    return asked.aspect.id if asked else ""


def refused(do, *arguments, **options) -> str:
    with pytest.raises(CharterkitError) as caught:
        do(*arguments, **options)
    return f"{caught.value.code}: {caught.value.message}"


def test_a_visit_is_recorded_beside_the_school_and_taken_up_again(tmp_path):
    workspace(tmp_path, {"2026-27": AGREED.replace("status: draft", "status: agreed")})
    school = (tmp_path / "schools/lathom/evaluations/2026-27.yaml").read_bytes()
    visit = opened(tmp_path, purpose="certification")
    questions = Questionnaire(visit)
    asked = questions.question
    assert asked
    assert asked.before
    assert (asked.before.word, asked.now.word) == ("green", None)
    assert not (tmp_path / VISIT).exists()
    visit.rate("gate", "amber")
    assert "gate:\n    rating: amber" in (tmp_path / VISIT).read_text(encoding="utf-8")
    visit.add_note("gate", "Open")
    visit.add_evidence("gate", "conversation", "They wave", "Four parents")
    again = opened(tmp_path)
    assert next_open(again) == "phone"
    assert again.visit.charter_text == text_hash(again.workspace.versions("small")[0])
    assert again.visit.findings["gate"].looked_at[0].with_ == "Four parents"
    said = refused(again.record, facts={"outcome": "met"})
    assert said.startswith("visit-not-met")
    assert "gate" in said
    assert "phone" not in said  # the visitor gave it no rating, and the school has it at the mark
    again.explain("gate", "The gate is being rebuilt")
    said = refused(again.record, facts={"outcome": "met"})
    assert said.startswith("visit-unseen")
    assert said.endswith("The visit does not say who came.")
    again.record(facts={"outcome": "met", "visitors": [HELEN]})
    assert refused(again.rate, "phone", "red").startswith("visit-not-met")  # nor may it be met and then fall
    assert [each.is_held for each in visits_of(again.workspace, again.folder)] == [True]
    again.undo()
    assert again.visit.outcome is None
    assert (tmp_path / "schools/lathom/evaluations/2026-27.yaml").read_bytes() == school


def test_what_was_written_at_once_is_taken_back_at_once_and_nothing_that_somebody_else_wrote(tmp_path):
    workspace(tmp_path, {"2026-27": AGREED.replace("status: draft", "status: agreed")})
    visit = opened(tmp_path, purpose="certification")
    visit.rate("gate", "amber")
    held = (tmp_path / VISIT).read_bytes()
    with visit.at_once():
        visit.rate("phone", "green")
        visit.add_note("phone", "Quick")
    visit.undo()
    assert (tmp_path / VISIT).read_bytes() == held
    with visit.at_once():
        visit.rate("phone", "green")
        with (tmp_path / VISIT).open("a", encoding="utf-8") as theirs:
            theirs.write("# Theirs.\n")
        visit.refresh()
        visit.add_note("phone", "Quick")
    visit.undo()
    assert "# Theirs." in (tmp_path / VISIT).read_text(encoding="utf-8")


def test_a_visit_with_a_certificate_stays_met_and_groups_and_pieces_are_taken_out(tmp_path):
    workspace(tmp_path, {"2026-27": AGREED.replace("status: draft", "status: agreed")})
    visit = opened(tmp_path, purpose="certification")
    said = refused(visit.record, facts={"outcome": "met", "summary": "Warm", "visitors": [HELEN]})
    assert said.endswith("The visit does not say what was looked at, or who was talked with.")
    visit.record(facts={"outcome": "met", "summary": "Warm", **SEEN})
    path = tmp_path / VISIT
    path.write_text(path.read_text(encoding="utf-8") + "certificate:\n  number: CE-1\n", encoding="utf-8")
    visit.refresh()
    for facts in ({"outcome": "not-yet"}, {"outcome": None}, {"purpose": "support"}):
        assert refused(visit.record, facts=facts).startswith(("visit-certified", "outcome-of-support"))
    assert refused(visit.rate, "gate", "red").startswith("visit-not-met")
    visit.record(facts={"summary": None})
    visit.add_evidence("gate", "observation", "They wave")
    visit.add_evidence("gate", "conversation", "", "Four parents")
    visit.change_looked_at("gate", 0, "All of them wave")
    assert [each.note for each in visit.visit.findings["gate"].looked_at] == ["All of them wave", None]
    visit.change_looked_at("gate", 0, "")
    assert [each.with_ for each in visit.visit.findings["gate"].looked_at] == ["Four parents"]
    visit.change_looked_at("gate", 0, "")
    assert (visit.visit.summary, visit.visit.findings) == (None, {})
    text = path.read_text(encoding="utf-8")
    revoked = "number: CE-1\n  revoked: {date: 2026-11-22, reason: Ours}\n"
    path.write_text(text.replace("number: CE-1\n", revoked), encoding="utf-8")
    visit.refresh()
    visit.record(facts={"outcome": "not-yet"})
    assert visit.visit.outcome == "not-yet"


@pytest.mark.parametrize(
    ("do", "code"),
    [
        (lambda visit: visit.rate("nope", "green"), "no-aspect"),
        (lambda visit: visit.rate("gate", "purple"), "no-such-answer"),
        (lambda visit: visit.rate_group("gate", "nobody", "green"), "bad-answers"),
        (lambda visit: visit.not_applicable("gate", " "), "no-reason"),
        (lambda visit: visit.explain("gate", ""), "no-reason-below"),
        (lambda visit: visit.record(facts={"outcome": "met"}), "outcome-of-support"),
        (lambda visit: visit.record(facts={"award": "gold"}), "no-award"),
    ],
)
def test_what_is_no_answer_is_refused_and_nothing_is_written(tmp_path, do, code):
    workspace(tmp_path)
    assert refused(do, opened(tmp_path)).startswith(code)
    assert not (tmp_path / "schools/lathom/visits").exists()


def test_another_version_and_a_day_to_come_are_refused(tmp_path):
    workspace(tmp_path, {"2026-27": AGREED})
    assert refused(opened, tmp_path, when=PartialDate.parse("2027-01-12")).startswith("visit-not-come")
    two = (tmp_path / "charters/small.yaml").read_text(encoding="utf-8").replace('version: "1"', 'version: "2"')
    head = 'charter: small\ncharter_version: "{}"\nrequested: 2026-11-02\npurpose: certification\n'
    write(tmp_path, {"charters/small-v2.yaml": two, VISIT: head.format(2)})
    assert refused(opened, tmp_path).startswith("visit-of-other-version")
    write(tmp_path, {VISIT: head.format(3)})
    assert refused(opened, tmp_path).startswith("visit-of-no-version")


def test_no_way_of_answering_ends_in_met_below_the_mark(tmp_path):
    """Whatever is said in whatever order: a visit that is met has nothing below the mark without a reason."""
    workspace(tmp_path, {"2026-27": AGREED.replace("gate: {rating: green}", "gate: {rating: red}")})
    random, met = Random(13), count()
    visit = opened(tmp_path, purpose="certification")
    aspects = list(visit.charter.aspects)
    ways = (
        lambda: visit.rate(random.choice(aspects), random.choice(["red", "amber", "green", "green"])),
        lambda: visit.clear(random.choice(aspects)),
        lambda: visit.explain(random.choice(aspects), "Next term"),
        lambda: visit.not_applicable(random.choice(aspects), "None here"),
        lambda: visit.record(facts={"outcome": random.choice(["met", "not-yet"]), **random.choice([SEEN, SEEN, {}])}),
        visit.undo,
    )
    for _ in range(120):
        with suppress(Refused):
            random.choice(ways)()
        if visit.visit.outcome == "met":
            next(met)
            assert not visit.visited.unexplained()
            assert not unseen(visit.visit)
    assert next(met) > 1
