"""What keys cost while a long run is computed, against when it is stopped; in turns, in one process.

Run it from the root of the checkout, with the package installed::

    python -m tests.bench.busy [--rounds N] [--keys N]

For each lesson, in each round, the bench presses the same number of keys while the run is computed, and after ``k``
has stopped it: the next step, the next iteration, and a jump to a random iteration that is computed already. It presses
them at random moments, so that some meet the drawing of the progress, and measures the time from a key to the frame
that shows the new place. Exits with 1 where the median while computing is more than 1.5 times that when stopped.
"""

import argparse
import random
import re
import statistics
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from tests.emulator import Emulator
from tests.terminal.program import DASHBOARD, Program, running, step_shown
from tui_nn.session.document import Document
from tui_nn.session.generated_lessons import GeneratedData
from tui_nn.session.storage import document_toml

_MOST_TIMES = 1.5
_FIRST_SECONDS = 2.0
_BETWEEN_SECONDS = 0.1, 0.6
_REST_SECONDS = 0.15
_WHERE = re.compile(r"iteration ([\d ]+) of")
_COMPUTED = re.compile(r"([\d ]+) computed")
_CLEAR_FIELD = "\x01\x0b"


def _lessons() -> dict[str, Document]:
    """Runs that are too long to end during the bench; an iteration of the later ones takes longer."""
    lecture = replace(Document(), iterations=10_000_000, learning_rate=0.1)
    spiral = GeneratedData("spiral").document()
    return {
        "lecture, 10 000 000 iterations": lecture,
        "2-48-24-1, 10 000 000 iterations": replace(lecture, hidden=(48, 24)),
        "2-48-48-48-48-1, a million": replace(lecture, hidden=(48,) * 4, iterations=1_000_000),
        "spiral, batches of 10, a million": replace(spiral, iterations=1_000_000),
        "spiral, batches of 10, Adam, a million": replace(spiral, iterations=1_000_000, optimizer="adam"),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--keys", type=int, default=60)
    request = parser.parse_args()
    print("milliseconds from a key to its frame: median / 95 % / worst")
    worst = 0.0
    for name, document in _lessons().items():
        with tempfile.TemporaryDirectory() as directory:
            path = Path(directory) / "lesson.toml"
            path.write_text(document_toml.dump(document), encoding="utf-8")
            with running((*DASHBOARD, str(path)), XDG_STATE_HOME=directory) as program:
                worst = max(worst, _ratio(name, program, request.rounds, request.keys // request.rounds))
    return 1 if worst > _MOST_TIMES else 0


def _ratio(name: str, program: Program, rounds: int, keys: int) -> float:
    program.until(lambda screen: bool(_COMPUTED.search(screen.lines[0])))
    program.read_for(_FIRST_SECONDS)
    taken: dict[str, list[float]] = {"computing": [], "stopped": []}
    by_key: dict[str, list[float]] = {"step": [], "iteration": [], "jump": []}
    for _ in range(rounds):
        computed = _COMPUTED.search(program.screen.lines[0])
        assert computed, "the run has come to its end: take a longer one"
        reached = int(computed[1].replace(" ", ""))
        for state, times in taken.items():
            for number in range(keys):
                kind = [*by_key][number % 3]
                program.read_for(random.uniform(*_BETWEEN_SECONDS))  # noqa: S311 - no secret
                took = _timed(program, kind, reached)
                times.append(took)
                if state == "computing":
                    by_key[kind].append(took)
            # It stops, and goes on.
            program.press("k")
            program.read_for(_REST_SECONDS)
    medians = {state: statistics.median(times) for state, times in taken.items()}
    ratio = medians["computing"] / medians["stopped"]
    said = ", ".join(f"{state} {_spread(times)}" for state, times in (taken | by_key).items())
    print(f"{name}: {said}: {ratio:.2f} times", flush=True)
    return ratio


def _timed(program: Program, kind: str, reached: int) -> float:
    """The seconds to the frame that shows where the key leads; a jump leads to one of the iterations ``reached``."""
    if kind == "jump":
        iteration = random.randint(1, reached)  # noqa: S311 - no secret
        program.press("g")
        program.shows("Go to iteration")
        program.press(f"{_CLEAR_FIELD}{iteration}")
        program.read_for(_REST_SECONDS)
    before = _place(program.screen)
    pressed = time.perf_counter()
    program.press({"step": "n", "iteration": ".", "jump": "\r"}[kind])
    program.until(lambda screen: _place(screen) != before)
    return time.perf_counter() - pressed


def _place(screen: Emulator) -> tuple[str, str]:
    where = _WHERE.search(screen.lines[0])
    return where[1] if where else "", step_shown(screen)


def _spread(seconds: list[float]) -> str:
    thousandths = sorted(1000 * second for second in seconds)
    at_95 = thousandths[int(0.95 * (len(thousandths) - 1))]
    return f"{statistics.median(thousandths):.0f} / {at_95:.0f} / {thousandths[-1]:.0f}"


if __name__ == "__main__":
    sys.exit(main())
