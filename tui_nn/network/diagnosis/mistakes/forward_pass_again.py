"""After W2 is updated, a new forward pass computes Ŷ, from which δ2 and ∂J/∂W1 come."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from tui_nn.network.diagnosis.mistakes.mistake import ProgramMistake
from tui_nn.network.diagnosis.mistakes.optimizer_matrices import formulas_of_update
from tui_nn.network.diagnosis.student_program import StudentProgram
from tui_nn.network.formulas.equations import Equation
from tui_nn.network.formulas.expression import Expression, Symbol, replaced, symbols
from tui_nn.network.formulas.steps import StepKind

_FORWARD = (StepKind.Z, StepKind.A, StepKind.Y_HAT)


def _programs(program: StudentProgram) -> Iterator[StudentProgram]:
    if program.network.depth < 2:
        return
    printed_first = tuple(_layer_by_layer(program))
    yield replace(program, formulas=printed_first)
    # Z, A, Ŷ and δ are printed after the iteration: they are those of the last pass.
    yield replace(program, formulas=_last_ones_named(printed_first))
    # J, too, is computed again.
    yield replace(program, formulas=_last_ones_named(printed_first, with_cost=True))


def _layer_by_layer(program: StudentProgram) -> Iterator[Equation]:
    """The formulas, with a new pass over what is updated so far before the slopes of each further layer."""
    depth, formulas = program.network.depth, {one.name: one for one in program.formulas}
    forward = [one for one in program.formulas if one.step.kind in _FORWARD]
    yield from (one for one in program.formulas if one.step.kind in (*_FORWARD, StepKind.COST))
    for layer in range(depth, 0, -1):
        suffix = f" with {depth - layer} updated" if layer < depth else ""
        updated = {
            f"{letter}{later}": f"{letter}{later}_next" for later in range(layer + 1, depth + 1) for letter in "Wb"
        }
        again = {one.name: f"{one.name}{suffix}" for one in forward}
        deltas = {f"delta{later}": f"delta{later}{suffix}" for later in range(layer + 1, depth + 2)}
        # The δ from which the slopes of a layer come is the first of its name.
        deltas[f"delta{layer + 1}"] = f"delta{layer + 1}"
        names = updated | again | deltas
        if suffix:
            yield from (with_names(one, names) for one in forward)
        for later in range(depth + 1, layer, -1):
            yield with_names(formulas[f"delta{later}"], names)
        for parameter in (f"W{layer}", f"b{layer}"):
            if parameter in program.parameters:
                slope = formulas[f"dJd{parameter}"]
                yield replace(slope, expression=_in_names(slope.expression, names))
                yield from formulas_of_update(program, parameter)


def with_names(equation: Equation, names: Mapping[str, str]) -> Equation:
    """An equation with other names for some matrices: its own, and those in its formula."""
    name = names.get(equation.name, equation.name)
    return replace(equation, name=name, expression=_in_names(equation.expression, names))


def _in_names(expression: Expression, names: Mapping[str, str]) -> Expression:
    used = symbols(expression) & names.keys()
    return replaced(expression, {Symbol(name): Symbol(names[name]) for name in used})


def _last_ones_named(formulas: tuple[Equation, ...], *, with_cost: bool = False) -> tuple[Equation, ...]:
    """The same formulas, with the names of a lesson for the last Z, A, Ŷ and δ of each layer, and of no others."""
    passes: dict[str, list[str]] = {}
    for one in formulas:
        if one.step.kind in (*_FORWARD, StepKind.DELTA):
            passes.setdefault(one.step.name, []).append(one.name)
    names = {}
    for name, called in passes.items():
        *earlier, last = called
        names.update({one: f"{one} at first" for one in earlier})
        names[last] = name
    ordered = [with_names(one, names) for one in formulas]
    if not with_cost:
        return tuple(ordered)
    costs = [one for one in formulas if one.step.kind is StepKind.COST]
    return (*(one for one in ordered if one.step.kind is not StepKind.COST), *costs)


FORWARD_PASS_AGAIN = ProgramMistake("forward pass again between the updates", _programs, frequency=1)
