"""A teacher and a class that follows, each in a terminal of its own, on this machine.

Run it from the root of the checkout, with the package installed::

    python -m tests.bench.follow [--followers N] [--alone] [--ssh [--slow N]] [--tails N] [--steps N] [--idle SECONDS]

The teacher shares the lesson, so that painters draw it for all, and takes a step a second. With ``--alone``, each
follower is a whole program. With ``--ssh``, each comes through a real sshd, with ``ssh -C``; the first ``--slow`` of
them have a line of 10 kB a second, and are counted apart. With ``--tails``, so many `tail -f` copy what the first
follower shows, from a file. The followers have three sizes and two themes. The bench measures the delay from the
teacher's key to the screen of each follower (the first byte of the frame and the last), the memory of each process, and
the CPU time of all of them, while the lesson goes on and while nothing happens. With ``--ssh``, the processes are the
ssh clients. An idle follower must write nothing: exits with 1 where one does.
"""

import argparse
import contextlib
import os
import re
import select
import shlex
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.terminal.program import answered, environment_of, set_size
from tests.terminal.sshd import Server, sshd

COMMAND = (sys.executable, "-m", "tui_nn")
_SIZE = (120, 40)
SEATS = tuple((size, theme) for theme in ("textual-dark", "textual-light") for size in ((120, 40), (80, 24), (160, 50)))
"""The sizes and themes of the followers, in turn."""
_SLOW_LINE = "{python} -m tests.bench.slow_line {port} 10000"
_QUIET_SECONDS = 0.15
_START_TOGETHER = 4
_CLEAR_FIELD = "\x01\x0b"


class Measured:
    """A process whose memory and processor time count."""

    pid: int

    def memory(self) -> tuple[float, float]:
        """Resident and proportional memory, in MiB."""
        text = Path(f"/proc/{self.pid}/smaps_rollup").read_text(encoding="ascii")
        found = dict(re.findall(r"^(Rss|Pss): +(\d+) kB", text, re.MULTILINE))
        return int(found["Rss"]) / 1024, int(found["Pss"]) / 1024

    def cpu(self) -> float:
        """Seconds of CPU time so far."""
        threads = Path(f"/proc/{self.pid}/task").iterdir()
        return sum(int((thread / "schedstat").read_text(encoding="ascii").split()[0]) for thread in threads) / 1e9


class Other(Measured):
    """A process without a terminal."""

    def __init__(self, pid: int) -> None:
        self.pid = pid


class Seat(Measured):
    """A process in a terminal, and when it wrote."""

    def __init__(self, process: "subprocess.Popen[bytes]", terminal: int) -> None:
        self.process, self.pid, self.terminal = process, process.pid, terminal
        self.written = 0
        self.first = self.last = 0.0
        self.content = bytearray()

    def press(self, key: str) -> None:
        os.write(self.terminal, key.encode())


class Room:
    """All seats, read in one loop."""

    def __init__(self, *, keeps_content: bool = False) -> None:
        self._keeps_content = keeps_content
        self.seats: dict[int, Seat] = {}
        self._poll = select.epoll()

    def seat(self, *command: str, state: Path, size: tuple[int, int] = _SIZE, **environment: str) -> Seat:
        user_end, terminal = os.openpty()
        set_size(user_end, size)
        process = subprocess.Popen(
            command,
            stdin=terminal,
            stdout=terminal,
            stderr=terminal,
            env=environment_of(XDG_STATE_HOME=str(state), **environment),
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
                if self._keeps_content:
                    seat.content += data
                seat.first = seat.first or now
                seat.last = now

    def forget_frames(self) -> None:
        for seat in self.seats.values():
            seat.first = seat.last = 0.0

    def press_and_read(self, seat: Seat, key: str, until: float) -> float:
        """Presses a key, and reads until ``until``, as `time.perf_counter` has it; when it was pressed."""
        self.forget_frames()
        pressed = time.perf_counter()
        seat.press(key)
        self.read(max(0.0, until - time.perf_counter()))
        return pressed

    def until_still(self, seats: list[Seat]) -> None:
        """Reads until each of ``seats`` has written, and then nothing for a moment."""
        while not all(seat.first and time.perf_counter() - seat.last > _QUIET_SECONDS for seat in seats):
            self.read(_QUIET_SECONDS / 3)

    def leave(self, seat: Seat) -> None:
        """Lets somebody go."""
        self._poll.unregister(seat.terminal)
        del self.seats[seat.terminal]
        os.close(seat.terminal)
        seat.process.wait()

    def close(self) -> None:
        for seat in self.seats.values():
            seat.process.send_signal(signal.SIGKILL)
            seat.process.wait()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--followers", type=int, default=100)
    parser.add_argument("--alone", action="store_true", help="each follower is a whole program")
    parser.add_argument("--ssh", action="store_true", help="the followers come through a real sshd")
    parser.add_argument("--slow", type=int, default=0, help="so many of them have a line of 10 kB a second")
    parser.add_argument("--tails", type=int, default=0, help="so many copy with tail -f what one follower shows")
    parser.add_argument("--steps", type=int, default=30)
    parser.add_argument("--idle", type=float, default=30.0)
    request = parser.parse_args()
    room = Room(keeps_content=request.tails > 0)
    with contextlib.ExitStack() as stack:
        directory = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        os.environ["XDG_STATE_HOME"] = str(directory)
        # As many log in at once.
        server = stack.enter_context(sshd(directory / "sshd", "MaxStartups 1000")) if request.ssh else None
        stack.callback(room.close)
        return _measure(room, directory, request, server)


def shared(room: Room, teacher: Seat, directory: Path) -> Path:
    """The file that the teacher shares."""
    path = directory / "shared" / "lesson.toml"
    path.parent.mkdir(mode=0o755)
    teacher.press("w")
    room.read(1.0)
    teacher.press(f"{_CLEAR_FIELD}{path}\r")
    while not path.exists():
        room.read(0.1)
    room.read(0.5)
    teacher.press("\x1b")
    # An Esc with a key soon after it is another key.
    room.read(1.0)
    return path


def painters_of(path: Path) -> list[int]:
    """The processes that draw the lesson in ``path``."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            words = (process / "cmdline").read_bytes().split(b"\0")
            if any(b"tui_nn.painting" in word for word in words) and os.fsencode(path) in words:
                found.append(int(process.name))
    return found


def _measure(room: Room, directory: Path, request: argparse.Namespace, server: Server | None) -> int:
    count, steps, idle = request.followers, request.steps, request.idle
    teacher = room.seat(*COMMAND, "lecture", state=directory)
    room.until_still([teacher])
    teacher.press("n")
    room.read(1.0)
    path = shared(room, teacher, directory)
    # A program that is told its colours is never a small one.
    own = {"TEXTUAL_COLOR_SYSTEM": "truecolor"} if request.alone else {}

    followers: list[Seat] = []
    began = time.perf_counter()
    while len(followers) < count:
        group: list[Seat] = []
        for _ in range(min(_START_TOGETHER if request.alone else 5 * _START_TOGETHER, count - len(followers))):
            number = len(followers) + len(group)
            size, theme = SEATS[number % len(SEATS)]
            words: tuple[str, ...] = (*COMMAND, "follow", str(path), "--theme", theme)
            if server:
                line = _SLOW_LINE.format(python=sys.executable, port=server.port) if number < request.slow else "none"
                words = server.command(shlex.join(words), options=("-t", "-C", "-o", f"ProxyCommand={line}"))
            group.append(room.seat(*words, state=directory, size=size, **own))
        room.until_still(group)
        followers += group
    painters = [] if request.alone else painters_of(path)
    # What one follower has written, for those who copy it from a file.
    copied = directory / "copied"
    copied.touch()
    tails = [room.seat("tail", "-f", str(copied), state=directory) for _ in range(request.tails)]
    print(f"{count} followers sat down in {time.perf_counter() - began:.0f} s")
    room.read(2.0)

    everyone: list[Measured] = [teacher, *followers, *map(Other, painters), *tails]
    followers[0].content.clear()
    cpu = [seat.cpu() for seat in everyone]
    firsts: list[float] = []
    lasts: list[float] = []
    slow: list[float] = []
    teachers: list[float] = []
    written = [seat.written for seat in followers]
    began = time.perf_counter()
    for step in range(steps):
        pressed = room.press_and_read(teacher, "n", began + step + 1)
        with copied.open("ab") as file:
            file.write(followers[0].content)
        followers[0].content.clear()
        teachers.append(teacher.last - pressed)
        late = [seat for seat in followers if not seat.first]
        if late:
            print(f"step {step + 1}: {len(late)} followers have shown nothing within the second")
        firsts += [seat.first - pressed for seat in followers[request.slow :] if seat.first]
        lasts += [seat.last - pressed for seat in followers[request.slow :] if seat.first]
        slow += [seat.last - pressed for seat in followers[: request.slow] if seat.first]
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
    print_row("teacher's own screen, last byte", teachers)
    print_row("followers' screens, first byte", firsts)
    print_row("followers' screens, last byte", lasts)
    if slow:
        print_row("those on slow lines, last byte", slow)
    print(f"bytes a step and follower: {bytes_a_step:.0f}")
    last = 1 + count + len(painters)
    kinds = {"teacher": slice(0, 1), "a follower": slice(1, 1 + count)}
    kinds |= {"a painter": slice(1 + count, last)} if painters else {}
    kinds |= {"a tail -f": slice(last, None)} if tails else {}
    print("\nCPU in percent of one core, during the steps and while idle; memory in MiB, resident and proportional")
    for name, which in kinds.items():
        rss, pss = zip(*memory[which], strict=True)
        busy, idling = statistics.mean(used[which]) / lasted, statistics.mean(idly[which]) / idle
        print(
            f"  {name:10} {100 * busy:8.3f} {100 * idling:8.4f}   median {statistics.median(rss):5.1f}"
            f" {statistics.median(pss):5.1f}   most {max(rss):5.1f} {max(pss):5.1f}"
        )
    together = sum(proportional for _, proportional in memory)
    print(f"  {'all':10} {100 * sum(used) / lasted:8.3f} {100 * sum(idly) / idle:8.4f}   {together:8.0f} in all")

    print(f"\nbytes written by idle followers in {idle:.0f} s: {said}")
    return 1 if said else 0


def print_row(name: str, seconds: list[float]) -> None:
    thousandths = sorted(1000 * second for second in seconds)
    place = int(0.95 * (len(thousandths) - 1))
    print(
        f"  {name:34} median {statistics.median(thousandths):4.0f}, 95 % {thousandths[place]:4.0f},"
        f" worst {thousandths[-1]:4.0f}"
    )


if __name__ == "__main__":
    sys.exit(main())
