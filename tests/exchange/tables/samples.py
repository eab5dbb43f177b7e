"""A workspace with everything that tables are made of: two made-up schools, and one that does what it can to break them."""

import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

from charterkit.files.workspace import Workspace
from charterkit.resources import builtin

ROOT = Path(__file__).parents[3]
TODAY = date(2026, 11, 28)
HOSTILE = {
    "quotes": 'she said "no", \'really\', \\"no\\"',
    "lines": "first\nsecond\r\n\\.\nafter the end",
    "formula": "=cmd|' /C calc'!A0",
    "more": "@SUM(1+1)*cmd, +1, -1",
    "tab": "\t=1+1",
    "emoji": "👩‍👧‍👦 🏴󠁧󠁢󠁥󠁮󠁧󠁿 Zoë",
    "arabic": "أهلاً وسهلاً",
    "turned": "\u202egnp.exe",
    "controls": "a\u0001b\u001fc\u0085d",
    "nothing": "\\N NULL null None",
    "script": "<script>alert(1)</script> [bold] {{ 7*7 }} ${x}",
    "sql": "'); DROP TABLE charterkit.schools; --",
    "comma": ",,,;;;|||",
    "blank": "  leads and trails  ",
}
"""Texts of people."""


def wide(version: str = "1", aspects: int = 156) -> dict[str, Any]:
    """A charter of many aspects whose key points and whole are rated too, on a scale of its own."""
    names = [f"a{number}" for number in range(aspects)]
    points = [names[start : start + 12] for start in range(0, aspects, 12)]
    found: dict[str, Any] = {
        "id": "wide",
        "version": version,
        "title": HOSTILE["quotes"],
        "status": "published",
        "rated": "both",
        "scale": [{"id": name, "label": name.title()} for name in ("low", "middling", "high", "top")],
        "met_at": "high",
        "focus_groups": [{"id": "send", "name": HOSTILE["arabic"]}],
        "key_points": [
            {
                "id": f"p{at}",
                "title": HOSTILE["lines"],
                "aspects": [{"id": name, "text": HOSTILE["emoji"]} for name in some],
            }
            for at, some in enumerate(points)
        ],
    }
    if version == "2":  # the first aspect has another name, the last is gone
        found["key_points"][0]["aspects"][0] = {"id": "renamed", "text": "Renamed", "replaces": ["a0"]}
        found["key_points"][-1]["aspects"].pop()
    return found


POINTS: dict[str, Any] = {
    "id": "points",
    "version": "1",
    "title": "Key points alone",
    "status": "draft",
    "rated": "key-points",
    "key_points": [
        {"id": f"k{at}", "title": f"Point {at}", "aspects": [{"id": f"x{at}", "text": "x"}]} for at in range(3)
    ],
}


def rating(at: int, text: str) -> dict[str, Any]:
    levels = ("low", "middling", "high", "top")
    return {
        "rating": levels[at % 4],
        "note": text,
        "strengths": text,
        "ideas": [text, "another"],
        "groups": {"send": levels[(at + 1) % 4]},
        "target": {"level": "top", "by": "2027-03"},
        "value": "62.5%",
        "evidence": [
            {"kind": "link", "url": "https://example.org/'x'", "note": text},
            {"kind": "observation", "date": "2026"},
        ],
    }


def evaluation(version: str, cycle: str, day: str, shift: int) -> dict[str, Any]:
    aspects = [each["id"] for point in wide(version)["key_points"] for each in point["aspects"]]
    texts = list(HOSTILE.values())
    return {
        "charter": "wide",
        "charter_version": version,
        "cycle": cycle,
        "date": day,
        "status": "agreed",
        "rated_by": [{"name": HOSTILE["arabic"], "role": HOSTILE["quotes"]}],
        "ratings": {name: rating(at + shift, texts[at % len(texts)]) for at, name in enumerate(aspects)},
        "key_points": {"p0": {"rating": "high"}},
        "overall": {"rating": "middling", "note": HOSTILE["formula"]},
        "actions": [
            {"action": HOSTILE["formula"], "id": "twice", "aspect": "a1", "due": "2026-10"},
            {"action": "Another of one id", "id": "twice", "status": "done"},
            {"action": HOSTILE["lines"]},
        ],
    }


def files() -> dict[str, str]:
    """The hostile part, by path."""
    made: dict[str, Any] = {
        "charters/wide-v1.yaml": wide("1"),
        "charters/wide-v2.yaml": wide("2"),
        "charters/points-v1.yaml": POINTS,
        "schools/odd/school.yaml": {
            "name": HOSTILE["quotes"] + "\n" + HOSTILE["formula"],
            "trust": "the-trust",
            "urn": "119774",
            "phase": "primary",
            "local_authority": HOSTILE["emoji"],
            "charters": [
                {"charter": "wide", "signed": "2025"},
                {"charter": "wide", "signed": "2026", "pledges": {"x": "2026"}},
            ],
        },
        "schools/odd/evaluations/2024-25.yaml": evaluation("1", "2024-25", "2024-10-14", 0),
        "schools/odd/evaluations/2025-26.yaml": evaluation("1", "2025-26", "2025-10", 1),
        "schools/odd/evaluations/2026-27.yaml": evaluation("2", "2026-27", "2026-10-14", 2),
        "schools/odd/evaluations/2026-27 (1).yaml": evaluation("2", "2026-27", "2026-10-14", 3),
        "schools/odd/evaluations/points.yaml": {
            "charter": "points",
            "charter_version": "1",
            "cycle": "2025-26-autumn",
            "date": "2025-10-14",
            "key_points": {
                "k0": {"rating": "red"},
                "k1": {"rating": "lime"},
                "k2": {"rating": "not-applicable", "reason": "x"},
            },
        },
        "schools/odd/policies/odd.yaml": {
            "id": "odd",
            "title": HOSTILE["sql"],
            "status": "live",
            "note": HOSTILE["turned"],
            "next_review": "2026-10",
            "owner": {"name": HOSTILE["emoji"]},
            "history": [{"date": "2024", "event": "approved", "by": "AB", "note": HOSTILE["lines"]}],
            "people": {"AB": HOSTILE["comma"]},
            "concerns": [
                {"id": "c1", "category": HOSTILE["formula"].replace("0", "")},
                {"id": "c2", "category": HOSTILE["formula"], "closed": "2026-05"},
                {"id": "c3", "category": "ring 01632 960123", "outcome": "settled"},
                {"id": "c4"},
                {"id": "c5", "category": "what mrs nobody said"},
                {"id": "c6", "category": "AB again"},
            ],
            "commitments": [
                {"id": "same", "what": HOSTILE["formula"], "when": "weekly", "audience": ["parents", "staff"]},
                {"id": "same", "what": HOSTILE["controls"], "owner": [HOSTILE["lines"], "x"]},
            ],
        },
        "schools/odd/surveys/families.yaml": {
            "title": HOSTILE["script"],
            "date": "2026-05",
            "audience": "parents",
            "responses": "50",
            "questions": [
                {
                    "id": "q",
                    "text": HOSTILE["arabic"],
                    "agree": "30",
                    "neutral": "10",
                    "disagree": "10",
                    "groups": {
                        "send": {"agree": "2", "neutral": "0", "disagree": "1"},
                        "eal": {"agree": "9", "neutral": "5", "disagree": "6"},
                    },
                },
                {"id": "q", "text": HOSTILE["tab"], "answers": {"yes": "61%", "no": "39%"}},
            ],
            "you_said_we_did": [{"said": HOSTILE["lines"], "did": HOSTILE["formula"]}, {"said": "nothing yet"}],
        },
        "schools/the-trust/school.yaml": {"name": "The Trust", "kind": "trust", "members": ["odd", "not-here"]},
        "schools/the-trust/policies/shared.yaml": {
            "id": "shared",
            "title": HOSTILE["sql"],
            "status": "in-force",
            "applies_to": ["odd", "broken", "not-here"],
            "history": [{"date": "2024", "event": "approved", "version": "1"}],
        },
        "schools/odd/adopted/shared.yaml": {
            "policy": "shared",
            "from": "the-trust",
            "date": "2025-03",
            "changes": HOSTILE["lines"],
        },
        "schools/the-trust/visits/2026-03-03.yaml": {
            "school": "odd",
            "charter": "wide",
            "charter_version": "1",
            "date": "2026-03-03",
            "purpose": "certification",
            "outcome": "met",
            "visitors": [{"name": HOSTILE["arabic"]}],
            "findings": {"a0": {"rating": "top", "note": HOSTILE["lines"]}, "a1": {"rating": "sky"}},
            "certificate": {"number": "CE-2", "issued": "2026-03", "valid_until": "2026-10"},
            "earlier_certificates": [
                {"number": "CE-1", "issued": "2025", "revoked": {"date": "2026-01", "reason": HOSTILE["formula"]}}
            ],
        },
        "schools/nothing/school.yaml": {"name": "Nothing yet", "charters": [{"charter": "wide"}]},
    }
    texts = {path: json.dumps(content, ensure_ascii=False).replace("\x85", "\\u0085") for path, content in made.items()}
    return {
        **texts,
        "schools/broken/school.yaml": "name: [never\n",
        "schools/odd/policies/broken.yaml": "title: x\nstatus: [live\n",
    }


def written(root: Path, more: dict[str, str] | None = None, *, with_examples: bool = True) -> Path:
    """The workspace on disk."""
    if with_examples:
        for name in ("charters", "schools"):
            shutil.copytree(ROOT / name, root / name)
    for path, text in {**files(), **(more or {})}.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return root


def opened(root: Path) -> Workspace:
    return Workspace(root, builtin())
