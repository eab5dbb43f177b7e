"""Every page is valid HTML: the Nu checker finds neither an error nor anything to warn of."""

import pytest

from tests.browser.checker import MISSING, installed, remarks
from tests.browser.pages import KINDS

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not installed(), reason=MISSING)]


def test_the_checker_has_nothing_against_any_page_and_would_say_so(pages, tmp_path):
    assert tuple(pages) == KINDS
    wrong = tmp_path / "wrong.html"
    wrong.write_text("<!doctype html><html lang=en><title>x</title><table role=x><td>a</td></table><img src=x>")
    found = remarks([*pages.values(), wrong])
    assert [one for one in found if not one.startswith("wrong.html")] == []
    assert any("alt" in one for one in found)
