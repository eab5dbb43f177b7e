"""`compare --rev` in a folder that somebody else sent: nothing in it runs a program, whatever git would do by itself."""

import os
import shutil
import subprocess
import sys

import pytest

from .calling import call
from .repositories import chained, compared, git, made, refused, written

NOTHING = "No rating, action or policy changed.\n"
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the programs are scripts of a shell")


@pytest.fixture
def canary(tmp_path):
    return tmp_path / "PWNED"


def bare(folder, config, head="1" * 40):
    """What makes a folder look like a bare repository: plain files, as a pull request can bring them."""
    return [
        (f"{folder}/objects/keep", ""),
        (f"{folder}/refs/heads/keep", ""),
        (f"{folder}/refs/heads/main", f"{head}\n"),
        (f"{folder}/HEAD", "ref: refs/heads/main\n"),
        (f"{folder}/config", config),
    ]


def lazy(url, more=""):
    """Settings of a clone that fetches what it misses, when it misses it."""
    return (
        "[core]\n\trepositoryformatversion = 1\n\tbare = true\n[extensions]\n\tpartialClone = origin\n"
        f'[remote "origin"]\n\turl = "{url}"\n\tpromisor = true\n{more}'
    )


def hostile(canary):
    """Ways to have a program run when an object is missing, each with git's own switch turned on for it."""
    script = canary.parent / "script"
    script.write_text(f'#!/bin/sh\ntouch "{canary}"\n', encoding="utf-8")
    script.chmod(0o755)
    run = f"touch {canary};"
    return {
        "ext": lazy(f"ext::sh -c touch% {canary}", '[protocol "ext"]\n\tallow = always\n'),
        "ext-plain": lazy(f"ext::{script}", '[protocol "ext"]\n\tallow = always\n'),
        "upload-pack": lazy(str(canary.parent), f'\tuploadpack = "{run}"\n') + '[protocol "file"]\n\tallow = always\n',
        "ssh": lazy("ssh://nowhere.invalid/x") + f'[core]\n\tsshCommand = "{run}"\n[protocol]\n\tallow = always\n',
        "proxy": lazy("git://nowhere.invalid/x") + f'[core]\n\tgitProxy = "{script}"\n[protocol]\n\tallow = always\n',
        "instead": lazy("x:y") + f'[url "ext::{script} "]\n\tinsteadOf = x:\n[protocol]\n\tallow = always\n',
    }


FURTHER = ("ext-plain", "upload-pack", "ssh", "proxy", "instead")
WAYS = ("ext", *(pytest.param(way, marks=pytest.mark.slow) for way in FURTHER))


def is_armed(folder, canary, *arguments):
    """Whether git itself, asked in the folder as anybody would, runs it; what it left is cleared away."""
    command = ["git", *(arguments or ("rev-parse", "--verify", "main^{commit}"))]
    subprocess.run(command, cwd=folder, capture_output=True, timeout=60, check=False)
    found = canary.exists()
    canary.unlink(missing_ok=True)
    return found


@pytest.mark.alike(3)
@pytest.mark.parametrize("way", WAYS)
def test_files_that_make_a_folder_look_like_a_repository(tmp_path, canary, way):
    """Handed: g1-bare-repo."""
    root = made(tmp_path / "repository", "data")
    written(root.parent, bare("data", hostile(canary)[way]))
    assert is_armed(root, canary), "git no longer does what this is about"
    assert compared(root) == (0, NOTHING, "")
    assert compared(root, "main...HEAD") == (0, NOTHING, "")
    assert not canary.exists()


@pytest.mark.alike(3)
@pytest.mark.parametrize("way", WAYS)
def test_a_link_to_such_a_folder(tmp_path, canary, way):
    """A `.git` file comes with a folder that somebody sent, though with no pull request."""
    root = tmp_path / "sent"
    root.mkdir()
    assert not call("init", ".", cwd=root).returncode
    for path, text in bare("crafted", hostile(canary)[way]):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    (root / ".git").write_text("gitdir: ./crafted\n", encoding="utf-8")
    assert is_armed(root, canary)
    assert "git knows no revision 'main' here." in refused(root, "main..main")
    assert not canary.exists()


@pytest.mark.alike(3)
@pytest.mark.parametrize("way", WAYS)
def test_settings_of_a_repository_that_somebody_sent(tmp_path, canary, way):
    """A whole .git, sound but for one object that is missing, with settings that say where to get it."""
    root = made(tmp_path / "sent")
    written(root, [("schools/example-primary/policies/other.yaml", "id: other\ntitle: Other\nstatus: live\n")])
    one = git(root, "rev-parse", "HEAD:schools/example-primary/policies/other.yaml")
    (root / ".git/objects" / one[:2] / one[2:]).unlink()
    (root / ".git/config").write_text(hostile(canary)[way], encoding="utf-8")
    assert is_armed(root, canary, "cat-file", "-p", one)
    assert "Part of 'change' is not in this clone." in refused(root)
    assert not canary.exists()


def test_settings_by_way_of_another_file(tmp_path, canary):
    root = made(tmp_path / "sent")
    written(root, [("more.config", hostile(canary)["ext-plain"])])
    (root / ".git/config").write_text("[include]\n\tpath = ../more.config\n", encoding="utf-8")
    missing = "1" * 40
    (root / ".git/refs/heads/gone").write_text(f"{missing}\n", encoding="utf-8")
    git(root, "config", "extensions.partialClone", "origin")
    git(root, "config", "core.repositoryFormatVersion", "1")
    assert is_armed(root, canary, "cat-file", "-p", missing)
    assert "git knows no revision 'gone' here." in refused(root, "main..gone")
    assert compared(root) == (0, NOTHING, "")
    assert not canary.exists()


def test_hooks_filters_aliases_and_watchers(tmp_path, canary):
    root = made(tmp_path / "sent")
    script = tmp_path / "script"
    script.write_text(f'#!/bin/sh\ntouch "{canary}"\ncat\n', encoding="utf-8")
    script.chmod(0o755)
    names = "core.fsmonitor core.pager core.editor core.askPass core.alternateRefsCommand diff.external gpg.program"
    drivers = "filter.x.smudge filter.x.clean filter.x.process diff.x.textconv diff.x.command merge.x.driver"
    pagers = "pager.cat-file pager.rev-parse pager.config"
    for name in f"{names} {drivers} {pagers}".split():
        git(root, "config", name, str(script))
    for name in ("rev-parse", "cat-file", "merge-base", "config"):
        git(root, "config", f"alias.{name}", f"!{script}")
    for name in ("post-checkout", "reference-transaction", "post-index-change", "pre-auto-gc"):
        shutil.copy(script, root / ".git/hooks" / name)
    (root / ".git/info").mkdir(exist_ok=True)
    (root / ".git/info/attributes").write_text("* filter=x diff=x merge=x\n", encoding="utf-8")
    assert is_armed(root, canary, "status")
    written_text = "id: other\ntitle: Other\nstatus: live\n"
    policy = root / "schools/example-primary/policies/other.yaml"
    policy.write_text(written_text, encoding="utf-8")
    quiet = [part for name in ("core.fsmonitor=false", "core.hooksPath=/dev/null") for part in ("-c", name)]
    git(root, *quiet, "add", "-A")
    git(root, *quiet, "commit", "-qm", "next")
    canary.unlink(missing_ok=True)
    code, out, err = compared(root)
    assert (code, err) == (0, "")
    assert "One policy changed" in out
    assert compared(root, "main...change")[0] == 0
    assert not canary.exists()


@pytest.mark.parametrize(
    "config", ["[core\n", "\0", "[extensions]\n\tobjectFormat = sha1\n\tnoSuch = x\n", "[" * 100_000]
)
def test_settings_that_git_would_choke_on(tmp_path, config):
    root = made(tmp_path / "sent")
    (root / ".git/config").write_text(config, encoding="utf-8")
    if "noSuch" in config:  # what ours need not know
        assert compared(root) == (0, NOTHING, "")
    else:
        assert "The git repository cannot be read" in refused(root)


@pytest.mark.alike(5)
@pytest.mark.parametrize("name", ["config", "packed-refs", "HEAD", "refs/heads/other", "FETCH_HEAD"])
def test_what_never_ends_is_not_waited_for(tmp_path, name):
    """A pipe that nobody writes to, and a device that never ends, in place of a file."""
    root = made(tmp_path / "sent")
    git(root, "pack-refs", "--all")
    path = root / ".git" / name
    path.unlink(missing_ok=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    os.mkfifo(path)
    if name == "HEAD":
        assert "not in a git repository" in refused(root)
    elif name == "packed-refs":
        assert "git knows no revision" in refused(root)
    else:
        assert compared(root) == (0, NOTHING, "")
    path.unlink()
    path.symlink_to("/dev/zero")
    assert compared(root)[0] in (0, 2)


class TestTheEnvironment:
    @pytest.fixture
    def root(self, tmp_path):
        return made(tmp_path / "ours")

    def test_of_git(self, root, tmp_path, canary):
        """As a hook of git has it, or anybody who sets it: none of it reaches git."""
        other = tmp_path / "other"
        made(other)
        (other / "helpers").mkdir()
        for name in ("git-rev-parse", "git-cat-file", "git-fetch", "git"):
            (other / "helpers" / name).write_text(f'#!/bin/sh\ntouch "{canary}"\n', encoding="utf-8")
            (other / "helpers" / name).chmod(0o755)
        variables = {
            "GIT_DIR": str(other / ".git"),
            "GIT_WORK_TREE": str(other),
            "GIT_COMMON_DIR": str(other / ".git"),
            "GIT_OBJECT_DIRECTORY": str(other / "nowhere"),
            "GIT_INDEX_FILE": str(other / "nowhere"),
            "GIT_EXEC_PATH": str(other / "helpers"),
            "GIT_CONFIG_COUNT": "1",
            "GIT_CONFIG_KEY_0": "core.fsmonitor",
            "GIT_CONFIG_VALUE_0": f"touch {canary}",
            "GIT_CONFIG_PARAMETERS": "'core.repositoryformatversion'='99'",
            "GIT_CONFIG_GLOBAL": str(other / "helpers/git"),
            "GIT_TRACE": str(canary),
            "GIT_TRACE2_EVENT": str(canary),
            "GIT_PAGER": f"touch {canary}",
            "GIT_SSH_COMMAND": f"touch {canary}",
            "GIT_EXTERNAL_DIFF": f"touch {canary}",
            "GIT_NAMESPACE": "elsewhere",
            "GIT_CEILING_DIRECTORIES": str(root),
            "GIT_REPLACE_REF_BASE": "refs/elsewhere",
            "PAGER": f"touch {canary}",
            "EDITOR": f"touch {canary}",
        }
        assert compared(root, **variables) == (0, NOTHING, "")
        assert not canary.exists()

    @pytest.mark.parametrize("inside", [".", "data"])
    def test_a_git_that_lies_in_the_workspace(self, tmp_path, canary, inside):
        """By its whole path, by half of it, and by a link from outside; and one beside the workspace."""
        root = made(tmp_path / "ours", inside)
        for folder in (root / "tools", root, root.parent / "tools"):
            folder.mkdir(exist_ok=True)
            for name in ("git", "git.exe", "git.bat"):
                (folder / name).write_text(f'#!/bin/sh\ntouch "{canary}"\n', encoding="utf-8")
                (folder / name).chmod(0o755)
        linked = tmp_path / "linked"
        linked.symlink_to(root / "tools")
        ways = [str(root / "tools"), str(root), str(linked), "tools", "./tools", "tools/../tools", ".", ""]
        beside = [str(root.parent / "tools")] if inside == "data" else []
        for way in ways:
            path = chained([way, *beside, os.environ["PATH"]])
            assert compared(root, PATH=path) == (0, NOTHING, ""), way
            assert not canary.exists(), way

    def test_a_git_in_the_current_folder_and_a_link_to_one(self, tmp_path, root, canary):
        here, links = tmp_path / "here", tmp_path / "links"
        for folder in (here, links):
            folder.mkdir()
        for path in (here / "git", root / "git"):
            path.write_text(f'#!/bin/sh\ntouch "{canary}"\n', encoding="utf-8")
            path.chmod(0o755)
        (links / "git").symlink_to(root / "git")
        path = chained([str(here), str(links), os.environ["PATH"]])
        done = call("--workspace", str(root), "compare", "--rev", "main..change", cwd=here, PATH=path)
        assert (done.returncode, done.stdout) == (0, NOTHING)
        assert not canary.exists()

    @pytest.mark.parametrize("path", ["", ".", "tools", "{root}/tools"])
    def test_no_other_git(self, root, path):
        (root / "tools").mkdir()
        shutil.copy(shutil.which("git") or "", root / "tools/git")
        assert "There is no git on this computer." in refused(root, PATH=path.format(root=root))


GERMAN = {"LANG": "de_DE.UTF-8", "LC_ALL": "de_DE.UTF-8", "LC_MESSAGES": "de_DE.UTF-8", "LANGUAGE": "de:fr"}


@pytest.fixture(scope="module")
def german(tmp_path_factory):
    """An environment in which git speaks German, where its translations and the means to make a locale are there."""
    folder = tmp_path_factory.mktemp("locales")
    if shutil.which("localedef"):
        command = ["localedef", "-i", "de_DE", "-f", "UTF-8", str(folder / "de_DE.UTF-8")]
        subprocess.run(command, capture_output=True, check=False)
        return {**GERMAN, "LOCPATH": str(folder)}
    return GERMAN


def test_a_german_git(tmp_path, german):
    """What git says is never read, so that it may say it in any language."""
    root = made(tmp_path / "ours")
    git(root, "checkout", "-q", "--orphan", "apart")
    git(root, "commit", "-qm", "apart")
    (root / ".git/refs/heads/gone").write_text("1" * 40 + "\n", encoding="utf-8")
    outside = tmp_path / "outside"
    shutil.copytree(root, outside, ignore=shutil.ignore_patterns(".git"))
    for folder, span in ((root, "nope..main"), (root, "main...apart"), (root, "main..gone"), (outside, "main..change")):
        assert refused(folder, span, **german) == refused(folder, span), span
    assert compared(root, **german) == compared(root)
    spoken = subprocess.run(
        ["git", "rev-parse"],
        cwd=tmp_path,
        env={**os.environ, **german},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if "Kein Git-Repository" not in spoken.stderr:
        pytest.skip("NO GERMAN GIT: it was only said that there is one")
