"""``dJdW1 += X.T @ delta2``: the gradients of all iterations add up, as they are not set to 0."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from tui_nn.network.diagnosis.mistakes.mistake import ProgramMistake
from tui_nn.network.diagnosis.mistakes.rewrites import slopes
from tui_nn.network.diagnosis.student_program import StudentProgram
from tui_nn.network.formulas.expression import Added, Symbol
from tui_nn.network.formulas.steps import StepKind


def _programs(program: StudentProgram) -> Iterator[StudentProgram]:
    of_weights, of_biases = program.named(StepKind.DJDW), program.named(StepKind.DJDB)
    for names in dict.fromkeys([slopes(program), of_weights, of_biases, *((name,) for name in slopes(program))]):
        if names:
            yield _adding_up(program, names)


def _adding_up(program: StudentProgram, names: tuple[str, ...]) -> StudentProgram:
    sums = {f"sum of {name}": name for name in names}
    added = program.with_formulas({name: Added(Symbol(total), program.formula(name)) for total, name in sums.items()})
    zeros = {total: np.zeros_like(program.parameters[name.removeprefix("dJd")]) for total, name in sums.items()}
    return replace(added, carried={**added.carried, **sums}, memory={**added.memory, **zeros})


GRADIENT_NOT_RESET = ProgramMistake("gradient not reset", _programs, frequency=2)
