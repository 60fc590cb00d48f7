"""However a lesson breaks off, the next start offers it at the very step; one that was ended is not offered."""

import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.terminal.program import DASHBOARD, Program, focused, is_opened, running
from tui_nn.session.events import CellSet, CostReached, Moved, PaneChosen, RowAdded, Selected, Undone
from tui_nn.session.storage import library
from tui_nn.session.storage.session_file import read


def _end_with(number: int) -> Callable[[Program], None]:
    def end(program: Program) -> None:
        program.process.send_signal(number)
        assert program.ended() == -number

    return end


def _close_the_window(program: Program) -> None:
    program.hang_up()


_ENDINGS = {
    "hangup": _end_with(signal.SIGHUP),
    "terminate": _end_with(signal.SIGTERM),
    "kill": _end_with(signal.SIGKILL),
    "window": _close_the_window,
}


def _at_work(program: Program) -> None:
    """An edit, a place, and the keys in the data."""
    program.until(is_opened)
    # At iteration 1: later on, a notice would say for some seconds that the run began again.
    program.focus("Data")
    program.press("7", "enter")
    program.shows("(changed)", "it was")
    program.press("escape")
    program.until(lambda screen: not focused(screen))
    if "it was" in program.screen.text:
        # Once no pane has the keys, Esc takes the notice away of what the edit did to J.
        program.press("escape")
        program.until(lambda screen: "it was" not in screen.text)
    program.press("g")
    program.shows("Go to iteration")
    program.press("37 delta3", "enter")
    program.shows("iteration 37 of 10 000")
    program.focus("Data")
    program.shows("Enter edit")
    # Trained to its end: the timeline is heavy throughout. The chart follows it, to its right edge.
    # If that took long, a notice says for some seconds what the edit did to the last J.
    program.until(
        lambda screen: (
            "J = 0.008699" in screen.lines[0]
            and "─" not in screen.lines[-2]
            and "⠤⠤│" in screen.text
            and "it was" not in screen.text
        )
    )


@pytest.mark.parametrize("end", _ENDINGS.values(), ids=_ENDINGS)
def test_however_a_program_ends_its_lesson_is_kept_to_the_last_key(
    end: Callable[[Program], None], recordings: Path
) -> None:
    with running() as program:
        program.until(is_opened)
        program.press("right")
        program.stands_at("A⁽²⁾")
        end(program)
    # Which is what the next start offers; that it does is seen below.
    (recorded,) = library.unfinished_recordings()
    assert [one.event for one in read(recorded.path).entries if not isinstance(one.event, CostReached)] == [
        Moved(1, "A2")
    ]
    assert list(recordings.glob("*.toml")) == [recorded.path]


def test_a_lesson_that_breaks_off_is_offered_and_goes_on_at_the_very_step(recordings: Path) -> None:
    with running() as program:
        _at_work(program)
        before = [line for line in program.screen.lines if "(changed)" not in line]
        # What is recorded can be read by its owner alone.
        (recorded,) = recordings.glob("*.toml")
        assert recorded.stat().st_mode & 0o777 == 0o600
        assert recordings.stat().st_mode & 0o777 == 0o700
        program.process.kill()
    assert read(recorded).state.document.dataset.x[0, 0] == 7
    with running() as program:
        program.shows("This lesson broke off", "iteration 37,", "go on with it")
        program.press("c")
        program.until(lambda screen: [line for line in screen.lines if "(changed)" not in line] == before)
        program.press("u")
        program.until(lambda screen: "(changed)" not in screen.lines[0])
        program.press("q")
        assert program.ended() == 0
    # Which is what the next start looks at; that it offers nothing is seen below.
    assert read(recorded).is_ended
    assert library.unfinished_recordings() == []
    assert list(recordings.glob("*.toml")) == [recorded]


def test_a_lesson_that_is_left_is_not_offered_and_one_that_nobody_touched_is_not_kept(recordings: Path) -> None:
    for keys in ((), ("right",)):
        with running() as program:
            program.until(is_opened)
            program.press(*keys)
            program.stands_at("A⁽²⁾" if keys else "Z⁽²⁾")
            program.press("q")
            assert program.ended() == 0
        assert len(list(recordings.glob("*.toml"))) == bool(keys)
    with running() as program:
        program.until(is_opened)
        assert "broke off" not in program.screen.text


def test_a_lesson_not_wanted_any_more_is_not_offered_again(recordings: Path) -> None:
    with running() as program:
        _at_work(program)
        program.process.kill()
    with running() as program:
        program.shows("This lesson broke off")
        program.press("d")
        program.until(lambda screen: "broke off" not in screen.text)
    (recorded,) = recordings.glob("*.toml")
    assert read(recorded).is_ended
    assert library.unfinished_recordings() == []


def test_a_lesson_kept_in_a_file_is_offered_too(tmp_path: Path, recordings: Path) -> None:
    path = tmp_path / "kept.toml"
    path.write_text('title = "Kept"\n', encoding="utf-8")
    with running((*DASHBOARD, str(path))) as program:
        _at_work(program)
        program.press("s")
        program.shows("Save the lesson to this file")
        program.press("enter")
        program.until(lambda screen: "(changed)" not in screen.text and "Save the lesson" not in screen.text)
        program.press("escape")
        program.until(lambda screen: not focused(screen))
        program.press("down")
        program.shows("iteration 38 of 10 000")
        os.kill(program.process.pid, signal.SIGKILL)
    assert read(path).state.iteration == 38
    with running() as program:
        program.shows("This lesson broke off", "Kept, iteration 38")
        program.press("c")
        program.shows("iteration 38 of 10 000")
        program.press("down")
        program.shows("iteration 39 of 10 000")
        program.press("q")
        assert program.ended() == 0
    assert read(path).state.iteration == 39
    assert library.unfinished_recordings() == []
    assert not any(one.is_symlink() for one in recordings.iterdir())


def test_leaving_waits_for_the_keys_that_came_with_it(recordings: Path) -> None:
    with running() as program:
        program.until(is_opened)
        program.press("n.\t\t\t\ta75\ru8\rq")
        program.shows("save them")
        program.process.kill()
    (recording,) = recordings.glob("*.toml")
    happened = [entry.event for entry in read(recording).entries if not isinstance(entry.event, CostReached)]
    row = RowAdded(2, (3.0, 5.0), (75.0,))
    assert happened == [
        Moved(1, "A2"),
        Moved(2, "A2"),
        *map(PaneChosen, ("network", "forward", "backward", "data")),
        row,
        Selected("x", 2, 1),
        CellSet("x", 2, 1, 75.0),
        Selected("x", 3, 1),
        Undone(),
        CellSet("x", 3, 1, 8.0),
        Selected("x", 4, 1),
    ]
