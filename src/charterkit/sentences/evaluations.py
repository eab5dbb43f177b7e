"""Errors about self-evaluations, their answers, forms and charters."""

SENTENCES: dict[str, tuple[str, ...]] = {
    "levels-to-say": (
        "The scale of version {new} is another than that of version {old}, and nobody knows what {lacking:or} is there.",
        "Say it for each, as one of {known:list}: {said}.",
    ),
    "level-told": (
        "--level {level}={word}: in version {new} of the charter {level} is {told}, so nothing else can be said of it.",
        "Leave that --level out.",
    ),
    "no-level-way": (
        "--level {text:shown}: this is not OLD=NEW, such as amber=developing.",
        "Write a level of the version it is at, an equals sign, and the level it is in the version it moves to.",
    ),
    "no-drafts-to-move": (
        "{name}: no draft of the charter '{charter}' is older than version {version}.",
        "Self-evaluations that were agreed stay with the version they were made with.",
    ),
    "no-answers-format": (
        "{name}: answers are read from {known} files.",
        "Save the answers as one of these.",
    ),
    "no-table-format": (
        "{name}: this is read from {known:or} files.",
        "Save the sheet as Excel workbook (.xlsx), or as CSV.",
    ),
    "bad-table": (
        "{complaints}",
        "Nothing was changed.",
    ),
    "table-too-large": (
        "{name} has more than {rows} rows or {columns} columns, which is the most.",
        "Take out what does not belong to it, or make two of it.",
    ),
    "no-framework": (
        "{name} has no line of headings that says which column holds the aspects.",
        'Write headings such as Key point, Aspect, Red, Amber and Green; or say it: --map "Aspect=Heading".',
    ),
    "frameworks-twice": (
        "{name} has several sheets that may be the framework: {known:list}.",
        'Say which: --sheet "{first}".',
    ),
    "no-sheet": (
        "{name} has no sheet “{sheet:shown}”.",
        "There is: {known:some}.",
        "It is no workbook: leave --sheet out.",
    ),
    "no-map": (
        "--map {text:shown}: write what a column is, an equals sign, and the column’s heading.",
        'A column may be: {known:list}. Such as --map "Detail=What we look for".',
    ),
    "no-map-column": (
        "--map: there is no column {text:shown}.",
        "The columns are headed: {known:some}.",
    ),
    "framework-not-understood": (
        "This was not understood:\n{complaints}",
        "Nothing was written. Mend these cells, or say with --map what the columns are.",
    ),
    "framework-unfit": (
        "{name} makes no charter that can be read: {why}.",
        "Nothing was written.",
    ),
    "sheet-without-file": (
        "{option} says how a file is read, and no file is named.",
        "Add --from FILE.xlsx or FILE.csv.",
    ),
    "another-workbook": (
        "{name}: answers are read from {known} files.",
        "Save it as Excel workbook (.xlsx).",
    ),
    "bad-answers": (
        "{complaints}",
        "Nothing was changed.",
    ),
    "no-answers": (
        "{name} holds no answers.",
        "Give the columns {columns:list}.",
    ),
    "no-plain-file": (
        "{path} is no plain file.",
        "Save what it gives out in a file first.",
    ),
    "not-read": (
        "{path} cannot be read: {reason}.",
        "Check the name.",
    ),
    "bad-answer": (
        "{option} {value}: write {option} {form}.",
        "Nothing was changed.",
    ),
    "form-of-another-charter": (
        "{name} is a form for the charter {charter:shown}, not {wanted}.",
        "Add --charter.",
    ),
    "form-of-another-version": (
        "{name} is a form for version {version:shown} of the charter, which the workspace does not have.",
        "Make a form for version {wanted}, or put the other version into charters/.",
    ),
    "form-too-large": (
        "{name} is larger than 1 MiB, which is the most.",
        "Take pictures and other sheets out, or copy the answers into a fresh form.",
    ),
    "empty-form": (
        "{name} holds no answers yet.",
        "Fill in the pale cells of the sheet “{sheet}”.",
    ),
    "no-table": (
        "{name} is no form of charterkit’s, and has no line of headings that says what its columns are.",
        "Write headings such as statement, rating and note; or make a form: charterkit render-form -o form.xlsx",
    ),
    "tables-twice": (
        "{name} has answers on several sheets: {titles}.",
        "Keep one sheet with answers.",
    ),
    "school-not-in-table": (
        "{name} has no row of {school:shown} among its {count}.",
        "Did you mean {meant:shown}? Write the school's name, its URN or its folder in that row.",
        "Write the school's name, its URN or its folder in its row.",
    ),
    "school-twice-in-table": (
        "{name} has several rows of {school:shown}: {places:list}.",
        "Keep one.",
    ),
    "no-form": (
        "{name} is no self-evaluation form of charterkit’s.",
        "Make a form with: charterkit render-form -o form.xlsx",
    ),
    "form-of-another-program": (
        "{name} was made by another version of charterkit.",
        "Make a form with: charterkit render-form -o form.xlsx, and copy the answers.",
    ),
    "form-lost-marks": (
        "{name} has lost the hidden row or column that tells its cells apart.",
        "Make a form with: charterkit render-form -o form.xlsx",
    ),
    "form-twice": (
        "{name} has more than one form with answers: the sheets {titles}.",
        "Put all answers on one of them, and delete the other. Nothing was changed.",
    ),
    "form-lost-column": (
        "The sheet “{sheet_name}” of {name} has lost its column for {missing:or}.",
        "Make a form with: charterkit render-form -o form.xlsx",
    ),
    "workbook-refused": (
        "{name} {why}.",
        "{remedy}",
    ),
    "workbook-damaged": (
        "{name} is damaged, or it is no XLSX workbook.",
        "Save it in Excel or LibreOffice as “Excel workbook (.xlsx)”, without a password.",
    ),
    "needs-calamine": (
        "Reading a workbook needs the package python-calamine.",
        "Install it with: pip install 'charterkit[xlsx]'",
    ),
    "evaluation-in-the-way": (
        "There is already an evaluation in {path}.",
        "Say another --cycle.",
    ),
    "cycle-not-begun": (
        "{cycle} has not begun yet: it starts on {first}.",
        "Leave --cycle out, or say another.",
    ),
    "date-not-come": (
        "--date: {when} has not come yet.",
        "Write the day it was made.",
    ),
    "date-outside-cycle": (
        "--date: {when} is not in {cycle}.",
        "Write a day or month from {first} to {last}.",
    ),
    "cycle-over": (
        "{cycle} is over, so its evaluation cannot have today's date.",
        "Add --date with the day or month it was made, {last} at the latest.",
    ),
    "may-be-meant": (
        "{path} cannot be used, and it may be the one that is meant.",
        "{why} Run 'charterkit check' and mend it first.",
    ),
    "may-be-meant-of-any-cycle": (
        "{path} cannot be used, and it may be the one that is meant.",
        "{why} Run 'charterkit check' and mend it first, or say which --cycle is meant.",
    ),
    "nearly-named": (
        "{path} is not read because of its name, and it may be the one that is meant.",
        "Name it {right}; in Explorer, tick View, Show, File name extensions to see the whole name.",
    ),
    "two-evaluations": (
        "{path} and {real} are about the same charter and cycle.",
        "Join the two in one file, or correct the cycle of one.",
    ),
    "evaluation-unusable": (
        "{said}",
        "Mend that first: 'charterkit check' shows all there is.",
    ),
    "copies-first": (
        "{said}",
        "Nothing is published until one file is left of each: a reader may be shown the wrong one.",
    ),
    "unread-first": (
        "{said}",
        "Nothing is published while a part of it cannot be read: mend it first.",
    ),
    "unreadable-first": (
        "{path} cannot be read.",
        "Run 'charterkit check' and mend what it names first.",
    ),
    "no-evaluation-for": (
        "There is no self-evaluation for {wanted}.",
        "There is: {known:list}.",
    ),
    "no-evaluation": (
        "{name} has no self-evaluation of this charter yet.",
        "Start one with: charterkit evaluate {slug}",
    ),
    "no-earlier-cycle": (
        "There is no cycle before {cycle} to compare with.",
        "A comparison needs two self-evaluations; come back after the next one.",
    ),
    "same-cycle": (
        "--from and --to name the same cycle, {cycle}.",
        "Name two different ones.",
    ),
    "unreadable-levels": (
        "This charter's levels cannot be read ({charter}, version {version}).",
        "Run 'charterkit check' and mend what it names.",
    ),
    "no-translation": (
        "This charter has no translation into {said}.",
        "Did you mean {meant}?",
        "{there}Start it with: charterkit translate new --lang {language}",
        "Start it with: charterkit translate new --lang {language}",
    ),
    "no-catalogue": (
        "charterkit has no words of its own in {language}.",
        "There are: {known:list}.",
    ),
    "no-version": (
        "There is no version '{version}' of {found_id}.",
        "There is: {versions:list}.",
    ),
    "no-translation-of-version": (
        "Version {from_version} has no translation into '{language}'.",
        "There is one of version {there}.",
        "Leave out --from-version to start with empty texts.",
    ),
    "unreadable-entry": (
        "{path}, line {line}, column {column}: {why}.",
        "{remedy}Nothing was changed: mend it in an editor first.",
        "Nothing was changed: mend it in an editor first.",
    ),
    "no-reason": (
        "{aspect} is not-applicable without a reason.",
        "Say why it does not apply: add --reason '{aspect}=…'.",
    ),
    "no-answer": (
        "There is no answer in what was given.",
        "Nothing was changed.",
    ),
    "nothing-to-agree": (
        "There is no evaluation to agree yet.",
        "Answer the first question before.",
    ),
    "no-date": (
        "{path} has no date that can be read.",
        "Say when it was agreed with --date.",
    ),
    "no-aspect": (
        "'{aspect:shown}' is not {kind} of this charter.",
        "Did you mean {meant}?",
        "It is the key point “{point:shown}”; its aspects are {inside:list}.",
        "It stands in {speak:some}: write which.",
        "It is {charter}, version {version}.",
    ),
    "no-part": (
        "'{part:shown}' is not a key point of this charter that is rated.",
        "Did you mean {meant}?",
        "It is {charter}, version {version}.",
    ),
    "nothing-applies": (
        "Nothing of the charter {charter}, version {version}, applies to {slug}.",
        "Check phase and type in schools/{slug}/school.yaml.",
    ),
    "several-aspects": (
        "'{aspect:shown}' may mean more than one {noun}.",
        "Write the id: {known:or}.",
    ),
    "no-such-answer": (
        "'{word:shown}' is not {what}.",
        "Write {known:or}.",
        "It has none.",
    ),
    "nothing-to-undo": ("There is nothing to take back.",),
    "rater-in-the-way": (
        "The ratings of '{other:shown}' are kept in {path}, where those of '{name:shown}' would be.",
        "Give a name that is told from the other, such as --as '{name:shown} (governor)'.",
    ),
    "bad-rater": (
        "'{name:shown}' is no rater's name.",
        "Write a name on one line, of {most} characters at most, such as --as 'Anna Lee'.",
    ),
    "no-raters": (
        "Nobody has rated the school for {cycle} with --as yet.",
        "There are ratings for {known:list}: say so with --cycle.",
        "Have each rater run: charterkit evaluate {slug} --cycle {id} --as NAME",
    ),
    "one-rater-twice": (
        "{path} and {other} both say that they are by '{name:shown}'.",
        "Correct `rater:` in one of them, or delete the copy.",
    ),
    "draft-unread": (
        "{path} cannot be read, so that nobody can tell what all raters agree on. Nothing was saved.",
        "'charterkit check' says what is wrong with it. If its rater is still writing, wait until they have done.",
    ),
    "merge-alone": (
        "{option} does not go with {other}.",
        "Leave one of the two out.",
    ),
    "merge-only": (
        "{option} goes with --merge alone.",
        "Add --merge, or leave it out.",
    ),
    "trial-of-nothing": (
        "--dry-run has nothing to show.",
        "Say which answers are meant, such as with --from FILE or --set, or leave --dry-run out.",
    ),
    "nothing-before": (
        "There is no self-evaluation before {cycle} to copy from.",
        "Begin with: charterkit evaluate",
    ),
    "rater-agrees": (
        "One rater's draft is not agreed: the meeting's evaluation is.",
        "Leave out --as, or --agree.",
    ),
    "long-statement": (
        "{option} is too long: {most:,} characters are the most.",
        "Say it in fewer words; what explains one aspect stands better in its note.",
    ),
    "no-longer-readable": (
        "{path} can no longer be read.",
        "Run 'charterkit check' and mend what it names.",
    ),
    "evaluation-keeps-date": (
        "There is a self-evaluation of {cycle} already, and its date stays.",
        "Leave --date out, or change the date in {path}.",
    ),
    "nothing-begun": (
        "There is no evaluation to agree yet.",
        "Run 'charterkit evaluate' first.",
    ),
    "no-terminal": (
        "The questions need a terminal.",
        "Without one, answer with --set ASPECT=LEVEL and --note ASPECT=TEXT, or with --from FILE.",
    ),
    "no-action": (
        "There is no action '{name:shown}'.",
        "Did you mean {meant}?",
        "There is: {known:some}.",
        'Add one with: charterkit action add "What is to be done"',
    ),
    "several-actions": (
        "'{name:shown}' is the name of more than one action: in {places:list}.",
        "Say which is meant with --school or --charter; in one file give each an id of its own.",
    ),
    "action-id-taken": (
        "There is an action '{name:shown}' already.",
        "Leave --id out, or say another.",
    ),
    "action-there-already": (
        "'{name:shown}' stands in the newest evaluation already ({path}), so there is nothing to carry over.",
        "Change it there with: charterkit action change {name}",
    ),
    "action-is-closed": (
        "'{name:shown}' is {status} already.",
        "Take it up again with: charterkit action change {name} --state planned",
    ),
    "action-unreadable": (
        "{path} has '{name:shown}' again in a line that cannot be read. Nothing was changed.",
        "Run 'charterkit check' and mend that line first.",
    ),
    "empty-action": (
        "Nothing is said of what is to be done.",
        'Write it in quotes, in one sentence: "Order new planters".',
    ),
    "nothing-to-change": (
        "Nothing is said that is to change of '{name:shown}'.",
        "Add --owner, --due, --note, --text, --success, --aspect or --state.",
    ),
    "bad-id": (
        "--id: '{name:shown}' is not made of small letters, digits and hyphens.",
        "Write {meant}.",
        "Leave it out: it is made of the action's words.",
    ),
}
