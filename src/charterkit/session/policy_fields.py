"""What is said of policies, put into their files: a new file, or a change that leaves the rest of one as it was."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any, NamedTuple

from charterkit.choices import PolicyEventKind, PolicyField
from charterkit.errors import CharterkitError, Missing, Refused
from charterkit.files.load import load
from charterkit.files.together import Rewrite
from charterkit.files.workspace import Workspace
from charterkit.files.write import remade
from charterkit.files.yaml.edit import edited
from charterkit.files.yaml.emit import document
from charterkit.files.yaml.reader import parse
from charterkit.insight.policies.fields import ORDER, PolicyFields, changes_between, entries_meant, laid_over
from charterkit.insight.policies.packs import chosen_packs
from charterkit.insight.policies.register import Registered
from charterkit.insight.policies.reviews import last_review
from charterkit.model.dates import PartialDate
from charterkit.model.policy import Policy
from charterkit.session.policy_step import Cannot, write_all


class FieldsSet(NamedTuple):
    """A policy before, its keys that are changed, the policy after, and its file."""

    found: Registered
    keys: tuple[str, ...]
    policy: Policy
    rewrite: Rewrite


def set_fields(
    workspace: Workspace, found: Registered, said: PolicyFields, without: Sequence[PolicyField] = ()
) -> FieldsSet:
    """What saying it comes to. Nothing is written. Raises CharterkitError where the file could then not be read."""
    path, data = found.document.path, found.document.data
    tree = parse(data).tree
    if not isinstance(tree, dict):
        raise Missing("unreadable", path=path)
    said = replace(said, requirement=entries_meant(said.requirement, chosen_packs(workspace)))
    changes = changes_between(tree, laid_over(tree, said, without))
    after = remade(workspace.root / path, data, partial(edited, changes=changes))
    keys = tuple(dict.fromkeys(str(change.at[0]) for change in changes))
    policy = _read(path, data, after, keys)
    _demand_later(policy)
    rewrite = Rewrite(path, data, after, f"{found.title}: {', '.join(key.replace('_', ' ') for key in keys)} set")
    return FieldsSet(found, keys, policy, rewrite)


def _read(path: str, before: bytes, after: bytes, keys: Sequence[str]) -> Policy:
    """The policy of the new text. Raises CharterkitError where what was set cannot be read."""
    loaded, known = load(Policy, after), {problem.at for problem in load(Policy, before).problems}
    new = [problem for problem in loaded.problems if problem.at and problem.at[0] in keys and problem.at not in known]
    if new or loaded.model is None:
        raise Refused("policy-unfit", path=path, why=new[0].message if new else "it could not be read")
    return loaded.model


def _demand_later(policy: Policy) -> None:
    last = last_review(policy)
    if policy.next_review and last and policy.next_review.first <= last.first:
        raise Refused("next-review-too-early", said=policy.next_review.spoken, when=last.spoken)


def set_all(
    workspace: Workspace, found: Sequence[Registered], said: PolicyFields, without: Sequence[PolicyField]
) -> tuple[list[FieldsSet], list[Cannot]]:
    """What it comes to for each, and for which it cannot be. Nothing is written."""
    done, refused = [], []
    for policy in found:
        try:
            done.append(set_fields(workspace, policy, said, without))
        except CharterkitError as error:
            refused.append(Cannot(policy, error))
    return done, refused


def write_fields(workspace: Workspace, made: Sequence[FieldsSet]) -> None:
    """Write them, all or none, so that they can be taken back."""
    write_all(workspace, [each.rewrite for each in made])


class Beginning(NamedTuple):
    """How a new policy begins: as a draft, or in force since it was decided on."""

    event: PolicyEventKind
    when: PartialDate
    by: str | None = None
    version: str | None = None


def new_facts(name: str, title: str, begun: Beginning, said: PolicyFields, today: date) -> dict[str, Any]:
    """A new policy's file as plain data, in the order of its keys.

    Raises CharterkitError for dates that cannot be, and where a reader of policies had something against it.
    """
    if begun.when.first > today:
        raise Refused("not-come", when=begun.when.spoken)
    for key, text in (("by", begun.by), ("version", begun.version)):
        if text is not None and not text.strip():
            raise Refused("bad-text", key=key, what="empty")
        if text is not None and len(text.splitlines()) > 1:
            raise Refused("line-break", key=key)
    event = {"date": begun.when, "event": begun.event, "version": begun.version, "by": begun.by}
    facts: dict[str, Any] = {
        "id": name,
        "status": "draft" if begun.event == "drafted" else "live",
        "history": [{key: value for key, value in event.items() if value is not None}],
        **laid_over({}, replace(said, title=title)),
    }
    facts = {key: facts[key] for key in ORDER if key in facts}
    loaded = load(Policy, document(facts).encode())
    if loaded.problems or loaded.model is None:
        why = loaded.problems[0].message if loaded.problems else "it could not be read"
        raise Refused("policy-unfit", path=f"{name}.yaml", why=why)
    _demand_later(loaded.model)
    return facts
