"""What a long log costs: whether each thing done with it takes time in proportion to its length, and how much.

Run it from the root of the checkout, with the package installed::

    python -m tests.bench.growth [--events 100000] [--rounds N] [--no-screen]

Makes lessons of an eighth, a quarter, a half and all of so many events (`long_log`), and does with each what a user may
do with it. Prints the processor time for each length, the microseconds an event, the time of the longest in proportion
to that of half of it, and the memory that the whole process has gained. Then it presses keys in the dashboard: in a
lesson of 500 events, and in the longest. Exits with 1 where a proportion is above 2.5, 2.0 being linear; for what may
not depend on the length at all, such as a key, where it is above 1.5.
"""

import argparse
import contextlib
import gc
import io
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

from tests.bench.long_log import long_log
from tests.bench.screen import Terminal
from tui_nn.cli import main as command
from tui_nn.session.display_choices import PANES
from tui_nn.session.events import CellSet, Moved, PaneChosen, Paused, RowChosen
from tui_nn.session.replay import Replay
from tui_nn.session.storage import document_toml
from tui_nn.session.storage.event_log import LogEntry, log_text
from tui_nn.session.storage.session_file import Lesson, read
from tui_nn.session.storage.tail import Tail
from tui_nn.session.teaching_session import TeachingSession

_PARTS = (8, 4, 2, 1)
_TIMES = 200
_ADDED = 1000
_MOST, _MOST_OF_CONSTANT = 2.5, 1.5
# What takes less is the noise of the clock, whatever its proportion.
_SECONDS_TOO_SHORT = 100e-6
_KEYS = 40
# All lessons end in the same place, so that their screens can be compared.
_LAST = (Paused(), CellSet("x", 1, 1, 4.0), RowChosen(1), PaneChosen(PANES[0]), Moved(1, "Z2"))
_SHORT, _FROM_EVENT = 500, 250


class CostsOfLesson:
    """What was done with one lesson: for each thing, its seconds of processor time and its MiB."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self.mebibytes: dict[str, float] = {}

    @contextlib.contextmanager
    def measuring(self, name: str, times: int = 1) -> Iterator[None]:
        gc.collect()
        memory, began = _resident(), time.process_time()
        yield
        self.seconds[name] = (time.process_time() - began) / times
        self.mebibytes[name] = _resident() - memory


def _resident() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def _teach(path: Path, folder: Path, measured: CostsOfLesson) -> None:
    with measured.measuring("open"):
        session = TeachingSession.opened(path)
    assert session
    with measured.measuring("= append an event", _TIMES):
        for i in range(_TIMES):
            session.append(Moved(1 + i % 9, "J"))
    with measured.measuring("undo: what comes next, the first time"):
        assert session.log.undo_order
    with measured.measuring("= undo an edit, and make it again", 2 * _TIMES):
        for _ in range(_TIMES):
            session.append(session.log.undo_order.undo_event)
            session.append(session.log.undo_order.redo_event)
    with measured.measuring("save under another name"):
        session.save_as(folder / "saved.toml")
    with measured.measuring("= end"):
        session.end()


def _follow(path: Path, lesson: Lesson, measured: CostsOfLesson) -> None:
    tail = Tail(path, lesson)
    with measured.measuring("follow: first look"):
        assert tail.look()
    count = len(lesson.entries)

    def add(more: int) -> None:
        nonlocal count
        fresh = [LogEntry(count + i, lesson.entries[-1].at, Moved(1 + i % 9, "J")) for i in range(1, more + 1)]
        with path.open("a", encoding="utf-8") as file:
            file.write(log_text(fresh))
        count += more

    took = 0.0
    for _ in range(_TIMES):
        add(1)
        began = time.process_time()
        assert tail.look()
        took += time.process_time() - began
    measured.seconds["= follow: an event more"] = took / _TIMES
    add(_ADDED)
    with measured.measuring(f"= follow: {_ADDED} events more"):
        assert tail.look()
    with measured.measuring("= follow: nothing new", _TIMES):
        for _ in range(_TIMES):
            assert tail.look() is None


def _replay(lesson: Lesson, measured: CostsOfLesson) -> None:
    random = Random(1)  # noqa: S311 - no secret
    with measured.measuring("replay: open"):
        replay = Replay(lesson)
    with measured.measuring("replay: to the end"):
        replay.state_at(replay.last_place)
    places = [random.randrange(replay.last_place) for _ in range(_TIMES)]
    steps: dict[str, Callable[[int], int | None]] = {
        "to an event": lambda place: place,
        "an event on": replay.next_place,
        "an event back": replay.previous_place,
        "a mark on": replay.next_mark,
    }
    for name, step in steps.items():
        with measured.measuring(f"= replay: {name}", _TIMES):
            for place in places:
                found = step(place) or 0
                replay.state_at(found)
                replay.kind_before(found)
                replay.place_at(replay.time_at(found))


def _commands(path: Path, folder: Path, measured: CostsOfLesson) -> None:
    for words in (["verify", path], ["answers", path], ["train", path], ["export", path, "--to", "tex"]):
        name, *rest = map(str, words)
        with measured.measuring(f"tui-nn {name}"), contextlib.redirect_stdout(io.StringIO()):
            command([name, *rest, *(["--output", str(folder / "sheet.tex")] if name == "export" else [])])


def _measure(path: Path, folder: Path) -> CostsOfLesson:
    """Does everything once, with copies of the lesson in ``path``, in this process."""
    measured = CostsOfLesson()
    text = path.read_bytes()
    lesson = read(path)
    _commands(path, folder, measured)
    _replay(lesson, measured)
    copy = folder / "copy.toml"
    copy.write_bytes(text)
    _follow(copy, lesson, measured)
    copy.write_bytes(text)
    _teach(copy, folder, measured)
    return measured


def _in_a_process(path: Path, folder: Path, rounds: int) -> CostsOfLesson:
    """The least time and memory of several processes."""
    least = CostsOfLesson()
    for _ in range(rounds):
        words = [sys.executable, "-m", "tests.bench.growth", "--measure", str(path), str(folder)]
        environment = {**os.environ, "XDG_STATE_HOME": str(folder)}
        found = json.loads(subprocess.run(words, check=True, capture_output=True, env=environment).stdout)
        for kept, new in zip((least.seconds, least.mebibytes), found, strict=True):
            for name, value in new.items():
                kept[name] = min(value, kept.get(name, value))
    return least


def _table(events: int, measured: dict[int, CostsOfLesson]) -> bool:
    """Prints what was measured; returns whether nothing grows faster than it may."""
    lengths = "".join(f"{events // part:>11}" for part in _PARTS)
    print(f"{'processor time in ms':36}{lengths}   µs an event   x 2   MiB")
    is_good = True
    for name in measured[1].seconds:
        times = [measured[part].seconds[name] for part in _PARTS]
        ratio, is_constant = times[-1] / times[-2], name.startswith("= ")
        most = _MOST_OF_CONSTANT if is_constant else _MOST
        is_within = ratio <= most or times[-1] < _SECONDS_TOO_SHORT
        is_good &= is_within
        each = "" if is_constant else f"{1e6 * times[-1] / events:.1f}"
        memory = measured[1].mebibytes.get(name, 0.0)
        row = "".join(f"{1000 * seconds:11.3f}" for seconds in times)
        print(f"{name:36}{row}{each:>14}{ratio:6.2f}{memory:6.0f}{'' if is_within else '   too much'}")
    return is_good


def _screens(short: Path, long: Path, folder: Path) -> bool:
    """Prints what keys cost in the dashboard; returns whether they cost the same in both lessons."""
    keys = {
        ("teaching", ""): {"a step": "n", "an iteration": ".", "the next pane": "\t", "undo, or redo": "uU"},
        ("replaying", "replay"): {"an event on": "n", "an event back": "p"},
    }
    print(f"\n{'processor time of a key in ms':36}{'short':>11}{'long':>11}{'ratio':>8}")
    is_good = True
    for (what, word), pressed in keys.items():
        found = [_keys(path, word, pressed, folder) for path in (short, long)]
        for name in pressed:
            times = [one[name] for one in found]
            ratio = times[1] / times[0]
            is_within = ratio <= _MOST_OF_CONSTANT
            is_good &= is_within
            row = "".join(f"{1000 * seconds:11.1f}" for seconds in times)
            print(f"{f'{what}: {name}':36}{row}{ratio:8.2f}{'' if is_within else '   too much'}")
    return is_good


def _keys(path: Path, word: str, pressed: dict[str, str], folder: Path) -> dict[str, float]:
    """The processor time of each key, in seconds."""
    copy = folder / f"of keys {path.name}"
    copy.write_bytes(path.read_bytes())
    terminal = Terminal((sys.executable, "-m", "tui_nn", *([word] if word else []), str(copy)), folder)
    terminal.until(b"help")
    while terminal.press("", 1.0)[0]:
        pass
    if word:
        # Both logs begin with the same events.
        terminal.press("g", 1.0)
        terminal.press(f"{_FROM_EVENT}\r", 1.0)
    seconds = {}
    for name, keys in pressed.items():
        taken = []
        for i in range(_KEYS):
            before = terminal.processor_time
            terminal.press(keys[i % len(keys)], 0.2)
            taken.append(terminal.processor_time - before)
        seconds[name] = statistics.median(taken)
    terminal.close()
    return seconds


def main() -> int:
    if sys.argv[1:2] == ["--measure"]:
        found = _measure(Path(sys.argv[2]), Path(sys.argv[3]))
        print(json.dumps([found.seconds, found.mebibytes]))
        return 0
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=2, help="how often all is done; the least time counts")
    parser.add_argument("--no-screen", action="store_true", help="leave the dashboard out")
    request = parser.parse_args()
    with tempfile.TemporaryDirectory() as directory:
        folder = Path(directory)
        document, entries = long_log(request.events)

        def written(count: int) -> Path:
            kept = entries[: count - len(_LAST)]
            last = (LogEntry(len(kept) + i, kept[-1].at, event) for i, event in enumerate(_LAST, start=1))
            path = folder / f"{count} events.toml"
            path.write_text(document_toml.dump(document, (*kept, *last)), encoding="utf-8")
            return path

        paths = {part: written(request.events // part) for part in _PARTS}
        measured = {part: _in_a_process(paths[part], folder, request.rounds) for part in _PARTS}
        is_good = _table(request.events, measured)
        if not request.no_screen:
            is_good &= _screens(written(_SHORT), paths[1], folder)
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(main())
