"""f′ is left out of a δ, is taken where it does not belong, or is another function."""

from collections.abc import Callable, Iterator

import numpy as np

from tui_nn.network.diagnosis.mistakes.mistake import (
    ProgramMistake,
    deltas_with_derivative,
    groups,
    layer_of,
    output_delta,
    output_of,
    with_derivative,
)
from tui_nn.network.diagnosis.student_program import StudentProgram
from tui_nn.network.formulas.expression import Derivative, Expression, Hadamard, Symbol
from tui_nn.network.formulas.numpy_call import call_of
from tui_nn.network.model.activations import HIDDEN_ACTIVATIONS
from tui_nn.network.model.activations.function import Number
from tui_nn.network.model.array import Array


def _left_out(expression: Expression) -> Expression:
    match expression:
        case Hadamard(left, Derivative()):
            return left
    return expression


def _forgotten_in_output(program: StudentProgram) -> Iterator[StudentProgram]:
    if output_delta(program) in _with_slope(program):
        yield program.rewritten([output_delta(program)], _left_out)


def _forgotten_in_hidden(program: StudentProgram) -> Iterator[StudentProgram]:
    for names in groups(name for name in _with_slope(program) if name != output_delta(program)):
        yield program.rewritten(names, _left_out)


def _with_slope(program: StudentProgram) -> tuple[str, ...]:
    """The δ with an f′ that is not 1 everywhere."""
    identity = Number(1)
    return tuple(
        name
        for name in deltas_with_derivative(program)
        if program.network.activation_of(int(name.removeprefix("delta"))).slope != identity
    )


def _every_group(
    program: StudentProgram, others: Callable[[StudentProgram, Derivative], Iterator[Expression]]
) -> Iterator[StudentProgram]:
    """The program with each of ``others`` in place of f′(Z): everywhere, in the hidden layers, in each layer."""
    names = deltas_with_derivative(program)
    hidden = tuple(name for name in names if name != output_delta(program))
    chosen = dict.fromkeys([*groups(names), *groups(hidden)])
    for group in chosen:
        count = min((sum(1 for _ in others(program, _derivative(program, name))) for name in group), default=0)
        for number in range(count):
            yield with_derivative(program, group, lambda one, number=number: [*others(program, one)][number])  # type: ignore[misc]


def _derivative(program: StudentProgram, name: str) -> Derivative:
    layer = name.removeprefix("delta")
    return Derivative(program.network.activation_of(int(layer)).name, Symbol(f"Z{layer}"))


def _at_a(program: StudentProgram, derivative: Derivative) -> Iterator[Expression]:
    yield Derivative(derivative.activation, output_of(program, layer_of(derivative)))


def _z_times_one_minus_z(z: Array) -> Array:
    return z * (1 - z)


def _of_z(program: StudentProgram, derivative: Derivative) -> Iterator[Expression]:  # noqa: ARG001 - as all
    yield call_of(_z_times_one_minus_z, derivative.of)


def _one_minus_square(a: Array) -> Array:
    return 1 - a * a


def _a_times_one_minus_a(a: Array) -> Array:
    return a * (1 - a)


def _of_another(program: StudentProgram, derivative: Derivative) -> Iterator[Expression]:
    a = output_of(program, layer_of(derivative))
    for name in HIDDEN_ACTIVATIONS:
        if name not in (derivative.activation, "identity"):
            yield Derivative(name, derivative.of)
    # As they are computed from a: 1 − a² is the derivative of tanh, a (1 − a) that of the sigmoid.
    yield call_of(_a_times_one_minus_a if derivative.activation == "tanh" else _one_minus_square, a)


_E = np.exp

_OF_Z: tuple[Callable[[Array], Array], ...] = (
    lambda z: _E(-z) / (1 + _E(-z) ** 2),
    lambda z: _E(-z) / (1 + _E(-z)),
    lambda z: _E(-z) / 1 + _E(-z) ** 2,
    lambda z: 1 / (1 + _E(-z)) ** 2,
    lambda z: _E(z) / (1 + _E(-z)) ** 2,
    lambda z: -_E(-z) / (1 + _E(-z)) ** 2,
    lambda z: _E(-z) / (1 - _E(-z)) ** 2,
    lambda z: _E(-z) / (1 + _E(-z)) ** 3,
    lambda z: _E(-z) / (1 + _E(z)) ** 2,
    lambda z: _E(-z) * (1 + _E(-z)) ** 2,
    lambda z: (1 + _E(-z)) ** 2,
    lambda z: (_E(-z) / (1 + _E(-z))) ** 2,
    lambda z: 1 / (1 + _E(-z)) * 1 - 1 / (1 + _E(-z)),
)
"""Ways to mistype e^−z / (1 + e^−z)²."""
_OF_SIGMOID: tuple[Callable[[Array], Array], ...] = (
    lambda a: a * (1 + a),
    lambda a: a * (a - 1),
    lambda a: a * (1 - a) ** 2,
    lambda a: a**2 * (1 - a),
    lambda a: a - 1,
    lambda a: 1 - a,
    lambda a: a,
    lambda a: a * 1 - a**3,
    lambda a: (1 - a) / a,
    lambda a: 1 - a**2 - a,
)
"""Ways to mistype a (1 − a)."""
_OF_TANH: tuple[Callable[[Array], Array], ...] = (
    lambda a: 1 + a**2,
    lambda a: 1 - a,
    lambda a: (1 - a) ** 2,
    lambda a: a**2,
    lambda a: a**2 - 1,
    lambda a: 1 - 2 * a,
    lambda a: 1 - a**3,
)
"""Ways to mistype 1 − a²."""
_OF_A = {"sigmoid": _OF_SIGMOID, "tanh": _OF_TANH}


def _mistyped(program: StudentProgram, derivative: Derivative) -> Iterator[Expression]:
    a = output_of(program, layer_of(derivative))
    if derivative.activation == "sigmoid":
        for function in _OF_Z:
            yield call_of(function, derivative.of)
    for function in _OF_A.get(derivative.activation, ()):
        yield call_of(function, a)


FORGOTTEN_IN_OUTPUT = ProgramMistake("forgotten derivative, output", _forgotten_in_output, found=3)
FORGOTTEN_IN_HIDDEN = ProgramMistake("forgotten derivative, hidden", _forgotten_in_hidden, found=1)
AT_A = ProgramMistake("derivative at a instead of z", lambda program: _every_group(program, _at_a), found=5)
OF_Z = ProgramMistake("z(1-z) for the derivative", lambda program: _every_group(program, _of_z), found=2)
OF_ANOTHER = ProgramMistake(
    "derivative of another activation", lambda program: _every_group(program, _of_another), found=2
)
MISTYPED = ProgramMistake("derivative mistyped", lambda program: _every_group(program, _mistyped), found=4)
