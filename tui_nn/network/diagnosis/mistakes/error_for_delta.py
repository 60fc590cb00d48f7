"""δ2 comes from the error, not from δ3: ``(Y_hat - Y) %*% t(W_2) * sigmoidprime(Z_2)``; ∂J/∂W2 is right."""

from collections.abc import Iterator

from tui_nn.network.diagnosis.mistakes.mistake import ProgramMistake
from tui_nn.network.diagnosis.mistakes.rewrites import deltas, output_delta, putting
from tui_nn.network.diagnosis.student_program import StudentProgram
from tui_nn.network.formulas.expression import (
    ConstantTimes,
    Derivative,
    Difference,
    Expression,
    Hadamard,
    Negated,
    Symbol,
)


def _programs(program: StudentProgram) -> Iterator[StudentProgram]:
    outermost = output_delta(program)
    error = Difference(Symbol("Y_hat"), Symbol("Y"))
    ways: list[Expression] = [error, *_without_derivative(program.formula(outermost))]
    ways += [Negated(error), ConstantTimes(2.0, error)]
    for name in deltas(program)[1:2]:
        for way in dict.fromkeys(ways):
            yield program.rewritten([name], putting(Symbol(outermost), way))


def _without_derivative(delta: Expression) -> Iterator[Expression]:
    """The slope of J by Ŷ: with the 2 or the 1/N that it may have."""
    match delta:
        case Hadamard(slope, Derivative()):
            yield slope


ERROR_FOR_DELTA = ProgramMistake("error in place of delta", _programs, frequency=2)
