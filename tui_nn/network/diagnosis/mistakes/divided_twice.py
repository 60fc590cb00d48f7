"""The slopes are divided by N in δ, and again in ``dJdW1 = X.T @ delta2 / N``."""

from collections.abc import Iterator

from tui_nn.network.diagnosis.mistakes.division import divided
from tui_nn.network.diagnosis.mistakes.mistake import ProgramMistake
from tui_nn.network.diagnosis.mistakes.rewrites import of_data, output_delta, scaled, slopes
from tui_nn.network.diagnosis.student_program import StudentProgram
from tui_nn.network.formulas.costs.reduction import MEAN


def _programs(program: StudentProgram) -> Iterator[StudentProgram]:
    rows = program.rows
    if rows == 1:
        return
    if program.network.reduction == MEAN:
        yield from divided(program, rows)
        return
    # J is to be a sum: all that divides it twice is too much.
    in_delta = program.rewritten([output_delta(program)], scaled(1 / rows))
    twice = in_delta.rewritten(slopes(program), of_data(scaled(1 / rows)))
    yield twice.with_cost(scaled(1 / rows))
    yield twice
    yield from divided(program, rows**2)


DIVIDED_TWICE = ProgramMistake("divided by the number of rows twice", _programs, frequency=2)
