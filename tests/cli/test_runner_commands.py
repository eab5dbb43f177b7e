"""In a step of GitHub Actions nobody's words become commands of its runner, from any command, on stdout and stderr."""

import io
import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charterkit.cli.calm import Calm
from charterkit.documents import DOCUMENTS

from .calling import call

COMMAND = re.compile(r"^\s*::|##\[", re.MULTILINE)
HUSH, MASK = "::stop-commands::hush", "##[add-mask]e"
FILES = {
    "charterkit.yaml": f"check: {{paths: {{'{MASK}': [CK5]}}}}\n",
    "schools/x/school.yaml": f'name: "{HUSH} {MASK}"\ncharters: [{{charter: "{MASK}"}}]\n',
    "schools/x/evaluations/a.yaml": "charter: community-engagement\ncharter_version: '1'\ncycle: 2026-27-autumn\n"
    "date: 2026-10-01\nratings: {gate-greeting: {rating: red}}\n"
    f'actions:\n- {{action: "one\\n{HUSH} {MASK}", owner: "{HUSH}", due: 2026-11-01}}\n',
    "schools/x/policies/p.yaml": f'id: p\ntitle: "{HUSH} {MASK}"\nstatus: live\nnext_review: 2024-01\n'
    f'commitments:\n- {{id: c, what: "{HUSH} {MASK}", every: 1 year}}\n',
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("workspace")
    for path, text in FILES.items():
        (made / path).parent.mkdir(parents=True, exist_ok=True)
        (made / path).write_text(text, encoding="utf-8")
    return made


CALLS = [
    *(("report", "--format", word) for word in DOCUMENTS["report"].formats if word not in ("pdf", "docx")),
    *(("remind", "--format", word) for word in ("table", "markdown", "json", "csv", "ics", "email")),
    *(("policies", "--format", word) for word in ("table", "markdown", "json", "csv")),
    *(("policy", "show", "p", "--format", word) for word in ("table", "markdown", "html", "json")),
    *(("check", "--format", word) for word in ("text", "concise", "json", "junit", "sarif")),
    ("compare", "--all"),
    ("calendar",),
    ("evaluate", "--set", f"{MASK}=red"),
    ("report", HUSH),
    (HUSH,),
    ("check", "--format", "text", f"./{MASK}"),
    ("new", "school", f"{HUSH} {MASK}", "--slug", MASK),
]


def test_no_output_holds_a_command(folder: Path) -> None:
    for arguments in CALLS:
        done = call(*arguments, cwd=folder, GITHUB_ACTIONS="true")
        assert done.returncode != 3, (arguments, done.stderr)
        assert not COMMAND.search(done.stdout), (arguments, done.stdout)
        assert not COMMAND.search(done.stderr), (arguments, done.stderr)
        if arguments[-1] == "json":
            assert json.loads(done.stdout) == json.loads(call(*arguments, cwd=folder).stdout)
    own = call("check", cwd=folder, GITHUB_ACTIONS="true").stdout
    assert own.startswith("::error ")
    assert not re.search(r"^\s*::(?!error |warning |notice |group::|endgroup::)", own, re.MULTILINE)
    assert not COMMAND.search(own.splitlines()[-1])


@given(st.lists(st.text(":#[ \nx", max_size=6)))
def test_nor_do_pieces_that_are_written_one_after_the_other(parts: list[str]) -> None:
    stream = io.StringIO()
    calm = Calm(stream)
    calm.writelines(parts)
    assert not COMMAND.search(stream.getvalue())
