"""The site: what is public is on it, every link leads somewhere, and nothing else gets in."""

import re
from html.parser import HTMLParser
from posixpath import dirname, join, normpath

import pytest

from charterkit.errors import CharterkitError
from charterkit.files.publish import publish
from tests.render.guided import GUIDED
from tests.render.policies import TRUST
from tests.render.policies import written as plain
from tests.render.sites import SECRET, everything, made_site, marks, written

POLICY = {
    "commitments-what",
    "definitions",
    "definitions-key",
    "approver-name",
    "references-page",
    "references-text",
    "references-url",
    "responsibilities-does",
    "responsibilities-who",
    "text",
    "title",
}
"""What `policy show --public` shows too."""
PUBLIC = {
    "charter-key-points-detail",
    "charter-key-points-examples-school",
    "charter-key-points-examples-text",
    "charter-key-points-number",
    "charter-key-points-part",
    "charter-key-points-poster",
    "charter-key-points-title",
    "charter-pledge-text",
    "charter-provenance",
    "charter-publisher-name",
    "charter-purpose",
    "charter-title",
    "config-organisation",
    "school-contacts-email",
    "school-contacts-role",
    "school-local-authority",
    "school-name",
    "trust-local-authority",
    "trust-name",
    "survey-title",
    "survey-you-said-we-did-did",
    "survey-you-said-we-did-said",
    *(f"{about}-{one}" for about in ("policy", "trusts") for one in POLICY),
}
"""Of all the places that take text, those that everybody may read: everything else is private."""


@pytest.fixture(scope="module")
def marked(tmp_path_factory):
    root = written(tmp_path_factory.mktemp("marked") / "workspace")
    return root, made_site(root)


def test_everybody_sees_the_public_fields_and_nothing_else(marked, tmp_path):
    root, made = marked
    publish(tmp_path / "site", made.pages, root)
    found = everything(tmp_path / "site")
    assert marks(found) == PUBLIC
    for hidden in ("secret", "@example", "<!--", ".yaml", str(root)):
        assert hidden not in found.lower()
    for private in ("boys", "10012345", "119775", "888/4042", "119776"):
        assert private not in found


def test_the_marks_would_be_found(marked, tmp_path):
    root, _ = marked
    in_files = marks(everything(root))
    assert in_files > PUBLIC
    assert {f"secret-{one}-title" for one in SECRET} < in_files
    assert {"agreed-rated-note", "agreed-rated-by-name", "draft-rated-ideas", "visit-visitors-name"} < in_files
    assert {"school-contacts-name", "school-address", "policy-concerns-reference", "staff-survey-title"} < in_files


class _Links(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.links, self.others, self.ids = [], [], set()
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        self.ids.add(found.get("id"))
        if tag == "a":
            self.links.append(found["href"])
        self.others += [found[name] for name in ("src", "srcset", "action", "data") if name in found]
        assert tag not in ("script", "link", "iframe", "form", "object", "embed", "base")


def targets(pages, path):
    """The pages that a page leads to, of this site."""
    found = _Links(pages[path].decode())
    assert not [one for one in found.others if not one.startswith("data:image/")]
    for link in found.links:
        if re.match(r"https?://|mailto:", link):
            assert path.split("/")[-2:-1] == ["policies"], f"{path}: {link}"
            continue
        to, _, anchor = link.partition("#")
        target = normpath(join(dirname(path), to)) if to else path
        assert target in pages, f"{path}: {link}"
        assert not anchor or anchor in _Links(pages[target].decode()).ids
        yield target


@pytest.mark.parametrize("slug", [None, "one", "trusts"])
def test_every_link_leads_to_a_page_and_every_page_is_led_to(marked, slug):
    pages = made_site(marked[0], slug).pages
    waiting, seen = ["index.html"], {"index.html"}
    while waiting:
        path = waiting.pop()
        for target in targets(pages, path) if path.endswith(".html") else ():
            if target not in seen:
                seen.add(target)
                waiting.append(target)
    assert seen == set(pages)


def test_every_name_is_of_small_letters(marked):
    for path in marked[1].pages:
        assert re.fullmatch(r"(?:[a-z0-9]+(?:-[a-z0-9]+)*/)*[a-z0-9]+(?:-[a-z0-9]+)*\.(?:html|pdf)", path)


def test_a_school_alone_is_at_the_top_and_a_trust_has_a_page_a_school(marked):
    assert {"index.html", "report.html", "policies/policy-p.html", "policies/trusts-p.html"} <= set(
        made_site(marked[0], "one").pages
    )
    pages = made_site(marked[0], "trusts").pages
    assert {"index.html", "policies/trusts-p.html", "schools/one/index.html", "schools/one/report.html"} <= set(pages)
    assert 'href="schools/one/index.html"' in pages["index.html"].decode()
    assert 'href="../../index.html"' in pages["schools/one/index.html"].decode()


def test_the_same_files_make_the_same_bytes(marked):
    assert made_site(marked[0]).pages == marked[1].pages


def test_what_cannot_be_made_is_said(marked):
    said = "\n".join(marked[1].notices)
    for words in (
        "mark-file-broken.yaml cannot be read",
        "mark-file-draft.yaml is still a draft",
        "secret-unsaid.yaml does not say who may read the policy",
        "secret-nobody-knows-title’ is not published",
        "secret-lost-status-title’ is not published",
        "mark-file-lost.yaml is left out",
    ):
        assert words in said
    assert len(marked[1].notices) == len(set(marked[1].notices))


SCHOOL = "schools/north/school.yaml"


def test_a_school_without_anything_still_has_a_page_that_does_not_tell_it_off(tmp_path):
    plain(tmp_path, {SCHOOL: "name: North School\n"})
    made = made_site(tmp_path)
    assert set(made.pages) == {"index.html"}
    text = made.pages["index.html"].decode()
    for words in ("not signed", "No policy", "yet", "<section"):
        assert words not in text
    assert made.notices == (
        (
            "North School has nothing to publish yet: it has signed no charter (charterkit sign --school north), there is no "
            "self-evaluation (charterkit evaluate north), no policy in force says that everybody may read it ('publication: "
            "{visibility: public}'), and no survey of families says what was done about it ('you_said_we_did')."
        ),
    )


TWO = """\
id: {name}
version: "1"
title: Charter {name}
status: published
pledge:
  - {{id: rate, text: Rate the school, fulfilled_by: self-evaluation}}
  - {{id: hang, text: Hang up the poster, fulfilled_by: poster}}
  - {{id: meet, text: Hold a meeting}}
key_points:
  - {{id: a, title: A, aspects: [{{id: one, text: One thing}}]}}
  - {{id: b, title: B, aspects: [{{id: two, text: Two things}}]}}
  - {{id: c, title: C, aspects: [{{id: three, text: Three things}}]}}
"""


def test_the_pledge_does_not_contradict_the_pages_beside_it_and_two_charters_are_told_apart(tmp_path):
    rated = 'charter: x\ncharter_version: "1"\ncycle: 2025-26\ndate: 2026-03-01\nstatus: agreed\nratings: {one: {rating: green}}\n'
    files = {
        SCHOOL: "name: North\ncharters: [{charter: x, signed: 2025}, {charter: y, signed: 2025}]\n",
        "charters/x.yaml": TWO.format(name="x"),
        "charters/y.yaml": TWO.format(name="y"),
        "schools/north/evaluations/2025-26.yaml": rated,
    }
    plain(tmp_path, files)
    pages = made_site(tmp_path).pages
    pledge = pages["pledge.html"].decode()
    assert "Done: 1 March 2026" in pledge
    assert "Done: on this site" in pledge
    assert pledge.count("Still to do") == 1
    assert pages["pledge-y.html"].decode().count("Still to do") == 2
    names = re.findall(r"<bdi>(.*?)</bdi>", pages["index.html"].decode().split("</nav>")[0])
    assert len(names) == len(set(names)) == 6
    assert {"The poster: Charter x", "The poster: Charter y", "How we are doing: Charter x"} < set(names)


def test_the_pledge_says_what_each_key_point_is_about(tmp_path):
    secondary = (
        "  - {id: exams, title: Exams, applies_to: {phases: [secondary]}, aspects: [{id: exam, text: It is told}]}\n"
    )
    files = {
        SCHOOL: "name: North\nphase: primary\ncharters: [{charter: small, signed: 2025}]\n",
        "charters/small.yaml": GUIDED + secondary,
    }
    plain(tmp_path, files)
    page = made_site(tmp_path).pages["pledge.html"].decode()
    said = re.sub(r"<[^>]*>", " ", page[page.index("What the charter asks of us") :])
    place = 0
    for words in (
        "Families",
        "1.0 Every family is welcome",
        "It begins at the gate.",
        "A bench by the gate (Elm School)",
    ):
        place = said.index(words, place)
    for words in ("2.0 Every family is heard", "Everybody", "Everybody is told"):
        place = said.index(words, place)
    assert "Exams" not in page, "it does not apply to a primary school"
    assert "rota" not in page
    files["charters/small.yaml"] = GUIDED.replace('    number: "1.0"\n', "").replace('    number: "2.0"\n', "")
    plain(tmp_path / "counted", files)
    counted = made_site(tmp_path / "counted").pages["pledge.html"].decode()
    assert re.findall(r"<ol[^>]*>", counted) == ["<ol>", '<ol start="3">']


PUBLIC_POLICY = "title: Our way\nid: way\nstatus: live\npublication: {visibility: public}\n"


def test_a_member_that_publishes_nothing_is_left_off_and_it_is_said(tmp_path):
    plain(tmp_path, {**TRUST, "schools/north/policies/way.yaml": PUBLIC_POLICY})
    for slug in (None, "our-trust"):
        made = made_site(tmp_path, slug)
        text = made.pages["index.html"].decode()
        assert "North School" in text
        assert "South School" not in text
        assert not [path for path in made.pages if "south" in path]
        assert any(notice.startswith("South School has nothing to publish yet: ") for notice in made.notices)
        assert "South School is left off the site." in made.notices


def test_a_school_that_has_not_signed_is_not_told_off_where_it_has_rated_itself(tmp_path):
    written(tmp_path)
    path = tmp_path / "schools/one/school.yaml"
    path.write_text(path.read_text().replace('"charter": "c", "signed": "2025-09"', '"charter": "c2"'))
    made = made_site(tmp_path, "one")
    assert "report.html" in made.pages
    assert "pledge.html" not in made.pages
    for name in ("index.html", "report.html"):
        for words in ("has not recorded", "not signed", "Sign-up", "sign-up"):
            assert words not in made.pages[name].decode()
    assert [one for one in made.notices if "has not signed" in one]


def test_a_policys_page_marks_the_list_it_stands_in(marked):
    text = marked[1].pages["schools/one/policies/policy-p.html"].decode()
    assert '<a href="index.html" aria-current="true"><bdi>Policies</bdi></a>' in text
    assert text.count('aria-current="') == 1


def test_a_survey_that_does_not_say_who_was_asked_stays_out_and_it_is_said(tmp_path):
    survey = "title: Tea round\ndate: 2026-10\nquestions: []\nyou_said_we_did: [{said: Too hot, did: Milk}]\n"
    path = "schools/north/surveys/tea.yaml"
    plain(tmp_path, {SCHOOL: "name: North\n", path: survey})
    made = made_site(tmp_path)
    assert "you-said-we-did.html" not in made.pages
    assert f"{path} does not say who was asked (such as 'audience: parents'): left out." in made.notices
    (tmp_path / path).write_text(survey + "audience: parents\n")
    made = made_site(tmp_path)
    assert b"Too hot" in made.pages["you-said-we-did.html"]
    assert not [one for one in made.notices if "who was asked" in one]


def test_the_public_reads_promises_to_families_alone(tmp_path):
    promises = "".join(
        f"  - {{id: to-{one}, what: Promised to {one}, when: monthly, audience: {one}}}\n"
        for one in ("parents", "pupils", "community", "staff", "governors")
    )
    policy = f"{PUBLIC_POLICY}commitments:\n  - {{id: to-all, what: Promised to all}}\n{promises}"
    plain(tmp_path, {SCHOOL: "name: North\n", "schools/north/policies/way.yaml": policy})
    text = made_site(tmp_path).pages["policies/way.html"].decode()
    for one in ("parents", "pupils", "community", "all"):
        assert f"Promised to {one}" in text
    assert "Promised to staff" not in text
    assert "Promised to governors" not in text


def test_all_of_them_have_an_index_with_the_trust_first(tmp_path):
    shown = {f"schools/{one}/policies/way.yaml": PUBLIC_POLICY for one in ("alone", "north", "south")}
    plain(tmp_path, {**TRUST, **shown})
    pages = made_site(tmp_path).pages
    assert {f"schools/{one}/index.html" for one in ("alone", "north", "south", "our-trust")} < set(pages)
    text = pages["index.html"].decode()
    places = [text.index(words) for words in ("Our schools", "Our Trust", "North School", "Other schools", "Alone")]
    assert places[1:] == sorted(places[1:])


def test_without_an_agreed_evaluation_there_is_a_sentence_and_no_report(tmp_path):
    written(tmp_path)
    for name in ("old", "agreed"):
        (tmp_path / f"schools/one/evaluations/mark-file-{name}.yaml").unlink()
    pages = made_site(tmp_path, "one").pages
    assert "report.html" not in pages
    assert "No self-evaluation has been published yet." in pages["index.html"].decode()
    assert "pledge.html" in pages


@pytest.mark.parametrize("name", ["North", "north school", "-north", "nörth"])
def test_a_folder_that_no_address_can_have_has_no_page(tmp_path, name):
    plain(tmp_path, {SCHOOL: "name: North\n", f"schools/{name}/school.yaml": "name: Other\n"})
    made = made_site(tmp_path)
    assert "rename the folder" in made.notices[0]
    assert set(made.pages) == {"index.html"}
    with pytest.raises(CharterkitError, match="rename the folder"):
        made_site(tmp_path, name)


def test_a_school_whose_name_cannot_be_read_has_no_page(tmp_path):
    plain(tmp_path, {SCHOOL: "name: North\n", "schools/south/school.yaml": "nme: Other\n"})
    made = made_site(tmp_path)
    assert "schools/south/school.yaml cannot be read" in made.notices[0]
    assert set(made.pages) == {"index.html"}


def test_two_policies_of_one_id_and_one_called_index_have_a_page_each(tmp_path):
    policy = "title: {title}\nid: {id}\nstatus: live\npublication: {{visibility: public}}\n"
    files = {
        **TRUST,
        "schools/our-trust/policies/index.yaml": policy.format(id="index", title="The index"),
        "schools/our-trust/policies/behaviour.yaml": policy.format(id="behaviour", title="Behaving everywhere"),
        "schools/north/policies/behaviour.yaml": policy.format(id="behaviour", title="Behaving here"),
    }
    plain(tmp_path, files)
    pages = made_site(tmp_path, "north").pages
    found = {path: re.findall("<h1[^>]*>([^<]*)<", text.decode())[0] for path, text in pages.items()}
    assert found["policies/behaviour.html"] == "Behaving here"
    assert found["policies/behaviour-our-trust.html"] == "Behaving everywhere"
    assert found["policies/index-our-trust.html"] == "The index"


def test_a_related_policy_is_a_link_where_it_is_public(tmp_path):
    policy = "title: {title}\nid: {id}\nstatus: live\nrelated: [b, c, d]\npublication: {{visibility: {who}}}\n"
    files = {
        f"schools/north/policies/{one}.yaml": policy.format(id=one, title=f"Policy {one.upper()}", who=who)
        for one, who in (("a", "public"), ("b", "public"), ("c", "parents"))
    }
    plain(tmp_path, {SCHOOL: "name: North\n", **files})
    text = made_site(tmp_path).pages["policies/a.html"].decode()
    assert '<a href="b.html">Policy B</a>' in text
    assert "Policy C" not in text


def test_a_second_charter_has_its_own_pages(tmp_path):
    written(tmp_path)
    path = tmp_path / "schools/one/school.yaml"
    path.write_text(path.read_text().replace('"charters": [', '"charters": [{"charter": "second"}, '))
    other = "id: second\nversion: '1'\ntitle: Second\nstatus: published\nkey_points:\n"
    other += "".join(f"  - {{id: {one}, title: Point {one}, aspects: [{{id: {one}-1, text: It}}]}}\n" for one in "abc")
    (tmp_path / "charters/second.yaml").write_text(other)
    pages = made_site(tmp_path, "one").pages
    assert {"poster.html", "pledge.html", "poster-c.html", "pledge-c.html", "report-c.html"} <= set(pages)
    assert "report.html" not in pages
    pages = made_site(tmp_path, "one", charter="c").pages
    assert "poster-c.html" not in pages
    with pytest.raises(CharterkitError, match="no charter"):
        made_site(tmp_path, "one", charter="nonsense")


@pytest.mark.parametrize("points", [31, 40])
def test_a_charter_that_fits_no_poster_has_its_other_pages(tmp_path, points):
    rows = "".join(f"  - {{id: p{one}, title: P{one}, aspects: [{{id: a{one}, text: It}}]}}\n" for one in range(points))
    files = {
        SCHOOL: "name: North\ncharters: [{charter: c}]\n",
        "charters/c.yaml": f"id: c\nversion: '1'\ntitle: C\nstatus: draft\nkey_points:\n{rows}",
    }
    plain(tmp_path, files)
    made = made_site(tmp_path)
    assert "North has no poster" in made.notices[0]
    assert set(made.pages) == {"index.html", "pledge.html"}
    assert "itself still a draft" in made.pages["pledge.html"].decode()


def test_peoples_text_is_text(tmp_path):
    bad = "<script>alert(1)</script>\\\" onload=x ' & \\u202e"
    plain(tmp_path, {SCHOOL: f'name: "{bad}"\nlocal_authority: "{bad}"\n'})
    text = made_site(tmp_path).pages["index.html"].decode()
    assert "<script" not in text
    assert "\u202e" not in text
    assert "&lt;script&gt;" in text


def test_where_nobody_publishes_anything_the_index_says_so(tmp_path):
    plain(tmp_path, {SCHOOL: "name: North\n", "schools/south/school.yaml": "name: South\n"})
    made = made_site(tmp_path)
    assert set(made.pages) == {"index.html"}
    assert made.organisations == ()
    assert b"Nothing is published here yet" in made.pages["index.html"]
