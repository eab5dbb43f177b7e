"""A visit in the page, as a browser without script has it: asked for, recorded beside the school's own, and answered."""

import re
from html import unescape

import yaml

from tests.cli.calling import call
from tests.serve.asking import Said, Visitor

SCHOOL = "/schools/example-primary"
VISITS = f"{SCHOOL}/visits"
NEW = "schools/example-primary/visits/2026-11-22.yaml"
GATE, DOOR = "aspect-gate-greeting", "aspect-open-door"
WHOLE = "whole-visit"
HOSTILE = "</textarea><script>alert(1)</script>\"' \u202e{{ 7 * 7 }}"


def held(folder):
    return yaml.safe_load((folder / NEW).read_text(encoding="utf-8"))


def card(page: Said, anchor: str) -> str:
    found = re.search(rf'<article class="card" id="{anchor}".*?</article>', page.text, re.DOTALL)
    assert found, anchor
    return found[0]


def press(
    browser: Visitor, anchor: str, button: str, page: Said | None = None, in_place: str = "", **typed: str
) -> Said:
    """Press a button of a card of the visit."""
    fields = browser.form(page or browser.get(browser.sheet), anchor)
    address, _, query = browser.sheet.partition("?")
    way = "whole" if anchor == WHOLE else f"aspect/{anchor.removeprefix('aspect-')}"
    typed = {name.replace("_", "-").removesuffix("-"): value for name, value in typed.items()}
    return browser.post(f"{address}/{way}?{query}", {**fields, "do": button, **typed}, x_in_place=in_place)


def begin(visitor: Visitor, folder) -> None:
    (folder / "schools/example-primary/visits/2026-11-09.yaml").unlink()
    visitor.sheet = f"{VISITS}/record?charter=community-engagement&date=2026-11-22&purpose=certification"


def test_a_visit_is_asked_for_or_refused_with_what_is_missing(visitor, folder):
    begin(visitor, folder)
    page = visitor.get(f"{VISITS}/request")
    assert "is not ready to ask for a certification visit" in page.text
    refused = visitor.post(f"{VISITS}/request", {"propose": "20 January 2027\r\n21 January 2027", "by": "A. Head"})
    assert refused.status == 422
    for words in ("Nothing was written", "after an important letter", "20 January 2027\n21 January 2027", "A. Head"):
        assert words in refused.text
    assert not (folder / NEW).exists()
    anyway = {"anyway": f"To plan the spring {HOSTILE}"}
    assert "that day is over" in visitor.post(f"{VISITS}/request", {"propose": "20 January 2026", **anyway}).text
    assert "that day is over" not in visitor.get(f"{VISITS}/request").text
    asked = visitor.follow(visitor.post(f"{VISITS}/request", {"propose": "20 January 2027; 21 January 2027", **anyway}))
    assert "The request is kept in" in asked.text
    assert "<script>alert" not in asked.text
    assert [str(day) for day in held(folder)["proposed_dates"]] == ["2027-01-20", "2027-01-21"]
    assert visitor.post(f"{VISITS}/request", {"agreed": "20 January 2027"}).status == 303
    for way in ("letter.html", "letter.eml"):
        assert "To plan the spring" in visitor.get(f"{SCHOOL}/documents/{way}").text
    # recorded in the file of the request
    assert press(visitor, GATE, "rate:amber").status == 303
    assert held(folder)["requested"]
    assert held(folder)["findings"]["gate-greeting"] == {"rating": "amber"}


def test_a_visit_is_recorded_beside_what_the_school_says(visitor, folder):
    begin(visitor, folder)
    school = {path: path.read_bytes() for path in (folder / "schools/example-primary/evaluations").rglob("*.yaml")}
    record = visitor.get(visitor.sheet)
    assert len(re.findall('<article class="card"', record.text)) == 41
    door = card(record, DOOR)
    for words in ("The school says:", "154 of 176 families", "wait until somebody has time", "Your own rating"):
        assert words in unescape(door)
    more = {"looked": "They wave", "with_": "Four parents", "kind": "conversation", "note": "One\r\n\r\ntwo"}
    said = press(visitor, GATE, "rate:amber", None, "", **more)
    assert said.headers["location"].endswith(f"#{GATE}")
    assert "Amber saved." in card(visitor.follow(said), GATE)
    gate = held(folder)["findings"]["gate-greeting"]
    assert (gate["rating"], gate["note"].strip()) == ("amber", "One\n\ntwo")
    assert gate["looked_at"][0] | {"date": ""} == {
        "kind": "conversation",
        "date": "",
        "with": "Four parents",
        "note": "They wave",
    }
    assert press(visitor, GATE, "save", looked_0="They all wave").status == 303
    assert held(folder)["findings"]["gate-greeting"]["looked_at"][0]["note"] == "They all wave"
    assert press(visitor, GATE, "save", looked_0="").status == 303
    assert "looked_at" not in held(folder)["findings"]["gate-greeting"]
    assert press(visitor, DOOR, "na", reason="").status == 422
    differs = visitor.get(f"{visitor.sheet}&show=differs")
    assert re.findall('<article class="card" id="(aspect-[^"]+)"', differs.text) == [GATE]
    # met only where every aspect is at the mark or has a reason
    whole = {"visitor": "Helen Marsh, Adviser", "summary": "A warm school", "outcome": "met"}
    refused = press(visitor, WHOLE, "save", None, "", **whole)
    assert refused.status == 422
    assert "The visit cannot be met" in refused.text
    assert visitor.form(refused, WHOLE)["outcome"] == "met"
    assert held(folder)["visitors"] == [{"name": "Helen Marsh", "role": "Adviser"}]
    assert "outcome" not in held(folder)
    page = visitor.get(visitor.sheet)
    for aspect in re.findall(r'<a href="#aspect-([a-z-]+)"', card(refused, WHOLE)):
        assert press(visitor, f"aspect-{aspect}", "save", page, why="A second person starts in May").status == 303
    met = press(visitor, WHOLE, "save", outcome="met", looked="The entrance", kind="walkthrough")
    assert "How it ended is saved." in card(visitor.follow(met), WHOLE)
    assert (held(folder)["outcome"], held(folder)["summary"].strip()) == ("met", "A warm school")
    assert {path: path.read_bytes() for path in school} == school, "what the school says is not touched"


def test_a_request_that_could_not_be_taken_shows_what_was_typed(visitor, folder):
    begin(visitor, folder)
    typed = {"propose": "20 January 2027", "agreed": "21 January 2027", "anyway": "To plan <ahead>", "by": "A. Head"}
    refused = visitor.post(f"{VISITS}/request", {**typed, "server": "of before"})
    assert refused.status == 409
    for words in ("20 January 2027", "21 January 2027", "To plan &lt;ahead&gt;", "A. Head"):
        assert words in refused.text.partition("What you typed")[2]


def test_the_school_answers(visitor, folder):
    begin(visitor, folder)
    options = ("--purpose", "certification", "--set", "gate-greeting=green", "--today", "2026-11-22")
    call("visit", "record", "example-primary", *options, cwd=folder)
    answer = f"{VISITS}/answer?charter=community-engagement&date=2026-11-22"
    seen = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', visitor.get(answer).text))
    assert visitor.post(f"{VISITS}/answer", {**seen, "note": HOSTILE}).status == 422
    text = (folder / NEW).read_text(encoding="utf-8")
    (folder / NEW).write_text(f"{text}# mine\n", encoding="utf-8")
    moved = visitor.post(f"{VISITS}/answer", {**seen, "accurate": "no", "note": "Two do"})
    assert moved.status == 409
    assert "Two do" in moved.text
    seen = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', moved.text))
    done = visitor.follow(visitor.post(f"{VISITS}/answer", {**seen, "accurate": "no", "note": "Two do", "by": "R"}))
    assert "What the visitor wrote stays as it is." in done.text
    assert "Two do" in visitor.get(f"{SCHOOL}/documents/visit.html?when=2026-11-22").text
    assert "The school does not find what the visitor wrote accurate" in done.text
    shown = call("visit", "show", "--format", "json", cwd=folder, CHARTERKIT_TODAY="2026-11-22").stdout
    assert '"accurate": false' in shown


def test_tabs_spoilt_files_and_everything_taken_back(visitor, folder):
    begin(visitor, folder)
    one_tab = other_tab = visitor.get(visitor.sheet)
    assert not (folder / NEW).exists(), "looking writes nothing"
    assert press(visitor, GATE, "rate:green", one_tab, note=HOSTILE).status == 303
    assert press(visitor, DOOR, "rate:red", other_tab, "1").status == 200
    refused = press(visitor, GATE, "rate:red", other_tab, note="Theirs")
    assert refused.status == 409
    for words in ("has changed this meanwhile", "Your rating</dt><dd", "Theirs"):
        assert words in refused.text
    assert "<script>alert" not in refused.text
    assert held(folder)["findings"]["gate-greeting"]["rating"] == "green"
    text = (folder / NEW).read_bytes()
    for tab, in_place in ((one_tab, ""), (one_tab, "1"), (other_tab, "1")):
        again = press(visitor, GATE, "rate:green", tab, in_place)
        assert again.status == (200 if in_place else 303), "a button that was pressed twice is no conflict"
        assert "Green saved." in (again if in_place else visitor.follow(again)).text
    assert (folder / NEW).read_bytes() == text
    page = visitor.get(visitor.sheet)
    for button in ("rate:purple", "rate:", "done:nothing", "fly", ""):
        assert press(visitor, GATE, button, page).status == 422, button
    for fields in ({"looked-9": "x"}, {"looked-x": "x"}, {"kind": "rumour", "looked": "x"}, {"group-nobody": "red"}):
        assert press(visitor, GATE, "save", page, "", **fields).status in (303, 422), fields
    assert press(visitor, WHOLE, "save", page, outcome="glorious").status == 422
    assert press(visitor, WHOLE, "save", page, note="x").status == 303
    assert visitor.get(f"{VISITS}/record/aspect/no-such").status == 404
    for away, status in (("date=2030", 422), ("date=x", 422), ("purpose=fun", 422), ("charter=..%2f", 404)):
        assert visitor.get(f"{VISITS}/record?{away}").status == status, away
    presses = 0
    while "disabled" not in re.findall(r'name="do" value="undo"[^>]*', visitor.get(visitor.sheet).text)[0]:
        visitor.follow(visitor.post(visitor.sheet, {"do": "undo"}))
        presses += 1
    assert not (folder / NEW).exists()
    assert presses == 2, "one press is one step back, however often it was pressed"
    (folder / NEW).write_text("findings: [\n", encoding="utf-8")
    for said in (visitor.get(visitor.sheet), press(visitor, GATE, "rate:red", one_tab, note="Long thought")):
        assert said.status == 424
        assert 'href="/mend"' in said.text
    assert "Long thought" in said.text
    assert "cannot be used" in visitor.get(VISITS).text
