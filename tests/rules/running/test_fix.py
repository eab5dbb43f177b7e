"""What is mended without asking means the same afterwards, and nothing else is touched."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charterkit.files.load import load
from charterkit.files.workspace import Document, Workspace
from charterkit.files.yaml.reader import parse
from charterkit.model.evaluation import Evaluation
from charterkit.model.policy import Policy
from charterkit.rules.running.check import check
from charterkit.rules.running.fix import _applied, _Edit, fixed, fixes
from charterkit.rules.running.settings import settings
from tests.fuzz.faults import mended as without_new_mistakes

TODAY = date(2026, 11, 22)
Write = Callable[[Mapping[str, str | bytes]], Path]
HEAD = 'charter: community-engagement\ncharter_version: "1"\ncycle: 2025-26-autumn\n'


def mended(data: bytes) -> bytes:
    document = Document("schools/a/evaluations/b.yaml", Evaluation, load(Evaluation, data), data)
    return fixed(document, settings(None))


def mended_text(text: str) -> str:
    return mended(text.encode()).decode()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("date: 14/10/2025", "date: 2025-10-14"),
        ("date: '14/10/2025' # half-term", "date: '2025-10-14' # half-term"),
        ('date: "14.10.2025"', 'date: "2025-10-14"'),
        ("date: 14-10-2025", "date: 2025-10-14"),
        ("date: 14 October 2025", "date: 2025-10-14"),
        ("date: October 2025", "date: 2025-10"),
        ("date: 13/12/2025", "date: 2025-12-13"),
        ("status: Draft", "status: draft"),
        ("ratings: {gate: {rating: Red}}", "ratings: {gate: {rating: red}}"),
        ("ratings:\n  Gate-Greeting:\n    rating: 'RED'", "ratings:\n  gate-greeting:\n    rating: 'red'"),
        ("ratings:\n  Gate:\n    groups: {Boys: Red}", "ratings:\n  gate:\n    groups: {boys: red}"),
        ("ratings:\n  gate:\n    note: null", "ratings:\n  gate:\n    note:"),
        ("ratings:\n  gate: {note: ~, rating: red}", "ratings:\n  gate: {note: , rating: red}"),
        ("ratings: NULL # none", "ratings:  # none"),
        ("status: draft  \nratings: {}\t", "status: draft\nratings: {}"),
        ("status: 'draft'  ", "status: 'draft'"),
        ("ratings:\n  gate:\n    note: one \n      two", "ratings:\n  gate:\n    note: one\n      two"),
        (
            "date: 14/10/2025\nstatus: Draft # charterkit: ignore[CK218] as on paper\nratings: {} # charterkit: ignore[CK218]",
            "date: 2025-10-14\nstatus: Draft # charterkit: ignore[CK218] as on paper\nratings: {} # charterkit: ignore[CK218]",
        ),
        ("# a remark \t\nstatus: draft", "# a remark\nstatus: draft"),
        ("actions:\n  - action: Greet  \n    due: 31/12/2026", "actions:\n  - action: Greet\n    due: 2026-12-31"),
    ],
)
def test_what_is_mended(before: str, after: str) -> None:
    assert mended_text(f"{HEAD}{before}\n") == f"{HEAD}{after}\n"


def test_intervals_in_words_and_months_with_a_capital_are_written_as_files_have_them() -> None:
    head = "id: a\ntitle: A\nstatus: live\n"
    for before, after in (
        ("{every: annually, month: September}", "{every: 1 year, month: september}"),
        ("{every: 'Every two years', term: Autumn}", "{every: '2 years', term: autumn}"),
        ("{every: bi-annually}", "{every: bi-annually}"),
        ("{every: 1 year}\nrelated: [Homework, 'Pay']", "{every: 1 year}\nrelated: [homework, 'pay']"),
    ):
        data = f"{head}review: {before}\n".encode()
        document = Document("schools/a/policies/a.yaml", Policy, load(Policy, data), data)
        assert fixed(document, settings(None)).decode() == f"{head}review: {after}\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [("2026/27", "2026-27"), ("2026-2027", "2026-27"), ("Autumn 2026", "2026-27-autumn"), ("2026/28", "2026/28")],
)
def test_a_cycle_is_written_as_files_have_it(before: str, after: str) -> None:
    assert mended_text(f'charter: a\ncharter_version: "1"\ncycle: {before}\n') == (
        f'charter: a\ncharter_version: "1"\ncycle: {after}\n'
    )


@pytest.mark.parametrize(
    "text",
    [
        "date: 1/05/2017",
        "date: 05/05/2025",
        "date: 14/10/25",
        "date: 31/02/2025",
        "date: 14/13/2025",
        "date: 10/14/2025",
        "date: 14/10-2025",
        "date: 2025-10-14 ",
        "ratings:\n  Gate Greeting: {rating: red}",
        "ratings:\n  Gate: {rating: red}\n  gate: {rating: green}",
        "ratings: {gate: {rating: grün}}",
        "ratings:\n  gate:\n    ideas: [null, More tea]",
        "ratings:\n  gate:\n    ideas:\n      - ~",
        "ratings:\n  gate:\n    note: |\n      Two blanks  \n      \t\n      end\t",
        "ratings:\n  gate:\n    note: 'Two blanks  \n      end'",
        'ratings:\n  gate:\n    note: "Two blanks \\\n      end"',
        "ratings:\n  gate:\n    note: 'null'",
        "date: [14/10/2025",
        "date: 12/12/2025",
        "date: 31 February 2025",
        "date: |\n  14/10/2025",
        "date: >-\n  14 October 2025",
        "date: ~",
        "actions:\n  - {action: null, owner: Head}",
    ],
)
def test_what_is_left_alone(text: str) -> None:
    whole = f"{HEAD}{text}\n"
    assert mended_text(whole).rstrip(" \n") == whole.rstrip(" \n")
    assert mended_text(whole) in (whole, f"{HEAD}{text.rstrip(' ')}\n")


@pytest.mark.parametrize("bad", range(5))
def test_of_several_changes_the_one_that_does_harm_is_left_out(bad: int) -> None:
    """Whatever a later change to this program wants written: it is read back."""
    text = "a: 1\nb: 1\nc: 1\nd: 1\ne: 1\n"
    edits = [_Edit(5 * at + 3, 5 * at + 4, "2", (key,)) for at, key in enumerate("abcde")]
    edits[bad] = edits[bad]._replace(new="[", at=())
    wanted = text.replace("1", "2").splitlines()
    wanted[bad] = wanted[bad].replace("2", "1")
    assert _applied(text, edits) == "\n".join([*wanted, ""])
    missing = _Edit(3, 4, "2", ("ratings", "gate"))
    assert _applied(text, [missing]) == _applied(text, [_Edit(3, 4, "2", ("f",))]) == text


def test_the_last_line_gets_its_end_unless_that_is_part_of_a_text() -> None:
    assert mended_text(f"{HEAD}status: draft") == f"{HEAD}status: draft\n"
    assert mended_text(f"{HEAD}status: draft\n".replace("\n", "\r\n") + "ratings: {}") == (
        f"{HEAD}status: draft\nratings: {{}}\n".replace("\n", "\r\n")
    )
    block = f"{HEAD}ratings:\n  gate:\n    note: |\n      end"
    assert mended_text(block) == block
    assert mended_text(f"{block}\n") == f"{block}\n"


def test_blanks_within_the_first_quoted_text_stay_as_well() -> None:
    text = "charter: 'Two  \n  end'\n"
    assert mended_text(text) == text


def test_byte_order_mark_and_line_ends_stay() -> None:
    before = b"\xef\xbb\xbfcharter: small  \r\ndate: 14/10/2025\r\n# end \nstatus: draft"
    assert mended(before) == b"\xef\xbb\xbfcharter: small\r\ndate: 2025-10-14\r\n# end\nstatus: draft\r\n"


@pytest.mark.parametrize(
    "data", [b"", b"a: [\n", b"caf\xe9: x \n", b"\xff\xfea", b"- a \n", b" ", b"a: [ \n", b"a: b \n\tc: d \n"]
)
def test_what_cannot_be_read_or_is_no_mapping_stays(data: bytes) -> None:
    assert mended(data) == data


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("# ours\n\nreminders: {within: 30d}\n", "# ours\n\nid: NEW\nreminders: {within: 30d}\n"),
        ("\ufeffreminders: {within: 30d}\r\n", "\ufeffid: NEW\r\nreminders: {within: 30d}\r\n"),
        ("---\nreminders: {within: 30d} \n", "---\nid: NEW\nreminders: {within: 30d}\n"),
        ("id: ours\nreminders: {within: 30d}\n", None),
        ("id: Not One!\nreminders: {within: 30d}\n", None),
        ("{reminders: {within: 30d}}\n", None),
        ("reminders: {within: 30d}\ncheck: {ignore: [CK520]}\n", None),
        ("charter: small\n", None),
        ("- a list\n", None),
    ],
)
def test_a_workspace_gets_an_id_of_its_own(workspace: Write, before: str, after: str | None) -> None:
    """Before the first key, where it works with dates and has none; no two alike, and nothing else is changed."""
    root = workspace({"charterkit.yaml": before.encode()})
    made = [fixes(Workspace(root)).get("charterkit.yaml", (b"", b""))[1].decode() for _ in range(2)]
    form = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
    assert [re.sub(f"(?<=id: ){form}", "NEW", text) for text in made] == [after or ""] * 2
    assert (made[0] != made[1]) == (after is not None)


def test_over_a_workspace(workspace: Write) -> None:
    root = workspace(
        {
            "charterkit.yaml": "check: {paths: {schools/old: [CK205]}}\n",
            "schools/a/school.yaml": "name: A \n",
            "schools/a/evaluations/x.yaml": f"{HEAD}date: 14/10/2025\nratings: {{}}\n",
            "schools/a/evaluations/y.yaml": f"{HEAD}date: 14/10/2025 # charterkit: ignore[CK205] as on paper\nratings: {{}}\n",
            "schools/old/school.yaml": "name: Old\n",
            "schools/old/evaluations/x.yaml": f"{HEAD}date: 14/10/2025\nratings: {{}}\n",
            "schools/misplaced.yaml": "a: b \n",
        }
    )
    found = fixes(Workspace(root))
    assert {path: after for path, (_, after) in found.items()} == {
        "schools/a/school.yaml": b"name: A\n",
        "schools/a/evaluations/x.yaml": f"{HEAD}date: 2025-10-14\nratings: {{}}\n".encode(),
    }
    assert all(before == (root / path).read_bytes() for path, (before, _) in found.items())
    assert set(fixes(Workspace(root), ["schools/a/school.yaml"])) == {"schools/a/school.yaml"}


def test_a_schema_line_is_added_where_the_workspace_keeps_the_schema(workspace: Write) -> None:
    school, policy = "schools/a/school.yaml", "schools/a/policies/p.yaml"
    root = workspace(
        {
            ".charterkit/schemas/school.json": "{}",
            school: b"\xef\xbb\xbf# A remark\r\nname: A\r\n",
            policy: "id: p\ntitle: P\nstatus: draft\n",
            "schools/b/school.yaml": "# yaml-language-server: $schema=elsewhere.json\nname: B\n",
            "schools/c/school.yaml": "%YAML 1.2\n---\nname: C\n",
            "schools/d/school.yaml": "name: [\n",
        }
    )
    line = b"# yaml-language-server: $schema=../../.charterkit/schemas/school.json"
    found = {path: after for path, (_, after) in fixes(Workspace(root)).items()}
    assert found.pop("schools/c/school.yaml") == line + b"\n%YAML 1.2\n---\nname: C\n"
    assert found == {school: b"\xef\xbb\xbf" + line + b"\r\n# A remark\r\nname: A\r\n"}
    (root / school).write_bytes(found[school])
    assert school not in fixes(Workspace(root))


LINES = [
    "date: 14/10/2025", "date: 1/05/17", "status: draft", "status: ~ ", "ratings:", "  gate:", "    rating: Red",
    "    rating: 'AMBER' ", "    note: |", "      text  ", "      ", "    note: >+", "    ideas: [null, a ]",
    "    ideas:", "      - ~", "      - 'a  ", "        b'  ", "  Gate-Two: {rating: Green, note: null}", "actions:",
    "  - action: A ", "    due: 31/12/2026", "    owner: null # nobody", "# remark \t", "", "  ", "\t", "    groups: {Boys: Red}",
    "? x", ": y ", "'Quoted Key': a", "  note: plain  ", "    over lines ", "    evidence: [{kind: Survey, date: '30/09/2025'}]",
]  # fmt: skip


@given(st.lists(st.sampled_from(LINES), max_size=14), st.sampled_from(["\n", "\r\n"]), st.booleans(), st.booleans())
def test_each_change_means_only_what_it_says(lines: list[str], newline: str, ends: bool, mark: bool) -> None:
    text = newline.join([*HEAD.splitlines(), *lines]) + (newline if ends else "")
    before = (b"\xef\xbb\xbf" if mark else b"") + text.encode()
    after = mended(before)
    old, new = parse(before), parse(after)
    assert shapes(old.tree) == shapes(new.tree)
    assert len(new.problems) <= len(old.problems)
    assert mended(after) == after
    assert after.count(b"\r\n") >= before.count(b"\r\n")
    comments = [data.decode().replace("\r", "").replace(" ", "").count("#remark") for data in (before, after)]
    assert comments[0] == comments[1]


@given(st.lists(st.sampled_from(LINES), max_size=14), st.sampled_from(["\n", "\r\n"]))
def test_no_change_brings_a_mistake_that_was_not_there(lines: list[str], newline: str) -> None:
    text = newline.join([*HEAD.splitlines(), *lines]) + newline
    without_new_mistakes({"schools/a/school.yaml": b"name: A\n", "schools/a/evaluations/b.yaml": text.encode()})


def shapes(tree: object) -> object:
    """A tree in which what may be mended looks the same as its mended form."""
    if isinstance(tree, dict):
        return {str(key).lower(): shapes(value) for key, value in tree.items()}
    if isinstance(tree, list):
        return [shapes(value) for value in tree]
    words = {"14/10/2025": "2025-10-14", "31/12/2026": "2026-12-31", "30/09/2025": "2025-09-30", "Red": "red"}
    return words.get(str(tree), {"AMBER": "amber", "Green": "green"}.get(str(tree), tree))


@given(st.text(st.sampled_from("a: -'\"|>~#[]{},\n\r\t 14/20Né"), max_size=60))
def test_no_text_is_a_fault(text: str) -> None:
    before = text.encode()
    after = mended(before)
    assert parse(after).tree == parse(before).tree
    assert mended(after) == after


def test_what_is_mended_is_no_longer_found(workspace: Write) -> None:
    root = workspace(
        {
            "schools/a/school.yaml": "name: A\n",
            "schools/a/evaluations/x.yaml": f"{HEAD}date: 14/10/2025\nstatus: null\nratings:\n  Open-Door: {{rating: Red}}",
        }
    )
    codes = {one.code for one in check(Workspace(root), TODAY).findings}
    assert {"CK205", "CK112", "CK204", "CK218"} <= codes
    for path, (_, after) in fixes(Workspace(root)).items():
        (root / path).write_bytes(after)
    assert {one.code for one in check(Workspace(root), TODAY).findings} == codes - {"CK205", "CK112", "CK204", "CK218"}
    assert fixes(Workspace(root)) == {}
