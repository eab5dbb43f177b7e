"""Real files of one small charter and a school, and what charterkit makes of them."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from charterkit.files.workspace import Workspace
from charterkit.insight.evaluations.compare import Comparison, MoveKind, compare
from charterkit.insight.evaluations.evaluated import Evaluated, timeline

SCALES = {
    "rag": "",
    "two": "scale:\n  - {id: not-yet, label: Not yet}\n  - {id: in-place, label: In place}\n",
    "seven": "scale:\n" + "".join(f"  - {{id: step-{n}, label: Step {n}}}\n" for n in range(1, 8)) + "met_at: step-5\n",
}


def charter(
    aspects: Sequence[str | tuple[str, ...]], version: str = "1", scale: str = "rag", groups: str = "boys"
) -> str:
    """A charter's file. An aspect is its id, or its id and the ids it replaces."""
    lines = [f'id: small\nversion: "{version}"\ntitle: A small charter\nstatus: draft']
    lines += [f"focus_groups: [{{id: {groups}, name: The {groups}}}]"] if groups else []
    lines += [SCALES[scale].rstrip()] if SCALES[scale] else []
    lines += ["key_points:", "  - id: welcome", "    title: Every family is welcome", "    aspects:"]
    if not aspects:
        lines[-1] += " []"
    for aspect in aspects:
        name, *olds = [aspect] if isinstance(aspect, str) else aspect
        replaces = f", replaces: [{', '.join(olds)}]" if olds else ""
        lines.append(f"      - {{id: {name}, text: The {name} is good{replaces}}}")
    return "\n".join(lines) + "\n"


def evaluation(
    ratings: Mapping[str, str | None] | str,
    cycle: str = "2025-26",
    date: str = "2025-10-14",
    version: str = "1",
    more: str = "",
) -> str:
    """An evaluation's file. A rating is a level, `na`, None for an entry without one, or text in braces, as it is."""
    head = f'charter: small\ncharter_version: "{version}"\ncycle: {cycle}\ndate: {date}\n'
    if isinstance(ratings, str):
        return f"{head}{ratings}{more}"
    lines = [f"  {aspect}: {_entry(rating)}\n" for aspect, rating in ratings.items()]
    return f"{head}ratings:{'' if lines else ' {}'}\n{''.join(lines)}{more}"


def _entry(rating: str | None) -> str:
    if rating is None:
        return "{note: Not rated}"
    if rating == "na":
        return "{rating: not-applicable, reason: None here}"
    return rating if rating.startswith("{") else f"{{rating: {rating}}}"


def make(root: Path, charters: Sequence[str], *evaluations: str) -> Workspace:
    """A workspace with these files; evaluations are named a.yaml, b.yaml and so on."""
    write(root, {f"charters/{number}.yaml": text for number, text in enumerate(charters)})
    write(root, {"schools/lathom/school.yaml": "name: Lathom High School\n"})
    write(root, {f"schools/lathom/evaluations/{chr(97 + n)}.yaml": text for n, text in enumerate(evaluations)})
    return Workspace(root)


def write(root: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())


def history(workspace: Workspace) -> list[Evaluated]:
    """The school's evaluations of the small charter, oldest first."""
    return timeline(workspace, workspace.school("lathom"), "small")


def compared(workspace: Workspace, start: int = -2, end: int = -1) -> Comparison:
    """Two of the school's evaluations by their place in its history; the last two unless said."""
    found = history(workspace)
    return compare(found[start], found[end], workspace.versions("small"), found)


def kinds(comparison: Comparison) -> dict[str, str]:
    """Aspect -> how it moved."""
    return {move.aspect: move.kind.value for move in comparison.moves}


def counts(comparison: Comparison) -> dict[MoveKind, int]:
    """The counts that are not nought."""
    return {kind: count for kind, count in comparison.counts.items() if count}


FRAMEWORK = """\
id: small
version: "1"
title: A small framework
status: published
scale:
  - {id: none, label: Not yet, letter: W}
  - {id: some, label: Working on it, letter: X}
  - {id: all, label: Embedded, letter: E}
key_points:
  - id: welcome
    title: A warm welcome
    number: "1.2"
    part: Leadership
    detail: |-
      Families know whom to ask.
      They are asked, too.
    examples: [{text: A parent stands at the gate, school: Elm}]
    aspects:
      - id: gate
        number: 1.2a
        text: Somebody stands at the gate
        detail: Every morning
        levels: {none: The gate is shut, some: "On some days, =1+1", all: "Every day, in {{any}} weather [bold]"}
        next: {none: Find a volunteer, some: Make a rota}
      - {id: phone, number: "1.2b", text: Calls are answered, met_at: some, next: {some: Ask for more lines}}
  - id: letters
    title: Letters home
    number: "1.3"
    part: Leadership
    aspects: [{id: plain, number: "1.3a", text: Letters are plain}, {id: post, text: Post is read}]
  - id: hall
    title: The hall
    part: Places
    aspects: [{id: chairs, number: "2", text: There are chairs}]
"""
"""With all that a framework may say of its own: numbers, parts, a rubric, next steps and letters."""
