"""Which other programs a test runs, and what becomes of it where they are not installed."""

import os
import shutil

import pytest


def needs(*commands: str, called: str) -> pytest.MarkDecorator:
    """Skips a test where one of ``commands`` is not installed; ``called`` is the program's name.

    The README's commands ask for nothing but Python and git. The checks in CI install all programs: there no test is
    skipped, and one whose program is not found fails.
    """
    return pytest.mark.skipif(not is_to_run(*commands), reason=f"{called} is not installed here")


def is_to_run(*commands: str) -> bool:
    """Whether a test runs that needs ``commands``: they are installed, or it is CI."""
    return "CI" in os.environ or all(map(shutil.which, commands))
