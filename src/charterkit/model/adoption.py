"""A trust's policy as one of its members has taken it on."""

from pydantic import Field

from charterkit.model.base import Id, Model
from charterkit.model.dates import PartialDate


class Adoption(Model):
    """One policy of a trust, adopted by a member."""

    policy: Id
    """The policy's id, in the trust's folder."""
    from_: Id = Field(alias="from")
    """The trust's slug, or the local authority's."""
    version: str | None = None
    """The version that was adopted; the one that held on the date when left out."""
    date: PartialDate | None
    """When it was adopted."""
    by: str | None = None
    """Who adopted it: a name or a body, such as Local governing body."""
    changes: str | None = None
    """What the school does otherwise than the trust's text says."""
