"""The small charter with what frameworks bring besides: numbers, parts, what key points are about, levels, next steps."""

from pathlib import Path

from charterkit.files.workspace import Workspace
from tests.render.samples import small

GUIDED = """\
id: small
version: "1"
title: A small charter
status: published
key_points:
  - id: welcome
    number: "1.0"
    part: Families
    title: Every family is welcome
    detail: "It begins at the gate.\\nIt goes on indoors."
    examples: [{text: A bench by the gate, school: Elm School}]
    aspects:
      - id: gate
        number: 1.0a
        text: Somebody is at the gate
        levels: {amber: On some days, green: Every day}
        next: {red: Draw up a rota, amber: Keep to the rota, green: Nothing more}
      - {id: door, text: The door is open, levels: {amber: Now and then}, next: {amber: Open it wider}, met_at: amber}
      - {id: phone, text: The telephone is answered}
  - id: heard
    number: "2.0"
    part: Families
    title: Every family is heard
    aspects: [{id: survey, number: 2.0a, text: We ask}]
  - id: told
    part: Everybody
    title: Everybody is told
    aspects: [{id: answer, text: We answer}]
"""


def guided(root: Path) -> Workspace:
    """The small school, rated on it."""
    return small(root, {"charters/small.yaml": GUIDED})
