"""The register of schools: who came after whom, what folders are called, what a row and a file's own words come to."""

import csv
import random
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from charterkit.errors import CharterkitError
from charterkit.exchange.gias.compare import FIELDS, compared, is_same
from charterkit.exchange.gias.extract import Establishment, is_urn, read_extract
from charterkit.exchange.gias.facts import said_of, web_address
from charterkit.exchange.gias.links import Fate, Links, read_links
from charterkit.exchange.gias.slugs import FolderNames, NamedPlace, folder_names
from charterkit.exchange.gias.table import MOST_LETTERS
from charterkit.exchange.gias.trusts import trust_key
from charterkit.files.new import LONGEST
from charterkit.model.base import is_device, slug

from .gias_made import COLUMNS, PRIVATE, SHORT, academy, many, school, text_of, write, write_links

SHARED = Path(__file__).parents[3] / "shared/data/gias"
is_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="THE SAMPLE OF THE REGISTER is not beside the project")


# -- who came after whom

KINDS = (
    "Successor",
    "Predecessor",
    "Successor - merged",
    "Predecessor - merged",
    "Successor - Split School",
    "Predecessor - Split School",
    "Successor - amalgamated",
    "Result of Amalgamation",
    "Merged - change in age range",
    "Closure",
    "Sixth Form Centre Link",
)
NUMBERS = st.integers(100, 109).map(str)
GRAPHS = st.lists(st.tuples(NUMBERS, NUMBERS, st.sampled_from(KINDS)), max_size=30)


def links_of(lines: Sequence[tuple[str, str, str]]) -> Links:
    made = Links()
    for line in lines:
        made.add(*line)
    return made


@given(GRAPHS, st.frozensets(NUMBERS), st.randoms(use_true_random=False))
def test_any_graph_of_links_comes_to_an_end_and_one_answer(
    lines: list[tuple[str, str, str]], open_ones: frozenset[str], chance: random.Random
) -> None:
    """Cycles, chains, mergers: every walk ends, the order of lines says nothing, and what came of one is open."""
    shuffled = chance.sample(lines, len(lines))
    here, there = links_of(lines), links_of([*shuffled, *lines])
    for urn in map(str, range(100, 110)):
        chain, fate = here.renewed(urn, open_ones.__contains__), here.fate(urn, open_ones.__contains__)
        assert (chain, fate) == (there.renewed(urn, open_ones.__contains__), there.fate(urn, open_ones.__contains__))
        assert not chain or (chain[-1] in open_ones and open_ones.isdisjoint(chain[:-1]))
        assert urn not in chain
        assert len({*chain}) == len(chain)
        assert {*fate.ends} <= open_ones
        assert fate.kind != "closed" or len(fate.ends) < 2
        if chain:  # the way back is the same one
            assert here.former(chain[-1])[-len(chain) :] == [urn, *chain[:-1]]
        former = here.former(urn)
        assert urn not in former
        assert len({*former}) == len(former)


def test_a_chain_is_followed_and_what_is_said_from_one_side_counts() -> None:
    links = links_of([("1", "2", "Successor"), ("3", "2", "Predecessor"), ("3", "4", "Successor")])
    assert links.renewed("1", {"4"}.__contains__) == ["2", "3", "4"]
    assert links.former("4") == ["1", "2", "3"]
    assert links.renewed("1", {"9"}.__contains__) == [], "nobody of them is open"


def test_a_merger_of_twelve_and_a_split_are_no_renewal() -> None:
    merger = links_of([(str(each), "99", "Successor") for each in range(12)])
    assert merger.renewed("3", {"99"}.__contains__) == []
    assert (merger.fate("3", {"99"}.__contains__).kind, merger.fate("3", {"99"}.__contains__).ends) == (
        "merged",
        ("99",),
    )
    split = links_of([("1", str(each), "Successor - Split School") for each in range(2, 7)])
    assert split.fate("1", {"2", "5"}.__contains__).ends == ("2", "5")
    assert split.fate("1", {"2", "5"}.__contains__).kind == "split"
    each_other = links_of([("1", "2", "Successor - merged"), ("2", "1", "Successor - merged")])
    assert each_other.fate("1", {"2"}.__contains__).kind == "merged"
    assert each_other.renewed("1", {"2"}.__contains__) == []
    beside = links_of([("1", "2", "Result of Amalgamation"), ("1", "3", "Sixth Form Centre Link")])
    assert beside.fate("1", {"2", "3"}.__contains__).ends == ("2",)


def test_types_that_say_neither_way_and_those_that_say_nothing() -> None:
    is_open = {"2", "9"}.__contains__
    for kind in ("Merged - change in age range", "Result of Amalgamation", "MERGED"):
        links = links_of([("1", "2", kind)])
        assert [links.fate(urn, is_open).kind for urn in ("1", "3")] == ["merged", "closed"], kind
        assert links.fate("1", is_open).ends == ("2",)
        assert links.fate("1", lambda _: False) == Fate("closed")
    for line in (("1", "2", "Sixth Form Centre Link"), ("1", "2", "Closure"), ("1", "1", "Successor")):
        assert links_of([line]).fate("1", is_open) == Fate("closed")
        assert links_of([line]).renewed("1", is_open) == []
    both = links_of([("1", "2", "Successor"), ("1", "2", "Successor - merged")])
    assert (both.renewed("1", is_open), both.fate("1", is_open).kind) == ([], "merged")
    amalgamated = links_of([("1", "2", "Successor - amalgamated")])
    assert (amalgamated.renewed("1", is_open), amalgamated.fate("1", is_open).kind) == ([], "merged")


def test_what_became_of_one_over_several_steps() -> None:
    is_open = {"8", "9"}.__contains__
    chain = links_of([("1", "2", "Successor"), ("2", "9", "Successor - merged"), ("3", "9", "Successor - merged")])
    assert chain.fate("1", is_open) == Fate("merged", ("9",))
    parted = links_of([("1", "2", "Successor"), ("2", "9", "Successor"), ("2", "8", "Successor")])
    assert parted.fate("1", is_open) == Fate("split", ("8", "9"))
    assert parted.fate("1", {"8"}.__contains__) == Fate("closed", ("8",))
    lone = links_of([("1", "9", "Successor - Split School")])
    assert (lone.fate("1", is_open), lone.fate("1", lambda _: False)) == (Fate("split", ("9",)), Fate("closed"))
    beside = links_of([("1", "9", "Successor"), ("1", "8", "Result of Amalgamation"), ("7", "9", "Successor")])
    assert beside.fate("1", is_open) == Fate("merged", ("9",)), "what came after goes before what it was joined with"


def test_very_long_chains_are_left() -> None:
    """No school has had fifty numbers."""
    links = links_of([(str(each), str(each + 1), "Successor") for each in range(2000)])
    assert len(links.renewed("0", {"50"}.__contains__)) == 50
    assert links.renewed("0", {"51"}.__contains__) == []
    assert links.former("50") == [str(each) for each in range(50)]
    assert links.former("60") == [str(each) for each in range(10, 60)]
    assert links.fate("0", {"999"}.__contains__).ends == ("999",)
    assert links.fate("0", {"1000"}.__contains__).ends == ()


def test_of_very_many_lines_of_links_that_are_none_the_first_are_named(tmp_path: Path) -> None:
    found = read_links(write_links(tmp_path / "l.csv", [(1, each, "Successor") for each in range(101)]))
    assert len(found.puzzles) == 100
    assert found.puzzles[0] == "l.csv, row 2: “1” and “0” are no two URNs, and the row is left out."


@is_shared
def test_the_real_links_hold_what_is_said_of_them() -> None:
    """Of real rows: twelve that became one, one that became five, and cycles, all with an end."""
    links = read_links(SHARED / "links_sample.csv")
    assert max(map(len, links.before.values())) == 12
    assert max(map(len, links.after.values())) == 5
    for urn in {*links.after, *links.before}:
        links.renewed(urn, lambda _: False)
        assert links.fate(urn, lambda _: False).ends == ()


# -- what folders are called

NAMES = st.one_of(
    st.sampled_from(
        ["St Mary's", "St Marys", "Ste Márys", "con", "مدرسة", "x" * 100, "x" * 99 + "y", "St Mary's Leeds"]
    ),
    st.text(max_size=12),
)
TOWNS = st.sampled_from(["Leeds", "London", "", "Hull", "Hull Road"])
PLACES = st.lists(
    st.builds(NamedPlace, st.integers(10000, 10020).map(str), NAMES, st.tuples(TOWNS, TOWNS)),
    max_size=12,
    unique_by=lambda place: place.number,
)
TAKEN = st.frozensets(st.sampled_from(["st-marys", "st-marys-leeds", "school-10003", "con"]))


@given(PLACES, TAKEN, st.randoms(use_true_random=False))
def test_folders_are_sound_and_all_different_and_no_order_matters(
    places: list[NamedPlace], taken: frozenset[str], chance: random.Random
) -> None:
    found = FolderNames({*taken}).named(places)
    assert FolderNames({*taken}).named(chance.sample(places, len(places))) == found
    assert {*found} == {place.number for place in places}
    assert len({*found.values()}) == len(places)
    for made in found.values():
        assert made
        assert made == slug(made)
        assert len(made) <= LONGEST + 3
        assert made not in taken
        assert not is_device(made)


@given(PLACES, st.data())
def test_who_is_there_already_changes_no_others_folder(places: list[NamedPlace], data: st.DataObject) -> None:
    """As after a call that was killed in the middle: the next one makes just what is lacking."""
    whole = FolderNames().named(places)
    there = data.draw(st.frozensets(st.sampled_from(sorted(whole)))) if whole else frozenset()
    rest = FolderNames({whole[number] for number in there}).named(places, there)
    assert rest == {number: made for number, made in whole.items() if number not in there}


def test_names_that_are_alike_are_told_apart_by_the_town_the_authority_or_the_urn() -> None:
    places = [
        NamedPlace("100001", "St Mary's School", ("Leeds", "Leeds")),
        NamedPlace("100002", "St Marys School", ("Hull", "Kingston")),
        NamedPlace("100003", "St. Mary’s School", ("London", "Camden")),
        NamedPlace("100004", "St Mary's School", ("York", "York")),
        NamedPlace("100005", "St Mary's School", ("York", "York")),
        NamedPlace("100006", "Oak School", ("York", "York")),
        NamedPlace("100007", "Elm School", ("York", "York")),
        NamedPlace("100008", "Elm School", ("Hull", "Hull")),
        NamedPlace("100009", "Elm School York", ("York", "York")),
        NamedPlace("100010", f"{'x' * LONGEST} Hull", ("Hull", "Hull")),
        NamedPlace("100011", "Elm School 100007"),
    ]
    assert FolderNames().named(places) == {
        "100001": "st-marys-school-leeds",
        "100002": "st-marys-school-hull",
        "100003": "st-marys-school-camden",
        "100004": "st-marys-school-100004",
        "100005": "st-marys-school-100005",
        "100006": "oak-school",
        "100007": "elm-school-100007-2",
        "100008": "elm-school-hull",
        "100009": "elm-school-york",
        "100010": "x" * LONGEST,
        "100011": "elm-school-100007",
    }
    every = ["st-marys", "st-marys-leeds", "st-marys-kent", "st-marys-100001"]
    assert [*folder_names(NamedPlace("100001", "St Mary's", ("Leeds", "Kent")))] == every
    trusts = [NamedPlace(f"group-{number}", "Light", ("trust",)) for number in ("100001", "100002")]
    schools = [NamedPlace(number, "Light Group") for number in ("100001", "100002")]
    assert FolderNames({"light-group-100002"}).named([*trusts, *schools]) == {
        "100001": "light-group-100001",
        "100002": "light-group-100002-2",
        "group-100001": "light-group-100001-2",
        "group-100002": "light-group-100002-3",
    }


# -- what a row says

ENDS = ("uk", "com", "org", "net", "info", "school", "academy", "education", "co", "wales")
ADDRESSES = {
    "http://www.elm.sch.uk/": "http://www.elm.sch.uk/",
    "https://elm.example/a?b=c#d": "https://elm.example/a?b=c#d",
    "HTTPS://Elm.Example": "HTTPS://Elm.Example",
    "www.elm.example": "http://www.elm.example",
    "elm.sch.uk/welcome": "http://elm.sch.uk/welcome",
    "  www.elm.sch.uk ": "http://www.elm.sch.uk",
    "www.elm.sch.uk/a?b=c": "http://www.elm.sch.uk/a?b=c",
    **{f"elm.{end}": f"http://elm.{end}" for end in ENDS},
    "elm.example": None,
    "http://http://www.elm.sch.uk": None,
    "http:www.elm.sch.uk": None,
    "http//www.elm.sch.uk": None,
    "www,elm,sch,uk": None,
    "office@elm.sch.uk": None,
    "http://office@elm.sch.uk/": None,
    "javascript:alert(1)": None,
    "ftp://elm.sch.uk": None,
    "www.elm.sch.uk and www.oak.sch.uk": None,
    "https://elm.sch.uk/\u202eabc": None,
    "www.elm.sch.uk/\u202eabc": None,
    "under construction": None,
    **dict.fromkeys(("", "Not applicable", "does not apply", "Not recorded", "UNKNOWN", "none", "N/A", "-"), ""),
}


@pytest.mark.parametrize(("text", "wanted"), ADDRESSES.items())
def test_a_website_is_taken_only_where_it_is_one(text: str, wanted: str | None) -> None:
    found, doubt = web_address(text)
    assert found == (wanted or "")
    assert bool(doubt) == (wanted is None)


def row_of(tmp_path: Path, **more: str) -> Establishment:
    found = read_extract(write(tmp_path / "e.csv", [school(123456, **{"name": "Elm School", **more})]))
    return found.by_urn["123456"]


def test_a_row_comes_to_what_it_says_and_nothing_else(tmp_path: Path) -> None:
    row = row_of(
        tmp_path,
        name="Elm  Tree,  'the “best”: one",
        number="4042",
        ukprn="10012345",
        street="1 High Street",
        town="Felpersham",
        postcode="ZZ1 1ZZ",
        website="www.elm.example",
    )
    assert said_of(row) == (
        {
            "name": "Elm Tree, 'the “best”: one",
            "type": "maintained",
            "dfe_number": "888/4042",
            "ukprn": "10012345",
            "phase": "primary",
            "local_authority": "Borsetshire",
            "website": "http://www.elm.example",
            "address": "1 High Street, Felpersham, ZZ1 1ZZ",
        },
        "",
    )
    odd = row_of(tmp_path, la="Does not apply", la_code="0", number="42", ukprn="1001", phase="Not applicable")
    assert said_of(odd) == ({"name": "Elm School", "type": "maintained"}, "")
    special = row_of(tmp_path, type="Academy special converter", phase="Not applicable")
    assert {key: said_of(special)[0][key] for key in ("type", "phase")} == {"type": "academy", "phase": "special"}
    independent = row_of(tmp_path, type="Other independent school", phase="Not applicable")
    assert not {"type", "phase"} & {*said_of(independent)[0]}


TYPES = {
    "Community school": "maintained",
    "Voluntary aided school": "maintained",
    "VOLUNTARY CONTROLLED SCHOOL ": "maintained",
    "Foundation school": "maintained",
    "Community special school": "maintained",
    "Foundation special school": "maintained",
    "Pupil referral unit": "maintained",
    "Local authority nursery school": "maintained",
    "Academy converter": "academy",
    "Free schools special": "academy",
    "University technical college": "academy",
    "Studio schools": "academy",
    "Other independent school": "",
    "Welsh establishment": "",
    "": "",
}
PHASES = {
    ("Community school", "Nursery"): "nursery",
    ("Community school", "Primary"): "primary",
    ("Community school", "Middle deemed primary"): "primary",
    ("Community school", "Secondary"): "secondary",
    ("Community school", "Middle deemed secondary"): "secondary",
    ("Academy 16-19 converter", "16 plus"): "sixth-form",
    ("Academy converter", "All-through"): "all-through",
    ("Academy converter", "All through "): "all-through",
    ("Special post 16 institution", "Not applicable"): "sixth-form",
    ("Community special school", "Primary"): "special",
    ("Pupil referral unit", "Not applicable"): "pupil-referral-unit",
    ("Academy alternative provision converter", "Secondary"): "pupil-referral-unit",
    ("Community school", "Not applicable"): "",
}


def test_types_and_phases_as_the_register_has_them(tmp_path: Path) -> None:
    rows = [school(100001 + n, "A", type=kind) for n, kind in enumerate(TYPES)]
    found = read_extract(write(tmp_path / "e.csv", rows)).by_urn.values()
    assert [said_of(row)[0].get("type", "") for row in found] == [*TYPES.values()]
    assert [said_of(row)[0].get("nation", "") for row in found] == [
        "wales" * kind.startswith("Welsh") for kind in TYPES
    ]
    rows = [school(100001 + n, "A", type=kind, phase=phase) for n, (kind, phase) in enumerate(PHASES)]
    found = read_extract(write(tmp_path / "e.csv", rows)).by_urn.values()
    assert [said_of(row)[0].get("phase", "") for row in found] == [*PHASES.values()]


def test_an_address_has_each_part_once_and_none_that_says_nothing(tmp_path: Path) -> None:
    parts = {"Locality": "Ambridge", "Address3": "Not recorded", "County (name)": "Borsetshire"}
    row = {**school(100001, "A", street="1  High Street", town="Ambridge", postcode="ZZ1 1ZZ"), **parts}
    found = read_extract(write(tmp_path / "e.csv", [row])).by_urn["100001"]
    assert said_of(found)[0]["address"] == "1 High Street, Ambridge, Borsetshire, ZZ1 1ZZ"


@pytest.mark.parametrize(
    ("status", "is_open", "is_closed"),
    [
        ("Open", True, False),
        ("Open, but proposed to close", True, False),
        ("", True, False),
        ("Closed", False, True),
        (" CLOSED ", False, True),
        ("Proposed to open", False, False),
        (" proposed to open", False, False),
    ],
)
def test_who_is_there(tmp_path: Path, status: str, is_open: bool, is_closed: bool) -> None:
    row = row_of(tmp_path, status=status)
    assert (row.is_open, row.is_closed) == (is_open, is_closed)


@pytest.mark.parametrize(
    ("code", "number", "wanted"),
    [
        ("888", "4042", "888/4042"),
        (" 888 ", " 4042 ", "888/4042"),
        ("88", "4042", ""),
        ("8888", "4042", ""),
        ("888", "404", ""),
        ("888", "40421", ""),
        ("8a8", "4042", ""),
        ("888", "404x", ""),
        ("888", "", ""),
        ("٨٨٨", "4042", ""),
        ("888", "٤٠٤٢", ""),
    ],
)
def test_a_dfe_number_is_one_only_where_both_its_parts_are(tmp_path: Path, code: str, number: str, wanted: str) -> None:
    path = write(tmp_path / "e.csv", [school(123456, "A", la_code=code, number=number)], "utf-8")
    assert read_extract(path).by_urn["123456"].dfe_number == wanted


@pytest.mark.parametrize(
    ("flag", "kind", "wanted"),
    [
        ("Supported by a multi-academy trust", "Academy converter", "group 7"),
        ("Supported by a single-academy trust", "Free schools", "group 7"),
        ("", "Academy converter", "group 7"),
        ("", "Community school", ""),
        ("Supported by a trust", "Foundation school", ""),
        ("Supported by a trust", "Academy converter", ""),
    ],
)
def test_whose_trust_is_one_that_runs_academies(tmp_path: Path, flag: str, kind: str, wanted: str) -> None:
    assert trust_key(row_of(tmp_path, flag=flag, type=kind, trust="Light", trust_code="7")) == wanted


@pytest.mark.parametrize(
    ("name", "code", "wanted"),
    [
        ("Light  Trust", " 2053 ", "group 2053"),
        ("Light  Trust", "123456", "group 123456"),
        ("Light  Trust", "1234567", "trust light trust"),
        ("Light  Trust", "2053a", "trust light trust"),
        ("Light  Trust", "", "trust light trust"),
        ("", "2053", ""),
    ],
)
def test_by_what_a_trust_is_known(tmp_path: Path, name: str, code: str, wanted: str) -> None:
    assert trust_key(row_of(tmp_path, type="Academy converter", trust=name, trust_code=code)) == wanted


# -- what the file says, the register says, and the register said

WORDS = {"website": "http://a.example", "phase": "primary"}


@pytest.mark.parametrize(
    ("held", "said", "last", "changes", "stays"),
    [
        ({}, {"ukprn": "1"}, None, ["ukprn"], ""),
        ({"ukprn": "1"}, {"ukprn": "1"}, None, [], ""),
        ({"ukprn": "1"}, {"ukprn": "2"}, {"ukprn": "1"}, ["ukprn"], ""),
        ({"ukprn": "9"}, {"ukprn": "2"}, {"ukprn": "1"}, [], "kept"),
        ({"ukprn": "9"}, {"ukprn": "1"}, {"ukprn": "1"}, [], "by_hand"),
        ({"ukprn": "9"}, {"ukprn": "1"}, None, [], "kept"),
        ({}, {"ukprn": "1"}, {"ukprn": "1"}, [], "by_hand"),
        ({}, {"ukprn": "2"}, {"ukprn": "1"}, [], "kept"),
        ({"ukprn": "1"}, {}, {"ukprn": "1"}, [], "by_hand"),
        ({"ukprn": "9"}, {}, {"ukprn": "1"}, [], ""),
        ({"name": "The Elm’s School"}, {"name": "THE ELM'S SCHOOL"}, None, [], ""),
        ({"website": "https://a.example/"}, {"website": "http://www.a.example"}, None, [], ""),
    ],
)
def test_what_a_person_wrote_stays_and_the_rest_follows(
    held: dict[str, str], said: dict[str, str], last: dict[str, str] | None, changes: list[str], stays: str
) -> None:
    found = compared(held, said, last, takes_all=False)
    assert [change.at[0] for change in found.changes] == changes
    assert ["kept" for _ in found.kept] + ["by_hand" for _ in found.by_hand] == ([stays] if stays else [])
    told = compared(held, said, last, takes_all=True)
    other = {key for key in said if not is_same(key, held.get(key, ""), said[key]) and held.get(key) != said[key]}
    assert {change.at[0] for change in told.changes} == other, "what only looks otherwise stays as a person wrote it"


@pytest.mark.parametrize(
    ("key", "here", "there", "same"),
    [
        ("website", "HTTPS://WWW.Elm.example/", "http://elm.example", True),
        ("website", " elm.example// ", "www.elm.example", True),
        ("website", "http://elm.example/a", "http://elm.example", False),
        ("website", "http://elm.example/www.", "http://elm.example/", False),
        ("website", "http://elmx", "http://elm", False),
        ("local_authority", "St Helens’", "ST HELENS", True),
        ("address", "1, High Street; York", "1 High Street, York", True),
        ("address", "1 High Street", "2 High Street", False),
        ("trust", "light", "Light", False),
        ("phase", "primary", "Primary", False),
    ],
)
def test_what_says_the_same_however_it_is_written(key: str, here: str, there: str, same: bool) -> None:
    assert is_same(key, here, there) is same


def test_all_that_a_register_may_say_is_taken_in_order_and_named() -> None:
    said = dict.fromkeys(reversed(FIELDS), "a-b")
    assert compared({}, said, None, takes_all=False).words == [
        "name: a-b",
        "type: a-b",
        "DfE number: a-b",
        "UKPRN: a-b",
        "group uid: a-b",
        "phase: a-b",
        "nation: a-b",
        "local authority: a-b",
        "trust: a-b",
        "website: a-b",
        "address: a-b",
    ]
    (words,) = compared({"name": "x" * 100}, {"name": "y"}, None, takes_all=True).words
    assert words == f"name: {'x' * 79}… → y"


@given(*[st.dictionaries(st.sampled_from(["name", "phase", "website"]), st.sampled_from("abc")) for _ in range(3)])
def test_nothing_of_a_person_is_ever_overwritten(
    held: dict[str, str], said: dict[str, str], last: dict[str, str]
) -> None:
    after = dict(held)
    for change in compared(held, said, last, takes_all=False).changes:
        after[str(change.at[0])] = change.value
    for key in ("name", "phase", "website"):
        if held.get(key) != last.get(key):
            assert after.get(key) == held.get(key), "somebody wrote that, or took it out"
        else:
            assert after.get(key) == said.get(key, held.get(key))
    assert not compared(after, said, {**last, **said}, takes_all=False).changes, "a second time there is nothing left"
    assert is_same("name", "a", "A")


# -- the file

GOOD = [school(100001, "Elm School"), school(100002, "Môr Lan – “the” €5 school")]


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig", "utf-16"])
def test_the_letters_are_read_rightly_however_it_was_saved(tmp_path: Path, encoding: str) -> None:
    found = read_extract(write(tmp_path / "e.csv", GOOD, encoding))
    assert [row.name for row in found.by_urn.values()] == [row["EstablishmentName"] for row in GOOD]


def test_columns_are_found_by_name_wherever_they_stand(tmp_path: Path) -> None:
    columns = [*reversed(COLUMNS), "Something new (name)"]
    found = read_extract(write(tmp_path / "e.csv", GOOD, columns=columns))
    plain = read_extract(write(tmp_path / "f.csv", GOOD))
    assert [row[1:] for row in found.by_urn.values()] == [row[1:] for row in plain.by_urn.values()]
    fewer = read_extract(write(tmp_path / "g.csv", GOOD, columns=["URN", "EstablishmentName", SHORT["status"]]))
    assert "UKPRN" in fewer.lacking
    assert [row[6:] for row in fewer.by_urn.values()] == [("",) * len(row[6:]) for row in fewer.by_urn.values()]


@pytest.mark.parametrize(
    ("text", "is_one"),
    [("12345", True), ("123456", True), ("1234", False), ("1234567", False), ("١٢٣٤٥٦", False), ("12345a", False)],
)
def test_five_or_six_digits_are_a_urn(text: str, is_one: bool) -> None:
    assert is_urn(text) is is_one


def test_nothing_about_people_is_looked_into(tmp_path: Path) -> None:
    found = read_extract(write(tmp_path / "e.csv", GOOD))
    assert not {text for row in found.by_urn.values() for text in row} & {*PRIVATE.values()}
    with pytest.raises(CharterkitError, match="about people") as refused:
        read_extract(tmp_path / "e.csv", ["HeadLastName=Zzyzx"])
    assert refused.value.code == "gias-about-people"


@pytest.mark.parametrize("column", [*PRIVATE, "headteacher", "TELEPHONE"])
def test_nobody_is_looked_for_by_what_is_about_people(tmp_path: Path, column: str) -> None:
    with pytest.raises(CharterkitError) as refused:
        read_extract(write(tmp_path / "e.csv", GOOD), [f"{column}=x"])
    assert refused.value.code == "gias-about-people"


def test_no_column_about_people_is_named_to_whoever_asks_for_one_that_is_not_there(tmp_path: Path) -> None:
    for wish in ("FirstName=x", "LastName=x", "rops=x"):
        with pytest.raises(CharterkitError) as refused:
            read_extract(write(tmp_path / "e.csv", GOOD), [wish])
        assert (refused.value.code, "Head" in refused.value.hint, "Props" in refused.value.hint) == (
            "gias-wish-column",
            False,
            False,
        )


def test_of_very_many_rows_that_cannot_be_taken_the_first_are_named(tmp_path: Path) -> None:
    found = read_extract(write(tmp_path / "e.csv", [school("x", "A") for _ in range(1001)], columns=["URN", *NEEDED]))
    assert len(found.puzzles) == 1000
    assert found.puzzles[-1] == "row 1001, URN: “x” is none, and the row is left out."


def test_what_stands_in_a_column_is_told_where_it_is_not_much(tmp_path: Path) -> None:
    def known(many: int) -> list[str]:
        rows = [school(100001 + n, "A", la=f"Place {n:02}") for n in range(many)]
        with pytest.raises(CharterkitError) as refused:
            read_extract(write(tmp_path / "e.csv", rows), ["LA (name)=Nowhere"])
        return [each for each in (f"Place {n:02}" for n in range(many)) if each in refused.value.hint]

    assert (len(known(12)), len(known(13))) == (12, 0)


NEEDED = ("EstablishmentName", "EstablishmentStatus (name)")
TEXT = text_of(GOOD)
LINES = TEXT.encode("cp1252").splitlines(keepends=True)
WITHOUT = [column for column in COLUMNS if column != "EstablishmentStatus (name)"]
LINKS = b'"URN","LinkURN","LinkName","LinkType","LinkEstablishedDate"\n100001,100002,"B","Successor",""\n'
FAULTS: dict[str, tuple[bytes, str, str]] = {
    "empty": (b"", "gias-empty", "is empty"),
    "blank lines": (b"\r\n\r\n", "gias-empty", "is empty"),
    "cut off in a cell": (TEXT.encode("cp1252")[:-60], "gias-cut-off", "row 3: the file ends in the middle"),
    "cut off between cells": (b"".join(LINES[:2]) + b'"100002","888"\r\n', "gias-cut-off", "row 3"),
    "cut off in quotes": (b"".join(LINES[:2]) + b'"100002","88', "gias-cut-off", "row 3"),
    "short in the middle": (LINES[0] + b'"100002","888"\r\n' + LINES[1], "gias-uneven", "row 2: 2 cells"),
    "long in the middle": (LINES[0] + LINES[1][:-2] + b',"x"\r\n' + LINES[2], "gias-uneven", "136 cells"),
    "a column less": (text_of(GOOD, WITHOUT).encode("cp1252"), "gias-no-column", "EstablishmentStatus (name)"),
    "a column twice": (text_of(GOOD, [*COLUMNS, "UKPRN"]).encode("cp1252"), "gias-two-columns", "UKPRN"),
    "a NUL": (LINES[0] + LINES[1].replace(b"Elm", b"E\0m"), "gias-nul", "line 2"),
    "no letter": (LINES[0] + LINES[1].replace(b"Elm", b"E\x81m"), "gias-no-letters", "line 2"),
    "half in UTF-8": (b"\xef\xbb\xbf" + TEXT.encode("cp1252"), "gias-letters", "UTF-8"),
    "half in UTF-16": (TEXT.encode("utf-16")[:-1], "gias-letters", "UTF-16"),
    "a gigantic cell": (LINES[0] + b'"' + b"x" * MOST_LETTERS + b'y"', "gias-broken", "row 2: a cell has more than"),
    "quotes never closed": (LINES[0] + b'"10' + LINES[1] * 100, "gias-broken", "row 2"),
    "links": (LINKS, "gias-is-links", "is the links file"),
    "packed": (b"PK\x03\x04" + bytes(100), "gias-packed", "is packed"),
}


@pytest.mark.parametrize(("data", "code", "words"), FAULTS.values(), ids=FAULTS)
def test_a_file_that_is_not_whole_is_refused_by_row_and_column(
    tmp_path: Path, data: bytes, code: str, words: str
) -> None:
    (tmp_path / "e.csv").write_bytes(data)
    before = csv.field_size_limit()
    with pytest.raises(CharterkitError) as refused:
        read_extract(tmp_path / "e.csv")
    assert (refused.value.code, words in refused.value.message) == (code, True), refused.value.message
    assert refused.value.hint
    assert csv.field_size_limit() == before


def test_every_way_of_cutting_a_file_off_is_seen_or_harmless(tmp_path: Path) -> None:
    """Wherever it ends: it is refused, or all rows that it has are whole ones."""
    data, place = text_of(GOOD).encode("cp1252"), tmp_path / "e.csv"
    whole = read_extract(write(tmp_path / "f.csv", GOOD)).by_urn
    for end in range(len(LINES[0]), len(data)):
        place.write_bytes(data[:end])
        code = ""
        try:
            found = read_extract(place).by_urn
        except CharterkitError as refused:
            code, found = refused.code, {}
        assert code in ("", "gias-cut-off"), end
        assert all(whole[urn] == row for urn, row in found.items()), end


def test_the_two_files_given_the_wrong_way_round(tmp_path: Path) -> None:
    with pytest.raises(CharterkitError) as refused:
        read_links(write(tmp_path / "e.csv", GOOD))
    assert refused.value.code == "gias-not-links"
    links = write_links(tmp_path / "l.csv", [(100001, 100002, "Successor")])
    assert read_links(links).after == {"100001": {"100002": {""}}}


WISHES = {
    "LA (name)": ("gias-bad-wish", "write a column"),
    "=Camden": ("gias-bad-wish", "write a column"),
    "LA (name)=": ("gias-bad-wish", "write a column"),
    "LA (nmae)=Camden": ("gias-wish-column", "has no column"),
    "LA=Camden": ("gias-wish-column", "has no column “LA”"),
    "LA (name)=Borsetshir": ("gias-no-value", "No row"),
}


@pytest.mark.parametrize(("wish", "wanted"), WISHES.items())
def test_a_wish_that_nothing_can_meet_is_refused_with_the_nearest(
    tmp_path: Path, wish: str, wanted: tuple[str, str]
) -> None:
    with pytest.raises(CharterkitError) as refused:
        read_extract(write(tmp_path / "e.csv", GOOD), [wish])
    assert refused.value.code == wanted[0]
    assert wanted[1] in refused.value.message
    if wanted[0] != "gias-bad-wish":
        assert "Did you mean “LA (name)”" in refused.value.hint or "Did you mean “Borsetshire”" in refused.value.hint


def test_of_one_column_any_and_of_several_all(tmp_path: Path) -> None:
    rows = [
        school(100001, "A", la="Camden", phase="Primary"),
        school(100002, "B", la="Lambeth", phase="Primary"),
        school(100003, "C", la="Camden", phase="Secondary"),
        academy(100004, "D", "Trust", "7", la="Kent"),
    ]
    path = write(tmp_path / "e.csv", rows)

    def wanted(*wishes: str) -> list[str]:
        return [row.name for row in read_extract(path, wishes).by_urn.values() if row.is_wanted]

    assert wanted("LA (name)=Camden", "la (NAME) =  lambeth") == ["A", "B", "C"]
    assert wanted("LA (name)=Camden", "PhaseOfEducation (name)=Primary") == ["A"]
    assert wanted("Trusts (code)=7") == ["D"]
    assert wanted() == ["A", "B", "C", "D"]


def test_rows_that_cannot_be_taken_are_named_and_the_others_are(tmp_path: Path) -> None:
    rows = [school("", "No number"), school("12a", "Letters"), school(100003, "  "), *GOOD, GOOD[0]]
    found = read_extract(write(tmp_path / "e.csv", rows))
    assert [*found.by_urn] == ["100001", "100002"]
    assert [each.split(":")[0] for each in found.puzzles] == ["row 2, URN", "row 3, URN", "row 4, EstablishmentName"]
    assert not found.twice, "the same row again says nothing"
    twice = read_extract(write(tmp_path / "f.csv", [*GOOD, school(100001, "Another")]))
    assert [*twice.twice] == ["100001"]


@settings(max_examples=30)
@given(st.binary(max_size=300))
def test_no_bytes_at_all_make_it_stumble(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    place = tmp_path_factory.mktemp("bytes") / "e.csv"
    place.write_bytes(LINES[0] + data)
    for read in (read_extract, read_links):
        with suppress(CharterkitError):
            read(place)


def test_a_very_large_one_is_read_whole(tmp_path: Path) -> None:
    found = read_extract(write(tmp_path / "e.csv", many(3000)), ["LA (name)=Borsetshire 7"])
    assert len(found.by_urn) == 3000
    assert sum(row.is_wanted for row in found.by_urn.values()) == 20


def test_names_that_differ_in_accents_or_how_they_are_composed_are_the_same() -> None:
    from charterkit.exchange.gias.facts import plain_words

    assert plain_words("Oak, Ash & Elm") == plain_words("OAK ASH and  elm") == "oak ash and elm"
    assert plain_words("St Zoë's") == plain_words("St Zoe’s") == plain_words("st zoe\u0308s") == "st zoes"


def test_a_line_of_links_with_a_number_that_is_none_is_left_out(tmp_path: Path) -> None:
    path = write_links(tmp_path / "l.csv", [(100002, 1, "Predecessor"), (100002, 100001, "Predecessor")])
    found = read_links(path)
    assert len(found.puzzles) == 1
    assert "row 2" in found.puzzles[0]
