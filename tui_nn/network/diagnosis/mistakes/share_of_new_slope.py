"""The slope has another share in V, M or S: ``0.9 * V + 0.1 * dJdW``, ``beta1 * M + dJdW``, or the shares exchanged."""

from collections.abc import Iterator

from tui_nn.network.diagnosis.mistakes.mistake import ProgramMistake
from tui_nn.network.diagnosis.mistakes.optimizer_matrices import rule_of, with_rule
from tui_nn.network.diagnosis.student_program import StudentProgram
from tui_nn.network.formulas.expression import Added, Difference, Expression, NumberTimes

_OF_ONE = "1-"


def _programs(program: StudentProgram) -> Iterator[StudentProgram]:
    rule = rule_of(program)
    steps = {one.letter: one.expression for one in rule.before_update if one.letter in rule.state}
    if not program.network.trained:
        return
    for share in (_other_share, _without_share, _exchanged):
        changed = {letter: other for letter, one in steps.items() if (other := share(one)) is not None}
        if changed:
            yield with_rule(program, changed)
            if len(changed) > 1:
                for letter, other in changed.items():
                    yield with_rule(program, {letter: other})
    for letter, one in steps.items():
        if isinstance(one, Added):
            # ``V <- 0.9 * V - dJdW`` turns the sign of each slope.
            yield with_rule(program, {letter: Difference(one.left, one.right)})


def _other_share(expression: Expression) -> Expression | None:
    """μ V + (1 − μ) ∂J/∂W for μ V + ∂J/∂W."""
    match expression:
        case Added(NumberTimes(number) as old, new) if not isinstance(new, NumberTimes):
            return Added(old, _share_of(number, new))
    return None


def _share_of(number: str, new: Expression) -> Expression:
    return Difference(new, NumberTimes(number, new))


def _without_share(expression: Expression) -> Expression | None:
    """β M + ∂J/∂W for β M + (1 − β) ∂J/∂W."""
    match expression:
        case Added(NumberTimes() as old, NumberTimes(number, new)) if number.startswith(_OF_ONE):
            return Added(old, new)
    return None


def _exchanged(expression: Expression) -> Expression | None:
    """(1 − β) M + β ∂J/∂W for β M + (1 − β) ∂J/∂W."""
    match expression:
        case Added(NumberTimes(number, old), NumberTimes(other, new)) if other.startswith(_OF_ONE):
            return Added(NumberTimes(other, old), NumberTimes(number, new))
    return None


SHARE_OF_NEW_SLOPE = ProgramMistake("other share of the new slope", _programs, frequency=2)
