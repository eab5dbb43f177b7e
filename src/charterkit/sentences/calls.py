"""Errors about the call itself: options, formats, schools and charters that are named."""

SENTENCES: dict[str, tuple[str, ...]] = {
    "no-command": (
        "There is no command '{name}'.",
        "Did you mean '{meant}'?",
        "'charterkit {of}' has: {inner:list}.",
        "'charterkit --help' lists them all.",
    ),
    "cycle-as-school": (
        "'{words:shown}' is a cycle, and no school.",
        "Write it behind its option: {meant}",
    ),
    "words-beyond": (
        "'{said:shown}' is more than the command takes.",
        "Put words that belong together in quotes.",
    ),
    "no-number-of-processes": (
        "--jobs {jobs:shown}: this is no number of processes.",
        "Write 1 or more.",
    ),
    "no-port": (
        "--port {port:shown}: this is no port that may be opened.",
        "Write a number from 1024 to 65535, or leave it out.",
    ),
    "no-format": (
        "There is no format '{wanted}'.",
        "Did you mean {meant}? There is: {known:list}.",
        "Write one of: {known:list}.",
    ),
    "no-statistics-format": (
        "There is no format '{wanted}' for statistics.",
        "Write one of: {known:list}.",
    ),
    "no-workspace-in": (
        "There is no workspace in '{root}'.",
        "Say where charters/ and schools/ are with --workspace, or run 'charterkit init' there.",
    ),
    "stdin-alone": (
        "A text on stdin is checked alone, and for the place where it belongs.",
        "Write: charterkit check - --stdin-filename PATH, without other paths, --fix or --diff.",
    ),
    "no-yaml-name": (
        "--stdin-filename {filename}: this is no YAML file's name.",
        "It ends in .yaml.",
    ),
    "no-path": (
        "There is no file or folder '{path}'.",
        "Check its name.",
    ),
    "option-after-dashes": (
        "There is no file or folder '{path}'.",
        "Options go before the --.",
    ),
    "outside-workspace": (
        "'{path}' is not in this workspace.",
        "The workspace is {root}.",
    ),
    "stdin-filename-without-stdin": (
        "--stdin-filename goes with a text on stdin.",
        "Write - in place of the path.",
    ),
    "option-is-file": (
        "'{one}' is an option, and the name of a file here.",
        "Write -- before the paths of files; where the option is meant, give that file another name.",
    ),
    "no-condition": (
        "--fail-on {text}: there is no such condition.",
        "Write --fail-on decline.",
    ),
    "rev-is-whole": (
        "--rev looks at the whole workspace.",
        "Leave the other choices out.",
    ),
    "every-where": (
        "--every makes a file for each school, and it is not said where they go.",
        "Add -o '{wanted}': the school's folder stands for {{school}}.",
    ),
    "every-one-file": (
        "-o {output:shown} is one file, and --every makes one for each school.",
        "Write -o '{wanted:shown}': the school's folder stands for {{school}}.",
    ),
    "every-no-place": (
        "{place:shown} in -o stands for nothing here.",
        "Write {known:or}.",
    ),
    "every-shared": (
        "'{first:shown}' and '{second:shown}' would have one file, {path:shown}.",
        "Write {{school}} in it too: no two schools have one folder.",
    ),
    "every-of-one": (
        "{name:shown} has no schools of its own, and --every makes a file for each of several.",
        "Leave --every out; or leave the school out, or name its trust.",
    ),
    "every-opens": (
        "--every makes many files, and --open shows one.",
        "Leave one of them out.",
    ),
    "all-is-whole": (
        "--all goes with neither --from, --to nor --fail-on.",
        "Leave one of them out.",
    ),
    "holds-charterkit": (
        "{root} holds charterkit itself.",
        "Start the workspace in a folder of its own.",
    ),
    "workspace-already": (
        "{root} is a workspace already.",
        "Nothing was changed.",
    ),
    "not-written": (
        "{filename} cannot be written: {reason}.",
        "Check the folder.",
    ),
    "no-phase": (
        "There is no phase '{text}'.",
        "Write one of: {phases:list}.",
    ),
    "empty-name": (
        "The name is empty.",
        "Write it in quotes after the command.",
    ),
    "empty-title": (
        "The title is empty.",
        "Write it in quotes after the command.",
    ),
    "no-id": (
        "'{title}' cannot be an id.",
        "Say one with --id, such as {example}.",
    ),
    "title-or-next-version": (
        "Say either a title or --next-version-of.",
        'For example: charterkit new charter "Our charter"',
    ),
    "charter-already": (
        "There is a charter '{charter}' already.",
        "Add --next-version-of {charter}, or another --id.",
    ),
    "evaluation-already": (
        "There is a self-evaluation for {wanted} already: {path}.",
        "Say another --cycle.",
    ),
    "no-workspace": (
        "There is no workspace here.",
        "Run 'charterkit init' to start one, or say where it is with --workspace.",
    ),
    "several-workspaces": (
        "There are several workspaces below this folder: {known:some}.",
        "Go into one of them, or say which with --workspace.",
    ),
    "no-folder": (
        "There is no folder '{directory}'.",
        "Check --workspace.",
    ),
    "folder-gone": (
        "The current folder is gone.",
        "Change to one that is there: cd ~",
    ),
    "no-format-of-option": (
        "{option} has no format '{chosen}'.",
        "Write one of: {known:list}.",
    ),
    "not-for-terminal": (
        "A {what} is not for the terminal.",
        "Add -o {name}.{chosen}",
    ),
    "no-format-of-ending": (
        "No document ending in {ending} can be made.",
        "End the name in one of: {known}.",
    ),
    "among-sources": (
        "{path} is among the workspace's own files.",
        "Write to another folder.",
    ),
    "no-day": (
        "--today {text}: this is not a day.",
        "Write year-month-day: 2025-10-14.",
    ),
    "year-is-one-term": (
        "--year {text}: this is one term.",
        "Write the whole year: {year}.",
    ),
    "no-version-to": (
        "Which version to move to is not said.",
        "Write it: --to 2. 'charterkit charter diff' says what it changes.",
    ),
    "list-or-accept": (
        "The proposals are either listed or accepted.",
        "Leave out the file and the format, or --yes-to and --all.",
    ),
    "no-proposal": (
        "{name:shown} is not proposed.",
        "There is: {known:some}.",
        "Nothing is.",
    ),
    "nothing-accepted": (
        "No example was accepted for the charter '{charter}', so there is no next version to write.",
        "Accept some: --yes-to ASPECT:SCHOOL, or --all.",
    ),
    "nothing-proposed": (
        "No examples are proposed for the charter '{charter}', so there is no next version to write.",
        "'charterkit examples propose' says how many schools were looked at.",
    ),
    "every-and-school": (
        "--every means every school, and one is named as well.",
        "Leave one of the two out.",
    ),
    "no-choice": (
        "{option} {word}: there is no such choice.",
        "Did you mean {meant}? There is: {known:list}.",
        "Write one of: {known:list}.",
    ),
    "bad-option": (
        "{option}: {why}.",
        "{remedy}",
    ),
    "no-audience": (
        "There is no audience '{name}'.",
        "Write one of: {known:list}.",
    ),
    "compact-workbook": (
        "--compact is for paper: a workbook has one row an aspect anyway.",
        "Leave --compact out, or write a .pdf or .html.",
    ),
    "drafts-for-leaders": (
        "What raters said before the meeting is for leaders alone, not for {audience}.",
        "Leave out --drafts, or --audience.",
    ),
    "table-for-public": (
        "--table is for the public report: the one for {audience} has every aspect anyway.",
        "Leave --table out, or write --audience public.",
    ),
    "no-kind-said": (
        "Say which kind of file.",
        "One of: {known:list}; or --update for all.",
    ),
    "no-kind": (
        "There is no kind of file '{kind}'.",
        "Did you mean '{meant}'?",
        "Write one of: {known:list}.",
    ),
    "charter-not-fit": (
        "--charter does not fit a {kind}.",
        "It goes with {rated}.",
    ),
    "update-is-whole": (
        "--update renews all the schemas.",
        "Leave out the rest of the call.",
    ),
    "no-duty": (
        "--done {name}: this charter has no such duty.",
        "Did you mean {meant}?",
        "The duties are: {known:list}.",
    ),
    "option-not-come": (
        "{option}: {found} has not come yet.",
        "Write the day it was done.",
    ),
    "language-already": (
        "The charter is in {language} already.",
        "Say the language to translate it into.",
    ),
    "translation-already": (
        "There is a translation into {language} already: {path}.",
        "Go on in that file. What it lacks: charterkit translate status --lang {tag}",
    ),
    "no-language": (
        "--lang: {why}.",
        "{remedy}",
    ),
    "one-school-only": (
        "{name} is one school: an overview is of many.",
        "For one school: charterkit report {slug}",
    ),
    "no-members": (
        "{name} has no member that has a folder here.",
        "Write them in schools/{slug}/school.yaml as members: [...], or the trust in each school's own file.",
    ),
    "public-names-none": (
        "What is published names no school, so it cannot go by school.",
        "Leave out --public, or put schools together by trust, local-authority or phase.",
    ),
    "jobs-of-every": (
        "--jobs is for --every, which makes a document for each school.",
        "Leave it out, or add --every.",
    ),
    "from-not-before": (
        "--from {before} is not before {cycle}, so nothing can have moved since.",
        "Name an earlier cycle, or leave --from out.",
    ),
    "public-too-few": (
        "Schools that have agreed a self-evaluation of {cycle}: {schools}. What is published speaks for at least five.",
        "Make one that is not to be published, or name another cycle with --cycle.",
    ),
    "no-reports": (
        "There is no folder '{folder}'.",
        "Name the one that holds the schools' reports, or leave out --reports.",
    ),
    "for-one-school": (
        "{option} is for one school; this is an overview of {name}.",
        "Leave it out, or name one of its schools.",
    ),
    "for-many-schools": (
        "{option} is for an overview of many schools; this is about one.",
        "Leave it out, or name a trust or an authority.",
    ),
}
