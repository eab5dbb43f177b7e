"""`charterkit charter publish`: one line of a file, and what the documents say after it."""

import pytest

from charterkit.files.load import load
from charterkit.files.new import write_charter
from charterkit.files.workspace import Workspace
from charterkit.model.charter import Charter

from .calling import example

CHARTER = """\
# Ours, and nobody else's.
id: ours
version: "2"
title: Our own charter
status:   draft   # until the governors have met
key_points:
  - {id: one, title: One, aspects: [{id: first, text: "The first  thing"}]}
"""


def test_one_line_changes_and_the_documents_no_longer_say_draft(tmp_path, said):
    example(tmp_path)
    path = tmp_path / "charters/ours.yaml"
    path.write_bytes(CHARTER.replace("\n", "\r\n").encode())
    before = said("render-form", "ours", cwd=tmp_path).out
    assert before.count("draft") == 1
    done = said("charter", "publish", "ours", cwd=tmp_path)
    assert (done.code, done.err.strip()) == (
        0,
        "Our own charter, version 2, is published. Saved in charters/ours.yaml.",
    )
    expected = CHARTER.replace("status:   draft", "status:   published").replace("\n", "\r\n")
    assert path.read_bytes() == expected.encode()
    assert "draft" not in said("render-form", "ours", cwd=tmp_path).out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("ours",), "is published already"),
        (("ours", "--version", "3"), "There is: 2."),
        (("our",), "Did you mean ours?"),
        (("broken",), "has a mistake"),
    ],
)
def test_a_wrong_call_is_a_sentence_and_changes_nothing(tmp_path, said, arguments, message):
    example(tmp_path)
    path = tmp_path / "charters/ours.yaml"
    path.write_text(CHARTER.replace("draft ", "published "), encoding="utf-8")
    broken = tmp_path / "charters/broken.yaml"
    broken.write_text(CHARTER.replace("id: ours", "id: broken") + "colour: blue\n", encoding="utf-8")
    held = path.read_bytes(), broken.read_bytes()
    done = said("charter", "publish", *arguments, cwd=tmp_path)
    assert done.code == 2
    assert message in done.err
    assert held == (path.read_bytes(), broken.read_bytes())


def test_the_built_in_one_is_not_ours_to_publish(tmp_path, said):
    (tmp_path / "charterkit.yaml").write_text("{}\n", encoding="utf-8")
    done = said("charter", "publish", "community-engagement", cwd=tmp_path)
    assert done.code == 2
    assert "comes with charterkit" in done.err
    assert "init" in done.err


DUTIES = """\
pledge:
  - {id: rate, text: Rate the school, fulfilled_by: self-evaluation}
  - {id: hang, text: Hang up the poster, fulfilled_by: poster}
"""


def test_agreeing_a_self_evaluation_ticks_the_duty_that_it_fulfils(tmp_path, said):
    example(tmp_path)
    (tmp_path / "charters/ours.yaml").write_text(CHARTER + DUTIES, encoding="utf-8")
    school = tmp_path / "schools/north/school.yaml"
    school.parent.mkdir()
    school.write_text("name: North   # ours\ncharters:\n  - {charter: ours, signed: 2025-09}\n", encoding="utf-8")
    agreed = ("evaluate", "north", "--charter", "ours", "--set", "first=green", "--agree")
    done = said(*agreed, cwd=tmp_path)
    assert done.code == 0, done.err
    assert "Ticked off in schools/north/school.yaml: Rate the school." in done.err
    expected = "name: North   # ours\ncharters:\n  - {charter: ours, signed: 2025-09, pledges: {rate: 2026-11-22}}\n"
    assert school.read_text(encoding="utf-8") == expected
    assert "Ticked off" not in said("evaluate", "north", "--charter", "ours", "--agree", cwd=tmp_path).err
    assert school.read_text(encoding="utf-8") == expected


def test_a_new_charter_shows_what_else_there_may_be(tmp_path, said):
    (tmp_path / "charterkit.yaml").write_text("", encoding="utf-8")
    path = tmp_path / write_charter(Workspace(tmp_path), "Our own charter", "our-own")
    text = path.read_text(encoding="utf-8")
    found = load(Charter, text.encode())
    assert found.problems == ()
    assert found.model
    assert (found.model.awards, found.model.key_points[0].detail, found.model.aspects["first-aspect"].levels) == (
        (),
        None,
        {},
    )
    sentence, *rest = [line for line in text.splitlines() if line.lstrip().startswith("# ")]
    assert sentence.startswith("# What else")
    for line in rest:
        text = text.replace(f"{line}\n", f"{line.replace('# ', '', 1)}\n")
    whole = load(Charter, text.encode())
    assert whole.problems == ()
    assert whole.model
    point, aspect = whole.model.key_points[0], whole.model.aspects["first-aspect"]
    assert all((point.number, point.part, point.detail, point.examples, point.applies_to, whole.model.awards))
    assert (aspect.number, set(aspect.levels), set(aspect.next)) == ("1.1a", set(whole.model.levels), {"red", "amber"})
    path.write_text(text, encoding="utf-8")
    assert said("check", cwd=tmp_path).code == 0
