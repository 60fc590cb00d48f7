"""What must hold on Windows, in a process that believes to run there: see `like_windows.py` for what it can't do."""

import json
import subprocess
import sys
from collections.abc import Mapping

import pytest

from tests.unit.on_simulated_windows import CHECKS

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="simulated by means of Linux's locks and /proc")


@pytest.fixture(scope="module")
def failures(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """What went wrong with each check, by its name; "" where nothing did."""
    folder = tmp_path_factory.mktemp("windows")
    program = [sys.executable, "-W", "error", "-m", "tests.unit.on_simulated_windows", str(folder)]
    done = subprocess.run(program, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, str] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("name", CHECKS)
def test_on_windows(name: str, failures: Mapping[str, str]) -> None:
    assert failures[name] == ""
