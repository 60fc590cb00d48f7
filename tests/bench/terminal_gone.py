"""How soon the dashboard is gone once its terminal is, whatever it was doing and however full its output was.

Run it from the root of the checkout, with the package installed::

    python -m tests.bench.terminal_gone [--count N] [--seed N] [--seconds S]

Each try opens a lesson in a terminal of its own, where hangups are ignored as under ``nohup``. Keys are pressed and the
size is changed for up to ``--seconds``, while nobody reads what is written; then the terminal is closed. Exits with 1
where a program goes on for more than two seconds.
"""

import argparse
import random
import statistics
import sys
import tempfile

from tests.terminal.hanging_up import Ending, ending_of_a_lesson

_MOST_SECONDS = 2.0


def main() -> int:
    """Tries it so often; gives the exit code."""
    parser = argparse.ArgumentParser(description="How soon the dashboard is gone once its terminal is.")
    parser.add_argument("--count", type=int, default=40, help="how many lessons (default: 40)")
    parser.add_argument("--seed", type=int, default=1, help="of the keys, and of how long they are pressed")
    parser.add_argument("--seconds", type=float, default=8.0, help="how long keys are pressed at most (default: 8)")
    given = parser.parse_args()
    endings: list[Ending] = []
    for number in range(given.count):
        chance = random.Random(given.seed + number)  # noqa: S311 - nothing is kept secret with it
        with tempfile.TemporaryDirectory() as folder:
            ending = ending_of_a_lesson(chance, chance.uniform(0, given.seconds), folder, patience=_MOST_SECONDS)
        endings.append(ending)
        print(f"{number + 1:4}  {ending}", flush=True)
    gone = [ending.seconds for ending in endings if ending.seconds is not None]
    print(f"{len(gone)} of {len(endings)} gone within {_MOST_SECONDS:g} s", end="")
    print(f", the last after {max(gone):.2f} s (median {statistics.median(gone):.3f} s)" if gone else "")
    return int(len(gone) < len(endings))


if __name__ == "__main__":
    sys.exit(main())
