"""The built wheel, away from the checkout: it carries the charter, the made-up schools and the templates."""

import os
import subprocess
import sys
import zipfile

import pytest

from .cli.calling import ROOT, environment

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--outdir", str(folder), str(ROOT)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (found,) = folder.glob("*.whl")
    return found


def test_of_the_schools_only_the_made_up_ones_are_in_it(wheel):
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    schools = {name.split("/")[3] for name in names if name.startswith("charterkit/builtin/schools/")}
    assert schools == {"example-primary", "example-secondary"}
    for name in (
        "charters/community-engagement-v1.yaml",
        "charters/community-engagement-v1.ur.yaml",
        "templates/base.html.j2",
        "templates/workspace/charterkit.yaml",
    ):
        assert f"charterkit/builtin/{name}" in names
    assert [name for name in names if ".dist-info/sboms/" in name] == [
        "charterkit-0.1.0.dist-info/sboms/charterkit.cdx.json"
    ]
    assert {"charterkit/py.typed", "charterkit/schema/files/evaluation.json"} <= set(names)


def test_it_works_in_an_empty_folder(wheel, tmp_path):
    installed, place = tmp_path / "installed", tmp_path / "place"
    place.mkdir()
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(installed), str(wheel)]
    subprocess.run(command, check=True)

    def call(*arguments):
        done = subprocess.run(
            [sys.executable, "-m", "charterkit", *arguments],
            cwd=place,
            env=environment(PYTHONPATH=str(installed)),
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    where = "import charterkit; print(charterkit.__file__)"
    found = subprocess.run(
        [sys.executable, "-c", where],
        cwd=place,
        env=environment(PYTHONPATH=str(installed)),
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert found.stdout.startswith(str(installed) + os.sep)
    call("init")
    call("check", "--strict")
    call("evaluate", "Larkfield", "--set", "gate-greeting=green")
    assert "Since autumn term" in call("compare", "Larkfield")
    assert call("report", "Larkfield", "--format", "html", "--cycle", "2025-26-autumn").startswith("<!doctype html>")
