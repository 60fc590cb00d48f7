"""f′(Z) stands where A = f(Z) is meant: ``t(sigmoidprime(Z_2)) %*% delta_3``, ``A_2 <- sigmoidprime(Z_2)``."""

from collections.abc import Iterator

import numpy as np

from tui_nn.network.diagnosis.mistakes.activation_ways import activations
from tui_nn.network.diagnosis.mistakes.mistake import ProgramMistake
from tui_nn.network.diagnosis.mistakes.rewrites import layer_of
from tui_nn.network.diagnosis.student_program import StudentProgram
from tui_nn.network.formulas.expression import Derivative, Symbol, Transposed, replaced
from tui_nn.network.formulas.numpy_call import call_of, turned
from tui_nn.network.formulas.steps import StepKind


def _programs(program: StudentProgram) -> Iterator[StudentProgram]:
    hidden = program.named(StepKind.A)
    for name, (activation, z) in activations(program).items():
        if name in hidden:
            slope, layer = Derivative(activation, z), layer_of(name)
            turned_slope = call_of(np.transpose, slope, result=turned)
            for used, old, new in (
                (f"dJdW{layer}", Transposed(Symbol(name)), turned_slope),
                (name, program.formula(name), slope),
                (f"Z{layer + 1}", Symbol(name), slope),
            ):
                yield program.with_formulas({used: replaced(program.formula(used), {old: new})})


DERIVATIVE_FOR_ACTIVATION = ProgramMistake("derivative for the activation", _programs, frequency=0)
