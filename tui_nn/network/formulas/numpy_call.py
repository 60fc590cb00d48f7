"""A formula that no right program has: whatever numpy code makes of one or two matrices.

Only programs with a mistake, which `network/diagnosis` writes, have one. Signs, explanations, checks and exported
programs never meet it: they get the equations of a network.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias, runtime_checkable

import numpy as np

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.network.formulas.operands import Shape, Shapes, Values
from tui_nn.network.model.array import Array

if TYPE_CHECKING:
    from tui_nn.network.formulas.expression import Expression
    from tui_nn.network.model.activations import Operation

ResultShape: TypeAlias = Callable[[Shape], Shape]
"""The shape of what a function gives, by that of its first matrix."""


def as_operand(shape: Shape) -> Shape:
    """The function gives a matrix of the same shape."""
    return shape


def turned(shape: Shape) -> Shape:
    """The function gives a matrix of the shape of the transpose."""
    return shape[1], shape[0]


def a_number(shape: Shape) -> Shape:  # noqa: ARG001 - as every shape of a result
    """The function gives a number: the value is a 1×1 matrix."""
    return 1, 1


def row_of_rows(shape: Shape) -> Shape:
    """The function gives a row with a cell for each row."""
    return 1, shape[0]


def column_of_rows(shape: Shape) -> Shape:
    """The function gives a column with a cell for each row."""
    return shape[0], 1


@runtime_checkable
class InPlaceFunction(Protocol):
    """A function of matrices that can also be computed without new arrays."""

    def operations(self, *arrays: Array) -> "tuple[Operation, ...]":
        """The calls of numpy that fill the last of ``arrays`` with what the function makes of the others."""


@frozen_dataclass
class NumpyCall:
    """``function(of)``, or ``function(of, other)`` if ``other`` is another one; ``result`` gives the value's shape."""

    function: Callable[..., Any]
    of: "Expression"
    other: "Expression"
    result: ResultShape

    def value(self, values: Values) -> Array:
        result = np.asarray(self.function(*(one.value(values) for one in self.operands)))
        return result if result.ndim else result.reshape(1, 1)

    @property
    def operands(self) -> tuple["Expression", ...]:
        """The matrices that the function is given."""
        return (self.of,) if self.other == self.of else (self.of, self.other)

    def shape(self, shapes: Shapes) -> Shape:
        return self.result(self.of.shape(shapes))


def call_of(
    function: Callable[..., Any],
    of: "Expression",
    other: "Expression | None" = None,
    *,
    result: ResultShape = as_operand,
) -> NumpyCall:
    """What ``function`` makes of one matrix, or of two."""
    return NumpyCall(function, of, of if other is None else other, result)
