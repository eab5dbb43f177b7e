"""Writes a page for each rule of the check into docs/rules/, and their list. A test holds that they are fresh."""

from pathlib import Path

from charterkit.render.findings.rules import markdown_index, markdown_page
from charterkit.rules.documentation import documentation
from charterkit.rules.registry import RULES

FOLDER = Path(__file__).parents[1] / "docs" / "rules"
INTRODUCTION = """\
# The rules of the check

Everything that `charterkit check` looks for. `charterkit explain CODE` shows the same text in a terminal;
[how to check](../checking.md) tells how to choose rules, silence one and run the check in CI.

"""


def pages() -> dict[str, str]:
    """Every page's text by its file name."""
    rules = [documentation(rule) for rule in RULES.values()]
    made = {f"{rule.code}.md": markdown_page(rule) for rule in rules}
    return {**made, "index.md": f"{INTRODUCTION}{markdown_index(rules, lambda code: f'{code}.md')}\n"}


def main() -> None:
    """Write the pages, and delete those of rules that are gone."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    made = pages()
    for old in FOLDER.glob("*.md"):
        if old.name not in made:
            old.unlink()
    for name, text in made.items():
        (FOLDER / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
