"""What every test shares: hypothesis's profile, a cache folder of its own, and workspaces written from a dict."""

import gc
import os
import signal
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "charterkit",
    deadline=None,
    max_examples=int(os.environ.get("HYPOTHESIS_EXAMPLES", "50")),  # make soak: a thousand
    derandomize=bool(os.environ.get("CI")),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("charterkit")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """With several workers."""
    from tests.scheduling import Scheduling

    return Scheduling(config, log) if config.getvalue("dist") == "load" else None


def pytest_configure(config: pytest.Config) -> None:
    """A worker calls the server that the run has for all of them, which loads the program while tests are collected."""
    from tests.cli import calling

    if hasattr(config, "workerinput"):
        calling.PLACE = config.workerinput["server"]
    elif getattr(config.option, "numprocesses", 0) and not config.option.collectonly and hasattr(os, "fork"):
        calling.PLACE = calling.start()


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tell a worker where it is."""
    from tests.cli import calling

    node.workerinput["server"] = calling.PLACE


@pytest.hookimpl(wrapper=True)
def pytest_collection(session: pytest.Session) -> Iterator[None]:
    """Without the collector: all that is made here stays, and walking over it again and again is a third of the time."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()
        gc.freeze()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Of the cases of a test that are marked as alike, those of this commit, where time is short (`tests/sampling.py`)."""
    from tests.sampling import sample

    rows: dict[tuple[str, int], list[pytest.Item]] = defaultdict(list)
    for item in items:
        if mark := item.get_closest_marker("alike"):
            rows[mark.kwargs.get("row", item.nodeid.split("[")[0]), *mark.args].append(item)
    left_out = {item for (_, of), row in rows.items() for item in set(row) - set(sample(row, of))}
    if left_out:
        config.hook.pytest_deselected(items=list(left_out))
        items[:] = [item for item in items if item not in left_out]


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Each worker, and every program it starts, gets folders for its cache and its records that are nobody's."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        patch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))
        yield


if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # in the background of a shell; the programs we start would too
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture
def workspace(tmp_path: Path) -> Callable[[Mapping[str, str | bytes]], Path]:
    """Writes files by path into an empty folder and returns it."""

    def write(files: Mapping[str, str | bytes]) -> Path:
        for name, content in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return tmp_path

    return write
