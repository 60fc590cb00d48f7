"""The activation of a layer is another, is left out, is applied twice, or is mistyped."""

from collections.abc import Callable, Iterator

import numpy as np

from tui_nn.network.diagnosis.mistakes.mistake import ProgramMistake, derivative_in, groups, with_derivative
from tui_nn.network.diagnosis.student_program import StudentProgram
from tui_nn.network.formulas.expression import Activated, Derivative, Expression, Symbol
from tui_nn.network.formulas.numpy_call import call_of
from tui_nn.network.formulas.steps import StepKind
from tui_nn.network.model.activations import ACTIVATIONS, HIDDEN_ACTIVATIONS
from tui_nn.network.model.array import Array


def _from_sigmoid(a: Array) -> Array:
    return a * (1 - a)


def _from_tanh(a: Array) -> Array:
    return 1 - a * a


_FROM_VALUE: dict[str, Callable[[Array], Array]] = {"sigmoid": _from_sigmoid, "tanh": _from_tanh}
"""The derivative of an activation, computed from what it gave."""


def _programs(
    program: StudentProgram,
    activated: Callable[[str, Symbol], Expression],
    own_slope: Callable[[str, Symbol], Expression] | None = None,
) -> Iterator[StudentProgram]:
    """Programs that compute ``activated(f, Z)`` in place of f(Z): in all layers, in the hidden ones, or in one.

    Their δ have f′(Z) as before, f′ computed from the new a, or the new function's ``own_slope(f, Z)``.
    """
    names = program.named(StepKind.A, StepKind.Y_HAT)
    names = tuple(name for name in names if isinstance(program.formula(name), Activated))
    for group in dict.fromkeys([*groups(names), *groups(names[:-1])]):
        changed = program.rewritten(group, lambda one: activated(one.activation, one.of))  # type: ignore[union-attr,arg-type]
        if changed.formulas == program.formulas:
            continue
        yield changed
        back = {f"delta{program.last if name == 'Y_hat' else name[1:]}": Symbol(name) for name in group}
        slopes = {name: derivative_in(changed.formula(name)) for name in back}
        if not any(slopes.values()):
            continue
        if all(slope is None or slope.activation in _FROM_VALUE for slope in slopes.values()):
            from_value = changed
            for name, value in back.items():
                from_value = with_derivative(
                    from_value,
                    [name],
                    lambda one, value=value: call_of(_FROM_VALUE[one.activation], value),  # type: ignore[misc,attr-defined]
                )
            yield from_value
        if own_slope is not None:
            yield with_derivative(changed, back, lambda one: own_slope(one.activation, one.of))  # type: ignore[union-attr,arg-type]


def _other(program: StudentProgram) -> Iterator[StudentProgram]:
    for name in HIDDEN_ACTIVATIONS:
        if name != "identity":
            others = _programs(
                program,
                lambda old, z, name=name: Activated(name, z),  # type: ignore[misc]
                lambda old, z, name=name: Derivative(name, z),  # type: ignore[misc]
            )
            yield from (one.noting(name) for one in others)


def _ones(z: Array) -> Array:
    return np.ones_like(z)


def _left_out(program: StudentProgram) -> Iterator[StudentProgram]:
    return _programs(program, lambda old, z: z, lambda old, z: call_of(_ones, z))


def _twice(name: str) -> Callable[[Array], Array]:
    def twice(z: Array) -> Array:
        activation = ACTIVATIONS[name]
        return activation.value(activation.value(z))

    return twice


def _chain(name: str) -> Callable[[Array], Array]:
    def chain(z: Array) -> Array:
        activation = ACTIVATIONS[name]
        return activation.derivative(activation.value(z)) * activation.derivative(z)

    return chain


_TWICE = {name: _twice(name) for name in ACTIVATIONS}
_CHAIN = {name: _chain(name) for name in ACTIVATIONS}


def _activated_twice(program: StudentProgram) -> Iterator[StudentProgram]:
    return _programs(program, lambda old, z: call_of(_TWICE[old], z), lambda old, z: call_of(_CHAIN[old], z))


_E = np.exp

_MISTYPED: dict[str, tuple[Callable[[Array], Array], ...]] = {
    # 1 / (1 + e^−z)
    "sigmoid": (
        lambda z: 1 / (1 + _E(z)),
        lambda z: 1 / 1 + _E(-z),
        lambda z: 1 / (1 - _E(-z)),
        lambda z: 1 / _E(-z),
        lambda z: 1 + _E(-z),
        lambda z: _E(-z) / (1 + _E(-z)),
        lambda z: _E(z) / (1 + _E(-z)),
        lambda z: 1 / (1 + _E(-z)) ** 2,
        lambda z: 1 / (2 + _E(-z)),
        lambda z: 1 / (1 + _E(-z) ** 2),
        lambda z: 1 / (1 + _E(-(z**2))),
        lambda z: 1 / (1 - _E(z)),
        lambda z: 1 / (1 + 10.0 ** (-z)),
        lambda z: 1 / (1 + np.abs(z)),
        lambda z: 1 / (1 + _E(z)) ** 2,
        lambda z: -1 / (1 + _E(-z)),
    ),
    # (e^z − e^−z) / (e^z + e^−z)
    "tanh": (
        lambda z: (_E(z) + _E(-z)) / (_E(z) - _E(-z)),
        lambda z: (_E(-z) - _E(z)) / (_E(z) + _E(-z)),
        lambda z: _E(z) - _E(-z) / _E(z) + _E(-z),
        lambda z: (_E(z) - _E(-z)) / 2,
        lambda z: (_E(z) - 1) / (_E(z) + 1),
        np.tan,
        lambda z: (_E(z) - _E(-z)) / _E(z) + _E(-z),
    ),
    "relu": (lambda z: np.minimum(0, z), lambda z: np.maximum(z, 1), np.abs),
}
"""Ways to mistype an activation."""


def _mistyped(program: StudentProgram) -> Iterator[StudentProgram]:
    for name, functions in _MISTYPED.items():
        for function in functions:

            def activated(
                old: str, z: Symbol, name: str = name, function: Callable[..., Array] = function
            ) -> Expression:
                return call_of(function, z) if old == name else Activated(old, z)

            yield from _programs(program, activated)


OTHER = ProgramMistake("other activation", _other, found=3)
LEFT_OUT = ProgramMistake("activation left out", _left_out, found=1)
TWICE = ProgramMistake("activated twice", _activated_twice, found=2)
MISTYPED_ACTIVATION = ProgramMistake("activation mistyped", _mistyped, found=2)
