"""What every test with a real terminal needs."""

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def recordings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own for what is recorded: a start offers the lessons that broke off in it, and no others."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path / "state" / "tui-nn" / "lessons"
