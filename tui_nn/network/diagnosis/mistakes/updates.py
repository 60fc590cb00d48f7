"""The update comes too early, is left out, replaces the weights, or adds up the gradients of all iterations."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

import numpy as np

from tui_nn.network.diagnosis.mistakes.mistake import ProgramMistake, Rank, deltas, groups, slopes, updates
from tui_nn.network.diagnosis.student_program import StudentProgram
from tui_nn.network.formulas.equations import Equation
from tui_nn.network.formulas.expression import (
    Added,
    ConstantTimes,
    Difference,
    Expression,
    Negated,
    Symbol,
    replaced,
    symbols,
)
from tui_nn.network.formulas.numpy_call import call_of
from tui_nn.network.formulas.steps import StepKind

_FORWARD = (StepKind.Z, StepKind.A, StepKind.Y_HAT)


def _by_name(program: StudentProgram) -> dict[str, Equation]:
    return {equation.name: equation for equation in program.formulas}


def _parameters_of(program: StudentProgram, layer: int) -> list[str]:
    """The weights and the biases that lead from ``layer`` on."""
    return [name for name in (f"W{layer}", f"b{layer}") if name in program.parameters]


def _updated_too_early(program: StudentProgram) -> Iterator[StudentProgram]:
    if program.network.depth < 2:
        return
    every = _by_name(program)
    order = [one for one in program.formulas if one.step.kind in (*_FORWARD, StepKind.COST)]
    for layer in range(program.network.depth, 0, -1):
        delta = every[f"delta{layer + 1}"]
        renamed: dict[Expression, Expression] = {Symbol(f"W{layer + 1}"): Symbol(f"W{layer + 1}_next")}
        order.append(replace(delta, expression=replaced(delta.expression, renamed)))
        for name in _parameters_of(program, layer):
            order += [every[f"dJd{name}"], every[f"{name}_next"]]
    yield replace(program, formulas=tuple(order))


def _renamed(expression: Expression, names: Mapping[str, str]) -> Expression:
    used = symbols(expression) & names.keys()
    return replaced(expression, {Symbol(name): Symbol(names[name]) for name in used})


def _forward_again(program: StudentProgram) -> Iterator[StudentProgram]:
    """A new pass with what is updated so far, before the gradient of each further layer."""
    depth = program.network.depth
    if depth < 2:
        return
    every = _by_name(program)
    forward = [one for one in program.formulas if one.step.kind in _FORWARD]
    order = [one for one in program.formulas if one.step.kind in (*_FORWARD, StepKind.COST)]
    for layer in range(depth, 0, -1):
        names = {
            name: f"{name}_next" for later in range(layer + 1, depth + 1) for name in _parameters_of(program, later)
        }
        if names:
            again = {one.name: f"{one.name} with {depth - layer} updated" for one in forward}
            names |= again
            order += [replace(one, name=again[one.name], expression=_renamed(one.expression, names)) for one in forward]
        for back in range(depth + 1, layer, -1):
            delta = every[f"delta{back}"]
            own = delta.name if back == layer + 1 else f"{delta.name} with {depth - layer} updated"
            order.append(replace(delta, name=own, expression=_renamed(delta.expression, names)))
            names = {**names, delta.name: own}
        for name in _parameters_of(program, layer):
            slope = every[f"dJd{name}"]
            order += [replace(slope, expression=_renamed(slope.expression, names)), every[f"{name}_next"]]
    yield replace(program, formulas=tuple(order))


def _not_reset(program: StudentProgram) -> Iterator[StudentProgram]:
    for names in (slopes(program), program.named(StepKind.DJDW), program.named(StepKind.DJDB)):
        if not names:
            continue
        sums = {f"sum of {name}": name for name in names}
        added = program.with_formulas(
            {name: Added(Symbol(total), program.formula(name)) for total, name in sums.items()}
        )
        zeros = {total: np.zeros_like(program.parameters[name.removeprefix("dJd")]) for total, name in sums.items()}
        yield replace(added, carried={**added.carried, **sums}, memory={**added.memory, **zeros})


def _left_out(program: StudentProgram, names: Iterable[str]) -> StudentProgram:
    return program.with_formulas({name: Symbol(name.removesuffix("_next")) for name in names})


def _weights_not_updated(program: StudentProgram) -> Iterator[StudentProgram]:
    for names in groups(updates(program, "W")):
        yield _left_out(program, names)
    if updates(program, "b"):
        yield _left_out(program, updates(program))
        for name in updates(program, "W"):
            yield _left_out(program, [name, f"b{name[1:]}"])


def _biases_not_updated(program: StudentProgram) -> Iterator[StudentProgram]:
    for names in groups(updates(program, "b")):
        yield _left_out(program, names)


def _replaced(program: StudentProgram) -> Iterator[StudentProgram]:
    def step(expression: Expression) -> Expression:
        return expression.right if isinstance(expression, Difference) else expression

    for names in dict.fromkeys([updates(program), *groups(updates(program, "W")), *groups(updates(program, "b"))]):
        if names:
            yield program.rewritten(names, lambda one: Negated(step(one)))
            yield program.rewritten(names, step)


def _cost_after_update(program: StudentProgram) -> Iterator[StudentProgram]:
    """J of a new pass with the updated parameters."""
    names = {name: f"{name}_next" for name in program.parameters}
    again = [one for one in program.formulas if one.step.kind in (*_FORWARD, StepKind.COST)]
    late = {one.name: f"{one.name} after the update" for one in again if one.step.kind is not StepKind.COST}
    names |= late
    order = [one for one in program.formulas if one.step.kind is not StepKind.COST]
    order += [
        replace(one, name=names.get(one.name, one.name), expression=_renamed(one.expression, names)) for one in again
    ]
    if not program.network.penalised:
        yield replace(program, formulas=tuple(order))


def _error_for_delta(program: StudentProgram) -> Iterator[StudentProgram]:
    error = Negated(Difference(Symbol("Y"), Symbol("Y_hat")))
    outermost = Symbol(f"delta{program.last}")
    for name in deltas(program)[1:2]:
        yield program.rewritten([name], lambda one: replaced(one, {outermost: error}))
        yield program.rewritten([name], lambda one: replaced(one, {outermost: Negated(error)}))


def halted(program: StudentProgram) -> Iterator[StudentProgram]:
    """1/2 or 1/N is 0 in whole numbers: J and the slopes are 0."""
    nothing = program.rewritten(deltas(program)[:1], lambda one: ConstantTimes(0.0, one))
    yield nothing.with_cost(lambda one: ConstantTimes(0.0, one))
    yield program.with_cost(lambda one: ConstantTimes(0.0, one))
    yield nothing


def truncated_weights(program: StudentProgram) -> Iterator[StudentProgram]:
    """Weights that are kept as whole numbers."""
    for names in (updates(program, "W"), updates(program)):
        if names:
            yield program.rewritten(names, lambda one: call_of(np.trunc, one))
            start = {
                name.removesuffix("_next"): np.trunc(program.parameters[name.removesuffix("_next")]) for name in names
            }
            yield program.rewritten(names, lambda one: call_of(np.trunc, one)).with_parameters(start)


TOO_EARLY = ProgramMistake("updated too early", _updated_too_early, found=4)
FORWARD_AGAIN = ProgramMistake("forward pass again between the updates", _forward_again, found=1)
NOT_RESET = ProgramMistake("gradient not reset", _not_reset, found=2)
WEIGHTS_NOT_UPDATED = ProgramMistake("weights not updated", _weights_not_updated, found=2)
BIASES_NOT_UPDATED = ProgramMistake("biases not updated", _biases_not_updated, found=3)
REPLACED = ProgramMistake("weights replaced by the step", _replaced, found=2)
COST_AFTER_UPDATE = ProgramMistake("cost after the update", _cost_after_update, found=0, rank=Rank.DATA)
ERROR_FOR_DELTA = ProgramMistake("error in place of delta", _error_for_delta, found=2)
