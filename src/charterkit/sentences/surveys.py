"""Errors about surveys: exports, their columns, and what was said in them."""

SENTENCES: dict[str, tuple[str, ...]] = {
    "survey-too-large": (
        "{name} is larger than {most} MiB, which is the most.",
        "Export the answers alone, as CSV, without pictures and other sheets.",
    ),
    "no-survey-answers": (
        "{name} holds no answers: a line of headings, and below it a line for each person or each question.",
        "Export the responses from the form tool once more, as CSV or Excel workbook.",
    ),
    "no-such-sheet": (
        "{name} has no sheet '{sheet:shown}'.",
        "There is: {known:some}.",
    ),
    "no-survey-column": (
        "{option} {said:shown}: this names no one column.",
        "Say its letter. There is: {known:some}.",
    ),
    "no-question-column": (
        "{option}: column {column}, “{heading:shown}”, is not taken for a question.",
        "Add --use {column}=question if it is one.",
    ),
    "no-such-survey-answer": (
        "--agreeing: nobody answered '{word:shown}' to “{heading:shown}”.",
        "Did you mean {meant}?",
        "The answers are: {known:some}.",
    ),
    "no-such-group": (
        "--group {said:shown}: this is not TEXT=GROUP with one of the charter’s focus groups.",
        "There is: {known:list}.",
        "The charter has no focus groups.",
    ),
    "survey-not-understood": (
        "{complaints}",
        "Mend the file, or say what a column is with --use.",
    ),
    "survey-unfit": (
        "The survey would not be sound: {why}.",
        "Mend the export, or leave the column out with --use COLUMN=out.",
    ),
    "survey-needs-date": (
        "The time stamps do not say when the survey was held.",
        "Add --date, such as --date 2026-10.",
    ),
    "survey-already": (
        "There is {path} already.",
        "Say another name with --name; what stands there is never written over.",
    ),
    "no-survey-of-school": (
        "{name} has no survey '{survey}'.",
        "Did you mean {meant}?",
        "There is: {known:some}.",
        "Run: charterkit import survey FILE --school {slug}",
    ),
    "no-surveys": (
        "{name} has no survey yet.",
        "Run: charterkit import survey FILE --school {slug}",
    ),
    "bad-keep": (
        "--keep {said:shown}: these are not numbers of the lines that are listed.",
        "Write them with commas between, such as --keep 2,5.",
    ),
    "quote-personal": (
        "Line {number} holds an address or a number that leads to a person, and is not kept.",
        "Write what it says in your own words with: charterkit said add",
    ),
    "said-empty": ("--said needs what families said, in a sentence or two.",),
    "said-answered": (
        "“{said:shown}” has an answer already, in {path}.",
        "Change it there, or say it in other words.",
    ),
}
