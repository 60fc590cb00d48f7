"""How fast gradient descent runs, against a line-by-line numpy port of the lecture's loop in the same process.

Run it with the package installed::

    python tests/bench/training.py [--rounds N]

It first checks that both compute the same costs, then times them in turns, so that a busy moment of the machine meets
both. Where ``Rscript`` is on PATH, the lecture's loop is timed in R as well, by R's own clock, without its start-up.
numpy's matrix products run in as many threads as there are processors. Where other programs want these, the threads
wait for each other and the figures jump: ``OPENBLAS_NUM_THREADS=1`` in the environment gives steady ones.
Exits with 1 where the costs disagree, or where the package's share of the port's time is above what it promises.
"""

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

import numpy as np

from tui_nn.network import Dataset, Network, Start, Trajectory
from tui_nn.network.model.array import Array
from tui_nn.session.document import lecture_data

Run: TypeAlias = Callable[["Case"], tuple[float, Array]]
"""Trains a case; gives the seconds that this took and J of every iteration."""

AGREEMENT = 1e-9
"""The greatest relative difference between two costs that count as the same."""

R_LOOP = """
x <- matrix(c(3,5, 5,1, 10,2), ncol=2, byrow=TRUE); y <- matrix(c(75,82,93))
X <- t(t(x)/apply(x,2,max)); Y <- y/100
sigmoid <- function(Z) 1/(1+exp(-Z))
sigmoidprime <- function(z) exp(-z)/((1+exp(-z))^2)
cost <- function(y,yh) 0.5*sum((y-yh)^2)
iterations <- as.integer(commandArgs(trailingOnly=TRUE)[1])
set.seed(1); W_1 <- matrix(runif(6), 2, 3); W_2 <- matrix(runif(3), 3, 1)
cost_hist <- rep(NA,iterations); scalar <- 5
begin <- proc.time()[["elapsed"]]
for(i in 1:iterations){
  Z_2 <- X%*%W_1; A_2 <- sigmoid(Z_2); Z_3 <- A_2%*%W_2; Y_hat <- sigmoid(Z_3); cost_hist[i] <- cost(Y,Y_hat)
  delta_3 <- -(Y-Y_hat)*sigmoidprime(Z_3); djdw2 <- t(A_2)%*%delta_3
  delta_2 <- delta_3%*%t(W_2)*sigmoidprime(Z_2); djdw1 <- t(X)%*%delta_2
  W_1 <- W_1 - scalar*djdw1; W_2 <- W_2 - scalar*djdw2
}
cat(sprintf("%.17g\\n", c(proc.time()[["elapsed"]] - begin, cost_hist)))
"""


@dataclass(frozen=True, eq=False)
class Case:
    """What is trained, for how long, and the share of the port's time that the package may take, if it promises one."""

    name: str
    dataset: Dataset
    hidden: int
    start: Start
    learning_rate: float
    iterations: int
    promise: float | None = None
    in_r: bool = False

    def trajectory(self) -> Trajectory:
        network = Network((self.dataset.inputs, self.hidden, self.dataset.outputs))
        return Trajectory(network, self.dataset, self.start.draw(network), self.learning_rate)


@dataclass(frozen=True)
class Measured:
    """Seconds of each round, by side."""

    ours: list[float] = field(default_factory=list)
    port: list[float] = field(default_factory=list)
    r: list[float] = field(default_factory=list)

    @property
    def ratio(self) -> float:
        """The package's best round to the port's: the best is what other processes disturbed least."""
        return min(self.ours) / min(self.port)


def random_case(rows: int, hidden: int, iterations: int, promise: float | None = None) -> Case:
    generator = np.random.default_rng(1)
    x, y = generator.random((rows, 2)), generator.random((rows, 1))
    dataset = Dataset(x, y, ("x1", "x2"), ("y",), x_scaling="none")
    # The gradient is a sum over the rows: a rate that falls with them neither diverges nor saturates.
    return Case(f"{rows}×{hidden}", dataset, hidden, Start(generator="numpy"), 1 / rows, iterations, promise)


def cases() -> list[Case]:
    return [
        Case("lecture 3×3", lecture_data(), 3, Start(), 5.0, 10_000, promise=0.36, in_r=True),
        random_case(3, 64, 5_000),
        random_case(100, 64, 1_000),
        # Enough for the first touch of fresh memory, some milliseconds, not to count as arithmetic.
        random_case(10_000, 64, 60, promise=0.3),
        random_case(100_000, 64, 6, promise=0.15),
    ]


def sigmoid(z: Array) -> Array:
    return 1 / (1 + np.exp(-z))


def sigmoidprime(z: Array) -> Array:
    slope: Array = np.exp(-z) / ((1 + np.exp(-z)) ** 2)
    return slope


def cost(y: Array, yh: Array) -> float:
    return float(0.5 * np.sum((y - yh) ** 2))


def port(X: Array, Y: Array, W_1: Array, W_2: Array, scalar: float, iterations: int) -> Array:
    """The lecture's loop as R has it, one line for each of its lines; J of every iteration."""
    cost_hist = np.full(iterations, np.nan)
    for i in range(iterations):
        Z_2 = X @ W_1
        A_2 = sigmoid(Z_2)
        Z_3 = A_2 @ W_2
        Y_hat = sigmoid(Z_3)
        cost_hist[i] = cost(Y, Y_hat)
        delta_3 = -(Y - Y_hat) * sigmoidprime(Z_3)
        djdw2 = A_2.T @ delta_3
        delta_2 = delta_3 @ W_2.T * sigmoidprime(Z_2)
        djdw1 = X.T @ delta_2
        W_1 = W_1 - scalar * djdw1
        W_2 = W_2 - scalar * djdw2
    return cost_hist


def run_ours(case: Case) -> tuple[float, Array]:
    trajectory = case.trajectory()
    begin = time.perf_counter()
    trajectory.extend(case.iterations)
    return time.perf_counter() - begin, trajectory.costs


def run_port(case: Case) -> tuple[float, Array]:
    W_1, W_2 = case.trajectory().parameters(1).weights
    X, Y = case.dataset.X, case.dataset.Y
    begin = time.perf_counter()
    cost_hist = port(X, Y, W_1, W_2, case.learning_rate, case.iterations)
    return time.perf_counter() - begin, cost_hist


def run_r(case: Case) -> tuple[float, Array]:
    with tempfile.TemporaryDirectory() as directory:
        program = Path(directory, "lecture.R")
        program.write_text(R_LOOP, encoding="ascii")
        command = ["Rscript", "--vanilla", str(program), str(case.iterations)]
        printed = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    seconds, *costs = (float(line) for line in printed.split())
    return seconds, np.array(costs)


def sides(case: Case, with_r: bool) -> dict[str, Run]:
    runs: dict[str, Run] = {"ours": run_ours, "port": run_port}
    if with_r and case.in_r:
        runs["r"] = run_r
    return runs


def disagreement(case: Case, with_r: bool) -> float:
    """The greatest relative difference of any side's costs from the package's; inf where a cost is missing."""
    ours, *others = (run(case)[1] for run in sides(case, with_r).values())
    if any(len(costs) != case.iterations or not np.isfinite(costs).all() for costs in (ours, *others)):
        return float("inf")
    return max(float(np.max(np.abs(costs - ours) / costs)) for costs in others)


def measure(case: Case, rounds: int, with_r: bool) -> Measured:
    measured = Measured()
    for _ in range(rounds):
        for side, run in sides(case, with_r).items():
            getattr(measured, side).append(run(case)[0])
    return measured


def row(case: Case, measured: Measured) -> list[str]:
    def each(seconds: Sequence[float]) -> list[str]:
        if not seconds:
            return ["–", "–"]
        return [f"{total / case.iterations * 1e6:.2f}" for total in (min(seconds), statistics.median(seconds))]

    medians = statistics.median(measured.ours) / statistics.median(measured.port)
    promise = "–" if case.promise is None else f"{case.promise:.2f}"
    times = each(measured.ours) + each(measured.port) + each(measured.r)
    return [case.name, str(case.iterations), *times, f"{measured.ratio:.3f}", f"{medians:.3f}", promise]


def print_table(lines: Sequence[Sequence[str]]) -> None:
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for first, *others in lines:
        print("  ".join([first.ljust(widths[0]), *map(str.rjust, others, widths[1:])]))


def main() -> int:
    parser = argparse.ArgumentParser(description="Times training against a line-by-line port of the lecture's loop.")
    parser.add_argument("--rounds", type=int, default=9, help="turns that each side takes (default: 9)")
    rounds = parser.parse_args().rounds
    if rounds < 1:
        parser.error("--rounds must be 1 or more")
    with_r = shutil.which("Rscript") is not None

    failures = []
    lines = [
        [
            "rows×hidden",
            "iterations",
            "ours",
            "median",
            "port",
            "median",
            "R",
            "median",
            "ours/port",
            "median",
            "at most",
        ]
    ]
    for case in cases():
        # The first run of each side is this check, so that the rounds meet warm caches.
        difference = disagreement(case, with_r)
        if difference > AGREEMENT:
            failures.append(f"{case.name}: the costs differ by {difference:.1e}, more than {AGREEMENT:.0e}")
        measured = measure(case, rounds, with_r)
        lines.append(row(case, measured))
        if case.promise is not None and measured.ratio > case.promise:
            failures.append(f"{case.name}: {measured.ratio:.3f} of the port's time, more than {case.promise}")

    print(f"µs per iteration, best and median of {rounds} rounds in turns; numpy {np.__version__}")
    print_table(lines)
    if not with_r:
        print("Rscript is not on PATH: the lecture's loop was not timed in R.")
    if not failures:
        print(f"Every side's costs agree to {AGREEMENT:.0e} relative.")
    for failure in failures:
        print(failure, file=sys.stderr)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
