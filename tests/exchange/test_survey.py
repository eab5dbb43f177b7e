"""Exports of form tools: what each column is taken for, what is counted, and that nobody's words or names are kept."""

import io
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from charterkit.errors import CharterkitError
from charterkit.exchange.survey.draft import SurveyDraft
from charterkit.exchange.survey.read import KnownHere, Wishes, facts, read_survey
from charterkit.exchange.survey.told import told
from charterkit.files.load import load
from charterkit.files.yaml.emit import document
from charterkit.model.survey import Survey

GOOGLE = """\
"Timestamp","Email Address","How far do you agree? [I feel welcome]","Name","Pet","What could be better?","Do you know the head's name?"
{rows}"""


def google(many: int = 20) -> str:
    answers = ["Strongly agree", "Agree", "Don’t know", "Disagree"]
    rows = [
        f'"2026/10/{1 + at % 28:02} 9:00:00 AM GMT+1","p{at}@example.org","{answers[at % 4]}","Agree",'
        f'"Rex Smith{chr(97 + at % 26)}{at}","More mornings, number {at}","{"Yes" if at % 2 else "No"}"'
        for at in range(many)
    ]
    return GOOGLE.format(rows="\n".join(rows)) + "\n"


def read(tmp_path: Path, text: str | bytes, name: str = "export.csv", **wishes: object) -> SurveyDraft:
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_survey(path, Wishes(**wishes), KnownHere())  # type: ignore[arg-type]


def uses(draft: SurveyDraft) -> str:
    return " ".join(column.use for column in draft.columns)


def totals(draft: SurveyDraft) -> list[dict[str, int]]:
    return [dict(column.counts) for column in draft.questions]


def refused(tmp_path: Path, text: str | bytes, name: str = "export.csv", **wishes: object) -> str:
    with pytest.raises(CharterkitError) as error:
        read(tmp_path, text, name, **wishes)
    return f"{error.value.message} {error.value.hint}"


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
def test_google_forms_personal_columns_go_whatever_they_are_called(tmp_path, encoding):
    draft = read(tmp_path, google().encode(encoding))
    assert draft.tool == "Google Forms"
    assert uses(draft) == "personal personal question personal personal text personal"
    why = {column.heading: column.why for column in draft.columns}
    assert "answers stand in it: --use D=question" in why["Name"], "a column called Name with no names"
    assert "look" in why["Pet"], "names under a harmless heading"
    assert totals(draft) == [{"strongly-agree": 5, "agree": 5, "disagree": 5, "dont-know": 5}]
    assert (draft.responses, draft.date) == (20, "2026-10")
    written = document(facts(draft, {"title": "Survey", "date": draft.date}, []))
    found = load(Survey, written.encode())
    assert not found.problems
    assert found.model
    assert found.model.questions[0].text == "I feel welcome"
    said = "\n".join(told(draft)) + written
    assert not any(one in said for one in ("@example.org", "Smith", "mornings", "2026/10"))


def test_rows_of_no_known_question_are_not_said_to_be_answered_by_nobody(tmp_path):
    draft = read(tmp_path, "Name,Email\nAnn Lee,a@example.org\nBo Ray,b@example.org\nCy Fox,c@example.org\n")
    said = "\n".join(told(draft))
    assert "no column is known for a question, so no answer was counted" in said
    assert "0 answered" not in said
    assert draft.complaints == ["No column is taken for a question: say which are with --use COLUMN=question."]


def test_free_text_is_shown_line_by_line(tmp_path):
    said = [
        "Lovely.\r\n\r\n  =1+1  of it\n",
        "Ring me:\n07700 900123",
        "Ring 07700\n900123\nplease",
        "07700\n900123\na@b.example",
        "A bell",
        " \n ",
    ]
    rows = "".join(f'Yes,"{each}"\n' for each in said)
    draft = read(tmp_path, f"I feel welcome,Anything else?\n{rows}", quotes=["B"])
    assert [text for _, text in draft.quotes] == ["Lovely.", "=1+1 of it", "Ring me:", *[""] * 7, "A bell"]
    assert draft.quotes[0][0] == draft.quotes[1][0] == "export.csv, line 2, cell B2"
    assert draft.responses == len(said)


def test_microsoft_forms_in_both_its_forms(tmp_path):
    head = ["ID", "Start time", "Completion time", "Email", "Name", "My child is happy", "Rate us"]
    rows = [
        [str(at), "10/14/26 9:12:45", "10/14/26 9:13:45", "anonymous", "", "Yes" if at % 3 else "No", str(1 + at % 5)]
        for at in range(9)
    ]
    text = "\n".join(";".join(row) for row in [head, *rows])
    draft = read(tmp_path, b"\xef\xbb\xbf" + text.encode(), uses=["G=question"], agreeing=["G=4,5"])
    assert draft.tool == "Microsoft Forms"
    assert totals(draft) == [{"yes": 6, "no": 3}, {"1": 2, "2": 2, "3": 2, "4": 2, "5": 1}]
    assert draft.questions[1].agreeing == ("4", "5")
    assert draft.date == "", "a date that may be read two ways is not guessed"
    book = openpyxl.Workbook()
    book.active.append(head)
    for row in rows:
        book.active.append([row[0], date(2026, 10, 14), date(2026, 10, 14), *row[3:]])
    held = io.BytesIO()
    book.save(held)
    made = read(tmp_path, held.getvalue(), "export.xlsx")
    assert totals(made) == [{"yes": 6, "no": 3}]
    assert (made.date, made.columns[1].use) == ("2026-10", "personal")


def test_survey_monkey_has_two_rows_of_headings(tmp_path):
    text = """\
Respondent ID,Collector ID,Start Date,IP Address,How far do you agree?,,How do you hear from us?,,Anything else?
,,,,I feel welcome at school,My child is safe here,App,Letter,Open-Ended Response
1001,7,10/14/2026 09:12,10.0.0.1,Agree,Strongly agree,App,,Thanks to Mrs Brown
1002,7,10/14/2026 09:14,10.0.0.2,Disagree,Agree,,Letter,
1001,7,10/15/2026 09:14,10.0.0.1,Agree,Agree,App,Letter,
"""
    draft = read(tmp_path, text)
    assert "SurveyMonkey" in draft.tool
    assert [column.heading for column in draft.questions] == ["I feel welcome at school", "My child is safe here"]
    assert draft.responses == 3
    assert "1 person answered more than once" in " ".join(draft.notes)
    assert "line 3 and line 5" in " ".join(draft.notes)
    assert read(tmp_path, text, latest_only=True).responses == 2


def test_parent_view_gives_percentages(tmp_path):
    text = """\
Ofsted Parent View,,,,,
Responses: 63,,,,,
Question,Strongly agree,Agree,Disagree,Strongly disagree,Don't know
My child is happy at this school,61%,30%,5%,2%,2%
My child feels safe at this school,70%,25%,3%,2%,0%
"""
    draft = read(tmp_path, text)
    assert (draft.responses, len(draft.questions)) == (63, 2)
    made = facts(draft, {"title": "Parent View", "date": "2026-10"}, [])
    assert made["questions"][0]["answers"]["strongly-agree"] == "61%"
    assert not load(Survey, document(made).encode()).problems
    assert "is no number" in read(tmp_path, text.replace("70%", "lots")).complaints[0]


def test_groups_are_counted_and_small_ones_are_not_kept(tmp_path):
    from charterkit.model.charter import Charter

    charter = load(
        Charter,
        b"id: c\nversion: '1'\ntitle: C\nstatus: draft\nfocus_groups: [{id: one, name: One}, {id: two, name: Two}]\n"
        b"key_points: [{id: k, title: K, aspects: [{id: a, text: Families feel welcome at the school gate}]}]\n",
    ).model
    rows = ["I feel welcome at the gate,Which group"] + ["Yes,One"] * 20 + ["No,Two"] * 3
    path = tmp_path / "export.csv"
    path.write_text("\n".join(rows), encoding="utf-8")
    column = read_survey(path, Wishes(), KnownHere(charter)).questions[0]
    assert column.withheld == {"one", "two"}, "the other would be found from the total"
    assert column.facts()["groups"] == {"one": {"withheld": True}, "two": {"withheld": True}}
    path.write_text("\n".join([*rows, *["Yes,Neither of them"] * 9]), encoding="utf-8")
    column = read_survey(path, Wishes(), KnownHere(charter)).questions[0]
    assert column.facts()["groups"] == {"one": {"answers": {"yes": 20}}, "two": {"withheld": True}}
    assert column.aspects == ("a",)


def test_odd_tables_are_read_or_refused_with_their_place(tmp_path):
    many = "Timestamp,Happy?,Never answered\n" + "2026/10/01,Yes,\n" * 30
    formula = read(tmp_path, many + '2026/10/02,"=HYPERLINK(""x"")",\n2026/10/02\n')
    notes = " ".join([*formula.notes, *formula.columns[1].notes])
    assert totals(formula) == [{"yes": 30}]
    assert "1 cell hold" in notes
    assert "B32" in notes
    assert "shorter than the headings" in notes
    assert formula.columns[2].why == "nobody answered it"
    long = read(tmp_path, many + "2026/10/02,Yes,,more,of it\n")
    assert "stands under no heading" in long.complaints[0]
    assert "line 32" in long.complaints[0]
    assert read(tmp_path, google(10_000)).responses == 10_000
    assert "larger than 16 MiB" in refused(tmp_path, b"a" * (17 << 20))
    assert "no answers" in refused(tmp_path, "")
    assert "no answers" in refused(tmp_path, "Timestamp,Happy?\n")
    assert "quotes" in refused(tmp_path, 'Timestamp,Happy?\n2026,"Yes\n')
    assert "export.xlsx" in refused(tmp_path, b"PK nothing", "export.xlsx")
    for wishes, words in (
        ({"uses": ["Z=question"]}, "names no one column"),
        ({"uses": ["B=answers"]}, "question, group, text, out"),
        ({"uses": ["B"]}, "COLUMN=WORDS"),
        ({"agreeing": ["B=Yess"]}, "Did you mean yes?"),
        ({"aspects": ["A=gate"]}, "not taken for a question"),
        ({"ids": ["B=Not This"]}, "not-this"),
        ({"groups": ["One=none"]}, "--group"),
        ({"sheet": "Two"}, "no sheet"),
    ):
        assert words in refused(tmp_path, many, **wishes), wishes
