"""``kill -9`` while the data are edited, as fast as keys are taken: no cost that was drawn is ever missing."""

from pathlib import Path

import pytest

from tests.terminal.fork_server import ForkServer
from tests.terminal.kills import SEEDS, kill_again_and_again
from tests.terminal.program import KEYS

_KEYS = (
    *(f"{number}{KEYS['enter']}" for number in (3, 7, 12, 40, 95)),
    *("up", "down", "left", "right", "n", "n", "n", "p", "a", "c", "u", "u", "U", "5", "enter"),
)


@pytest.mark.parametrize("seed", SEEDS)
def test_no_edit_that_was_drawn_is_missing_after_a_kill(seed: int, dashboards: ForkServer, tmp_path: Path) -> None:
    kill_again_and_again(dashboards, tmp_path, seed, _KEYS, pane="Data")
