"""Expressions over all iterations of a run, which only the derivations of optimizers have.

They are of one weight or of all cells of a parameter at once. ``values`` then holds each matrix as all iterations from
1 to t computed it, shape (t, rows, columns), and t itself, as a 1×1 matrix, under `ITERATION`.
"""

from typing import TYPE_CHECKING

import numpy as np

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.network.formulas.operands import Shape, Shapes, Symbol, Values
from tui_nn.network.model.array import Array

if TYPE_CHECKING:
    from tui_nn.network.formulas.expression import Expression

ITERATION, EACH_ITERATION = "t", "k"
"""The names of the iteration's number among the values, and of the number over which a sum runs."""


@frozen_dataclass
class OfIteration:
    """Aₜ, Aₜ₋₁, Aₖ or A₁: a matrix as the iteration ``when`` computed it; 0 before iteration 1."""

    of: Symbol
    when: str = ITERATION

    def value(self, values: Values) -> Array:
        history, number = values[self.of.name], _whole_number(self.when, values)
        return history[number - 1] if number >= 1 else np.zeros_like(history[0])

    def shape(self, shapes: Shapes) -> Shape:
        return self.of.shape(shapes)


@frozen_dataclass
class NumberPower:
    """A number, to a power such as t − k, as a 1×1 matrix; ``number`` is its name among the values."""

    number: str
    exponent: str = "1"

    def value(self, values: Values) -> Array:
        power: Array = values[self.number] ** _whole_number(self.exponent, values)
        return power

    def shape(self, shapes: Shapes) -> Shape:  # noqa: ARG002 - as every expression
        return 1, 1


@frozen_dataclass
class PowerTimes:
    """A power of a number, times A."""

    power: NumberPower
    of: "Expression"

    def value(self, values: Values) -> Array:
        return self.power.value(values) * self.of.value(values)

    def shape(self, shapes: Shapes) -> Shape:
        return self.of.shape(shapes)


@frozen_dataclass
class SumOverIterations:
    """Σₖ A: the sum of an expression of iteration k, over all iterations from 1 to t."""

    of: "Expression"

    def value(self, values: Values) -> Array:
        every = range(1, _whole_number(ITERATION, values) + 1)
        terms = [self.of.value({**values, EACH_ITERATION: np.array([[float(k)]])}) for k in every]
        total: Array = np.sum(terms, axis=0)
        return total

    def shape(self, shapes: Shapes) -> Shape:
        return self.of.shape(shapes)


@frozen_dataclass
class Magnitude:
    """|A|, cell by cell."""

    of: OfIteration

    def value(self, values: Values) -> Array:
        return np.abs(self.of.value(values))

    def shape(self, shapes: Shapes) -> Shape:
        return self.of.shape(shapes)


def _whole_number(written: str, values: Values) -> int:
    """The number of an iteration, or an exponent: 1, t, t-2, t-k."""
    first, *others = (int(part) if part.isdecimal() else int(values[part].item()) for part in written.split("-"))
    return first - sum(others)
