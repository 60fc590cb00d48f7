"""A teacher and a class that follows, each in a terminal of its own, on this machine.

Run it from the root of the checkout, with the package installed::

    python -m tests.bench.follow [--followers N] [--steps N] [--idle SECONDS]

The teacher takes a step a second. Measured are the delay from the teacher's key to the screen of each follower (the
first byte of the frame and the last), the memory of each process, and the CPU time of all of them, while the lesson
goes on and while nothing happens. An idle follower must write nothing: exits with 1 where one does.
"""

import argparse
import os
import re
import select
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from tests.terminal.program import answered, environment_of, set_size

_COMMAND = (sys.executable, "-m", "tui_nn")
_SIZE = (120, 40)
_TICKS = os.sysconf("SC_CLK_TCK")
_QUIET_SECONDS = 0.15
_START_TOGETHER = 4


@dataclass
class Seat:
    """A process in a terminal, and when it wrote."""

    process: "subprocess.Popen[bytes]"
    terminal: int
    written: int = 0
    first: float = 0.0
    last: float = 0.0

    def press(self, key: str) -> None:
        os.write(self.terminal, key.encode())

    def memory(self) -> tuple[float, float]:
        """Resident and proportional memory, in MiB."""
        text = Path(f"/proc/{self.process.pid}/smaps_rollup").read_text(encoding="ascii")
        found = dict(re.findall(r"^(Rss|Pss): +(\d+) kB", text, re.MULTILINE))
        return int(found["Rss"]) / 1024, int(found["Pss"]) / 1024

    def cpu(self) -> float:
        """Seconds of CPU time so far."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS


class Room:
    """All seats, read in one loop."""

    def __init__(self) -> None:
        self.seats: dict[int, Seat] = {}
        self._poll = select.epoll()

    def seat(self, *arguments: str, state: Path) -> Seat:
        user_end, terminal = os.openpty()
        set_size(user_end, _SIZE)
        process = subprocess.Popen(
            [*_COMMAND, *arguments],
            stdin=terminal,
            stdout=terminal,
            stderr=terminal,
            env=environment_of(XDG_STATE_HOME=str(state)),
            start_new_session=True,
        )
        os.close(terminal)
        seat = self.seats[user_end] = Seat(process, user_end)
        self._poll.register(user_end, select.EPOLLIN)
        return seat

    def read(self, seconds: float) -> None:
        """Takes what is written within so many seconds."""
        end = time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0:
            for descriptor, _ in self._poll.poll(left):
                data = os.read(descriptor, 1 << 16)
                now = time.perf_counter()
                if answer := answered(data):
                    os.write(descriptor, answer)
                seat = self.seats[descriptor]
                seat.written += len(data)
                seat.first = seat.first or now
                seat.last = now

    def forget_frames(self) -> None:
        for seat in self.seats.values():
            seat.first = seat.last = 0.0

    def until_still(self, seats: list[Seat]) -> None:
        """Reads until each of ``seats`` has written, and then nothing for a moment."""
        while not all(seat.first and time.perf_counter() - seat.last > _QUIET_SECONDS for seat in seats):
            self.read(_QUIET_SECONDS / 3)

    def close(self) -> None:
        for seat in self.seats.values():
            seat.process.send_signal(signal.SIGKILL)
            seat.process.wait()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--followers", type=int, default=100)
    parser.add_argument("--steps", type=int, default=30)
    parser.add_argument("--idle", type=float, default=30.0)
    request = parser.parse_args()
    room = Room()
    try:
        with tempfile.TemporaryDirectory() as directory:
            return _measure(room, Path(directory), request.followers, request.steps, request.idle)
    finally:
        room.close()


def _measure(room: Room, directory: Path, count: int, steps: int, idle: float) -> int:
    teacher = room.seat("lecture", state=directory)
    room.until_still([teacher])
    teacher.press("n")
    recorded = directory / "tui-nn" / "lessons"
    while not list(recorded.glob("*.toml")):
        room.read(0.1)
    (path,) = recorded.glob("*.toml")

    followers: list[Seat] = []
    began = time.perf_counter()
    while len(followers) < count:
        group = [
            room.seat("follow", str(path), state=directory) for _ in range(min(_START_TOGETHER, count - len(followers)))
        ]
        room.until_still(group)
        followers += group
    print(f"{count} followers sat down in {time.perf_counter() - began:.0f} s")
    room.read(2.0)

    everyone = [teacher, *followers]
    cpu = [seat.cpu() for seat in everyone]
    firsts: list[float] = []
    lasts: list[float] = []
    own: list[float] = []
    written = [seat.written for seat in followers]
    began = time.perf_counter()
    for step in range(steps):
        room.forget_frames()
        pressed = time.perf_counter()
        teacher.press("n")
        room.read(max(0.0, began + step + 1 - time.perf_counter()))
        own.append(teacher.last - pressed)
        late = [seat for seat in followers if not seat.first]
        if late:
            print(f"step {step + 1}: {len(late)} followers have shown nothing within the second")
        firsts += [seat.first - pressed for seat in followers if seat.first]
        lasts += [seat.last - pressed for seat in followers if seat.first]
    lasted = time.perf_counter() - began
    used = [after - before for before, after in zip(cpu, (seat.cpu() for seat in everyone), strict=True)]
    bytes_a_step = statistics.median(
        (seat.written - before) / steps for seat, before in zip(followers, written, strict=True)
    )

    room.read(2.0)
    cpu, silent = [seat.cpu() for seat in everyone], [seat.written for seat in followers]
    room.read(idle)
    idly = [after - before for before, after in zip(cpu, (seat.cpu() for seat in everyone), strict=True)]
    said = sum(seat.written - before for seat, before in zip(followers, silent, strict=True))
    memory = [seat.memory() for seat in everyone]

    print(f"\n{steps} steps, one a second; milliseconds from the teacher's key")
    _row("teacher's own screen, last byte", own)
    _row("followers' screens, first byte", firsts)
    _row("followers' screens, last byte", lasts)
    print(f"bytes a step and follower: {bytes_a_step:.0f}")
    print("\nCPU, percent of one core")
    print(
        f"  steps: teacher {100 * used[0] / lasted:.2f}, a follower {100 * statistics.median(used[1:]) / lasted:.2f},"
        f" all {100 * sum(used) / lasted:.0f}"
    )
    print(
        f"  idle:  teacher {100 * idly[0] / idle:.2f}, a follower {100 * statistics.mean(idly[1:]) / idle:.2f},"
        f" all {100 * sum(idly) / idle:.0f}"
    )
    print("\nmemory, MiB: resident (proportional)")
    print(f"  teacher {memory[0][0]:.0f} ({memory[0][1]:.0f})")
    followers_memory = memory[1:]
    print(
        f"  a follower: median {statistics.median(m[0] for m in followers_memory):.0f}"
        f" ({statistics.median(m[1] for m in followers_memory):.0f}), most"
        f" {max(m[0] for m in followers_memory):.0f} ({max(m[1] for m in followers_memory):.0f})"
    )
    print(f"\nbytes written by idle followers in {idle:.0f} s: {said}")
    return 1 if said else 0


def _row(name: str, seconds: list[float]) -> None:
    thousandths = sorted(1000 * second for second in seconds)
    place = int(0.95 * (len(thousandths) - 1))
    print(
        f"  {name:34} median {statistics.median(thousandths):4.0f}, 95 % {thousandths[place]:4.0f},"
        f" worst {thousandths[-1]:4.0f}"
    )


if __name__ == "__main__":
    sys.exit(main())
