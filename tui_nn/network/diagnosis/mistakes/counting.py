"""The numbers are those of another iteration: ``for (i in 1:999)``, or what is printed is one iteration late."""

from collections.abc import Iterator
from dataclasses import replace

from tui_nn.network.diagnosis.mistakes.mistake import ProgramMistake, Rank
from tui_nn.network.diagnosis.student_program import StudentProgram


def counted_from(program: StudentProgram, offset: int) -> StudentProgram:
    """The program whose iteration i is that of i + ``offset``."""
    return replace(program, offset=program.offset + offset)


def _one_off(program: StudentProgram) -> Iterator[StudentProgram]:
    for offset in (1, -1):
        yield counted_from(program, offset).noting(offset)


def _any_other(program: StudentProgram) -> Iterator[StudentProgram]:  # noqa: ARG001 - the numbers say which
    return iter(())


ONE_ITERATION_OFF = ProgramMistake("one iteration off", _one_off, frequency=0, rank=Rank.NUMBER)
OTHER_NUMBER_OF_ITERATIONS = ProgramMistake("other number of iterations", _any_other, frequency=1, rank=Rank.NUMBER)
