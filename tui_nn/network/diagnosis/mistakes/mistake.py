"""What the catalogue knows of a mistake."""

from collections.abc import Callable, Iterator
from enum import IntEnum

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.network.diagnosis.student_program import StudentProgram


class Rank(IntEnum):
    """Which of two mistakes with the same numbers is named first: the lower one."""

    FORMULA = 1
    """A formula is another."""
    DATA = 2
    """The data or the start is another."""
    NUMBER = 3
    """A number of the lesson is another: the learning rate, the seed, the number of iterations."""
    DIGITS = 4
    """Digits are lost."""


@frozen_dataclass
class ProgramMistake:
    """A mistake, by its name, and the programs that have it.

    ``programs(program)`` gives each way to make the mistake in a program, the most natural first; the program may have
    another mistake already. It gives none where the mistake is impossible. ``frequency`` says how
    common the mistake is: the search tries pairs of common mistakes first.
    """

    name: str
    programs: Callable[[StudentProgram], Iterator[StudentProgram]]
    frequency: int
    rank: Rank = Rank.FORMULA
