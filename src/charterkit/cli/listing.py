"""How every command shows a listing: as a table in the terminal or a file, as Markdown, as a web page or on paper."""

from datetime import date
from typing import TYPE_CHECKING

from charterkit.cli.compare import FILE_WIDTH, print_table
from charterkit.cli.options import Session, deliver, deliver_paper

if TYPE_CHECKING:
    from charterkit.render.listings.listing import Listing


def deliver_listing(call: Session, made: "Listing", chosen: str, output: str | None, today: date) -> None:
    """Print a listing, or write it into the file that was asked for; a table as wide as there is room."""
    from charterkit.render.listings import listing

    if chosen == "table":
        width = call.console.width if output is None else FILE_WIDTH
        print_table(call, listing.renderable(made, width), output)
    elif chosen == "pdf":
        deliver_paper(call, listing.listing_paper(made, today), output)
    else:
        deliver(call, listing.document(made, chosen, call.workspace.root), output)
