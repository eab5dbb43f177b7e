"""Sentences of errors about the page in the browser."""

SENTENCES: dict[str, tuple[str, ...]] = {
    "no-browser-extra": (
        "The page in the browser needs the part of charterkit for it, which is not installed: {packages:list}.",
        "Install it with: pipx install 'charterkit[browser]'",
    ),
    "page-host": (
        "This page is asked for by its own address only.",
        "Open it with the address that charterkit open shows; another name of this computer: --allow-host NAME.",
    ),
    "page-origin": ("Another site sent this, so nothing of it was done.", "Do it in the page itself."),
    "page-locked": (
        "This page is open only in the browser that charterkit opened.",
        "Start charterkit open again: it opens the page that is there already.",
    ),
    "page-used": (
        "This address was used already: each opens the page once.",
        "Start charterkit open again: it opens the page that is there already.",
    ),
    "page-too-large": ("More was sent than the page takes.", "A form may have 1 MB, a note a few pages."),
    "page-reads-only": (
        "This page is for reading only.",
        "Start charterkit open without --read-only to change things.",
    ),
    "page-of-another-run": (
        "charterkit was started anew since this page was made, so nothing of the form was taken.",
        "What you typed is still in the page before this one: go back, copy it, and load the page again.",
    ),
    "no-document-here": ("There is no document '{name}' here.", "Choose one of those under Look."),
    "port-taken": ("Port {port} is taken by another program.", "Name another one with --port, or leave it out."),
    "page-moved-on": (
        "Somebody else, another tab or an editor has changed this meanwhile, so nothing of yours was saved yet.",
        "Look at what stands there now, then save yours again, or leave it.",
    ),
    "page-not-read": ("{what}: {why}.", "{remedy}"),
    "page-not-accurate": ("Say whether what the visitor wrote is accurate.", "Choose yes or no."),
    "page-long-text": (
        "{what}: a text here may have {most:,} characters, and this one has {length:,}.",
        "Shorten it, or keep it in a document and name that as evidence.",
    ),
    "page-no-button": ("There is no such button.", "Load the page again."),
    "page-no-file": ("No file was chosen.", "Choose the filled-in form, or drop it on the page."),
    "page-file-gone": ("The file is not held any more, so nothing of it was taken in.", "Choose it again."),
}
