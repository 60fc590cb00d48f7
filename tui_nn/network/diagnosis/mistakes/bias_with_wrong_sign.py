"""The bias is subtracted: ``X %*% W_1 - b_1``, or ``1 / (1 + exp(-(X %*% W_1) + b_1))``."""

from collections.abc import Callable, Iterator

import numpy as np

from tui_nn.network.diagnosis.mistakes.activation_ways import DERIVATIVES_OF_A
from tui_nn.network.diagnosis.mistakes.mistake import ProgramMistake
from tui_nn.network.diagnosis.mistakes.rewrites import (
    activation_of,
    biases,
    derivatives,
    groups,
    with_bias_slopes,
    with_bias_sums,
    with_derivative,
)
from tui_nn.network.diagnosis.student_program import StudentProgram
from tui_nn.network.formulas.expression import Activated, Negated, Symbol
from tui_nn.network.formulas.numpy_call import call_of
from tui_nn.network.model.activations import ACTIVATIONS
from tui_nn.network.model.array import Array


def _programs(program: StudentProgram) -> Iterator[StudentProgram]:
    for names in groups(program, biases(program)):
        minus = with_bias_sums(program, names, lambda left, row: call_of(np.subtract, left, row))
        yield minus
        inside = _in_the_exponential(program, names)
        if inside is not None:
            yield from inside
        # The slope of −b is right.
        yield with_bias_slopes(minus, names, Negated)


def _in_the_exponential(program: StudentProgram, names: tuple[str, ...]) -> Iterator[StudentProgram] | None:
    """Z is printed without b, and f gets Z − b; f′ is computed from A, at Z, or at Z − b."""
    outputs = {}
    for name in names:
        layer = int(name[1:]) + 1
        of = "Y_hat" if layer == program.last else f"A{layer}"
        match program.formula(of):
            case Activated(activation, Symbol() as z) if activation in DERIVATIVES_OF_A:
                outputs[of] = call_of(_SHIFTED[activation], z, Symbol(name))
            case Activated(_, Symbol()):
                continue
            case _:
                return None
    if not outputs:
        return None
    plain = with_bias_sums(program, names, lambda left, row: left).with_formulas(outputs)  # noqa: ARG005
    from_value = plain
    for name, derivative in derivatives(plain).items():
        output = activation_of(program, derivative)
        if output.name in outputs and derivative.activation in DERIVATIVES_OF_A:
            from_value = with_derivative(from_value, name, call_of(DERIVATIVES_OF_A[derivative.activation], output))
    return iter((from_value, plain))


def _shifted(name: str) -> Callable[[Array, Array], Array]:
    return lambda z, b: ACTIVATIONS[name].value(z - b)


_SHIFTED = {name: _shifted(name) for name in DERIVATIVES_OF_A}

BIAS_WITH_WRONG_SIGN = ProgramMistake("bias with the wrong sign", _programs, frequency=2)
