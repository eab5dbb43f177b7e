"""Personal data in texts: how much of it is found, how often something harmless is taken for it, and in what time."""

import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from charterkit.files.workspace import Workspace
from charterkit.rules.personal import Span, births, check_letter, emails, phones, pupil_numbers
from charterkit.rules.running.check import check

TODAY = date(2026, 11, 22)
FINDERS: dict[str, Callable[[str, date], Iterator[Span]]] = {
    "email": emails,
    "phone": phones,
    "upn": pupil_numbers,
    "birth": births,
}
SAMPLE = yaml.safe_load((Path(__file__).parent / "privacy_sample.yaml").read_text(encoding="utf-8"))
Write = Callable[[Mapping[str, str | bytes]], Path]


def kinds(text: str) -> set[str]:
    return {kind for kind, find in FINDERS.items() if list(find(text, TODAY))}


def measured(sample: list[dict[str, Any]]) -> tuple[float, float]:
    """Precision and recall, by kind and text."""
    right = wrong = missed = 0
    for one in sample:
        found, meant = kinds(one["text"]), set(one["kinds"])
        right += len(found & meant)
        wrong += len(found - meant)
        missed += len(meant - found)
    return right / (right + wrong), right / (right + missed)


def test_precision_and_recall_on_the_labelled_sample() -> None:
    """Measured in November 2026 on all 170 texts: precision 1.00, recall 0.96 (missed: addresses and numbers in words,
    an address without an ending, a date next to a name that is not said to be of a birth).
    """
    precision, recall = measured(SAMPLE)
    assert precision >= 0.99
    assert recall >= 0.95


@pytest.mark.parametrize("part", [1, 2, 3])
def test_no_part_of_the_sample_is_found_much_worse(part: int) -> None:
    """The first is what the patterns were tuned on (recall 0.92), the others were written afterwards (1.00 and 1.00;
    0.92 for the second before the day of the week was allowed for).
    """
    precision, recall = measured([one for one in SAMPLE if part_of(one) == part])
    assert precision >= 0.99
    assert recall >= 0.9


def part_of(one: dict[str, Any]) -> int:
    return int(one.get("round", 2 if one.get("held_out") else 1))


def test_the_sample_is_large_and_half_of_it_harmless() -> None:
    harmless = [one for one in SAMPLE if not one["kinds"]]
    assert len(SAMPLE) >= 150
    assert 0.45 <= len(harmless) / len(SAMPLE) <= 0.55
    assert len({one["text"] for one in SAMPLE}) == len(SAMPLE)


@pytest.mark.parametrize("number", ["B801200005001", "H801200001001", "G80120000101A"])
def test_the_check_letter(number: str) -> None:
    """The first is the example of python-stdnum's documentation; the others are worked out by hand."""
    assert check_letter(number[1:]) == number[0]


def test_of_all_first_letters_one_is_right() -> None:
    found = [letter for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" if kinds(f"{letter}801200001001")]
    assert found == ["H"]


def test_the_span_is_what_was_found() -> None:
    text = "Ring Mrs Patel on 07700 900123 10am, or jo@mail.example."
    assert [text[start:end] for start, end in phones(text, TODAY)] == ["07700 900123"]
    assert [text[start:end] for start, end in emails(text, TODAY)] == ["jo@mail.example"]


@pytest.mark.parametrize("find", FINDERS.values(), ids=list(FINDERS))
@given(st.text(st.sampled_from("0127 4+().-/@abB.'%_\n:born18H"), max_size=300))
def test_no_text_is_a_fault(find: Callable[[str, date], Iterator[Span]], text: str) -> None:
    spans = list(find(text, TODAY))
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert spans == sorted(spans)


PIECES = [
    "a", "0", "a.", "a@", "a.a@", "@a", "a@a.", "0 7", "(0", "07 ", "07700 ", "+44 ", "+44(0)", "0-", "1 ", "born ",
    "born on the ", "d.o.b", "dob ", "b. ", "3/4/", "3 apr ", "apr 3, ", "20", "2012-", "A1", "H80120000100", " ", "'", "%",
]  # fmt: skip


LONG = """
import sys
from tests.rules.test_personal import FINDERS, PIECES, TODAY
for piece in PIECES:
    for find in FINDERS.values():
        list(find(piece * (200_000 // len(piece)), TODAY))
"""


@pytest.mark.slow
def test_no_long_text_takes_for_ever() -> None:
    """The limit is a guard: all of them take a few seconds, and a pattern whose time grows with the square minutes."""
    subprocess.run([sys.executable, "-c", LONG], check=True, timeout=120)


def test_a_finding_does_not_repeat_what_it_found(workspace: Write) -> None:
    text = (
        "name: Lathom\nlocal_authority: ring 07700 900123 or jo.patel@mail.example, UPN H801200001001, born 3/4/2012\n"
    )
    found = check(Workspace(workspace({"schools/lathom/school.yaml": text})), TODAY).findings
    assert [one.code for one in found] == ["CK611", "CK610", "CK612", "CK613"]
    for one, secret in zip(found, ("07700 900123", "jo.patel@mail.example", "H801200001001", "3/4/2012"), strict=True):
        assert secret in text.splitlines()[1]
        assert secret not in one.message + one.help + one.excerpt
        assert len(one.excerpt) == len(text.splitlines()[1])


def test_very_many_are_named_up_to_a_limit(workspace: Write) -> None:
    text = "name: Lathom\naddress: x\nsource: |\n" + "  jo@mail.example\n" * 5000
    found = check(Workspace(workspace({"schools/lathom/school.yaml": text})), TODAY).findings
    assert len(found) == 100
    assert found[-1].message.endswith("there are more further down")


def test_public_contacts_and_other_numbers_are_left_alone(workspace: Write) -> None:
    text = (
        "name: Lathom\naddress: 1 Hill Road, tel 01632 960123\nwebsite: https://lathom.example/07700900123\n"
        "contacts:\n  - {name: Jo Patel 07700 900123, role: Headteacher, email: jo.patel@lathom.example}\n"
    )
    assert check(Workspace(workspace({"schools/lathom/school.yaml": text})), TODAY).findings == ()


_CONTACTS = "contacts:\n  - {name: Jo Patel, role: Headteacher, email: jo.patel@lathom.example}\n"


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (_CONTACTS + "phase: primary\n", []),
        ('x-note: "see\ncontacts:\n  kim.lee@lathom.example"\n', [4]),
        ("x-note: 'see\ncontacts:\n  kim.lee@lathom.example'\n", [4]),
        ("x-note: {a: b,\ncontacts: [],\n  c: kim.lee@lathom.example}\n", [4]),
        ('x-note: "a \\" b\ncontacts:\n  kim.lee@lathom.example"\n', [4]),
        ("contacts:\n- name: Jo Patel\n  role: Headteacher\n\n  email: jo.patel@lathom.example\n", []),
        (_CONTACTS + "x-note: or to kim.lee@lathom.example\n", [4]),
        ("x-note: kim.lee@lathom.example\n" + _CONTACTS, [2]),
        (_CONTACTS.replace("\n", "  # or kim.lee@lathom.example\n", 1), [2]),
        (_CONTACTS + "  # or kim.lee@lathom.example\n", [4]),
        (_CONTACTS + "x-note: jo.patel@lathom.example\n", [4]),
        (_CONTACTS + "x-note: \"'jo.patel@lathom.example'\"\n", [4]),
        (_CONTACTS.replace("jo.patel", '"jo\\x2epatel').replace("}", '"}') + "x-note: jo.patel@lathom.example\n", [4]),
        ("contacts:\n  - {name: Jo, role: Head, x-kim.lee@lathom.example: email}\n", [3]),
        ("contacts:\n" + "".join(f"  - {{name: Jo, email: jo.patel{n}@lathom.example}}\n" for n in range(150)), []),
        (
            "contacts:\n"
            + "".join(f"  - {{name: Jo, email: jo.patel{n}@lathom.example}}\n" for n in range(150))
            + "x-note: kim.lee@lathom.example\n",
            [153],
        ),
    ],
)
def test_what_stands_beside_public_contacts_is_found(workspace: Write, text: str, lines: list[int]) -> None:
    found = check(Workspace(workspace({"schools/lathom/school.yaml": f"name: Lathom\n{text}"})), TODAY).findings
    assert [finding.line for finding in found if finding.code == "CK610"] == lines
