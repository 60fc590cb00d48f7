"""``set.seed(42)`` where the lesson has another seed."""

from collections.abc import Iterator
from dataclasses import replace

from tui_nn.network.diagnosis.mistakes.drawn_starts import is_drawn, with_start
from tui_nn.network.diagnosis.mistakes.mistake import ProgramMistake, Rank
from tui_nn.network.diagnosis.student_program import StudentProgram

# Those that people like.
_SEEDS = (
    *(1, 2, 0, 3, 4, 5, 6, 7, 8, 9, 10, 42, 123, 1234, 12345, 100, 99, 1000, 11, 12, 13, 21, 33, 77, 101, 111, 200),
    *(314, 321, 456, 500, 666, 777, 999, 1337, 2000, *range(2015, 2031), 4321, 10000, 123456),
)


def _programs(program: StudentProgram) -> Iterator[StudentProgram]:
    if not is_drawn(program):
        return
    for seed in _SEEDS:
        if seed != program.drawing.seed and (changed := with_start(program, replace(program.drawing, seed=seed))):
            yield changed.noting(seed)


OTHER_SEED = ProgramMistake("other seed", _programs, frequency=0, rank=Rank.NUMBER)
