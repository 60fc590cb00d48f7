"""f′ is computed at A, in place of Z: ``sigmoidprime(A_2)``, where sigmoidprime is e^−z / (1 + e^−z)².

The same happens with ``s * (1 - s)``, where s is ``sigmoid(A_2)``: A_2 is activated already.
"""

from collections.abc import Iterator, Sequence

from tui_nn.network.diagnosis.mistakes.derivative_ways import with_other_derivatives
from tui_nn.network.diagnosis.mistakes.mistake import ProgramMistake
from tui_nn.network.diagnosis.mistakes.rewrites import activation_of
from tui_nn.network.diagnosis.student_program import StudentProgram
from tui_nn.network.formulas.expression import Derivative, Expression


def _programs(program: StudentProgram) -> Iterator[StudentProgram]:
    return with_other_derivatives(program, _at_a)


def _at_a(program: StudentProgram, derivative: Derivative) -> Sequence[Expression]:
    return [Derivative(derivative.activation, activation_of(program, derivative))]


DERIVATIVE_AT_A = ProgramMistake("derivative at a instead of z", _programs, frequency=5)
