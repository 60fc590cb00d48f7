"""A disk that takes no more: the screen says so and the lesson goes on; when there is room, nothing is missing."""

import resource
from pathlib import Path

from tests.terminal.program import DASHBOARD, Program, is_opened, running
from tui_nn.session.events import Moved
from tui_nn.session.storage.session_file import read

_BANNER = "Not recorded at the moment: "
_BYTES = 4096
_IN_LITTLE_ROOM = ("sh", "-c", f'ulimit -S -f {_BYTES // 512}; exec "$@"', "sh")


def _until_full(program: Program) -> int:
    """Steps on until the screen says that nothing is recorded any more; the number of steps."""
    steps = 0
    while _BANNER not in program.screen.lines[2]:
        before = program.screen.text
        program.press("pagedown")
        program.until(lambda screen, before=before: screen.text != before)  # type: ignore[misc]
        steps += 1
    return steps


def test_what_does_not_fit_is_recorded_when_there_is_room(recordings: Path) -> None:
    with running((*_IN_LITTLE_ROOM, *DASHBOARD)) as program:
        program.until(is_opened)
        steps = _until_full(program)
        (recording,) = recordings.glob("*.toml")
        assert recording.stat().st_size <= _BYTES
        shown = len([one for one in read(recording).entries if isinstance(one.event, Moved)])
        assert shown < steps
        program.press("down", "down")
        program.shows(f"iteration {1 + steps // 10 + 2} of 10 000", _BANNER)
        _, most = resource.prlimit(program.process.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(program.process.pid, resource.RLIMIT_FSIZE, (most, most))
        # It tries again by itself.
        program.until(lambda screen: _BANNER not in screen.text)
        program.process.kill()
        program.process.wait()
        lesson = read(recording)
        assert lesson.cut_off_bytes == 0
        assert len([one for one in lesson.entries if isinstance(one.event, Moved)]) == steps + 2
        assert lesson.state.iteration == 1 + steps // 10 + 2
