"""R adds a bias down the columns of Z, in place of along its rows."""

from collections.abc import Iterator

from tui_nn.network.diagnosis.mistakes.mistake import ProgramMistake
from tui_nn.network.diagnosis.mistakes.recycling import plus_recycled
from tui_nn.network.diagnosis.mistakes.rewrites import wide_biases, with_bias_sums
from tui_nn.network.diagnosis.student_program import StudentProgram
from tui_nn.network.formulas.numpy_call import call_of


def _programs(program: StudentProgram) -> Iterator[StudentProgram]:
    """``Z_2 <- X %*% W_1 + b_1``, where b_1 is a vector."""
    # A single bias is repeated down its column anyway.
    wide = (tuple(name for name in group if program.parameters[name].size > 1) for group in wide_biases(program))
    for names in dict.fromkeys(wide):
        yield with_bias_sums(program, names, lambda left, row: call_of(plus_recycled, left, row))


BIAS_RECYCLED = ProgramMistake("bias recycled down the columns", _programs, frequency=8)
