"""Whether a window that shrinks ends the dashboard, or leaves on it what belongs to the larger one.

Run it from the root of the checkout, with the package installed::

    python -m tests.bench.shrinks [--count N] [--seed N] [--load N]

While other processes keep every processor busy, the window shrinks with the help open, with an explanation, in the
palette, in a question, while the lesson plays, and to less than there is room for. Exits with 1 where the dashboard
ended, or did not show what it shows once all of it is drawn again.
"""

import argparse
import contextlib
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator

from tests.terminal.program import DASHBOARD, Program, running
from tests.terminal.shrinking import SITUATIONS, shrink

_BUSY = (sys.executable, "-c", "while True: pass")


@contextlib.contextmanager
def load(count: int) -> Iterator[None]:
    """So many processes beside, each of which takes all that it gets of a processor."""
    processes = [subprocess.Popen(_BUSY) for _ in range(count)]
    try:
        yield
    finally:
        for process in processes:
            process.kill()
            process.wait()


@contextlib.contextmanager
def opened_lesson() -> Iterator[Program]:
    """The lecture, recorded in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder, running((*DASHBOARD, "lecture"), XDG_STATE_HOME=folder) as program:
        program.until(lambda screen: "iteration" in screen.lines[0])
        yield program


def main() -> int:
    """Shrinks the window so often; gives the exit code."""
    parser = argparse.ArgumentParser(description="Shrinks the window at awkward moments.")
    parser.add_argument("--count", type=int, default=100, help="how many times (default: 100)")
    parser.add_argument("--seed", type=int, default=1, help="of how the window is dragged")
    parser.add_argument("--load", type=int, default=os.cpu_count(), help="busy processes beside (default: one a core)")
    given = parser.parse_args()
    chance = random.Random(given.seed)  # noqa: S311 - nothing is kept secret with it
    done = failed = 0
    with load(given.load):
        while done < given.count:
            with opened_lesson() as program:
                try:
                    while done < given.count:
                        situation = SITUATIONS[done % len(SITUATIONS)]
                        done += 1
                        shrink(program, situation, chance)
                        print(f"{done:4}  {situation}: drawn", flush=True)
                except (AssertionError, OSError) as error:
                    failed += 1
                    print(f"{done:4}  {situation}: FAILED {error}", flush=True)
    print(f"{done - failed} of {done} shrinks without a fault")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
