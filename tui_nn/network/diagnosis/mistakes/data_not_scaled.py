"""X is x, or Y is y: the data keeps its units."""

from collections.abc import Iterator

from tui_nn.network.diagnosis.mistakes.data_tables import with_either, x_is_scaled, y_is_scaled
from tui_nn.network.diagnosis.mistakes.mistake import ProgramMistake, Rank
from tui_nn.network.diagnosis.student_program import StudentProgram


def _programs(program: StudentProgram) -> Iterator[StudentProgram]:
    data = program.dataset
    yield from with_either(
        program, data.all_x if x_is_scaled(program) else None, data.y if y_is_scaled(program) else None
    )


DATA_NOT_SCALED = ProgramMistake("data not scaled", _programs, frequency=2, rank=Rank.DATA)
