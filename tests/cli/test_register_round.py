"""What `policies` writes, `import register` takes back: nothing to change, whatever stands in the files."""

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from charterkit.documents import DOCUMENTS, Place
from charterkit.exchange.register.read import RegisterWishes, files_of, read_register
from charterkit.files.workspace import Workspace
from charterkit.files.yaml.emit import document
from charterkit.model.base import slug

from .conftest import Caller

TODAY = date(2026, 11, 22)
SUBJECTS = (
    "Art",
    "Behaviour",
    "Charging",
    "Dogs",
    "Equality",
    "First aid",
    "Governance",
    "Health & safety",
    "Internet",
)
HEADS = "Policy,Lead,Approved by,Statutory,Review cycle,Last review,Next review,Version,Link,Notes"


def school(root: Path) -> None:
    (root / "schools/elm").mkdir(parents=True)
    (root / "schools/elm/school.yaml").write_text("name: Elm\n", encoding="utf-8")
    (root / "charterkit.yaml").write_text("", encoding="utf-8")


def texts(root: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (root / "schools/elm/policies").iterdir()}


def test_forty_five_policies_go_in_with_one_command_and_out_and_in_again(said: Caller, tmp_path: Path) -> None:
    """And what is edited in the workbook, and nothing else, is changed by the next import."""
    school(tmp_path)
    kinds = ("", " in the early years", " (staff)", " – visitors", " and trips")
    rows = [HEADS] + [
        f"{subject}{kind},{('Head', 'Ann Ofori (SENCo)', 'SBM')[at % 3]},{('FGB', 'Resources committee', 'Head', 'LA')[at % 4]},"
        f"{'Yn '[at % 3].strip()},{('Annual', 'every 2 years', 'live', '18 months', '')[at % 5]},"
        f"{('14/10/2025', 'Sept 2025', '2024', '')[at % 4]},{('', 'Jan 2027', '3/2/28')[at % 3]},{at % 4}.0,"
        f"{('', 'https://elm.example/a', 'Y')[at % 3]},{('', '=1+1', '-2 “quoted”, and; more')[at % 3] if at % 3 < 2 else ''}"
        for at, (subject, kind) in enumerate((subject, kind) for subject in SUBJECTS for kind in kinds)
    ]
    (tmp_path / "ours.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    done = said("import", "register", "ours.csv", "--yes", cwd=tmp_path)
    assert (done.code, "45 to make" in done.out) == (0, True), done.out + done.err
    before = texts(tmp_path)
    assert len(before) == 45
    for name in ("register.xlsx", "register.csv"):
        assert said("policies", "elm", "-o", name, cwd=tmp_path).code == 0
        again = said("import", "register", name, "--yes", cwd=tmp_path)
        assert (again.code, "45 to stay" in again.out, texts(tmp_path)) == (0, True, before), again.out
    assert (tmp_path / "register.csv").read_bytes().startswith(b"\xef\xbb\xbfschool,")
    assert "\ufeff" not in said("policies", "elm", "--format", "csv", cwd=tmp_path).out, "a pipe has no mark"
    book = openpyxl.load_workbook(tmp_path / "register.xlsx")
    sheet = book.active
    assert sheet is not None
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("C3", "A2:P47")
    assert len(sheet.data_validations.dataValidation) == 4
    heads = [cell.value for cell in sheet[2]]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    row = next(cells for cells in sheet.iter_rows(min_row=3) if cells[1].value == "Art")
    row[heads.index("Notes")].value = "for the office"
    row[heads.index("Next review")].value = date(2027, 6, 1)
    book.save(tmp_path / "register.xlsx")
    done = said("import", "register", "register.xlsx", "--yes", cwd=tmp_path)
    assert "1 to change and 44 to stay" in done.out, done.out
    after = texts(tmp_path)
    assert {name for name in after if after[name] != before[name]} == {"art.yaml"}
    assert b"note: for the office" in after["art.yaml"]
    assert b"next_review: 2027-06-01" in after["art.yaml"]


_TEXT = st.text(min_size=1, max_size=30).map(str.strip).filter(lambda text: slug(text) and len(text.splitlines()) == 1)
_DATE = st.dates(date(2015, 1, 1), date(2026, 11, 1)).flatmap(
    lambda day: st.sampled_from([f"{day}", f"{day:%Y-%m}", f"{day:%Y}"])
)
_EVENT = st.fixed_dictionaries(
    {"date": _DATE, "event": st.sampled_from(["drafted", "reviewed", "approved", "ratified", "published", "issued"])},
    optional={"version": st.from_regex(r"[0-9]{1,2}(\.[0-9]{1,2})?", fullmatch=True), "by": _TEXT},
)
_POLICY = st.fixed_dictionaries(
    {"title": _TEXT, "status": st.sampled_from(["draft", "live", "under-review"])},
    optional={
        "owner": st.fixed_dictionaries({"name": _TEXT}, optional={"role": _TEXT})
        | st.fixed_dictionaries({"role": _TEXT}),
        "approver": st.sampled_from(["headteacher", "committee", "trustees"])
        | st.fixed_dictionaries({"body": st.sampled_from(["committee", "full-governing-body"]), "name": _TEXT}),
        "statutory": st.booleans(),
        "review": st.fixed_dictionaries(
            {"every": st.sampled_from(["1 year", "12 months", "90 days", "live", "as needed"])}
        ),
        "next_review": st.sampled_from(["2027", "2027-03", "2027-03-31", "2026-01-05", "2026-27-summer"]),
        "history": st.lists(_EVENT, max_size=3).map(lambda events: sorted(events, key=lambda each: str(each["date"]))),
        "publication": st.sampled_from(
            [{"visibility": "public"}, {"url": "https://elm.example/p"}, {"visibility": "staff"}]
        ),
        "note": st.text(max_size=60),
    },
)


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
@example(found=[{"title": "Pets", "status": "draft", "note": "\t0"}])
@example(found=[{"title": "Pets", "status": "draft", "note": "\uff1dSUM(A1)"}])
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(found=st.lists(_POLICY, min_size=1, max_size=4))
def test_whatever_stands_in_the_files(tmp_path_factory: Any, ending: str, found: list[dict[str, Any]]) -> None:
    root = tmp_path_factory.mktemp("round")
    school(root)
    (root / "schools/elm/policies").mkdir()
    for number, policy in enumerate(found):
        text = document({"id": f"p{number}", **policy})
        (root / f"schools/elm/policies/p{number}.yaml").write_text(text, encoding="utf-8")
    workspace = Workspace(root)

    class Silent:
        def say(self, message: str) -> None: ...

        warn = say

    content = DOCUMENTS["register"].content(workspace, TODAY, Silent(), school="elm")
    made = DOCUMENTS["register"].formats[ending].made(content, Place(TODAY, root))
    path = root / f"r.{ending}"
    path.write_bytes(made.data if ending == "xlsx" else made.encode(errors="replace"))
    read = read_register(path, RegisterWishes(), workspace, TODAY, "elm")
    assert [(row.becomes, row.words) for row in read.rows if row.becomes != "stays"] == []
    assert read.plan.blocks == []
    assert files_of(read.plan, workspace) == []
    assert len(read.rows) == len(found)
