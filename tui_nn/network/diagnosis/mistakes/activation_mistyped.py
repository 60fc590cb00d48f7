"""f has a slip of a bracket or a sign: ``1 / 1 + exp(-z)``, ``1 / (1 + exp(z))``."""

from collections.abc import Callable, Iterator

import numpy as np

from tui_nn.network.diagnosis.mistakes.activation_ways import OfActivation, with_other_activations
from tui_nn.network.diagnosis.mistakes.mistake import ProgramMistake
from tui_nn.network.diagnosis.mistakes.mistyped import Mistyped
from tui_nn.network.diagnosis.student_program import StudentProgram
from tui_nn.network.formulas.expression import Activated, Expression, Symbol
from tui_nn.network.formulas.numpy_call import call_of
from tui_nn.network.model.array import Array

_e = np.exp

_MEANT: dict[str, Callable[[Array], Array]] = {
    "sigmoid": lambda z: 1 / (1 + _e(-z)),
    "tanh": lambda z: (_e(z) - _e(-z)) / (_e(z) + _e(-z)),
    "relu": lambda z: np.maximum(z, 0),
}
_MISTYPED: dict[str, tuple[Callable[[Array], Array], ...]] = {
    "sigmoid": (
        lambda z: 1 / (1 + _e(z)),
        lambda z: 1 / 1 + _e(-z),
        lambda z: 1 / (1 - _e(-z)),
        lambda z: _e(-z) / (1 + _e(-z)),
        lambda z: 1 / _e(-z),
        lambda z: _e(z) / (1 + _e(-z)),
        lambda z: 1 / (1 + _e(-z)) ** 2,
        lambda z: 1 / (2 + _e(-z)),
        lambda z: 1 / (1 + _e(-z) ** 2),
        lambda z: 1 / (1 + _e(-2 * z)),
        lambda z: 1 / (1 + _e(-(z**2))),
        lambda z: 1 / (1 - _e(z)),
        lambda z: 1 / (1 + 10.0 ** (-z)),
        lambda z: 1 / (1 + 2.0 ** (-z)),
        lambda z: 1 / (1 + np.abs(z)),
        lambda z: 1 / (1 + _e(z)) ** 2,
        lambda z: -1 / (1 + _e(-z)),
        lambda z: 1 / (_e(-z) - 1),
        lambda z: z / (1 + _e(-z)),
    ),
    "tanh": (
        lambda z: (_e(z) + _e(-z)) / (_e(z) - _e(-z)),
        lambda z: (_e(-z) - _e(z)) / (_e(z) + _e(-z)),
        lambda z: _e(z) - _e(-z) / _e(z) + _e(-z),
        lambda z: (_e(z) - _e(-z)) / _e(z) + _e(-z),
        lambda z: (_e(z) - _e(-z)) / 2,
        lambda z: (_e(z) - 1) / (_e(z) + 1),
        lambda z: (_e(z) + _e(-z)) / 2,
        lambda z: (_e(2 * z) - 1) / _e(2 * z) + 1,
        lambda z: 2 / (1 + _e(-z)) - 1,
        np.tan,
    ),
    "relu": (lambda z: np.minimum(0, z), lambda z: np.maximum(z, 1), np.abs),
}


def _programs(program: StudentProgram) -> Iterator[StudentProgram]:
    for name, functions in _MISTYPED.items():
        for function in functions:
            slip = Mistyped(function, _MEANT[name], is_derivative=False)
            yield from with_other_activations(program, _mistyped(name, slip))


def _mistyped(name: str, function: Callable[[Array], Array]) -> OfActivation:
    def activated(old: str, z: Symbol) -> Expression:
        return call_of(function, z) if old == name else Activated(old, z)

    return activated


ACTIVATION_MISTYPED = ProgramMistake("activation mistyped", _programs, frequency=2)
