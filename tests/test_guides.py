"""The guides: every command in them, typed in their order from where they begin, does what the guide says."""

import re
import shlex
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests import guides
from tests.cli.calling import call
from tests.exchange import gias_made
from tests.guides import DOCS, KEY

Begin = Callable[[Path], None]


def nothing(folder: Path) -> None:
    """An empty folder."""


JOURNEYS: dict[tuple[str, ...], Begin] = {
    ("policies", "reminders", "office"): nothing,
    ("adviser",): guides.an_example,
    ("certificates",): guides.an_example,
    ("charters",): guides.lunch,
    ("checking",): guides.our_school,
    ("editors",): guides.our_school,
    ("evidence",): guides.with_papers,
    ("form",): guides.our_school,
    ("leaders",): guides.last_year,
    ("poster",): guides.our_school,
    ("recognition",): guides.our_school,
    ("site",): guides.rated,
    ("spreadsheets",): guides.a_framework,
    ("surveys",): guides.larkfield,
    ("translations",): guides.rated_twice,
    ("export", "queries"): guides.rated,
    ("gias",): gias_made.for_the_guide,
    ("many",): nothing,
}
"""Guides that go on where another ends, and what people have before the first."""
LEFT = {
    "charterkit visit record example-primary --purpose certification": "asks in a terminal: tests/cli/test_visit_guide.py",
    "charterkit evaluate": "asks in a terminal: tests/cli/test_guide.py",
    "charterkit evaluate our-school --charter good-lunchtimes": "asks in a terminal",
    "charterkit verify certificate.pdf --issuer charter.example.gov.uk/": "the certificate is somebody else's",
    "git diff --name-only --diff-filter=d -z main... -- charters schools | xargs -0 charterkit check --": "a line of a shell",
    "pipx install pre-commit": "the network",
    "pre-commit install": "another program: tests/test_precommit.py",
    "pip install charterkit[pdf]": "the network",
    "cd tables && duckdb -init views.sql": "another program: tests/exchange/tables/test_queries.py",
    "cd tables && psql mydb -f load.sql": "another program: tests/exchange/tables/test_postgresql.py",
    "duckdb tables/charterkit.duckdb": "another program",
    "psql mydb -c SET search_path TO charterkit -f my-question.sql": "another program",
    "rsync -a --delete www/ user@server:/var/www/charter/": "another program, and the network",
}
"""What no test here runs, and why."""
BETWEEN: dict[tuple[str, str], Begin] = {
    ("adviser", "charterkit certificate issue example-primary --valid-for 3 years"): guides.a_key_and_a_met_visit,
    ("certificates", "charterkit keys publish -o site"): guides.the_issuer_said,
    ("certificates", "charterkit certificate issue example-primary"): guides.a_met_visit,
    ("certificates", "charterkit certificate renew example-primary"): guides.another_met_visit,
    ("charters", "charterkit charter diff"): guides.next_lunch,
    ("charters", "charterkit examples propose"): guides.lunch_shared,
    ("checking", "charterkit check - --stdin-filename schools/our-school/school.yaml --format concise < buffer"): (
        guides.text_in_the_editor
    ),
    ("form", "charterkit evaluate our-school --from form.xlsx"): guides.form_filled,
    ("leaders", "charterkit evaluate our-school --from form.xlsx"): guides.form_filled,
    ("recognition", "charterkit ready"): guides.self_evaluation_agreed,
    ("surveys", "charterkit survey show --school larkfield"): guides.survey_taken_in,
    ("spreadsheets", "charterkit render-form our-charter --blank -o charter.xlsx"): guides.our_charter,
}
"""What people do by hand before a command; once, where it stands several times."""
ENDS = {
    ("many", "charterkit overview --public"): 2,  # fewer than five schools
    ("reminders", "charterkit remind --format email --send"): 2,  # there is no mail server to send with
    ("reminders", "charterkit remind --format email --send --again"): 2,
    ("recognition", "charterkit ready"): 1,  # the duties are still to do
}
"""Where a command ends otherwise than with 0, as its guide says."""
ONLY_IN_A_TERMINAL = {"Passphrase (nothing for none):", "The key is in /home/you/.config/charterkit/keys."}
_BLOCK = re.compile(r"^([ ]*)```console\n(.*?)^\1```", re.MULTILINE | re.DOTALL)


def commands(guide: str) -> Iterator[tuple[str, list[str]]]:
    """Each command of a guide, and the lines that it says in the guide."""
    text = (DOCS / f"{guide}.md").read_text(encoding="utf-8")
    for indent, block in _BLOCK.findall(text):
        lines = "".join(line.removeprefix(indent) for line in block.splitlines(keepends=True)).replace("\\\n", " ")
        for part in re.split(r"^\$ ", lines, flags=re.MULTILINE)[1:]:
            command, *said = part.splitlines()
            yield command, [line for line in said if line and line not in ONLY_IN_A_TERMINAL]


@pytest.mark.parametrize("journey", JOURNEYS, ids=" ".join)
def test_a_guide_is_followed_from_where_it_begins(tmp_path: Path, journey: tuple[str, ...]) -> None:
    folder = tmp_path / "ours"
    folder.mkdir()
    JOURNEYS[journey](folder)
    between = dict(BETWEEN)
    for guide in journey:
        for command, said in commands(guide):
            words = shlex.split(command, comments=True)
            if " ".join(words) in LEFT:
                continue
            between.pop((guide, " ".join(words)), nothing)(folder)
            key, home = guides.key(folder), guides.here(folder)["HOME"]
            assert words[0] == "charterkit", command
            stdin = ""
            if "<" in words:
                words, (name,) = words[: words.index("<")], words[words.index("<") + 1 :]
                stdin = (folder / name).read_text(encoding="utf-8")
            typed = [word.replace(KEY, key) if word[:2] != "~/" else f"{home}{word[1:]}" for word in words[1:]]
            done = call(*typed, cwd=folder, stdin=stdin, **guides.here(folder))
            out = (done.stdout + done.stderr).replace(guides.key(folder), KEY)
            wanted = ENDS.get((guide, " ".join(words)), 0)
            assert done.returncode == wanted, f"{guide}: {command}\n{out}"
            assert not [line for line in said if line.strip() not in out], f"{guide}: {command}\n{out}"


def test_every_guide_is_followed_and_nothing_is_named_for_nothing() -> None:
    with_blocks = {path.stem for path in DOCS.glob("*.md") if _BLOCK.search(path.read_text(encoding="utf-8"))}
    followed = {guide for journey in JOURNEYS for guide in journey}
    assert with_blocks - {"commands"} == followed  # commands.md is made from the program
    typed = {
        (guide, " ".join(shlex.split(command, comments=True))) for guide in followed for command, _ in commands(guide)
    }
    assert set(LEFT) <= {command for _, command in typed}
    assert {*BETWEEN, *ENDS} <= typed


def test_every_command_stands_in_a_block_that_is_followed() -> None:
    for guide in (guide for journey in JOURNEYS for guide in journey):
        text = (DOCS / f"{guide}.md").read_text(encoding="utf-8")
        blocks = re.findall(r"^ *```(\w*)\n(.*?)^ *```", text, re.MULTILINE | re.DOTALL)
        others = [block for language, block in blocks if language != "console"]
        assert not [each for each in others if re.search("^ *charterkit ", each, re.MULTILINE)], guide


def test_the_changelog_says_each_thing_once():
    """Branches that add to it are merged line by line, and then one entry may come twice."""
    text = (DOCS.parent / "CHANGELOG.md").read_text(encoding="utf-8")
    entries = [" ".join(entry.split()) for entry in re.split(r"^(?:- |#+ )", text, flags=re.MULTILINE)]
    assert [entry for entry, many in Counter(entry[:60] for entry in entries).items() if many > 1 and entry] == []
