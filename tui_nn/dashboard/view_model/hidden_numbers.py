"""What questions hide until they are answered."""

from collections.abc import Iterator
from typing import NamedTuple

from tui_nn.network.formulas.explain import SourceCells
from tui_nn.session.quiz.questions import MATRIX, ROW, SHAPE, Question
from tui_nn.session.state import State

_NEXT = "_next"


class Hidden(NamedTuple):
    """What the screen must not show: cells, signs of cells, and the shapes of matrices, by their names."""

    areas: tuple[SourceCells, ...] = ()
    signs: tuple[SourceCells, ...] = ()
    shapes: frozenset[str] = frozenset()

    def has_cell(self, name: str, row: int, column: int) -> bool:
        """Whether a cell, or its sign, is hidden."""
        hidden = (one for one in (*self.areas, *self.signs) if one.name == name)
        return any(one.row in (0, row) and one.column in (0, column) for one in hidden)

    @property
    def names(self) -> frozenset[str]:
        """The matrices of which something is hidden."""
        return frozenset({area.name for area in (*self.areas, *self.signs)} | self.shapes)


def hidden_at(state: State, iteration: int) -> Hidden:
    """What the open questions hide in an iteration."""
    areas: list[SourceCells] = []
    signs: list[SourceCells] = []
    shapes: set[str] = set()
    for number in state.open_questions:
        question = state.questions[number]
        for name in _names_in(question, iteration, frozenset(state.document.network.shapes)):
            match question.ask:
                case "shape":
                    shapes.add(name)
                case "sign":
                    signs.append(_area(question, name))
                case _:
                    areas.append(_area(question, name))
    return Hidden(tuple(areas), tuple(signs), frozenset(shapes))


def _names_in(question: Question, iteration: int, parameters: frozenset[str]) -> Iterator[str]:
    """The names under which an iteration has what a question asks for."""
    name = question.matrix
    if question.ask == SHAPE:
        # A shape is the same in every iteration, and ∂J/∂W has the shape of W.
        yield from (name, f"{name}{_NEXT}", f"dJd{name}") if name in parameters else (name,)
    elif name in ("X", "Y") or question.iteration == iteration:
        yield name
    # The updated weight is the weight of the next iteration.
    elif name.endswith(_NEXT) and question.iteration + 1 == iteration:
        yield name.removesuffix(_NEXT)
    elif name in parameters and question.iteration - 1 == iteration:
        yield f"{name}{_NEXT}"


def _area(question: Question, name: str) -> SourceCells:
    row = 0 if question.ask == MATRIX else question.row
    return SourceCells(name, row, 0 if question.ask in (MATRIX, ROW) else question.column)
