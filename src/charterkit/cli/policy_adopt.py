"""`charterkit policy adopt`: a school takes on a policy of its trust."""

from typing import Annotated

import typer

from charterkit.cli.options import session
from charterkit.cli.params import PartialDate, PolicyArgument, TodayOption, date_option, day, school_option
from charterkit.errors import Refused


def adopt(
    ctx: typer.Context,
    policy: PolicyArgument,
    school: Annotated[str | None, school_option("The school that has adopted it, where there are several.")] = None,
    version: Annotated[
        str | None,
        typer.Option("--version", metavar="VERSION", help="Which version; the one that held then when left out."),
    ] = None,
    date: Annotated[PartialDate | None, date_option("--date", "When; 2025-09 will do. Today when left out.")] = None,
    by: Annotated[str | None, typer.Option("--by", metavar="NAME", help="Who adopted it: a name or a body.")] = None,
    changes: Annotated[
        str | None, typer.Option("--changes", metavar="TEXT", help="What the school does otherwise than it says.")
    ] = None,
    today: TodayOption = None,
) -> None:
    """Record that a school has adopted a policy of its trust: in which version, when, by whom, and with what changes.

    It is kept in the school's folder adopted/. Adopted again, later, the file gets the new version and date; what is
    not said stays as it was. An empty --by or --changes takes out what stood there.
    """
    from charterkit.insight.policies.adopting import is_older
    from charterkit.insight.policies.reviews import public_version
    from charterkit.model.dates import PartialDate as Given
    from charterkit.render.listings.register import dated
    from charterkit.session.adopting import adopt as write
    from charterkit.session.adopting import find_adoptable

    call, now = session(ctx), day(today)
    folder = call.workspace.choose_school(school)
    found = find_adoptable(call.workspace, policy, folder, now)
    when = date or Given.of(now)
    if when.first > now:
        raise Refused("not-come", when=when.spoken)
    texts = {"by": by, "changes": changes}
    emptied = [key for key, text in texts.items() if text is not None and not text.strip()]
    kept = {key: text for key, text in texts.items() if key not in emptied}
    made = write(call.workspace, found, folder, {"version": version, **kept}, when, without=emptied)
    which = f"version {made.version} of {found.title}" if made.version else found.title
    call.say(f"{folder.school.name} adopted {which} {dated(when)}. Saved in {made.path}.")
    if is_older(made.version, found.policy):
        newest = public_version(found.policy)
        call.warn(f"{found.folder.school.name} has approved version {newest} since.")
