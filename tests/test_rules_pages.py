"""The pages about the rules: fresh, whole, and read by a Markdown parser as they were meant."""

import itertools
import re

import pytest
from markdown_it import MarkdownIt

from charterkit.choices import Severity
from charterkit.findings import Code
from charterkit.render.findings.rules import FAMILIES, markdown_page, plain
from charterkit.rules.base import Rule
from charterkit.rules.documentation import documentation
from charterkit.rules.registry import RULES
from tools.rules_pages import FOLDER, pages


def test_the_pages_are_fresh():
    made = pages()
    assert {path.name for path in FOLDER.iterdir()} == set(made), "run: make reference"
    for name, text in made.items():
        assert (FOLDER / name).read_text(encoding="utf-8") == text, f"{name}: run: make reference"


def test_the_index_leads_to_every_page():
    links = re.findall(r"^\| \[(CK\d+)\]\(([^)]+)\)", pages()["index.md"], re.MULTILINE)
    assert [code for code, _ in links] == list(RULES)
    assert all(link == f"{code}.md" for code, link in links)
    assert {code[:3] for code in RULES} <= set(FAMILIES)


@pytest.mark.parametrize("code", RULES)
def test_a_page_reads_as_the_docstring_says(code):
    rule = documentation(RULES[code])
    tokens = MarkdownIt().parse(markdown_page(rule))
    headings = [after.content for one, after in itertools.pairwise(tokens) if one.type == "heading_open"]
    assert headings == [f"{code} {rule.name}", "Why", "Bad", "Good", "Mend"]
    assert [one.content for one in tokens if one.type == "fence"] == [f"{rule.bad}\n", f"{rule.good}\n"]
    texts = ["".join(part.content for part in one.children or ()) for one in tokens if one.type == "inline"]
    for sentence in (rule.why, rule.mend):
        assert sentence.replace("`", "") in texts
    for part in (rule.summary, rule.bad, rule.good):
        for words in part.split():
            assert words in plain(rule)


class Sample(Rule):
    """Something is wrong,
    really.

    Why: it matters; see
    `this`.
    Bad:
        a:
          - b
    Good: a: c
      d: e
    Mend: do: it
    """

    code = Code.TAB
    severity = Severity.INFO


def test_a_docstring_is_taken_apart():
    said = documentation(Sample())
    assert said.summary == "Something is wrong, really."
    assert said.why == "It matters; see `this`."
    assert said.bad == "a:\n  - b"
    assert said.good == "a: c\nd: e"
    assert said.mend == "Do: it."


def test_a_docstring_without_a_part_is_refused():
    class Wrong(Rule):
        """Something.

        Why: it is.
        Bad: a
        Mend: b
        """

        code = Code.TAG

    with pytest.raises(ValueError, match="CK106"):
        documentation(Wrong())
