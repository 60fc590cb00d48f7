"""Whether any iteration of a long run is at hand at once: 1 000 000 iterations of the lecture.

Run it with the package installed::

    python tests/bench/anywhere.py [--iterations N]

It prints the time to train, the time of the first visit to a few iterations from the first to the last, and the
memory that the run keeps. Exits with 1 where a visit takes 100 ms or more.
"""

import argparse
import sys
import time
import tracemalloc

from tui_nn.network import Trajectory
from tui_nn.session.document import Document

AT_ONCE = 0.1
"""Seconds below which a visit feels immediate."""


def visits(iterations: int) -> list[int]:
    """The first iteration, the one halfway and the last two: of two neighbours, one at most is a checkpoint."""
    return sorted({1, max(1, iterations // 2), max(1, iterations - 1), iterations})


def trained(iterations: int) -> Trajectory:
    trajectory = Document().trajectory()
    trajectory.extend(iterations)
    return trajectory


def memory(iterations: int) -> tuple[int, int]:
    """Bytes set aside for a run and the visits to it, whether filled or not: at the end, and the most on the way."""
    tracemalloc.start()
    before, _ = tracemalloc.get_traced_memory()
    trajectory = trained(iterations)
    for iteration in visits(iterations):
        trajectory.pass_at(iteration)
    kept, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return kept - before, peak - before


def spaced(number: int) -> str:
    return f"{number:,}".replace(",", " ")


def main() -> int:
    parser = argparse.ArgumentParser(description="Times visits to iterations of a long run of the lecture.")
    parser.add_argument("--iterations", type=int, default=1_000_000, help="how long the run is (default: 1000000)")
    iterations = parser.parse_args().iterations
    if iterations < 1:
        parser.error("--iterations must be 1 or more")

    begin = time.perf_counter()
    trajectory = trained(iterations)
    seconds = time.perf_counter() - begin
    each = seconds / iterations * 1e6
    print(f"{spaced(iterations)} iterations trained in {seconds:.2f} s, {each:.2f} µs each")

    slow = False
    for iteration in visits(iterations):
        begin = time.perf_counter()
        trajectory.pass_at(iteration)
        seconds = time.perf_counter() - begin
        slow |= seconds >= AT_ONCE
        print(f"pass_at({spaced(iteration)})".ljust(20), f"{seconds * 1e3:8.3f} ms")

    # A second run, because keeping count of memory slows the first one's clock.
    kept, peak = (size / 2**20 for size in memory(iterations))
    print(f"memory kept: {kept:.1f} MiB, at most {peak:.1f} MiB on the way")
    if slow:
        print(f"a visit took {AT_ONCE * 1e3:.0f} ms or more", file=sys.stderr)
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
