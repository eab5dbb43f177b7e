"""Errors about files and folders, read and written."""

SENTENCES: dict[str, tuple[str, ...]] = {
    "unreadable": (
        "{path} cannot be read.",
        "Run 'charterkit check' and mend what it names.",
    ),
    "no-charter-version": (
        "There is no version '{version}' of the charter '{charter}'.",
        "There is: {known:list}.",
    ),
    "no-earlier-version": (
        "Version {version} of the charter '{charter}' is the first that is here: there is nothing to compare it with.",
        "Write 'charterkit charter diff OLD NEW': numbers of versions, or files.",
    ),
    "version-withdrawn": (
        "Version {version} of the charter '{charter}' was withdrawn.",
        "Move to another one: --to VERSION.",
    ),
    "charter-published": ("The charter '{charter}', version {version}, is published already.",),
    "charter-built-in": (
        "The charter '{charter}' is the one that comes with charterkit: there is no {path} in this workspace.",
        "Run 'charterkit init' to get a copy of your own, and change that.",
    ),
    "no-charter": (
        "There is no charter '{charter}'.",
        "Did you mean {meant}?",
        "There is: {known:list}.",
        "Run 'charterkit init' to get the built-in one.",
    ),
    "several-charters": (
        "There are several charters here.",
        "Add --charter with one of: {known:list}.",
    ),
    "no-charters": (
        "There is no charter here.",
        "Run 'charterkit init' to get the built-in one.",
    ),
    "git-too-slow": (
        "git has not answered within {seconds} seconds.",
        "'git fsck' says whether the repository is sound.",
    ),
    "git-not-started": (
        "git cannot be started: {reason}.",
        "Install it anew, or leave --rev out.",
    ),
    "no-git": (
        "There is no git on this computer.",
        "Install git, or leave --rev out.",
    ),
    "no-revisions": (
        "--rev {span}: this names no two revisions.",
        "Write two with dots between: main..HEAD.",
    ),
    "no-revision": (
        "git knows no revision '{name}' here.",
        "'git log' lists them.",
    ),
    "no-common-revision": (
        "--rev {span}: git finds no revision that both come from.",
        "In a shallow clone, fetch the rest first: git fetch --unshallow",
    ),
    "no-temporary-folder": (
        "There is no folder for temporary files: {reason}.",
        "Set TMPDIR.",
    ),
    "name-twice": (
        "{said} is there twice: under one name, or under two that this disk takes for one.",
        "Rename one of them.",
    ),
    "no-temporary-file": (
        "{said} cannot be put into a temporary file: {reason}.",
        "See TMPDIR.",
    ),
    "unfit-name": (
        "{said} of '{revision}' has a name that cannot be kept here.",
        "Rename it.",
    ),
    "link-out": (
        "{said} that leads out of {top:long}, to {real:long}.",
        "Nothing was written. The link may have come with somebody else's change: delete it, or name the place itself where you want to write.",
    ),
    "link-hidden": (
        "{said} to a hidden place, {real:long}.",
        "Nothing was written. The link may have come with somebody else's change: delete it, or name the place itself where you want to write.",
    ),
    "link-of-another-kind": (
        "{said} to a file of another kind, {real:long}.",
        "Nothing was written. The link may have come with somebody else's change: delete it, or name the place itself where you want to write.",
    ),
    "name-of-device": (
        "'{name}' is a name that Windows keeps for itself: no computer with it could open the files.",
        "Choose another one, such as '{name}-school'.",
    ),
    "no-slug": (
        "No folder name can be made of '{name}'.",
        "Say it with --slug, in small letters, digits and hyphens.",
    ),
    "folder-already": (
        "There is a folder schools/{slug} already.",
        "Say another name with --slug.",
    ),
    "id-already": (
        "There is a file {path} already.",
        "Say another id with --id.",
    ),
    "file-already": (
        "There is a file {path} already.",
        "Move that file away or give it another name.",
    ),
    "revision-damaged": (
        "git cannot read all of '{revision}': something in it is damaged, or far too large.",
        "'git fsck' says what.",
    ),
    "revision-partial": (
        "Part of '{revision}' is not in this clone.",
        "A clone made without --filter and --depth has all of it.",
    ),
    "revision-too-large": (
        "'{revision}' is no workspace that anybody could read: more than {most:,} {what}.",
        "'git ls-tree' lists what is in it.",
    ),
    "logo-outside": (
        "The logo {path} lies outside {place}.",
        "Copy the picture into it and name that one.",
    ),
    "no-logo": (
        "There is no file {path} for the logo.",
        "Correct `logo:`, or add the picture.",
    ),
    "logo-too-large": (
        "The logo {path} is larger than 2 MB.",
        "Save a smaller picture: 1000 pixels are plenty.",
    ),
    "logo-broken": (
        "The logo {path} is broken, or wider or higher than {most} pixels.",
        "Save a smaller picture.",
    ),
    "logo-not-read": ("The logo {path} cannot be read: {reason}.",),
    "logo-refused": (
        "The logo {path} is not used: {why}.",
        "Save it as a plain SVG without links, scripts and effects, or as PNG.",
    ),
    "logo-no-svg": (
        "The logo {path} is no SVG that can be read (line {line}).",
        "Save it as a plain SVG without links, scripts and effects, or as PNG.",
    ),
    "logo-no-picture": (
        "The logo {path} is neither PNG, JPEG nor SVG.",
        "Save the picture as one of them.",
    ),
    "out-no-folder": (
        "{out:long} is no folder.",
        "Name a folder.",
    ),
    "out-in-git": (
        "{out:long} belongs to git.",
        "Choose another folder.",
    ),
    "out-around-workspace": (
        "{out:long} holds the workspace itself.",
        "Choose another folder, such as a new one in it.",
    ),
    "out-among-sources": (
        "{out:long} is among the workspace's own files.",
        "Choose another folder.",
    ),
    "site-of-others": (
        "{out} was made for {words}: it has pages of {others}{going}.",
        "Choose another folder with --out, or delete this one first.",
    ),
    "site-not-empty": (
        "{out} holds files that charterkit did not write.",
        "Choose an empty folder, or a new one.",
    ),
    "site-list-changed": (
        "{out} is not as charterkit wrote it, so nothing was touched.",
        "Empty the folder yourself, or choose another one.",
    ),
    "site-page-already": (
        "{out} is there already, and charterkit did not write it.",
        "Move it away first.",
    ),
    "site-not-written": (
        "{out} cannot be written: {reason}.",
        "Check the folder and the disk.",
    ),
    "site-behind-link": (
        "{out} is or lies behind a link.",
        "Take the link away first.",
    ),
    "site-place-no-folder": (
        "{place} is no folder.",
        "Move it away first.",
    ),
    "export-into-folder": (
        "{out:long} is the name of a file, and an export is a folder of several.",
        "Name a folder, and add --format {chosen}.",
    ),
    "export-not-ours": (
        "{out:long} holds {name:shown}, which no export of charterkit wrote, so nothing was touched.",
        "Choose a new folder, or move that away first.",
    ),
    "rows-lost": (
        "The table {table} did not come out whole: {wanted} rows went in, {came} came out. Nothing was written.",
        "Do it again; if it says so again, use --format csv, and report it as a fault of charterkit.",
    ),
    "no-store": (
        "{out:long}: a folder in a store begins with {stores:or}, and names a bucket or a server and a folder.",
        "Write one such as s3://bucket/folder, or the name of a folder here.",
    ),
    "store-lacks": (
        "{out:long} names no {lacks}.",
        "Write it as {form}",
    ),
    "store-password": (
        "{out:long}: the name or the password in this address has a sign in it that ends an address.",
        "Write %2F for /, %3F for ?, %23 for # and %40 for @ in them.",
    ),
    "no-fsspec": (
        "Writing to a store needs a package that is not installed.",
        "Install it with: pip install 'charterkit[storage]'",
    ),
    "no-package-of-store": (
        "What writes to {scheme} is not installed.",
        "Install it with: pip install {package}",
    ),
    "store-refuses": (
        "The store refuses at {out:long}: {why:long}",
        "Check the address, and that you may read, write and delete there; then do it again.",
    ),
    "store-cut": (
        "{path:long} has not come whole to {out:long}.",
        "Do it again: what lies there is not whole.",
    ),
    "export-busy": (
        "Another export is being written to {out:long}.",
        "Wait until it is done, or choose another folder.",
    ),
    "export-not-written": (
        "{out:long} cannot be written: {reason}.",
        "What was there is as it was. Check the folder and the disk, then run it again.",
    ),
    "export-too-many-rows": (
        "{table} has more than {most} rows, which is all that a sheet of a workbook holds.",
        "Choose another format: parquet, duckdb or csv.",
    ),
    "no-repository": (
        "This workspace is not in a git repository.",
        "Run it in a clone of the repository.",
    ),
    "repository-not-read": (
        "The git repository cannot be read: {reason}.",
        "'git fsck' says whether it is sound.",
    ),
    "several-schools": (
        "There are several schools here: say which.",
        "Add one of: {known:some}.",
    ),
    "no-school": (
        "There is no school '{slug}'.",
        "Did you mean {meant}?",
        'There is: {known:some}. To add another one: charterkit new school "Name of the school"',
        'To add it: charterkit new school "Name of the school"',
    ),
    "no-own-school": (
        "There is no school of your own here yet, and a made-up one counts only where it is named.",
        "Run 'charterkit new school \"Name of the school\"'; or try things on the made-up one: add {known:list}.",
    ),
    "school-of-several": (
        "'{words:shown}' may be any of several schools.",
        "Say which by its folder: {known:some}.",
    ),
    "school-twice": (
        "Two schools are named: {first} and {second}.",
        "Name one of them.",
    ),
    "no-schools": (
        "There is no school here yet.",
        "Run 'charterkit new school \"Name of the school\"'.",
    ),
    "file-not-written": (
        "{path:long} cannot be written: {reason}.",
        "The file is as it was. Check that the folder can be written to and the disk has room.",
    ),
    "changed-meanwhile": (
        "{name} was changed by somebody else meanwhile, so it was left as it is.",
        "What was to be written is in {kept}. Run the command again to work on the newer file.",
        "Look at it before it is deleted.",
    ),
    "being-written": (
        "{name} is being written by somebody else.",
        "What was to be written is in {kept}. Try again in a moment.",
        "Try again in a moment.",
    ),
    "is-link": (
        "{path} is a link, so nothing was written through it.",
        "Put the file or folder itself in its place.",
    ),
    "leads-out": (
        "{parent} leads out of the workspace, so nothing was written there.",
        "Put the file or folder itself in its place.",
    ),
    "not-utf-8": (
        "{name} is not UTF-8.",
        "Save it again with the encoding UTF-8; 'charterkit check' names the place.",
    ),
    "not-replaced": (
        "{path:long} cannot be replaced: {error}.",
        "What was to be written is in {kept:long}. Close the program that has the file open, then run the command again.",
    ),
    "change-disturbs": (
        "The change would disturb something else in the file.",
        "Make it in an editor: something unusual stands near that place.",
    ),
    "value-in-the-way": (
        "'{where}' cannot be set: something else stands around it.",
        "Mend it in an editor.",
    ),
    "file-unreadable": (
        "The file cannot be read.",
        "Run 'charterkit check' and mend what it names first.",
    ),
    "file-too-large": (
        "The file would grow past 1 MiB, which is the most.",
        "Keep long texts elsewhere.",
    ),
    "no-rule": (
        "There is no rule '{code}'.",
        "Did you mean {meant}?",
        "'charterkit rules' lists them all.",
    ),
}
