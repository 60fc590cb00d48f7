"""The biases keep their first numbers: the line ``b_1 <- b_1 - scalar * dJdb_1`` is missing."""

from collections.abc import Iterator

from tui_nn.network.diagnosis.mistakes.mistake import ProgramMistake
from tui_nn.network.diagnosis.mistakes.rewrites import groups, updates
from tui_nn.network.diagnosis.mistakes.weights_not_updated import without_updates
from tui_nn.network.diagnosis.student_program import StudentProgram


def _programs(program: StudentProgram) -> Iterator[StudentProgram]:
    for names in groups(program, updates(program, "b")):
        yield without_updates(program, names)


BIASES_NOT_UPDATED = ProgramMistake("biases not updated", _programs, frequency=3)
