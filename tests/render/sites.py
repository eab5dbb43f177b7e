"""A workspace with a mark in every place that takes text, and what of it stands on its site."""

import json
import re
import struct
import subprocess
import zlib
from collections.abc import Mapping
from pathlib import Path
from shutil import which
from typing import Any

from charterkit.files.workspace import Workspace
from charterkit.model.charter import Charter
from charterkit.model.config import Config
from charterkit.model.dates import Cycle
from charterkit.model.evaluation import Evaluation, Rating
from charterkit.model.policy import Policy
from charterkit.model.school import School
from charterkit.model.survey import Survey
from charterkit.model.translation import Translation
from charterkit.model.visit import Visit
from charterkit.render.site.view import Site, site

from .planted import planted
from .samples import TODAY

SECRET: dict[str, dict[str, Any]] = {
    "draft": {"status": "draft"},
    "archived": {"status": "archived"},
    "unsaid": {"publication": {}},
    "parents": {"publication": {"visibility": "parents"}},
    "staff": {"publication": {"visibility": "staff"}},
    "governors": {"publication": {"visibility": "governors"}},
    "nobody-knows": {"publication": {"visibility": "everybody"}},
    "lost-status": {"status": "alive"},
    "withdrawn": {"history": [{"date": "2026-01", "event": "withdrawn"}]},
}
"""What keeps a policy from the site."""


def marked(kind: type, about: str, /, **more: Any) -> dict[str, Any]:
    """Every field of a kind filled in, its marks beginning "mark-<about>-"."""
    found: dict[str, Any] = json.loads(json.dumps(planted(kind)).replace("mark-", f"mark-{about}-"))
    return {**found, **more}


def picture() -> bytes:
    """A white PNG of one pixel."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0\xff\xff\xff")) + chunk(b"IEND", b"")


def policy(about: str, **more: Any) -> dict[str, Any]:
    """A policy in force and for everybody."""
    found = marked(Policy, about, id=f"{about}-p", status="live", document=f"mark-{about}-document.md")
    found["references"][0]["url"] = f"https://example.org/mark-{about}-references-url"
    found["publication"] = {"url": f"https://example.org/mark-{about}-publication-url", "visibility": "public"}
    found["commitments"][0] |= {"when": "monthly", "audience": "parents", "applies_to": [], "aspects": []}
    found["related"] = [*(f"secret-{one}" for one in SECRET), "secret-not-here", "trusts-p"]
    return {**found, "applies_to": [], "requirement": "behaviour", **more}


def evaluation(about: str, cycle: str, day: str, status: str) -> dict[str, Any]:
    """A self-evaluation of the two aspects."""
    found = marked(Evaluation, about, charter="c", charter_version="1", cycle=cycle, date=day, status=status)
    rated = marked(Rating, f"{about}-rated", rating="green", groups={"boys": "red"})
    rated["evidence"] = [
        {**rated["evidence"][0], "kind": "survey", "survey": "families", "question": "many"},
        {**rated["evidence"][0], "kind": "survey", "survey": "families", "question": "few"},
        {**rated["evidence"][0], "kind": "observation"},
    ]
    found["ratings"] = {"gate": rated, "door": marked(Rating, f"{about}-not", rating="not-applicable", evidence=[])}
    found["actions"][0] |= {"aspect": "gate", "status": "planned"}
    return found


def files() -> dict[str, str | bytes]:
    """The whole workspace by path."""
    everybody: dict[str, Any] = {"applies_to": {"phases": ["primary"]}}
    point = {**marked(Charter, "charter")["key_points"][0], **everybody}
    rubric = {"levels": {"green": "mark-charter-levels"}, "next": {"red": "mark-charter-next"}, "met_at": "green"}
    aspects = [
        {**point["aspects"][0], **everybody, **rubric, "id": one, "text": one, "evidence": []}
        for one in ("gate", "door")
    ]
    charter = marked(
        Charter,
        "charter",
        id="c",
        version="1",
        status="published",
        written_in="en-GB",
        scale=[
            {"id": "red", "label": "Red", "meaning": "Not yet", "colour": "#7a0019"},
            {"id": "green", "label": "Green", "meaning": "Yes", "colour": "#3d9a74"},
        ],
        met_at="green",
        focus_groups=[{"id": "boys", "name": "mark-charter-focus-group"}],
        key_points=[
            {**point, "aspects": aspects},
            *({"id": one, "title": one, "aspects": [{"id": f"{one}-1", "text": one}]} for one in ("b", "d")),
        ],
    )
    school: dict[str, Any] = {
        "urn": "119774",
        "former_urns": ["119775"],
        "dfe_number": "888/4042",
        "ukprn": "10012345",
        "members": [],
        "logo": "mark-school-logo.png",
        "colours": {},
        "charters": [{"charter": "c", "signed": "2025-09", "signed_by": "mark-school-signed-by", "pledges": {}}],
    }
    questions = [
        {"id": "many", "text": "mark-survey-many", "agree": 90, "neutral": 10, "disagree": 10},
        {"id": "few", "text": "mark-survey-few", "agree": 1, "neutral": 1, "disagree": 1},
        {"id": "uncited", "text": "mark-survey-uncited", "agree": 90, "neutral": 10, "disagree": 10},
    ]
    survey = marked(Survey, "survey", audience="parents", sent="420", responses="110", questions=questions)
    survey["you_said_we_did"].append({"said": "mark-survey-nothing-done-yet"})
    staff = marked(Survey, "staff-survey", audience="staff", sent="42", responses="11", questions=[])
    lost = marked(Survey, "lost-survey", audience="everyone", sent="42", responses="11", questions=[])
    settings = marked(Config, "config", language="en", charter="c", logo="", colours={}, terms={}, check={})
    settings |= {"reminders": {}, "packs": ["mark-config-pack"]}
    made: dict[str, Any] = {
        "charterkit.yaml": settings,
        "charters/mark-file-charter.yaml": charter,
        "charters/mark-file-translation.yaml": {
            **marked(Translation, "translation", charter="c", version="1", language="ur", status="draft"),
            "labels": {},
            "key_points": [],
        },
        "schools/one/school.yaml": marked(School, "school", kind="school", phase="primary", trust="trusts", **school),
        "schools/one/evaluations/mark-file-old.yaml": evaluation("old", "2024-25", "2024-10-14", "agreed"),
        "schools/one/evaluations/mark-file-agreed.yaml": evaluation("agreed", "2025-26", "2025-10-14", "agreed"),
        "schools/one/evaluations/mark-file-draft.yaml": evaluation("draft", "2026-27", "2026-10-14", "draft"),
        "schools/one/visits/mark-file-visit.yaml": marked(Visit, "visit", purpose="certification", outcome="not-yet"),
        "schools/one/surveys/families.yaml": survey,
        "schools/one/surveys/mark-file-staff.yaml": staff,
        "schools/one/surveys/mark-file-lost.yaml": lost,
        "schools/one/policies/policy-p.yaml": policy("policy"),
        "schools/trusts/school.yaml": marked(
            School, "trust", kind="trust", **{**school, "members": ["one", "absent-member"], "charters": [], "logo": ""}
        ),
        "schools/trusts/policies/trusts-p.yaml": policy("trusts"),
        "schools/trusts/policies/secret-trusts.yaml": policy("secret-trusts", **SECRET["staff"]),
    }
    for name, why in SECRET.items():
        made[f"schools/one/policies/secret-{name}.yaml"] = policy(f"secret-{name}", **why)
    del made["schools/trusts/school.yaml"]["logo"]
    del made["schools/trusts/school.yaml"]["phase"], made["schools/trusts/school.yaml"]["trust"]
    del made["charterkit.yaml"]["logo"]
    texts: dict[str, str | bytes] = {
        name: f"# mark-comment\n{json.dumps(content)}  # mark-comment\n" for name, content in made.items()
    }
    return {
        **texts,
        "schools/one/mark-school-logo.png": picture(),
        "schools/one/policies/mark-policy-document.md": "# Ours\n\nmark-policy-text <!-- mark-policy-remark\nin two lines -->",
        "schools/trusts/policies/mark-trusts-document.md": "mark-trusts-text",
        **{f"schools/one/policies/mark-secret-{one}-document.md": f"mark-secret-{one}-text" for one in SECRET},
        "schools/one/evidence/mark-file-evidence.md": "mark-evidence",
        "schools/one/policies/mark-file-broken.yaml": "title: mark-broken-title\nstatus: [live\n",
        "notes.txt": "mark-notes",
    }


def written(root: Path, more: Mapping[str, str | bytes] | None = None) -> Path:
    """The workspace on disk."""
    for name, content in {**files(), **(more or {})}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return root


def made_site(root: Path, slug: str | None = None, year: str = "2026-27", **more: Any) -> Site:
    """The site as the program makes it."""
    return site(Workspace(root), slug, year=Cycle.parse(year), today=TODAY, **more)


def everything(folder: Path) -> str:
    """Every byte of a folder and every name in it; of a PDF its words too, which its bytes hold packed."""
    found = []
    for path in sorted(folder.rglob("*")):
        found.append(path.relative_to(folder).as_posix())
        if path.is_file():
            found.append(path.read_bytes().decode("latin-1"))
        if path.suffix == ".pdf" and which("pdftotext"):
            tools = (["pdftotext", str(path), "-"], ["pdfinfo", str(path)])
            found += [subprocess.run(tool, capture_output=True, check=True).stdout.decode() for tool in tools]
    return "\n".join(found)


def marks(text: str) -> set[str]:
    return {one.removeprefix("mark-") for one in re.findall(r"mark-[a-z0-9-]*[a-z0-9]", text.lower())}
