"""What the forms of several rooms share: dates, names, and sentences that the page which follows says once."""

from collections.abc import Sequence
from urllib.parse import quote

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from charterkit.errors import Conflict, Refused
from charterkit.model.base import BadValue
from charterkit.model.dates import Cycle, DueDate, PartialDate
from charterkit.serve.desk import Desk
from charterkit.serve.pages import back_to, desk_of, fingerprint, text

LONGEST = 2000
"""Characters of a field that is no note."""


def words(fields: FormData, name: str, what: str) -> str:
    """A field of words. Raises Refused for more than anybody would read; `what` is what people call it."""
    said = text(fields, name).strip()
    if len(said) > LONGEST:
        raise Refused("page-long-text", what=what, most=LONGEST, length=len(said))
    return said


def day_of(fields: FormData, name: str, what: str, *, is_due: bool = False) -> PartialDate | None:
    """A date as people write it, where something is due then also a term; None where none is said.

    Raises Refused for what is none.
    """
    said = words(fields, name, what)
    try:
        return (DueDate if is_due else PartialDate).meant(said) if said else None
    except BadValue as bad:
        raise Refused("page-not-read", what=what, why=bad.message, remedy=bad.remedy) from None


def cycle_of(said: str) -> Cycle | None:
    """A year or term as people write it; None where none is said. Raises Refused for what is none."""
    try:
        return Cycle.meant(said) if said.strip() else None
    except BadValue as bad:
        raise Refused("page-not-read", what="Year or term", why=bad.message, remedy=bad.remedy) from None


def seen(data: bytes) -> str:
    """A fingerprint of what a page has shown."""
    return fingerprint(data.decode("utf-8", "surrogateescape"))


def demand_seen(fields: FormData, data: bytes) -> None:
    """Raises Conflict where a file is no longer what the form's page has shown."""
    if text(fields, "seen") != seen(data):
        raise Conflict("page-moved-on")


def policy_address(slug: str, policy: str) -> str:
    """The page of a policy; where none is named, what can be done for the school."""
    act = f"/schools/{slug}/act"
    return f"{act}/policies/{quote(policy, safe='')}" if policy else act


def leads(desk: Desk, address: str, notices: Sequence[str]) -> Response:
    """Where a form leads that was taken, and what is said there once."""
    way, _, anchor = address.partition("#")
    return back_to(f"{way}?told={desk.tell(tuple(notices))}{f'#{anchor}' if anchor else ''}" if notices else address)


def told(request: Request) -> list[str]:
    """What the form before had to say; it is said once."""
    found = desk_of(request).told.pop(request.query_params.get("told", ""), ())
    return [str(each) for each in found] if isinstance(found, tuple) else []
