"""Mistakes that programs make in the gradient, or after it: each rewrites the equations of a network of any depth.

The forward pass and J stay right. Later equations use the wrong matrices, as a program would.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import lru_cache

import numpy as np

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.network.formulas.equations import Equation, equations
from tui_nn.network.formulas.rewritings import (
    Rewriting,
    cleared_state,
    forgotten_complement,
    forgotten_correction,
    forgotten_derivative,
    forgotten_other_units,
    forgotten_penalty,
    kept_derivative,
    lost_minus,
    mean_for_sum,
    missing_transpose,
    penalty_on_biases,
    plus_for_minus,
    sum_for_mean,
)
from tui_nn.network.model.array import Array
from tui_nn.network.model.network import Network

_EQUAL = 1e-9
_ROUNDING = 1e-14


class Mistake(StrEnum):
    """A mistake in a program; the value is its name in the session file."""

    DERIVATIVE = "forgotten derivative"
    TRANSPOSE = "missing transpose"
    MINUS = "lost minus"
    MEAN = "mean for sum"
    SUM = "sum for mean"
    PENALTY = "forgotten penalty"
    PENALISED_BIASES = "penalty on biases"
    KEPT_DERIVATIVE = "slope left in"
    COMPLEMENT = "forgotten complement"
    OTHER_UNITS = "sigmoid slope for softmax"
    UNCORRECTED = "no bias correction"
    PLUS = "plus for minus"
    CLEARED = "state cleared each epoch"


_REWRITINGS: dict[Mistake, Rewriting] = {
    Mistake.DERIVATIVE: forgotten_derivative,
    Mistake.TRANSPOSE: missing_transpose,
    Mistake.MINUS: lost_minus,
    Mistake.MEAN: mean_for_sum,
    Mistake.SUM: sum_for_mean,
    Mistake.PENALTY: forgotten_penalty,
    Mistake.PENALISED_BIASES: penalty_on_biases,
    Mistake.KEPT_DERIVATIVE: kept_derivative,
    Mistake.COMPLEMENT: forgotten_complement,
    Mistake.OTHER_UNITS: forgotten_other_units,
    Mistake.UNCORRECTED: forgotten_correction,
    Mistake.PLUS: plus_for_minus,
    Mistake.CLEARED: cleared_state,
}


@frozen_dataclass
class MistakenEquation:
    """An equation with a mistake in it, and the right one."""

    right: Equation
    wrong: Equation


@lru_cache(maxsize=64)
def mistaken_equations(
    network: Network, rows: int, mistake: Mistake, *, is_new_epoch: bool = False
) -> tuple[Equation, ...]:
    """The equations of an iteration over so many rows, with the mistake in them; () where it is impossible.

    It is impossible where there is nothing to forget, where the shapes would not fit, or where the numbers would be the
    same: f′ of the identity is 1, a 1×1 matrix is its own transpose, and of one row the mean is the sum. Where J is a
    sum, no 1/N can be forgotten, and without a penalty no penalty. Where f′ does not cancel in δ, it is not kept. Only
    Adam corrects its averages. What an optimizer keeps can be cleared in the first iteration of each epoch but
    the first, which ``is_new_epoch`` says.
    """
    if mistake is Mistake.CLEARED and not is_new_epoch:
        return ()
    return _REWRITINGS[mistake](network, rows)


def possible_mistakes(network: Network, rows: int, *, is_new_epoch: bool = False) -> tuple[Mistake, ...]:
    """The mistakes that are possible in an iteration over so many rows of data."""
    return tuple(one for one in Mistake if mistaken_equations(network, rows, one, is_new_epoch=is_new_epoch))


def mistaken_among(network: Network, formulas: Iterable[Equation]) -> tuple[MistakenEquation, ...]:
    """Those of ``formulas`` that have a mistake in them; ``formulas`` are all equations of an iteration."""
    return tuple(
        MistakenEquation(right, one) for right, one in zip(equations(network), formulas, strict=True) if right != one
    )


@frozen_dataclass
class GradientRatio:
    """A program's matrix divided by the right one, cell by cell: the least and the greatest quotient.

    Cells that are 0 in both are left out; a cell that is 0 only in the right matrix makes the quotient infinite. A cell
    that is only rounding beside the largest cell counts as 0.
    ``least`` and ``greatest`` are nan if no cell is left.
    """

    name: str
    least: float
    greatest: float

    def is_about(self, number: float) -> bool:
        """Whether the quotient is ``number`` in every cell."""
        return all(abs(one - number) <= _EQUAL * abs(number) for one in (self.least, self.greatest))


def gradient_ratio(name: str, program: Mapping[str, Array], right: Mapping[str, Array]) -> GradientRatio:
    """The matrix ``name`` of a program divided by the right one."""
    nothing = _ROUNDING * max(float(np.abs(matrix[name]).max()) for matrix in (program, right))
    found, wanted = (np.where(np.abs(matrix[name]) <= nothing, 0.0, matrix[name]) for matrix in (program, right))
    says = (found != 0) | (wanted != 0)
    with np.errstate(all="ignore"):
        quotients = found[says] / wanted[says]
    if not quotients.size or np.isnan(quotients).any():
        return GradientRatio(name, np.nan, np.nan)
    return GradientRatio(name, float(quotients.min()), float(quotients.max()))
