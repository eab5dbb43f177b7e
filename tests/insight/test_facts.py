"""The data that comes with charterkit: the rule packs, the list of what no longer exists and the names of languages."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

import charterkit
from charterkit.files.load import load
from charterkit.files.workspace import Workspace
from charterkit.insight.policies.packs import DEFAULT, builtin_packs, known_entries
from charterkit.insight.policies.stale import abolished
from charterkit.insight.policies.titles import TitleNames, words_of
from charterkit.insight.translations.languages import is_known, meant, named, names
from charterkit.model.abolished import Abolished, Ended
from charterkit.model.dates import PartialDate
from charterkit.model.language import language_tag
from charterkit.model.pack import Pack, Requirement
from charterkit.model.policy import Policy

FACTS = Path(charterkit.__file__).parent / "facts"
READ_ON = date(2026, 11, 22)
PACKS = sorted(FACTS.glob("packs/*.yaml"))
SHARED = {"equality information and objectives"}
"""Titles of one document for two entries: it answers the first until its file says that it answers both."""
ENTRIES = [(pack, one) for pack in builtin_packs().values() for one in pack.entries]


def name(one: object) -> str:
    return f"{one[0].id}-{one[1].id}" if isinstance(one, tuple) else str(getattr(one, "stem", one))


@pytest.mark.parametrize("path", [*PACKS, FACTS / "abolished.yaml"], ids=name)
def test_it_loads_without_problems(path: Path) -> None:
    kind: type[Pack | Abolished] = Pack if path.parent.name == "packs" else Abolished
    loaded = load(kind, path.read_bytes())
    assert loaded.problems == ()
    assert isinstance(loaded.model, Pack | Abolished)
    ids = Counter(one.id for one in loaded.model.entries)
    assert {one: count for one, count in ids.items() if count > 1} == {}


def test_a_pack_s_file_has_its_name_and_replaces_one_that_is_there() -> None:
    assert {path.stem for path in PACKS} == set(builtin_packs())
    assert {one.replaces for one in builtin_packs().values()} - {None} <= set(builtin_packs())
    assert set(DEFAULT) <= set(builtin_packs())


def test_the_ids_of_entries_are_told_without_reading_the_packs(workspace) -> None:
    ids = sorted({one.id for _, one in ENTRIES})
    assert known_entries(Workspace(workspace({}))) == ids
    own = "id: england\ntitle: Ours\npublisher: Us\nurl: https://us.example\npublished: 2024\nchecked_on: 2024\n"
    mine = "basis: Ours\nentries:\n  - {id: of-our-own, title: Ours, reference: Ours, checked_on: 2024}\n"
    known = known_entries(Workspace(workspace({"packs/england.yaml": own + mine})))
    assert "of-our-own" in known
    assert set(known) < {*ids, "of-our-own"}


def is_past(when: PartialDate | None) -> bool:
    return when is None or when.last <= READ_ON


@pytest.mark.parametrize("pack", builtin_packs().values(), ids=lambda one: str(one.id))
def test_a_pack_says_where_it_is_from(pack: Pack) -> None:
    assert pack.title
    assert pack.publisher
    assert pack.basis
    assert pack.url
    assert pack.url.startswith("https://www.gov.uk/")
    assert pack.published
    assert pack.checked_on
    assert is_past(pack.checked_on)
    assert pack.published.first <= pack.checked_on.last


@pytest.mark.parametrize("one", ENTRIES, ids=name)
def test_an_entry_says_what_it_is_and_when_that_was_looked_at(one: tuple[Pack, Requirement]) -> None:
    pack, asked = one
    assert asked.title
    assert asked.kinds, "which kinds of school it holds for"
    assert is_past(asked.checked_on)
    assert asked.url is None or asked.url.startswith("https://")
    assert asked.url is None or " " not in asked.url
    assert not asked.recommended or asked.every, "there is nothing to recommend"
    assert asked.reference or asked.note or pack.url, "every line shows a source"
    assert asked.checked_on or asked.note, "what was not compared says so"
    assert len(set(asked.names)) == len(asked.names)


@pytest.mark.parametrize("one", ENTRIES, ids=name)
def test_an_entry_is_answered_under_its_own_names_and_no_other_entry_is(one: tuple[Pack, Requirement]) -> None:
    """Of the entries that hold for one kind of school: two kinds may have an entry each, as for complaints."""
    pack, asked = one
    names = TitleNames([other for other in pack.entries if set(other.kinds) & set(asked.kinds)])
    for title in (asked.title, *asked.names):
        made = Policy(id="any", title=f"{title[:1].upper()}{title[1:]} Policy", status="live")
        found = names.meant(made)
        also = {other.id for other in pack.entries if not set(other.kinds) & set(asked.kinds)}
        assert asked.id in (found.answers if title not in SHARED else (*found.answers, *found.near)), title
        assert set(found.answers) - {asked.id} <= (also if title not in SHARED else also | {*found.answers}), title


@pytest.mark.parametrize(
    ("title", "entry"),
    [
        ("Behaviour", "behaviour"),
        ("Positive Behaviour Policy", "behaviour"),
        ("Behaviour Principles", "behaviour-principles"),
        ("Governors’ Statement of Behaviour Principles", "behaviour-principles"),
        ("Behaviour Report", None),
        ("Complaints Procedure", "complaints"),
        ("Staff Complaints", None),
        ("Staff Grievance", "staff-discipline"),
        ("Grievance Policy", "staff-discipline"),
        ("Safeguarding and Child Protection Policy", "child-protection"),
        ("Child Protection & Safeguarding", "child-protection"),
        ("Online Safety", None),
        ("SEND Policy", "special-educational-needs"),
        ("SEND Information Report", "sen-information-report"),
        ("Equality Objectives", "equality-objectives"),
        ("Equality Information", "equality-information"),
        ("Attendance", "attendance"),
        ("Attendance Register", "admission-and-attendance-registers"),
        ("Pupil Premium", "pupil-premium-statement"),
        ("Policy", None),
        ("The School", None),
        ("", None),
        ("!!!", None),
        ("سياسة السلوك", None),
    ],
)
def test_which_entry_a_title_answers(title: str, entry: str | None) -> None:
    made = Policy(id="any", title=title, status="live")
    pack = builtin_packs()["england"]
    found = TitleNames([one for one in pack.entries if "maintained" in one.kinds]).meant(made)
    assert found.answers == ((entry,) if entry else ())


def test_no_filler_makes_a_name_empty() -> None:
    for _, one in ENTRIES:
        assert all(words_of(title) for title in (one.title, *one.names)), one.id


@pytest.mark.parametrize("one", abolished(), ids=lambda one: str(one.id))
def test_what_ended_is_said_with_its_date(one: Ended) -> None:
    assert one.ended
    assert is_past(one.ended)
    assert one.names
    assert one.reference or one.url or one.note, "where that is from"
    assert one.url is None or one.url.startswith("https://")
    assert all(short[:2].isupper() for short in one.abbreviations)
    assert not (one.replaced_by or "").endswith("."), "it stands in a sentence"
    assert " by " not in (one.replaced_by or ""), "it stands after 'Now:'"


def test_languages_have_tags_that_may_be_written_and_each_its_own_name():
    found = names()
    assert len(found) >= 40
    assert [tag for tag in found if language_tag(tag) != tag] == []
    assert len(set(found.values())) == len(found)
    for tag, words in {
        "so": "Somali (so)",
        "ur-PK": "Urdu (ur-PK)",
        "zh-Hant": "Chinese (zh-Hant)",
        "qq": "qq",
    }.items():
        assert named(tag) == words


@pytest.mark.parametrize(
    ("said", "tag"),
    [("Somali", "so"), ("polish", "pl"), ("Panjabi", "pa"), ("ur-nonsense", "ur"), ("pll", "pl"), ("qq-zzzzz", "")],
)
def test_what_is_no_known_tag_has_a_guess_where_there_is_one(said, tag):
    assert meant(said) == tag
    assert not is_known(said)
