"""Puts another function in place of f in the forward pass, with each f′ that a program may have then."""

from collections.abc import Callable, Iterator
from typing import TypeAlias

from tui_nn.network.diagnosis.mistakes.cost_formulas import with_cost_of_outputs
from tui_nn.network.diagnosis.mistakes.rewrites import groups, layer_of, with_derivative
from tui_nn.network.diagnosis.student_program import StudentProgram
from tui_nn.network.formulas.expression import Activated, Expression, Symbol
from tui_nn.network.formulas.numpy_call import call_of
from tui_nn.network.formulas.steps import StepKind
from tui_nn.network.model.array import Array

OfActivation: TypeAlias = Callable[[str, Symbol], Expression]
"""A formula in place of f(Z) or f′(Z), for the name of f and Z."""


def _a_times_one_minus_a(a: Array) -> Array:
    return a * (1 - a)


def _one_minus_square(a: Array) -> Array:
    return 1 - a**2


DERIVATIVES_OF_A: dict[str, Callable[[Array], Array]] = {"sigmoid": _a_times_one_minus_a, "tanh": _one_minus_square}
"""f′ of an activation, computed from A: a (1 − a), and 1 − a²."""


def with_other_activations(
    program: StudentProgram, activated: OfActivation, own_slope: OfActivation | None = None
) -> Iterator[StudentProgram]:
    """Programs that compute ``activated(f, Z)`` in place of f(Z): in all layers, in the hidden ones, or in one.

    Their δ have f′(Z) as before, the new function's ``own_slope(f, Z)``, or f′ computed from the new A.
    """
    functions = activations(program)
    for group in groups(program, functions):
        changed = program.with_formulas({name: activated(*functions[name]) for name in group})
        if changed.formulas == program.formulas:
            continue
        if "Y_hat" in group:
            changed = with_cost_of_outputs(changed)
        yield changed
        seen = {changed.formulas}
        own = {} if own_slope is None else {name: own_slope(*functions[name]) for name in group}
        for slopes in (own, slopes_from_outputs(functions, group)):
            one = with_slopes(changed, slopes)
            if one.formulas not in seen:
                seen.add(one.formulas)
                yield one


def activations(program: StudentProgram) -> dict[str, tuple[str, Symbol]]:
    """The name of f, and Z, of each A = f(Z) and Ŷ = f(Z) that the program computes."""
    found = {}
    for name in program.named(StepKind.A, StepKind.Y_HAT):
        match program.formula(name):
            case Activated(activation, Symbol() as z):
                found[name] = activation, z
    return found


def slopes_from_outputs(functions: dict[str, tuple[str, Symbol]], names: tuple[str, ...]) -> dict[str, Expression]:
    """f′ computed from A, for those of the outputs ``names`` whose f has such a derivative, by their names."""
    return {
        name: call_of(DERIVATIVES_OF_A[functions[name][0]], Symbol(name))
        for name in names
        if functions[name][0] in DERIVATIVES_OF_A
    }


def with_slopes(program: StudentProgram, slopes: dict[str, Expression]) -> StudentProgram:
    """The program with these matrices in place of f′(Z), by the names of the A and Ŷ of their layers."""
    for name, slope in slopes.items():
        layer = program.last if name.startswith("Y_hat") else layer_of(name)
        if f"delta{layer}" in program.named(StepKind.DELTA):
            program = with_derivative(program, f"delta{layer}", slope)
    return program
