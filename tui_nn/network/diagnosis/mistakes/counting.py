"""The numbers are those of another iteration."""

from collections.abc import Iterator
from dataclasses import replace

from tui_nn.network.diagnosis.mistakes.mistake import ProgramMistake, Rank
from tui_nn.network.diagnosis.student_program import StudentProgram


def counted_from(program: StudentProgram, offset: int) -> StudentProgram:
    """The program whose iteration i is that of i + ``offset``."""
    return replace(program, offset=program.offset + offset)


def _off_by_one(program: StudentProgram) -> Iterator[StudentProgram]:
    for offset in (1, -1):
        yield counted_from(program, offset).noting(offset)


def _any_other(program: StudentProgram) -> Iterator[StudentProgram]:  # noqa: ARG001 - the numbers say which
    return iter(())


ONE_OFF = ProgramMistake("one iteration off", _off_by_one, found=0, rank=Rank.NUMBER)
OTHER_COUNT = ProgramMistake("other number of iterations", _any_other, found=1, rank=Rank.NUMBER)
