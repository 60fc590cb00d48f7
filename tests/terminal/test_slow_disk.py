"""A slow disk: the dashboard takes keys meanwhile, and shows a step when it is on the disk, or with a warning."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from tests.terminal.program import Program, is_opened, running
from tui_nn.session.events import Event, Moved
from tui_nn.session.storage.session_file import read

_BANNER = "Not recorded at the moment: "
_WORKS, _FAILS = b"w", b"f"
# A sync waits for the first answer that comes through the pipe. An answer holds until there is another one.
# Each write to the terminal is a line of another file.
_PROGRAM = f"""
import errno, os, select, stat, sys

pipe, answer = os.open(sys.argv.pop(1), os.O_RDONLY), b""
written, write = open(sys.argv.pop(1), "w", buffering=1), os.write

def sync(descriptor):
    global answer
    if stat.S_ISREG(os.fstat(descriptor).st_mode):
        if select.select([pipe], [], [], 0 if answer else None)[0]:
            answer = os.read(pipe, 1)
        if answer == {_FAILS!r}:
            raise OSError(errno.EIO, os.strerror(errno.EIO))

def write_noted(descriptor, content):
    if descriptor == 1:
        print(content, file=written)
    return write(descriptor, content)

os.fsync, os.write = sync, write_noted
from tui_nn.cli import main
main()
"""


class _OnSlowDisk(NamedTuple):
    program: Program
    disk: int
    """Where to write how the disk answers."""
    written: Path

    @property
    def writes(self) -> list[str]:
        """What was written to the terminal so far, write by write."""
        return self.written.read_text(encoding="utf-8").splitlines()


@contextmanager
def _on_slow_disk(folder: Path) -> Iterator[_OnSlowDisk]:
    """A lesson that is opened and at rest."""
    pipe, written = folder / "answers", folder / "written"
    os.mkfifo(pipe)
    disk = os.open(pipe, os.O_RDWR)
    try:
        with running((sys.executable, "-c", _PROGRAM, str(pipe), str(written))) as program:
            program.until(is_opened)
            program.until_it_rests()
            yield _OnSlowDisk(program, disk, written)
    finally:
        os.close(disk)


def _moves(recordings: Path) -> list[Event]:
    """The moves in the recording, as other programs of this machine read it."""
    return [
        entry.event for path in recordings.glob("*.toml") for entry in read(path).entries if type(entry.event) is Moved
    ]


def test_keys_are_taken_while_the_disk_is_busy_and_nothing_is_drawn_before_it_is_done(
    tmp_path: Path, recordings: Path
) -> None:
    with _on_slow_disk(tmp_path) as (program, disk, _):
        for taken in range(1, 4):
            program.press("right")
            while len(_moves(recordings)) < taken:
                assert program.is_silent()
        assert program.is_silent()
        os.write(disk, _WORKS)
        program.stands_at("Ŷ")
        assert _BANNER not in program.screen.text


def test_what_a_disk_refuses_is_drawn_with_the_banner_and_is_recorded_whole_once_it_can_be(
    tmp_path: Path, recordings: Path
) -> None:
    with _on_slow_disk(tmp_path) as slow:
        program, disk, _ = slow
        before = len(slow.writes)
        program.press("right")
        while not _moves(recordings):
            assert program.is_silent()
        os.write(disk, _FAILS)
        program.shows(_BANNER)
        program.stands_at("A⁽²⁾")
        assert _BANNER in slow.writes[before]
        program.press("right")
        program.stands_at("Z⁽³⁾")
        os.write(disk, _WORKS)
        # It tries again by itself.
        program.until(lambda screen: _BANNER not in screen.text)
        program.process.kill()
        (recording,) = recordings.glob("*.toml")
        assert read(recording).cut_off_bytes == 0
        assert _moves(recordings) == [Moved(1, "A2"), Moved(1, "Z3")]
