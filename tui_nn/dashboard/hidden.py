"""What questions hide until they are answered."""

from collections.abc import Iterable
from typing import NamedTuple

from tui_nn.network.explain import Area
from tui_nn.session.questions import CELL, MATRIX, ROW, SHAPE, SIGN, Question


class Hidden(NamedTuple):
    """What is not to be seen: cells, the signs of cells, and the names of matrices whose shape is not."""

    areas: tuple[Area, ...] = ()
    signs: tuple[Area, ...] = ()
    shapes: frozenset[str] = frozenset()

    @property
    def names(self) -> frozenset[str]:
        """The matrices of which something is hidden."""
        return frozenset({area.name for area in (*self.areas, *self.signs)} | self.shapes)


def hidden_by(asked: Iterable[Question]) -> Hidden:
    """What questions hide together."""
    questions = list(asked)
    areas = [_area_of(question) for question in questions if question.ask in (CELL, ROW, MATRIX)]
    signs = [_area_of(question) for question in questions if question.ask == SIGN]
    shapes = {question.matrix for question in questions if question.ask == SHAPE}
    return Hidden(tuple(areas), tuple(signs), frozenset(shapes))


def _area_of(question: Question) -> Area:
    row = 0 if question.ask == MATRIX else question.row
    return Area(question.matrix, row, 0 if question.ask in (MATRIX, ROW) else question.column)
