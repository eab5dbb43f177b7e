"""Many schools in the page: found in the list of the first page, and together in the overview as the command makes it."""

import re
from html import unescape
from pathlib import Path
from urllib.parse import quote

import pytest

from charterkit.serve.many import _shelf
from charterkit.serve.shelf import SHELF
from tests.benchmarks.workspaces import trust
from tests.cli.calling import call
from tests.serve.asking import Said, Visitor
from tests.serve.test_rooms import files

HOSTILE = '"><script>alert(1)</script>{{ 7 * 7 }}'


@pytest.fixture
def many(tmp_path_factory: pytest.TempPathFactory) -> Visitor:
    """A browser at the page of a trust with 13 schools, and three more: one without ratings, one with a broken file."""
    root = tmp_path_factory.mktemp("many")
    (root / "charterkit.yaml").write_text("", encoding="utf-8")
    trust(root, 13)
    for slug, name in (("elan", "Ysgol Élan"), ("nur", "مدرسة النور"), ("odd", "Odd <b>One</b>")):
        (root / "schools" / slug).mkdir()
        (root / "schools" / slug / "school.yaml").write_text(f"name: {name}\n", encoding="utf-8")
    (root / "schools/odd/evaluations").mkdir()
    (root / "schools/odd/evaluations/2025-26.yaml").write_text("charter: [", encoding="utf-8")
    return Visitor(root)


def names(page: Said) -> list[str]:
    return [unescape(each) for each in re.findall(r'<th scope="row"[^>]*><a [^>]*>([^<]*)</a>', page.text)]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("find=school+1", ["School 1", "School 10", "School 11", "School 12"]),
        ("find=ELAN", ["Ysgol Élan"]),
        ("find=%D8%A7%D9%84%D9%86%D9%88%D8%B1", ["مدرسة النور"]),
        ("show=none", ["Ysgol Élan", "مدرسة النور"]),
        ("show=trouble", ["Odd <b>One</b>"]),
        ("show=draft", []),
        ("show=agreed&find=12", ["School 12"]),
        ("of=the-trust&find=l", [f"School {number}" for number in range(13)]),
        ("of=the-trust&show=none", []),
        ("of=elan&show=nothing&find=odd", ["Odd <b>One</b>"]),
    ],
)
def test_schools_are_found_in_the_list(many: Visitor, query: str, found: list[str]) -> None:
    page = many.get(f"/home?{query}")
    assert sorted(names(page)) == sorted(found)
    assert f"{len(found)} of 16 schools." in page.text


def test_a_long_list_puts_none_first_and_a_short_one_has_no_form(many: Visitor, folder: Path) -> None:
    page = many.get("/home").text
    assert "16 schools" in page
    assert 'class="lead next-step"' not in page
    assert " of 16 schools." not in page
    said = many.get(f"/home?find={HOSTILE.replace(' ', '+')}").text
    assert "<script>alert" not in said
    assert 'value="&#34;&gt;&lt;script&gt;alert(1)&lt;/script&gt;{{ 7 * 7 }}"' in said
    assert many.get(f"/home?find={'x' * 5000}").text.count("x" * 201) == 0
    assert 'role="search"' not in Visitor(folder).get("/home").text


def test_the_overview_is_the_commands_own(many: Visitor) -> None:
    home = many.get("/home").text
    assert '<a href="/overview">Overview</a>' in home
    assert 'href="/overview?of=the-trust">its schools together' in home
    for page in ("/schools/the-trust", "/schools/the-trust/look"):
        assert 'href="/overview?of=the-trust"' in many.get(page).text
    for address, call_of in (
        ("", ()),
        ("?of=the-trust&cycle=2025-26&by=phase", ("the-trust", "--by", "phase", "--cycle", "2025-26")),
    ):
        shown = many.get(f"/overview{address}")
        assert f'src="/overview/document.html{address}"' in unescape(shown.text)
        said = call("overview", *call_of, "--format", "html", "--today", str(many.today), cwd=many.root)
        document = many.get(f"/overview/document.html{address}")
        assert document.text.rstrip() == said.stdout.rstrip()
        rules = document.headers["content-security-policy"]
        assert re.search(r"script-src 'sha256-[^' ]+'; ", rules)
        assert "allow-same-origin" not in rules
        assert "sandbox allow-scripts " in rules
        assert "default-src 'none'" in rules
    (many.root / "charters").mkdir(exist_ok=True)
    text = "id: ours\nversion: '1'\ntitle: Ours <b>\nscale: 7\nkey_points: [{id: a, title: A, aspects: [{id: x, text: X}]}]\n"
    (many.root / "charters/ours-v1.yaml").write_text(text, encoding="utf-8")
    ours = many.get("/overview?charter=ours")
    assert 'role="status"' in ours.text, ours.text
    assert "Not all of charters/ours-v1.yaml can be read" in ours.text
    table = many.get("/overview/document.csv?of=the-trust&charter=community-engagement")
    assert table.headers["content-disposition"] == 'attachment; filename="overview-the-trust-2025-26.csv"'
    assert many.get("/overview/document.docx?charter=community-engagement").text.startswith("PK")


def test_a_script_of_the_workspaces_own_has_no_leave_to_run(many: Visitor) -> None:
    (many.root / "templates").mkdir()
    (many.root / "templates/overview.html.j2").write_text("<script>alert(1)</script>", encoding="utf-8")
    document = many.get("/overview/document.html")
    assert "alert(1)" in document.text
    rules = document.headers["content-security-policy"]
    assert "unsafe" not in rules.replace("style-src 'unsafe-inline'", "")
    assert rules.count("sha256-") == 1


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ("of=elan", 422, "Its report is under Look."),
        ("of=..%2f..", 404, "There is no school"),
        ("cycle=never", 422, "Write 2025-26"),
        ("from=never", 422, "Write 2025-26"),
        ("by=luck", 422, "There is no such button."),
        ("charter=..%2fx", 404, "There is no charter"),
    ],
)
def test_what_no_overview_can_be_made_of_is_said(many: Visitor, query: str, status: int, words: str) -> None:
    for page in ("/overview", "/overview/document.html", "/overview/document.pdf"):
        said = many.get(f"{page}?{query}")
        assert (said.status, words in said.text) == (status, True), said.text


@pytest.mark.parametrize("folder", ["مدرسة", 'a"b'])
def test_a_folder_of_any_name_gives_a_file_to_take_along(many: Visitor, folder: str) -> None:
    (many.root / "schools/the-trust").rename(many.root / "schools" / folder)
    for address in (f"/overview/document.csv?of={quote(folder)}", f"/schools/{quote(folder)}/documents/due.csv"):
        said = many.get(address)
        assert said.status == 200, said.text
        assert re.fullmatch(r'attachment; filename="[a-z0-9-]+\.csv"', said.headers["content-disposition"])


def test_of_many_ways_to_look_the_last_few_are_kept(many: Visitor) -> None:
    asked = [f"/overview?cycle={year}-{year % 100 + 1}" for year in range(2010, 2018)]
    first = many.get(asked[0]).text
    for address in asked:
        many.get(address)
    assert 0 < len(many.desk.workspace.once(_shelf)) < len(asked)
    assert many.get(asked[0]).text == first


def test_of_no_school_it_says_what_to_do_first(tmp_path: Path) -> None:
    (tmp_path / "charterkit.yaml").write_text("", encoding="utf-8")
    page = Visitor(tmp_path).get("/overview").text
    assert "There is no school here yet" in page
    assert 'href="/begin"' in page
    assert "<iframe" not in page


def test_what_is_english_alone_is_so_in_a_workspace_in_welsh(many: Visitor) -> None:
    (many.root / "charterkit.yaml").write_text("language: cy\n", encoding="utf-8")
    assert '<html lang="cy"' in many.get("/schools/school-00001/documents/report.html").text
    assert '<html lang="en-GB"' in many.get("/documents/visits.html").text


def test_it_shows_what_stands_on_the_disk_now_and_writes_nothing(many: Visitor) -> None:
    before = files(many.root)
    reader = Visitor(many.root, reads_only=True)
    assert "School 12" in reader.get("/overview/document.html").text
    assert files(many.root) == before
    (many.root / "schools/school-00012/school.yaml").write_text("name: Renamed\n", encoding="utf-8")
    assert "dir=auto>Renamed<" in reader.get("/overview/document.html").text
    for slug, county in (("county", "kind: local-authority"), ("elan", "local_authority: County")):
        (many.root / f"schools/{slug}").mkdir(exist_ok=True)
        assert "/overview?of=county" not in reader.get("/home").text
        (many.root / f"schools/{slug}/school.yaml").write_text(f"name: {slug.title()}\n{county}\n", encoding="utf-8")
    assert "Its schools together" in reader.get("/schools/county").text
    assert "Elan" in reader.get("/overview/document.html?of=county").text
    (many.root / "schools/odd/school.yaml").write_text("name: Odd\nlocal_authority: County\n", encoding="utf-8")
    assert "Odd" in reader.get("/overview/document.html?of=county").text
    assert reader.get("/overview/document.exe").status == 404


def test_what_is_due_and_visits_of_all_schools_as_the_commands_have_it(many: Visitor) -> None:
    assert 'href="/look/due"' in many.get("/home").text
    overview = many.get("/overview").text
    of_all = [name for name, shelved in SHELF.items() if shelved.is_of_all]
    commands = {"due": "remind", "actions": "actions", "register": "policies", "visits": "visits"}
    for name in of_all:
        assert f'href="/look/{name}"' in overview
        assert f'src="/documents/{name}.html"' in many.get(f"/look/{name}").text
        document = many.get(f"/documents/{name}.html")
        assert document.status == 200
        if name in commands:
            said = call(commands[name], "--format", "html", "--today", str(many.today), cwd=many.root)
            assert document.text.rstrip() == said.stdout.rstrip(), name
    sheet = many.get("/documents/due.csv")
    assert sheet.headers["content-disposition"] == 'attachment; filename="all-due.csv"'
    for name in ("report", "gaps", "policy", "..%2fdue"):
        assert many.get(f"/look/{name}").status == 404
        assert many.get(f"/documents/{name}.html").status == 404
