"""Y is a plain list of N numbers, Ŷ a column: numpy's ``Y - Y_hat`` is a square of all N² differences."""

from collections.abc import Callable, Iterator

import numpy as np

from tui_nn.network.diagnosis.mistakes.mistake import ProgramMistake
from tui_nn.network.diagnosis.mistakes.rewrites import output_delta, putting
from tui_nn.network.diagnosis.student_program import Rewritten, StudentProgram
from tui_nn.network.formulas.expression import Difference, Expression, Symbol, Transposed, symbols
from tui_nn.network.formulas.numpy_call import a_number, call_of
from tui_nn.network.model.array import Array

_Y, _Y_HAT = Symbol("Y"), Symbol("Y_hat")


def _programs(program: StudentProgram) -> Iterator[StudentProgram]:
    if program.Y.shape[1] != 1 or program.rows == 1:
        return
    # np.sum((Y - Y_hat)**2) over the square; its mean; or its sum divided by N.
    costs = [_over_the_square(1.0)]
    if program.network.reduction == "mean":
        costs.append(_over_the_square(program.rows))
    in_cost = [program.with_cost(cost) for cost in costs]
    yield from in_cost
    # δ is a square, too: Y is a list everywhere, and stands in each row; or Ŷ is one, as Y_hat.ravel().
    delta, difference = [output_delta(program)], Difference(_Y, _Y_HAT)
    for square in (Difference(Transposed(_Y), _Y_HAT), Difference(_Y, Transposed(_Y_HAT))):
        for start in (*in_cost, program):
            yield start.rewritten(delta, putting(difference, square))
    # The square is added up or averaged to a column again.
    for back in (_sums_of_rows, _means_of_rows, _sums_of_columns, _means_of_columns):
        for start in (*in_cost, program):
            yield start.rewritten(delta, putting(difference, call_of(back, _Y, _Y_HAT)))


def _sums_of_rows(y: Array, y_hat: Array) -> Array:
    return np.asarray((y.T - y_hat).sum(axis=1, keepdims=True))


def _means_of_rows(y: Array, y_hat: Array) -> Array:
    return np.asarray((y.T - y_hat).mean(axis=1, keepdims=True))


def _sums_of_columns(y: Array, y_hat: Array) -> Array:
    return np.asarray((y.T - y_hat).sum(axis=0)[:, np.newaxis])


def _means_of_columns(y: Array, y_hat: Array) -> Array:
    return np.asarray((y.T - y_hat).mean(axis=0)[:, np.newaxis])


def _over_the_square(factor: float) -> Rewritten:
    """J of all N² pairs of a y and a ŷ, times ``factor``."""
    return lambda cost: call_of(_cost_of_pairs(cost, factor), _Y, _Y_HAT, result=a_number)


def _cost_of_pairs(cost: Expression, factor: float) -> Callable[[Array, Array], Array]:
    def value(y: Array, y_hat: Array) -> Array:
        rows = len(y)
        pairs = {"Y": np.tile(y.ravel(), rows)[:, np.newaxis], "Y_hat": np.repeat(y_hat.ravel(), rows)[:, np.newaxis]}
        # The cost of a sigmoid is computed from its Z.
        with np.errstate(all="ignore"):
            logits = np.log(pairs["Y_hat"]) - np.log1p(-pairs["Y_hat"])
        sums = {name: logits for name in symbols(cost) if name.startswith("Z")}
        return factor * cost.value({**pairs, **sums})

    return value


VECTOR_AGAINST_COLUMN = ProgramMistake("vector against column", _programs, frequency=6)
