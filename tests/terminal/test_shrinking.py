"""A window that shrinks, and keys at random, in a real terminal: nothing ends the program, and what is shown is right.

`tests.bench.shrinks` and `tests.bench.random_keys` do the same for much longer.
"""

import random
import sys
from pathlib import Path

import pytest

from tests.terminal.program import running
from tests.terminal.random_keys import press_at_random, teach
from tests.terminal.shrinking import SITUATIONS, shrink

_KEYS = 40
_GROWS_WHILE_ITS_SIZE_IS_READ = """
from tests.terminal.program import set_size
from tui_nn import cli
from tui_nn.dashboard.terminal.driver import TerminalDriver

read = TerminalDriver._get_terminal_size


def read_and_grow(driver):
    size = read(driver)
    if size == (60, 20):
        set_size(driver.fileno, (121, 41))
    return size


TerminalDriver._get_terminal_size = read_and_grow
cli.main([])
"""


@pytest.fixture
def chance() -> random.Random:
    return random.Random(1)  # noqa: S311 - nothing is kept secret with it


def test_a_window_that_shrinks_at_an_awkward_moment_is_drawn_anew(chance: random.Random) -> None:
    with running() as program:
        program.until(lambda screen: "iteration" in screen.lines[0])
        for situation in SITUATIONS[:3]:
            shrink(program, situation, chance)


def test_keys_pastes_and_sizes_at_random_end_neither_the_lesson_nor_its_replay(
    chance: random.Random, tmp_path: Path
) -> None:
    recorded = teach(chance, _KEYS, tmp_path)
    assert recorded
    press_at_random(chance, _KEYS, ("replay", str(recorded)), tmp_path)


def test_a_window_that_changes_while_its_size_is_read_is_drawn_in_its_last_size() -> None:
    small, large = (60, 20), (121, 41)
    with running((sys.executable, "-c", _GROWS_WHILE_ITS_SIZE_IS_READ), size=large) as program:
        program.until(lambda screen: screen.lines[large[1] - 1] != "")
        program.resize(*small)
        program.screen.resize(*large)
        program.screen.clear()
        program.until(lambda screen: "iteration" in screen.lines[0] and "help" in screen.lines[large[1] - 1])
