"""What must hold whatever a file holds: no fault, and every finding at a place in the file, in words."""

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from charterkit.files.workspace import Workspace
from charterkit.files.yaml.reader import BYTE_ORDER_MARK, decode
from charterkit.findings import Finding
from charterkit.resources import builtin
from charterkit.rules.running.check import check
from charterkit.rules.running.fix import fixes
from charterkit.text.safe import JOINING, TAGS, any_of, visible

TODAY = date(2026, 11, 22)
NOWHERE = Path(__file__).parent / "no-such-folder"
"""An empty workspace: the files of a case lie in memory, as those do that an editor has not saved."""


def checked(files: dict[str, bytes]) -> tuple[Finding, ...]:
    """The findings of a workspace of these files, after looking at each of them."""
    found = check(Workspace(NOWHERE, builtin(), files), TODAY).findings
    for one in found:
        assert_sound(one, files.get(one.path, b""))
    return found


def assert_sound(one: Finding, data: bytes) -> None:
    """A place inside the file, and sentences that a terminal may show."""
    can_be_shown = not decode(data)[1]
    lines = data.removeprefix(BYTE_ORDER_MARK).decode(errors="replace").split("\n")
    assert 1 <= one.line <= len(lines), one
    line = lines[one.line - 1].removesuffix("\r")
    assert 1 <= one.column <= len(line) + 1, one
    assert len(one.excerpt) == len(line) if can_be_shown else not one.excerpt, one
    for words in (one.message, one.help):
        assert words.strip(), one
        assert visible(words) == words, one
        assert _UNSEEN.sub("", words).isprintable(), one
        assert len(words) <= LONGEST, one


_UNSEEN = re.compile(any_of(JOINING, TAGS))
"""What emoji and letters of other scripts need between them: `visible` takes out the others."""
LONGEST = 500
"""Of a sentence: the longest lists the keys that are known in a place, of policies."""


def mended(files: dict[str, bytes]) -> dict[str, bytes]:
    """The files after all safe changes, which need no second round and bring no mistake that was not there."""
    after = files | {path: new for path, (_, new) in fixes(Workspace(NOWHERE, builtin(), files)).items()}
    assert fixes(Workspace(NOWHERE, builtin(), after)) == {}
    for path, data in after.items():
        if data != files[path]:
            gained = Counter(own_mistakes(checked(after))) - Counter(own_mistakes(checked(files)))
            assert not gained, (path, data)
    return after


def own_mistakes(found: Iterable[Finding]) -> list[tuple[str, str]]:
    """What can be said of one file by itself. A value that can be read again may be at odds with others (CK212 on)."""
    return [(one.code, one.message) for one in found if one.code < "CK212" and one.code not in _ABOUT_COMMENTS]


_ABOUT_COMMENTS = ("CK120", "CK121", "CK122")
