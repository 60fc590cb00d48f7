"""What a line of code needs to know of a wrong formula."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from tui_nn.network.formulas.expression import (
    ConstantTimes,
    DividedByRows,
    Expression,
    Hadamard,
    Negated,
    Symbol,
    parts,
)
from tui_nn.network.formulas.numpy_call import NumpyCall


def functions_in(expression: Expression) -> Iterator[Callable[..., Any]]:
    """The numpy functions that a formula calls."""
    if isinstance(expression, NumpyCall):
        yield expression.function
    for part in parts(expression):
        yield from functions_in(part)


def plainly_written(expression: Expression, rows: int) -> Expression:
    """A wrong formula as somebody would write it: without double minus, with / N for a factor of 1/``rows``."""
    match expression:
        case Negated(Negated(of)):
            return plainly_written(of, rows)
        case Negated(Hadamard(Negated(of), right)):
            return Hadamard(of, right)
        case Hadamard(Negated(Negated(of)), right):
            return Hadamard(of, right)
        case ConstantTimes(1.0, of):
            return plainly_written(of, rows)
        case ConstantTimes(outer, ConstantTimes(inner, of)):
            return plainly_written(ConstantTimes(outer * inner, of), rows)
        case ConstantTimes(constant, of) if rows > 2 and np.isclose(constant * rows, 1):
            return DividedByRows(plainly_written(of, rows), Symbol("X"))
    return expression
