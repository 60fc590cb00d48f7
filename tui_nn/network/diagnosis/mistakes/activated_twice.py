"""A layer is activated twice: ``Y_hat <- sigmoid(sigmoid(Z_3))``, or ``Z_3 <- sigmoid(A_2 %*% W_2)``."""

from collections.abc import Callable, Iterator

from tui_nn.network.diagnosis.mistakes.activation_ways import (
    activations,
    slopes_from_outputs,
    with_other_activations,
    with_slopes,
)
from tui_nn.network.diagnosis.mistakes.cost_formulas import with_cost_of_outputs
from tui_nn.network.diagnosis.mistakes.mistake import ProgramMistake
from tui_nn.network.diagnosis.mistakes.rewrites import groups
from tui_nn.network.diagnosis.student_program import StudentProgram
from tui_nn.network.formulas.expression import Expression, Symbol
from tui_nn.network.formulas.numpy_call import call_of
from tui_nn.network.model.activations import ACTIVATIONS
from tui_nn.network.model.array import Array


def _programs(program: StudentProgram) -> Iterator[StudentProgram]:
    yield from with_other_activations(program, _activated_twice, _by_the_chain_rule)
    # Z is activated where it is computed, and is printed so.
    functions = activations(program)
    for group in groups(program, functions):
        chosen = {functions[name][1].name: functions[name][0] for name in group}
        overwritten = program.with_formulas(
            {z: call_of(ACTIVATIONS[f].value, program.formula(z)) for z, f in chosen.items()}
        )
        if "Y_hat" in group:
            overwritten = with_cost_of_outputs(overwritten)
        yield overwritten
        yield with_slopes(overwritten, slopes_from_outputs(functions, group))


def _activated_twice(name: str, z: Symbol) -> Expression:
    value = ACTIVATIONS[name].value
    return call_of(value, call_of(value, z))


def _by_the_chain_rule(name: str, z: Symbol) -> Expression:
    return call_of(_CHAIN[name], z)


def _chain(name: str) -> Callable[[Array], Array]:
    activation = ACTIVATIONS[name]
    return lambda z: activation.derivative(activation.value(z)) * activation.derivative(z)


_CHAIN = {name: _chain(name) for name in ACTIVATIONS}

ACTIVATED_TWICE = ProgramMistake("activated twice", _programs, frequency=2)
