"""Whether a terminal's background is kept where cells are erased, as terminfo knows it."""

import subprocess
import sys

import pytest


@pytest.mark.parametrize(
    ("terminal", "erases"),
    [("xterm-256color", "True"), ("screen", "False"), ("vt100", "False"), ("unheard-of", "False")],
)
def test_only_a_terminal_that_is_known_to_keep_its_ground_is_told_to_erase(terminal: str, erases: str) -> None:
    asks = "from tui_nn.system import terminal; print(terminal.erases_with_ground())"
    environment = {"TERM": terminal, "PYTHONPATH": ":".join(sys.path)}
    said = subprocess.run([sys.executable, "-c", asks], env=environment, capture_output=True, text=True, check=True)
    assert said.stdout.strip() == erases
