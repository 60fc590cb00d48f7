"""A layer is not activated: ``Y_hat <- A_2 %*% W_2``; f′ is still there, or 1. Or one line takes Z for A."""

from collections.abc import Iterator

import numpy as np

from tui_nn.network.diagnosis.mistakes.activation_ways import activations, with_other_activations
from tui_nn.network.diagnosis.mistakes.mistake import ProgramMistake
from tui_nn.network.diagnosis.mistakes.rewrites import layer_of, putting
from tui_nn.network.diagnosis.student_program import StudentProgram
from tui_nn.network.formulas.expression import Expression, Symbol
from tui_nn.network.formulas.numpy_call import call_of
from tui_nn.network.formulas.steps import StepKind


def _programs(program: StudentProgram) -> Iterator[StudentProgram]:
    yield from with_other_activations(program, _of_z, _one)
    # A is computed, but one line goes on with Z: Z_3 <- Z_2 %*% W_2, or dJdW_2 <- t(Z_2) %*% delta_3.
    hidden = program.named(StepKind.A)
    for name, (_, z) in activations(program).items():
        for used in (f"Z{layer_of(name) + 1}", f"dJdW{layer_of(name)}") if name in hidden else ():
            yield program.rewritten([used], putting(Symbol(name), z))


def _of_z(old: str, z: Symbol) -> Expression:  # noqa: ARG001 - as every function in place of f
    return z


def _one(old: str, z: Symbol) -> Expression:  # noqa: ARG001 - as every function in place of f′
    return call_of(np.ones_like, z)


ACTIVATION_LEFT_OUT = ProgramMistake("activation left out", _programs, frequency=1)
