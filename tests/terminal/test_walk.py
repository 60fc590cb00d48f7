"""``walk`` in a real terminal that can do nothing: keys count at once, and the terminal is given back."""

import sys

from tests.terminal.program import running


def test_keys_count_without_enter_and_the_terminal_is_given_back() -> None:
    with running((sys.executable, "-m", "tui_nn", "walk", "lecture"), (80, 24), TERM="dumb") as program:
        before = program.attributes
        program.shows("Z2[1,1] = 0.30000")
        program.press("n")
        program.shows("Step 2 of 10: A2.")
        program.press("g")
        program.shows("Go to iteration")
        program.press("37\n")
        program.shows("Iteration 37.", "Step 1 of 10: Z2.")
        program.press("q")
        assert program.ended() == 0
        assert program.attributes == before
