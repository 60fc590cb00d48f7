"""The optimizer is another one, or has other numbers: μ, ρ, β or ε."""

from collections.abc import Iterator
from dataclasses import replace

from tui_nn.network.diagnosis.mistakes.mistake import ProgramMistake, Rank
from tui_nn.network.diagnosis.mistakes.optimizer_matrices import rule_of, with_optimizer
from tui_nn.network.diagnosis.student_program import StudentProgram
from tui_nn.network.formulas.optimizers import UPDATE_RULES

_DECAYS = (0.9, 0.99, 0.999, 0.95, 0.5, 0.8, 0.1, 0.01, 0.001, 0.85, 0.7, 0.98, 0.995, 0.9999, 0.0)
_EPSILONS = (1e-7, 1e-6, 1e-10, 1e-5, 1e-4, 1e-3, 1e-2, 1e-12, 1e-1, 1.0, 0.0)
_SMALL = "epsilon"


def _other_number(program: StudentProgram) -> Iterator[StudentProgram]:
    optimizer, uses = program.optimizer, rule_of(program).uses
    decays = [name for name in uses if name != _SMALL]
    if len(decays) == 2:
        one, other = decays
        exchanged = {one: getattr(optimizer, other), other: getattr(optimizer, one)}
        if exchanged[one] != exchanged[other]:
            yield replace(program, optimizer=replace(optimizer, **exchanged)).noting(f"{one} and {other} exchanged")
    for name in uses:
        right = getattr(optimizer, name)
        others = _EPSILONS if name == _SMALL else (*_DECAYS, round(1 - right, 12))
        for number in dict.fromkeys(others):
            if number != right:
                yield replace(program, optimizer=replace(optimizer, **{name: number})).noting(f"{name} {number:g}")


def _other_optimizer(program: StudentProgram) -> Iterator[StudentProgram]:
    if not program.network.trained:
        return
    for name in UPDATE_RULES:
        if name != program.optimizer.name:
            yield with_optimizer(program, replace(program.optimizer, name=name)).noting(name)


OTHER_NUMBER_IN_OPTIMIZER = ProgramMistake(
    "other number in the optimizer", _other_number, frequency=1, rank=Rank.NUMBER
)
OTHER_OPTIMIZER = ProgramMistake("other optimizer", _other_optimizer, frequency=1, rank=Rank.DATA)
