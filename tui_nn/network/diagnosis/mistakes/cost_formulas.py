"""Puts functions of Y and Ŷ in place of J, as programs write them that do not compute J from Z."""

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any, TypeAlias

import numpy as np

from tui_nn.network.diagnosis.student_program import StudentProgram
from tui_nn.network.formulas.costs.reduction import MEAN
from tui_nn.network.formulas.expression import (
    CategoricalCrossEntropy,
    CrossEntropy,
    DividedByRows,
    Expression,
    Symbol,
)
from tui_nn.network.formulas.numpy_call import a_number, call_of
from tui_nn.network.model.array import Array

CostFunction: TypeAlias = Callable[[Array, Array], Any]
"""J as a function of Y and Ŷ: a number."""


def with_costs(program: StudentProgram, functions: Iterable[CostFunction]) -> Iterator[StudentProgram]:
    """The program with each of these functions for J: as it is, and divided by N; the other way where J is a mean."""
    for function in functions:
        ways = [program.with_cost(_cost_by(function))]
        if program.rows > 1:
            ways.append(program.with_cost(_cost_by(_averaged(function))))
        yield from ways if program.network.reduction != MEAN else ways[::-1]


def _cost_by(function: CostFunction) -> Callable[[Expression], Expression]:
    return lambda cost: call_of(function, Symbol("Y"), Symbol("Y_hat"), result=a_number)  # noqa: ARG005


@cache
def _averaged(function: CostFunction) -> CostFunction:
    return lambda y, y_hat: function(y, y_hat) / y.shape[0]


def entropy(y: Array, y_hat: Array) -> Any:
    """−Σ (y ln ŷ + (1 − y) ln(1 − ŷ))."""
    with np.errstate(all="ignore"):
        return -(y * np.log(y_hat) + (1 - y) * np.log(1 - y_hat)).sum()


def categorical_entropy(y: Array, y_hat: Array) -> Any:
    """−Σ y ln ŷ."""
    with np.errstate(all="ignore"):
        return -(y * np.log(y_hat)).sum()


def with_cost_of_outputs(program: StudentProgram) -> StudentProgram:
    """The program that computes J from Ŷ, where the right one computes it from the last Z: f is another one here."""

    def of_outputs(cost: Expression) -> Expression:
        match cost:
            case DividedByRows(of, counted):
                return DividedByRows(of_outputs(of), counted)
            case CrossEntropy():
                return _cost_by(entropy)(cost)
            case CategoricalCrossEntropy():
                return _cost_by(categorical_entropy)(cost)
        return cost

    return program.with_cost(of_outputs)
