"""The lecture's loop, written out once more: what iterations show after changes on the way."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from tests.dashboard.stage import Stage
from tui_nn.network.model.array import Array
from tui_nn.session.document import Document
from tui_nn.writing.notation.number_format import rounded_text


@dataclass
class Now:
    """What the loop holds; a change on the way sets some of it."""

    x: Array
    y: Array
    W1: Array
    W2: Array
    rate: float


class Seen(NamedTuple):
    """What an iteration starts from, and what it comes to before its update."""

    W1: Array
    W2: Array
    Y_hat: Array
    cost: float


Change = Callable[[Now], None]


def descent(document: Document, changes: Mapping[int, Change], last: int = 60) -> list[Seen]:
    """Iterations 1, 2, … ``last`` of the lecture's network; place 0 holds nothing of use."""
    data, start = document.dataset, document.start_parameters.named
    now = Now(data.x.copy(), data.y.copy(), start["W1"].copy(), start["W2"].copy(), document.learning_rate)
    nothing = np.zeros((0, 0))
    seen = [Seen(nothing, nothing, nothing, 0.0)]
    for iteration in range(1, last + 1):
        if iteration in changes:
            changes[iteration](now)
        X, Y = now.x / now.x.max(axis=0), now.y / 100
        A2 = 1 / (1 + np.exp(-X @ now.W1))
        Y_hat = 1 / (1 + np.exp(-A2 @ now.W2))
        seen.append(Seen(now.W1.copy(), now.W2.copy(), Y_hat, 0.5 * float(((Y - Y_hat) ** 2).sum())))
        delta3 = -(Y - Y_hat) * Y_hat * (1 - Y_hat)
        delta2 = delta3 @ now.W2.T * A2 * (1 - A2)
        now.W2 -= now.rate * A2.T @ delta3
        now.W1 -= now.rate * X.T @ delta2
    return seen


def with_rate(rate: float) -> Change:
    """Another learning rate."""

    def change(now: Now) -> None:
        now.rate = rate

    return change


def with_x(row: int, column: int, value: float) -> Change:
    """Another number of x."""

    def change(now: Now) -> None:
        now.x[row - 1, column - 1] = value

    return change


def with_W1(row: int, column: int, value: float) -> Change:
    """Another weight."""

    def change(now: Now) -> None:
        now.W1[row - 1, column - 1] = value

    return change


def shows(stage: Stage, seen: Seen) -> bool:
    """Whether the header and the results are those of an iteration at its step J."""
    predictions = [line[1] for line in stage.results[-3:]]
    expected = [f"{prediction:.5f}" for prediction in (100 * seen.Y_hat[:, 0]).tolist()]
    return f"J = {rounded_text(seen.cost, 4)} " in f"{stage.header} " and predictions == expected


async def shows_at(stage: Stage, seen: list[Seen], *iterations: int) -> None:
    """Goes to each of the iterations, and looks whether it is what the loop came to."""
    for iteration in iterations:
        await stage.go_to(f"{iteration} J")
        if not stage.pane("results"):
            # Where there are two runs, the comparison stands in its place.
            await stage.focus("results")
        await stage.still()
        assert shows(stage, seen[iteration]), iteration
