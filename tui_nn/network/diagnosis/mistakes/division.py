"""Divides J, its slopes, or both by a number."""

from collections.abc import Iterator

from tui_nn.network.diagnosis.mistakes.rewrites import biases, of_data, output_delta, scaled, slopes, without_mean
from tui_nn.network.diagnosis.student_program import StudentProgram
from tui_nn.network.formulas.expression import ConstantTimes, Expression
from tui_nn.network.formulas.steps import StepKind


def divided(program: StudentProgram, divisor: float, *, undone: bool = False) -> Iterator[StudentProgram]:
    """Programs that divide J, the slopes, or both by ``divisor``; with ``undone``, by that and no longer by N."""

    def rewrite(expression: Expression) -> Expression:
        return ConstantTimes(1 / divisor, without_mean(expression) if undone else expression)

    in_delta = program.rewritten([output_delta(program)], rewrite)
    yield in_delta.with_cost(rewrite)
    yield in_delta
    yield program.with_cost(rewrite)
    plain = program.rewritten([output_delta(program)], without_mean) if undone else program
    in_slopes = plain.rewritten(slopes(program), of_data(scaled(1 / divisor)))
    yield in_slopes
    yield in_slopes.with_cost(rewrite)
    if biases(program) and not undone:
        yield program.rewritten(program.named(StepKind.DJDW), of_data(scaled(1 / divisor)))
    if program.network.penalised and not undone:
        # The penalty's part is divided, too.
        whole = program.rewritten(slopes(program), scaled(1 / divisor))
        yield whole
        yield whole.rewritten([StepKind.COST], scaled(1 / divisor))
