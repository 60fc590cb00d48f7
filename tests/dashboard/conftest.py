import gc
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from textual._styles_cache import StylesCache

from tests.dashboard.kept import KeptTrainer, parse_rules_once
from tests.dashboard.waiting import no_wait, screen_waits
from tests.dashboard.ways import WITH_ACTIONS
from tui_nn.dashboard.apps.base import LessonApp
from tui_nn.dashboard.terminal.terminal_app import TerminalApp
from tui_nn.dashboard.widgets.canvas import Canvas
from tui_nn.writing.notation.signs import UNICODE

# Each test makes a tree of widgets and throws it away whole: to look for what can go after every few hundred objects
# takes a fifth of the time.
gc.set_threshold(50_000, 50, 50)


@pytest.fixture(autouse=True)
def _same_everywhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Whatever terminal the tests are started from, however busy the machine; in a directory where they may save.

    What they record goes nowhere else.
    """
    monkeypatch.setattr("textual.constants.COLOR_SYSTEM", "truecolor")
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setattr("textual.app.wait_for_idle", no_wait)
    monkeypatch.setattr("textual.pilot.Pilot._wait_for_screen", screen_waits)
    monkeypatch.setattr("tui_nn.network.training.trajectory.Trainer", KeptTrainer)
    monkeypatch.setattr("textual.css.stylesheet.Stylesheet._parse_rules", parse_rules_once)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.chdir(tmp_path)
    # A key may choose fewer signs, for this dashboard and those opened after it.
    monkeypatch.setattr(TerminalApp, "notation", UNICODE)
    yield
    # It would keep what the panes of the last fifty dashboards drew, a million objects.
    StylesCache.get_inner_outer.cache_clear()


@pytest.fixture
def in_place_of_actions(monkeypatch: pytest.MonkeyPatch) -> Callable[[LessonApp], list[str]]:
    """Lets every action of an app, its screen and its table of data do nothing but leave its name in a list."""

    def put(app: LessonApp) -> list[str]:
        done: list[str] = []
        for name in app.actions:
            monkeypatch.setitem(app.actions, name, partial(done.append, name))
        for owner in (app.screen, *app.screen.query(Canvas)):
            for name in {command.action.partition("(")[0] for command in WITH_ACTIONS}:
                if hasattr(owner, f"action_{name}"):
                    noted = lambda *given, name=name: done.append(f"{name}('{given[0]}')" if given else name)  # noqa: E731
                    monkeypatch.setattr(owner, f"action_{name}", noted)
        return done

    return put
