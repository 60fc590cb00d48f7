"""How fast training from many starts runs, against as many single runs in the same process.

Run it with the package installed::

    python tests/bench/starts.py [--rounds N] [--count N] [--singles N]

It first checks that both end at the same costs, then times them in turns, so that a busy moment of the machine meets
both. Of the single runs only a few are timed, and what one takes counts for all. Drawing the starts is part of both,
and its share is shown. Exits with 1 where the costs disagree, or where the ratio is not what the package promises.
"""

import argparse
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np

from tui_nn.network import Dataset, ManyStarts, Network, Start, Trajectory, many_starts
from tui_nn.network.model.array import Array
from tui_nn.session.document import lecture_data

AGREEMENT = 1e-9
"""The greatest relative difference between two costs that count as the same."""


@dataclass(frozen=True, eq=False)
class Case:
    """What is trained, from how many starts and for how long, and how many of these are single runs as well.

    ``promise`` is how many times as long the single runs take, at least.
    """

    name: str
    network: Network
    dataset: Dataset
    start: Start
    learning_rate: float
    iterations: int
    count: int
    singles: int
    promise: float

    def starts(self, count: int) -> list[Start]:
        return [replace(self.start, seed=seed) for seed in range(1, count + 1)]

    def together(self) -> ManyStarts:
        seeds = range(1, self.count + 1)
        return many_starts(self.network, self.dataset, self.start, self.learning_rate, self.iterations, seeds)

    def one_by_one(self) -> Array:
        """J of the last iteration of each single run; nan where it overflows."""
        costs = np.full(self.singles, np.nan)
        for i, start in enumerate(self.starts(self.singles)):
            run = Trajectory(self.network, self.dataset, start.draw(self.network), self.learning_rate)
            run.extend(self.iterations)
            if run.reached == self.iterations:
                costs[i] = run.cost(self.iterations)
        return costs

    def draw(self) -> None:
        for start in self.starts(self.count):
            start.draw(self.network)


@dataclass(frozen=True)
class Measured:
    """Seconds of each round: all starts at once, the few single runs, and only drawing all starts."""

    together: list[float] = field(default_factory=list)
    singles: list[float] = field(default_factory=list)
    drawing: list[float] = field(default_factory=list)


def random_case(rows: int, hidden: int, iterations: int, count: int, singles: int, promise: float) -> Case:
    generator = np.random.default_rng(1)
    x, y = generator.random((rows, 2)), generator.random((rows, 1))
    dataset = Dataset(x, y, ("x1", "x2"), ("y",), x_scaling="none")
    network, start = Network((2, hidden, 1)), Start(generator="numpy")
    # The gradient is a sum over the rows: a rate that falls with them neither diverges nor saturates.
    return Case(f"{rows}×{hidden}", network, dataset, start, 1 / rows, iterations, count, singles, promise)


def cases(count: int, singles: int) -> list[Case]:
    lecture = Network((2, 3, 1))
    return [
        Case("lecture 3×3", lecture, lecture_data(), Start(), 5.0, 10_000, count, singles, promise=20.0),
        random_case(3, 64, 2_000, count=min(count, 500), singles=singles, promise=3.0),
        random_case(100, 16, 1_000, count=min(count, 200), singles=singles, promise=1.0),
        # Too large to share calls: nothing is gained, and nothing but noise may be lost.
        random_case(10_000, 64, 60, count=4, singles=4, promise=0.8),
    ]


def disagreement(case: Case) -> float:
    """The greatest relative difference between the last costs; inf where one is missing on one side only."""
    ours, theirs = case.together().final_costs[: case.singles], case.one_by_one()[: case.count]
    if not np.array_equal(np.isnan(ours), np.isnan(theirs)):
        return float("inf")
    finite = ~np.isnan(ours)
    return float(np.max(np.abs(ours - theirs)[finite] / theirs[finite], initial=0.0))


def seconds(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def measure(case: Case, rounds: int) -> Measured:
    measured = Measured()
    for _ in range(rounds):
        measured.together.append(seconds(case.together))
        measured.singles.append(seconds(case.one_by_one))
        measured.drawing.append(seconds(case.draw))
    return measured


def row(case: Case, measured: Measured) -> tuple[list[str], float]:
    """A line of the table, and the ratio of the best rounds: the best is what other processes disturbed least."""

    def ratio(together: float, singles: float) -> float:
        return singles / case.singles * case.count / together

    best = ratio(min(measured.together), min(measured.singles))
    median = ratio(statistics.median(measured.together), statistics.median(measured.singles))
    alone = min(measured.singles) / case.singles
    line = [
        case.name,
        str(case.iterations),
        str(case.count),
        f"{min(measured.together):.3f}",
        f"{min(measured.drawing):.3f}",
        f"{min(measured.together) / case.count * 1e3:.3f}",
        f"{alone * 1e3:.3f}",
        f"{alone * case.count:.2f}",
        f"{best:.1f}",
        f"{median:.1f}",
        f"{case.promise:.1f}",
    ]
    return line, best


def print_table(lines: list[list[str]]) -> None:
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for first, *others in lines:
        print("  ".join([first.ljust(widths[0]), *map(str.rjust, others, widths[1:])]))


def main() -> int:
    parser = argparse.ArgumentParser(description="Times training from many starts against single runs.")
    parser.add_argument("--rounds", type=int, default=5, help="turns that each side takes (default: 5)")
    parser.add_argument("--count", type=int, default=1000, help="starts at once (default: 1000)")
    parser.add_argument("--singles", type=int, default=20, help="single runs that are timed (default: 20)")
    asked = parser.parse_args()
    if min(asked.rounds, asked.count, asked.singles) < 1:
        parser.error("--rounds, --count and --singles must be 1 or more")

    failures = []
    lines = [
        [
            "rows×hidden",
            "iterations",
            "starts",
            "at once, s",
            "drawing, s",
            "a run, ms",
            "single, ms",
            "all single, s",
            "ratio",
            "median",
            "at least",
        ]
    ]
    for case in cases(asked.count, asked.singles):
        # The first run of each side is this check, so that the rounds meet warm caches.
        difference = disagreement(case)
        if difference > AGREEMENT:
            failures.append(f"{case.name}: the costs differ by {difference:.1e}, more than {AGREEMENT:.0e}")
        line, ratio = row(case, measure(case, asked.rounds))
        lines.append(line)
        if ratio < case.promise:
            failures.append(f"{case.name}: {ratio:.1f} times as fast as single runs, less than {case.promise}")

    print(f"Best of {asked.rounds} rounds in turns, but for the median; numpy {np.__version__}")
    print_table(lines)
    if not failures:
        print(f"The costs agree to {AGREEMENT:.0e} relative.")
    for failure in failures:
        print(failure, file=sys.stderr)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
