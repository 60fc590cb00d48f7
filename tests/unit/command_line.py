"""One command of tui-nn, in this process or in one of its own."""

import os
import subprocess
import sys
from typing import NamedTuple

import pytest

from tui_nn.cli import main
from tui_nn.cli.slow_notice import SENTENCE as SLOW_NOTICE


class Answer(NamedTuple):
    code: int
    out: str
    err: str


def command(capsys: pytest.CaptureFixture[str], *arguments: str) -> Answer:
    """One command in this process."""
    capsys.readouterr()
    code = main(arguments)
    return Answer(code, *capsys.readouterr())


def process(*arguments: str, **environment: str) -> Answer:
    """One command in a process of its own, without a terminal."""
    done = subprocess.run(
        [sys.executable, "-m", "tui_nn", *arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8", **environment},
        check=False,
    )
    return Answer(done.returncode, done.stdout, without_slow_notice(done.stderr))


def without_slow_notice(errors: str) -> str:
    """What a process wrote to standard error but for the sentence that a busy machine makes it say."""
    return errors.replace(SLOW_NOTICE, "")
