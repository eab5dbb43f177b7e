"""The dictionary of two made-up tables, line by line and row by row."""

from charterkit.exchange.tables.columns import TidyTable, text, whole
from charterkit.exchange.tables.dictionary import DICTIONARY, PUBLIC_RULE, described, dictionary_markdown

FIRST = TidyTable(
    "first",
    "About it.",
    ("id", "many"),
    (
        text("id", "id", "evaluation/Rating.strengths", "As it stands.").filled,
        whole("many", "many", "", "One | or two."),
    ),
    ((("many",), "second"), (("id",), "gone"), (("id", "many"), "first")),
)
SECOND = TidyTable(
    "second", "More.", ("many",), (whole("many", "many", "", "How many.").filled, text("x", "x", "", "X."))
)


def test_the_page_has_every_table_its_key_its_ways_and_its_columns() -> None:
    page = dictionary_markdown([FIRST, SECOND], is_public=False)
    head, _, tables = page.partition("| table |")
    assert head.startswith("# What the tables hold\n\nMade by `charterkit export`. Keys are")
    assert "Private: it holds names" in head
    assert f"| table |{tables}" == (
        "| table | a row is told by | |\n"
        "| --- | --- | --- |\n"
        "| [first](#first) | id, many | About it. |\n"
        "| [second](#second) | many | More. |\n"
        "\n## first\n\nAbout it.\n\nLeads to: many → second; id, many → first.\n\n"
        "| column | type | may be empty | |\n"
        "| --- | --- | --- | --- |\n"
        "| **id** | text |  | What is going well. As it stands. |\n"
        "| **many** | whole number | yes | One \\| or two. |\n"
        "\n## second\n\nMore.\n\n"
        "| column | type | may be empty | |\n"
        "| --- | --- | --- | --- |\n"
        "| **many** | whole number |  | How many. |\n"
        "| x | text | yes | X. |\n"
    )
    public = dictionary_markdown([FIRST, SECOND], is_public=True)
    assert PUBLIC_RULE in public
    assert "Private" not in public


def test_as_a_table_it_says_the_same_of_each_column() -> None:
    names = [column.name for column in DICTIONARY.columns]
    assert names == ["table_name", "column_name", "position", "type", "is_key", "may_be_empty", "meaning", "from_key"]
    assert (DICTIONARY.name, DICTIONARY.key, DICTIONARY.is_public) == (
        "dictionary",
        ("table_name", "column_name"),
        True,
    )
    strengths = "What is going well. As it stands."
    assert DICTIONARY.rows(described([FIRST, SECOND])) == [
        ("first", "id", 1, "text", True, False, strengths, "evaluation/Rating.strengths"),
        ("first", "many", 2, "whole number", True, True, "One | or two.", None),
        ("second", "many", 1, "whole number", True, False, "How many.", None),
        ("second", "x", 2, "text", False, True, "X.", None),
    ]
