"""Lessons that are taught, followed and replayed with keys, pastes and sizes of the window at random."""

import random
import signal
from collections.abc import Sequence
from pathlib import Path

from tests.terminal.program import DASHBOARD, Program, running
from tests.terminal.random_input import Input, any_input

LESSONS = ("lecture", "homework-biases", "lecture-quiz", "two-hidden-layers", "xor", "lecture-walkthrough")
_MOST_UNREAD = 5
"""How many things are done at most before anybody looks at the screen."""
_LAST = 40
_SIZE = (121, 41)
_REDRAW = "\x0c"


def teach(chance: random.Random, count: int, folder: Path) -> Path | None:
    """Teaches a lesson with so many things done at random; gives the file that it was recorded in, if there is one."""
    press_at_random(chance, count, (chance.choice(LESSONS),), folder)
    recorded = sorted((folder / "tui-nn" / "lessons").glob("*.toml"), key=lambda path: path.stat().st_size)
    return recorded[-1] if recorded else None


def press_at_random(chance: random.Random, count: int, arguments: Sequence[str], folder: Path) -> None:
    """Does ``count`` things at random in a dashboard, and in another where that was left.

    Fails, and says what was done last, where one ends by itself otherwise or does not answer any more.
    """
    done: list[Input] = []
    while len(done) < count:
        with running(
            (*DASHBOARD, *arguments), cwd=str(folder), XDG_STATE_HOME=str(folder), HOME=str(folder), TMPDIR=str(folder)
        ) as program:
            program.until(lambda screen: "iteration" in screen.lines[0])
            try:
                while len(done) < count and program.process.poll() is None:
                    for _ in range(min(chance.randint(1, _MOST_UNREAD), count - len(done))):
                        done.append(any_input(chance))
                        done[-1].do(program)
                    program.read_for(chance.choice((0.0, 0.0, 0.02, 0.2)))
                if program.process.poll() is None:
                    _answers(program)
                    program.process.send_signal(signal.SIGHUP)
                    assert program.ended() == -signal.SIGHUP
                else:
                    assert program.ended() == 0, program.screen.text
            except (AssertionError, OSError) as error:
                raise AssertionError(f"after {done[-_LAST:]}: {error}") from error


def _answers(program: Program) -> None:
    """Fails unless a window of another size is filled, and then, after all that was pressed before, redrawn."""
    program.resize(*_SIZE)
    for keys in ("", _REDRAW):
        program.screen.clear()
        program.press(keys)
        # A pane alone on the screen may be empty between the header and the line of keys.
        program.until(lambda screen: bool(screen.lines[0] and screen.lines[_SIZE[1] - 1]))
