"""A command line that meets people half way: what they type is understood, or answered with the whole command."""

import os
import re
import shutil

import pytest

from charterkit.cli.typed import understood

from .calling import ROOT, call, example, terminal

EVALUATION = "charter: community-engagement\ncharter_version: '1'\ncycle: 2026-27\ndate: 2026-10-01\nratings:\n"


@pytest.fixture
def two(tmp_path):
    """One school of their own beside the made-up one, as init and new school leave them."""
    root = tmp_path / "ours"
    shutil.copytree(ROOT / "charters", root / "charters")
    shutil.copytree(ROOT / "schools/example-primary", root / "schools/example-primary")
    (root / "schools/elm-lane/evaluations").mkdir(parents=True)
    for path, text in (
        ("charterkit.yaml", "charter: community-engagement\nexamples: [example-primary]\n"),
        ("schools/elm-lane/school.yaml", "name: Elm Lane Primary School\n"),
        ("schools/elm-lane/evaluations/2026-27.yaml", EVALUATION + "  gate-greeting: {rating: green}\n"),
    ):
        (root / path).write_text(text, encoding="utf-8")
    return root


# -- the school


NAMED = [
    ("report",),
    ("report", "--school", "elm-lane"),
    ("report", "Elm Lane Primary School"),
    ("report", "lane"),
    ("report", "Elm", "Lane"),
    ("report", "–school", "“Elm", "Lane”"),
    ("report", "elm-lane", "--workspace", ".", "--color", "never", "--quiet"),
    ("--workspace", ".", "report", "elm-lane"),
]


def test_every_way_of_naming_the_school_gives_the_same_report(two, said):
    plain = said("report", "elm-lane", cwd=two)
    assert "Elm Lane Primary School" in plain.out
    assert [(done.code, done.out) for done in (said(*each, cwd=two) for each in NAMED)] == [(0, plain.out)] * len(NAMED)


def test_the_folder_one_stands_in_is_the_school(two, said):
    assert "Larkfield" in said("report", cwd=two / "schools/example-primary/policies").out
    assert "Larkfield" in said("remind", cwd=two / "schools/example-primary").out


@pytest.mark.parametrize(
    "arguments",
    [
        ("sign", "elm"),
        ("sign", "community-engagement", "elm"),
        ("sign", "--school", "Elm Lane"),
        ("render-form", "Elm", "Lane", "-o", "-"),
        ("render-poster", "elm", "-o", "-"),
        ("policies", "--school", "elm"),
        ("remind", "--school", "elm"),
        ("calendar", "--school", "elm"),
        ("policy", "gaps", "--school", "elm"),
        ("compare", "--school", "Larkfield"),
        ("policy", "show", "behaviour", "Larkfield"),
        ("check", "--school", "elm"),
        ("check", "elm"),
    ],
)
def test_the_school_goes_with_every_command(two, said, arguments):
    done = said(*arguments, cwd=two)
    assert done.code == 0, done.err
    name = "Larkfield" if "Larkfield" in arguments else "Elm Lane"
    assert name in done.out or arguments[0] == "check"


def test_several_that_fit_and_two_that_are_named(two, said):
    (two / "schools/elm-road").mkdir()
    (two / "schools/elm-road/school.yaml").write_text("name: Elm Road Primary School\n", encoding="utf-8")
    several = said("report", "elm", cwd=two)
    assert several.code == 2
    assert "elm-lane, elm-road" in several.err
    assert "For example: charterkit report elm-lane" in several.err
    assert "Elm Lane" in said("report", "lane", cwd=two).out
    assert said("report", "elm-lane", "--school", "elm-road", cwd=two).code == 2
    none = said("report", "--audience", "public", cwd=two)
    assert "For example: charterkit report --audience public elm-lane" in none.err


# -- the made-up one


def test_the_made_up_school_counts_only_where_it_is_named(two, said):
    for command in ("policies", "remind", "calendar", "policy gaps"):
        assert "Larkfield" not in said(*command.split(), cwd=two).out
        assert "Larkfield" in said(*command.split(), "Larkfield", cwd=two).out
    made = said("site", "-o", "out", cwd=two)
    assert "Larkfield" not in made.err + "".join(p.read_text("utf-8") for p in (two / "out").rglob("*.html"))
    listed = said("check", "--list-files", cwd=two).out.split()
    assert not [path for path in listed if "example-primary" in path]
    assert f"{len(listed)} files checked" in said("check", cwd=two).out
    assert f"{len(listed)} files checked" not in said("check", "example-primary", cwd=two).out
    shutil.rmtree(two / "schools/elm-lane")
    alone = said("evaluate", "--set", "gate-greeting=red", cwd=two)
    assert alone.code == 2
    assert "charterkit new school" in alone.err
    assert "charterkit evaluate --set gate-greeting=red example-primary" in alone.err


# -- what is typed


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (["report", "–audience", "public"], ["report", "--audience", "public"]),
        (["report", "—audience=public"], ["report", "--audience=public"]),
        (["report", "–o", "a.html"], ["report", "-o", "a.html"]),
        (["new", "school", "“Elm", "Lane”"], ["new", "school", "Elm Lane"]),
        (["x", "--by=“Ruth", "Oak”"], ["x", "--by=Ruth Oak"]),
        (["x", "“Elm", "Lane"], ["x", "“Elm", "Lane"]),
        (["help"], ["--help"]),
        (["help", "report"], ["report", "--help"]),
        (["x", "–", "-5", "– a"], ["x", "–", "-5", "– a"]),
    ],
)
def test_what_word_makes_of_a_call_is_understood(typed, meant):
    assert understood(typed) == meant


def test_a_name_without_quotes_is_one_and_nothing_is_joined_across_an_option(two, said):
    assert said("new", "school", "Oak", "Tree", "Infants", "--phase", "primary", cwd=two).code == 0
    assert (two / "schools/oak-tree-infants/school.yaml").read_text("utf-8").startswith("name: Oak Tree Infants\n")
    before = (two / "schools/elm-lane/school.yaml").read_bytes()
    split = said("new", "policy", "Homework", "--school", "elm", "--owner", "Deputy", "head", cwd=two)
    assert split.code == 2
    assert 'Write: charterkit new policy Homework --school elm --owner "Deputy head"' in split.err
    signed = said("sign", "elm-lane", "--by", "Ruth", "Oak", cwd=two)
    assert signed.code == 2
    assert 'Write: charterkit sign elm-lane --by "Ruth Oak"' in signed.err
    assert (two / "schools/elm-lane/school.yaml").read_bytes() == before
    assert not (two / "schools/elm-lane/policies").exists()


def test_the_folder_of_a_school_behind_a_title_is_no_part_of_it(two, said):
    made = said("new", "policy", "Coats", "and", "shoes", "example-primary", cwd=two)
    assert "schools/example-primary/policies/coats-and-shoes.yaml is ready" in made.err + made.out
    assert "coats-and-shoes.yaml" in (made := said("new", "policy", "Coats", "and", "shoes", cwd=two)).err + made.out


@pytest.mark.parametrize(
    ("arguments", "whole"),
    [
        (("report", "elm", "-o", "report.doc"), "charterkit report elm -o report.docx"),
        (("compare", "elm", "--form", "2024-25"), "charterkit compare elm --from 2024-25"),
        (("reprot", "elm"), "charterkit report elm"),
        (("report", "elm-lnae", "-o", "a b.html"), 'charterkit report elm-lane -o "a b.html"'),
        (("report", "--audience=govenors"), "charterkit report --audience=governors"),
        (("report", "--audence", "governors"), "charterkit report --audience governors"),
        (("compare", "--format", "htm"), "charterkit compare --format html"),
        (("policy", "show"), "charterkit policy show POLICY"),
        (("evaluate", "--cycle", "Autumn", "2026", "--agree"), 'charterkit evaluate --cycle "Autumn 2026" --agree'),
        (("sign", "--on", "3/9/26"), "charterkit sign --on 3/9/2026"),
        (("evaluate", "--set", "gate-greeting"), "charterkit evaluate --set gate-greeting=LEVEL"),
        (("evaluate", "elm", "--set", "gate-greeting:green"), "charterkit evaluate elm --set gate-greeting=green"),
        (("explain", "unknwon-level"), "charterkit explain unknown-level"),
    ],
)
def test_an_error_prints_the_whole_corrected_command(two, said, arguments, whole):
    done = said(*arguments, cwd=two)
    assert (done.code, done.out) == (2, "")
    assert done.err.splitlines()[-1] == f"Write: {whole}"


def test_dates_and_cycles_are_read_back_before_they_are_saved(two, said):
    done = said("sign", "elm", "--on", "03/09/2026", "--done", "staff-launch=4 sept 2026", cwd=two)
    assert done.code == 0, done.err
    assert done.err.index("--on '03/09/2026' is read as 3 September 2026.") < done.err.index("Saved in")
    assert done.err.index("is read as 4 September 2026.") < done.err.index("Saved in")
    text = (two / "schools/elm-lane/school.yaml").read_text("utf-8")
    assert "signed: 2026-09-03" in text
    assert "staff-launch: 2026-09-04" in text
    cycle = said("evaluate", "elm", "--cycle", "2026/27", "--set", "open-door=amber", cwd=two)
    assert "read as the academic year 2026-27" in cycle.err
    assert "open-door" in (two / "schools/elm-lane/evaluations/2026-27.yaml").read_text("utf-8")
    century = said("sign", "elm", "--on", "03/09/26", cwd=two)
    assert century.code == 2
    assert "may be 3 September 2026 or 3 September 1926" in century.err


# -- where results go


def test_in_a_terminal_a_document_goes_into_a_file_and_into_a_pipe_goes_markdown(two):
    mine = two / "report.html"
    mine.write_text("mine", encoding="utf-8")
    with terminal("report", "elm", cwd=two) as shown:
        assert shown.finish() == 0
    assert "Written to report-2.html. Add --open to look at it." in " ".join(shown.said.split())
    assert "Elm Lane" in (two / "report-2.html").read_text("utf-8")
    assert mine.read_text("utf-8") == "mine"
    with terminal("report", "elm", cwd=two / "schools/elm-lane") as again:
        assert again.finish() == 0
    assert [path.name for path in (two / "schools/elm-lane").iterdir() if path.is_file()] == ["school.yaml"]
    assert not (two / "report-3.html").exists(), "an older report of ours is replaced"
    assert call("report", "elm", cwd=two).stdout.startswith("# ")
    assert call("report", "elm", "-o", "for-governors", cwd=two).returncode == 0
    assert (two / "for-governors.html").is_file()


def test_open_shows_what_was_made(two):
    opener = two / "opener.sh"
    opener.write_text('#!/bin/sh\nprintf %s "$1" > opened.txt\n', encoding="utf-8")
    opener.chmod(0o755)
    done = call("policies", "elm", "--open", cwd=two, BROWSER=f"{opener} %s")
    assert done.returncode == 0, done.stderr
    assert (two / "opened.txt").read_text("utf-8") == (two / "register.html").as_uri()


def test_notes_are_counted_and_come_last(two, said):
    path = two / "schools/elm-lane/evaluations/2026-27.yaml"
    path.write_text(EVALUATION + "  gate-greeting: {rating: green}\n  open-door: {rating: gren}\n", encoding="utf-8")
    text = said("check", cwd=two).out
    assert text.index("error CK304") < text.index("1 note of aspects rated as met without a note or evidence (CK404)")
    assert text.rstrip().endswith("1 error, 1 note.")
    assert "info CK404" in said("check", "--notes", cwd=two).out


# -- charterkit alone


def test_alone_it_says_where_you_stand_and_what_comes_next(two, said):
    plan = "actions:\n  - {id: g, action: Greet families, due: 2026-03, status: planned}\n"
    path = two / "schools/elm-lane/evaluations/2026-27.yaml"
    path.write_text(path.read_text("utf-8") + plan, encoding="utf-8")
    done = said(cwd=two)
    assert done.code == 0
    for words in ("Elm Lane Primary School", "2026-27, 1 of 40 rated", "Overdue: Greet families (March 2026)"):
        assert words in " ".join(done.out.split())
    assert "Next: charterkit evaluate\n" in done.out
    assert len(re.findall("^  charterkit", done.out, re.MULTILINE)) == 5
    above = said(cwd=two.parent)
    assert above.out == done.out
    assert two.name in above.err


def test_alone_where_there_is_nothing_yet_or_too_much(tmp_path, said):
    assert "charterkit init" in said(cwd=tmp_path).out
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "charterkit.yaml").write_text("examples: [made-up]\n", encoding="utf-8")
    several = said("report", cwd=tmp_path)
    assert several.code == 2
    assert "For example: charterkit report --workspace a" in several.err
    assert "charterkit new school" in said(cwd=tmp_path / "a").out


def test_alone_among_very_many_schools_it_counts_them_and_goes_through_none(tmp_path, said):
    (tmp_path / "charterkit.yaml").write_text("charter: community-engagement\n", encoding="utf-8")
    for place in range(13):
        folder = tmp_path / "schools" / f"school-{place:02}"
        folder.mkdir(parents=True)
        (folder / "school.yaml").write_text(f"name: School {place}\n", encoding="utf-8")
    many = said(cwd=tmp_path).out
    assert many.startswith("13 schools here.\n")
    assert "charterkit overview" in many
    assert "School 1" not in many
    assert said(cwd=tmp_path / "schools/school-01").out.startswith("School 1\n")
    (tmp_path / "schools/school-12/school.yaml").write_text("name: The Trust\nkind: trust\n", encoding="utf-8")
    few = said(cwd=tmp_path).out
    assert few.startswith("School 0: no self-evaluation yet\n")
    assert "All of them at one look: charterkit overview" in few


# -- answers from other people's tables

STATEMENT = "Families can speak to senior leaders and staff at the start and end of the day"


def workbook(path, *rows):
    """A workbook as a school keeps its own: a title, a line of headings, and rows."""
    import xlsxwriter

    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Our RAG")
        sheet.write(0, 0, "Self-evaluation of the whole school")
        for number, cells in enumerate(rows, 2):
            sheet.write_row(number, 0, cells)


def test_their_own_table_is_taken_in_by_sentence_and_number(two, said):
    table = f"No,Statement,RAG,Comments,Evidence\n,{STATEMENT.upper()},G,Every day,Rota in the hall\n1.2,,Amber,,\n"
    (two / "ours.csv").write_text(table, encoding="utf-8")
    done = said("evaluate", "elm", "--from", "ours", cwd=two)
    assert done.code == 0, done.err
    text = (two / "schools/elm-lane/evaluations/2026-27.yaml").read_text("utf-8")
    assert "rating: green, evidence: [{kind: document, note: Rota in the hall}], note: Every day" in text
    assert text.count("rating: amber") == 1
    workbook(two / "ours.xlsx", ["Statement", "RAG rating", "Notes"], [STATEMENT, "Red", "Not yet"])
    assert said("evaluate", "elm", "--from", "ours.xlsx", cwd=two).code == 0
    text = (two / "schools/elm-lane/evaluations/2026-27.yaml").read_text("utf-8")
    assert "rating: red" in text
    assert "note: Not yet" in text
    assert said("check", "--strict", cwd=two).code == 0


@pytest.mark.parametrize(
    ("rows", "complaint"),
    [
        ([["Statement", "RAG"], [STATEMENT, "Grene"]], "'Our RAG'!B4: gate-greeting: 'Grene' is not a level"),
        ([["Statement", "RAG"], ["Families can speak to leaders", "Green"]], "'Our RAG'!A4: "),
    ],
)
def test_what_is_not_understood_of_it_is_named_by_its_cell(two, said, rows, complaint):
    before = (two / "schools/elm-lane/evaluations/2026-27.yaml").read_bytes()
    workbook(two / "ours.xlsx", *rows)
    done = said("evaluate", "elm", "--from", "ours.xlsx", cwd=two)
    assert done.code == 2
    assert complaint in done.err
    assert (two / "schools/elm-lane/evaluations/2026-27.yaml").read_bytes() == before


def test_a_table_of_statements_and_nothing_else(tmp_path, said):
    """As the handed case has it: no id, first letters of levels, headings of their own."""
    aspects = ", ".join(
        f"{{id: {name}, text: {text}}}"
        for name, text in (
            ("a", "Children settle quickly"),
            ("b", "Parents know the key worker"),
            ("c", "Reports are clear"),
        )
    )
    charter = f"id: small\nversion: '1'\ntitle: Small\nstatus: published\nkey_points:\n  - {{id: k, title: K, aspects: [{aspects}]}}\n"
    for path, text in (
        ("charterkit.yaml", "charter: small\n"),
        ("charters/small.yaml", charter),
        ("schools/elm/school.yaml", "name: Elm\n"),
        (
            "answers.csv",
            "Statement,RAG,Comments\nChildren settle quickly,Green,Settled within a week\nReports are clear,A,Too long\n",
        ),
    ):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    assert said("evaluate", "elm", "--from", "answers.csv", cwd=tmp_path).code == 0
    text = (tmp_path / "schools/elm/evaluations/2026-27.yaml").read_text("utf-8")
    ratings = text[text.index("ratings:") :].replace("\n", " ")
    assert re.sub(" +", " ", ratings).strip() == (
        "ratings: a: rating: green note: Settled within a week c: rating: amber note: Too long"
    )


@pytest.mark.skipif(os.name != "posix", reason="A SHELL SCRIPT as a program")
def test_open_runs_no_program_of_the_workspace(tmp_path):
    """A browser of any name that lies in the workspace or on half a path is passed over; one elsewhere is not."""
    place, elsewhere = tmp_path / "place", tmp_path / "elsewhere"
    for folder in (place / "tools", elsewhere):
        folder.mkdir(parents=True)
        for name in ("xdg-open", "www-browser", "firefox", "chromium", "open", "w3m", "lynx"):
            (folder / name).write_text(f'#!/bin/sh\necho "$@" >> {tmp_path / folder.name}.ran\n', encoding="utf-8")
            (folder / name).chmod(0o755)
    example(place)
    where = {"PATH": f"tools:{place / 'tools'}:.:{elsewhere}", "BROWSER": "", "DISPLAY": ":9"}
    call("report", "example-primary", "--open", cwd=place, **where)
    assert not (tmp_path / "tools.ran").exists()
    assert "report.html" in (tmp_path / "elsewhere.ran").read_text(encoding="utf-8")
