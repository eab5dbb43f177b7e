"""Keys that begin with x- may stand in every mapping of every file: they are kept as they stand, and nothing reads them."""

from collections import Counter
from pathlib import Path

import pytest

from charterkit.files.load import load, without_own_keys
from charterkit.files.workspace import Workspace
from charterkit.files.yaml.emit import document
from charterkit.files.yaml.reader import Tree, parse
from charterkit.model.evaluation import Evaluation
from charterkit.resources import builtin
from tests.schema.editors import mistakes

from .calling import call, example

ODD = "x-own:   {'it''s':  [1,   \"two\"], x-more:   y}   # kept"
EVALUATION = 'charter: c\ncharter_version: "1"\ncycle: 2025-26\ndate: 2025-10-14\n'


def with_own_keys(tree: Tree) -> Tree:
    """A tree in which every mapping has a key of its author's own; the first and the last one."""
    if isinstance(tree, dict):
        inner = {key: with_own_keys(value) for key, value in tree.items()}
        return {"x-own": "keep", **inner, "x-todo": {"deep": [{"rating": "red"}]}}
    return [with_own_keys(value) for value in tree] if isinstance(tree, list) else tree


def owned(text: str) -> list[str]:
    """The lines that hold such keys, as they stand."""
    return [line.strip() for line in text.splitlines() if "x-" in line]


@pytest.fixture(scope="module")
def twins(tmp_path_factory):
    """Two workspaces that say the same; the second has such keys everywhere."""
    plain, owning = (example(tmp_path_factory.mktemp(name)) for name in ("plain", "owning"))
    for path in sorted(plain.rglob("*.yaml")):
        tree = parse(path.read_bytes()).tree
        assert isinstance(tree, dict)
        path.write_text(document(tree), encoding="utf-8")
        text = document(with_own_keys(tree)).replace("x-own: keep", ODD)
        (owning / path.relative_to(plain)).write_text(text, encoding="utf-8")
    return plain, owning


def test_in_every_mapping_of_every_kind_they_are_no_mistake(twins):
    plain, owning = (Workspace(root, builtin()) for root in twins)
    kinds = {path: kind for path, kind in plain.paths() if kind}
    assert len(set(kinds.values())) >= 6
    for path, kind in kinds.items():
        loaded = load(kind, (owning.root / path).read_bytes())
        assert not loaded.problems, path
        assert loaded.model == load(kind, (plain.root / path).read_bytes()).model
        text = (owning.root / path).read_text(encoding="utf-8")
        if text.count("x-own") < 400:  # the schema's validator is slow
            assert not mistakes(kind.__name__.lower(), text), path


STEPS = [
    ("evaluate", "--cycle", "2026-27", "--set", "gate-greeting=red", "--note", "open-door=Now: {odd}", "--agree"),
    ("action", "add", "Stand at the gate", "--aspect", "gate-greeting", "--owner", "Head", "--due", "2027-05"),
    ("policy", "draft", "behaviour", "--by", "Head", "--version", "9", "--date", "2026-11-20"),
    ("policy", "approve", "behaviour", "--by", "Governors", "--date", "2026-11-21"),
    ("policy", "publish", "behaviour", "--date", "2026-11-21"),
    ("sign", "--by", "Head", "--done", "staff-launch=2026-09"),
    ("new", "charter", "--next-version-of", "community-engagement"),
    ("charter", "publish", "community-engagement"),
    ("check", "--fix"),
]


def test_commands_that_edit_a_file_keep_them_as_they_stand(twins):
    plain, owning = twins
    before = {path: Counter(owned(path.read_text(encoding="utf-8"))) for path in owning.rglob("*.yaml")}
    for step in STEPS:
        there, here = (call(*step, cwd=root) for root in twins)
        assert (here.returncode, here.stderr) == (there.returncode, there.stderr), step
        assert here.stdout == there.stdout or step[0] == "check", step  # which shows lines with their numbers
    for path in owning.rglob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        assert not before.get(path, Counter()) - Counter(owned(text)), path
        twin = (plain / path.relative_to(owning)).read_bytes()
        assert without_own_keys(parse(text.encode()).tree) == parse(twin).tree, path


DOCUMENTS = [
    ("report", "example-primary", "--format", "markdown"),
    ("compare", "example-primary", "--format", "json"),
    ("policies", "--format", "json"),
    ("actions", "example-primary", "--format", "json"),
    ("remind", "--format", "json"),
    ("translate", "status", "--format", "json"),
]


def test_no_document_shows_them(twins):
    for arguments in DOCUMENTS:
        there, here = (call(*arguments, cwd=root) for root in twins)
        assert here.stdout == there.stdout, arguments
        assert "x-" not in here.stdout.replace("tax-", ""), arguments


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("x-todo:\nratings:\n  a:\n    x-why:\n    rating: red\n", []),
        ("x-: 1\n'x-a b': [[[]], {x-c: {}}]\nratings: {x-draft: {rating: no such}, a: {rating: red}}\n", []),
        ("x-base: &a 1\nratings: {a: {rating: red}}\n", ["CK105"]),
        ("x-a: !!python/object:os.system ls\nratings: {a: {rating: red}}\n", ["CK106"]),
        ("x-a: " + "[" * 5000 + "]" * 5000 + "\nratings: {a: {rating: red}}\n", ["CK111"]),
        ("".join(f"x-{at}: {{b: c}}\n" for at in range(40_000)) + "ratings: {a: {rating: red}}\n", ["CK102"]),
        ("x-a: " + "y" * 900_000 + "\nratings: {a: {rating: red}}\n", []),
        ("X-a: 1\nratings: {a: {rating: red}}\n", ["CK201"]),
    ],
)
def test_odd_ones_hold_nothing_up_and_hide_nothing(text, codes):
    loaded = load(Evaluation, (EVALUATION + text).encode())
    assert [problem.code for problem in loaded.problems] == codes
    if codes not in (["CK111"], ["CK102"]):
        assert loaded.model
        assert loaded.model.ratings["a"].rating == "red"


def test_answers_in_the_form_of_an_evaluation_may_have_them_too(twins):
    _, owning = twins
    answers = "x-who: Jo\nratings:\n  gate-greeting: {x-own: kept, rating: amber}\n  x-later: {rating: red}\n"
    (owning / "answers.yaml").write_text(answers, encoding="utf-8")
    done = call("evaluate", "--cycle", "2026-27", "--from", "answers.yaml", cwd=owning)
    assert done.returncode == 0, done.stderr
    assert "1 aspect saved" in done.stderr


def test_the_folder_of_a_workspace_may_be_named_as_they_are(tmp_path: Path):
    folder = tmp_path / "x-workspace"
    folder.mkdir()
    assert call("check", cwd=example(folder)).returncode == 0
