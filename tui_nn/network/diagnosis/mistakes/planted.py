"""Mistakes that a lesson can plant in its formulas, and that have no other name in the catalogue."""

from collections.abc import Iterator

from tui_nn.network.diagnosis.mistakes.mistake import ProgramMistake
from tui_nn.network.diagnosis.student_program import StudentProgram
from tui_nn.network.formulas.equations import equations
from tui_nn.network.formulas.rewritings import (
    Rewriting,
    forgotten_complement,
    forgotten_other_units,
    kept_derivative,
    missing_transpose,
)


def _rewritten(program: StudentProgram, rewriting: Rewriting) -> Iterator[StudentProgram]:
    """The program with the formulas that the rewriting changes; none where it is impossible."""
    right = {one.name: one.expression for one in equations(program.network)}
    formulas = rewriting(program.network, program.rows)
    if changed := {one.name: one.expression for one in formulas if one.expression != right[one.name]}:
        yield program.with_formulas(changed)


def _missing_transpose(program: StudentProgram) -> Iterator[StudentProgram]:
    """``delta_3 %*% W_2``, where W_2 is square, or ``A_2 %*% delta_3``, where A_2 is."""
    return _rewritten(program, missing_transpose)


def _slope_left_in(program: StudentProgram) -> Iterator[StudentProgram]:
    """``(Y_hat - Y) * sigmoidprime(Z_3)``, where f′ cancels against the slope of J."""
    return _rewritten(program, kept_derivative)


def _forgotten_complement(program: StudentProgram) -> Iterator[StudentProgram]:
    """``-Y * (1 - Y_hat)``: the slope of −Σ y ln ŷ, without (1 − y) ln(1 − ŷ)."""
    return _rewritten(program, forgotten_complement)


def _sigmoid_slope(program: StudentProgram) -> Iterator[StudentProgram]:
    """``-Y * (1 - Y_hat)``: softmax's slope without those of the other units."""
    return _rewritten(program, forgotten_other_units)


MISSING_TRANSPOSE = ProgramMistake("missing transpose", _missing_transpose, frequency=0)
SLOPE_LEFT_IN = ProgramMistake("slope left in", _slope_left_in, frequency=0)
FORGOTTEN_COMPLEMENT = ProgramMistake("forgotten complement", _forgotten_complement, frequency=0)
SIGMOID_SLOPE = ProgramMistake("sigmoid slope for softmax", _sigmoid_slope, frequency=0)
