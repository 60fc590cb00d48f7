"""f is one activation, f′ that of another: sigmoid, but ``1 - tanh(Z_2)^2``, or ``1 - A_2^2``."""

from collections.abc import Iterator, Sequence

from tui_nn.network.diagnosis.mistakes.activation_ways import DERIVATIVES_OF_A
from tui_nn.network.diagnosis.mistakes.derivative_ways import with_other_derivatives
from tui_nn.network.diagnosis.mistakes.mistake import ProgramMistake
from tui_nn.network.diagnosis.mistakes.rewrites import activation_of
from tui_nn.network.diagnosis.student_program import StudentProgram
from tui_nn.network.formulas.expression import Derivative, Expression
from tui_nn.network.formulas.numpy_call import call_of
from tui_nn.network.model.activations import HIDDEN_ACTIVATIONS


def _programs(program: StudentProgram) -> Iterator[StudentProgram]:
    return with_other_derivatives(program, _of_another)


def _of_another(program: StudentProgram, derivative: Derivative) -> Sequence[Expression]:
    a = activation_of(program, derivative)
    others = [name for name in HIDDEN_ACTIVATIONS if name not in (derivative.activation, "identity")]
    at_z = [Derivative(name, derivative.of) for name in others]
    of_a = [call_of(function, a) for name, function in DERIVATIVES_OF_A.items() if name != derivative.activation]
    return [*at_z, *of_a]


DERIVATIVE_OF_ANOTHER = ProgramMistake("derivative of another activation", _programs, frequency=2)
