"""Every listing takes the width there is, where stdout is no terminal too."""

import pytest

from .calling import ROOT, call

COMMANDS = (
    ["policies"],
    ["policy", "gaps", "selwyn"],
    ["remind"],
    ["actions", "example-primary", "--state", "all"],
    ["calendar", "ravensfield"],
    ["translate", "status"],
)


@pytest.mark.alike(4)
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("columns", [40, 80, 120])
def test_no_line_is_wider_than_asked_for_and_no_word_is_cut(command, columns):
    done = call(*command, "--today", "2026-11-22", cwd=ROOT, COLUMNS=str(columns))
    assert done.returncode == 0, done.stderr
    assert max(map(len, done.stdout.splitlines())) <= columns
    assert "…" not in done.stdout


@pytest.mark.alike(3)
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_file_has_a_width_of_its_own(command, tmp_path):
    made = []
    for columns in ("40", "200"):
        path = tmp_path / f"{columns}.txt"
        assert call(*command, "--today", "2026-11-22", "-o", str(path), cwd=ROOT, COLUMNS=columns).returncode == 0
        made.append(path.read_text(encoding="utf-8"))
    assert made[0] == made[1]
    assert max(map(len, made[0].splitlines())) <= 100
