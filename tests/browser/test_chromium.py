"""The browser itself: one that hangs is ended, and the next test has a new one."""

from pathlib import Path

import pytest
from playwright.sync_api import Error

from tests.browser.chromium import patience

pytestmark = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="NO LIST OF PROCESSES on this system")


def test_one_that_hangs_is_ended_and_a_new_one_comes(chromium):
    hanging = chromium.window.page
    with patience(1), pytest.raises(Error, match="closed"):
        hanging.evaluate("() => { for (;;); }")
    page = chromium.window.page
    assert page is not hanging
    assert page.evaluate("() => 1 + 1") == 2
