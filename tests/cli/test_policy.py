"""`policy show` as it is called: which policy is meant, in which format, and what is refused."""

import json

import pytest

from tests.render.comparison.test_compare import schema
from tests.render.policies import TRUST, policy_file, written

from .calling import ROOT, call, terminal


@pytest.fixture
def trust(tmp_path):
    written(tmp_path, TRUST)
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "school"),
    [
        (["families"], "our-trust"),
        (["families", "--school", "north"], "our-trust"),
        (["families", "--school", "our-trust"], "our-trust"),
        (["behaviour", "--school", "alone"], "alone"),
        (["behaviour", "--school", "north"], "north"),
    ],
)
def test_the_policy_that_is_meant(said, trust, arguments, school):
    done = said("policy", "show", *arguments, "--format", "json", cwd=trust)
    assert done.code == 0, done.err
    made = json.loads(done.out)
    schema("policy").validate(made)
    assert made["school"] == school


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["behaviour"], ["Several schools", "--school with one of: alone, north"]),
        (["behavior", "--school", "north"], ["of North School", "Did you mean behaviour?"]),
        (["zzz"], ["There is: behaviour, families."]),
        (["families", "--school", "south"], ["no policy 'families' of South School", "No policy is kept here yet."]),
        (["families", "--school", "nroth"], ["Did you mean north?"]),
        (["families", "--format", "docx"], ["table, markdown, html, pdf, json"]),
        (["families", "--public", "--format", "json"], ["--public has no format 'json'", "html, markdown, pdf"]),
        (["families", "--public", "-o", "x.txt"], ["--public has no format 'table'"]),
        (["families", "-o", "schools/x.html"], ["among the workspace's own files"]),
        ([], ["POLICY"]),
    ],
)
def test_a_wrong_call_exits_2_and_says_what_to_write(said, trust, arguments, words):
    done = said("policy", "show", *arguments, cwd=trust)
    assert done.code == 2
    assert done.out == ""
    for one in words:
        assert one in done.err


def test_a_school_s_own_goes_before_its_trust_s(said, trust):
    own = TRUST["schools/our-trust/policies/families.yaml"].replace("title: Families", "title: Our own")
    written(trust, {"schools/north/policies/families.yaml": own})
    done = said("policy", "show", "families", "--school", "north", cwd=trust)
    assert done.out.startswith("Our own")
    assert "Several schools" in said("policy", "show", "families", cwd=trust).err


def test_two_files_with_one_id_are_both_named(said, trust):
    written(trust, {"schools/alone/policies/again.yaml": TRUST["schools/alone/policies/behaviour.yaml"]})
    done = said("policy", "show", "behaviour", "--school", "alone", cwd=trust)
    assert done.code == 2
    assert "schools/alone/policies/again.yaml and schools/alone/policies/behaviour.yaml" in done.err


def test_a_file_that_cannot_be_read_is_named(said, trust):
    written(trust, {"schools/our-trust/policies/lost.yaml": "id: ["})
    for more in ([], ["--school", "north"]):
        done = said("policy", "show", "lost", *more, cwd=trust)
        assert done.code == 2
        assert "schools/our-trust/policies/lost.yaml cannot be read." in done.err
        assert "charterkit check" in done.err


def test_parts_that_cannot_be_read_are_said_aloud(said, tmp_path):
    written(tmp_path, policy_file("status: live\nissued: 1/5/17\nhistory: [{date: x, event: approved}]\n"))
    done = said("policy", "show", "p", cwd=tmp_path)
    assert done.code == 0
    assert "There are 2 mistakes in schools/one/policies/p.yaml" in done.err
    assert "History, entry 1 (x, approved)" in done.out


def test_the_public_page_warns_where_nobody_said_who_may_read_it(said, trust):
    done = said("policy", "show", "families", "--public", cwd=trust)
    assert done.code == 0
    assert done.out.startswith("<!doctype html>")
    assert "does not say who may read the policy" in done.err
    assert "Chief executive" not in done.out
    assert "By Trustees" not in done.out
    stated = TRUST["schools/our-trust/policies/families.yaml"] + "publication: {visibility: public}\n"
    written(trust, {"schools/our-trust/policies/families.yaml": stated})
    assert said("policy", "show", "families", "--public", cwd=trust).err == ""


def test_the_public_page_of_a_draft_is_refused(said, tmp_path):
    written(tmp_path, policy_file("status: draft\n"))
    done = said("policy", "show", "p", "--public", "-o", "p.html", cwd=tmp_path)
    assert done.code == 2
    assert "‘Policy’ is not published: draft." in done.err
    assert not (tmp_path / "p.html").exists()


def test_a_text_that_cannot_be_shown_is_said(said, tmp_path):
    written(tmp_path, policy_file("status: live\ndocument: p.pdf\n"))
    done = said("policy", "show", "p", "--format", "markdown", cwd=tmp_path)
    assert "The policy’s own text, p.pdf, is not shown here" in done.out
    public = said("policy", "show", "p", "--public", cwd=tmp_path)
    assert "left out: p.pdf" in public.err
    assert "p.pdf" not in public.out


def test_its_own_text_stands_on_the_page_for_the_website():
    done = call("policy", "show", "parent-carer-engagement", "--school", "example-primary", "--public", cwd=ROOT)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert '<li dir="auto">Offer meetings at times that families can manage' in done.stdout
    assert '<h3 dir="auto">What we want</h3>' in done.stdout
    for private in ("Pickering", "Adeyemi", "log 2", "deputy headteacher", "Concerns"):
        assert private not in done.stdout


@pytest.mark.parametrize("columns", [40, 80])
def test_it_fits_a_real_terminal(columns):
    with terminal(
        "policy", "show", "parent-carer-engagement", "--school", "kingsgate", cwd=ROOT, columns=columns, rows=140
    ) as screen:
        assert screen.finish() == 0
        whole = " ".join(" ".join(screen.lines).split())
    assert "The review is overdue: it was due by September 2024." in whole
    assert "Academic reports are provided through" in whole or columns == 80
    assert "…" not in whole


def test_the_ending_tells_the_format(said, trust):
    for name, start in (("p.md", "# Families"), ("p.html", "<!doctype html>"), ("p.json", "{"), ("p.txt", "Families")):
        assert said("policy", "show", "families", "-o", f"out/{name}", cwd=trust).code == 0
        assert (trust / "out" / name).read_text(encoding="utf-8").startswith(start)
