"""δ of the output has the squared error of J in it: ``-(Y - Y_hat)^2 * sigmoidprime(Z_3)``."""

from collections.abc import Iterator

import numpy as np

from tui_nn.network.diagnosis.mistakes.mistake import ProgramMistake
from tui_nn.network.diagnosis.mistakes.rewrites import output_delta, putting, scaled
from tui_nn.network.diagnosis.student_program import StudentProgram
from tui_nn.network.formulas.expression import Derivative, Difference, Hadamard, Negated, Symbol
from tui_nn.network.formulas.numpy_call import call_of


def _programs(program: StudentProgram) -> Iterator[StudentProgram]:
    delta, error = output_delta(program), Difference(Symbol("Y"), Symbol("Y_hat"))
    squared = program.rewritten([delta], putting(error, call_of(np.square, error)))
    if squared.formulas == program.formulas:
        return
    yield squared
    match squared.formula(delta):
        case Hadamard(Negated(square), Derivative() as slope):
            yield squared.with_formulas({delta: Hadamard(square, slope)})
            yield squared.with_formulas({delta: scaled(0.5)(Hadamard(square, slope))})
            yield squared.with_formulas({delta: square})


ERROR_SQUARED_IN_DELTA = ProgramMistake("error squared in delta", _programs, frequency=0)
