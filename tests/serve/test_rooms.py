"""The rooms of the page beside the cards: home, begin, look, act, take in and mend, as a browser without script has them."""

import asyncio
import io
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from starlette.routing import Route

from charterkit.documents import DOCUMENTS
from charterkit.sentences import SENTENCES, fields
from charterkit.sentences.browser import IN_PAGE
from charterkit.serve.app import ROOMS
from charterkit.serve.shelf import SHELF
from charterkit.serve.unseen import put_back
from charterkit.text.safe import visible
from tests.cli.calling import call
from tests.serve.asking import Said, Visitor

SCHOOL = "/schools/example-primary"
EVALUATION = "schools/example-primary/evaluations/2026-27-autumn.yaml"
POLICY = "schools/example-primary/policies/behaviour.yaml"


def hidden(page: Said, action: str) -> dict[str, str]:
    """The hidden fields of the form that goes to an address."""
    form = re.search(rf'<form[^>]*action="{re.escape(action)}".*?</form>', page.text, re.DOTALL)
    assert form, page.text
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form[0]))


def fill(visitor: Visitor, address: str, **typed: str) -> Said:
    """Load a page, fill its form and send it."""
    found = visitor.get(address)
    assert found.status == 200, found.text
    return visitor.post(address, {**hidden(found, address.partition("?")[0]), **typed})


def send_file(visitor: Visitor, name: str, data: bytes, **fields: str) -> Said:
    """Choose a file in the page, and send it."""
    parts = [
        f'--x\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()
        for key, value in {"server": visitor.desk.id, **fields}.items()
    ]
    head = f'--x\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\nContent-Type: x/y\r\n\r\n'
    headers = {"origin": "http://127.0.0.1:20999", "content-type": "multipart/form-data; boundary=x"}
    body = b"".join([*parts, head.encode(), data, b"\r\n--x--\r\n"])
    return asyncio.run(visitor.ask("POST", f"{SCHOOL}/act/take-in", body, headers))


def workbook(*rows: tuple[str, ...]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


# -- home and begin


def test_home_says_where_a_school_stands_and_what_comes_next(visitor, folder):
    page = visitor.get("/home").text
    said = call("--color", "never", cwd=folder, CHARTERKIT_TODAY="2026-11-22").stdout
    assert "24 of 40 rated" in said
    for words in (
        "Autumn term 2026-27, 24 of 40 rated.",
        f'<a class="button" href="{SCHOOL}/evaluate">Go on with the self-evaluation</a>',
        "Train a second person to make the calls",
        "Towards the certificate:",
        "Open actions",
    ):
        assert words in page
    (folder / "schools" / "oak").mkdir()
    (folder / "schools" / "oak" / "school.yaml").write_text('name: "Oak <b>Lane</b>"\n', encoding="utf-8")
    both = visitor.get("/home").text
    assert "2 schools" in both
    assert "Oak &lt;b&gt;Lane&lt;/b&gt;" in both
    assert '/schools/oak/evaluate">Start the self-evaluation<' in both
    (folder / EVALUATION).write_text("charter: [", encoding="utf-8")
    assert f'href="{"/mend"}">See what is wrong in the files' in visitor.get("/home").text


def test_from_an_empty_folder_to_the_first_card(tmp_path):
    here, there = tmp_path / "héré & there", tmp_path / "by command"
    here.mkdir()
    there.mkdir()
    visitor = Visitor(here, is_workspace=False)
    assert visitor.get("/home").headers["location"] == "/begin"
    again = fill(visitor, "/begin", name=" ", example="yes")
    assert again.status == 422
    assert "has no letters" in again.text or "name" in again.text
    assert not any(here.iterdir())
    said = fill(visitor, "/begin", name="Elm Tree Primary", phase="primary", example="yes")
    assert said.headers["location"].startswith("/schools/elm-tree-primary/act/sign")
    assert "school.yaml is ready" in visitor.follow(said).text
    call("init", cwd=there)
    call("new", "school", "Elm Tree Primary", "--phase", "primary", cwd=there)
    assert files(here) == files(there)
    signed = fill(visitor, "/schools/elm-tree-primary/act/sign", by="A. Head", date="September 2026")
    assert "Signed September 2026 by" in visitor.follow(signed).text
    assert "0 of 40 aspects are rated" in visitor.get("/schools/elm-tree-primary/evaluate").text
    taken = fill(visitor, "/begin", name="Elm Tree Primary")
    assert taken.status == 409
    assert 'value="Elm Tree Primary"' in taken.text


def files(folder: Path) -> dict[str, bytes]:
    """Each file's bytes; every workspace has an id of its own."""
    found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return {
        name: re.sub(rb"^id: [-0-9a-f]{36}$", b"id: its own", held, flags=re.MULTILINE) for name, held in found.items()
    }


# -- look


def test_every_document_is_shown_or_says_what_is_missing(visitor):
    shelf = visitor.get(f"{SCHOOL}/look").text
    for name, shelved in SHELF.items():
        asked = {"policy": "?name=behaviour", "agenda": "?body=governing+body"}.get(name, "")
        page = visitor.get(f"{SCHOOL}/look/{name}{asked}")
        folder = visitor.desk.workspace.school("example-primary")
        assert page.status == 200 or page.status in (404, 422, 424), name
        assert (page.status == 200) == (shelved.is_there(folder) and name != "families"), page.text
        assert "html" in DOCUMENTS[shelved.document].formats
        assert (f'href="{SCHOOL}/look/{name}"' in shelf) == (shelved.is_there(folder) and not asked)
    assert f'href="{SCHOOL}/act/agree">Agree the self-evaluation<' in visitor.get(f"{SCHOOL}/look/families").text
    assert visitor.get(f"{SCHOOL}/look/..%2f..%2fcharterkit").status == 404
    assert visitor.get(f"{SCHOOL}/documents/report.exe").status == 404
    assert visitor.get(f"{SCHOOL}/documents/report.html?cycle=1999").status == 422
    assert visitor.get("/schools/..%2fx/look").status == 404


def test_a_document_is_the_commands_own_and_may_run_nothing(visitor, folder):
    templates = folder / "templates"
    templates.mkdir()
    (templates / "report.html.j2").write_text("<script>alert(1)</script>{{ page_lang }}", encoding="utf-8")
    for name, audience in (("report", "leaders"), ("governors", "governors")):
        page = visitor.get(f"{SCHOOL}/documents/{name}.html?cycle=2025-26-autumn")
        options = ("--audience", audience, "--cycle", "2025-26-autumn", "--format", "html", "--today", "2026-11-22")
        assert page.text.rstrip() == call("report", *options, cwd=folder).stdout.rstrip()
        rules = page.headers["content-security-policy"]
        assert "default-src 'none'" in rules
        assert "sandbox allow-same-origin" in rules
        assert "script" not in rules
        assert page.headers["x-frame-options"] == "SAMEORIGIN"
    shown = visitor.get(f"{SCHOOL}/look/governors?cycle=2025-26-autumn").text
    assert "governors.pdf?cycle=2025-26-autumn" in shown
    word = visitor.get(f"{SCHOOL}/documents/governors.docx")
    assert word.headers["content-disposition"] == 'attachment; filename="example-primary-governors.docx"'
    assert word.text.startswith("PK")
    (templates / "report.html.j2").write_text("{{ nothing }}", encoding="utf-8")
    inside = visitor.get(f"{SCHOOL}/documents/report.html", sec_fetch_dest="iframe")
    assert "templates/report.html.j2, line 1" in inside.text
    assert "Stop" not in inside.text


# -- act


def test_an_action_is_ticked_and_opened_again(visitor, folder):
    before = (folder / EVALUATION).read_bytes()
    page = visitor.get(f"{SCHOOL}/act")
    action = hidden(page, f"{SCHOOL}/act/action")
    done = visitor.follow(visitor.post(f"{SCHOOL}/act/action", {**action, "became": "done", "note": "Two\r\nof us"}))
    assert "is done. Saved in" in done.text
    assert "is done. Saved in" not in visitor.get(f"{SCHOOL}/act").text
    held = next(each for each in yaml.safe_load((folder / EVALUATION).read_text())["actions"] if each.get("closed"))
    assert held["note"].strip() == "Two\nof us"
    assert visitor.post(f"{SCHOOL}/act/action", {**action, "became": "planned"}).status == 303
    late = visitor.post(f"{SCHOOL}/act/action", {**action, "became": "done", "date": "2030"})
    assert late.status == 422
    assert "has not come" in late.text or "not come" in late.text
    assert visitor.post(f"{SCHOOL}/act/action", {**action, "action": "../x", "became": "done"}).status == 404
    assert visitor.post(f"{SCHOOL}/act/action", {**action, "became": "gone"}).status == 422
    assert before != (folder / EVALUATION).read_bytes()


def test_agreeing_shows_what_is_open_and_ticks_its_duty(visitor, folder):
    school = folder / "schools/example-primary/school.yaml"
    text = school.read_text(encoding="utf-8")
    school.write_text(re.sub(r"\n +self-evaluation:.*", "", text), encoding="utf-8")
    assert "self-evaluation:" not in school.read_text(encoding="utf-8")
    page = visitor.get(f"{SCHOOL}/act/agree")
    assert "16 of its 40 aspects are not rated yet." in page.text
    assert "This duty of the sign-up is ticked off with it" in page.text
    fields = hidden(page, f"{SCHOOL}/act/agree")
    (folder / EVALUATION).write_text((folder / EVALUATION).read_text(encoding="utf-8") + "# mine\n", encoding="utf-8")
    moved = visitor.post(f"{SCHOOL}/act/agree", fields)
    assert moved.status == 409
    assert "status: draft" in (folder / EVALUATION).read_text(encoding="utf-8")
    agreed = visitor.follow(fill(visitor, f"{SCHOOL}/act/agree", date="20 November 2026"))
    assert "The evaluation of autumn term 2026-27 is agreed, 20 November 2026." in agreed.text
    assert "Ticked off in schools/example-primary/school.yaml" in agreed.text
    assert "self-evaluation: 2026-11-20" in school.read_text(encoding="utf-8")
    assert "24 of 40 rated, agreed." in visitor.get(f"{SCHOOL}/act").text


def test_a_policy_is_reviewed_as_the_command_does_it(visitor, folder, tmp_path_factory):
    twin = Visitor(tmp_path_factory.mktemp("twin"))
    from tests.cli.calling import example

    example(twin.root)
    call("policy", "review", "behaviour", "--by", "RA", "--outcome", "Kept", "--today", "2026-11-22", cwd=twin.root)
    address = f"{SCHOOL}/act/policies/behaviour"
    said = visitor.follow(fill(visitor, address, event="reviewed", by="RA", outcome="Kept"))
    assert "reviewed 22 November 2026" in said.text
    assert "Next review:" in said.text
    assert (folder / POLICY).read_bytes() == (twin.root / POLICY).read_bytes()
    again = fill(visitor, address, event="reviewed", by="RA", note="<kept>")
    assert again.status == 409
    assert "&lt;kept&gt;</textarea>" in again.text
    assert fill(visitor, address, event="published", url="javascript:alert(1)").status == 422
    assert fill(visitor, address, event="withdrawn", next="never").status == 303


# -- taking in


def test_a_file_is_tried_first_and_then_taken_in(visitor, folder):
    before = (folder / EVALUATION).read_bytes()
    wrong = send_file(
        visitor, "C:\\temp\\ours.xlsx", workbook(("aspect", "rating"), ("open-door", "purple"), ("no", "red"))
    )
    assert wrong.status == 422
    assert "B2" in wrong.text
    assert "A3" in wrong.text
    tried = send_file(visitor, "ours.csv", b"aspect,rating,note\nopen-door,amber,<b>Now</b>\n")
    assert "changed  open-door: was" in tried.text
    assert "&lt;b&gt;Now" in tried.text
    assert (folder / EVALUATION).read_bytes() == before
    fields = hidden(tried, f"{SCHOOL}/act/take-in/yes")
    taken = visitor.follow(visitor.post(f"{SCHOOL}/act/take-in/yes", fields))
    assert f"1 aspect saved in {EVALUATION}." in taken.text
    assert yaml.safe_load((folder / EVALUATION).read_text())["ratings"]["open-door"]["note"].strip() == "<b>Now</b>"
    assert visitor.post(f"{SCHOOL}/act/take-in/yes", fields).status == 404


@pytest.mark.parametrize("kind", ["bomb", "formula", "macros", "large", "nothing", "torn"])
def test_a_hostile_workbook_is_refused_in_words(visitor, folder, kind):
    before = (folder / EVALUATION).read_bytes()
    good = workbook(("aspect", "rating", "note"), ("open-door", "amber", '=HYPERLINK("http://x.example","x")'))
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b"<x>" * 30_000_000)
    name, data = {
        "bomb": ("bomb.xlsx", bomb.getvalue()),
        "formula": ("formula.xlsx", good),
        "macros": ("macros.xlsm", good),
        "large": ("large.xlsx", good + bytes(10 * 1_048_576)),
        "nothing": ("nothing.xlsx", b""),
        "torn": ("torn.xlsx", good[:900]),
    }[kind]
    said = send_file(visitor, name, data)
    assert said.status in (200, 422), said.text[-500:]
    if said.status == 200:
        assert "HYPERLINK" not in said.text
    assert (folder / EVALUATION).read_bytes() == before


# -- mending


def test_what_is_found_is_mended_in_its_file(visitor, folder):
    path = folder / EVALUATION
    text = path.read_text(encoding="utf-8").replace("rating: amber", "rating: ambr", 1)
    path.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    page = visitor.get("/mend").text
    assert "&#39;ambr&#39; is not a level of this charter" in page
    assert "Did you mean amber?" in page
    address = f"/mend/{EVALUATION}"
    assert f'href="{address}?line=' in page
    fields = hidden(visitor.get(address), address)
    mended = text.replace("ambr", "amber")
    (folder / EVALUATION).write_bytes(path.read_bytes() + b"# hers\r\n")
    moved = visitor.post(address, {**fields, "text": mended})
    assert moved.status == 409
    assert "What stands in the file now" in moved.text
    assert "# hers" in moved.text
    saved = visitor.post(address, {**hidden(moved, address), "text": mended.replace("\n", "\r\n")})
    assert "Nothing is wrong in this file." in visitor.follow(saved).text or "CK304" not in visitor.follow(saved).text
    assert path.read_bytes() == b"\xef\xbb\xbf" + mended.replace("\n", "\r\n").encode()
    for away in ("..%2f..%2fetc/passwd", "charterkit.yaml/../../x", "schools", ".git/config", "%2fetc%2fpasswd"):
        assert visitor.get(f"/mend/{away}").status == 404
        assert visitor.post(f"/mend/{away}", {"text": "x", "seen": ""}).status == 404


def test_what_is_safe_is_mended_at_once(visitor, folder):
    path = folder / "schools/example-primary/school.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "# blank at the end   \n", encoding="utf-8")
    assert "One file can be mended" in visitor.get("/mend").text
    assert "Mended 1 file." in visitor.follow(visitor.post("/mend", {})).text
    assert path.read_text(encoding="utf-8").endswith("# blank at the end\n")


def test_what_nobody_can_see_stays_where_it_is_left(visitor, folder):
    path, address = folder / EVALUATION, f"/mend/{EVALUATION}"
    text = "# a\u200bb \u202e\x07 and 🏴󠁧󠁢󠁥󠁮󠁧󠁿\n" + path.read_text(encoding="utf-8")
    path.write_text(text, encoding="utf-8")
    shown = visitor.get(address)
    assert "# a�b �� and 🏴" in shown.text
    typed = visible(text).replace("rating: amber", "rating: red", 1).replace("# a�b", "# ab")
    assert visitor.post(address, {**hidden(shown, address), "text": typed}).status == 303
    made = path.read_text(encoding="utf-8")
    assert made == text.replace("rating: amber", "rating: red", 1).replace("a\u200bb", "ab")


@given(
    st.text(st.sampled_from("ab\n\u200b\u202e\x07�🏴ض"), max_size=60), st.text("ab\n�", max_size=20), st.integers(0, 60)
)
def test_a_text_that_is_shown_and_sent_back_is_the_files_own(there, more, at):
    shown = visible(there)
    assert put_back(shown, there) == there
    made = put_back(shown[:at] + more + shown[at:], there)
    assert visible(made) == visible(shown[:at] + more + shown[at:])
    assert put_back(more, there * 300) is not None


# -- nothing that was typed is lost


def test_what_was_typed_stands_in_the_form_that_was_refused(visitor, folder):
    action = hidden(visitor.get(f"{SCHOOL}/act"), f"{SCHOOL}/act/action")
    said = visitor.post(f"{SCHOOL}/act/action", {**action, "became": "done", "note": "Long <thought>", "date": "2030"})
    assert said.text.count("Long &lt;thought&gt;</textarea>") == 1
    assert 'value="2030"' in said.text
    signed = fill(visitor, f"{SCHOOL}/act/sign", by="A. Head", date="never", done="introduce")
    assert signed.status == 422
    assert 'value="never"' in signed.text
    assert 'value="someday"' in fill(visitor, f"{SCHOOL}/act/agree", date="someday").text
    page = visitor.get(f"/mend/{EVALUATION}")
    (folder / EVALUATION).unlink()
    gone = visitor.post(f"/mend/{EVALUATION}", {**hidden(page, f"/mend/{EVALUATION}"), "text": "cycle: <mine>\n"})
    assert gone.status == 404
    assert "What you typed, which is not saved" in gone.text
    assert "cycle: &lt;mine&gt;" in gone.text
    other = visitor.post(f"{SCHOOL}/act/policies/behaviour", {"server": "of before", "note": "Kept for you"})
    assert (other.status, "Kept for you" in other.text) == (409, True)


def test_the_page_says_what_to_press_in_it(visitor, folder):
    """No hint names a command or an option where the page does the same."""
    for code, hints in IN_PAGE.items():
        assert code in SENTENCES
        assert not any(re.search(r"charterkit [a-z]|-o ", hint) for hint in hints), code
        assert {name for hint in hints for name in fields(hint)} <= {
            n for hint in SENTENCES[code] for n in fields(hint)
        }
    assert "Home shows them all." in visitor.get("/schools/elsewhere-far/look").text
    (folder / EVALUATION).write_text("cycle: [", encoding="utf-8")
    broken = visitor.get(f"{SCHOOL}/look/form").text + visitor.get(f"{SCHOOL}/act/agree").text
    assert "See under Mend what is wrong" in broken
    assert 'href="/mend">See what is wrong in the files' in broken
    for charter in ("ours", "theirs"):
        text = f"id: {charter}\nversion: '1'\ntitle: Of {charter}\nkey_points: []\n"
        (folder / f"charters/{charter}-v1.yaml").write_text(text, encoding="utf-8")
    (folder / "charterkit.yaml").write_text("", encoding="utf-8")
    (folder / "schools/oak").mkdir()
    (folder / "schools/oak/school.yaml").write_text("name: Oak\n", encoding="utf-8")
    several = visitor.get("/schools/oak/evaluate?show=all").text
    assert "Choose the one that is meant." in several
    assert 'href="/schools/oak/evaluate?show=all&amp;charter=ours"' in several


# -- for reading only


def test_a_page_for_reading_has_no_forms_and_takes_none(folder):
    visitor = Visitor(folder, reads_only=True)
    before = files(folder)
    pages = ("/home", SCHOOL, "/begin", "/mend", f"/mend/{EVALUATION}")
    rooms = (
        "look",
        "look/report",
        "act",
        "act/agree",
        "act/sign",
        "act/policies/behaviour",
        "act/take-in",
        "evaluate",
        "visits",
    )
    visits = ("visits/request", "visits/answer?date=2025-03-13", "visits/record?date=2025-03-13")
    known = (*pages, *(f"{SCHOOL}/{room}" for room in (*rooms, *visits)))
    for address in (*known, *addresses("GET")):
        page = visitor.get(address)
        assert page.status == 200 or address not in known, address
        posts = re.findall(r'<form[^>]*method="post"[^>]*action="([^"]*)"', page.text)
        assert re.search("evaluate|record|meeting", address) or set(posts) <= {"/stop"}, address
        assert not re.search(r'<textarea|name="(do|became|text|file)"', page.text), address
    posts = addresses("POST")
    assert len(posts) > 10
    for address in posts:
        said = visitor.post(address, {"name": "X", "do": "rate:red", "became": "done", "event": "reviewed"})
        assert said.status == 422, address
        assert "for reading only" in said.text
    assert files(folder) == before


def addresses(method: str) -> list[str]:
    """Of every room what is asked for, or posted to, about the example school."""
    known = {
        "slug": "example-primary",
        "path:path": EVALUATION,
        "policy": "behaviour",
        "aspect": "open-door",
        "name": "report",
        "format": "html",
        "charter": "community-engagement",
    }
    routes = [route for room in ROOMS for route in room if isinstance(route, Route) and method in (route.methods or ())]
    return [re.sub(r"{([^}]*)}", lambda found: known.get(found[1], "overall"), route.path) for route in routes]
