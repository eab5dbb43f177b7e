"""Which policy a command is about."""

from datetime import date
from typing import TYPE_CHECKING

from charterkit.cli.options import Session
from charterkit.errors import CharterkitError

if TYPE_CHECKING:
    from charterkit.insight.register import Registered


def find_policy(call: Session, name: str, school: str | None, today: date) -> "Registered":
    """The policy of an id, over the workspace or of one school with its trust's.

    Raises CharterkitError where there is none, or where several organisations have one.
    """
    from charterkit.insight.register import register
    from charterkit.model.base import nearest

    slug = call.workspace.school(school).slug if school else None
    every = list(register(call.workspace, today, slug))
    found = [one for one in every if one.policy.id == name]
    if not found:
        meant = nearest(name, [one.policy.id for one in every])
        hint = f"Did you mean {meant}?" if meant else "'charterkit policies' lists them all."
        raise CharterkitError(f"There is no policy '{name}'.", hint)
    if len(found) > 1:
        known = ", ".join(one.folder.slug for one in found)
        raise CharterkitError(f"There are several policies '{name}'.", f"Add --school with one of: {known}.")
    return found[0]
