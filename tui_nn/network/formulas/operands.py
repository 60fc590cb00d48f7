"""What formulas begin with: matrices by their names, their rows and their transposes."""

from collections.abc import Mapping
from typing import TypeAlias

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.network.model.array import Array

Shape: TypeAlias = tuple[int, int]
Values: TypeAlias = Mapping[str, Array]
Shapes: TypeAlias = Mapping[str, Shape]

ROW = "n"
"""The name under which the number of a row stands among the values, counted from 0, as a 1×1 matrix."""


@frozen_dataclass
class Symbol:
    """A matrix by its lecture name."""

    name: str

    def value(self, values: Values) -> Array:
        return values[self.name]

    def shape(self, shapes: Shapes) -> Shape:
        return shapes[self.name]


@frozen_dataclass
class MatrixRow:
    """aₙ: row n of a matrix."""

    of: Symbol

    def value(self, values: Values) -> Array:
        n = int(values[ROW][0, 0])
        return self.of.value(values)[n : n + 1]

    def shape(self, shapes: Shapes) -> Shape:
        return 1, self.of.shape(shapes)[1]


@frozen_dataclass
class Transposed:
    """Aᵀ."""

    of: Symbol | MatrixRow

    def value(self, values: Values) -> Array:
        return self.of.value(values).T

    def shape(self, shapes: Shapes) -> Shape:
        rows, columns = self.of.shape(shapes)
        return columns, rows


def same_shape(left: Shape, right: Shape) -> Shape:
    """The shape of two matrices that are combined cell by cell; raises ValueError where theirs differ."""
    if left != right:
        raise ValueError(f"a {left[0]}×{left[1]} matrix and a {right[0]}×{right[1]} one do not match cell by cell")
    return left
