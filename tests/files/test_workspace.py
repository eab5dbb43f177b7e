"""The workspace: found, listed and read once; nothing outside it, nothing silently left out."""

import os
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charterkit.errors import CharterkitError
from charterkit.files.new import write_next_version
from charterkit.files.workspace import Workspace, find
from charterkit.model.adoption import Adoption
from charterkit.model.base import nearest
from charterkit.model.charter import Charter, version_key
from charterkit.model.config import Config
from charterkit.model.evaluation import Evaluation
from charterkit.model.policy import Policy
from charterkit.model.school import School
from charterkit.model.survey import Survey
from charterkit.model.translation import Translation
from charterkit.model.visit import Visit
from charterkit.resources import builtin

posix = pytest.mark.skipif(os.name != "posix", reason="needs POSIX")


def charter(identity, version="1", **more):
    lines = {"id": identity, "version": f'"{version}"', "title": "T", "status": "draft", "key_points": "[]", **more}
    return "".join(f"{key}: {value}\n" for key, value in lines.items())


EVALUATION = 'charter: c\ncharter_version: "1"\ncycle: 2025-26\ndate: 2025-10\nratings:\n'


def refused(call, *arguments):
    with pytest.raises(CharterkitError) as caught:
        call(*arguments)
    return caught.value


def said(root, path):
    """The one problem of a file that is found by looking for files."""
    document = {document.path: document for document in Workspace(root).documents()}[path]
    (problem,) = document.loaded.problems
    return problem


class TestFind:
    @pytest.mark.parametrize("files", [{"charterkit.yaml": ""}, {"charters/c.yaml": "", "schools/a/school.yaml": ""}])
    def test_upwards_from_anywhere_inside(self, workspace, files):
        root = workspace({**files, "deep/er/x.txt": ""})
        assert find(root) == find(root / "deep" / "er") == find(root / "not" / "there") == root

    def test_the_nearest_one(self, workspace):
        root = workspace({"charterkit.yaml": "", "inner/charterkit.yaml": ""})
        assert find(root / "inner") == root / "inner"

    def test_one_of_the_two_folders_is_not_enough(self, workspace):
        root = workspace({"charters/c.yaml": ""})
        assert find(root / "charters") != root

    def test_names_that_no_disk_can_hold(self, tmp_path):
        assert find(tmp_path / "\0") == find(tmp_path / ("x" * 300)) == find(tmp_path)


ALL = {
    "charterkit.yaml": Config,
    "charters/c.yaml": Charter,
    "charters/c-ur.yaml": Translation,
    "schools/a/school.yaml": School,
    "schools/a/evaluations/x.yaml": Evaluation,
    "schools/a/policies/x.yaml": Policy,
    "schools/a/visits/x.yaml": Visit,
    "schools/a/surveys/x.yaml": Survey,
    "schools/a/adopted/x.yaml": Adoption,
}
NOWHERE = [
    "charters/old/c.yaml",
    "charters/c.yml",
    "charters/c.YAML",
    "schools/x.yaml",
    "schools/a/2025-26.yaml",
    "schools/a/school.yml",
    "schools/a/evaluations/old/x.yaml",
    "schools/a/evaluations/x.YML",
    "schools/a/minutes/x.yaml",
    "charterkit.yml",
]


class TestPlaces:
    def test_each_kind_in_its_place(self, workspace):
        root = workspace({path: "language: ur\n" if path == "charters/c-ur.yaml" else "x: y\n" for path in ALL})
        assert dict(Workspace(root).paths()) == ALL

    @pytest.mark.parametrize("path", NOWHERE)
    def test_a_file_that_would_be_overlooked_is_a_finding(self, workspace, path):
        root = workspace({path: "x: y\n"})
        problem = said(root, path)
        assert problem.code == "CK114"
        assert problem.help

    def test_what_is_none_of_our_business(self, workspace):
        files = [
            "README.md",
            "templates/x.yaml",
            "charters/.hidden.yaml",
            "schools/.git/x.yaml",
            "schools/a/evidence/x.pdf",
        ]
        files += [
            "schools/a/evaluations/.x.yaml.ab12.tmp",
            "schools/a/evaluations/x.yaml.unsaved-1a2b3c4d",
            "other/x.yaml",
        ]
        assert list(Workspace(workspace(dict.fromkeys(files, ""))).paths()) == []

    @pytest.mark.parametrize(
        ("text", "kind"),
        [
            ("charter: c\nlanguage: ur\n", Translation),
            ("charter: c\r\nlanguage: ur\r\n", Translation),
            ("\ufefflanguage: ur\n", Translation),
            ('"language" : ur\n', Translation),
            ("id: c\npurpose: |\n  language: ours\n", Charter),
            ("languages: x\n", Charter),
            ("# language: x\n", Charter),
        ],
    )
    def test_a_translation_is_told_by_its_language(self, workspace, text, kind):
        assert dict(Workspace(workspace({"charters/x.yaml": text})).paths()) == {"charters/x.yaml": kind}

    def test_an_empty_folder(self, tmp_path):
        empty = Workspace(tmp_path)
        assert (list(empty.documents()), empty.slugs) == ([], [])
        assert empty.config == Config()

    @pytest.mark.parametrize("slug", ["Lathom High School : A Technology College", "St Joseph’s", "é", "a" * 200])
    def test_folders_with_any_name(self, workspace, slug):
        root = workspace({f"schools/{slug}/school.yaml": "name: X\n"})
        found = Workspace(root)
        assert found.slugs == [slug]
        assert found.school(slug).school.name == "X"

    @posix
    def test_a_name_that_is_not_even_text(self, tmp_path):
        folder = tmp_path / "schools" / os.fsdecode(b"caf\xe9")
        folder.mkdir(parents=True)
        (folder / "x.yaml").write_bytes(b"a: b\n")
        assert [document.loaded.problems[0].code for document in Workspace(tmp_path).documents()] == ["CK114"]


@posix
class TestLinks:
    def test_a_file_that_leads_out_is_not_read(self, workspace, tmp_path):
        root = workspace({"secret.yaml": "name: Secret\n", "ws/schools/a/policies/x.yaml": "x: y\n"}) / "ws"
        (root / "schools" / "a" / "school.yaml").symlink_to(tmp_path / "secret.yaml")
        assert said(root, "schools/a/school.yaml").code == "CK113"
        assert Workspace(root).school("a").school.name == "a"

    def test_a_file_linked_inside_is_read(self, workspace):
        root = workspace({"shared.yaml": "name: A\n", "schools/a/policies/x.yaml": ""})
        (root / "schools" / "a" / "school.yaml").symlink_to(root / "shared.yaml")
        assert Workspace(root).school("a").school.name == "A"

    @pytest.mark.parametrize("folder", ["charters", "schools", "schools/a", "schools/a/evaluations"])
    def test_a_folder_that_leads_out_is_a_finding_and_not_read(self, workspace, tmp_path, folder):
        root = (
            workspace({"out/x.yaml": "id: secret\n", "out/a/school.yaml": "name: Secret\n", "ws/charterkit.yaml": ""})
            / "ws"
        )
        (root / folder).parent.mkdir(parents=True, exist_ok=True)
        (root / folder).symlink_to(tmp_path / "out")
        found = Workspace(root)
        assert [
            (document.path, document.loaded.problems[0].code) for document in found.documents() if document.kind is None
        ] == [(folder, "CK113")]
        assert found.slugs == (["a"] if folder == "schools/a/evaluations" else [])
        assert found.read(f"{folder}/x.yaml", Charter).model is None
        assert found.read("schools/a/school.yaml", School).model is None
        assert found.charter_documents == []

    def test_loops_end(self, workspace):
        root = workspace({"charterkit.yaml": "", "schools/a/school.yaml": "name: A\n"})
        (root / "schools" / "loop").symlink_to(root / "schools")
        (root / "schools" / "a" / "evaluations").symlink_to(root / "schools" / "a" / "evaluations")
        (root / "schools" / "a" / "x.yaml").symlink_to(root / "schools" / "a" / "x.yaml")
        (root / "charters").symlink_to(root / "charters")
        found = {
            document.path: document.loaded.problems[0].code
            for document in Workspace(root).documents()
            if document.loaded.problems
        }
        assert set(found.values()) <= {"CK113", "CK114"}
        assert set(found) == {"schools/loop", "schools/a/evaluations", "schools/a/x.yaml", "charters"}


@posix
class TestUnfit:
    def test_a_pipe_does_not_hold_us_up(self, workspace):
        root = workspace({"schools/a/school.yaml": "name: A\n"})
        (root / "schools/a/policies").mkdir()
        os.mkfifo(root / "schools/a/policies/x.yaml")
        found = []
        thread = threading.Thread(target=lambda: found.append(said(root, "schools/a/policies/x.yaml")), daemon=True)
        thread.start()
        thread.join(10)
        assert found[0].code == "CK113"

    def test_a_file_that_vanishes_after_it_was_listed(self, workspace):
        root = workspace(
            {"schools/a/policies/x.yaml": "", "schools/a/policies/y.yaml": "", "schools/a/school.yaml": "name: A\n"}
        )
        found = Workspace(root)
        codes = {}
        for path, kind in list(found.paths()):
            (root / "schools/a/policies/y.yaml").unlink(missing_ok=True)
            codes[path] = [problem.code for problem in found.read(path, kind).loaded.problems]
        assert codes["schools/a/policies/y.yaml"] == ["CK113"]
        assert codes["schools/a/school.yaml"] == []

    @pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may read anything")
    def test_without_permission(self, workspace):
        root = workspace({"schools/a/school.yaml": "name: A\n", "schools/a/policies/x.yaml": ""})
        (root / "schools/a/school.yaml").chmod(0)
        (root / "schools/a/policies").chmod(0)
        try:
            assert said(root, "schools/a/school.yaml").code == said(root, "schools/a/policies").code == "CK113"
        finally:
            (root / "schools/a/policies").chmod(0o755)

    @pytest.mark.parametrize(
        "path", ["schools/\0/school.yaml", "schools/" + "x" * 300 + ".yaml", "schools/a\ud800.yaml"]
    )
    def test_names_that_no_disk_can_hold(self, tmp_path, path):
        assert Workspace(tmp_path).read(path, School).loaded.problems[0].code == "CK113"

    def test_too_large_a_file_is_not_read_whole(self, workspace):
        root = workspace({"schools/a/school.yaml": b"name: A" + b" " * 5_000_000})
        document = Workspace(root).read("schools/a/school.yaml", School)
        assert document.loaded.problems[0].code == "CK102"
        assert len(document.data) == 1024 * 1024 + 1


class TestCharters:
    def test_versions_are_ordered_as_people_count(self, workspace):
        numbers = ["10", "2", "1", "1.10", "1.9", "2-draft"]
        found = Workspace(workspace({f"charters/{number}.yaml": charter("c", number) for number in numbers}))
        assert [one.version for one in found.versions("c")] == ["1", "1.9", "1.10", "2", "2-draft", "10"]
        assert found.choose_charter(None).version == "10"

    @pytest.mark.parametrize(
        "numbers",
        [
            ["v1", "v2", "v10"],
            ["draft 2", "draft 10"],
            ["1", "v2", "3"],
            ["1.2", "1.2a", "1.2b", "1.2.1", "1.10"],
            ["2", "9" * 50, "1" + "0" * 50],
            ["٢", "٣", "١٠"],
        ],
    )
    def test_letters_and_digits_are_told_apart(self, numbers):
        backwards = numbers[::-1]
        assert sorted(backwards, key=version_key) == numbers

    @given(st.lists(st.text(st.sampled_from("019aVv.-٣² ") | st.characters()), unique=True))
    def test_any_two_versions_can_be_compared(self, versions):
        backwards = versions[::-1]
        assert sorted(versions, key=version_key) == sorted(backwards, key=version_key)
        assert len({version_key(version) for version in versions}) == len(versions)

    def test_the_built_in_one_is_always_there(self, tmp_path):
        found = Workspace(tmp_path, builtin())
        assert found.charter_ids == ["community-engagement"]
        assert all(document.builtin for document in found.charter_documents)
        assert found.choose_charter(None).id == "community-engagement"
        assert list(found.paths()) == []

    def test_unless_the_workspace_has_its_own_of_that_version(self, workspace):
        found = Workspace(workspace({"charters/mine.yaml": charter("community-engagement", title="Mine")}), builtin())
        assert [charter.title for charter in found.versions("community-engagement")] == ["Mine"]

    def test_a_charter_whose_id_cannot_be_read_is_no_choice(self, workspace):
        found = Workspace(workspace({"charters/bad.yaml": charter("Bad Id"), "charters/good.yaml": charter("good")}))
        assert found.charter_ids == ["good"]
        assert len(found.charter_documents) == 2

    def test_choosing_in_words(self, workspace):
        found = Workspace(workspace({"charters/a.yaml": charter("alpha"), "charters/b.yaml": charter("beta")}))
        assert refused(found.choose_charter, None).hint == "Add --charter with one of: alpha, beta."
        assert refused(found.choose_charter, "alpa").hint == "Did you mean alpha?"
        assert refused(found.choose_charter, "zzz").hint == "There is: alpha, beta."
        assert found.choose_charter("beta").id == "beta"

    def test_the_settings_choose(self, workspace):
        root = workspace(
            {
                "charterkit.yaml": "charter: beta\n",
                "charters/a.yaml": charter("alpha"),
                "charters/b.yaml": charter("beta"),
            }
        )
        assert Workspace(root).choose_charter(None).id == "beta"

    def test_none_at_all(self, tmp_path):
        assert "init" in refused(Workspace(tmp_path).choose_charter, None).hint
        assert "init" in refused(Workspace(tmp_path).choose_charter, "alpha").hint

    def test_the_only_one_of_ones_own_is_taken_though_the_built_in_one_is_there_too(self, workspace):
        found = Workspace(workspace({"charters/ours.yaml": charter("ours")}), builtin())
        assert found.choose_charter(None).id == "ours"
        assert found.choose_charter("community-engagement").id == "community-engagement"

    def test_two_of_ones_own_are_a_choice(self, workspace):
        found = Workspace(workspace({"charters/a.yaml": charter("a"), "charters/b.yaml": charter("b")}), builtin())
        assert refused(found.choose_charter, None).hint == "Add --charter with one of: a, b, community-engagement."

    def test_no_guess_where_guessing_takes_too_long(self, workspace):
        found = Workspace(workspace({f"schools/school-{number}/school.yaml": "" for number in range(501)}))
        assert refused(found.school, "school-xyz").hint.startswith("There is: ")
        assert nearest("a" * 80, ["a" * 79]) == "a" * 79
        assert nearest("a" * 81, ["a" * 80]) == ""


class TestVersionChosen:
    @pytest.mark.parametrize(
        ("statuses", "used", "chosen"),
        [
            (["published", "published", "draft"], None, "2"),
            (["published", "published", "draft"], "1", "2"),
            (["published", "draft", "draft"], "2", "2"),
            (["draft", "draft"], None, "2"),
            (["draft", "draft"], "1", "1"),
            (["draft", "draft"], "7", "2"),
            (["draft", "withdrawn"], None, "1"),
            (["published", "withdrawn"], "2", "1"),
            (["withdrawn"], None, "1"),
            (["withdrawn", "withdrawn"], "1", "2"),
        ],
    )
    def test_no_unfinished_one_before_it_is_published(self, workspace, statuses, used, chosen):
        files = {f"charters/{at}.yaml": charter("c", str(at), status=status) for at, status in enumerate(statuses, 1)}
        assert Workspace(workspace(files)).choose_charter(None, used).version == chosen

    def test_the_next_one_goes_on_from_the_newest_there_is(self, workspace):
        root = workspace({"charters/c.yaml": charter("c", "1", status="published"), "charters/d.yaml": charter("c")})
        found = Workspace(root)
        assert write_next_version(found, found.choose_charter("c")) == "charters/c-v2.yaml"
        found = Workspace(root)
        assert write_next_version(found, found.choose_charter("c")) == "charters/c-v3.yaml"
        assert Workspace(root).choose_charter("c").version == "1"

    @pytest.mark.parametrize("version", ["../../out", "1.1", "a/b", "é", "1" * 5000])
    def test_its_file_name_is_plain(self, workspace, tmp_path, version):
        root = workspace({"ws/charters/c.yaml": charter("c", version)}) / "ws"
        found = Workspace(root)
        path = write_next_version(found, found.choose_charter("c"))
        assert (root / path).parent == root / "charters"
        assert len(path) < 60
        assert Workspace(root).choose_charter("c").version == f"{version}.1"
        assert sorted(one.name for one in tmp_path.iterdir()) == ["ws"]

    def test_nothing_is_written_over(self, workspace):
        root = workspace({"charters/c.yaml": charter("c"), "charters/c-v2.yaml": "mine"})
        error = refused(write_next_version, Workspace(root), Workspace(root).choose_charter("c"))
        assert "charters/c-v2.yaml" in error.message
        assert (root / "charters/c-v2.yaml").read_bytes() == b"mine"


BUILT_IN = "charters/community-engagement-v1.yaml"
ID = "id: community-engagement\n"


class TestACharterThatCannotBeRead:
    """The built-in one must not silently take its place."""

    @pytest.mark.parametrize("named", [None, "community-engagement"])
    @pytest.mark.parametrize(
        ("path", "text"),
        [
            (BUILT_IN, ""),
            (BUILT_IN, "\0\1\2"),
            (BUILT_IN, charter("Bad Id")),
            ("charters/copy.yaml", "id: community-engagement  # ours\ntitle: [\n"),
            ("charters/copy.yaml", f"{ID}title: Ours\nkey_points: []\n"),
            ("charters/copy.yaml", f"{ID}title: caf\xe9\n".encode("latin-1")),
            ("charters/copy.yaml", f"title: T\r\n{ID}".replace("\n", "\r\n").encode("utf-16")),
        ],
    )
    def test_is_named(self, workspace, path, text, named):
        found = Workspace(workspace({path: text}), builtin())
        assert [document.path for document in found.charter_documents] == [path]
        error = refused(found.choose_charter, named)
        assert error.message == f"{path} cannot be read."
        assert "check" in error.hint

    def test_of_a_name_of_its_own(self, workspace):
        found = Workspace(workspace({"charters/ours.yaml": "id: ours\ntitle: ["}), builtin())
        assert refused(found.choose_charter, None).message == "charters/ours.yaml cannot be read."
        assert refused(found.choose_charter, "ours").message == "charters/ours.yaml cannot be read."
        assert found.choose_charter("community-engagement").title.startswith("Best Practice Charter")

    def test_one_that_holds_who_knows_what(self, workspace):
        found = Workspace(workspace({"charters/x.yaml": ""}), builtin())
        assert refused(found.choose_charter, None).message == "charters/x.yaml cannot be read."
        assert refused(found.choose_charter, "zzz").message == "There is no charter 'zzz'."

    def test_another_one_beside_it_is_no_matter(self, workspace):
        found = Workspace(workspace({"charters/x.yaml": "", "charters/ours.yaml": charter("ours")}), builtin())
        assert found.choose_charter(None).id == "ours"

    def test_a_file_of_the_built_in_ones_name_stands_for_it(self, workspace):
        found = Workspace(workspace({BUILT_IN: charter("community-engagement", "2")}), builtin())
        assert [one.version for one in found.versions("community-engagement")] == ["2"]

    @posix
    def test_the_whole_folder(self, workspace, tmp_path):
        root = workspace({"out/x.yaml": "", "ws/charterkit.yaml": ""}) / "ws"
        (root / "charters").symlink_to(tmp_path / "out")
        for named in (None, "community-engagement"):
            found = Workspace(root, builtin())
            assert refused(found.choose_charter, named).message == "charters cannot be read."
            assert {document.kind for document in found.documents()} == {Config, None}

    def test_once_mended_it_is_taken(self, workspace):
        found = Workspace(workspace({BUILT_IN: ""}), builtin())
        assert found.charter_documents[0].model is None
        workspace({BUILT_IN: charter("community-engagement", title="Mine")})
        found.refresh()
        assert found.choose_charter(None).title == "Mine"


class TestSchools:
    def test_choosing_in_words(self, workspace):
        root = workspace(
            {
                "schools/lathom/school.yaml": "name: L\n",
                "schools/oakmeadow/school.yaml": "name: O\n",
                "schools/trust/school.yaml": "name: T\nkind: trust\n",
            }
        )
        found = Workspace(root)
        assert refused(found.choose_school, None).hint == "Add one of: lathom, oakmeadow."
        assert refused(found.choose_school, "latham").hint == "Did you mean lathom?"
        assert found.choose_school("trust").slug == "trust"

    def test_the_only_one_needs_no_name(self, workspace):
        root = workspace(
            {"schools/lathom/school.yaml": "name: L\n", "schools/trust/school.yaml": "name: T\nkind: trust\n"}
        )
        assert Workspace(root).choose_school(None).slug == "lathom"

    def test_none_at_all(self, tmp_path):
        assert "new school" in refused(Workspace(tmp_path).choose_school, None).hint
        assert refused(Workspace(tmp_path).school, "x").hint == 'To add it: charterkit new school "Name of the school"'

    @pytest.mark.parametrize("text", ["", "name: [x]\n", "[\n", "urn: 1\n", None])
    def test_without_a_readable_name_it_has_its_folders(self, workspace, text):
        root = workspace({"schools/a/policies/x.yaml": ""} | ({} if text is None else {"schools/a/school.yaml": text}))
        assert Workspace(root).school("a").school.name == "a"


class TestRefresh:
    def test_nothing_stays_stale_that_was_written(self, workspace):
        root = workspace({"schools/a/school.yaml": "name: A\n"})
        found = Workspace(root)
        school = found.school("a")
        assert school.evaluations == []
        workspace({"schools/a/evaluations/x.yaml": EVALUATION})
        found.refresh()
        assert [document.model and document.model.ratings for document in school.evaluations] == [{}]
        workspace(
            {"schools/a/evaluations/x.yaml": EVALUATION + "  g: {rating: red}\n", "schools/a/school.yaml": "name: B\n"}
        )
        found.refresh()
        model = school.evaluations[0].model
        assert model is not None
        assert list(model.ratings) == ["g"]
        assert school.school.name == "B"

    def test_new_schools_charters_and_settings(self, workspace):
        root = workspace({"charters/a.yaml": charter("alpha"), "schools/a/school.yaml": "name: A\n"})
        found = Workspace(root)
        assert (found.slugs, found.charter_ids, found.config.charter) == (["a"], ["alpha"], None)
        workspace(
            {
                "charters/b.yaml": charter("beta"),
                "schools/b/school.yaml": "name: B\n",
                "charterkit.yaml": "charter: beta\n",
            }
        )
        found.refresh()
        assert (found.slugs, found.charter_ids, found.config.charter) == (["a", "b"], ["alpha", "beta"], "beta")

    def test_every_file_is_read_once(self, workspace):
        found = Workspace(workspace({"schools/a/evaluations/x.yaml": EVALUATION}))
        assert found.school("a").evaluations[0] is found.school("a").evaluations[0]
        assert (
            next(document for document in found.documents() if document.kind is Evaluation)
            is found.school("a").evaluations[0]
        )


def test_the_examples_of_this_repository_hold_no_mistake():
    documents = list(Workspace(builtin()).documents())
    assert len(documents) > 20
    assert [(document.path, document.loaded.problems) for document in documents if document.loaded.problems] == []
