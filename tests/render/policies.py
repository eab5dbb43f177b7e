"""Workspaces of policies: a trust with two members, hostile texts, and a policy with a mark in every field."""

from collections.abc import Mapping
from pathlib import Path

from charterkit.files.workspace import Workspace
from charterkit.insight.policies.register import Registered, register

from .samples import TODAY

TRUST = {
    "charterkit.yaml": "organisation: Our schools\n",
    "schools/our-trust/school.yaml": "name: Our Trust\nkind: trust\nmembers: [north, south]\n",
    "schools/north/school.yaml": "name: North School\n",
    "schools/south/school.yaml": "name: South School\n",
    "schools/alone/school.yaml": "name: Alone School\n",
    "schools/our-trust/policies/families.yaml": """\
id: families
title: Families
status: live
owner: {role: Chief executive}
approver: trustees
review: {every: 1 year}
history: [{date: 2026-09, event: approved, version: "1.0", by: Trustees}]
applies_to: [north]
related: [behaviour, attendance]
""",
    "schools/north/policies/behaviour.yaml": """\
id: behaviour
title: Behaviour
status: live
owner: {name: Ann Example, role: Deputy headteacher}
next_review: 2026-10
""",
    "schools/alone/policies/behaviour.yaml": "id: behaviour\ntitle: Behaving well\nstatus: live\nnext_review: 2026-11\n",
}

HOSTILE = (
    "[bold]loud[/bold]",
    "<script>alert(1)</script>",
    "=cmd()",
    "\u202eesrever",
    "one\ntwo",
    "\x1b[31mred",
    "| a | b |",
    "{{ 7 * 7 }}",
    "مرحبا",
)


def written(root: Path, files: Mapping[str, str]) -> Workspace:
    """The files by path, and their workspace."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    return Workspace(root)


def policy_file(text: str) -> dict[str, str]:
    """A workspace of one school and one policy: what follows the id and title."""
    return {
        "charterkit.yaml": "",
        "schools/one/school.yaml": "name: One School\n",
        "schools/one/policies/p.yaml": f"id: p\ntitle: Policy\n{text}",
    }


def registered(root: Path, files: Mapping[str, str], name: str = "p", slug: str | None = None) -> Registered:
    """One policy's row."""
    return next(one for one in register(written(root, files), TODAY, slug) if one.id == name)
