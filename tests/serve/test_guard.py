"""The adversary's list: another host, another site, no cookie, a token used twice, paths, and who may only look."""

import re
from urllib.parse import quote, urlencode

import pytest
from starlette.routing import Route

from charterkit.serve.app import ROOMS
from tests.serve.asking import HOST, Visitor
from tests.serve.test_evaluate import DOOR, FILE

UP = (
    "../../../etc/passwd",
    "..%2f..%2fcharterkit.yaml",
    "/etc/passwd",
    "C:\\windows",
    "a\x00b",
    "%00",
    "x" * 5_000,
    ".",
)


def test_only_this_computers_own_browser_is_answered(visitor, folder):
    before = (folder / FILE).read_bytes()
    page = visitor.get(visitor.sheet)
    address = visitor.sheet.replace("?", "/open-door?")
    fields = {**visitor.form(page, DOOR), "do": "rate:red"}
    other = {"origin": "https://evil.example", "sec_fetch_site": "cross-site"}
    refused = [
        (visitor.get(visitor.sheet, host="evil.example"), 421),
        (visitor.get(visitor.sheet, host="127.0.0.1.evil.example:20999"), 421),
        (visitor.get(visitor.sheet, host=""), 421),
        (visitor.post(address, fields, host="evil.example", origin="http://evil.example"), 421),
        (visitor.post(address, fields, **other), 403),
        (visitor.post(address, fields, origin="null"), 403),
        (visitor.post(address, fields, origin=f"http://{HOST}1"), 403),
        (visitor.post(address, fields, origin="", sec_fetch_site="same-site"), 403),
        (visitor.get(visitor.sheet, sec_fetch_site="cross-site", sec_fetch_mode="cors"), 403),
        (visitor.get(visitor.sheet, cookie="charterkit-20999=guessed"), 403),
        (visitor.get(visitor.sheet, cookie='";;=\x01'), 403),
        (visitor.get("/evaluate.js", cookie="x=y"), 403),
        (visitor.post(address, {**fields, "server": "another run"}), 409),
    ]
    for number, (said, status) in enumerate(refused):
        assert said.status == status, (number, said.text)
        assert status == 409 or "Larkfield" not in said.text
        assert "default-src 'none'" in said.headers["content-security-policy"]
        assert "access-control-allow-origin" not in said.headers
    assert (folder / FILE).read_bytes() == before
    ours = visitor.cookie
    for beside in ("a b=c{}; é=[1]", "x=\x01; =; ;;", ours.partition("=")[0] + "=guessed"):
        for said in (f"{beside}; {ours}", f"{ours}; {beside}"):
            assert visitor.get("/home", cookie=said).status == 200, "what other programs set locks nobody out"
    token = visitor.desk.door.token()
    given = visitor.get(f"/enter?token={token}", cookie="x=y", bare="yes")
    assert given.status == 200
    rules = {part.strip() for part in given.headers["set-cookie"].split(";")}
    assert {"HttpOnly", "SameSite=strict", f"Path={visitor.desk.door.way}"} <= rules
    assert visitor.get(f"/enter?token={token}", cookie="x=y", bare="yes").status == 403, "a token opens the page once"
    assert not re.search(r"""(?:src|href|action)=["']?(?:https?:)?//""", page.text), "nothing is asked of anybody else"


def test_an_address_without_its_first_letters_says_nothing_and_takes_nothing(visitor, folder):
    """Not even with the cookie: to those letters alone a browser sends it, and no other program knows them."""
    way, before = visitor.desk.door.way, (folder / FILE).read_bytes()
    other = Visitor(folder).desk.door.way
    assert len(way) > 16
    assert way != other
    for start in ("", "/", other, way[:-1], f"{way}x", way.upper(), f"/{way}", f"{way[:1]}%2f{way[1:]}"):
        said = visitor.get(f"{start}/home", bare="yes")
        assert said.status == 403, start
        assert "open only in the browser that charterkit opened" in said.text
        assert way not in f"{said.text}{said.headers}"
    for address in (way, "/", "/page.js", "/evaluate.js", "/alive"):
        said = visitor.get(address, bare="yes")
        assert said.status == 403, address
        assert way not in f"{said.text}{said.headers}".replace(f"{address} ", "")
    page = visitor.get(visitor.sheet)
    typed = {**visitor.form(page, DOOR), "do": "rate:red", "note": "Long <thought>"}
    stray = visitor.post(f"{other}{visitor.sheet.replace('?', '/open-door?')}", typed, bare="yes", cookie="x=y")
    assert stray.status == 409, "a page that an earlier run has made"
    assert "Long &lt;thought&gt;" in stray.text.partition("What you typed")[2]
    assert "Larkfield" not in stray.text
    many = {f"field-{number}": "x" for number in range(300)}
    for much in ({"note": "x" * 2_000_000}, many):
        assert visitor.post(f"{other}/mend", much, bare="yes").status == 409
    assert visitor.post("/stop", {}, bare="yes").status == 409
    assert (folder / FILE).read_bytes() == before
    assert not visitor.desk.is_over


def test_every_address_in_a_page_is_one_of_this_run(visitor):
    """Also in what people wrote: it is text there."""
    visitor.press(DOOR, "save", note=' href="/home" <a href="/home">')
    way = visitor.desk.door.way
    for address in ("/home", visitor.sheet, "/schools/example-primary/meeting?end=yes", "/mend", "/schools/x/look"):
        page = visitor.get(f"{way}{address}", bare="yes")
        found = re.findall(r'(?:href|src|action)="(/[^"]*)"', page.text)
        assert len(found) > 3, address
        assert {each for each in found if not each.startswith(f"{way}/")} == set(), address
        assert f"{way}/home&#34; &lt;a" not in page.text
    assert visitor.get(f"{way}/", bare="yes").headers["location"] == f"{way}/home"


@pytest.mark.parametrize("odd", UP, ids=range(len(UP)))
def test_no_name_is_a_path(visitor, odd):
    said = quote(odd)
    places = (
        f"/schools/{said}/evaluate",
        f"/schools/example-primary/evaluate?charter={said}",
        f"/schools/example-primary/evaluate?cycle={said}",
        f"/schools/example-primary/evaluate/{said}",
        f"/schools/example-primary/evaluate/whole/{said}",
        f"/schools/example-primary/meeting/{said}",
        f"/levels/{said}",
        f"/enter?token={said}",
        f"{visitor.sheet}&show={said}&told={said}",
    )
    for address in places:
        answer = visitor.get(address)
        assert answer.status in (200, 303, 403, 404, 421, 422), (address, answer.status)
        assert "root:" not in answer.text
    for address in places[:6]:
        answer = visitor.post(address, {"do": "rate:red"})
        assert answer.status in (404, 405, 422), (address, answer.status)


KNOWN = {"slug": "example-primary", "policy": "behaviour", "name": "report", "format": "html", "aspect": "open-door"}
NAMES = ("charter", "cycle", "date", "when", "name", "body", "survey", "line", "show", "told", "rater", "school")


def filled(way: str, parts: dict[str, str]) -> str:
    return re.sub(r"{([a-z]+)[^}]*}", lambda found: parts.get(found[1], "voice"), way)


@pytest.mark.parametrize("odd", UP[:4], ids=range(4))
def test_nothing_that_is_sent_is_a_path(visitor, folder, odd):
    """In each part of each address, and under each name that an address or a form may have."""
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    for route in (route for room in ROOMS for route in room if isinstance(route, Route)):
        parts = re.findall(r"{([a-z]+)[^}]*}", route.path)
        addresses = [filled(route.path, {**KNOWN, part: quote(odd, safe="")}) for part in parts]
        for address in (*addresses, f"{filled(route.path, KNOWN)}?{urlencode(dict.fromkeys(NAMES, odd))}"):
            if "POST" in (route.methods or ()):
                said = visitor.post(address, dict.fromkeys((*NAMES, "seen", "do", "event", "concern", "version"), odd))
            else:
                said = visitor.get(address)
            assert said.status in (200, 303, 404, 405, 409, 422, 424), (address, said.status)
            assert "root:" not in said.text, address
    after = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert {path: after[path] for path in before} == before
    made = {path.relative_to(folder).as_posix() for path in after if path not in before}
    assert all(re.fullmatch(r"schools/[a-z0-9-]+/school\.yaml", path) for path in made), "a new school of that name"


def test_who_may_only_look_changes_nothing(folder):
    visitor = Visitor(folder, reads_only=True)
    page = visitor.get("/schools/example-primary/evaluate")
    assert "<button name=" not in page.text
    assert "<textarea" not in page.text
    fields = {"do": "rate:red", "seen": "0"}
    for way in ("/open-door", "", "/point/welcome", "/whole/overall"):
        assert visitor.post(f"/schools/example-primary/evaluate{way}", fields).status == 422
    assert visitor.post("/schools/example-primary/meeting/open-door", fields).status == 422


def test_more_than_the_page_takes_ends_in_words_however_it_is_sent(visitor):
    """Of many fields, each short enough, and where no length was said."""
    fields = {f"field-{number}": "x" * 900_000 for number in range(15)}
    for length in ("", str(14_000_000), "9" * 40, "-1"):
        said = visitor.post("/mend", fields, content_length=length)
        assert said.status in (413, 422), length
        assert "More was sent than the page takes." in said.text


def test_an_error_that_nobody_foresaw_is_a_page_and_is_heard_of(visitor, monkeypatch):
    monkeypatch.setattr("charterkit.serve.home.way_on", None)
    with pytest.raises(TypeError):
        visitor.get("/schools/example-primary")
    assert visitor.latest.status == 500
    assert "Something went wrong inside charterkit (TypeError)." in visitor.latest.text
    assert "Traceback" not in visitor.latest.text


def test_whoever_may_only_look_may_stop_it_and_nobody_writes_meanwhile(folder):
    visitor = Visitor(folder, reads_only=True)
    assert visitor.post("/stop", {}).status == 200
    assert visitor.desk.is_over
    assert visitor.desk.reads_only
