"""What the tests with real terminals share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.terminal.fork_server import ForkServer, fork_server


@pytest.fixture(autouse=True)
def recordings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own for what is recorded: a start offers the lessons that broke off in it, and no others."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path / "state" / "tui-nn" / "lessons"


@pytest.fixture(scope="module")
def dashboards() -> Iterator[ForkServer]:
    """Starts many dashboards in little time."""
    with fork_server() as found:
        yield found
