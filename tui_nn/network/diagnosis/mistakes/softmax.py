"""Softmax divides by the wrong sums: ``exp(Z_3) / sum(exp(Z_3))``, ``exp(Z_3) / colSums(exp(Z_3))``."""

from collections.abc import Callable, Iterator

import numpy as np

from tui_nn.network.diagnosis.mistakes.cost_formulas import with_cost_of_outputs
from tui_nn.network.diagnosis.mistakes.mistake import ProgramMistake
from tui_nn.network.diagnosis.mistakes.recycling import down_the_columns
from tui_nn.network.diagnosis.student_program import StudentProgram
from tui_nn.network.formulas.expression import Activated
from tui_nn.network.formulas.numpy_call import call_of
from tui_nn.network.formulas.steps import StepKind
from tui_nn.network.model.array import Array


def _over_everything(program: StudentProgram) -> Iterator[StudentProgram]:
    """The rows of Ŷ do not sum to 1: all of Ŷ does."""
    yield from _with_softmax(program, _by_total, _by_total_of_plain)


def _over_the_rows(program: StudentProgram) -> Iterator[StudentProgram]:
    """The columns of Ŷ sum to 1; or R repeats the sums of the rows or columns where they do not belong."""
    yield from _with_softmax(program, _by_columns, _by_recycled_columns, _by_sums_along_rows)


def _with_softmax(program: StudentProgram, *functions: Callable[[Array], Array]) -> Iterator[StudentProgram]:
    match program.formula(StepKind.Y_HAT):
        case Activated("softmax", of):
            for function in functions:
                yield with_cost_of_outputs(program.with_formulas({StepKind.Y_HAT: call_of(function, of)}))


def _by_total(z: Array) -> Array:
    grown = np.exp(z - z.max())
    return np.asarray(grown / grown.sum())


def _by_total_of_plain(z: Array) -> Array:
    """``exp(z - max(z)) / sum(exp(z))``."""
    return np.asarray(np.exp(z - z.max()) / np.exp(z).sum())


def _by_columns(z: Array) -> Array:
    """``exp(z) / exp(z).sum(axis=0)``."""
    grown = np.exp(z - z.max(axis=0))
    return np.asarray(grown / grown.sum(axis=0))


def _by_recycled_columns(z: Array) -> Array:
    """R's ``exp(z) / colSums(exp(z))``."""
    grown = np.exp(z - z.max())
    return np.asarray(grown / down_the_columns(grown.sum(axis=0), grown))


def _by_sums_along_rows(z: Array) -> Array:
    """``exp(z) / exp(z).sum(axis=1)``: the sums of the rows stand in a row. It fits where there are as many outputs."""
    grown = np.exp(z - z.max())
    return np.asarray(grown / grown.sum(axis=1))


SOFTMAX_OVER_EVERYTHING = ProgramMistake("softmax over everything", _over_everything, frequency=3)
SOFTMAX_OVER_THE_ROWS = ProgramMistake("softmax over the rows", _over_the_rows, frequency=0)
