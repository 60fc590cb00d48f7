"""``Z_2 * (1 - Z_2)`` for f′: z stands where a = f(z) is meant. For tanh it is ``1 - Z2**2``."""

from collections.abc import Iterator, Sequence

from tui_nn.network.diagnosis.mistakes.derivative_ways import with_other_derivatives
from tui_nn.network.diagnosis.mistakes.mistake import ProgramMistake
from tui_nn.network.diagnosis.student_program import StudentProgram
from tui_nn.network.formulas.expression import Derivative, Expression
from tui_nn.network.formulas.numpy_call import call_of
from tui_nn.network.model.array import Array


def _programs(program: StudentProgram) -> Iterator[StudentProgram]:
    return with_other_derivatives(program, _of_z)


def _of_z(program: StudentProgram, derivative: Derivative) -> Sequence[Expression]:  # noqa: ARG001 - as every way
    own = call_of(z_times_one_minus_z, derivative.of)
    return [own, call_of(one_minus_z_square, derivative.of)] if derivative.activation == "tanh" else [own]


def z_times_one_minus_z(z: Array) -> Array:
    """``Z * (1 - Z)``."""
    return z * (1 - z)


def one_minus_z_square(z: Array) -> Array:
    """``1 - Z^2``."""
    return 1 - z**2


Z_TIMES_ONE_MINUS_Z = ProgramMistake("z(1-z) for the derivative", _programs, frequency=2)
