"""J is another cost, is mistyped, or adds up all pairs of errors; a penalty is left out, or counts the biases."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np

from tui_nn.network.diagnosis.mistakes.mistake import ProgramMistake, biases, output_delta, slopes
from tui_nn.network.diagnosis.student_program import StudentProgram
from tui_nn.network.formulas.costs import COSTS
from tui_nn.network.formulas.equations import equations
from tui_nn.network.formulas.expression import Expression, Symbol
from tui_nn.network.formulas.numpy_call import NumpyCall, call_of
from tui_nn.network.formulas.rewritings import (
    forgotten_complement,
    forgotten_other_units,
    forgotten_penalty,
    kept_derivative,
    penalty_on_biases,
)
from tui_nn.network.formulas.steps import StepKind
from tui_nn.network.model.array import Array
from tui_nn.network.model.errors import ValidationError

_Y, _Y_HAT = Symbol("Y"), Symbol("Y_hat")


def _on_errors(function: Callable[[Array, Array], Array]) -> Callable[[Expression], Expression]:
    return lambda of_data: NumpyCall(function, _Y, _Y_HAT, is_number=True)  # noqa: ARG005


def _from_errors(
    program: StudentProgram, functions: tuple[Callable[[Array, Array], Array], ...]
) -> Iterator[StudentProgram]:
    """The program with each of these functions of Y and Ŷ for J; divided by N where J is a mean, too."""
    for function in functions:
        yield program.with_cost(_on_errors(function))
        if program.rows > 1:
            yield program.with_cost(_on_errors(_averaged(function)))


_MEANS: dict[Callable[[Array, Array], Array], Callable[[Array, Array], Array]] = {}


def _averaged(function: Callable[[Array, Array], Array]) -> Callable[[Array, Array], Array]:
    def mean(y: Array, y_hat: Array) -> Array:
        return function(y, y_hat) / len(y)

    return _MEANS.setdefault(function, mean)


def _half_all_pairs(y: Array, y_hat: Array) -> Array:
    return np.asarray(0.5 * ((y - y_hat).sum(axis=0) ** 2).sum())


def _all_pairs(y: Array, y_hat: Array) -> Array:
    return np.asarray(((y - y_hat).sum(axis=0) ** 2).sum())


def _half_square_of_sum(y: Array, y_hat: Array) -> Array:
    return np.asarray(0.5 * (y - y_hat).sum() ** 2)


def _square_of_sum(y: Array, y_hat: Array) -> Array:
    return np.asarray((y - y_hat).sum() ** 2)


def _half_all_outputs(y: Array, y_hat: Array) -> Array:
    """½ sum(t(e) %*% e): all pairs of outputs."""
    return np.asarray(0.5 * ((y - y_hat).sum(axis=1) ** 2).sum())


def _over_all_pairs(program: StudentProgram) -> Iterator[StudentProgram]:
    yield from _from_errors(
        program, (_half_all_pairs, _all_pairs, _half_square_of_sum, _square_of_sum, _half_all_outputs)
    )


_LN = np.log

_ENTROPIES: tuple[Callable[[Array, Array], Array], ...] = (
    lambda y, p: ((y * _LN(p)) + ((1 - y) * _LN(1 - p))).sum(),
    lambda y, p: -((y * _LN(p)) - ((1 - y) * _LN(1 - p))).sum(),
    lambda y, p: (-(y * _LN(p)) + ((1 - y) * _LN(1 - p))).sum(),
    lambda y, p: ((y * _LN(p)) - ((1 - y) * _LN(1 - p))).sum(),
    lambda y, p: -(y * _LN(p)).sum(),
    lambda y, p: -((1 - y) * _LN(1 - p)).sum(),
    lambda y, p: (y * _LN(p)).sum(),
    lambda y, p: -((y * _LN(p)) + (1 - y) * _LN(p)).sum(),
    lambda y, p: -((y * _LN(p)) + (1 - y) * (1 - _LN(p))).sum(),
    lambda y, p: -((y * _LN(p)) + 1 - y * _LN(1 - p)).sum(),
    lambda y, p: -(y * _LN(1 - p) + (1 - y) * _LN(p)).sum(),
    lambda y, p: -((y * _LN(p)) + ((1 - y) * _LN(1 - p))).sum() / _LN(10),
    lambda y, p: -((y * _LN(p)) + ((1 - y) * _LN(1 - p))).sum() / _LN(2),
    lambda y, p: -((y * _LN(p)) + y * _LN(1 - p)).sum(),
    lambda y, p: -(y * _LN(p)).sum() / _LN(2),
    lambda y, p: -(y * _LN(p)).sum() / _LN(10),
    lambda y, p: -(p * _LN(np.where(y > 0, y, 1)) + (1 - p) * _LN(np.where(y < 1, 1 - y, 1))).sum(),
    lambda y, p: -((y * _LN(p)) * ((1 - y) * _LN(1 - p))).sum(),
)
"""Ways to mistype −Σ (y ln ŷ + (1 − y) ln(1 − ŷ))."""
_SQUARES: tuple[Callable[[Array, Array], Array], ...] = (
    lambda y, p: (y - p).sum() / 2,
    lambda y, p: (y - p).sum(),
    lambda y, p: -((y - p) ** 2).sum() / 2,
    lambda y, p: -((y - p) ** 2).sum(),
    lambda y, p: np.abs(y - p).sum() / 2,
    lambda y, p: np.abs(y - p).sum(),
    lambda y, p: np.sqrt(((y - p) ** 2).sum()) / 2,
    lambda y, p: np.sqrt(((y - p) ** 2).sum()),
    lambda y, p: (y**2 - p**2).sum() / 2,
    lambda y, p: (y**2 - p**2).sum(),
    lambda y, p: (y - p**2).sum() / 2,
    lambda y, p: (y - p**2).sum(),
    lambda y, p: ((y + p) ** 2).sum() / 2,
    lambda y, p: ((y + p) ** 2).sum(),
    lambda y, p: (((y - p) / 2) ** 2).sum(),
    lambda y, p: ((y - p) ** 3).sum() / 2,
    lambda y, p: ((y - p) ** 4).sum() / 2,
    lambda y, p: (2 * (y - p)).sum() / 2,
    lambda y, p: (y - p).sum() ** 2 / 4,
)
"""Ways to mistype ½ Σ (y − ŷ)²."""


def _mistyped(program: StudentProgram) -> Iterator[StudentProgram]:
    yield from _from_errors(program, _ENTROPIES if program.network.cost == "cross-entropy" else _SQUARES)


def _entropy(y: Array, y_hat: Array) -> Array:
    with np.errstate(all="ignore"):
        return np.asarray(-(y * np.log(y_hat) + (1 - y) * np.log(1 - y_hat)).sum())


def _categorical(y: Array, y_hat: Array) -> Array:
    with np.errstate(all="ignore"):
        return np.asarray(-(y * np.log(y_hat)).sum())


def _other_cost(program: StudentProgram) -> Iterator[StudentProgram]:
    """J and the slope of another cost, or only its J."""
    network = program.network
    for name in COSTS:
        if name == network.cost:
            continue
        try:
            others = {one.name: one.expression for one in equations(replace(network, cost=name))}
        except (ValidationError, KeyError):
            continue
        chosen = program.with_formulas({output_delta(program): others[output_delta(program)]})
        yield program.with_formulas({output_delta(program): others[output_delta(program)], "J": others["J"]})
        yield program.with_formulas({"J": others["J"]})
        yield chosen
    if network.cost == "cross-entropy":
        return
    # The slope of cross-entropy, whatever the outputs are; and a cost of sizes.
    plain = program.with_formulas({output_delta(program): call_of(_residual, _Y, _Y_HAT)})
    for function in (_entropy, _categorical):
        yield from _from_errors(plain, (function,))
        yield from _from_errors(program, (function,))


def _residual(y: Array, y_hat: Array) -> Array:
    return y_hat - y


def _rewritten_formulas(program: StudentProgram, formulas: tuple[object, ...]) -> Iterator[StudentProgram]:
    right = {one.name: one.expression for one in equations(program.network)}
    changed = {one.name: one.expression for one in formulas if one.expression != right[one.name]}  # type: ignore[attr-defined]
    if changed:
        yield program.with_formulas(changed)


def _penalty_left_out(program: StudentProgram) -> Iterator[StudentProgram]:
    if not program.network.penalised:
        return
    for one in _rewritten_formulas(program, forgotten_penalty(program.network, program.rows)):
        yield one.with_formulas({"J": _data_part(one)})
        yield one
    yield program.with_formulas({"J": _data_part(program)})


def _data_part(program: StudentProgram) -> Expression:
    cost = program.formula(StepKind.COST)
    return getattr(cost, "left", cost)


def _penalty_on_biases(program: StudentProgram) -> Iterator[StudentProgram]:
    if not biases(program) or not program.network.penalised or program.network.penalty.on_biases:
        return
    counted = replace(program.network, penalty=replace(program.network.penalty, on_biases=True))
    every = {one.name: one.expression for one in equations(counted)}
    both = replace(program, network=counted).with_formulas(
        {name: every[name] for name in slopes(program) if name.startswith("dJdb")}
    )
    yield both
    yield from _rewritten_formulas(program, penalty_on_biases(program.network, program.rows))


def _kept_derivative(program: StudentProgram) -> Iterator[StudentProgram]:
    return _rewritten_formulas(program, kept_derivative(program.network, program.rows))


def _forgotten_complement(program: StudentProgram) -> Iterator[StudentProgram]:
    return _rewritten_formulas(program, forgotten_complement(program.network, program.rows))


def _forgotten_other_units(program: StudentProgram) -> Iterator[StudentProgram]:
    return _rewritten_formulas(program, forgotten_other_units(program.network, program.rows))


ALL_PAIRS = ProgramMistake("cost over all pairs", _over_all_pairs, found=4)
MISTYPED_COST = ProgramMistake("cost mistyped", _mistyped, found=3)
OTHER_COST = ProgramMistake("other cost", _other_cost, found=1)
PENALTY_LEFT_OUT = ProgramMistake("penalty left out", _penalty_left_out, found=1)
PENALTY_ON_BIASES = ProgramMistake("penalty on the biases", _penalty_on_biases, found=3)
KEPT_DERIVATIVE = ProgramMistake("slope left in", _kept_derivative, found=0)
COMPLEMENT = ProgramMistake("forgotten complement", _forgotten_complement, found=0)
OTHER_UNITS = ProgramMistake("sigmoid slope for softmax", _forgotten_other_units, found=0)
