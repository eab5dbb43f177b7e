"""What a charter says besides its aspects, beside what a school stands at: for leaders all, for governors what comes next."""

import io
import subprocess

import docx
import pytest

from charterkit.render.report.view import report_paper
from charterkit.render.report.word import report_docx
from tests.render.guided import guided
from tests.render.samples import TODAY, pages, viewed


def test_the_next_step_stands_beside_what_is_below_its_own_mark(tmp_path):
    view = viewed(guided(tmp_path), "leaders")
    said = {aspect.id: (aspect.numbered, aspect.looks_like, aspect.next_step) for aspect in view.development}
    assert said == {
        "gate": ("1.0a Somebody is at the gate", "On some days", "Keep to the rota"),
        "phone": ("The telephone is answered", "", ""),
    }
    assert [(aspect.id, aspect.looks_like, aspect.next_step) for aspect in view.strengths] == [
        ("door", "Now and then", "")
    ]
    assert [(point.numbered, point.part) for point in view.key_points] == [
        ("1.0 Every family is welcome", "Families"),
        ("2.0 Every family is heard", ""),
        ("Everybody is told", "Everybody"),
    ]


def test_a_mark_of_its_own_is_said_where_marks_are_spoken_of(tmp_path):
    for kind, text in formats(viewed(guided(tmp_path), "leaders")).items():
        plain = " ".join(text.split())
        assert "counts as met at Green, or at the mark that the charter sets for it alone." in plain, kind
        assert "One aspect at the mark, in the charter’s order." in plain, kind
        assert "Two aspects below the mark, the lowest first." in plain, kind


def formats(view):
    paper = report_paper(view, TODAY).data
    text = subprocess.run(["pdftotext", "-layout", "-", "-"], input=paper, capture_output=True, check=True).stdout
    made = {**pages(view), "pdf": text.decode()}
    if view.audience != "public":
        word = docx.Document(io.BytesIO(report_docx(view, TODAY).data))
        made["docx"] = "\n".join(
            part.text for part in word.element.body.iter() if part.tag.endswith("}t") and part.text
        )
    return made


SHOWN = ["Families", "1.0 Every family is welcome", "1.0a Somebody is at the gate", "2.0a We ask", "Keep to the rota"]
OF_LEVELS = ["What this level looks like", "On some days", "Now and then"]
OF_POINTS = ["It begins at the gate.", "It goes on indoors.", "A bench by the gate (Elm School)"]


@pytest.mark.parametrize(
    ("audience", "there", "absent"),
    [
        ("leaders", [*SHOWN, *OF_LEVELS, "Next step"], ["Every day", "Open it wider", "Nothing more"]),
        ("governors", [*SHOWN, *OF_POINTS, "Next step", "Everybody"], ["On some days", "Open it wider"]),
        ("public", SHOWN[1:3], [SHOWN[-1], *OF_LEVELS, *OF_POINTS, "Next step"]),
    ],
)
def test_every_format_says_it_to_whom_it_is_for(tmp_path, audience, there, absent):
    for kind, text in formats(viewed(guided(tmp_path), audience)).items():
        plain = " ".join(text.split())
        assert not [words for words in there if words not in plain], kind
        assert not [words for words in absent if words in plain], kind
