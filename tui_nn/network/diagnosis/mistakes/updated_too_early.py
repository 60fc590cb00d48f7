"""W2 is updated before δ2 is computed from it: ``W_2 <- W_2 - scalar * dJdW_2; delta_2 <- delta_3 %*% t(W_2) * …``."""

from collections.abc import Iterator
from dataclasses import replace

from tui_nn.network.diagnosis.mistakes.mistake import ProgramMistake
from tui_nn.network.diagnosis.mistakes.optimizer_matrices import formulas_of_update
from tui_nn.network.diagnosis.mistakes.rewrites import putting
from tui_nn.network.diagnosis.student_program import StudentProgram
from tui_nn.network.formulas.equations import Equation
from tui_nn.network.formulas.expression import Symbol
from tui_nn.network.formulas.steps import STEPS_OF_UPDATE, StepKind


def _programs(program: StudentProgram) -> Iterator[StudentProgram]:
    depth = program.network.depth
    layers = range(2, depth + 1)
    # Each layer's W is updated at once; or only that of the last layer, or of another one.
    every = [tuple(layers), *((layer,) for layer in reversed(layers))]
    for early in dict.fromkeys(every):
        if early:
            yield replace(program, formulas=_ordered(program, early))


def _ordered(program: StudentProgram, early: tuple[int, ...]) -> tuple[Equation, ...]:
    """The formulas, layer by layer backwards, with each W of ``early`` updated right after its slope."""
    formulas = {one.name: one for one in program.formulas}
    back = (StepKind.DELTA, StepKind.DJDW, StepKind.DJDB, *STEPS_OF_UPDATE)
    order = [one for one in program.formulas if one.step.kind not in back]
    late: list[Equation] = []
    for layer in range(program.network.depth, 0, -1):
        delta = formulas[f"delta{layer + 1}"]
        if layer + 1 in early:
            new_weights = putting(Symbol(f"W{layer + 1}"), Symbol(f"W{layer + 1}_next"))
            delta = replace(delta, expression=new_weights(delta.expression))
        order.append(delta)
        for name in (f"W{layer}", f"b{layer}"):
            if name in program.parameters:
                order.append(formulas[f"dJd{name}"])
                (order if layer in early else late).extend(formulas_of_update(program, name))
    return (*order, *late)


UPDATED_TOO_EARLY = ProgramMistake("updated too early", _programs, frequency=4)
