"""A program whose terminal is gone ends, in whatever state it is, even where hangups are ignored as under nohup."""

import signal
import sys
from pathlib import Path

import pytest

from tests.terminal.program import DASHBOARD, IGNORES_HANGUPS, PATIENCE_SECONDS, running
from tests.unit.helpers import entries
from tui_nn.session.events import Moved
from tui_nn.session.storage.event_log import log_text
from tui_nn.session.storage.session_file import read

_REDRAW = "\x0c"
_COMPUTES_FOR_EVER = """
from tui_nn import cli
from tui_nn.cli import printing_commands

def train(_):
    print("It computes", flush=True)
    while True:
        pass

printing_commands.COMMANDS["train"] = train
cli.main(["train", "lecture"])
"""
_MORE_THAN_IS_QUEUED = 200


@pytest.fixture
def lesson(tmp_path: Path) -> Path:
    """A lesson in which something happened."""
    path = tmp_path / "lesson.toml"
    path.write_text('title = "Mine"\n' + log_text(entries(Moved(2, "J"), seconds=1)), encoding="utf-8")
    return path


@pytest.mark.parametrize("command", ["", "replay", "follow"])
def test_a_screen_ends_whose_output_nobody_took(command: str, lesson: Path) -> None:
    with running((*IGNORES_HANGUPS, *DASHBOARD, *command.split(), str(lesson))) as program:
        program.until(lambda screen: "iteration" in screen.lines[0])
        # Each writes all of the screen: the terminal takes a few, and so does the queue of what is to be written.
        program.press(_REDRAW * _MORE_THAN_IS_QUEUED)
        program.until_it_writes()
        program.hang_up()
    recorded = read(lesson)
    assert not recorded.cut_off_bytes
    # It is offered when the program starts again.
    assert not recorded.is_ended


def test_one_that_was_stopped_ends_when_it_is_continued() -> None:
    with running((*IGNORES_HANGUPS, *DASHBOARD)) as program:
        program.until(lambda screen: "iteration" in screen.lines[0])
        program.process.send_signal(signal.SIGSTOP)
        program.close_window()
        program.process.send_signal(signal.SIGCONT)
        program.process.wait(PATIENCE_SECONDS)


def test_a_student_ends_who_waits_for_the_teacher(tmp_path: Path) -> None:
    with running((*IGNORES_HANGUPS, *DASHBOARD, "follow", str(tmp_path / "later.toml"))) as program:
        program.shows("There is no lesson")
        program.hang_up()


def test_a_command_ends_that_computes_what_nobody_would_see() -> None:
    with running((*IGNORES_HANGUPS, sys.executable, "-c", _COMPUTES_FOR_EVER)) as program:
        program.shows("It computes")
        program.hang_up()
