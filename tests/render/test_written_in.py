"""A charter in another language than English: its own words are marked as such, charterkit's stay English."""

from html.parser import HTMLParser

import pytest

from charterkit.errors import CharterkitError
from charterkit.files.workspace import Workspace
from charterkit.insight.translations.translated import english
from charterkit.insight.written import written_in
from charterkit.model.dates import Cycle
from charterkit.render.comparison.all_cycles import all_cycles_view
from charterkit.render.comparison.view import compare_view
from charterkit.render.engine.environment import render
from charterkit.render.poster.pages import poster_html, poster_pdf
from charterkit.render.poster.view import poster
from charterkit.render.report.view import report_paper
from charterkit.render.site.view import site
from charterkit.resources import builtin
from tests.render.guided import GUIDED
from tests.render.samples import SCHOOL, TODAY, compared, history, pages, small, viewed

WELSH = GUIDED.replace("status: published\n", "status: published\nwritten_in: cy\n")


OF_POSTER = (
    "Mae’r poster hwn yn crynhoi pwyntiau allweddol y siarter: yr hyn y mae ein hysgol yn anelu ato.",
    "Fersiwn 1",
    "Gwnaed y poster ar 22 Tachwedd 2026",
    "Drafft yw geiriad Cymraeg charterkit yn y ddogfen hon, ac nid oes neb wedi’i wirio eto.",
)
"""charterkit's own words for a poster, which are Welsh beside a charter that is."""


class Languages(HTMLParser):
    """Each text of a page with the language that it is in, told from the nearest element that says one."""

    def __init__(self, page):
        super().__init__()
        self.open, self.found = [], []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        if tag not in ("meta", "link", "br", "path", "rect", "img", "input"):
            before = self.open[-1][1] if self.open else ""
            self.open.append((tag, dict(attributes).get("lang") or before))

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if data.strip() and not any(tag in ("style", "title") for tag, _ in self.open):
            self.found.append((" ".join(data.split()), self.open[-1][1]))


def made(root, charter=WELSH, **files):
    return small(root, {"charters/small.yaml": charter, "schools/st-josephs/school.yaml": SCHOOL, **files})


def documents(workspace):
    folder = workspace.school("st-josephs")
    for audience in ("leaders", "governors", "public"):
        yield audience, pages(viewed(workspace, audience))["html"]
    yield "compare", render("compare.html.j2", compare_view(folder, compared(workspace), today=TODAY), None)
    every = all_cycles_view(folder, history(workspace), workspace.versions("small"))
    yield "all", render("compare-all.html.j2", every, None)
    yield "pledge", site(workspace, None, year=Cycle.parse("2026-27"), today=TODAY).pages["pledge.html"].decode()
    yield "poster", poster_html(poster(workspace, workspace.choose_charter(None), folder, today=TODAY), None)


def test_the_charter_s_own_words_are_in_its_language_and_no_others(tmp_path):
    workspace = made(tmp_path)
    charter = workspace.choose_charter(None)
    numbers = {"1.0", "2.0", "1.0a", "2.0a"}
    own = {
        " ".join(line.split())
        for key, text in english(charter).items()
        if key.kind != "labels"
        for line in text.splitlines()
    }
    levels = {level.label for level in charter.scale} | {level.meaning for level in charter.scale}
    for name, page in documents(workspace):
        found = Languages(page).found
        in_welsh = {text for text, language in found if language == "cy" and not text.isdigit()}
        bare = {" ".join(word for word in text.split() if word not in numbers) for text in in_welsh}
        assert "A small charter" in bare, name
        titles = {"Every family is welcome", "Somebody is at the gate", "We answer"}
        assert titles & bare, name
        assert bare <= own | levels | numbers | {
            "",
            "A bench by the gate (Elm School)",
            "It begins at the gate. It goes on indoors.",
            *(OF_POSTER if name == "poster" else ()),
        }, name
        in_english = {text for text, language in found if language == "en-GB"}
        assert not in_english & (own - levels - {"Red", "Amber", "Green"}), name
    plain = dict(documents(made(tmp_path / "plain", GUIDED)))
    assert not any('lang="cy"' in page for page in plain.values())
    assert report_paper(viewed(workspace, "governors"), TODAY).data.startswith(b"%PDF")


@pytest.mark.parametrize(
    ("own", "of_workspace", "expected"),
    [
        ("cy", "", "cy"),
        ("", "cy", "cy"),
        ("ur", "cy", "ur"),
        ("en-US", "cy", "en-GB"),
        ("", "en", "en-GB"),
        ("", "", "en-GB"),
    ],
)
def test_a_charter_s_language_is_its_own_or_the_workspace_s(tmp_path, own, of_workspace, expected):
    text = GUIDED.replace("status: published\n", f"status: published\nwritten_in: {own}\n") if own else GUIDED
    workspace = made(tmp_path, text, **{"charterkit.yaml": f"language: {of_workspace}\n" if of_workspace else ""})
    assert written_in(workspace.choose_charter(None), workspace) == expected


def test_what_is_translated_into_the_workspace_s_language_is_not_in_it_and_the_built_in_charter_is_english(tmp_path):
    welsh = 'charter: small\nversion: "1"\nlanguage: cy\n'
    root = made(tmp_path, GUIDED, **{"charterkit.yaml": "language: cy\n", "charters/small.cy.yaml": welsh}).root
    workspace = Workspace(root, builtin())
    for charter in ("small", "community-engagement"):
        assert written_in(workspace.choose_charter(charter), workspace) == "en-GB"


def test_a_poster_from_right_to_left_has_english_labels_and_may_be_translated_into_english(tmp_path):
    urdu = WELSH.replace("written_in: cy", "written_in: ur").replace(
        "title: Every family is welcome", "title: ہر خاندان"
    )
    english_of_it = (
        'charter: small\nversion: "1"\nlanguage: en\nstatus: checked\ntitle: {text: Ours, source: A small charter}\n'
        "key_points: [{id: welcome, title: {text: Every family, source: ہر خاندان}}]\n"
    )
    workspace = made(tmp_path, urdu, **{"charters/small.en.yaml": english_of_it})
    charter = workspace.choose_charter(None)
    view = poster(workspace, charter, None, today=TODAY).view
    assert (view.lang, view.dir) == ("ur", "rtl")
    assert [point.words.lang for point in view.points] == ["ur"] * 3
    assert {view.summary.lang, *(line.lang for line in view.lines)} == {"en-GB"}
    into = poster(workspace, charter, None, today=TODAY, language="en")
    assert (into.view.lang, into.view.dir) == ("en", "ltr")
    assert [(point.words.text, point.words.lang) for point in into.view.points][:2] == [
        ("Every family", "en"),
        ("Every family is heard", "ur"),
    ]
    assert not any(wording.mark for wording in (into.view.summary, *(point.words for point in into.view.points)))
    assert poster_pdf(into, TODAY).startswith(b"%PDF")
    with pytest.raises(CharterkitError, match="no translation into English"):
        poster(made(tmp_path / "b", WELSH), charter, None, today=TODAY, language="en")
