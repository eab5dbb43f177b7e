"""A made-up school goes the whole way with the commands of the adviser's guide, from the request to the certificate."""

import json
from pathlib import Path

from charterkit.files.workspace import Workspace
from charterkit.resources import builtin
from tests.cli.calling import example
from tests.credential.office import SEEN, SETTINGS, Office


def test_from_the_request_to_the_certificate(tmp_path: Path) -> None:
    office = object.__new__(Office)
    office.root, office.settings, office.today = tmp_path / "workspace", tmp_path / "settings", "2026-11-22"
    office.root.mkdir()
    example(office.root)
    settings = SETTINGS.replace("charter: small", "charter: community-engagement")
    (office.root / "charterkit.yaml").write_text(settings, encoding="utf-8")
    office.run("keys", "rotate")

    for path in office.root.glob("schools/example-primary/visits/2026-11-*.yaml"):
        path.unlink()  # its request, which this one asks anew
    assert "--anyway" in office.run("visit", "request", "--propose", "2027-01-20", code=2)
    request = office.run("visit", "request", "--propose", "2027-01-20", "--anyway", "We are nearly there.")
    assert "We are nearly there." in request
    office.today = "2027-01-21"
    assert "certification visit" in office.run("certificate", "issue", code=2)
    aspects = Workspace(office.root, builtin()).choose_charter("community-engagement").aspects
    ratings = [word for aspect in aspects for word in ("--set", f"{aspect}=green")]
    below = "call-after-letter"
    ratings[ratings.index(f"{below}=green")] = f"{below}=amber"
    day = ("--date", "2027-01-20", "--purpose", "certification", *SEEN)
    assert f"{below} (" in office.run("visit", "record", *day, *ratings, "--outcome", "met", code=2)
    reason = ("--reason", f"{below}=Named people telephone from February on.")
    office.run("visit", "record", *day, *ratings, *reason, "--outcome", "met")
    office.run("visit", "answer", "--accurate", "yes", "--by", "The headteacher")

    number = office.run("certificate", "issue", "--valid-for", "3 years").split()[0]
    assert number == "CE-2027-001"
    (tmp_path / "away").mkdir()
    paper = tmp_path / "away" / "certificate.pdf"
    office.run("certificate", "show", "-o", str(paper))
    office.run("keys", "publish", "-o", str(tmp_path / "web"))
    said = office.run(
        "--workspace",
        str(tmp_path / "away"),
        "verify",
        str(paper),
        "--issuer",
        str(tmp_path / "web"),
        "--format",
        "json",
    )
    told = json.loads(said)
    assert told["holds"] is True
    assert told["certificate"]["school"] == "Larkfield Primary School (made-up example)"
    assert number in office.run("visits")
    office.today = "2029-12-20"
    assert number in office.run("remind", "--within", "60d")
    office.run("certificate", "revoke", "--reason", "The school closed.")
    report = office.run("report", "--cycle", "2025-26-autumn", "--format", "markdown")
    assert f"Certificate {number}: revoked on 20 December 2029." in report.replace("\\", "")
    assert number not in office.run("remind", "--within", "60d")
    assert "CK44" not in office.call("check")[1]
