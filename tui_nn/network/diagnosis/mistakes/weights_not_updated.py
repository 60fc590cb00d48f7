"""W keeps its first numbers: its update is missing, or stays in a function, ``update <- function() W_1 <- W_1 - …``."""

from collections.abc import Iterable, Iterator

from tui_nn.network.diagnosis.mistakes.mistake import ProgramMistake
from tui_nn.network.diagnosis.mistakes.rewrites import groups, updates
from tui_nn.network.diagnosis.student_program import StudentProgram
from tui_nn.network.formulas.expression import Symbol


def _programs(program: StudentProgram) -> Iterator[StudentProgram]:
    for names in groups(program, updates(program, "W")):
        yield without_updates(program, names)
    if updates(program, "b"):
        yield without_updates(program, updates(program))
        for name in updates(program, "W"):
            yield without_updates(program, [name, f"b{name[1:]}"])


def without_updates(program: StudentProgram, names: Iterable[str]) -> StudentProgram:
    """The program that leaves these parameters as they are; ``names`` are those of their updates, W1_next."""
    return program.with_formulas({name: Symbol(name.removesuffix("_next")) for name in names})


WEIGHTS_NOT_UPDATED = ProgramMistake("weights not updated", _programs, frequency=2)
