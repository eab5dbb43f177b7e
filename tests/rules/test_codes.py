"""Every code stands in the code once, with its name."""

import ast
import re
from pathlib import Path

import charterkit
from charterkit.findings import Code
from charterkit.rules.registry import RULES
from tests.sources import nodes

SOURCE = Path(charterkit.__file__).parent
MODULES = [module for module in sorted(SOURCE.rglob("*.py")) if module != SOURCE / "findings.py"]


def test_there_is_a_rule_for_every_code_and_it_has_the_codes_name() -> None:
    assert set(RULES) == set(Code), "each code of findings.py has its line in rules/registry.py"
    assert RULES["CK104"].code is Code.DUPLICATE_KEY
    assert RULES["CK104"].name == "duplicate-key"
    assert all(re.fullmatch("[a-z]+(-[a-z]+)*", rule.name) for rule in RULES.values())


def test_no_code_is_written_out() -> None:
    """A whole text that is a code; one in the middle of a sentence is an example."""
    found = [
        f"{module.relative_to(SOURCE).as_posix()}, line {node.lineno}: {node.value}"
        for module in MODULES
        for node in nodes(module)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and re.fullmatch("CK[0-9]{3}", node.value)
    ]
    assert found == []
