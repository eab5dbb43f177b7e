"""Charters for posters: any number of key points, of any length, in several scripts; and a look into what came out."""

import subprocess
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from charterkit.files.workspace import Workspace
from charterkit.render.poster.view import Poster, poster

TODAY = date(2026, 11, 22)
WORDS = (
    "every family is welcome here and we want to know you well because children learn best when home and school work "
    "together and tell each other what they need to hear"
)
URDU = "ہر خاندان کا یہاں خیر مقدم ہے اور ہم آپ کو جاننا چاہتے ہیں کیونکہ بچے گھر اور اسکول کے ساتھ بہتر سیکھتے ہیں"
ARABIC = "نرحب بكل أسرة في مدرستنا ونريد أن نعرفكم لأن الأطفال يتعلمون أفضل عندما يعمل البيت والمدرسة معا"
BENGALI = "প্রতিটি পরিবারকে এখানে স্বাগত জানাই এবং আমরা আপনাকে জানতে চাই কারণ শিশুরা ঘরে ও বিদ্যালয়ে একসাথে ভালো শেখে"
SCRIPTS = {name: text.split() for name, text in {"en": WORDS, "ur": URDU, "ar": ARABIC, "bn": BENGALI}.items()}
PAPER = {"A4": (595, 842), "A3": (842, 1191)}


def line(length: int, words: list[str] | None = None, start: int = 0) -> str:
    """A text of about so many characters, never more."""
    words = words or SCRIPTS["en"]
    made, at = "", start
    while len(made) < length:
        made += ("" if not made else " ") + words[at % len(words)]
        at += 1
    cut = made[: length + 1].rpartition(" ")[0] if len(made) > length else made
    return cut or made[:length]


def texts(many: int, length: int, script: str = "en") -> list[str]:
    return [line(length, SCRIPTS[script], 5 * number) for number in range(many)]


def quoted(text: str) -> str:
    """A text as YAML's double quotes hold it."""
    escaped = "".join(one if one.isprintable() and one not in '"\\' else f"\\U{ord(one):08x}" for one in text)
    return f'"{escaped}"'


def charter(points: list[str], title: str = "A charter for families", status: str = "published", more: str = "") -> str:
    rows = "".join(
        f"  - {{id: point-{at}, title: {quoted(one)}, aspects: [{{id: aspect-{at}, text: It is so}}]}}\n"
        for at, one in enumerate(points, 1)
    )
    head = f'id: wall\nversion: "2"\ntitle: {quoted(title)}\nstatus: {status}\npublisher: {{name: The borough}}\n'
    return f"{head}{more}key_points:\n{rows}"


def translation(points: list[str], english: list[str], language: str, title: str, more: str = "status: draft\n") -> str:
    rows = "".join(
        f"  - {{id: point-{at}, title: {{text: {quoted(one)}, source: {quoted(english[at - 1])}}}}}\n"
        for at, one in enumerate(points, 1)
    )
    title = f"title: {{text: {quoted(title)}, source: A charter for families}}\n"
    return f'charter: wall\nversion: "2"\nlanguage: {language}\n{more}{title}key_points:\n{rows}'


def made(root: Path, points: list[str], files: Mapping[str, str | bytes] | None = None, **more: object) -> Poster:
    """The poster of a workspace with this charter and a school; `title`, `status` and `school` as options."""
    title, status = str(more.pop("title", "A charter for families")), str(more.pop("status", "published"))
    school = more.pop("school", None)
    whole = {
        "charterkit.yaml": "organisation: Larkfield Borough\n",
        "charters/wall.yaml": charter(points, title, status),
        "schools/larkfield/school.yaml": "name: Larkfield Primary School\nwebsite: https://www.larkfield.example/\n",
        **(files or {}),
    }
    for name, content in whole.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    workspace = Workspace(root)
    folder = workspace.school(str(school)) if school else None
    return poster(workspace, workspace.choose_charter(None), folder, **{"today": TODAY, **more})  # type: ignore[arg-type]


def poppler(tool: str, data: bytes, *arguments: str) -> str:
    """What one of poppler's programs says about a PDF."""
    done = subprocess.run([tool, *arguments[:1], "-", *arguments[1:]], input=data, capture_output=True, check=True)
    return done.stdout.decode()


def info(data: bytes) -> dict[str, str]:
    rows = (row.partition(":") for row in poppler("pdfinfo", data).splitlines())
    return {key: value.strip() for key, _, value in rows}


def words_of(data: bytes) -> str:
    """The PDF's words in the order in which they are drawn, each run of blanks one."""
    return " ".join(poppler("pdftotext", data, "-raw", "-").split())
