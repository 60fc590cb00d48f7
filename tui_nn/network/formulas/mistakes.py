"""Mistakes that programs make in the gradient: each rewrites the equations of a network of any depth.

The forward pass and J stay right. Later equations use the wrong matrices, as a program would.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

import numpy as np

from tui_nn.network.formulas.equations import Equation, equations, matrix_shapes
from tui_nn.network.formulas.expression import (
    Derivative,
    Expression,
    Hadamard,
    Negated,
    OverRows,
    Product,
    Shapes,
    Symbol,
    Transposed,
)
from tui_nn.network.formulas.steps import StepKind
from tui_nn.network.model.array import Array
from tui_nn.network.model.network import Network

_IDENTITY = "identity"
_EQUAL = 1e-9


class Mistake(StrEnum):
    """A mistake in a program; the value is its name in the session file."""

    DERIVATIVE = "forgotten derivative"
    TRANSPOSE = "missing transpose"
    MINUS = "lost minus"
    MEAN = "mean for sum"


@dataclass(frozen=True)
class Wrong:
    """An equation with a mistake in it, and the right one."""

    right: Equation
    wrong: Equation


@lru_cache(maxsize=64)
def mistaken(network: Network, rows: int, mistake: Mistake) -> tuple[Equation, ...]:
    """The equations of an iteration over so many rows, with the mistake in them; () where it is impossible.

    It is impossible where there is nothing to forget, where the shapes would not fit, or where the numbers would be the
    same: f′ of the identity is 1, a 1×1 matrix is its own transpose, and of one row the mean is the sum.
    """
    right = equations(network)
    match mistake:
        case Mistake.DERIVATIVE:
            # In a hidden layer first: the gradients computed before it are right, so it shows where the mistake begins.
            hidden_first = sorted(right, key=lambda one: one.step.number == len(network.layers))
            return _with_one_rewritten(right, hidden_first, _without_derivative)
        case Mistake.TRANSPOSE:
            shapes = matrix_shapes(network, rows)
            return _with_one_rewritten(right, right, lambda one: _untransposed(one.expression, shapes))
        case Mistake.MINUS:
            return _with_one_rewritten(right, right, _without_minus)
        case Mistake.MEAN if rows > 1:
            return tuple(_with_mean(one) if one.step.kind in (StepKind.DJDW, StepKind.DJDB) else one for one in right)
    return ()


def on_offer(network: Network, rows: int) -> tuple[Mistake, ...]:
    """The mistakes that are possible in a network over so many rows of data."""
    return tuple(mistake for mistake in Mistake if mistaken(network, rows, mistake))


def wrong_ones(network: Network, formulas: Iterable[Equation]) -> tuple[Wrong, ...]:
    """Those of ``formulas`` that have a mistake in them; ``formulas`` are all equations of an iteration."""
    return tuple(Wrong(right, one) for right, one in zip(equations(network), formulas, strict=True) if right != one)


@dataclass(frozen=True)
class Ratio:
    """A program's matrix divided by the right one, cell by cell: the least and the greatest quotient.

    Cells that are 0 in both are left out; a cell that is 0 only in the right matrix makes the quotient infinite.
    ``least`` and ``greatest`` are nan if no cell is left.
    """

    name: str
    least: float
    greatest: float

    def is_about(self, number: float) -> bool:
        """Whether the quotient is ``number`` in every cell."""
        return all(abs(one - number) <= _EQUAL * abs(number) for one in (self.least, self.greatest))


def ratio(name: str, program: Mapping[str, Array], right: Mapping[str, Array]) -> Ratio:
    """The matrix ``name`` of a program divided by the right one."""
    found, wanted = program[name], right[name]
    says = (found != 0) | (wanted != 0)
    with np.errstate(all="ignore"):
        quotients = found[says] / wanted[says]
    if not quotients.size or np.isnan(quotients).any():
        return Ratio(name, np.nan, np.nan)
    return Ratio(name, float(quotients.min()), float(quotients.max()))


def _with_one_rewritten(
    formulas: Iterable[Equation], order: Iterable[Equation], rewritings: Callable[[Equation], Iterator[Expression]]
) -> tuple[Equation, ...]:
    """The formulas with the first one in ``order`` rewritten that can be; () where none can."""
    for equation in order:
        for expression in rewritings(equation):
            return tuple(replace(one, expression=expression) if one is equation else one for one in formulas)
    return ()


def _without_derivative(equation: Equation) -> Iterator[Expression]:
    match equation.expression:
        case Hadamard(left, Derivative(activation)) if activation != _IDENTITY:
            yield left


def _without_minus(equation: Equation) -> Iterator[Expression]:
    match equation.expression:
        case Hadamard(Negated(of), right):
            yield Hadamard(of, right)


def _with_mean(equation: Equation) -> Equation:
    return replace(equation, expression=OverRows(equation.expression, Symbol("Y")))


def _untransposed(expression: Expression, shapes: Shapes) -> Iterator[Expression]:
    """The expression without one of its transposes, each in turn."""
    match expression:
        case Product(Transposed(Symbol() as of), right) if _is_square(of, shapes):
            yield Product(of, right)
        case Product(left, Transposed(Symbol() as of)) if _is_square(of, shapes):
            yield Product(left, of)
        case Hadamard(left, right):
            yield from (Hadamard(other, right) for other in _untransposed(left, shapes))


def _is_square(symbol: Symbol, shapes: Shapes) -> bool:
    """Whether a matrix may stand where its transpose does, and is not the same."""
    rows, columns = symbol.shape(shapes)
    return rows == columns > 1
