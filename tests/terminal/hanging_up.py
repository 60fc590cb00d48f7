"""Closing the terminal of a lesson that ignores hangups, at a random moment of random input that nobody reads."""

import os
import random
import subprocess
import time
from pathlib import Path
from typing import NamedTuple

from tests.terminal.program import DASHBOARD, IGNORES_HANGUPS, running, step_shown
from tests.terminal.random_input import any_input

_BETWEEN_KEYS = 0.05
_TICKS = os.sysconf("SC_CLK_TCK")


class Ending(NamedTuple):
    """What became of a lesson: how long keys were pressed, and the seconds from the closing to its end."""

    pressed_for: float
    seconds: float | None
    """None where it went on."""
    state: str = ""
    """Of a lesson that went on: what Linux says of its process, and how much of a core it takes; else how it ended."""

    def __str__(self) -> str:
        came = "GOES ON" if self.seconds is None else f"gone after {self.seconds:.3f} s"
        return f"{self.pressed_for:.1f} s of keys: {came} {self.state}"


def ending_of_a_lesson(chance: random.Random, seconds: float, folder: str, patience: float) -> Ending:
    """Opens a lesson, presses keys for so long without reading what it draws, closes the terminal, and waits."""
    with running((*IGNORES_HANGUPS, *DASHBOARD), cwd=folder, XDG_STATE_HOME=folder, HOME=folder) as program:
        program.until(lambda screen: step_shown(screen) == "Z⁽²⁾")
        end = time.monotonic() + seconds
        while time.monotonic() < end and program.process.poll() is None:
            any_input(chance).do(program)
            time.sleep(chance.uniform(0, _BETWEEN_KEYS))
        if program.process.poll() is not None:
            assert program.ended() == 0, program.screen.text
            return Ending(seconds, 0.0, "left before")
        closed = time.monotonic()
        try:
            program.hang_up(patience)
        except subprocess.TimeoutExpired:
            return Ending(seconds, None, _state_of(program.process.pid))
        return Ending(seconds, time.monotonic() - closed)


def _state_of(pid: int) -> str:
    stat = Path(f"/proc/{pid}/stat")
    if not stat.exists():
        return ""
    before = stat.read_text().rpartition(")")[2].split()
    time.sleep(1)
    after = stat.read_text().rpartition(")")[2].split()
    ticks = sum(int(after[i]) - int(before[i]) for i in (11, 12))
    return f"{after[0]}, {100 * ticks / _TICKS:.0f} % of a core"
