"""``kill -9`` while the lesson is walked through, as fast as keys are taken: no step that was drawn is ever missing."""

from pathlib import Path

from tests.terminal.fork_server import ForkServer
from tests.terminal.kills import PANES, STEPS, kill_again_and_again


def test_no_step_that_was_drawn_is_missing_after_a_kill(dashboards: ForkServer, tmp_path: Path) -> None:
    kill_again_and_again(dashboards, tmp_path, 0, STEPS)


def test_nor_is_one_that_was_drawn_while_tab_led_from_pane_to_pane(dashboards: ForkServer, tmp_path: Path) -> None:
    kill_again_and_again(dashboards, tmp_path, 1, PANES)
