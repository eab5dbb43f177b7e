"""Errors about the register of schools in England."""

SENTENCES: dict[str, tuple[str, ...]] = {
    "gias-packed": (
        "{name:shown} is packed.",
        "Unpack it first: the extract is the file in it whose name begins with edubasealldata and ends in .csv.",
    ),
    "gias-too-large": (
        "{name:shown} is larger than {most} MiB, which is the most.",
        "Take the extract as it was downloaded.",
    ),
    "gias-empty": (
        "{name:shown} is empty: no headings stand in its first row.",
        "Download it again.",
    ),
    "gias-nul": (
        "{name:shown}, line {line}: a NUL character stands here, and no table has one.",
        "Download it again.",
    ),
    "gias-letters": (
        "{name:shown} says that it is kept as {encoding}, and not all of it is.",
        "Download it again, and do not save it in another program.",
    ),
    "gias-no-letters": (
        "{name:shown}, line {line}: a letter here is neither of UTF-8 nor of Windows-1252.",
        "Download it again, and do not save it in another program.",
    ),
    "gias-cut-off": (
        "{name:shown}, row {row}: the file ends in the middle of this row, so more may be missing behind it.",
        "Download it again.",
    ),
    "gias-uneven": (
        "{name:shown}, row {row}: {cells}, where the headings are {width}.",
        "Download it again, and do not save it in another program.",
    ),
    "gias-broken": (
        "{name:shown}, row {row}: {why}.",
        "Download it again, and do not save it in another program.",
    ),
    "gias-is-links": (
        "{name:shown} is the links file.",
        "Give the extract of establishments first, and this one with --links.",
    ),
    "gias-not-links": (
        "{name:shown} is the extract of establishments, and no links file.",
        "Give it without --links; the links file has a column LinkURN.",
    ),
    "gias-no-column": (
        "{name:shown} has no column {column}.",
        "Its nearest one is “{near:shown}”. Is it the file as it was downloaded?",
        "Is it the file as it was downloaded from Get Information about Schools?",
    ),
    "gias-two-columns": (
        "{name:shown} has two columns {column}.",
        "Delete the one that is not meant.",
    ),
    "gias-bad-wish": (
        "--where {text:shown}: write a column’s heading, an equals sign, and what is to stand there.",
        'Such as --where "LA (name)=Camden".',
    ),
    "gias-about-people": (
        "--where {column:shown}: this column is about people, and is never looked into.",
        'Choose by another one, such as --where "LA (name)=Camden".',
    ),
    "gias-wish-column": (
        "{name:shown} has no column “{column:shown}”.",
        "Did you mean “{near:shown}”?",
        "The first row of the file has all headings.",
    ),
    "gias-no-value": (
        "No row of {name:shown} has “{text:shown}” under {column:shown}.",
        "Did you mean “{near:shown}”?",
        "There is: {known:list}.",
        "Write it as it stands in the file.",
    ),
    "gias-not-told": (
        "{things} to be mended first, and nothing was written.",
        "Each is named above.",
    ),
    "gias-unfit": (
        "{path}: the file of {name:shown} would not be sound: {why}.",
        "Nothing was written. Leave the school out with --where, and say what you met.",
    ),
}
