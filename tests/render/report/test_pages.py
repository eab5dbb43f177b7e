"""What governors and families are given: what stands on it, once, and how much room it takes on paper."""

import re
import subprocess

import pytest

from charterkit.render.report.view import report_paper
from tests.render.samples import EXAMPLE, TODAY, after, example, pages, small, viewed

LATE = """\
ratings: {gate: {rating: red}, door: {rating: amber}, phone: {rating: red}, survey: {rating: green}}
actions:
  - {action: Ring back, aspect: phone, due: 2026-10, status: planned}
  - {action: Ask again, aspect: survey, owner: Head, due: 2027-01, status: in-progress}
  - {action: Over, aspect: gate, owner: Head, status: done}
"""


def whole(audience, place=3):
    return viewed(example()[0], audience, place, school=EXAMPLE, charter="community-engagement")


def test_governors_get_the_answer_first_and_no_aspect_twice(tmp_path):
    board = viewed(small(tmp_path, after(LATE)), "governors").board
    assert board is not None
    assert [(change.title, change.by) for change in board.falls] == [
        ("The telephone is answered", -1),
        ("The door is open", -1),
    ]
    assert [change.title for change in board.rises] == ["We ask"]
    assert board.lowest is not None
    assert board.lowest.word == "Red"
    assert board.lowest_sentence == "Two aspects stand here: one is named above, the other is this."
    assert [view.title for view in board.lowest_aspects] == ["Somebody is at the gate"]
    assert [(line.action, line.is_overdue) for line in board.actions] == [("Ring back", True), ("Ask again", False)]
    assert board.decide == (
        "What becomes of the overdue action: a new date, another way, or an end to it?",
        "Two of the three aspects that are low or fell have no open action: should there be one?",
        "Who takes on one action that nobody owns?",
    )
    assert board.ask[-1] == "One aspect is not rated yet: by when?"


@pytest.mark.parametrize("place", [2, 3])
def test_no_aspect_of_the_example_is_named_twice_before_the_appendix(place):
    view = whole("governors", place)
    page = pages(view)["html"]
    start, appendix = page.split('<section id="aspects"')
    titles = [re.escape(aspect.title.replace("'", "&#39;")) for point in view.key_points for aspect in point.aspects]
    assert max(len(re.findall(title, start)) for title in titles) == 1
    assert {len(re.findall(f">{title}<", appendix)) for title in titles} == {1}


def test_nothing_below_the_mark_is_said_to_be_so(tmp_path):
    workspace = small(tmp_path, after("ratings: {gate: {rating: green}, door: {rating: green}}\n"))
    board = viewed(workspace, "governors").board
    assert board is not None
    assert (board.lowest, board.lowest_sentence) == (None, "Nothing that has been rated is below the mark.")
    assert "names evidence: how does the school know?" in board.ask[-2]
    first = viewed(workspace, "governors", 0)
    assert first.board is not None
    assert first.board.falls == ()


def test_families_get_what_is_in_place_what_comes_next_and_whom_to_talk_to(tmp_path):
    contacts = "contacts: [{name: Ann, role: School office, email: office@school.example}, {role: Head}]\n"
    workspace = small(
        tmp_path,
        {
            **after(LATE.replace("door: {rating: amber}", "door: {rating: green}")),
            "schools/st-josephs/school.yaml": f"name: St Joseph’s\n{contacts}",
        },
    )
    told = viewed(workspace, "public").families
    assert told is not None
    assert told.sentences[0] == (
        "In 2025-26 we asked ourselves how we stand on five things: two are in place, two are not there yet and one is "
        "still to be looked at."
    )
    assert [(line.title, line.about, line.example) for line in told.well] == [
        ("Every family is heard", "One of two in place", "We ask")
    ]
    assert [(line.title, line.by) for line in told.work] == [
        ("The telephone is answered", "Meant for October 2026"),
        ("We ask", "By January 2027"),
        ("Somebody is at the gate", "No date yet"),
    ]
    assert [(line.role, line.email) for line in told.contacts] == [("School office", "office@school.example")]


def test_the_public_page_holds_no_matrix_and_nothing_twice():
    view = whole("public", 2)
    short = pages(view)["html"].split('<section id="aspects"')[0]
    titles = [re.escape(aspect.title.replace("'", "&#39;")) for point in view.key_points for aspect in point.aspects]
    assert max(len(re.findall(title, short)) for title in titles) == 1
    assert "Before" not in short
    assert "You said, we did" in short


def test_on_paper_families_have_one_page_and_governors_two_before_the_appendix(tmp_path):
    workspace = example()[0]
    short = viewed(workspace, "public", 2, school=EXAMPLE, charter="community-engagement", whole=False)
    assert len(filled(report_paper(short, TODAY).data, tmp_path / "public")) == 1
    paper = report_paper(whole("governors"), TODAY).data
    rows = filled(paper, tmp_path / "governors")
    assert min(rows[:-1]) > 0.75
    text = subprocess.run(["pdftotext", "-", "-"], input=paper, capture_output=True, check=True).stdout.decode()
    sheets = text.split("\f")
    assert "To ask" in sheets[0]
    assert next(number for number, sheet in enumerate(sheets) if "Appendix: every aspect" in sheet) <= 2


def filled(data, path):
    """How much of each page is written on, from its top to the last line above the foot."""
    subprocess.run(["pdftoppm", "-r", "20", "-gray", "-", str(path)], input=data, check=True)
    found = []
    for picture in sorted(path.parent.glob(f"{path.name}*.pgm")):
        _, size, _, pixels = picture.read_bytes().split(b"\n", 3)
        width, height = map(int, size.split())
        body = int(height * 0.93)
        dark = [row for row in range(body) if min(pixels[row * width : (row + 1) * width]) < 200]
        found.append(max(dark, default=0) / body)
    return found
