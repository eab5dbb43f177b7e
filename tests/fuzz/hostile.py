"""Files of about 900 KB that were made to be slow: each exercises one thing a thousand times over."""

from collections.abc import Callable, Mapping

SIZE = 900_000
EVALUATION = "schools/lathom/evaluations/2025-26-autumn.yaml"
POLICY = "schools/lathom/policies/behaviour.yaml"
CHARTER = "charters/large.yaml"
TRANSLATION = "charters/large.cy.yaml"
SCHOOL = "schools/lathom/school.yaml"
SURVEY = "schools/lathom/surveys/parents.yaml"
VISIT = "schools/lathom/visits/2026-03-12.yaml"
SETTINGS = "charterkit.yaml"

_HEAD = 'charter: community-engagement\ncharter_version: "1"\ncycle: 2025-26-autumn\ndate: 2025-10-14\n'
_POLICY = "id: behaviour\ntitle: Behaviour\nstatus: live\n"
_CHARTER = 'id: large\nversion: "1"\ntitle: Large\nstatus: published\n'
_IGNORE = "# charterkit: ignore[CK412] x\n"


def _rows(row: str, most: int = 200_000) -> str:
    """A row as often as fits, `%d` in it counting up."""
    made = []
    size = 0
    for number in range(most):
        made.append(row.replace("%d", str(number)))
        size += len(made[-1].encode())
        if size > SIZE:
            break
    return "".join(made)


def _filled(piece: str) -> str:
    return piece * (SIZE // len(piece.encode()))


def _charter(aspects: int) -> str:
    rows = "".join(f"      - {{id: aspect-{n}, text: Something}}\n" for n in range(aspects))
    return f"{_CHARTER}key_points:\n  - id: one\n    title: One\n    aspects:\n{rows}"


def _note(text: str) -> str:
    return f"{_HEAD}ratings:\n  gate-greeting:\n    rating: green\n    note: {text}\n"


def _actions(row: str) -> str:
    return f"{_HEAD}ratings: {{}}\nactions:\n{_rows(row)}"


HOSTILE: Mapping[str, Callable[[], Mapping[str, str]]] = {
    "unknown aspects": lambda: {EVALUATION: f"{_HEAD}ratings:\n" + _rows("  aspect-%d: {rating: green}\n")},
    "unknown levels": lambda: {EVALUATION: f"{_HEAD}ratings:\n" + _rows("  aspect-%d: {rating: gren}\n")},
    "unknown aspects of a large charter": lambda: {
        CHARTER: _charter(400),
        EVALUATION: _HEAD.replace("community-engagement", "large")
        + "ratings:\n"
        + _rows("  aspct-%d: {rating: gren}\n"),
    },
    "a large charter": lambda: {CHARTER: _charter(18_000)},
    "broken actions": lambda: {EVALUATION: _actions("  - {owner: Head, due: soon, aspect: nowhere}\n")},
    "broken and good actions": lambda: {
        EVALUATION: _actions("  - {owner: Head}\n  - {id: a%d, action: x, due: 2020}\n")
    },
    "overdue actions of unknown aspects": lambda: {
        EVALUATION: _actions("  - {id: a, aspect: nowhere, action: x, due: 2020-01}\n")
    },
    "words in place of actions": lambda: {EVALUATION: _actions("  - x\n")},
    "history": lambda: {POLICY: f"{_POLICY}history:\n" + _rows("  - {date: 20%d, event: reviewed}\n")},
    "history out of order": lambda: {
        POLICY: f"{_POLICY}history:\n"
        + _rows("  - {date: 2020-01, event: reviewed}\n  - {date: 2019-01, event: reviewed}\n  - {date: x}\n")
    },
    "commitments and concerns": lambda: {
        POLICY: f"{_POLICY}commitments:\n" + _rows("  - {id: a, what: b, when: regularly}\n  - {id: a}\n")
    },
    "related policies": lambda: {POLICY: f"{_POLICY}related:\n" + _rows("  - behavior-%d\n")},
    "applies to": lambda: {POLICY: f"{_POLICY}applies_to:\n" + _rows("  - school-%d\n  - No Id %d\n")},
    "members": lambda: {SCHOOL: "name: Lathom\nkind: trust\nmembers:\n" + _rows("  - school-%d\n  - No Id %d\n")},
    "sign-ups": lambda: {
        SCHOOL: "name: Lathom\ncharters:\n"
        + _rows("  - {charter: community-engagement, pledges: {p%d: 2025, q%d: x}}\n  - {charter: none}\n")
    },
    "contacts": lambda: {SCHOOL: "name: Lathom\ncontacts:\n" + _rows("  - {email: x%d}\n  - {mail: y%d}\n")},
    "former urns": lambda: {SCHOOL: "name: Lathom\nformer_urns:\n" + _rows("  - x\n")},
    "questions": lambda: {
        SURVEY: "title: A\ndate: 2025\nresponses: 1\nquestions:\n"
        + _rows("  - {id: q, text: b, agree: 9, aspects: [nowhere]}\n  - {id: b%d}\n")
    },
    "looked at": lambda: {
        VISIT: "date: 2026-03-12\nlooked_at:\n"
        + _rows("  - {kind: document, path: none%d.md, sha256: x}\n  - {kind: link, url: x}\n  - {kind: y}\n")
    },
    "evidence": lambda: {
        EVALUATION: _note("x").rstrip("\n")
        + "\n    evidence:\n"
        + _rows("      - {kind: survey, survey: p%d}\n      - {kind: document, path: ../x%d}\n")
    },
    "evidence that cannot be read": lambda: {
        EVALUATION: _note("x").rstrip("\n") + "\n    evidence:\n" + _rows("      - {kind: surve, survey: p%d}\n")
    },
    "ideas that are lists": lambda: {EVALUATION: _note("x").rstrip("\n") + "\n    ideas:\n" + _rows("      - [a]\n")},
    "groups": lambda: {EVALUATION: _note("x").rstrip("\n") + "\n    groups:\n" + _rows("      boys-%d: gren\n")},
    "a scale": lambda: {CHARTER: f"{_CHARTER}scale:\n" + _rows("  - {id: l%d, label: L}\n  - {id: l, label: L}\n")},
    "key points": lambda: {CHARTER: f"{_CHARTER}key_points:\n" + _rows("  - {id: k, title: K, aspects: []}\n")},
    "key points that cannot be read": lambda: {
        CHARTER: f"{_CHARTER}key_points:\n" + _rows("  - {id: k%d, aspects: [{id: a%d}, {id: a, text: b}]}\n")
    },
    "replaced aspects": lambda: {
        CHARTER: _charter(1).rstrip("}\n") + ", replaces: [" + _rows("old-%d, No Id, ") + "], sources: [x, y]}\n"
    },
    "a translation": lambda: {
        CHARTER: _charter(2000),
        TRANSLATION: 'charter: large\nversion: "1"\nlanguage: cy\nkey_points:\n  - id: one\n    aspects:\n'
        + _rows("      - {id: aspct-%d, text: {text: a, source: b}}\n      - {id: aspect-%d, x: y}\n"),
    },
    "ignore comments": lambda: {EVALUATION: _actions("").rstrip("\n") + "\n" + _IGNORE * 5000},
    "ignore comments between overdue actions": lambda: {
        EVALUATION: _actions(f"  {_IGNORE}  - {{action: x, due: 2020-01}}\n")
    },
    "ignore comments with many codes": lambda: {
        EVALUATION: f"{_HEAD}ratings: {{}}  # charterkit: ignore[" + _rows("CK%d, ") + "] x\n"
    },
    "ignore comments of unknown codes": lambda: {
        EVALUATION: f"{_HEAD}ratings: {{}}\n" + _rows("# charterkit: ignore[CK4%d,ck412,C412] x\n")
    },
    "settings": lambda: {SETTINGS: "check:\n  ignore:\n" + _rows("    - CX%d\n    - [x]\n")},
    "settings by path": lambda: {
        SETTINGS: "check:\n  paths:\n" + _rows('    "*%d*a*": [CK4, CX1]\n', 3000),
        EVALUATION: _actions("  - {action: x, due: 2020-01}\n"),
    },
    "one long line": lambda: {EVALUATION: _note(_filled("words and "))},
    "one long line with mistakes": lambda: {
        EVALUATION: f"{_HEAD}ratings: {{" + _rows("aspect-%d: {rating: gren, ratign: x}, ") + "}\n"
    },
    "one long line of overdue actions": lambda: {
        EVALUATION: f"{_HEAD}ratings: {{}}\nactions: [" + _rows("{action: x, due: 2020-01}, ") + "]\n"
    },
    "one long line of addresses": lambda: {EVALUATION: _note(_rows("jo.%d@mail.example or 07700 900123; "))},
    "one long key": lambda: {EVALUATION: f"{_HEAD}ratings:\n  ? " + _filled("a-b") + "\n  : {rating: green}\n"},
    "one long word for a level": lambda: {EVALUATION: f"{_HEAD}ratings:\n  a: {{rating: " + _filled("green") + "}\n"},
    "one long path": lambda: {
        EVALUATION: _note("x").rstrip("\n") + "\n    evidence: [{kind: document, path: " + _filled("a/") + "}]\n"
    },
    "one long address": lambda: {
        SCHOOL: "name: A\nwebsite: "
        + _filled("a.b")[:400_000]
        + "\ncontacts: [{email: "
        + _filled("a.@")[:400_000]
        + "}]\n"
    },
    "nested up to the limit": lambda: {EVALUATION: f"{_HEAD}ratings: " + "[" * 39 + "]" * 39 + "\n"},
    "nested beyond the limit": lambda: {EVALUATION: f"{_HEAD}ratings: " + "[" * 400_000 + "\n"},
    "nested keys": lambda: {EVALUATION: f"{_HEAD}? " + "[" * 30_000 + "\n"},
    "many nested": lambda: {EVALUATION: f"{_HEAD}ratings:\n" + _rows("  a%d: " + "[" * 30 + "x" + "]" * 30 + "\n")},
    "short keys": lambda: {EVALUATION: _HEAD + _rows("a%d:\n")},
    "short keys with values": lambda: {EVALUATION: _HEAD + _rows("a%d: b\n")},
    "empty keys of ratings": lambda: {EVALUATION: f"{_HEAD}ratings:\n" + _rows("  a%d:\n")},
    "a flow sequence": lambda: {EVALUATION: f"{_HEAD}ratings: [" + _rows("a,") + "]\n"},
    "flow mappings": lambda: {EVALUATION: f"{_HEAD}ratings: {{" + _rows("a%d: {}, ") + "}\n"},
    "pairs in a flow sequence": lambda: {EVALUATION: f"{_HEAD}ratings: [" + _rows("a: b,") + "]\n"},
    "duplicate keys": lambda: {EVALUATION: _HEAD + _rows("date: 2025-10-14\n")},
    "duplicate ratings": lambda: {EVALUATION: f"{_HEAD}ratings:\n" + _rows("  a: {rating: green}\n")},
    "duplicate lists": lambda: {EVALUATION: f"{_HEAD}ratings: {{}}\n" + _rows("actions:\n  - {action: x}\n")},
    "anchors": lambda: {EVALUATION: f"{_HEAD}ratings:\n" + _rows("  a%d: &a%d {rating: green}\n")},
    "tags": lambda: {EVALUATION: f"{_HEAD}ratings:\n" + _rows("  a%d: !!map {rating: !t green}\n")},
    "aliases": lambda: {EVALUATION: f"{_HEAD}ratings:\n  a: &a {{rating: green}}\n" + _rows("  a%d: *a\n")},
    "merge keys": lambda: {EVALUATION: f"{_HEAD}ratings:\n" + _rows("  a%d: {<<: {rating: green}}\n")},
    "words for nothing": lambda: {EVALUATION: f"{_HEAD}ratings:\n" + _rows("  a%d: {note: null, ideas: [~]}\n")},
    "complex keys": lambda: {EVALUATION: _HEAD + _rows("? [a, b]\n: c\n")},
    "documents": lambda: {EVALUATION: _HEAD + "---\n" * 200_000},
    "control characters": lambda: {EVALUATION: _note(_filled("a\x07"))},
    "line separators": lambda: {EVALUATION: _note(_filled("a\u2028 "))},
    "blank lines": lambda: {EVALUATION: f"{_HEAD}ratings: {{}}\n" + "\n" * SIZE},
    "blank lines in a block": lambda: {EVALUATION: _note("|\n      a\n" + "\n" * SIZE)},
    "blocks with blank lines": lambda: {
        EVALUATION: f"{_HEAD}ratings:\n" + _rows("  a%d:\n    note: |\n      a\n\n\n\n")
    },
    "trailing blanks": lambda: {EVALUATION: f"{_HEAD}ratings: {{}}\n" + "# a \n" * 180_000},
    "blanks": lambda: {EVALUATION: f"{_HEAD}ratings: {{}}" + " " * SIZE + "x\n"},
    "tabs": lambda: {EVALUATION: f"{_HEAD}ratings: {{}}\n" + "\t" * SIZE + "x\n"},
    "comments": lambda: {EVALUATION: f"{_HEAD}ratings: {{}}\n" + "# a: [\n" * 120_000},
    "addresses": lambda: {EVALUATION: _note("|\n" + _rows("      jo.%d@mail.example\n"))},
    "nearly addresses": lambda: {EVALUATION: _note("|\n      " + _filled("a.b-c@") + "\n      " + "a" * 100)},
    "digits": lambda: {EVALUATION: _note("|\n      " + _filled("07700 900 12"))},
    "nearly telephone numbers": lambda: {EVALUATION: _note("|\n" + _rows("      (0(07(0 1-2 07 7\n"))},
    "pupil numbers": lambda: {EVALUATION: _note("|\n" + _rows("      H801200001001 A801200001001\n"))},
    "births": lambda: {EVALUATION: _note("|\n" + _rows("      born on the 3/4/2012, dob b. 3 apr\n"))},
    "nearly births": lambda: {EVALUATION: _note("|\n      " + _filled("born on the "))},
    "wide letters": lambda: {EVALUATION: f"{_HEAD}ratings:\n" + _rows("  à𝟘文%d: {rating: green}\n")},
    "empty addresses of contacts": lambda: {
        SCHOOL: "name: Lathom\ncontacts:\n" + _rows("  - {name: a%d, email: 07700 900123}\n")
    },
}
"""By name, what makes the files of a workspace."""
