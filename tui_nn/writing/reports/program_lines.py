"""What writes single lines of a program, right or wrong, in the language of the lecture."""

from collections.abc import Iterable
from typing import Protocol

from tui_nn.network.diagnosis.mistakes.mistyped import Mistyped
from tui_nn.network.diagnosis.student_program import Count, Scaling
from tui_nn.network.formulas.expression import Expression
from tui_nn.network.model.array import Array
from tui_nn.network.model.dataset import Dataset
from tui_nn.network.model.schedules import Schedule
from tui_nn.network.model.starts import Start
from tui_nn.session.document import Document


class ProgramLines(Protocol):
    """What writes the lines of a program in the language of the lecture."""

    def formula(self, expression: Expression) -> str:
        """A formula as code. Raises TypeError if it has no code."""
        ...

    def formula_in_numpy(self, expression: Expression) -> str:
        """A formula as numpy's code. Raises TypeError if it has no code."""
        ...

    def definitions(self, activation: str, mistyped: Mistyped) -> tuple[str, str]:
        """The lines that define f or f′ of an activation: the right one and the mistyped one."""
        ...

    def scaled(self, name: str, dataset: Dataset) -> str:
        """The line that scales X or Y."""
        ...

    def scaled_otherwise(self, name: str, scaling: Scaling) -> str:
        """The line that scales X or Y with another function. Raises TypeError if that has no code."""
        ...

    def listed(self, name: str, table: Array) -> str:
        """The line that fills a matrix, row by row, with numbers that stand there; "" if these are many."""
        ...

    def start(self, name: str, document: Document) -> str:
        """The line, or the lines, that give a matrix its first numbers; "" if these are many."""
        ...

    def rate(self, learning_rate: float, schedule: Schedule, count: Count) -> str:
        """The line that computes the learning rate of an iteration."""
        ...

    def drawn(self, groups: Iterable[Iterable[str]], start: Start, document: Document) -> str:
        """The lines that draw matrices, those of each group after the seed of ``start``."""
        ...
