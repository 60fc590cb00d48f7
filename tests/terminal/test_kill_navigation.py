"""``kill -9`` while one walks through a lesson, as fast as keys are taken: no step that was drawn is ever missing."""

from pathlib import Path

import pytest

from tests.terminal.fork_server import ForkServer
from tests.terminal.kills import SEEDS, kill_again_and_again

_ON = ("right", "down", "n", ".", "pagedown")
_BACK = ("left", "up", "p", ",", "pageup")
_STEPS = (*_ON, *_ON, *_BACK, "home", "end", "c")
_PANES = ("tab", "tab", "shift+tab", "up", "down", "n", "n", "p", "c", "u", "U")


@pytest.mark.parametrize("seed", SEEDS[::2])
def test_no_step_that_was_drawn_is_missing_after_a_kill(seed: int, dashboards: ForkServer, tmp_path: Path) -> None:
    kill_again_and_again(dashboards, tmp_path, seed, _STEPS)


@pytest.mark.parametrize("seed", SEEDS[1::2])
def test_nor_while_one_goes_from_pane_to_pane(seed: int, dashboards: ForkServer, tmp_path: Path) -> None:
    kill_again_and_again(dashboards, tmp_path, seed, _PANES)
