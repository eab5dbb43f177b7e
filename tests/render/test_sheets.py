"""The planner, a policy's page and the listings on paper: the words of their pages, nothing cut off, nothing lost."""

import json
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from charterkit.documents import DOCUMENTS, Place
from charterkit.files.texts import Text
from charterkit.files.workspace import Workspace
from charterkit.insight.policies.register import register
from charterkit.insight.promises.school_days import SchoolDays
from charterkit.insight.reminders import reminders
from charterkit.model.policy import Policy
from charterkit.render.engine.environment import render
from charterkit.render.listings.listing import Cell, Column, Listing, Section, listing_paper, spoken
from charterkit.render.listings.register import register_listing
from charterkit.render.listings.reminders import Window, digest
from charterkit.render.policy.paper import policy_paper
from charterkit.render.policy.view import policy_view
from charterkit.render.promises.listing import promises_listing
from charterkit.render.promises.planner import TEMPLATE, planner_paper, planner_view
from charterkit.render.survey.document import survey_paper
from charterkit.render.visits.request import request_paper
from charterkit.resources import builtin
from charterkit.text.english import counted
from tests.insight.promises.test_year import STATED, policy
from tests.insight.samples import write
from tests.render.policy.test_view import PUBLIC, marked, marks, text_of
from tests.render.promises.test_planner import year

from .planted import planted
from .policies import HOSTILE
from .posters import info, poppler, quoted
from .samples import TODAY, document
from .sheets import fonts_embedded, html_letters, letters, links, pdf_letters, stands_off_the_page
from .word_lists import bare, html_words, markdown_words

LONG = "incomprehensibilities" * 12
NASTY = [*HOSTILE, "#panic(1) $x$ *a* _b_ @ref `c` \\u{41} ] } )", LONG, "A word on 😀 and 👩‍👩‍👧", "Wide " * 900]


def promises_file(texts):
    rows = "".join(
        f"  - {{id: n{at}, what: {quoted(one)}, when: monthly, audience: parents}}\n" for at, one in enumerate(texts)
    )
    return policy(more=rows)


@pytest.fixture(scope="module")
def nasty(tmp_path_factory):
    """A workspace of one school with promises that try everything, and enough of them for several sheets."""
    root = tmp_path_factory.mktemp("nasty")
    texts = [*NASTY, *(f"Promise number {at} to families is kept" for at in range(120))]
    files = {
        "charterkit.yaml": STATED,
        "schools/acorn/school.yaml": "name: Acorn\n",
        "schools/acorn/policies/letters.yaml": promises_file(texts),
    }
    write(root, files)
    return Workspace(root)


@pytest.fixture(scope="module")
def ours():
    return Workspace(builtin())


VERSIONS = Path(__file__).parent / "versions"
LISTED = [name for name, one in DOCUMENTS.items() if one.formats.get("pdf") == DOCUMENTS["register"].formats["pdf"]]
"""Every document of the table that is a listing on paper too."""
OPTIONS: dict[str, dict[str, Any]] = {
    "gaps": {"school": "example-primary", "every": True},
    "agenda": {"body": "Full governing body", "on": date(2027, 9, 30)},
    "promises by aspect": {"charter": "community-engagement"},
    "evidence": {"school": "example-primary"},
    "ready": {"school": "example-primary"},
    "visit": {"school": "example-primary"},
    "best practice": {"aspect": "gate-greeting"},
    "charter versions": {"old": str(VERSIONS / "lunch-v1.yaml"), "new": str(VERSIONS / "lunch-v2.yaml")},
}
COMPARED = {*LISTED, "visit request", "promises", "policy", "policy for families", "survey"}


PLACE = Place(TODAY, builtin())


class Deaf:
    """Whom nothing need be told."""

    def say(self, _):
        pass

    warn = say


def listings(workspace):
    """Every kind of listing of a workspace."""
    window = Window(TODAY, 60, SchoolDays.of(workspace.config))
    yield register_listing(list(register(workspace, TODAY)), "Ours", TODAY, ["schools/a/policies/lost.yaml"])
    yield digest(list(reminders(workspace, TODAY)), "Ours", window, notes=("One policy has no review date.",))
    yield promises_listing(year(workspace))
    for name in LISTED:
        if name not in ("register", "due"):
            yield DOCUMENTS[name].content(workspace, TODAY, Deaf(), **OPTIONS.get(name, {})).view


# -- Markdown

LISTING_ONLY = f"In short Made with charterkit on {spoken(TODAY)}"
"""What listings as Markdown leave out: they go into other texts, such as an issue.

On its page, rows without a heading stand under the listing's own words and their number.
"""


def test_listings_as_markdown_say_the_same(ours):
    for one in listings(ours):
        page = replace(one, date=spoken(TODAY))
        told = Counter(bare(html_words(document(page, "html", None))))
        said = bare(markdown_words(document(page, "markdown", None)))
        links = [cell.link.lower() for part in one.sections for row in part.rows for cell in row if cell.link]
        said = Counter(said) - Counter(bare(links))  # where an address is its own text, that stays
        instead = [f"{one.overline} {len(part.rows)}" for part in one.sections if not part.heading]
        assert said == told - Counter(bare(" ".join([LISTING_ONLY, *instead]).lower().split())), one.overline


@pytest.mark.parametrize("public", [True, False])
def test_a_policy_as_markdown_says_the_same(tmp_path, public):
    one = marked(tmp_path)
    view = policy_view(one, (), today=TODAY, public=public)
    said = Counter(bare(markdown_words(render("policy.md.j2", view, None))))
    assert said == Counter(bare(html_words(render("policy.html.j2", view, None))))


def test_a_survey_says_the_same_on_paper_and_in_markdown(ours):
    page = DOCUMENTS["survey"].content(ours, TODAY, Deaf(), survey="parents-2026", school="example-primary")
    html = render("survey.html.j2", page.view, None)
    said = Counter(bare(markdown_words(render("survey.md.j2", page.view, None))))
    assert said == Counter(bare(html_words(html))) - Counter(["in", "short", "survey"])
    data = survey_paper(page.view, TODAY).data
    assert pdf_letters(data, "Group What it says") == html_letters(html)
    assert (info(data)["Tagged"], fonts_embedded(data)) == ("yes", True)
    assert not stands_off_the_page(data)


# -- the planner


@pytest.mark.parametrize(("size", "paper"), [("A4", (842, 595)), ("A3", (1191, 842))])
def test_the_planner_lies_down_on_its_paper(nasty, size, paper):
    shown = year(nasty)
    made = planner_paper(planner_view(shown, size), TODAY)
    about = info(made.data)
    wide, high = (round(float(one)) for one in about["Page size"].split()[0:3:2])
    assert (wide, high) == pytest.approx(paper, abs=1)
    assert (about["Tagged"], about["Title"], about["Author"]) == ("yes", "Acorn: year planner 2025-26", "Acorn")
    assert fonts_embedded(made.data)
    assert not stands_off_the_page(made.data)
    assert made.data == planner_paper(planner_view(shown, size), TODAY).data


def test_every_sheet_of_the_planner_has_its_months_and_no_promise_is_lost(nasty):
    data = planner_paper(planner_view(year(nasty)), TODAY).data
    sheets = poppler("pdftotext", data, "-layout", "-").split("\f")[:-1]
    assert len(sheets) > 5
    dated = [one for one in sheets if "Promise number" in one]
    assert len(dated) > 3
    for one in dated:
        assert "Autumn term" in one
        assert all(month in one for month in ("Sept", "March", "Aug"))
        assert "Parents and carers" in one
    said = pdf_letters(data)
    for at in range(120):
        assert f"Promisenumber{at}tofamiliesiskept" in said
    assert said.count("Wide") == 900
    assert LONG in said


@pytest.mark.parametrize(("slug", "audiences"), [("ravensfield", ()), ("example-primary", ("parents",)), (None, ())])
def test_the_planner_has_the_words_of_its_page(ours, slug, audiences):
    shown = year(ours, slug, audiences=audiences, cycle="2026-27")
    view = planner_view(shown)
    page = render(TEMPLATE, view, None)
    groups = [letters(whom(group)) for table in view.tables for group in table.groups]
    said, told = without(pdf_letters(planner_paper(view, TODAY).data), months(view), *groups), html_letters(page)
    assert said == without(told, months(view), *groups)
    assert all(group in told for group in groups)


def months(view):
    """The head of the table, which comes again on each sheet."""
    named = [f"{one.short} {one.year if at in (0, 4) else ''}" for at, one in enumerate(view.months)]
    return letters("".join([*(one.name + one.days for one in view.bands), "Promise", *named]))


def without(text, *parts):
    for part in parts:
        text = text.replace(part, "")
    return text


def whom(group):
    return f"{group.whom.word} {counted(len(group.rows), 'promise')}"


def test_a_year_without_promises_is_a_sheet_too(ours):
    data = planner_paper(planner_view(year(ours, "portway", audiences=("governors",))), TODAY).data
    assert info(data)["Pages"] == "1"
    assert "No policy in force makes a promise to them." in poppler("pdftotext", data, "-")


def test_what_no_font_has_is_named_and_no_reason_to_refuse(nasty):
    made = planner_paper(planner_view(year(nasty)), TODAY)
    assert "grinningface" in pdf_letters(made.data)


# -- listings


def test_listings_have_the_words_of_their_pages(ours):
    for one in listings(ours):
        made = listing_paper(one, TODAY)
        about = info(made.data)
        head = "".join(column.heading for column in one.columns)
        assert pdf_letters(made.data, head) == html_letters(document(one, "html", builtin())), one.overline
        assert about["Title"] == f"{one.title}: {one.overline.lower()}"
        assert about["Tagged"] == "yes"
        assert not stands_off_the_page(made.data)
        wide, high = (float(side) for side in about["Page size"].split()[0:3:2])
        assert (wide > high) == (len(one.columns) == 5)


def test_the_letter_has_the_words_of_its_page(ours):
    kind = DOCUMENTS["visit request"]
    letter = kind.content(ours, TODAY, Deaf(), school="example-primary").view
    made = request_paper(letter, TODAY)
    head = "".join(column.heading for column in letter.table.columns)
    assert pdf_letters(made.data, head) == html_letters(kind.formats["html"].made(SimpleNamespace(view=letter), PLACE))
    assert letter.salutation.startswith("Dear ")
    assert not stands_off_the_page(made.data)


def test_a_listing_of_anything(nasty):
    rows = tuple((Cell(text, text, "▲", tone), Cell("x", link=link)) for text, tone, link in zip(
        NASTY,
        ["late", "soon", ""] * 9,
        ["javascript:alert(1)", "https://example.org/é 1", "https://example.org/é", "mailto:a@example.org", "file:///etc/passwd"] * 9,
        strict=False,
    ))  # fmt: skip
    many = tuple((Cell(f"Row {at} of many"), Cell("x")) for at in range(150))
    columns = (Column("What"), Column("Which", is_fixed=True))
    sections = (Section("مرحبا", rows), Section("", many, "A sentence"), Section("Nothing", (), "None is there"))
    one = Listing("Over", "Title", ("Lead",), columns, sections, "22 November 2026", footer=("Foot",))
    made = listing_paper(one, TODAY)
    assert links(made.data) == {"https://example.org/%C3%A9", "mailto:a@example.org"}
    assert not stands_off_the_page(made.data)
    sheets = poppler("pdftotext", made.data, "-layout", "-").split("\f")[:-1]
    assert all("Which" in sheet for sheet in sheets if "of many" in sheet)
    said = pdf_letters(made.data)
    assert all(f"Row{at}ofmany" in said for at in range(150))
    assert made.data == listing_paper(one, TODAY).data


def test_a_listing_of_nothing():
    one = Listing("Over", "Title", ("Lead",), (Column("What"),), (), "22 November 2026", empty="Nothing at all.")
    assert "Nothing at all." in poppler("pdftotext", listing_paper(one, TODAY).data, "-")


# -- a policy

MARKDOWN = """\
# A policy of marks

Some *emphasis*, **strong and *both***, `co  de`, a [link](https://example.org/a?b=c&d=ü "t"), [bad](javascript:alert(1)),
<a@example.org> and ![a picture](https://evil.example/x.png).\\
A line #let x = 1 $x$ <script>alert(1)</script> {{ 7 * 7 }} 😀

## Lists

- one
  - nested **bold**

    second paragraph
- two

3. three
4. four

> quoted
>
> - in a quote

```python
def f():
    return "&amp; #panic()"
```

***

| left | right | centre |
|:-----|------:|:------:|
| a | 1 | **y** |
| b |

#### Deeper

""" + LONG  # fmt: skip


def policy_made(one, text, *, public=False):
    view = policy_view(one, (), today=TODAY, public=public, text=text)
    return view, policy_paper(view, text, TODAY).data


@pytest.mark.parametrize("public", [True, False])
def test_a_policys_page_on_paper_has_the_words_of_its_page(tmp_path, public):
    one = marked(tmp_path)
    text = Text("a.md", MARKDOWN.replace(" 😀", ""))
    view, data = policy_made(one, text, public=public)
    assert pdf_letters(data) == html_letters(render("policy.html.j2", view, None))
    about = info(data)
    assert (about["Title"], about["Author"], about["Tagged"]) == ("mark-title: One", "One", "yes")
    assert "(A4)" in about["Page size"]
    assert fonts_embedded(data)
    assert not stands_off_the_page(data)
    assert data == policy_made(one, text, public=public)[1]


@pytest.mark.parametrize("name", ["parent-carer-engagement", "behaviour"])
def test_the_example_policies_have_the_words_of_their_pages(ours, name):
    known = list(register(ours, TODAY))
    one = next(one for one in known if one.id == name and one.folder.slug == "example-primary")
    text = text_of(one)
    view = policy_view(one, known, today=TODAY, text=text)
    data = policy_paper(view, text, TODAY).data
    assert pdf_letters(data, "Promise How often For By") == html_letters(render("policy.html.j2", view, None))


def test_families_read_nothing_private_on_paper(tmp_path):
    one = marked(tmp_path)
    _, data = policy_made(one, text_of(one), public=True)
    said, known = pdf_letters(data), marks(json.dumps(planted(Policy))) | {"document-s-text", "contact", "address"}
    found = {one for one in known if f"mark{letters(one)}" in said.lower()}
    assert found >= PUBLIC
    assert not [one for one in found - PUBLIC - {"related"} if not any(public.startswith(one) for public in PUBLIC)]


def test_a_policys_text_can_do_nothing_and_leads_only_to_pages_and_emails(tmp_path):
    _, data = policy_made(marked(tmp_path), Text("a.md", MARKDOWN), public=True)
    assert links(data) == {
        "https://example.org/a?b=c&d=%C3%BC",
        "mailto:a@example.org",
        "https://example.org/mark-references-url",
    }
    said = pdf_letters(data)
    assert letters("#let x = 1 $x$ <script>alert(1)</script> {{ 7 * 7 }} [grinning face]") in said
    assert letters('def f(): return "&amp; #panic()"') in said


def test_a_policys_plain_text_keeps_its_lines(tmp_path):
    _, data = policy_made(marked(tmp_path), Text("a.txt", "First *line*\nSecond #line\n\nThird"))
    said = poppler("pdftotext", data, "-layout", "-")
    assert "First *line*\nSecond #line" in said


def test_a_table_of_many_columns_and_a_long_text_stay_on_the_page(tmp_path):
    row = "|" + "|".join(f"extraordinarily{at}" for at in range(16)) + "|\n"
    table = row + "|-" * 16 + "|\n" + row * 30
    _, data = policy_made(marked(tmp_path), Text("a.md", table + "\n\n" + "Long words are many. " * 3000))
    assert not stands_off_the_page(data)
    said = pdf_letters(data)
    assert sum(said.count(letter) for letter in "xz") >= 31 * 16
    assert said.count("Longwordsaremany") == 3000
    assert int(info(data)["Pages"]) > 5
