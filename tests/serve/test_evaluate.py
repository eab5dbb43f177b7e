"""The page of a self-evaluation without script: every answer is in the file, and nobody's work is lost."""

import re
from html import escape
from urllib.parse import quote

import yaml

GATE, DOOR, GREEN = "aspect-gate-greeting", "aspect-open-door", "aspect-new-families"
FILE = "schools/example-primary/evaluations/2026-27-autumn.yaml"
HOSTILE = "</textarea><script>alert(1)</script>\"' \u202e{{ 7 * 7 }} =cmd|calc"


def held(folder):
    return yaml.safe_load((folder / FILE).read_text(encoding="utf-8"))


def entry(folder, anchor):
    return held(folder)["ratings"].get(anchor.removeprefix("aspect-"), {})


def first(pattern, text):
    """The first part of a text that a pattern finds."""
    return re.findall(pattern, text, re.DOTALL)[0]


def card(page, anchor):
    return first(rf'<article class="card" id="{anchor}".*?</article>', page.text)


def test_a_card_holds_what_the_terminal_shows(visitor):
    page = visitor.get(visitor.sheet)
    assert page.status == 200
    assert len(re.findall('<article class="card"', page.text)) == 40
    door = card(page, DOOR)
    for words in (
        "Families know that they may come to us at any point",
        "A parent can say who to ask for",
        "<em>Making sure every parent knows about the open door",
        "Last time, autumn term 2025-26",
        "154 of 176 families said they feel welcome.",
        "wait until somebody has time",
        'aria-pressed="true" data-key="g" data-also="3"',
    ):
        assert words in door
    for each in re.findall('<dl class="notes">.*?</dl>', page.text, re.DOTALL):
        names = re.findall("<dt>(.*?)</dt>", each)
        assert len(names) == len(set(names)), "each name once, whatever stands under it"
    fell = visitor.get(f"{visitor.sheet}&show=fell")
    assert len(re.findall('<article class="card"', fell.text)) == 1
    below = visitor.get(f"{visitor.sheet}&show=below")
    assert "6</span>" in first(r"Below the mark.*?</a>", below.text)


def test_one_press_saves_all_that_was_typed_and_is_taken_back(visitor, folder):
    before = (folder / FILE).read_bytes()
    more = {"action": "Buy umbrellas", "owner": "Site manager", "due": "March 2027", "evidence": "Two at the gate"}
    said = visitor.press(
        DOOR, "rate:amber", note="One\r\n\r\ntwo", idea="A bell", value="62%", level="green", by="July 2027", **more
    )
    assert said.headers["location"].endswith(f"#{DOOR}")
    page = visitor.follow(said)
    assert "Amber saved." in card(page, DOOR)
    found = entry(folder, DOOR)
    assert (found["rating"], found["note"].strip(), found["ideas"]) == ("amber", "One\n\ntwo", ["A bell"])
    assert found["value"] == "62%"
    assert found["target"]["level"] == "green"
    assert found["evidence"][-1] == {
        "kind": "observation",
        "date": found["evidence"][-1]["date"],
        "note": "Two at the gate",
    }
    assert held(folder)["actions"][-1]["action"] == "Buy umbrellas"
    assert (
        "saved" not in card(visitor.get(said.headers["location"].partition("#")[0]), DOOR).casefold().split("<form")[0]
    )
    after = (folder / FILE).read_bytes()
    changed = visitor.press(DOOR, "save", idea_0="", note="Three")
    assert "The idea is taken out." in card(visitor.follow(changed), DOOR)
    assert "ideas" not in entry(folder, DOOR)
    for stood in (after, before):
        assert "disabled" not in first(r'name="do" value="undo"[^>]*', visitor.get(visitor.sheet).text)
        back = visitor.post(visitor.sheet, {"do": "undo"})
        assert back.headers["location"].endswith(f"#{DOOR}")
        assert (folder / FILE).read_bytes() == stood, "what one press saved is taken back at once"


def test_what_is_said_of_the_whole_cycle(visitor, folder):
    page = visitor.get(visitor.sheet)
    was = dict(re.findall(r'name="(was-(?:intent|impact))" value="([0-9a-f]+)"', page.text))
    fields = {**was, "do": "state", "intent": "Reach <them> all\r\n\r\nby May", "impact": ""}
    said = visitor.follow(visitor.post(visitor.sheet, fields))
    assert "Saved for the whole cycle." in said.text
    assert "Reach &lt;them&gt; all\n\nby May</textarea>" in said.text
    assert held(folder)["intent"].strip() == "Reach <them> all\n\nby May"
    stale = visitor.post(visitor.sheet, {**fields, "intent": "Mine"})
    assert (stale.status, "Mine" in stale.text) == (409, True)
    for length in (4_001, 900_000):
        refused = visitor.post(visitor.sheet, {**was, "do": "state", "impact": "x" * length, "intent": ""})
        assert refused.status == 422
        assert f"What has changed for families: a text here may have 4,000 characters, and this one has {length:,}" in (
            refused.text
        )
    assert visitor.post(visitor.sheet, {**was, "do": "state", "intent": fields["intent"]}).status == 303, "twice"
    visitor.post(visitor.sheet, {"do": "undo"})
    assert "intent" not in held(folder)
    (folder / FILE).write_text("cycle: [\n", encoding="utf-8")
    spoilt = visitor.post(visitor.sheet, {**was, "do": "state", "intent": "Long <thought>", "impact": ""})
    assert (spoilt.status, 'href="/mend"' in spoilt.text) == (424, True)
    assert "Long &lt;thought&gt;" in spoilt.text.partition("What you typed")[2]


def test_a_filter_shows_the_lowest_level_by_its_own_word(visitor):
    visitor.press(DOOR, "rate:red")
    shown = visitor.get(f"{visitor.sheet}&show=lowest").text
    assert re.findall('<article class="card" id="([^"]+)"', shown) == [DOOR]
    assert re.search(r'aria-current="true"><bdi>Red</bdi> <span class="count">1<', shown)


def test_several_rate_alone_and_the_meeting_puts_it_together(visitor, folder):
    whole = visitor.sheet
    for name in ("Anna Lee", "Özge & Co"):
        visitor.sheet = f"{whole}&rater={quote(name)}"
        begun = visitor.get(visitor.sheet)
        assert f"The ratings of <bdi>{escape(name)}</bdi>" in begun.text
        assert "Agree it" not in begun.text
        said = visitor.press(GREEN, "rate:amber", begun, note=f"Seen by {name}")
        assert quote(name) in said.headers["location"]
        assert "Amber saved." in card(visitor.follow(said), GREEN)
    visitor.press(DOOR, "rate:red")
    visitor.sheet = f"{whole}&rater=Anna%20Lee"
    visitor.press(DOOR, "rate:green")
    visitor.sheet = whole
    before = (folder / FILE).read_bytes()
    page = visitor.get(whole)
    said_by = card(page, DOOR).partition("Before the meeting")[2].partition("</ul>")[0]
    assert re.findall(r"<bdi>(.*?)</bdi>: .*?<bdi class=\"word\".*?>(\w+)<", said_by) == [
        ("Anna Lee", "Green"),
        ("Özge &amp; Co", "Red"),
    ]
    assert "Take what all agree on: one aspect" in page.text
    differ = visitor.get(f"{whole}&show=differ").text
    assert re.findall('<article class="card" id="([^"]+)"', differ) == [DOOR]
    taken = visitor.follow(visitor.post(whole, {"do": "take-agreed"}))
    assert "One aspect saved, as all raters say." in taken.text
    assert (entry(folder, GREEN)["rating"], "Seen by Anna Lee" in entry(folder, GREEN)["note"]) == ("amber", True)
    visitor.post(whole, {"do": "undo"})
    assert (folder / FILE).read_bytes() == before
    kept = visitor.press(GREEN, "keep")
    assert "Saved: what the raters wrote." in card(visitor.follow(kept), GREEN)
    assert "rating" not in entry(folder, GREEN)
    assert visitor.get(f"{whole}&rater=%01").status == 422


def test_what_does_not_apply_says_why(visitor, folder):
    refused = visitor.press(GATE, "na", reason="")
    assert refused.status == 422
    assert "why" in refused.text
    assert visitor.press(GATE, "na", reason="We have no gate", groups="x").status == 303
    assert entry(folder, GATE)["reason"] == "We have no gate"
    assert visitor.press(GATE, "clear").status == 303
    assert "rating" not in entry(folder, GATE)
    whole = visitor.sheet.replace("?", "/point/communication?")
    assert visitor.post(whole, {"do": "na", "reason": " "}).status == 422
    page = visitor.follow(visitor.post(whole, {"do": "na", "reason": "All of it is new"}))
    assert "3 aspects" in page.text
    assert [each.get("reason") for each in held(folder)["ratings"].values()].count("All of it is new") == 3


def test_two_tabs_and_an_editor(visitor, folder):
    """What was changed meanwhile is shown beside what was typed; another aspect's change is no conflict."""
    one_tab = other_tab = visitor.get(visitor.sheet)
    assert visitor.press(GATE, "rate:green", one_tab, note="Mine").status == 303
    assert visitor.press(DOOR, "rate:red", other_tab).status == 303
    twice = visitor.press(GATE, "rate:green", one_tab, note="Mine")
    assert "Green saved." in visitor.follow(twice).text, "a button that was pressed twice is no conflict"
    refused = visitor.press(GATE, "rate:red", other_tab, note="Theirs", idea="An idea")
    assert refused.status == 409
    assert entry(folder, GATE)["rating"] == "green"
    for words in ("has changed this meanwhile", "Your rating</dt><dd", "Theirs", "An idea"):
        assert words in refused.text
    assert visitor.form(refused, GATE)["note"] == "Theirs"
    assert visitor.press(GATE, "save", refused).status == 303
    assert (entry(folder, GATE)["note"], entry(folder, GATE)["ideas"]) == ("Theirs", ["An idea"])
    came = visitor.press(DOOR, "rate:amber", None, in_place="1")
    assert came.status == 200
    assert visitor.press(DOOR, "save", came, in_place="1", note="And").status == 200, "the card that came is up to date"
    page = visitor.get(visitor.sheet)
    text = (folder / FILE).read_text(encoding="utf-8").replace("note: Theirs", "note: By hand")
    (folder / FILE).write_text(text, encoding="utf-8")
    kept = visitor.press(GATE, "rate:amber", page, in_place="1")
    assert kept.status == 409
    assert visitor.form(kept, GATE)["note"] == "By hand", "nobody typed the old note: it is not put back"
    undone = visitor.post(visitor.sheet, {"do": "undo"})
    assert undone.status == 409
    assert entry(folder, GATE)["note"] == "By hand"


def test_a_broken_file_is_shown_with_its_sentence_and_what_was_typed(visitor, folder):
    page, text = visitor.get(visitor.sheet), (folder / FILE).read_text(encoding="utf-8")
    (folder / FILE).write_text(text.replace("rating: green", "rating: [green]", 1), encoding="utf-8")
    spoilt = card(visitor.get(visitor.sheet), GATE)
    assert "cannot be read" in spoilt
    assert 'href="/mend"' in spoilt
    (folder / FILE).write_text("cycle: [\n" + text, encoding="utf-8")
    for said in (visitor.get(visitor.sheet), visitor.press(GATE, "rate:red", page, note="Long thought")):
        assert said.status == 424
        assert 'href="/mend"' in said.text
        assert "Traceback" not in said.text
    assert "Long thought" in said.text


def test_hostile_texts_are_only_texts(visitor, folder):
    visitor.press(GATE, "save", note=HOSTILE, idea=HOSTILE, action=HOSTILE, owner=HOSTILE, evidence=HOSTILE)
    page = visitor.get(visitor.sheet)
    assert "<script>alert" not in page.text
    assert "\u202e" not in page.text
    assert "{{ 7 * 7 }}" in page.text
    again = visitor.press(GATE, "rate:red", page)
    assert again.status == 303, "what is shown otherwise than it stands is no change"
    assert entry(folder, GATE)["ideas"][0].startswith("</textarea><script>")


def test_a_long_note_and_odd_buttons_are_refused(visitor, folder):
    before = (folder / FILE).read_bytes()
    assert visitor.press(GATE, "save", note="x" * 20_001).status == 422
    for much in (2_000_000, 10_000_000):
        said = visitor.press(GATE, "save", note="x" * much)
        assert said.status == 422
        assert "More was sent than the page takes." in said.text
    for button in ("rate:purple", "rate:", "done:nothing", "fly", ""):
        assert visitor.press(GATE, button).status == 422, button
    for fields in (
        {"action-999": "x"},
        {"idea-5": "x"},
        {"idea-x": "x"},
        {"due": "13/13/26", "action": "x"},
        {"value": "many"},
    ):
        assert visitor.press(GATE, "save", **fields).status in (303, 422), fields
    assert (folder / FILE).read_bytes() == before


def test_a_meeting_asks_as_the_terminal_does(visitor, folder):
    begun = visitor.follow(visitor.get("/schools/example-primary/meeting"))
    name = first(r'action="/schools/example-primary/meeting/([a-z0-9-]+)\?', begun.text)
    seen = first(r'name="seen" value="([0-9a-f]+)"', begun.text)
    way = f"/schools/example-primary/meeting/{name}"
    said = visitor.post(way, {"do": "rate:green", "seen": seen, "note": "Agreed by all", "was-note": ""})
    assert f"/meeting/{name}" not in said.headers["location"], "on to the next"
    assert "Green saved." in visitor.follow(said).text
    assert (entry(folder, name)["rating"], entry(folder, name)["note"]) == ("green", "Agreed by all")
    assert visitor.post(way, {"do": "rate:red", "seen": seen}).status == 409
    back = visitor.post(way, {"do": "undo"})
    assert f"/meeting/{name}?" in back.headers["location"]
    assert "That was the last aspect" in visitor.get("/schools/example-primary/meeting?end=yes").text
