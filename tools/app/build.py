"""Builds the program, lays beside it what a person and a lawyer need, packs it and writes down its hash.

`python -m tools.app.build` with a Python that has the extra `app` and charterkit itself installed as a package.
"""

import hashlib
import os
import platform
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import charterkit
from tools.app import icon, licences

ROOT = Path(__file__).parents[2]
WORK = ROOT / "build" / "app"
OUT = ROOT / "dist"
NAME = "charterkit-program"
_SYSTEMS = {"linux": "linux", "win32": "windows", "darwin": "macos"}


def system() -> str:
    """What this build is for: linux-x86_64, windows-amd64, macos-arm64."""
    return f"{_SYSTEMS.get(sys.platform, sys.platform)}-{platform.machine().lower()}"


def built() -> Path:
    """The folder to unpack, with everything in it."""
    shutil.rmtree(WORK / "made", ignore_errors=True)
    WORK.mkdir(parents=True, exist_ok=True)
    icon.made(WORK / "icon")
    spec = ROOT / "tools" / "app" / "charterkit.spec"
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"]
    command += ["--distpath", str(WORK / "made"), "--workpath", str(WORK / "work"), str(spec)]
    told = {"CHARTERKIT_APP_WORK": str(WORK), "CHARTERKIT_APP_VERSION": charterkit.__version__}
    subprocess.run(command, cwd=WORK, env={**os.environ, **told}, check=True)
    folder = WORK / "made" / NAME
    if sys.platform == "darwin":  # the program is one thing there, with a folder for what lies beside it
        shutil.rmtree(folder)
        folder.mkdir()
        shutil.move(WORK / "made" / "charterkit.app", folder)
    shutil.copy(ROOT / "tools" / "app" / "READ ME FIRST.txt", folder)
    licences.laid(folder / "LICENCES", WORK / "held.json")
    return folder


def packed(folder: Path) -> Path:
    """The folder as one file: a zip, but on Linux a tar, which keeps what may be run."""
    name = f"charterkit-{charterkit.__version__}-{system()}"
    OUT.mkdir(exist_ok=True)
    if sys.platform == "linux":
        file = OUT / f"{name}.tar.gz"
        with tarfile.open(file, "w:gz") as archive:
            archive.add(folder, folder.name)
    elif sys.platform == "darwin":  # only its own program keeps the links inside an app
        file = OUT / f"{name}.zip"
        subprocess.run(["ditto", "-c", "-k", "--keepParent", str(folder), str(file)], check=True)
    else:
        file = OUT / f"{name}.zip"
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in sorted(folder.rglob("*")):
                archive.write(path, path.relative_to(folder.parent))
    return file


def hashed(file: Path) -> Path:
    """The file's SHA-256 beside it, in the form that `sha256sum --check` reads."""
    with file.open("rb") as opened:
        digest = hashlib.file_digest(opened, "sha256").hexdigest()
    beside = file.with_name(f"{file.name}.sha256")
    beside.write_text(f"{digest}  {file.name}\n", encoding="utf-8", newline="\n")
    return beside


def main() -> None:
    """Build, pack, hash."""
    folder = built()
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    file = packed(folder)
    bill = OUT / f"{file.name.removesuffix('.zip').removesuffix('.tar.gz')}.cdx.json"
    shutil.copy(folder / "LICENCES" / licences.BILL, bill)
    hashed(file)
    print(f"{folder}: {size / 1e6:.0f} MB\n{file}: {file.stat().st_size / 1e6:.0f} MB")


if __name__ == "__main__":
    main()
