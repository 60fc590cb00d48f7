"""J is another cost, such as cross-entropy or ``sum(abs(Y - Y_hat))``, with its own δ or with the right one."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from tui_nn.network.diagnosis.mistakes.cost_formulas import categorical_entropy, entropy, with_costs
from tui_nn.network.diagnosis.mistakes.mistake import ProgramMistake
from tui_nn.network.diagnosis.mistakes.rewrites import output_delta
from tui_nn.network.diagnosis.student_program import StudentProgram
from tui_nn.network.formulas.costs import COSTS
from tui_nn.network.formulas.costs.reduction import MEAN
from tui_nn.network.formulas.equations import equations
from tui_nn.network.formulas.expression import Derivative, DividedByRows, Expression, Hadamard, Symbol
from tui_nn.network.formulas.numpy_call import a_number, call_of
from tui_nn.network.formulas.steps import StepKind
from tui_nn.network.model.array import Array
from tui_nn.network.model.errors import ValidationError

_Y, _Y_HAT = Symbol("Y"), Symbol("Y_hat")


def _programs(program: StudentProgram) -> Iterator[StudentProgram]:
    yield from _of_lessons(program)
    delta, slope = output_delta(program), Derivative(program.network.output_activation, Symbol(f"Z{program.last}"))
    if program.network.cost != "cross-entropy":
        # The slope of cross-entropy, whatever the outputs are.
        plain = program.with_formulas({delta: _in_reduction(program, call_of(_error, _Y, _Y_HAT))})
        for function in (entropy, categorical_entropy):
            yield from with_costs(plain, [function])
            yield from with_costs(program, [function])
    else:
        # The squared error, with ŷ (1 − ŷ) for f′, also where the outputs are a softmax.
        for factor in (_error, _twice_the_error):
            slopes = _in_reduction(program, call_of(factor, _Y, _Y_HAT))
            own = Hadamard(slopes, call_of(_a_times_one_minus_a, _Y_HAT))
            yield from with_costs(program.with_formulas({delta: own}), [_half_squares, _squares])
        yield from with_costs(program, [_half_squares, _squares])
    # Σ |y − ŷ|, whose slope is a sign.
    signs = program.with_formulas({delta: Hadamard(_in_reduction(program, call_of(_sign, _Y, _Y_HAT)), slope)})
    yield from with_costs(signs, [_sizes])
    yield from with_costs(program, [_sizes, _half_sizes])
    if program.network.cost != "cross-entropy":
        yield program.with_cost(lambda cost: call_of(_root_of_mean, _Y, _Y_HAT, result=a_number))  # noqa: ARG005


def _of_lessons(program: StudentProgram) -> Iterator[StudentProgram]:
    """Another cost that a lesson can have: J and δ, only J, or only δ."""
    network, delta = program.network, output_delta(program)
    for name in COSTS:
        if name == network.cost:
            continue
        try:
            others = {one.name: one.expression for one in equations(replace(network, cost=name))}
        except (ValidationError, KeyError):
            continue
        yield program.with_formulas({name: others[name] for name in (delta, StepKind.COST)})
        yield program.with_formulas({StepKind.COST: others[StepKind.COST]})
        yield program.with_formulas({delta: others[delta]})


def _in_reduction(program: StudentProgram, slope: Expression) -> Expression:
    return DividedByRows(slope, _Y) if program.network.reduction == MEAN else slope


def _error(y: Array, y_hat: Array) -> Array:
    return y_hat - y


def _twice_the_error(y: Array, y_hat: Array) -> Array:
    return 2 * (y_hat - y)


def _sign(y: Array, y_hat: Array) -> Array:
    return -np.sign(y - y_hat)


def _a_times_one_minus_a(a: Array) -> Array:
    return a * (1 - a)


def _squares(y: Array, y_hat: Array) -> Any:
    return ((y - y_hat) ** 2).sum()


def _half_squares(y: Array, y_hat: Array) -> Any:
    return ((y - y_hat) ** 2).sum() / 2


def _sizes(y: Array, y_hat: Array) -> Any:
    return np.abs(y - y_hat).sum()


def _half_sizes(y: Array, y_hat: Array) -> Any:
    return np.abs(y - y_hat).sum() / 2


def _root_of_mean(y: Array, y_hat: Array) -> Any:
    return np.sqrt(((y - y_hat) ** 2).mean())


OTHER_COST = ProgramMistake("other cost", _programs, frequency=1)
