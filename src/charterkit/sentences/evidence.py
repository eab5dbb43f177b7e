"""Errors about evidence: what cannot be named as a piece of it, and what cannot be packed."""

SENTENCES: dict[str, tuple[str, ...]] = {
    "no-evidence-file": (
        "There is no file '{given:long}'.",
        "Name one from here, or from the school's folder.",
    ),
    "evidence-no-file": (
        "'{given:long}' is no plain file.",
        "Name a file; of a folder, each file that a visitor is to see.",
    ),
    "evidence-outside": (
        "'{given:long}' lies outside {folder}, and would not travel with the school's files.",
        "Add --copy to put a copy into {folder}/evidence.",
    ),
    "evidence-behind-link": (
        "'{given:long}' is a link, or lies behind one, that leads out of the workspace.",
        "Name the file itself. The link may have come with somebody else's change.",
    ),
    "evidence-name": (
        "'{path:long}' is a name that not every computer can have: {why}.",
        "Rename the file first.",
    ),
    "evidence-own-file": (
        "'{path:long}' is one of the files that charterkit reads, and no document to be shown.",
        "Name a survey by its id, such as parents-2025/welcome; of the rest, save the document with -o and name that.",
    ),
    "evidence-not-read": (
        "{path:long} cannot be read: {reason}.",
        "Check its permissions.",
    ),
    "evidence-name-taken": (
        "There are too many files like {path:long}.",
        "Rename the file first.",
    ),
    "evidence-url": (
        "'{url:long}' is not the address of a web page.",
        "Write it as the browser shows it, from https:// on, without a user's name.",
    ),
    "evidence-kind-names": (
        "--kind {kind} names no file: '{text:shown}' has no place in it.",
        "Say what was seen with --note, and leave '{text:shown}' out.",
    ),
    "evidence-nothing": (
        "It is not said what the evidence is.",
        "Name a file, an address or a survey; or say what was seen: --kind observation --note '...'",
    ),
    "evidence-names-nothing": (
        "--kind {kind} needs the name of what is to be looked at.",
        "Write a file, an address or a survey's id after the aspect.",
    ),
    "evidence-says-nothing": (
        "--kind {kind} says nothing of what was seen or heard.",
        "Add --note '...', and who it was with --by or --with.",
    ),
    "no-survey": (
        "The school has no survey '{survey:shown}'.",
        "Did you mean {meant}?",
        "There is: {known:some}.",
        "Its surveys are files in its folder surveys/.",
    ),
    "no-question": (
        "The survey '{survey}' has no question '{question:shown}'.",
        "Did you mean {meant}?",
        "It has: {known:some}.",
    ),
    "pack-not-empty": (
        "{out:long} is there already, and holds something.",
        "Name a new folder, or delete that one.",
    ),
    "pack-changed-meanwhile": (
        "{path:long} was changed while it was copied.",
        "Nothing was packed: try again.",
    ),
    "pack-too-large": (
        "The files are {size} together, and a pack may be {most}. The largest: {largest:list}.",
        "Add --max-size {wanted}, or leave large files out.",
    ),
    "bad-size": (
        "--max-size {text:shown}: this is no size.",
        "Write a number and MB or GB, such as 500MB or 2GB.",
    ),
    "pack-where": (
        "It is not said where the pack goes.",
        "Add -o FOLDER, or -o with a name that ends in .zip or .pdf.",
    ),
    "needs-pypdf": (
        "Putting the school's PDF files into the pack needs the package pypdf.",
        "Install it with: pip install 'charterkit[pdf]'; or pack a folder or a .zip.",
    ),
}
