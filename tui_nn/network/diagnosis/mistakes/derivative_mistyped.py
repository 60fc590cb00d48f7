"""f′ has a slip of a bracket, a sign or a power: ``exp(-z) / (1 + exp(-z)^2)``, ``a * (1 + a)``."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from tui_nn.network.diagnosis.mistakes.derivative_ways import with_other_derivatives
from tui_nn.network.diagnosis.mistakes.mistake import ProgramMistake
from tui_nn.network.diagnosis.mistakes.mistyped import Mistyped
from tui_nn.network.diagnosis.mistakes.rewrites import activation_of
from tui_nn.network.diagnosis.student_program import StudentProgram
from tui_nn.network.formulas.expression import Derivative, Expression
from tui_nn.network.formulas.numpy_call import call_of
from tui_nn.network.model.array import Array

_e = np.exp

_MEANT: dict[str, Callable[[Array], Any]] = {
    "sigmoid": lambda z: _e(-z) / (1 + _e(-z)) ** 2,
    "tanh": lambda z: 1 - np.tanh(z) ** 2,
    "relu": lambda z: np.where(z > 0, 1.0, 0.0),
}
_OF_Z: dict[str, tuple[Callable[[Array], Any], ...]] = {
    "sigmoid": (
        lambda z: _e(-z) / (1 + _e(-z) ** 2),
        lambda z: _e(-z) / (1 + _e(-z)),
        lambda z: _e(-z) / 1 + _e(-z) ** 2,
        lambda z: 1 / (1 + _e(-z)) ** 2,
        lambda z: _e(z) / (1 + _e(-z)) ** 2,
        lambda z: -_e(-z) / (1 + _e(-z)) ** 2,
        lambda z: _e(-z) / (1 - _e(-z)) ** 2,
        lambda z: _e(-z) / (1 + _e(-z)) ** 3,
        lambda z: _e(-z) / (1 + _e(z)) ** 2,
        lambda z: _e(-z) * (1 + _e(-z)) ** 2,
        lambda z: (1 + _e(-z)) ** 2 / _e(-z),
        lambda z: _e(-z) / (1 + _e(-(z**2))),
        lambda z: _e(-z) / (1 + _e(-2 * z)) ** 2,
        lambda z: (_e(-z) / (1 + _e(-z))) ** 2,
        lambda z: _e(-z) + (1 + _e(-z)) ** 2,
        lambda z: _e(-z) / (1 + 2 * _e(-z)),
        lambda z: _e(-z) / (2 + _e(-z)) ** 2,
    ),
    "tanh": (
        lambda z: 1 - np.tanh(z**2),
        lambda z: 1 / np.cosh(z),
        lambda z: np.cosh(z) ** 2,
        lambda z: 1 - np.tan(z) ** 2,
        lambda z: 1 / (1 + z**2),
    ),
    "relu": (lambda z: np.where(z < 0, 1.0, 0.0), lambda z: np.maximum(z, 0)),
}
_OF_A: dict[str, tuple[Callable[[Array], Any], ...]] = {
    # a (1 − a)
    "sigmoid": (
        lambda a: a * (1 + a),
        lambda a: a * (a - 1),
        lambda a: a * (1 - a) ** 2,
        lambda a: a**2 * (1 - a),
        lambda a: a * (1 - a**2),
        lambda a: 1 - a,
        lambda a: a,
        lambda a: a - 1,
        lambda a: a * 1 - a,
        lambda a: (1 - a) / a,
        lambda a: a / (1 - a),
        lambda a: (a * (1 - a)) ** 2,
        lambda a: (1 - a) ** 2,
        lambda a: a - 1 - a,
        lambda a: 1 - a**2 - a,
    ),
    # 1 − a²
    "tanh": (
        lambda a: 1 - a,
        lambda a: 1 + a**2,
        lambda a: (1 - a) ** 2,
        lambda a: a**2,
        lambda a: a**2 - 1,
        lambda a: 1 - 2 * a,
        lambda a: 1 - a**3,
        lambda a: 1 / (1 + a**2),
        lambda a: 1 - np.sqrt(np.abs(a)),
    ),
}

_DEFINITIONS = {
    name: [Mistyped(function, _MEANT[name], is_derivative=True) for function in functions]
    for name, functions in _OF_Z.items()
}


def _programs(program: StudentProgram) -> Iterator[StudentProgram]:
    return with_other_derivatives(program, _mistyped)


def _mistyped(program: StudentProgram, derivative: Derivative) -> Sequence[Expression]:
    a = activation_of(program, derivative)
    of_z = [call_of(function, derivative.of) for function in _DEFINITIONS.get(derivative.activation, ())]
    of_a = [call_of(function, a) for function in _OF_A.get(derivative.activation, ())]
    # First a slip of each formula: both are usual.
    return [*of_z[:2], *of_a[:2], *of_z[2:], *of_a[2:]]


DERIVATIVE_MISTYPED = ProgramMistake("derivative mistyped", _programs, frequency=4)
