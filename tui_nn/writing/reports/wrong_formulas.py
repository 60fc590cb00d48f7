"""What a line of code needs to know of a wrong formula."""

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import numpy as np

from tui_nn.network.diagnosis.mistakes.activation_ways import DERIVATIVES_OF_A
from tui_nn.network.diagnosis.mistakes.rewrites import activation_of, derivative_in
from tui_nn.network.diagnosis.student_program import StudentProgram
from tui_nn.network.formulas.expression import (
    Activated,
    Added,
    ConstantTimes,
    Difference,
    DividedByRows,
    Expression,
    Hadamard,
    Negated,
    NumberTimes,
    Symbol,
    parts,
    replaced,
    symbols,
)
from tui_nn.network.formulas.numpy_call import NumpyCall, call_of
from tui_nn.network.formulas.operands import Shapes

_NEXT = "_next"


def functions_in(expression: Expression) -> Iterator[Callable[..., Any]]:
    """The numpy functions that a formula calls."""
    return (call.function for call in _calls_in(expression))


def _calls_in(expression: Expression) -> Iterator[NumpyCall]:
    if isinstance(expression, NumpyCall):
        yield expression
    for part in parts(expression):
        yield from _calls_in(part)


def activation_in(expression: Expression) -> str:
    """The name of the f or the f′ in a formula; "" if it has neither."""
    if isinstance(expression, Activated):
        return expression.activation
    derivative = derivative_in(expression)
    return derivative.activation if derivative else ""


def in_terms_of_a(wrong: Expression, right: Expression, program: StudentProgram) -> Expression | None:
    """The right formula with f′ computed of A, where the wrong one computes it so; else None."""
    derivative = derivative_in(right)
    if derivative is None or derivative.activation not in DERIVATIVES_OF_A:
        return None
    a = activation_of(program, derivative)
    if not any(call.operands == (a,) for call in _calls_in(wrong)):
        return None
    return replaced(right, {derivative: call_of(DERIVATIVES_OF_A[derivative.activation], a)})


def updated_before(wrong: Expression, right: Expression) -> list[str]:
    """The parameters that the wrong formula takes after their update and the right one before it; [] if others differ.

    In a program, both may be the same line: the update stands above it, or below.
    """
    early = sorted(symbols(wrong) - symbols(right))
    before = [name.removesuffix(_NEXT) for name in early]
    if not all(name.endswith(_NEXT) for name in early):
        return []
    back: dict[Expression, Expression] = {Symbol(name): Symbol(old) for name, old in zip(early, before, strict=True)}
    return before if back and replaced(wrong, back) == right else []


def repeats_cells(expression: Expression, shapes: Shapes) -> bool:
    """Whether a formula multiplies matrices of different shapes cell by cell: numpy repeats rows, R stops."""
    if isinstance(expression, Hadamard):
        try:
            if expression.left.shape(shapes) != expression.right.shape(shapes):
                return True
        except (ValueError, KeyError):
            # Another part does not fit, or is none of the lesson's.
            return False
    return any(repeats_cells(part, shapes) for part in parts(expression))


@cache
def _divided_by(number: int) -> Callable[[Any], Any]:
    return lambda matrix: matrix / number


def plainly_written(expression: Expression, rows: int) -> Expression:
    """A wrong formula as somebody would write it: without double minus, with / N for a factor of 1/``rows``."""
    match expression:
        case Negated(Negated(of)):
            return plainly_written(of, rows)
        case Negated(Hadamard(Negated(of), right)):
            return Hadamard(of, right)
        case Hadamard(Negated(Negated(of)), right):
            return Hadamard(of, right)
        case Added(left, Negated(right)):
            return Difference(plainly_written(left, rows), right)
        case Added(left, right):
            return Added(plainly_written(left, rows), plainly_written(right, rows))
        case ConstantTimes(1.0, of):
            return plainly_written(of, rows)
        case ConstantTimes(0.0, ConstantTimes(0.5, of)):
            return NumberTimes("1 %/% 2", of)
        case ConstantTimes(0.0, of):
            return NumberTimes("1 %/% nrow(X)", of)
        case ConstantTimes(constant, of) if rows > 2 and np.isclose(constant * rows, 1):
            return DividedByRows(plainly_written(of, rows), Symbol("X"))
        case ConstantTimes(constant, of) if rows > 2 and np.isclose(constant * rows**2, 1):
            return DividedByRows(DividedByRows(plainly_written(of, rows), Symbol("X")), Symbol("X"))
        case ConstantTimes(constant, of) if 0 < constant < 0.5 and np.isclose(1 / constant, round(1 / constant)):
            return call_of(_divided_by(round(1 / constant)), plainly_written(of, rows))
        case ConstantTimes(outer, ConstantTimes(inner, of)):
            return plainly_written(ConstantTimes(outer * inner, of), rows)
        case ConstantTimes(constant, Hadamard(Negated(of), right)):
            return Hadamard(ConstantTimes(-constant, of), right)
        case ConstantTimes(constant, Negated(of)):
            return ConstantTimes(-constant, of)
    return expression
