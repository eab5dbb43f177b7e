"""New files: their text, and the writing of them where nothing stands yet."""

import os
from collections.abc import Sequence
from typing import Any

from charterkit.errors import Conflict, Refused
from charterkit.files import write
from charterkit.files.load import load
from charterkit.files.schema_line import schema_line, with_schema_line
from charterkit.files.workspace import Workspace
from charterkit.files.yaml.edit import Change, edited
from charterkit.files.yaml.emit import document
from charterkit.model.base import is_device, slug
from charterkit.model.charter import Charter
from charterkit.model.survey import Survey

_MOST_DIGITS = 40
"""Of a version that is counted on from, and of what a file is named by."""

LONGEST = 80
"""Letters of a folder's name that is made of a school's; file systems take 255."""


_BEGINNING = """\
# What else there may be stands behind a #: take the # and the blank after it away where you want it.
# awards:
#   - {id: silver, label: Silver, needs: amber}
#   - {id: gold, label: Gold, needs: green}
key_points:
  - id: first-key-point
    # number: "1.1"
    # part: The heading it stands under, where there is one above key points
    title: A short heading, as on the poster
    # detail: What the key point is about, in a few sentences.
    # examples:
    #   - {text: How another school does it, school: The other school}
    # applies_to: {phases: [primary]}
    aspects:
      - id: first-aspect
        # number: 1.1a
        text: One thing a school can rate itself on
        detail: What it looks like when it is done well.
        # levels:
        #   red: What red looks like here
        #   amber: What amber looks like here
        #   green: What green looks like here
        # next:
        #   red: What takes a school from red to amber
        #   amber: What takes a school from amber to green
"""
"""A charter's one key point and its one aspect, with what else they may have as comments."""


def new_slug(workspace: Workspace, name: str, wanted: str | None) -> str:
    """The folder for a new organisation: as wanted, or made of its name. Raises CharterkitError when it is taken."""
    made = wanted or slug(name)[:LONGEST].rstrip("-")
    if not made or made != slug(made) or len(made) > LONGEST:
        raise Refused("no-slug", name=wanted or name)
    if is_device(made):
        raise Refused("name-of-device", name=made)
    if (workspace.root / "schools" / made).exists():
        raise Conflict("folder-already", slug=made)
    return made


def write_school(workspace: Workspace, folder: str, facts: dict[str, Any]) -> str:
    """A new school.yaml; the path of it."""
    path = f"schools/{folder}/school.yaml"
    text = schema_line(workspace.root, path, "school") + document(facts)
    write.save(workspace.root / path, None, text.encode(), workspace.root)
    return path


def write_policy(workspace: Workspace, folder: str, facts: dict[str, Any]) -> str:
    """A new policy, named after its id; the path of it. Raises CharterkitError where there is one of that name."""
    path = f"schools/{folder}/policies/{facts['id']}.yaml"
    if is_device(facts["id"]):
        raise Refused("name-of-device", name=facts["id"])
    if os.path.lexists(workspace.root / path):
        raise Conflict("id-already", path=path)
    text = schema_line(workspace.root, path, "policy") + document(facts)
    write.save(workspace.root / path, None, text.encode(), workspace.root)
    workspace.refresh()
    return path


def write_charter(workspace: Workspace, title: str, name: str) -> str:
    """A new charter with one key point and one aspect to start from; the path of it."""
    head = {"id": name, "version": "1", "title": title, "status": "draft", "purpose": "What the charter is for."}
    return _save_charter(workspace, name, "1", document(head) + _BEGINNING, is_new=True)


def write_charter_made(workspace: Workspace, facts: dict[str, Any]) -> str:
    """A new charter whose file was made elsewhere, as plain data; the path of it."""
    return _save_charter(workspace, facts["id"], facts["version"], document(facts), is_new=True)


def write_next_version(workspace: Workspace, charter: Charter, changes: Sequence[Change] = ()) -> str:
    """The next version of a charter: the newest one's text with another number and changes, as a draft; its path."""
    newest = workspace.versions(charter.id)[-1].version
    found = workspace.charters[charter.id, newest]
    is_number = newest.isdecimal() and len(newest) <= _MOST_DIGITS
    version = str(int(newest) + 1) if is_number else f"{newest}.1"
    data = found.data.removeprefix(b"\xef\xbb\xbf")
    text = edited(data.decode(), [Change(("version",), version), Change(("status",), "draft"), *changes])
    return _save_charter(workspace, charter.id, version, text)


def write_translation(workspace: Workspace, charter: Charter, language: str, text: str) -> str:
    """A new translation of a charter version beside it; the path. Raises CharterkitError where a file has that name."""
    path = f"charters/{charter.id}-v{slug(charter.version)[:_MOST_DIGITS]}.{language}.yaml"
    if os.path.lexists(workspace.root / path):
        raise Conflict("file-already", path=path)
    text = with_schema_line(text, schema_line(workspace.root, path, "translation"))
    write.save(workspace.root / path, None, text.encode(), workspace.root)
    workspace.refresh()
    return path


def _save_charter(workspace: Workspace, name: str, version: str, text: str, *, is_new: bool = False) -> str:
    path = f"charters/{name}-v{slug(version)[:_MOST_DIGITS]}.yaml"
    if os.path.lexists(workspace.root / path):
        raise Conflict("id-already" if is_new else "file-already", path=path)
    text = with_schema_line(text, schema_line(workspace.root, path, "charter"))
    write.save(workspace.root / path, None, text.encode(), workspace.root)
    workspace.refresh()
    return path


def write_survey(workspace: Workspace, folder: str, name: str, facts: dict[str, Any]) -> str:
    """A new survey of a school; the path of it.

    Raises CharterkitError where there is one of that name, or a reader of surveys had something against it.
    """
    if not name or name != slug(name) or len(name) > LONGEST:
        raise Refused("bad-id", name=name, meant=slug(name))
    if is_device(name):
        raise Refused("name-of-device", name=name)
    path = f"schools/{folder}/surveys/{name}.yaml"
    if os.path.lexists(workspace.root / path):
        raise Conflict("survey-already", path=path)
    text = schema_line(workspace.root, path, "survey") + document(facts)
    problems = load(Survey, text.encode()).problems
    if problems:
        raise Refused("survey-unfit", why=problems[0].message)
    write.save(workspace.root / path, None, text.encode(), workspace.root)
    workspace.refresh()
    return path
