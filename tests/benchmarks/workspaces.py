"""The workspaces that the benchmarks look at, made up and always the same."""

from functools import cache
from pathlib import Path

from charterkit.files.workspace import Workspace
from charterkit.resources import builtin

ROOT = Path(__file__).parents[2]
CHARTER = "community-engagement"


def few_schools(root: Path, files: int) -> None:
    """Evaluation files of about 5 KB with 40 ratings each, ten a school."""
    for number in range(files):
        school, year = divmod(number, 10)
        folder = _school(root, school, f"name: School {school}\n") if not year else _folder(root, school)
        _evaluation(folder, 2015 + year, school)


def many_schools(root: Path, schools: int) -> None:
    """Schools with one evaluation of that size each."""
    for school in range(schools):
        facts = f'urn: "{100_000 + school}"\nphase: primary\nlocal_authority: Lancashire\n'
        signed = f"charters:\n  - {{charter: {CHARTER}, signed: 2025-09}}\n"
        _evaluation(_school(root, school, f"name: School {school}\n{facts}{signed}"), 2025, school)


def trust(root: Path, schools: int) -> None:
    """The same, all of one trust."""
    many_schools(root, schools)
    folder = root / "schools" / "the-trust"
    folder.mkdir()
    members = ", ".join(f"school-{school:05}" for school in range(schools))
    (folder / "school.yaml").write_text(f"name: The Trust\nkind: trust\nmembers: [{members}]\n", encoding="utf-8")


def edited(root: Path) -> None:
    """One file of it with one more comment."""
    path = root / "schools" / "school-00007" / "evaluations" / "2025-26.yaml"
    path.write_text(f"{path.read_text(encoding='utf-8')}# Seen by the governors.\n", encoding="utf-8")


def _folder(root: Path, school: int) -> Path:
    return root / "schools" / f"school-{school:05}"


def _school(root: Path, school: int, text: str) -> Path:
    if not school:
        (root / "charters").mkdir(parents=True)
        (root / "charterkit.yaml").write_text(f"charter: {CHARTER}\n", encoding="utf-8")
    folder = _folder(root, school)
    (folder / "evaluations").mkdir(parents=True)
    (folder / "school.yaml").write_text(text, encoding="utf-8")
    return folder


def _evaluation(folder: Path, start: int, school: int) -> None:
    cycle = f"{start}-{(start + 1) % 100:02}"
    lines = [f"charter: {CHARTER}", 'charter_version: "1"', f"cycle: {cycle}", f"date: {start}-10-14"]
    lines += ["status: agreed", "ratings:"]
    for place, aspect in enumerate(_aspects()):
        level = ("red", "amber", "green")[(place + start + school) % 3]
        lines += [f"  {aspect}:", f"    rating: {level}"]
        lines += [f"    note: What was said about it in the autumn of {start}."]
        lines += ["    ideas: [Ask families first]"] if place % 3 == 0 else []
    (folder / "evaluations" / f"{cycle}.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")


@cache
def _aspects() -> tuple[str, ...]:
    return tuple(Workspace(ROOT, builtin()).choose_charter(CHARTER).aspects)
