"""``kill -9`` while the data are edited, as fast as keys are taken: no cost that was drawn is ever missing."""

from pathlib import Path

from tests.terminal.fork_server import ForkServer
from tests.terminal.kills import EDITS, kill_again_and_again


def test_no_edit_that_was_drawn_is_missing_after_a_kill(dashboards: ForkServer, tmp_path: Path) -> None:
    kill_again_and_again(dashboards, tmp_path, 0, EDITS, pane="Data")
