"""`check` finds a private key among the files of an issuer's workspace, and in its git history."""

import json
import subprocess
from pathlib import Path

from tests.cli.calling import call
from tests.credential.test_commands import CONFIG

PEM = "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIG\n-----END ENCRYPTED PRIVATE KEY-----\n"
JWK = json.dumps({"kty": "OKP", "crv": "Ed25519", "d": "n" * 43, "x": "x" * 43})
MULTIBASE = json.dumps({"secretKeyMultibase": f"z3u2{'k' * 43}"})


def test_in_files_and_in_the_history(tmp_path: Path) -> None:
    def git(*arguments: str) -> None:
        said = ("-c", "user.name=A", "-c", "user.email=a@b.example", "-c", "commit.gpgsign=false")
        subprocess.run(["git", *said, *arguments], cwd=tmp_path, check=True, capture_output=True)

    def found(*arguments: str) -> list[tuple[str, str]]:
        done = call("check", "--output-format", "json", *arguments, cwd=tmp_path)
        rows = json.loads(done.stdout)["findings"]
        return [(row["path"], row["message"].split()[0]) for row in rows if row["code"] == "CK614"]

    (tmp_path / "charterkit.yaml").write_text(CONFIG, encoding="utf-8")
    (tmp_path / "big.json").write_text(f'"{"x" * 200_000}"', encoding="utf-8")
    (tmp_path / "old.pem").write_text(PEM, encoding="utf-8")
    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "a key")
    git("rm", "-q", "old.pem")
    git("commit", "-qm", "no key")
    (tmp_path / "issuer").mkdir()
    (tmp_path / "issuer/jwk.json").write_text(JWK, encoding="utf-8")
    (tmp_path / "multibase.txt").write_text(MULTIBASE, encoding="utf-8")
    (tmp_path / "public.json").write_text(JWK.replace('"d"', '"e"'), encoding="utf-8")
    assert found() == [("issuer/jwk.json", "this"), ("multibase.txt", "this"), ("old.pem", "a")]
    assert found("--ignore", "CK6") == []
    (tmp_path / "charterkit.yaml").write_text("organisation: x\n", encoding="utf-8")
    assert found() == []
