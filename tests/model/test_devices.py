"""Names that no computer with Windows can have."""

from pathlib import Path

import pytest

from charterkit.cli.app import run
from charterkit.model.base import is_device
from tests.cli.calling import example


@pytest.mark.parametrize("name", ["con", "NUL", "aux.yaml", "com1", "LPT9.x.y", "prn "])
def test_devices(name: str) -> None:
    assert is_device(name)


@pytest.mark.parametrize("name", ["conway", "com", "com10", "nul-school", "x.con"])
def test_others(name: str) -> None:
    assert not is_device(name)


def test_no_school_and_no_policy_is_called_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(example(tmp_path))
    assert run(["new", "school", "Con"]) == 2
    assert run(["new", "policy", "Con", "--id", "con"]) == 2
    assert capsys.readouterr().err.count("Windows keeps for itself") == 2
    assert run(["new", "policy", "Con"]) == 0
    assert (tmp_path / "schools/example-primary/policies/con-policy.yaml").is_file()
    (tmp_path / "schools/aux").mkdir()
    (tmp_path / "schools/aux/school.yaml").write_text("name: Aux\n", encoding="utf-8")
    assert run(["check", "--no-cache", "schools/aux"]) == 1
    assert "CK313" in capsys.readouterr().out
