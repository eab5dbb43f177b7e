"""Key points and the whole in two cycles and in all of them: shown, and counted nowhere."""

from datetime import date
from pathlib import Path

from charterkit.render.comparison.all_cycles import all_cycles_csv, all_cycles_json, all_cycles_view
from charterkit.render.comparison.data import compare_json
from charterkit.render.comparison.view import compare_view
from tests.insight.evaluations.test_parts import BOTH
from tests.insight.samples import compared, evaluation, history, make

RATINGS = {"gate": "amber", "phone": "green", "forum": "red"}


def test_they_stand_beside_the_aspects_in_both_documents(tmp_path: Path) -> None:
    before = evaluation(RATINGS, "2024-25", "2024-10-14", more="key_points: {welcome: {rating: red}}\n")
    after = evaluation(RATINGS, more="key_points: {welcome: {rating: green}}\noverall: {rating: amber}\n")
    workspace = make(tmp_path, [BOTH], before, after)
    made, folder = compared(workspace), workspace.school("lathom")
    view = compare_view(folder, made, today=date(2026, 11, 22))
    assert [(one.part, one.before.id, one.after.id) for one in view.wholes] == [
        ("welcome", "red", "green"),
        ("overall", "not-rated", "amber"),
    ]
    assert compare_json(made, "lathom")["parts"] == [
        {"part": "welcome", "title": "A warm welcome", "from": "red", "to": "green"},
        {"part": "overall", "title": "The whole", "from": None, "to": "amber"},
    ]
    assert {section.kind for section in view.sections} == {"unchanged"}, "counted nowhere"
    every = all_cycles_view(folder, history(workspace), workspace.versions("small"))
    parts = [(one["part"], one["ratings"]) for one in all_cycles_json(every)["parts"]]
    assert parts == [("welcome", ["red", "green"]), ("heard", [None, None]), ("overall", [None, "amber"])]
    assert "As a whole" not in all_cycles_csv(every)


def test_a_charter_that_rates_aspects_alone_has_none(tmp_path: Path) -> None:
    plain = BOTH.replace("rated: both\n", "")
    workspace = make(tmp_path, [plain], evaluation(RATINGS, "2024-25", "2024-10-14"), evaluation(RATINGS))
    made = compared(workspace)
    assert "parts" not in compare_json(made, "lathom")
    view = all_cycles_view(workspace.school("lathom"), history(workspace), workspace.versions("small"))
    assert "parts" not in all_cycles_json(view)
    assert all(point.rows == point.aspects for point in view.key_points)
