"""What holds for all tests."""

import os
import sys

import pytest

# Hundreds of tests start the program in processes of their own. Where Python may not keep what it has compiled, each of
# these compiles all of the program, and each worker all of the tests.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# Tests read English sentences, whatever the language of whoever runs them.
os.environ["TUI_NN_LANGUAGE"] = "en"


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skips what Windows does not have."""
    if sys.platform == "win32" and item.get_closest_marker("posix"):
        pytest.skip("Windows has no such thing")
