"""Another function activates a layer: ``tanh(Z_2)`` for ``sigmoid(Z_2)``, with its own f′ or with the right one."""

from collections.abc import Iterator

from tui_nn.network.diagnosis.mistakes.activation_ways import OfActivation, with_other_activations
from tui_nn.network.diagnosis.mistakes.mistake import ProgramMistake
from tui_nn.network.diagnosis.student_program import StudentProgram
from tui_nn.network.formulas.expression import Activated, Derivative
from tui_nn.network.model.activations import HIDDEN_ACTIVATIONS


def _programs(program: StudentProgram) -> Iterator[StudentProgram]:
    for name in HIDDEN_ACTIVATIONS:
        if name != "identity":
            for one in with_other_activations(program, _activated(name), _derivative(name)):
                yield one.noting(name)


def _activated(name: str) -> OfActivation:
    return lambda old, z: Activated(name, z)  # noqa: ARG005


def _derivative(name: str) -> OfActivation:
    return lambda old, z: Derivative(name, z)  # noqa: ARG005


OTHER_ACTIVATION = ProgramMistake("other activation", _programs, frequency=3)
