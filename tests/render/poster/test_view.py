"""The poster: always one page, everything on it, in every script; and a sentence for what does not fit."""

import itertools
import re

import pytest

from charterkit.errors import CharterkitError
from charterkit.render.engine.tokens import builtin_tokens
from charterkit.render.poster.fit import scale_for
from charterkit.render.poster.pages import poster_html, poster_pdf, poster_png
from charterkit.render.shared.colour import LARGE, TEXT, passing
from charterkit.render.shared.levels import WHITE, contrast
from tests.render.posters import PAPER, SCRIPTS, TODAY, info, line, made, poppler, texts, translation, words_of

HOSTILE = [
    "#let x = 1 #x #panic(1) #read(1)",
    "$ sum_1 $ and \\u{41} *bold* _it_",
    "@ref <label> ] } ) [ { ( `raw` // /* */ = - +",
    "<script>alert(1)</script> &amp; {{ 7 * 7 }} {% if %}",
    "a \u202eright to left\u202c and \x07 bell",
    "\"quotes\" 'and' ~ tilde -- --- ... %E0",
]
PNG = (
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\2\0\0\0\x90wS\xde\0\0\0\x0cIDATx\x9cc\xf8\xcf\xc0\0\0\3\1\1\0\xc9\xfe\x92\xef"
    b"\0\0\0\0IEND\xaeB`\x82"
)


@pytest.mark.alike(4)
@pytest.mark.parametrize("many", [3, 7, 10, 14])
@pytest.mark.parametrize("length", [5, 119])
@pytest.mark.parametrize(("size", "landscape"), [("A4", False), ("A3", True)])
def test_it_is_one_page_of_its_paper_with_everything_on_it_in_order(tmp_path, many, length, size, landscape):
    points, title = texts(many, length), line(length)
    data = poster_pdf(made(tmp_path, points, title=title, school="larkfield", size=size, landscape=landscape), TODAY)
    about = info(data)
    assert about["Pages"] == "1"
    assert about["Tagged"] == "yes"
    wide, high = (float(one) for one in about["Page size"].split()[0:3:2])
    assert sorted((round(wide), round(high))) == pytest.approx(PAPER[size], abs=1)
    assert (wide > high) == landscape
    said = words_of(data)
    place = said.index(title) + len(title)
    for at, one in enumerate(points, 1):
        place = said.index(f"{at} {one}", place) + len(one)
    assert "Larkfield Primary School" in said
    assert "Draft" not in said


def test_twenty_four_headings_stand_in_columns_on_one_page(tmp_path):
    points = texts(24, 30)
    poster = made(tmp_path, points)
    data = poster_pdf(poster, TODAY)
    said = words_of(data)
    assert info(data)["Pages"] == "1"
    places = [said.index(f"{at} {point}") for at, point in enumerate(points, 1)]
    assert places == sorted(places)
    assert scale_for(poster.view).columns > 1


@pytest.mark.parametrize(("size", "landscape"), [("A4", True), ("A3", False)])
def test_the_other_two_papers_too(tmp_path, size, landscape):
    about = info(poster_pdf(made(tmp_path, texts(8, 50), size=size, landscape=landscape), TODAY))
    assert about["Pages"] == "1"
    assert f"({size})" in about["Page size"] or landscape


@pytest.mark.alike(3)
@pytest.mark.parametrize("script", ["ur", "ar", "bn"])
@pytest.mark.parametrize("many", [3, 14])
def test_every_script_fits_and_has_its_letters(tmp_path, script, many):
    points = texts(many, 119, script)
    one = made(tmp_path, points, title=line(119, SCRIPTS[script]), landscape=many == 3)
    data = poster_pdf(one, TODAY)
    assert info(data)["Pages"] == "1"
    fonts = poppler("pdffonts", data).splitlines()[2:]
    assert {row.split()[-5] for row in fonts} == {"yes"}
    assert any({"ur": "Arabic", "ar": "Arabic", "bn": "Siliguri"}[script] in row for row in fonts)
    assert scale_for(one.view).point >= builtin_tokens()["poster"]["point"]["page_least"]


def test_numbers_are_read_from_three_metres_at_fourteen_short_key_points(tmp_path):
    point = builtin_tokens()["poster"]["point"]
    assert point["good"] == 20
    data = poster_pdf(made(tmp_path, texts(14, 30), title="A charter", size="A3"), TODAY)
    boxes = poppler("pdftotext", data, "-bbox", "-")
    row = next(one for one in boxes.splitlines() if ">every<" in one)
    low, high = (float(row.split(f'{side}="')[1].split('"')[0]) for side in ("yMin", "yMax"))
    assert high - low >= 28


def test_the_same_poster_has_the_same_bytes(tmp_path):
    one = made(tmp_path, texts(5, 40), address="https://www.larkfield.example/charter")
    assert poster_pdf(one, TODAY) == poster_pdf(one, TODAY)
    assert poster_png(one, TODAY, 40) == poster_png(one, TODAY, 40)
    assert poster_png(one, TODAY, 40).startswith(b"\x89PNG")


def test_hostile_text_is_text(tmp_path):
    one = made(tmp_path, HOSTILE, title="#set page(width: 1cm) ' \" *x*")
    data = poster_pdf(one, TODAY)
    assert info(data)["Pages"] == "1"
    said = words_of(data)
    for text in HOSTILE[:4]:
        assert text.replace(" ", "") in said.replace(" ", "")
    assert "a \ufffdright to left\ufffd and \ufffd bell" in said
    page = poster_html(one, tmp_path)
    assert "<script" not in page
    assert "{{ 7 * 7 }}" in page
    assert "\u202e" not in page


def test_a_character_without_a_shape_is_named(tmp_path):
    one = made(tmp_path, ["Welcome 😀", *texts(3, 30)])
    for make in (lambda: poster_pdf(one, TODAY), lambda: poster_png(one, TODAY, 40)):
        with pytest.raises(CharterkitError) as caught:
            make()
        assert "U+1F600" in caught.value.message


@pytest.mark.alike(4)
@pytest.mark.parametrize("landscape", [False, True])
@pytest.mark.parametrize(
    "make", [lambda one: poster_pdf(one, TODAY), lambda one: poster_html(one, None)], ids=["pdf", "html"]
)
def test_what_is_too_long_is_named_with_how_long_it_may_be(tmp_path, make, landscape):
    points = [*texts(13, 400), "A short one"]
    longest = max(range(14), key=lambda at: len(points[at])) + 1
    with pytest.raises(CharterkitError) as caught:
        make(made(tmp_path, points, landscape=landscape))
    assert f"key point {longest} has {len(points[longest - 1])} characters" in caught.value.message
    assert "key point 14" not in caught.value.message
    most = int(caught.value.hint.split("about ")[1].split()[0])
    assert make(made(tmp_path, [line(most, start=5 * at) for at in range(13)] + points[13:], landscape=landscape))


def test_a_word_that_is_wider_than_the_paper_is_named(tmp_path):
    one = made(tmp_path, [*texts(3, 30), "x" * 130])
    for make in (lambda: poster_pdf(one, TODAY), lambda: poster_html(one, tmp_path)):
        with pytest.raises(CharterkitError, match="in key point 4"):
            make()


@pytest.mark.parametrize(("title", "match"), [("w " * 100, "title has"), ("y" * 150, "word"), ("...", "no words")])
def test_a_title_that_cannot_be_set_is_named(tmp_path, title, match):
    with pytest.raises(CharterkitError, match=match):
        poster_pdf(made(tmp_path, texts(4, 20), title=title), TODAY)


def test_a_poster_holds_one_to_thirty_key_points(tmp_path):
    with pytest.raises(CharterkitError, match="31 key points; a poster holds 1 to 30"):
        made(tmp_path, texts(31, 20))
    one = made(tmp_path / "one", texts(1, 20))
    assert info(poster_pdf(one, TODAY))["Pages"] == "1"
    assert scale_for(one.view).columns == 1


def parted(many, parts, number="", applies=""):
    """A charter of so many key points, the same number of them in each part."""
    rows = "".join(
        f"  - {{id: point-{at}, title: Point {at} is this, part: Part {'ABCDEFGH'[at * parts // many]}, "
        f"{f'number: {number.format(at + 1)!r}, ' if number else ''}"
        f"{applies if at == 0 else ''}aspects: [{{id: aspect-{at}, text: It is so}}]}}\n"
        for at in range(many)
    )
    head = 'id: wall\nversion: "2"\ntitle: A charter for families\nstatus: published\nkey_points:\n'
    return {"charters/wall.yaml": head + rows}


@pytest.mark.parametrize("landscape", [False, True])
def test_parts_are_headings_over_their_key_points(tmp_path, landscape):
    one = made(tmp_path, [], parted(24, 6, "{}.10"), landscape=landscape)
    page, data = poster_html(one, None), poster_pdf(one, TODAY)
    assert info(data)["Pages"] == "1"
    assert info(data)["Tagged"] == "yes"
    expected = []
    for at in range(24):
        expected += [f"Part {'ABCDEF'[at // 4]}"] if at % 4 == 0 else []
        expected.append(f"{at + 1}.10 Point {at}")
    plain = " ".join(re.sub(r"<[^>]*>", " ", page[page.index("<main") :]).split())
    for said in (words_of(data), plain):
        place = 0
        for words in expected:
            place = said.index(words, place) + len(words)
    assert page.count("<h2") == page.count("<section>") == page.count('<ol role="list">') == 6
    assert scale_for(one.view).columns > 1


def test_where_the_key_points_are_too_many_the_parts_are_listed(tmp_path):
    one = made(tmp_path, [], parted(40, 5))
    assert [(point.label, point.words.text) for point in one.view.points] == [
        (str(at), f"Part {letter}") for at, letter in enumerate("ABCDE", 1)
    ]
    assert one.notices == ("The charter has 40 key points, more than a poster has room for: it lists their 5 parts.",)
    assert "<h2" not in poster_html(one, None)


@pytest.mark.parametrize("number", ["{}", "Step {}", "Standard {}"])
def test_a_key_point_s_own_number_stands_before_it_where_it_is_short(tmp_path, number):
    one = made(tmp_path, [], parted(4, 2, number))
    is_short = len(number.format(1)) <= 6
    labels = [number.format(at) if is_short else str(at) for at in range(1, 5)]
    assert [point.label for point in one.view.points] == labels
    said = words_of(poster_pdf(one, TODAY)).replace("\xa0", " ")
    assert all(f"{label} Point {at}" in said for at, label in enumerate(labels))


def test_a_school_s_poster_lacks_what_does_not_apply_to_it(tmp_path):
    files = parted(4, 2, "", "applies_to: {phases: [secondary]}, ")
    files["schools/larkfield/school.yaml"] = "name: Larkfield Primary School\nphase: primary\n"
    assert len(made(tmp_path, [], files).view.points) == 4
    own = made(tmp_path, [], files, school="larkfield").view.points
    assert [(point.label, point.words.text) for point in own] == [(str(at), f"Point {at} is this") for at in (1, 2, 3)]
    assert [point.part.text if point.part else "" for point in own] == ["Part A", "Part B", ""]


def test_a_draft_says_so(tmp_path):
    one = made(tmp_path, texts(4, 30), status="draft")
    assert [mark.text for mark in one.view.marks] == ["Draft"]
    said = words_of(poster_pdf(one, TODAY))
    assert "Draft" in said
    assert said.lower().count("draft") == 1
    assert "Published by" not in said
    assert ">Draft<" in poster_html(one, tmp_path)


def test_without_a_school_it_is_the_organisations(tmp_path):
    view = made(tmp_path, texts(4, 30)).view
    assert view.name
    assert view.name.text == "Larkfield Borough"
    assert "schools that sign up" in view.summary.text
    assert [one.text for one in view.lines] == [
        "Version 2",
        "Published by The borough",
        "Poster made on 22 November 2026",
    ]


def test_a_translation_falls_back_to_english_marked_as_such(tmp_path):
    english = texts(4, 40)
    files = {"charters/wall.ur.yaml": translation(texts(3, 40, "ur"), english, "ur", line(30, SCRIPTS["ur"]))}
    one = made(tmp_path, english, files, language="ur")
    assert [point.words.lang for point in one.view.points] == ["ur", "ur", "ur", "en-GB"]
    assert [point.words.dir for point in one.view.points] == ["rtl", "rtl", "rtl", "ltr"]
    assert one.view.dir == "rtl"
    assert "Draft translation" in [mark.text for mark in one.view.marks]
    assert "key point 4" in one.notices[0]
    page = poster_html(one, tmp_path)
    assert '<html lang="ur">' in page
    assert f'<span lang="en-GB" dir="ltr">{english[3]}' in page
    assert info(poster_pdf(one, TODAY))["Pages"] == "1"


def test_a_checked_translation_is_no_draft_and_has_its_own_labels(tmp_path):
    english = texts(4, 40)
    more = "status: checked\nlabels: {made: 'Oluşturuldu: {date}', version: 'Sürüm {version}'}\n"
    files = {"charters/wall.tr.yaml": translation(english, english, "tr", "Aileler için", more)}
    view = made(tmp_path, english, files, language="tr").view
    assert view.marks == ()
    assert view.lines[0].text == "Sürüm 2"
    assert view.lines[0].lang == "tr"
    assert view.lines[-1].text == "Oluşturuldu: 22/11/2026"


def test_a_stale_translation_is_said(tmp_path):
    english = texts(3, 40)
    files = {"charters/wall.tr.yaml": translation(english, ["Older", *english[1:]], "tr", "Aileler")}
    assert any(
        "key point 1" in one and "other English" in one for one in made(tmp_path, english, files, language="tr").notices
    )


def test_an_unknown_language_is_refused_with_those_there_are(tmp_path):
    english = texts(3, 40)
    files = {"charters/wall.tr.yaml": translation(english, english, "tr", "Aileler")}
    with pytest.raises(CharterkitError) as caught:
        made(tmp_path, english, files, language="cy")
    assert "English (en), Turkish (tr)" in caught.value.hint


@pytest.mark.parametrize("colour", ["#ffcc00", "#ff0000", "#00ff00", "#808080", "#ffffff", "#00aaff", "#f0e0ff"])
def test_the_accent_is_darkened_until_it_can_be_read(tmp_path, colour):
    one = made(tmp_path, texts(3, 30), {"charterkit.yaml": f"colours: {{accent: '{colour}'}}\n"})
    used = one.view.colours.accent
    assert contrast(used, WHITE) >= TEXT >= LARGE
    assert contrast(one.view.colours.dark, builtin_tokens()["dark"]["paper"]) >= TEXT
    assert used in one.notices[0]
    assert f'accent: "{used}"' in poster_html(one, tmp_path) or used in poster_html(one, tmp_path)
    step = passing(colour, WHITE, TEXT - 0.4)
    assert contrast(step, WHITE) < contrast(used, WHITE)


def test_a_schools_own_colour_comes_before_the_workspaces(tmp_path):
    files = {
        "charterkit.yaml": "colours: {accent: '#17505f'}\n",
        "schools/larkfield/school.yaml": "name: Larkfield\ncolours: {accent: '#5b2a86'}\n",
    }
    one = made(tmp_path, texts(3, 30), files, school="larkfield")
    assert one.view.colours.accent == "#5b2a86"
    assert one.notices == ()


SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{}<path d="M0 0h9v9z"/></svg>'


@pytest.mark.parametrize(
    ("name", "content"), [("logo.png", PNG), ("logo.svg", SVG.format("<title>Us</title>").encode())], ids=["png", "svg"]
)
def test_a_logo_has_the_schools_name_as_its_text(tmp_path, name, content):
    files = {
        "schools/larkfield/school.yaml": f"name: Larkfield Primary School\nlogo: {name}\n",
        f"schools/larkfield/{name}": content,
    }
    one = made(tmp_path, texts(4, 30), files, school="larkfield")
    assert info(poster_pdf(one, TODAY))["Pages"] == "1"
    assert 'alt="Larkfield Primary School"' in poster_html(one, tmp_path)


@pytest.mark.parametrize(
    ("content", "match"),
    [
        (SVG.format("<script>alert(1)</script>"), "script"),
        (SVG.format('<g onload="x()"/>'), "onload"),
        (SVG.format('<image href="https://evil.example/x.png"/>'), "outside itself"),
        (SVG.format('<use href="other.svg#a"/>'), "outside itself"),
        (SVG.format("<style>@import 'x.css';</style>"), "outside itself"),
        (SVG.format('<g style="fill: url(http://evil.example)"/>'), "outside itself"),
        ('<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG.format("&a;"), "document type"),
        (SVG.format("<g>"), "no SVG"),
        ("GIF89a", "neither PNG"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 8 + b"\xff" * 8, "wider"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * (2 * 1024 * 1024), "larger than 2 MB"),
    ],
)
def test_a_logo_that_runs_or_loads_something_is_refused(tmp_path, content, match):
    with pytest.raises(CharterkitError, match=match):
        made(tmp_path, texts(4, 30), {"charterkit.yaml": "logo: logo.file\n", "logo.file": content})


@pytest.mark.parametrize("path", ["../logo.png", "/etc/passwd", "C:\\logo.png", "nowhere.png", "link.png"])
def test_a_logo_lies_inside_the_schools_folder(tmp_path, path):
    (tmp_path / "outside.png").write_bytes(PNG)
    (tmp_path / "schools" / "larkfield").mkdir(parents=True)
    (tmp_path / "schools" / "larkfield" / "link.png").symlink_to(tmp_path / "outside.png")
    files = {"schools/larkfield/school.yaml": f"name: Larkfield\nlogo: '{path}'\n"}
    with pytest.raises(CharterkitError, match=r"outside|no file"):
        made(tmp_path, texts(4, 30), files, school="larkfield")


def test_a_qr_code_has_its_address_beneath(tmp_path):
    address = "https://www.larkfield.example/charter?x=1"
    one = made(tmp_path, texts(4, 30), address=address)
    assert one.view.qr
    assert "".join(one.view.qr.pieces) == "www.larkfield.example/charter?x=1"
    assert "larkfield.example/" in words_of(poster_pdf(one, TODAY)).replace("\u200b", "").replace(" ", "")
    assert f'href="{address}"' in poster_html(one, tmp_path)


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "file:///etc/passwd", "mailto:a@b.example", "x", "https://" + "a" * 300]
)
def test_a_qr_code_is_of_a_web_address(tmp_path, address):
    with pytest.raises(CharterkitError, match="QR code"):
        made(tmp_path, texts(4, 30), address=address)


def test_words_are_the_same_on_paper_and_on_the_page(tmp_path):
    one = made(tmp_path, texts(6, 50), school="larkfield", status="draft")
    view, page, said = one.view, poster_html(one, tmp_path), words_of(poster_pdf(one, TODAY))
    for text in itertools.chain(
        (view.title, view.summary), view.lines, view.marks, (point.words for point in view.points)
    ):
        assert text.text in page
        assert text.text in said
