"""Which other programs and which modules a system has, and what becomes of a test where they are missing."""

import os
import shutil
import sys

import pytest

_OF_LINUX = (
    *("tui_nn.following.copier", "tui_nn.following.taking_over"),
    *("tui_nn.painting.painter", "tui_nn.painting.other_painter", "tui_nn.painting.__main__"),
)


def is_for_this_system(module: str) -> bool:
    """Whether a module of tui_nn, given by its full name, can be imported here, or is for another system."""
    if sys.platform != "linux" and module in _OF_LINUX:
        return False
    other = "posix" if sys.platform == "win32" else "windows"
    return not any(part.startswith(other) for part in module.split("."))


def needs(*commands: str, called: str) -> pytest.MarkDecorator:
    """Skips a test where one of ``commands`` is not installed; ``called`` is the program's name.

    The README's commands ask for nothing but Python and git. The checks in CI install all programs: there no test is
    skipped, and one whose program is not found fails.
    """
    return pytest.mark.skipif(not is_to_run(*commands), reason=f"{called} is not installed here")


def is_to_run(*commands: str) -> bool:
    """Whether a test runs that needs ``commands``: they are installed, or it is CI."""
    return "CI" in os.environ or all(map(shutil.which, commands))
