"""Parts that may be said in one word, and lists of which a single entry may stand alone."""

import pytest

from charterkit.files.load import load
from charterkit.findings import Code
from charterkit.model.policy import ApprovedBy, Policy

HEAD = "id: behaviour\ntitle: Behaviour policy\nstatus: live\n"


@pytest.mark.parametrize(
    ("text", "approver", "requirement"),
    [
        ("approver: headteacher\n", ApprovedBy(body="headteacher"), ()),
        (
            "approver: {body: committee, name: Resources committee}\nrequirement: behaviour\n",
            ApprovedBy(body="committee", name="Resources committee"),
            ("behaviour",),
        ),
        ("requirement: [behaviour, school-exclusion]\n", None, ("behaviour", "school-exclusion")),
    ],
)
def test_word_or_whole(text: str, approver: ApprovedBy | None, requirement: tuple[str, ...]) -> None:
    loaded = load(Policy, (HEAD + text).encode())
    assert loaded.model is not None
    assert not loaded.problems
    assert (loaded.model.approver, loaded.model.requirement) == (approver, requirement)


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        (
            "approver: Resources committee\n",
            Code.NOT_A_CHOICE,
            "Or write both: {body: ..., name: Resources committee}.",
        ),
        ("approver: {name: Resources committee}\n", Code.MISSING_KEY, "'body' is missing"),
        ("approver: {body: comittee}\n", Code.NOT_A_CHOICE, "did you mean committee?"),
        ("approver: [committee]\n", Code.WRONG_SHAPE, "Write 'approver: {body: ...}'."),
        ("requirement: Behaviour Policy\n", Code.NOT_AN_ID, "Write behaviour-policy."),
        ("requirement: [behaviour, SEN Report]\n", Code.NOT_AN_ID, "Write sen-report."),
        ("acknowledged: [{date: 2026-09-01, staff: most}]\n", Code.NOT_A_NUMBER, "'most' is not a whole number"),
    ],
)
def test_what_is_wrong_is_said(text: str, code: Code, words: str) -> None:
    loaded = load(Policy, (HEAD + text).encode())
    assert loaded.model is not None
    assert loaded.model.title == "Behaviour policy"
    assert [problem.code for problem in loaded.problems] == [code]
    assert words in f"{loaded.problems[0].message} {loaded.problems[0].help}"
