"""Words in a policy's text that have gone out of date, and the packs that settings and policies name."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from charterkit.files.workspace import Workspace
from charterkit.findings import Finding
from charterkit.insight.policies.stale import Names, abolished, ended_in, findable, names_in, passed_reviews
from charterkit.model.abolished import Ended
from charterkit.rules.running.check import check

TODAY = date(2026, 11, 22)
ROOT = Path(__file__).parents[2]
Write = Callable[[Mapping[str, str | bytes]], Path]
POLICY = "id: behaviour\ntitle: Behaviour\nstatus: live\ndocument: text.md\n"
AT = "schools/ash/policies/behaviour.yaml"
WORDING = ["CK510", "CK511", "CK512"]


def files(text: str | bytes, *, name: str = "Ash School", more: str = "", **schools: str) -> dict[str, str | bytes]:
    """A policy with its text, and other schools by their slug."""
    return {
        "schools/ash/school.yaml": f"name: {name}\n{more}",
        AT: POLICY,
        "schools/ash/policies/text.md": text,
        **{f"schools/{slug}/school.yaml": f"name: {called}\n" for slug, called in schools.items()},
    }


@pytest.fixture
def found(workspace: Write) -> Callable[[Mapping[str, str | bytes]], list[Finding]]:
    def run(written: Mapping[str, str | bytes]) -> list[Finding]:
        return list(check(Workspace(workspace(written), None), TODAY, [AT], select=WORDING).findings)

    return run


Found = Callable[[Mapping[str, str | bytes]], list[Finding]]


class TestAbolished:
    @pytest.mark.parametrize(
        ("text", "ids"),
        [
            ("A CRB check is needed.", ["criminal-records-bureau"]),
            ("an enhanced crb\n  disclosure", ["criminal-records-bureau"]),
            ("the Criminal\nRecords\r\n   Bureau", ["criminal-records-bureau"]),
            ("CRB", ["criminal-records-bureau"]),
            ("(CRB)", ["criminal-records-bureau"]),
            ("**CRB**", ["criminal-records-bureau"]),
            ("crb", []),
            ("Crb", []),
            ("SCRB, CRBX, CRB2, a_CRB", []),
            ("a LEA and an lea", ["local-education-authority"]),
            ("over the lea", []),
            ("the Children’s Trust Board", ["childrens-trust-board"]),
            ("the Children's Trust Board", ["childrens-trust-board"]),
            ("the children’s trust board", ["childrens-trust-board"]),
            ("the DfE’s Governance Handbook", ["governance-competency-frameworks"]),
            ("young people’s learning agency", ["young-peoples-learning-agency"]),
            ("We raise online safety at assemblies.", []),
            ("RAISE online and RAISEonline", ["raiseonline"]),
            ("our statutory policies for schools", []),
            ("the online self-evaluation form of the council", []),
            ("The SCHOOL ACTION PLUS stage", ["school-action"]),
            ("the school action plan", []),
            ("Race Relations (Amendment) Act 2000", ["discrimination-acts"]),
            ("the Department for Education", []),
            ("Department for Education and Skills", ["dfes"]),
            ("DBS check, ICB, SEN support, EHC plan, early career teacher", []),
            ("", []),
        ],
    )
    def test_is_found(self, text: str, ids: list[str]) -> None:
        assert [one.id for one, _ in ended_in(text)] == ids

    def test_counts_places_once_and_says_the_first(self) -> None:
        ((_, found),) = ended_in("One\n\nA CRB check and CRB\ndisclosures,\nthe Criminal Records Bureau")
        assert (found.line, found.words, found.count) == (3, "CRB check", 3)

    @pytest.mark.parametrize("one", abolished(), ids=lambda one: str(one.id))
    def test_every_name_is_found_however_it_is_written(self, one: Ended) -> None:
        for name in (*one.names, *one.abbreviations):
            for text in (name, name.replace(" ", "\n"), f"“{name}”,", name.replace("'", "’")):
                assert one.id in [each.id for each, _ in ended_in(text)], text
        for name in one.names:
            assert one.id in [each.id for each, _ in ended_in(name.upper())], name

    def test_what_took_its_place_stands_in_a_sentence(self, found: Found) -> None:
        (one,) = found(files("First.\nA CRB check, and again a CRB check.\n"))
        assert (one.code, one.path, one.line) == ("CK510", AT, 4)
        assert one.message == "'CRB check' ended on 1 December 2012 (line 2 of the text, 2 times)"
        assert one.help.startswith("Now: the Disclosure and Barring Service (DBS). Source: Protection of Freedoms Act")


class TestOtherSchools:
    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("At Beech Grove Primary School we", "Beech Grove Primary School"),
            ("At Beech\n  Grove\r\nPrimary School we", "Beech Grove Primary School"),
            ("**Beech Grove Primary School**", "Beech Grove Primary School"),
            ("Beech Grove Primary School’s pupils", "Beech Grove Primary School"),
            ("BEECH GROVE PRIMARY SCHOOL", None),
            ("Copper Beech Grove Primary School", "Beech Grove Primary School"),
            ("Beech Grove", None),
            ("St Mary’s CE Academy and", "St Mary’s CE Academy"),
            ("St Mary's CE Academy and", "St Mary's CE Academy"),
            ("Hope is what we teach. Oak", None),
            ("the Ravensfield way", "Ravensfield"),
        ],
    )
    def test_are_found(self, found: Found, text: str, words: str | None) -> None:
        others = {"beech": "Beech Grove Primary School", "mary": "St Mary's CE Academy (Lower)", "hope": "Hope"}
        here = found(files(text, **others, oak="Oak", raven="Ravensfield"))
        assert [one.code for one in here] == (["CK511"] if words else [])
        if words:
            assert f"'{words}'" in here[0].message

    def test_the_school_s_own_name_never(self, found: Found) -> None:
        assert found(files("At Ash School, the Ash School way", beech="Ash School")) == []

    def test_a_name_that_is_a_part_of_its_own(self, found: Found) -> None:
        written = files("Beacon Hill School, and Hill School, too", name="Beacon Hill School", hill="Hill School")
        assert found(written) == []
        assert [one.code for one in found(files("Beacon Hill School", name="Hill School", b="Beacon Hill School"))] == [
            "CK511"
        ]

    def test_the_trust_and_its_schools_may_name_each_other(self, found: Found) -> None:
        written = files("North Trust runs Beech Grove and Ash School. Not Elm Tree Road.", more="trust: north\n")
        written["schools/north/school.yaml"] = "name: North Trust\nkind: trust\nmembers: [beech]\n"
        written["schools/beech/school.yaml"] = "name: Beech Grove\n"
        written["schools/elm/school.yaml"] = "name: Elm Tree Road\n"
        assert [one.message.split("'")[1] for one in found(written)] == ["Elm Tree Road"]

    @pytest.mark.parametrize(
        ("name", "words"),
        [
            ("Hope", ()),
            ("St Mary's (Lower School)", ("St", "Mary", "s")),
            ("Kingsgate", ("Kingsgate",)),
            ("", ()),
            ("(all)", ()),
            ("!!!", ()),
            ("مدرسة النور", ("مدرسة", "النور")),
        ],
    )
    def test_what_is_looked_for(self, name: str, words: tuple[str, ...]) -> None:
        assert findable(name) == words

    @pytest.mark.parametrize(
        "name", ['"Beech Grove"', "'Beech Grove'", "Beech Grove  # ours", ">-\n  Beech\n  Grove", "Beech\n  Grove"]
    )
    def test_however_the_name_is_written(self, found: Found, name: str) -> None:
        assert [one.code for one in found(files("Beech Grove", beech=name))] == ["CK511"]


class TestPassedReviews:
    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("Next review: September 2024", "September 2024"),
            ("Next review date: 1 September 2024", "1 September 2024"),
            ("Next review due 01/09/2024", "1 September 2024"),
            ("Date for next review - 2024", "2024"),
            ("This policy will be reviewed again in Sept 2024.", "September 2024"),
            ("To be reviewed 31st Feb 2024", "February 2024"),
            ("REVIEW DUE 09/2024", "September 2024"),
            ("Next review: September 2023, moved to September 2025", "September 2025"),
            ("Next review: September 2027", None),
            ("Next review: November 2026", None),
            ("Next review: 2026", None),
            ("Next review: September 2024, moved to September 2027", None),
            ("Last reviewed: September 2024", None),
            ("Next review:\nSeptember 2024", None),
            ("Next review: 2024/25", "2025"),
            ("Next review: 2025-26", None),
            ("Next review: 2026-09-15", "15 September 2026"),
            ("Next review: 2026-09", "September 2026"),
            ("Next review: 2026-12", None),
            ("Next review: 2024-99", "2024"),
            ("Next review: page 1999 of 2024b", "2024"),
            ("Next review: 12024", None),
        ],
    )
    def test_is_found(self, text: str, said: str | None) -> None:
        assert [when.spoken for when, _ in passed_reviews(text, TODAY)] == ([said] if said else [])


class TestTexts:
    @pytest.mark.parametrize(
        "text",
        [b"\xff\xfe\x00CRB", "CRB é".encode("latin-1"), b"CRB " * 600_000, b"\x00" * 50, b""],
        ids=["utf-16", "latin-1", "2 MB", "binary", "empty"],
    )
    def test_that_cannot_be_read_are_passed_over(self, found: Found, text: bytes) -> None:
        assert found(files(text)) == []

    def test_with_a_byte_order_mark(self, found: Found) -> None:
        assert [one.code for one in found(files("\ufeffCRB".encode()))] == ["CK510"]

    @pytest.mark.parametrize("name", ["nothing.md", "../../beech/text.md", "/etc/passwd", "text.pdf", "text", "."])
    def test_missing_outside_or_no_text(self, found: Found, name: str) -> None:
        written = files("CRB")
        written[AT] = POLICY.replace("text.md", name)
        written["schools/beech/text.md"] = "CRB"
        written["schools/ash/policies/text.pdf"] = "CRB"
        written["schools/ash/policies/text"] = "CRB"
        assert found(written) == []

    @pytest.mark.parametrize("status", ["draft", "archived"])
    def test_of_a_policy_that_is_not_in_force(self, found: Found, status: str) -> None:
        assert found({**files("CRB"), AT: POLICY.replace("live", status)}) == []

    def test_a_comment_silences_it(self, found: Found) -> None:
        text = "A CRB check by Beech Grove. Next review: 2020"
        written = files(text, beech="Beech Grove")
        assert sorted(one.code for one in found(written)) == WORDING
        quiet = POLICY.replace("text.md", "text.md  # charterkit: ignore[CK510, CK511] it tells our history")
        assert [one.code for one in found({**written, AT: quiet})] == ["CK512"]

    def test_the_made_up_schools_texts_are_clean(self) -> None:
        only = ["schools/example-primary", "schools/example-secondary"]
        assert check(Workspace(ROOT, None), TODAY, only, select=WORDING).findings == ()


class TestPacks:
    def test_known_and_unknown(self, workspace: Write) -> None:
        root = workspace(
            {
                "charterkit.yaml": "packs: [own, england, englnd]\nwaivers:\n  - {entry: phones, reason: x}\n"
                "  - {entry: fones, reason: x}\n",
                "packs/own.yaml": "id: own\ntitle: Ours\nentries: [{id: phones, title: Phones}]\n",
                "schools/ash/school.yaml": "name: Ash\n",
                AT: POLICY.replace("document: text.md", "requirement: behavior"),
                "schools/ash/policies/b.yaml": "id: b\ntitle: B\nstatus: live\nrequirement: phones\n",
            }
        )
        made = check(Workspace(root, None), TODAY, select=["CK317", "CK318"]).findings
        assert [(one.code, one.path, one.line) for one in made] == [
            ("CK317", "charterkit.yaml", 1),
            ("CK318", "charterkit.yaml", 4),
            ("CK318", AT, 4),
        ]
        assert [one.help for one in made] == [
            "Did you mean 'england'?",
            "Did you mean 'phones'?",
            "Did you mean 'behaviour'?",
        ]


# -- hostile texts: they come to an end, and places lie in the text

pieces = st.sampled_from(
    [
        "CRB ",
        "Criminal ",
        "Records\n",
        "Bureau",
        "Next review ",
        "1/",
        "9.",
        "2024",
        "st ",
        "’",
        "'",
        "Sept ",
        "\u0130",
        "\x00",
    ]
)
texts = st.one_of(st.text(max_size=200), st.lists(pieces, max_size=60).map("".join))


@given(texts)
@example("to be reviewed " * 3000)
@example("next review" + " 1" * 40 + " 2024")
def test_any_text(text: str) -> None:
    lines = text.count("\n") + 1
    for _, found in ended_in(text):
        assert 1 <= found.line <= lines
        assert found.count >= 1
        assert found.words.replace(" ", "").casefold() in "".join(text.split()).casefold()
    for when, found in passed_reviews(text, TODAY):
        assert when.last < TODAY
        assert 1 <= found.line <= lines
    for name, found in names_in(text, Names.of(["Criminal Records", "CRB CRB CRB", "Bureau"])).items():
        assert found.words
        assert name


@pytest.mark.alike(4)
@pytest.mark.parametrize(
    "piece",
    [
        "a",
        " ",
        "\n",
        "CRB ",
        "Criminal Records ",
        "next review ",
        "to be reviewed 1/1/",
        "1 1 1 1 ",
        "2024",
        "(",
        "Race Relations (",
        "É",
        "\u0130",
    ],
)
def test_a_whole_megabyte_of_it(piece: str) -> None:
    text = piece * (1_000_000 // len(piece))
    list(ended_in(text))
    list(passed_reviews(text, TODAY))
    names_in(text, Names.of(["Criminal Records Criminal Records Bureau", "CRB CRB", "a a", "1 1 1 2"]))
