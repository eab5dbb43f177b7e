"""Errors about documents: pictures, templates, paper and the site."""

SENTENCES: dict[str, tuple[str, ...]] = {
    "template-mistake": (
        "There is a mistake in {where}: {error}.",
        "Mend it, or take it out of the folder {folder}/: then the built-in one is used.",
    ),
    "no-template": (
        "There is no template '{asked}'.",
        "Put it into the folder {folder}/ of the workspace.",
    ),
    "template-unusable": (
        "A template cannot be used: {error}.",
        "Mend it, or take it out of the folder {folder}/: then the built-in one is used.",
    ),
    "too-much": (
        "This is too much for one document.",
        "Ask for one school, for fewer things, or for CSV or JSON, which hold any number.",
    ),
    "too-much-paper": (
        "This is too much for paper: there are more than {most:,} texts in it.",
        "Ask for another format, such as html, which holds any number, or for less.",
    ),
    "paper-fails": (
        "typst cannot set {template}: {said}.",
        "Please send us this message.",
    ),
    "no-glyph": (
        "There is no shape for '{missing}' ({codes}) in the fonts for paper.",
        "They know Latin, Greek, Cyrillic, Arabic, Urdu and Bengali letters, and no emoji: take the character out.",
    ),
    "picture-fails": (
        "A picture cannot be shown: {said}.",
        "Save it anew, as PNG.",
    ),
    "needs-typst": (
        "A PDF or a picture needs the package typst.",
        "Install it with: pip install 'charterkit[pdf]'",
    ),
    "needs-fonts": (
        "A PDF or a picture needs the fonts of the package {package}.",
        "Install it with: pip install 'charterkit[pdf]'",
    ),
    "form-unreadable": (
        "A part of {path} that the form shows cannot be read.",
        "'charterkit check' says where.",
    ),
    "needs-docx": (
        "A Word document needs the package python-docx.",
        "Install it with: pip install 'charterkit[docx]'",
    ),
    "needs-duckdb": (
        "Parquet files and databases need the package duckdb.",
        "Install it with: pip install 'charterkit[tables]'. Another --format, such as csv, does without it.",
    ),
    "needs-xlsxwriter": (
        "A workbook needs the package xlsxwriter.",
        "Install it with: pip install 'charterkit[xlsx]'",
    ),
    "qr-needs-school": (
        "--qr takes the website of a school, and none is named.",
        "Add --school, or use --qr-url.",
    ),
    "no-website": (
        "{name} has no website in {path}.",
        "Add `website:` there, or use --qr-url.",
    ),
    "poster-unreadable": (
        "A part of {path} that the poster shows cannot be read.",
        "{remedy}",
    ),
    "poster-too-full": (
        "The key points do not fit on one page, even in small type: {named}{more}.",
        "Give each of them a `poster` line of about {most} characters at most.",
    ),
    "poster-title-too-long": (
        "The charter’s title has {length} characters; this poster has room for about {most}.",
        "Shorten `title`, or take larger paper or the other way up.",
    ),
    "poster-word-too-wide": (
        "A word is wider than this poster, in {names}.",
        "Shorten the word, or part it with a space or a hyphen.",
    ),
    "no-poster-language": (
        "This charter has no translation into {said}.",
        "Did you mean {meant}? There is: {there}.",
        "There is: {there}.",
    ),
    "poster-key-points": (
        "This charter has {count} key points; a poster holds {fewest} to {most}.",
        "Join some of them in the charter, or give each a `part`: then the poster lists the parts.",
    ),
    "poster-no-words": (
        "{name} has no words for the poster.",
        "Write `poster` or `title` for it.",
    ),
    "poster-text-too-long": (
        "{name} has {count} characters; on a poster it may have {longest}.",
        "Shorten “{text}…”.",
    ),
    "draft-not-published": (
        "The self-evaluation of {spoken} is still a draft, and a draft is not published.",
        "Agree it first with 'charterkit evaluate {slug} --cycle {cycle} --agree', or choose an earlier cycle with --cycle.",
    ),
    "qr-no-address": (
        "'{address}' is no web address for a QR code.",
        "Write a whole one: https://www.our-school.sch.uk/charter",
    ),
    "qr-too-long": (
        "The address for the QR code has {count} characters.",
        "Give one with at most {longest}.",
    ),
    "needs-segno": (
        "A QR code needs the package segno.",
        "Install it with: pip install 'charterkit[pdf]'",
    ),
    "nothing-to-publish": (
        "There is no school here that can be shown.",
        "{new}",
    ),
    "tree-not-clean": (
        "The files are not as the last commit holds them. Changed, new or gone: {paths:some}.",
        "Commit them first, or leave --commit out.",
    ),
    "not-public": ("{refused}",),
}
