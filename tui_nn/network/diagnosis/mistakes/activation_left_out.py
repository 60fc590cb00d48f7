"""A layer is not activated: ``Y_hat <- A_2 %*% W_2``; f′ is still there, or 1."""

from collections.abc import Iterator

import numpy as np

from tui_nn.network.diagnosis.mistakes.activation_ways import with_other_activations
from tui_nn.network.diagnosis.mistakes.mistake import ProgramMistake
from tui_nn.network.diagnosis.student_program import StudentProgram
from tui_nn.network.formulas.expression import Expression, Symbol
from tui_nn.network.formulas.numpy_call import call_of


def _programs(program: StudentProgram) -> Iterator[StudentProgram]:
    return with_other_activations(program, _of_z, _one)


def _of_z(old: str, z: Symbol) -> Expression:  # noqa: ARG001 - as every function in place of f
    return z


def _one(old: str, z: Symbol) -> Expression:  # noqa: ARG001 - as every function in place of f′
    return call_of(np.ones_like, z)


ACTIVATION_LEFT_OUT = ProgramMistake("activation left out", _programs, frequency=1)
