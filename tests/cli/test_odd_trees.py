"""`compare --rev` and commits that no person made: each ends in a sentence, in little time and memory."""

import struct
import subprocess
import sys
import zlib
from collections.abc import Callable, Mapping
from hashlib import sha1
from pathlib import Path

import pytest

from .calling import environment
from .repositories import FILE, FOLDER, Named, blob, branch, compared, git, made, refused, schools, stored, tree

MIB = 1024 * 1024
ABSENT = "1" * 40
LINK = "120000"


@pytest.fixture
def root(tmp_path):
    return made(tmp_path / "ours")


# -- handed: g3-odd-trees


def deep(root, levels, leaf):
    for _ in range(levels):
        leaf = tree(root, (FOLDER, "d" * 100, leaf))
    return leaf


ODD: Mapping[str, Callable[[Path], list[Named]]] = {
    "a long name": lambda root: [(FILE, "a" * 300 + ".yaml", blob(root))],
    "a folder with a long name": lambda root: [(FOLDER, "a" * 300, tree(root, (FILE, "school.yaml", blob(root))))],
    "folders in each other": lambda root: [(FOLDER, "x", deep(root, 60, tree(root, (FILE, "x.yaml", blob(root)))))],
    "very many folders in each other": lambda root: [(FOLDER, "x", deep(root, 3000, tree(root)))],
    "a file and a folder of one name": lambda root: [
        (FILE, "x.yaml", blob(root)),
        (FOLDER, "x.yaml", tree(root, (FILE, "school.yaml", blob(root)))),
    ],
    "a folder and a file of one name": lambda root: [
        (FOLDER, "x.yaml", tree(root, (FILE, "school.yaml", blob(root)))),
        (FILE, "x.yaml", blob(root)),
    ],
    "two files of one name": lambda root: [(FILE, "x.yaml", blob(root)), (FILE, "x.yaml", blob(root, b"name: Y\n"))],
    "a missing file": lambda _: [(FILE, "x.yaml", ABSENT)],
    "a missing folder": lambda _: [(FOLDER, "x", ABSENT)],
    "a folder for a file": lambda root: [(FILE, "x.yaml", tree(root))],
    "a file for a folder": lambda root: [(FOLDER, "x", blob(root))],
    "a commit for a folder": lambda root: [(FOLDER, "x", git(root, "rev-parse", "main"))],
    "a name in Latin-1": lambda root: [(FILE, b"x\xff.yaml", blob(root))],
    "a name with a command for the log": lambda root: [(FILE, "x\n::error::a.yaml", blob(root))],
    "a name with an escape": lambda root: [(FOLDER, "x\x1b[2J", tree(root, (FILE, "school.yaml", blob(root))))],
    "a way out": lambda root: [(FOLDER, "..", tree(root, (FILE, "x.yaml", blob(root))))],
    "a way out in one name": lambda root: [(FILE, "../../../x.yaml", blob(root))],
    "a way from the top": lambda root: [(FILE, "/tmp/x.yaml", blob(root))],
    "no name": lambda root: [(FOLDER, "", tree(root, (FILE, "x.yaml", blob(root))))],
    "a mode that is none": lambda root: [("10z644", "x.yaml", blob(root))],
    "a mode without end": lambda root: [("7" * 100_000, "x.yaml", blob(root))],
}


@pytest.mark.alike(4)
@pytest.mark.parametrize("name", ODD)
def test_an_odd_tree_ends_in_a_sentence(root, name):
    schools(root, "odd", *ODD[name](root))
    said = refused(root, "main..odd")
    assert "odd" in said
    assert len(said) < 400
    assert refused(root, "odd..main") == said


@pytest.mark.parametrize("cut", [1, 10, 25])
def test_a_tree_that_ends_too_soon(root, cut):
    whole = f"{FILE} school.yaml\0".encode() + bytes.fromhex(blob(root))
    name = stored(root, "tree", whole[:-cut])
    branch(root, "odd", tree(root, (FOLDER, "schools", tree(root, (FOLDER, "x", name)))))
    assert "something in it is damaged" in refused(root, "main..odd")


def test_an_object_that_is_damaged(root):
    name = blob(root, b"name: Spoilt\n" * 100)
    path = root / ".git/objects" / name[:2] / name[2:]
    path.write_bytes(path.read_bytes()[:-8])
    schools(root, "odd", (FOLDER, "x", tree(root, (FILE, "school.yaml", name))))
    assert "something in it is damaged" in refused(root, "main..odd")


def test_a_commit_without_its_tree(root):
    branch(root, "odd", ABSENT)
    assert "odd" in refused(root, "main..odd")


NONE_OF_OURS: Mapping[str, Callable[[Path], list[Named]]] = {
    "a folder in place of the settings": lambda root: [
        (FOLDER, "charterkit.yaml", tree(root, (FILE, "x.yaml", blob(root))))
    ],
    "files in place of folders": lambda root: [(FILE, "schools", blob(root)), (FILE, "charters", blob(root))],
    "a file beside them": lambda root: [(FILE, "schools.yaml", blob(root))],
    "links": lambda root: [
        (LINK, "schools", blob(root, b"/etc")),
        (LINK, "charterkit.yaml", blob(root, b"/etc/passwd")),
    ],
    "another repository": lambda _: [("160000", "schools", ABSENT)],
    "nothing": lambda _: [],
}


@pytest.mark.alike(3)
@pytest.mark.parametrize("name", NONE_OF_OURS)
def test_what_is_none_of_ours_is_left_out(root, name):
    branch(root, "odd", tree(root, *NONE_OF_OURS[name](root)))
    code, out, err = compared(root, "main..odd")
    assert (code, err) == (0, "")
    assert out.count("The file is gone.") > 4


def test_names_that_this_disk_can_hold_are_looked_at(root):
    """A pull request hides nothing behind a character that nobody sees."""
    text = b"id: hidden\ntitle: Hidden\nstatus: live\n"
    policies = tree(root, (FILE, "a\u200bb: c\u00a0\\d.yaml", blob(root, text)))
    school = tree(root, (FOLDER, "policies", policies), (FILE, "school.yaml", blob(root)))
    schools(root, "odd", (FOLDER, "other", school))
    if sys.platform == "win32":
        assert "cannot be kept here" in refused(root, "main..odd")
    else:
        assert "Policy: Hidden" in compared(root, "main..odd")[1]


# -- handed: g2-blob-bomb


def limited(root, span, most):
    """`compare --rev` in a process that, like every one that it starts, gets so much memory and no more."""
    import resource

    def limit():
        resource.setrlimit(resource.RLIMIT_AS, (most, most))

    command = [sys.executable, "-m", "charterkit", "compare", "--rev", span]
    done = subprocess.run(
        command, cwd=root, env=environment(), preexec_fn=limit, capture_output=True, encoding="utf-8", check=False
    )
    return done.returncode, done.stdout, done.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="limits of memory are set in another way elsewhere")
def test_a_large_file_under_many_names_is_not_unpacked(root):
    """62 KB on the disk are 64 MiB, 32 times."""
    large = stored(root, "blob", bytes(64 * MIB))
    years = tree(root, *((FILE, f"a{number:04}.yaml", large) for number in range(32)))
    schools(root, "bomb", (FOLDER, "x", tree(root, (FOLDER, "evaluations", years))))
    code, out, err = limited(root, "main..bomb", 700 * MIB)
    assert (code, err) == (0, "")
    assert "The file is gone." in out


def names(root, entries, what):
    """A folder with very many entries of one kind."""
    return tree(root, *((what[0], f"{number:06}.yaml", what[1]) for number in range(entries)))


BOMBS = {
    "a file of the largest size under many names": lambda root: (
        FOLDER,
        "x",
        names(root, 300, (FILE, blob(root, b"# a\n" * (MIB // 4)))),
    ),
    "files in folders in folders": lambda root: (FOLDER, "x", doubled(root, blob(root), FILE)),
    "folders in folders and no file": lambda root: (FOLDER, "x", doubled(root, tree(root), FOLDER)),
    "one folder of very many names": lambda root: (
        FOLDER,
        "x",
        stored(root, "tree", (f"{FILE} x.yaml\0".encode() + bytes.fromhex(blob(root))) * 2_500_000),
    ),
}


def doubled(root, leaf, mode):
    """Ten of one in one, and ten of that in the next: ten thousand million, in eleven objects."""
    for _ in range(10):
        leaf = tree(root, *((mode, f"{number}.yaml", leaf) for number in range(10)))
        mode = FOLDER
    return leaf


@pytest.mark.parametrize("name", BOMBS)
def test_more_than_a_workspace_ever_holds(root, name):
    schools(root, "bomb", BOMBS[name](root))
    assert "'bomb' is no workspace that anybody could read" in refused(root, "main..bomb")


@pytest.mark.slow
def test_a_small_file_that_is_told_by_a_large_one(root):
    """A pack may say of an object only how it differs from another, which is unpacked for that."""
    size = 200 * MIB
    base, told = bytes(size), b"name: X\n"
    head = f"blob {size}\0".encode()
    delta = varied(size) + varied(len(told)) + bytes([len(told)]) + told
    bodies = [
        packed(3, size) + zlib.compress(base),
        packed(7, len(delta)) + sha1(head + base).digest() + zlib.compress(delta),
    ]
    whole = b"PACK" + struct.pack(">II", 2, 2) + b"".join(bodies)
    pack = root / ".git/objects/pack/pack-x.pack"
    pack.parent.mkdir(exist_ok=True)
    pack.write_bytes(whole + sha1(whole).digest())
    git(root, "index-pack", "-o", str(pack.with_suffix(".idx")), str(pack))
    name = sha1(f"blob {len(told)}\0".encode() + told).hexdigest()
    assert git(root, "cat-file", "-p", name) == "name: X"
    schools(root, "bomb", (FOLDER, "x", tree(root, (FILE, "school.yaml", name))))
    assert "something in it is damaged" in refused(root, "main..bomb")


def packed(kind, size):
    """An object's head in a pack: three bits of kind and four of size, then seven of size a byte."""
    made, size = [kind << 4 | size & 15], size >> 4
    while size:
        made[-1] |= 128
        made.append(size & 127)
        size >>= 7
    return bytes(made)


def varied(size):
    """A size in a delta: seven bits a byte, the least first."""
    made = [size & 127]
    while size := size >> 7:
        made[-1] |= 128
        made.append(size & 127)
    return bytes(made)
