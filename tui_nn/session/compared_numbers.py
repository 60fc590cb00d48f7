"""The numbers of a student's program that a lesson shows beside its own, and what came of the comparison."""

from typing import NamedTuple

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.session.runs.run_plan import RunPlan

COST = "cost"
"""What J is called among the numbers of a program."""
BETWEEN_MISTAKES = "; "
"""Stands between the names of two mistakes that explain the numbers together, and between what belongs to each."""


class TheirMatrix(NamedTuple):
    """A matrix of a student's program: its name as in the command ``show``, its iteration, its rows of numbers.

    ``tolerances`` says how far each number may lie from the exact one, by the digits that were given. A number that was
    not given is nan.
    """

    name: str
    iteration: int
    numbers: tuple[tuple[float, ...], ...]
    tolerances: tuple[tuple[float, ...], ...]

    @property
    def shape(self) -> tuple[int, int]:
        """Its rows and columns."""
        return len(self.numbers), len(self.numbers[0])


class MistakeLines(NamedTuple):
    """Where a mistake acts, and the line of a program that it changes.

    ``acts_in`` is the name of the matrix, of a start, of the data or of the learning rate that such a program computes
    or has otherwise; "" if it is none of these. ``right`` and ``wrong`` are lines of code, "" where there is none.
    ``example`` stands in place of ``wrong`` if programs with this mistake may have another wrong line.
    """

    acts_in: str
    right: str
    wrong: str
    example: str


class FirstDifferingCell(NamedTuple):
    """The first cell that differs, in the order of the computation; row and column from 1."""

    iteration: int
    matrix: str
    row: int
    column: int


@frozen_dataclass(eq=False)
class ComparedNumbers:
    """A student's numbers, and how they compare with the run of ``plan``.

    ``whose`` is the student's name, or that of the file. ``agrees`` names the matrices that agree wherever they were
    given, in the order of the computation. ``first`` is None if nothing differs. Each of ``mistakes`` explains the
    numbers, up to the difference at the same place in ``largest_differences``; two that do so only together stand as
    one, with a semicolon between them; ``details`` has what belongs to each, such as the learning rate, or "".
    ``lines`` has for each of ``mistakes`` those of its one or two mistakes; () if the log says nothing of them.
    ``remarks`` are sentences on how the numbers were read.
    ``of_delta``, ``of_slopes`` and ``of_velocity`` say how many times the lesson's δ, ∂J/∂W and V the program printed,
    where a right program may print another multiple; ``matrices`` are in the lesson's form.
    ``is_complete`` is false if some mistakes were left untried.
    """

    whose: str
    matrices: tuple[TheirMatrix, ...]
    agrees: tuple[str, ...]
    first: FirstDifferingCell | None
    mistakes: tuple[str, ...]
    largest_differences: tuple[float, ...]
    details: tuple[str, ...]
    of_delta: float
    of_slopes: float
    of_velocity: float
    is_complete: bool
    lines: tuple[tuple[MistakeLines, ...], ...]
    remarks: tuple[str, ...]
    plan: RunPlan

    def given(self, name: str, iteration: int) -> TheirMatrix | None:
        """Their matrix with a name of the lesson's, J for the cost; None if they gave none."""
        called = COST if name == "J" else name
        return next((one for one in self.matrices if (one.name, one.iteration) == (called, iteration)), None)
