"""The exponentials of softmax are divided by the wrong sum."""

from collections.abc import Iterator

import numpy as np

from tui_nn.network.diagnosis.mistakes.mistake import ProgramMistake
from tui_nn.network.diagnosis.student_program import StudentProgram
from tui_nn.network.formulas.expression import Activated
from tui_nn.network.formulas.numpy_call import call_of
from tui_nn.network.formulas.steps import StepKind
from tui_nn.network.model.array import Array


def over_everything(z: Array) -> Array:
    """The exponentials, divided by the sum of all of them."""
    grown = np.exp(z - z.max())
    return np.asarray(grown / grown.sum())


def over_the_rows(z: Array) -> Array:
    """The exponentials, divided by the sum of their column."""
    grown = np.exp(z - z.max(axis=0))
    return np.asarray(grown / grown.sum(axis=0))


def _recycled(z: Array) -> Array:
    """What R computes for exp(z) / colSums(exp(z)): it repeats the sums down the columns."""
    grown = np.exp(z - z.max())
    sums = np.resize(grown.sum(axis=0), z.size).reshape(z.shape, order="F")
    return np.asarray(grown / sums)


def _entropy(y: Array, y_hat: Array) -> Array:
    with np.errstate(all="ignore"):
        return np.asarray(-(y * np.log(y_hat)).sum())


def _mean_entropy(y: Array, y_hat: Array) -> Array:
    return _entropy(y, y_hat) / len(y)


def _programs(program: StudentProgram, *functions: object) -> Iterator[StudentProgram]:
    from tui_nn.network.formulas.expression import Symbol

    match program.formula(StepKind.Y_HAT):
        case Activated("softmax", of):
            for function in functions:
                own = program.with_formulas({"Y_hat": call_of(function, of)})  # type: ignore[arg-type]
                # J is computed from these Ŷ, not from Z.
                cost = _entropy if program.network.reduction == "sum" else _mean_entropy
                yield own.with_cost(lambda one, cost=cost: call_of(cost, Symbol("Y"), Symbol("Y_hat"), is_number=True))  # type: ignore[misc]


OVER_EVERYTHING = ProgramMistake(
    "softmax over everything", lambda program: _programs(program, over_everything), found=3
)
OVER_THE_ROWS = ProgramMistake(
    "softmax over the rows", lambda program: _programs(program, over_the_rows, _recycled), found=0
)
