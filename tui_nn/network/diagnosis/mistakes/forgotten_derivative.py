"""f′(Z) is left out of δ: ``delta_3 <- -(Y - Y_hat)``, ``delta_2 <- delta_3 %*% t(W_2)``."""

from collections.abc import Iterator

from tui_nn.network.diagnosis.mistakes.mistake import ProgramMistake
from tui_nn.network.diagnosis.mistakes.rewrites import derivatives, groups, output_delta
from tui_nn.network.diagnosis.student_program import StudentProgram
from tui_nn.network.formulas.expression import Derivative, Expression, Hadamard
from tui_nn.network.model.activations import ACTIVATIONS
from tui_nn.network.model.activations.function import Number


def _with_slope(program: StudentProgram) -> list[str]:
    """The δ with an f′ that is not 1 everywhere."""
    return [name for name, one in derivatives(program).items() if ACTIVATIONS[one.activation].slope != Number(1)]


def _without_derivative(expression: Expression) -> Expression:
    match expression:
        case Hadamard(left, Derivative()):
            return left
    return expression


def _in_output(program: StudentProgram) -> Iterator[StudentProgram]:
    if output_delta(program) in _with_slope(program):
        yield program.rewritten([output_delta(program)], _without_derivative)


def _in_hidden(program: StudentProgram) -> Iterator[StudentProgram]:
    hidden = [name for name in _with_slope(program) if name != output_delta(program)]
    for names in groups(program, hidden):
        yield program.rewritten(names, _without_derivative)


FORGOTTEN_IN_OUTPUT = ProgramMistake("forgotten derivative, output", _in_output, frequency=3)
FORGOTTEN_IN_HIDDEN = ProgramMistake("forgotten derivative, hidden", _in_hidden, frequency=1)
