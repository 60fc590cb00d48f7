"""What the screen costs: the time to the first one, and the bytes and the time of a step.

Run it from the root of the checkout, with the package installed::

    python -m tests.bench.screen [--starts N] [--steps N]

The first screen is measured in turns with that of a bare Textual app, which shows one word: the ratio is what counts on
a machine of any speed. A step is a key; its time is that from the key to the last byte that it sets off. Exits with 1
where the first screen takes more than 2.1 times as long, or a step sends more than 2 kB (median).
"""

import argparse
import compileall
import os
import select
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import tui_nn
from tests.terminal.program import answered, environment_of, set_size

_SIZE = (120, 40)
_BARE = """
from textual.app import App
from textual.widgets import Static

class Bare(App):
    def compose(self):
        yield Static("hello")

Bare().run()
"""
_DASHBOARD = (sys.executable, "-m", "tui_nn", "lecture")
_QUIET_SECONDS = 0.1
_MOST_TIMES, _MOST_BYTES = 2.1, 2000


class Terminal:
    """A program in a pty."""

    def __init__(self, command: tuple[str, ...], state: Path, size: tuple[int, int] = _SIZE) -> None:
        self._end, terminal = os.openpty()
        set_size(self._end, size)
        self.began = time.perf_counter()
        self._process = subprocess.Popen(
            command,
            stdin=terminal,
            stdout=terminal,
            stderr=terminal,
            env=environment_of(XDG_STATE_HOME=str(state)),
            start_new_session=True,
        )
        os.close(terminal)

    @property
    def processor_time(self) -> float:
        """Seconds of processor time that the thread which answers keys has taken; Linux only."""
        pid = self._process.pid
        return int(Path(f"/proc/{pid}/task/{pid}/schedstat").read_text(encoding="ascii").split()[0]) / 1e9

    def until(self, word: bytes) -> float:
        """Seconds from the start to the frame with ``word`` in it."""
        seen = b""
        while word not in seen:
            seen += self._read()
        return time.perf_counter() - self.began

    def press(self, key: str, wait: float = _QUIET_SECONDS) -> tuple[int, float]:
        """The bytes that a key sets off, if any come within ``wait`` seconds, and the seconds to the last of them."""
        pressed = time.perf_counter()
        os.write(self._end, key.encode())
        count, last = 0, pressed
        while select.select([self._end], [], [], _QUIET_SECONDS if count else wait)[0]:
            count += len(self._read())
            last = time.perf_counter()
        return count, last - pressed

    def _read(self) -> bytes:
        data = os.read(self._end, 1 << 16)
        if answer := answered(data):
            os.write(self._end, answer)
        return data

    def close(self) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._end)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--starts", type=int, default=15)
    parser.add_argument("--steps", type=int, default=50)
    request = parser.parse_args()
    # As where it is installed; a checkout may never be compiled (PYTHONDONTWRITEBYTECODE), and that is not its screen.
    compileall.compile_dir(Path(tui_nn.__file__).parent, quiet=1)
    with tempfile.TemporaryDirectory() as directory:
        ratio = _first_screens(Path(directory), request.starts)
        median = _steps(Path(directory), request.steps)
    return 1 if ratio > _MOST_TIMES or median > _MOST_BYTES else 0


def _first_screens(state: Path, count: int) -> float:
    both = {"bare": ((sys.executable, "-c", _BARE), b"hello"), "lecture": (_DASHBOARD, b"help")}
    seconds: dict[str, list[float]] = {name: [] for name in both}
    for _ in range(count):
        for name, (command, word) in both.items():
            terminal = Terminal(command, state)
            seconds[name].append(terminal.until(word))
            terminal.close()
    medians = {name: statistics.median(taken) for name, taken in seconds.items()}
    ratio = medians["lecture"] / medians["bare"]
    print(
        f"first screen: bare {medians['bare'] * 1000:.0f} ms, lecture {medians['lecture'] * 1000:.0f} ms: {ratio:.2f}"
    )
    return ratio


def _steps(state: Path, count: int) -> float:
    for name, key in (("a step", "n"), ("an iteration", "."), ("Tab", "\t")):
        # A folder of its own: a lesson that was killed would be offered to the next one.
        terminal = Terminal(_DASHBOARD, state / name)
        terminal.until(b"help")
        # Until the run is computed and the chart drawn.
        while terminal.press("")[0]:
            pass
        taken = [terminal.press(key) for _ in range(count)]
        terminal.close()
        sizes, times = [size for size, _ in taken], sorted(seconds * 1000 for _, seconds in taken)
        at_95 = times[int(0.95 * len(times))]
        print(
            f"{name}: {statistics.median(sizes):.0f} bytes (most {max(sizes)}),"
            f" {statistics.median(times):.0f} ms, 95 % {at_95:.0f}"
        )
        if key == "n":
            median = statistics.median(sizes)
    return median


if __name__ == "__main__":
    sys.exit(main())
