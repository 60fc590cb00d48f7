"""J adds up the products of all pairs of errors: ``sum(e %*% t(e))`` is (Σ e)², not Σ e²."""

from collections.abc import Iterator

from tui_nn.network.diagnosis.mistakes.cost_formulas import CostFunction, with_costs
from tui_nn.network.diagnosis.mistakes.mistake import ProgramMistake
from tui_nn.network.diagnosis.student_program import StudentProgram
from tui_nn.network.model.array import Array


def _pairs_of_rows(y: Array, y_hat: Array) -> float:
    """``sum(e %*% t(e))``."""
    return float(((y - y_hat).sum(axis=0) ** 2).sum())


def _pairs_of_cells(y: Array, y_hat: Array) -> float:
    """``sum(e)^2``, ``sum(outer(e, e))``."""
    return float((y - y_hat).sum() ** 2)


def _pairs_of_outputs(y: Array, y_hat: Array) -> float:
    """``sum(t(e) %*% e)``."""
    return float(((y - y_hat).sum(axis=1) ** 2).sum())


def _half(function: CostFunction) -> CostFunction:
    return lambda y, y_hat: 0.5 * function(y, y_hat)


_OF_ROWS = (_half(_pairs_of_rows), _half(_pairs_of_cells), _pairs_of_rows, _pairs_of_cells)
_OF_OUTPUTS = (_half(_pairs_of_outputs), _pairs_of_outputs)


def _programs(program: StudentProgram) -> Iterator[StudentProgram]:
    # Of a single output, there is only one pair in each row.
    yield from with_costs(program, _OF_ROWS if program.Y.shape[1] == 1 else (*_OF_ROWS, *_OF_OUTPUTS))


COST_OVER_ALL_PAIRS = ProgramMistake("cost over all pairs", _programs, frequency=4)
