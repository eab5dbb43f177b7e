"""Reports and comparisons as files: what poppler finds in them, and what no note, however long, may break."""

import re
from dataclasses import replace
from functools import cache

import pytest

from charterkit.render.report.view import report_paper
from tests.render.nasty import few
from tests.render.posters import info, poppler, words_of
from tests.render.samples import TODAY
from tests.render.test_words_same import DOCUMENTS, view_of
from tests.sampling import some

A4 = {(595, 842), (842, 595)}


@cache
def made(name):
    return DOCUMENTS[name].made("pdf", view_of(name, False)).data


@pytest.mark.alike(3)
@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_file_says_what_it_is(name):
    about = info(made(name))
    assert about["Title"].startswith("Larkfield Primary School (made-up example): ")
    assert about["Author"] == "Larkfield Primary School (made-up example)"
    assert about["Tagged"] == "yes"
    wide, high = (round(float(one)) for one in re.findall(r"[\d.]+", about["Page size"])[:2])
    assert (wide, high) in A4
    assert b"/Outlines" in made(name)
    assert b"/Lang (en-GB)" in made(name) or b"/Lang(en-GB)" in made(name)
    fonts = [row.split() for row in poppler("pdffonts", made(name)).splitlines()[2:]]
    assert fonts
    assert all(row[-5:-2] == ["yes", "yes", "yes"] for row in fonts), "embedded, a subset, and with its Unicode"


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_same_view_gives_the_same_bytes(name):
    assert DOCUMENTS[name].made("pdf", view_of(name, False)).data == made(name)


def test_every_page_has_its_number():
    text = poppler("pdftotext", made("comparison"), "-")
    pages = int(info(made("comparison"))["Pages"])
    assert re.findall(r"page (\d+) of (\d+)", text) == [(str(one), str(pages)) for one in range(1, pages + 1)]


def test_a_tables_header_is_on_every_page_it_goes_over():
    view = view_of("comparison", False)
    (longest,) = sorted(view.sections, key=lambda one: -len(one.changes))[:1]
    many = replace(longest, changes=tuple(replace(longest.changes[0], title=f"Aspect {at}") for at in range(100)))
    found = DOCUMENTS["comparison"].made("pdf", replace(few(view, 1), sections=(many,))).data
    pages = [
        page
        for page in poppler("pdftotext", found, "-layout", "-").split("\f")
        if re.search(r"^ *Aspect \d", page, re.MULTILINE)
    ]
    assert len(pages) > 2
    assert all(page.count("Before and after") >= 1 for page in pages)
    assert [int(one) for one in re.findall(r"Aspect (\d+)", "".join(pages))] == list(range(100))


def test_no_heading_is_left_at_the_foot_of_a_page():
    view = view_of("report for leaders", False)
    headings = {"Summary", "Strengths", "Areas for development", "Action plan", "By key point", "Focus groups"}
    headings |= {"Every aspect", "Without a rating", "Sign-up"}
    points = {point.title for point in view.key_points}
    is_heading = False
    for page in words_of_pages(made("report for leaders")):
        assert page, "an empty page"
        is_heading |= "Every aspect" in page
        assert page[-1] not in (headings | points if is_heading else headings)


def words_of_pages(data):
    """The lines of each page but its running foot."""
    for page in poppler("pdftotext", data, "-layout", "-").split("\f")[:-1]:
        lines = [line.strip() for line in page.splitlines() if line.strip()]
        yield [line for line in lines if not re.search(r"page \d+ of \d+$", line)]


@pytest.mark.parametrize("letter", ["x", "W", "ہ", "ক"])
def test_a_word_without_end_is_cut_off_nowhere(letter):
    view = few(view_of("report for leaders", False), 1)
    long = letter * 400
    actions = tuple(replace(one, action=long, owner=long, success=long) for one in view.actions)
    aspect = replace(view.development[0], note=long, ideas=(long,), title=long)
    point = replace(view.key_points[0], title=long, aspects=(aspect,))
    view = replace(view, school=long, actions=actions, development=(aspect,), key_points=(point,), summary=(long,))
    data = report_paper(view, TODAY).data
    for left, right in re.findall(
        r'xMin="([-\d.]+)" yMin="[-\d.]+" xMax="([-\d.]+)"', poppler("pdftotext", data, "-bbox", "-")
    ):
        assert float(left) >= 40
        assert float(right) <= 555


def test_a_right_to_left_note_stands_on_the_right():
    view = few(view_of("report for leaders", False), 1)
    aspect = replace(view.development[0], note="ہر خاندان کا خیر مقدم")
    data = report_paper(replace(view, development=(aspect,), strengths=(), key_points=()), TODAY).data
    boxes = re.findall(
        r'xMin="([-\d.]+)" yMin="[-\d.]+" xMax="([-\d.]+)" yMax="[-\d.]+">[^<]*[\u0600-\u06ff]',
        poppler("pdftotext", data, "-bbox", "-"),
    )
    assert boxes
    assert max(float(right) for _, right in boxes) > 540


@pytest.mark.slow
def test_three_hundred_aspects_with_notes_of_five_thousand_letters():
    number = some(304, 4)
    view = view_of("report for leaders", False)
    note = ("Families said a great deal about the gate and the door.\n" * 100)[:5000]
    many = tuple(replace(aspect, note=note) for aspect in (view.development * number)[:number])
    data = report_paper(replace(view, development=many), TODAY).data
    assert words_of(data).count("Families said a great deal") == number * note.count("Families said a great deal")
    assert len(data) < 8_000_000
