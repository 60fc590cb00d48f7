"""J is computed after the update, from a new pass: ``W_1 <- …; cost(Y, forward(X))``."""

from collections.abc import Iterator
from dataclasses import replace

from tui_nn.network.diagnosis.mistakes.forward_pass_again import with_names
from tui_nn.network.diagnosis.mistakes.mistake import ProgramMistake, Rank
from tui_nn.network.diagnosis.student_program import StudentProgram
from tui_nn.network.formulas.steps import StepKind

_FORWARD = (StepKind.Z, StepKind.A, StepKind.Y_HAT)


def _programs(program: StudentProgram) -> Iterator[StudentProgram]:
    # The matrix that a penalty counts holds the parameters before the update.
    if program.network.penalised:
        return
    forward = [one for one in program.formulas if one.step.kind in _FORWARD]
    cost = [one for one in program.formulas if one.step.kind is StepKind.COST]
    others = [one for one in program.formulas if one.step.kind is not StepKind.COST]
    updated = {name: f"{name}_next" for name in program.parameters}
    late = updated | {one.name: f"{one.name} after the update" for one in forward}
    again = [*(with_names(one, late) for one in forward), *(with_names(one, late) for one in cost)]
    yield replace(program, formulas=(*others, *again))
    # The new pass overwrites Z, A and Ŷ.
    early = {one.name: f"{one.name} before the update" for one in forward}
    yield replace(
        program,
        formulas=(*(with_names(one, early) for one in others), *(with_names(one, updated) for one in forward), *cost),
    )


COST_AFTER_UPDATE = ProgramMistake("cost after the update", _programs, frequency=0, rank=Rank.DATA)
