"""The page as a process of its own: however it is told to stop, nothing of it is left; and many ask it at once."""

import asyncio
import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from charterkit.serve.running import MOST_LINES, QUEUE, bound, serve
from tests.cli.calling import environment, example
from tests.serve.test_evaluate import DOOR, FILE, entry

WAIT = 60
STOPS = [name for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]


@contextmanager
def running(folder: Path, *more: str) -> Iterator[tuple["subprocess.Popen[str]", str]]:
    """`charterkit open` in a folder, and the address that it says."""
    command = [sys.executable, "-m", "charterkit", "open", "--no-browser", *more]
    variables = environment(XDG_STATE_HOME=str(folder / "state"), HOME=str(folder))
    with subprocess.Popen(command, cwd=folder, env=variables, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            yield process, next(line.strip() for line in process.stdout if line.startswith("http"))
        finally:
            process.kill()


def asked(port: int, way: str, **headers: str) -> http.client.HTTPResponse:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=WAIT)
    line.request("GET", way, headers=headers)
    return line.getresponse()


@pytest.mark.skipif(os.name == "nt", reason="SIGNALS of POSIX")
@pytest.mark.parametrize("stop", STOPS)
def test_it_leaves_nothing_behind(tmp_path: Path, stop: str) -> None:
    """With people half way through their requests, who hold nobody else up."""
    with running(example(tmp_path)) as (process, address):
        port, way = urlsplit(address).port or 0, address.partition("/enter")[2]
        slow = [socket.create_connection(("127.0.0.1", port)) for _ in range(MOST_LINES * 2)]
        for line in slow:
            with suppress(OSError):  # one too many, and closed
                line.sendall(
                    b"POST /schools/example-primary/evaluate/open-door HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Le"
                )
        entered = asked(port, f"/enter{way}")
        assert entered.status == 200
        cookie, _, rules = str(entered.headers["set-cookie"]).partition(";")
        home = f"{rules.partition('Path=')[2].partition(';')[0]}/home"
        assert asked(port, home, Cookie=cookie).status == 200
        assert asked(port, home).status == 403
        assert asked(port, "/home", Cookie=cookie).status == 403
        if Path("/proc").is_dir():
            assert len(list(Path(f"/proc/{process.pid}/fd").iterdir())) < MOST_LINES + QUEUE + 50
        if Path("/proc").is_dir():
            assert b"token" not in Path(f"/proc/{process.pid}/cmdline").read_bytes()
        process.send_signal(getattr(signal, stop))
        assert process.wait(WAIT) == 0
        for line in slow:
            line.close()
        with pytest.raises(ConnectionRefusedError):
            asked(port, "/home")
    assert [path.name for path in (tmp_path / "state").rglob("*.*")] == []


def test_it_ends_by_itself_some_time_after_the_page_was_closed(visitor, folder, monkeypatch):
    monkeypatch.setattr("charterkit.serve.running.QUIET", 2)
    listener = bound(0, is_asked=True)
    port, statuses = listener.getsockname()[1], []

    def speak() -> None:
        """As the script of a page does as long as it is open."""
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=WAIT)
        own = {"Cookie": visitor.cookie.replace("20999", str(port)), "Origin": f"http://127.0.0.1:{port}"}
        line.request("POST", f"{visitor.desk.door.way}/alive", headers=own)
        statuses.append(line.getresponse().status)

    serve(visitor.app, visitor.desk, listener, lambda: threading.Thread(target=speak).start())
    assert statuses == [200]
    with pytest.raises(ConnectionRefusedError):
        asked(port, "/home")


def test_a_thousand_ask_at_once(visitor, folder):
    """Of all who answer one question from the same page, one is heard; those who say otherwise see what stands there."""
    form = {**visitor.form(visitor.get(visitor.sheet), DOOR), "server": visitor.desk.id}
    way = visitor.sheet.replace("?", "/open-door?")

    async def all_at_once():
        reads = [visitor.ask("GET", "/levels/community-engagement", b"", {}) for _ in range(970)]
        writes = [
            visitor.ask(*visitor.as_post(way, {**form, "do": f"rate:{level}"})) for level in ("red", "amber") * 15
        ]
        return await asyncio.gather(*reads), await asyncio.gather(*writes)

    reads, writes = asyncio.run(all_at_once())
    assert {said.status for said in reads} == {200}
    heard = next(number for number, said in enumerate(writes) if said.status == 303) % 2
    assert [said.status for said in writes] == [303 if number % 2 == heard else 409 for number in range(30)]
    assert entry(folder, DOOR)["rating"] == ("red", "amber")[heard]
    assert (folder / FILE).is_file()


@pytest.mark.skipif(os.name == "nt", reason="SIGNALS of POSIX")
def test_a_browser_is_led_there_by_a_page_that_nobody_else_can_read(tmp_path: Path) -> None:
    """The address is in no list of processes; a second start finds the first, and what led there is taken away."""
    (tmp_path / "work").mkdir()
    folder = example(tmp_path / "work")
    browser, called = tmp_path / "browser", tmp_path / "called"
    browser.write_text(f'#!/bin/sh\necho "$*" >> "{called}"\n', encoding="utf-8")
    browser.chmod(0o755)
    command = [sys.executable, "-m", "charterkit", "open"]
    variables = environment(XDG_STATE_HOME=str(tmp_path / "state"), HOME=str(tmp_path), BROWSER=str(browser))
    first = subprocess.Popen(command, cwd=folder, env=variables, stderr=subprocess.PIPE, text=True, encoding="utf-8")
    with first:
        try:
            assert first.stderr
            for said in first.stderr:
                if "http://" in said:
                    break
            second = subprocess.run(
                command, check=False, cwd=folder, env=variables, capture_output=True, text=True, timeout=WAIT
            )
            assert (second.returncode, second.stderr.splitlines()[0]) == (0, "It is open already.")
            pages = [Path(urlsplit(line).path) for line in called.read_text(encoding="utf-8").splitlines()]
            assert len(set(pages)) == 2
            assert {page.stat().st_mode & 0o777 for page in pages} == {0o600}
            assert {page.parent.stat().st_mode & 0o777 for page in pages} == {0o700}
            address = pages[1].read_text(encoding="utf-8").partition('href="')[2].partition('"')[0]
            assert asked(urlsplit(address).port or 0, address.partition(str(urlsplit(address).port))[2]).status == 200
            assert not [page for page in pages if page.exists()]
        finally:
            first.send_signal(signal.SIGTERM)
            first.wait(WAIT)
    assert "token" not in called.read_text(encoding="utf-8")
    assert [path.name for path in (tmp_path / "state").rglob("*.*")] == []
