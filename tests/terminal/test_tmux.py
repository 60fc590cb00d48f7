"""The program in tmux, which passes on fewer keys than a terminal does and redraws as it likes."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.terminal.program import DASHBOARD, Program, running

# The README's commands ask for nothing but Python and git; the checks install tmux, and there it is never left out.
pytestmark = pytest.mark.skipif(
    shutil.which("tmux") is None and "CI" not in os.environ, reason="tmux is not installed here"
)


@contextmanager
def _in_tmux(directory: Path) -> Iterator[Program]:
    """The dashboard in the only window of a tmux of its own, without a status line."""
    tmux = ("tmux", "-u", "-S", str(directory / "socket"), "-f", "/dev/null")
    command = (*tmux, "new-session", " ".join(DASHBOARD), ";", "set", "status", "off")
    try:
        with running(command) as program:
            yield program
    finally:
        subprocess.run((*tmux, "kill-server"), capture_output=True, check=False)


def test_the_lecture_can_be_walked_through_in_tmux(tmp_path: Path) -> None:
    with _in_tmux(tmp_path) as program:
        program.until(lambda screen: "? help" in screen.lines[-1] and "computed" not in screen.lines[0])
        program.press("g")
        program.shows("Go to iteration")
        program.press("37 delta3", "enter")
        program.shows("iteration 37 of 10 000", "J = 0.006725", " 0.01148", "−0.00049", "−0.01051")
        for key, place in (
            ("pagedown", "step 7 of 10"),
            ("pageup", "step 6 of 10"),
            ("down", "iteration 38 of"),
            ("up", "iteration 37 of"),
            ("home", "iteration 1 of"),
            ("end", "iteration 10 000 of"),
        ):
            program.press(key)
            program.shows(place)
        program.shows("92.98944", "92.98945")
        program.press("q")
        assert program.ended() == 0
        assert program.screen.gave_back
