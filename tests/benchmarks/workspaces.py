"""The workspaces that the benchmarks look at, made up and always the same."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

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


def register_sheet(root: Path, policies: int) -> None:
    """A school without policies, and its register as an office keeps one; ten of its rows as `few.csv`."""
    _school(root, 0, "name: School 0\n")
    head = "Policy title,Owner,Approved by,Statutory?,Review cycle,Last review,Next review,Version,Web address,Notes"
    rows = [_register_row(number) for number in range(policies)]
    for name, shown in (("register.csv", rows), ("few.csv", rows[:10])):
        (root / name).write_text("\n".join([head, *shown, ""]), encoding="utf-8-sig")


def _register_row(number: int) -> str:
    """What stands in a row; nothing but its title and its address is its own."""
    subject = _pick(number, "Behaviour", "Attendance", "SEND", "Anti-bullying", "Complaints", "First aid", "Lettings")
    day, month, year = number % 28 + 1, number % 12 + 1, _pick(number, 2024, 2025)
    site = _pick(number, "", f"https://school.example/policies/{number}.pdf", f"https://school.example/p/{number}")
    return ",".join([
        f"{subject} policy {number}",
        _pick(number, "Headteacher", "SENCO", "Mrs A Patel (Designated Safeguarding Lead)", "J Smith", "Ms O'Brien"),
        _pick(number, "Full governing body", "Headteacher", "Resources Committee", "Trustees"),
        _pick(number, "Yes", "No", "Yes"),
        _pick(number, "1 year", "2 years", "annually", "every 18 months", "as needed", "termly"),
        f"{day:02}/{month:02}/{year}",
        _pick(number, f"{day:02}/{month:02}/2027", "Autumn 2026", "Sept 27", "October 2026"),
        f"{number % 9 + 1}.{number % 4}",
        site,
        _pick(number, "", "", "", '"Reviewed after the audit, see minutes"', "To be read with the handbook."),
    ])  # fmt: skip


def _pick(number: int, *words: Any) -> Any:
    return words[number % len(words)]


IN_A_TRUST = 20
"""Of so many schools that follow each other three of five are in one trust: large trusts are what takes long."""
IN_AN_AUTHORITY = 160
"""25,000 schools make 157 authorities."""


def ministry(root: Path, schools: int) -> None:
    """Schools with three years' evaluations each, in trusts and authorities that list their members: four files each.

    100,000 files in a minute or less: what is written is one of a few texts.
    """
    texts = {(start, third): _ratings(start, third) for start in _YEARS for third in range(3)}
    for school in range(schools):
        trust, place = divmod(school, IN_A_TRUST)
        authority = school // IN_AN_AUTHORITY
        facts = f'urn: "{100_000 + school}"\nphase: {("primary", "secondary")[school % 5 == 4]}\n'
        facts += f"local_authority: Authority {authority:03}\n"
        facts += f"trust: trust-{trust:04}\n" if place % 5 < _THREE_OF_FIVE else ""
        signed = f"charters:\n  - {{charter: {CHARTER}, signed: 2023-09}}\n"
        folder = _school(root, school, f"name: School {school}\n{facts}{signed}")
        for start in _YEARS:
            cycle = f"{start}-{(start + 1) % 100:02}"
            (folder / "evaluations" / f"{cycle}.yaml").write_bytes(texts[start, school % 3])
    for number, kind, size in _above(schools):
        every = range(number * size, min(schools, (number + 1) * size))
        inside = [school for school in every if kind != "trust" or school % IN_A_TRUST % 5 < _THREE_OF_FIVE]
        folder = root / "schools" / (f"{kind}-{number:04}" if kind == "trust" else f"la-{number:03}")
        folder.mkdir()
        members = ", ".join(f"school-{school:05}" for school in inside)
        name = f"{'Trust' if kind == 'trust' else 'Authority'} {number:03}"
        text = f"name: {name}\nkind: {kind}\nmembers: [{members}]\n"
        (folder / "school.yaml").write_text(text, encoding="utf-8")


_YEARS = (2023, 2024, 2025)
_THREE_OF_FIVE = 3


def _above(schools: int) -> Iterator[tuple[int, str, int]]:
    for kind, size in (("trust", IN_A_TRUST), ("local-authority", IN_AN_AUTHORITY)):
        yield from ((number, kind, size) for number in range(-(-schools // size)))


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
    (folder / "evaluations" / f"{start}-{(start + 1) % 100:02}.yaml").write_bytes(_ratings(start, school))


def _ratings(start: int, school: int) -> bytes:
    lines = [f"charter: {CHARTER}", 'charter_version: "1"', f"cycle: {start}-{(start + 1) % 100:02}"]
    lines += [f"date: {start}-10-14", "status: agreed", "ratings:"]
    for place, aspect in enumerate(_aspects()):
        level = ("red", "amber", "green")[(place + start + school) % 3]
        lines += [f"  {aspect}:", f"    rating: {level}"]
        lines += [f"    note: What was said about it in the autumn of {start}."]
        lines += ["    ideas: [Ask families first]"] if place % 3 == 0 else []
    return ("\n".join(lines) + "\n").encode()


@cache
def _aspects() -> tuple[str, ...]:
    return tuple(Workspace(ROOT, builtin()).choose_charter(CHARTER).aspects)
