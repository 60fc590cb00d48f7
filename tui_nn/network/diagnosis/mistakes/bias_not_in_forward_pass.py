"""The biases are drawn and updated, but Z is ``X %*% W_1``, without ``+ b_1``."""

from collections.abc import Iterator

from tui_nn.network.diagnosis.mistakes.mistake import ProgramMistake
from tui_nn.network.diagnosis.mistakes.rewrites import biases, groups, with_bias_sums
from tui_nn.network.diagnosis.student_program import StudentProgram


def _programs(program: StudentProgram) -> Iterator[StudentProgram]:
    for names in groups(program, biases(program)):
        yield with_bias_sums(program, names, lambda left, row: left)  # noqa: ARG005


BIAS_NOT_IN_FORWARD_PASS = ProgramMistake("bias not in the forward pass", _programs, frequency=1)
