"""``set.seed(1)`` stands before each matrix that is drawn, or before the biases as well: numbers come twice."""

from collections.abc import Iterator
from dataclasses import replace

from tui_nn.network.diagnosis.mistakes.drawn_starts import drawn, is_drawn, with_other_draws
from tui_nn.network.diagnosis.mistakes.mistake import ProgramMistake, Rank
from tui_nn.network.diagnosis.student_program import StudentProgram
from tui_nn.network.model.array import Array


def _programs(program: StudentProgram) -> Iterator[StudentProgram]:
    if not is_drawn(program):
        return
    names = drawn(program)
    by_letter = [[name for name in names if name.startswith(letter)] for letter in "Wb"]
    for groups in ([[name] for name in names], by_letter):
        matrices: dict[str, Array] = {}
        for group in groups:
            matrices |= program.drawing.made(program.network, group)
        if changed := with_other_draws(program, matrices):
            yield replace(changed, draws=tuple(map(tuple, groups)))


SEED_SET_AGAIN = ProgramMistake("seed set again", _programs, frequency=0, rank=Rank.DATA)
