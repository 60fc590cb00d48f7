import gc
from pathlib import Path

import pytest

# Each test makes a tree of widgets and throws it away whole: to look for what can go after every few hundred objects
# takes a fifth of the time.
gc.set_threshold(50_000, 50, 50)


async def _no_wait(min_sleep: float = 0, max_sleep: float = 0) -> None:
    """What the pilot does between keys here: nothing, for `Stage.settle` waits for their messages."""


@pytest.fixture(autouse=True)
def _same_everywhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Whatever terminal the tests are started from, however busy the machine; in a directory where they may save.

    What they record goes nowhere else.
    """
    monkeypatch.setattr("textual.constants.COLOR_SYSTEM", "truecolor")
    monkeypatch.delenv("NO_COLOR", raising=False)
    # The pilot waits until the processor has nothing to do, which a busy machine and a training lesson never come to.
    monkeypatch.setattr("textual.app.wait_for_idle", _no_wait)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.chdir(tmp_path)
