"""What is for everybody: the marks of every private place of every file, looked for in every byte of every format."""

import zipfile

import duckdb
import pytest

from charterkit.exchange.tables.dictionary import PUBLIC_RULE
from charterkit.exchange.tables.export import exported
from charterkit.files.workspace import Workspace
from tests.render.samples import TODAY
from tests.render.sites import SECRET, everything, made_site, marks
from tests.render.sites import written as marked

from .rows import each_packed

FORMATS = ("parquet", "duckdb", "csv", "xlsx")
PUBLIC = {
    "charter-title",
    "charter-publisher-name",
    "charter-purpose",
    "charter-provenance",
    "charter-key-points-title",
    "school-name",
    "school-local-authority",
    "trust-name",
    "trust-local-authority",
    "survey-title",
    "survey-you-said-we-did-said",
    "survey-you-said-we-did-did",
    *(f"{about}-{name}" for about in ("policy", "trusts") for name in ("title", "approver-name", "commitments-what")),
    *(f"{about}-publication-url" for about in ("policy", "trusts")),
    "charter-key-points-id",
    "charter-key-points-aspects-number",
    "charter-key-points-aspects-replaces",
    *(f"{about}-commitments-id" for about in ("policy", "trusts")),
}
"""Of all the places that take text, those that are in it; the last few are keys, and what a charter counts by."""


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    return marked(tmp_path_factory.mktemp("marked") / "workspace")


def export(root, out, name, *, public):
    workspace = Workspace(root)
    schools = each_packed(workspace, TODAY, name, public=public)
    exported(workspace, out, name, TODAY, schools, public=public, tops=())
    return out


def words(folder, name):
    """What a folder holds, and every name in it, unpacked."""
    if name in ("csv", "xlsx"):
        found = [everything(folder)]
    else:
        found = [str(path.relative_to(folder)) for path in folder.rglob("*")]
        found += [path.read_text(encoding="utf-8") for path in (*folder.glob("*.md"), *folder.glob("*.sql"))]
    with duckdb.connect() as database:
        query = "SELECT * FROM read_parquet(?)"
        found += [str(database.execute(query, [str(path)]).fetchall()) for path in folder.rglob("*.parquet")]
    if name == "duckdb":
        with duckdb.connect(str(folder / "charterkit.duckdb"), read_only=True) as database:
            names = [row[0] for row in database.execute("SELECT table_name FROM duckdb_tables()").fetchall()]
            found += [str(database.execute(f"SELECT * FROM {table}").fetchall()) for table in names]
    if name == "xlsx":
        with zipfile.ZipFile(folder / "tables.xlsx") as book:
            found += [book.read(member).decode("latin-1") for member in book.namelist()]
    return "\n".join(found)


def is_public(mark):
    """Whether it is one, or several, that bytes around them, or a packer, have cut or made longer."""
    parts = [part.strip("-") for part in mark.split("mark")]
    return all(any(known.startswith(part) or part.startswith(known) for known in PUBLIC) for part in parts)


@pytest.mark.parametrize("name", FORMATS)
def test_everybody_sees_the_public_fields_and_nothing_else(root, tmp_path, name):
    found = words(export(root, tmp_path / "out", name, public=True), name)
    assert marks(found) == PUBLIC
    assert [mark for mark in marks(everything(tmp_path / "out")) if not is_public(mark)] == []
    for hidden in ("secret", "@example", ".yaml", str(root), "boys", "10012345", "119775", "888/4042", "119776"):
        assert hidden not in found.lower(), hidden
    assert PUBLIC_RULE in found


@pytest.mark.parametrize("name", FORMATS)
def test_the_marks_would_be_found(root, tmp_path, name):
    found = marks(words(export(root, tmp_path / "out", name, public=False), name))
    assert {f"secret-{each}-title" for each in SECRET} <= found | {
        "secret-nobody-knows-title",
        "secret-lost-status-title",
    }
    assert {"agreed-rated-note", "agreed-rated-by-name", "draft-rated-ideas", "visit-visitors-name"} <= found
    assert {"school-address", "policy-note", "staff-survey-title", "agreed-actions-owner"} <= found


def test_no_export_has_what_is_kept_about_people_and_concerns(root, tmp_path):
    found = marks(words(export(root, tmp_path / "out", "csv", public=False), "csv"))
    assert not {each for each in found if "concern" in each or "contacts" in each or "email" in each}


def test_it_shows_the_policies_that_the_site_shows(root, tmp_path):
    pages = made_site(root).pages
    shown = {
        path.rpartition("/")[2].removesuffix(".html")
        for path in pages
        if "/policies/" in path and path.endswith(".html")
    }
    out = export(root, tmp_path / "out", "parquet", public=True)
    with duckdb.connect() as database:
        found = database.execute("SELECT policy FROM read_parquet(?)", [str(out / "policies.parquet")]).fetchall()
    assert {row[0] for row in found} == {name for name in shown if name != "index"} == {"policy-p", "trusts-p"}


def test_a_draft_and_what_is_not_read_whole_stay_inside(root, tmp_path):
    out = export(root, tmp_path / "out", "parquet", public=True)
    with duckdb.connect() as database:
        query = "SELECT cycle, status FROM read_parquet(?, hive_partitioning = true)"
        found = database.execute(query, [str(out / "evaluations/*/*.parquet")]).fetchall()
    assert sorted(found) == [("2024-25", "agreed"), ("2025-26", "agreed")]


def test_a_school_with_two_files_about_the_same_publishes_nothing(tmp_path):
    root = marked(tmp_path / "w")
    here = root / "schools/one/evaluations/mark-file-agreed.yaml"
    (root / "schools/one/evaluations/2025-26.yaml").write_bytes(here.read_bytes())
    out = export(root, tmp_path / "out", "csv", public=True)
    assert "one" not in {
        line.split(",")[0] for line in (out / "schools.csv").read_text(encoding="utf-8-sig").splitlines()
    }
