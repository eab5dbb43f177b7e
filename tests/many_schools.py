"""Many made-up schools with three years each, always the same: two trusts, an authority, and schools of neither.

What does not line up is in it from the thirteenth school on: one that rates itself each term, one that has stopped, one
that never began, one whose file is spoilt.
"""

from pathlib import Path
from random import Random

from charterkit.files.workspace import Workspace
from charterkit.resources import builtin

CHARTER = "community-engagement"
YEARS = (2023, 2024, 2025)
TRUSTS = ("ash-trust", "birch-trust")
PHASES = ("primary", "secondary", "special")
_NAMES = ("Alder", "Brook", "Cedar", "Dale", "Elm", "Ferry", "Grange", "Hill", "Ivy", "Juniper", "Kiln", "Lark", "Mill")
_LEVELS = ("red", "amber", "green")


def slug(number: int) -> str:
    """A school's folder."""
    return f"school-{number:04}"


def name(number: int) -> str:
    """A school's name, which is plainly made up."""
    return f"{_NAMES[number % len(_NAMES)]} Invented School {number}"


def make(root: Path, schools: int = 16) -> Workspace:
    """A workspace of so many of them."""
    aspects = tuple(Workspace(root, builtin()).choose_charter(CHARTER).aspects)
    _write(root / "charterkit.yaml", f"charter: {CHARTER}\norganisation: Lark Invented Council\n")
    (root / "charters").mkdir(parents=True, exist_ok=True)
    for number in range(schools):
        _school(root / "schools" / slug(number), number, aspects)
    for place, trust in enumerate(TRUSTS):
        members = ", ".join(slug(number) for number in range(schools) if _trust(number) == place)
        text = f"name: {trust.replace('-', ' ').title()} (made up)\nkind: trust\nmembers: [{members}]\n"
        _write(root / "schools" / trust / "school.yaml", text)
        _write(root / "schools" / trust / "policies" / "behaviour.yaml", _POLICY.format(due="2026-03"))
    _write(
        root / "schools" / "lark-council" / "school.yaml",
        f"name: Lark Invented Council\nkind: local-authority\nmembers: [{slug(0)}, {slug(1)}]\n",
    )
    return Workspace(root, builtin())


def _trust(number: int) -> int | None:
    """Half of them in the first trust, a quarter in the second, a quarter in none."""
    return (0, 1, 0, None)[number % 4]


def _school(folder: Path, number: int, aspects: tuple[str, ...]) -> None:
    made = Random(number)
    facts = f"name: {name(number)}\nphase: {PHASES[number % 3 if number % 5 else 0]}\n"
    facts += "local_authority: Lark Invented Council\n" if number % 4 == 3 else ""
    facts += f"charters:\n  - {{charter: {CHARTER}, signed: 2023-09}}\n"
    _write(folder / "school.yaml", facts)
    odd = number % 20
    if odd == 14:
        return
    levels = {aspect: made.randrange(3) for aspect in aspects}
    for year in YEARS:
        if odd == 13 and year == YEARS[-1]:
            continue
        term = "-autumn" if odd == 12 else ""
        for aspect in aspects:
            levels[aspect] = min(2, max(0, levels[aspect] + made.choice((-1, 0, 0, 0, 1, 1))))
        _evaluation(folder, year, term, {aspect: _LEVELS[level] for aspect, level in levels.items()}, number)
    if odd == 15:
        _write(folder / "evaluations" / "2025-26.yaml", "charter: [\n")
    if number % 6 == 1:
        _write(folder / "visits" / "2026-03-12.yaml", _VISIT.format(number=number))
    if number % 3 == 0:
        _write(folder / "policies" / "behaviour.yaml", _POLICY.format(due="2026-01" if number % 2 else "2027-09"))


def _evaluation(folder: Path, year: int, term: str, levels: dict[str, str], number: int) -> None:
    cycle = f"{year}-{(year + 1) % 100:02}{term}"
    status = "draft" if number % 7 == 5 and year == YEARS[-1] else "agreed"
    lines = [f"charter: {CHARTER}", 'charter_version: "1"', f"cycle: {cycle}", f"date: {year}-10-14"]
    lines += [f"status: {status}", "ratings:"]
    for place, (aspect, level) in enumerate(levels.items()):
        if (place + number) % 13 == 0 and year == YEARS[-1]:
            continue
        group = f", groups: {{black-caribbean: {levels[aspect]}}}" if place % 4 == 0 and number % 2 == 0 else ""
        said = "not-applicable, reason: Not here" if (place * number) % 37 == 5 else level
        lines.append(f"  {aspect}: {{rating: {said}{group}}}")
    lines.append(
        f"actions:\n  - {{id: gate, aspect: {next(iter(levels))}, action: Greet, due: 2026-0{1 + number % 9}}}"
    )
    _write(folder / "evaluations" / f"{cycle}.yaml", "\n".join(lines) + "\n")


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


_POLICY = "id: behaviour\ntitle: Behaviour\nstatus: live\nnext_review: {due}\n"
_VISIT = """\
charter: community-engagement
charter_version: "1"
date: 2026-03-12
purpose: certification
visitors: [{{role: Adviser}}]
looked_at: [{{kind: walkthrough}}]
outcome: met
certificate: {{number: CE-2026-{number:03}, issued: 2026-03-20, valid_until: 2029-03}}
"""
