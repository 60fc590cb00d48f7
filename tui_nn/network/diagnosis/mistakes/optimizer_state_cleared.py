"""What the optimizer keeps is 0 again in each epoch, or in each iteration: ``V_W1 <- 0 * W_1`` stands in the loop."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from tui_nn.network.diagnosis.mistakes.mistake import ProgramMistake
from tui_nn.network.diagnosis.mistakes.optimizer_matrices import matrices_of, rule_of
from tui_nn.network.diagnosis.student_program import Rewritten, StudentProgram
from tui_nn.network.formulas.expression import Added, Expression, symbols
from tui_nn.network.formulas.optimizers import name_before


def _programs(program: StudentProgram) -> Iterator[StudentProgram]:
    letters = rule_of(program).state
    groups = dict.fromkeys([letters, *((letter,) for letter in letters)] if letters else [])
    for group in groups:
        if program.epochs.per_epoch > 1:
            names = frozenset(name_before(letter, name) for letter in group for name in program.network.trained)
            yield replace(program, cleared=names)
        yield _always_cleared(program, matrices_of(program, group))
    for name in program.network.trained:
        # The matrices of one W or b stay as they were: an assignment is missing.
        if letters:
            yield _always_cleared(program, tuple(f"{letter}_{name}" for letter in letters))


def _always_cleared(program: StudentProgram, names: Iterable[str]) -> StudentProgram:
    """The program that begins with 0 in each iteration: V = 0.9 · V + ∂J/∂W is ∂J/∂W then."""
    changed = program
    for name in names:
        changed = changed.rewritten([name], _without(f"{name}_previous"))
    return changed


def _without(name: str) -> Rewritten:
    def rewrite(expression: Expression) -> Expression:
        match expression:
            case Added(left, right) if name in symbols(left):
                return right
        return expression

    return rewrite


STATE_CLEARED = ProgramMistake("state cleared each epoch", _programs, frequency=2)
