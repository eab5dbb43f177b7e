"""How often the disk is asked: once for what is asked for, however many ask, and in step with the number of schools."""

import os
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from charterkit.files.workspace import Workspace
from charterkit.model.dates import Cycle
from charterkit.render.site.view import site
from charterkit.resources import builtin
from charterkit.rules.running.run import Wish, run

TODAY = date(2026, 11, 22)
LOOKS = ("scandir", "lstat", "stat", "open")
EVALUATION = 'charter: community-engagement\ncharter_version: "1"\ncycle: 2025-26\ndate: 2025-10-14\nratings: {}\n'
POLICY = "id: {0}\ntitle: {0}\nstatus: live\nowner: {{role: Head}}\nreview: {{every: live}}\n"
PUBLIC = "publication: {visibility: public}\ncommitments:\n  - {id: a, what: A newsletter, when: each term, audience: parents}\n"


@contextmanager
def counted(monkeypatch: pytest.MonkeyPatch) -> Iterator[Counter[str]]:
    """How often each of these functions of the system is called; they do what they always do."""
    found: Counter[str] = Counter()

    def counting(name: str, really: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            found[name] += 1
            return really(*arguments, **named)

        return call

    with monkeypatch.context() as patch:
        for name in LOOKS:
            patch.setattr(os, name, counting(name, getattr(os, name)))
        yield found


def trust(root: Path, organisations: int) -> Path:
    """A trust with a policy for all its schools, each of which has one of its own and one evaluation."""
    slugs = [f"school-{number:02}" for number in range(organisations - 1)]
    files = {"schools/trust/school.yaml": f"name: Trust\nkind: trust\nmembers: [{', '.join(slugs)}]\n"}
    files["schools/trust/policies/conduct.yaml"] = POLICY.format("conduct") + PUBLIC
    for slug in slugs:
        files[f"schools/{slug}/school.yaml"] = f"name: {slug.capitalize()}\ntrust: trust\n"
        files[f"schools/{slug}/policies/behaviour.yaml"] = POLICY.format("behaviour") + PUBLIC
        files[f"schools/{slug}/evaluations/2025-26.yaml"] = EVALUATION
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return root


def of_site(root: Path, monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    with counted(monkeypatch) as found:
        made = site(Workspace(root, builtin()), None, year=Cycle(2026), today=TODAY)
    assert len(made.organisations) == len(list((root / "schools").iterdir()))
    return found


@pytest.mark.skipif(os.name == "nt", reason="links are followed in another way there")
def test_a_site_of_twice_as_many_looks_twice_as_often(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    of_site(trust(tmp_path / "first", 3), monkeypatch)  # what is looked up once a process
    counts = (16, 32, 64)  # by sixteen they are looked at together
    few, some, many = (of_site(trust(tmp_path / str(number), number), monkeypatch) for number in counts)
    for name in LOOKS:
        assert many[name] - some[name] == 2 * (some[name] - few[name]), (name, few[name], some[name], many[name])
    assert some["scandir"] - few["scandir"] <= 5 * 16  # its evaluations, policies, surveys, visits, and what it adopted
    assert some["open"] - few["open"] <= 4 * 16  # three files, and one look at whom each school names


@pytest.mark.skipif(os.name == "nt", reason="links are followed in another way there")
@pytest.mark.parametrize("ending", ["", "trust: nobody\n"])
def test_a_check_looks_at_each_file_and_folder_of_a_school_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    def of_check(schools: int) -> Counter[str]:
        root = tmp_path / str(schools)
        for number in range(schools):
            folder = root / f"schools/school-{number:02}"
            (folder / "evaluations").mkdir(parents=True)
            (folder / "school.yaml").write_text(f"name: School {number}\n{ending}", encoding="utf-8")
            (folder / "evaluations/2025-26.yaml").write_text(EVALUATION, encoding="utf-8")
        with counted(monkeypatch) as found:
            assert run(root, builtin(), Wish(TODAY, jobs=1)).files == 2 * schools
        return found

    of_check(2)
    few, many = of_check(10), of_check(50)
    assert many["scandir"] - few["scandir"] == 3 * 40  # its folder, the one with its evaluations, and its certificates'
    assert many["open"] - few["open"] == 3 * 40  # both files, and one look at whom it names
    assert many["lstat"] == few["lstat"]
    assert many["stat"] == few["stat"]
