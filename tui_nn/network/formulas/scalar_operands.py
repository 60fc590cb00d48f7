"""What formulas of one number begin with: cells, lines of cells, given numbers, and what is made of one of these."""

from collections.abc import Mapping
from typing import TypeAlias

import numpy as np

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.network.model.array import Array

Values: TypeAlias = Mapping[str, Array]


@frozen_dataclass
class Cell:
    """A cell of a matrix, by its lecture name; rows and columns count from 1."""

    name: str
    row: int
    column: int

    def value(self, values: Values) -> float:
        return float(values[self.name][self.row - 1, self.column - 1])


@frozen_dataclass
class RowOrColumn:
    """A row of a matrix, or a column where ``row`` is 0."""

    name: str
    row: int = 0
    column: int = 0

    def values(self, values: Values) -> Array:
        """The cells of the line, shape (length,)."""
        matrix = values[self.name]
        return matrix[self.row - 1] if self.row else matrix[:, self.column - 1]

    def cell(self, number: int) -> Cell:
        """The cell with that number, from 1."""
        return Cell(self.name, self.row or number, self.column or number)


@frozen_dataclass
class GivenNumber:
    """A number that is in no matrix of an iteration: the learning rate, or a shift or divisor of a column of x or y."""

    name: str
    number: float

    def value(self, values: Values) -> float:  # noqa: ARG002 - as every scalar
        return self.number


@frozen_dataclass
class PowerOfNumber:
    """aᵗ, for a given number a; ``exponent`` is t."""

    of: GivenNumber
    exponent: int

    def value(self, values: Values) -> float:  # noqa: ARG002 - as every scalar
        return self.raised(self.of.number)

    def raised(self, number: float) -> float:
        """Another number, to the same power."""
        return float(number**self.exponent)


@frozen_dataclass
class OneMinus:
    """1 − a."""

    of: Cell | GivenNumber | PowerOfNumber

    def value(self, values: Values) -> float:
        return 1.0 - self.of.value(values)


@frozen_dataclass
class SignOfCell:
    """sign(a): 1 above 0, −1 below, 0 at 0."""

    of: Cell

    def value(self, values: Values) -> float:
        return float(np.sign(self.of.value(values)))


@frozen_dataclass
class SquareOfCell:
    """a²."""

    of: Cell

    def value(self, values: Values) -> float:
        with np.errstate(all="ignore"):
            return float(np.square(self.of.value(values)))


@frozen_dataclass
class RootOfCell:
    """√a, for a cell that is nowhere below 0."""

    of: Cell

    def value(self, values: Values) -> float:
        return float(np.sqrt(self.of.value(values)))
