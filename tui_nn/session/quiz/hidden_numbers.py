"""What questions hide until they are answered."""

from collections.abc import Iterator
from typing import NamedTuple

from tui_nn.network import Network, named_shapes
from tui_nn.network.formulas.equations import kept_by_iteration_before
from tui_nn.network.formulas.explain import SourceCells
from tui_nn.network.formulas.optimizers import parameter_of
from tui_nn.network.formulas.same_numbers import cells_that_tell
from tui_nn.network.formulas.scalar_expression import Cell
from tui_nn.session.quiz.questions import MATRIX, ROW, SHAPE, SIGN, Question
from tui_nn.session.state import State

_NEXT = "_next"


class HiddenNumbers(NamedTuple):
    """What the screen must not show: cells, signs of cells, and the shapes of matrices, by their names.

    The cells called `ERROR` are those of Y − Ŷ.
    """

    cells: tuple[SourceCells, ...] = ()
    signs: tuple[SourceCells, ...] = ()
    shapes: frozenset[str] = frozenset()

    def has_cell(self, matrix: str, row: int, column: int) -> bool:
        """Whether a cell, or its sign, is hidden."""
        return any(Cell(matrix, row, column) in one for one in (*self.cells, *self.signs))

    @property
    def matrices(self) -> frozenset[str]:
        """The names of the matrices of which something is hidden."""
        return frozenset({one.name for one in (*self.cells, *self.signs)} | self.shapes)


def hidden_at(state: State, iteration: int) -> HiddenNumbers:
    """What the open questions hide in an iteration: what they ask for, and the cells that would tell it."""
    document = state.plan.document_at(iteration)
    cells: list[SourceCells] = []
    signs: list[SourceCells] = []
    shapes: set[str] = set()
    for number in state.open_questions:
        question = state.questions[number]
        for matrix in _matrices_with_the_answer(question, iteration, document.network):
            if question.ask == SHAPE:
                shapes.add(matrix)
                continue
            asked = _cells_asked_for(question, matrix)
            (signs if question.ask == SIGN else cells).append(asked)
            # Without their signs, they would still tell the sign: relu gives 0 only where z is not positive.
            cells += cells_that_tell(document.network, document.dataset, asked)
    return HiddenNumbers(tuple(cells), tuple(signs), frozenset(shapes))


def _matrices_with_the_answer(question: Question, iteration: int, network: Network) -> Iterator[str]:
    """The names of the matrices of an iteration that hold what a question asks for."""
    matrix, parameters, kept = question.matrix, network.shapes, kept_by_iteration_before(network)
    if question.ask == SHAPE:
        yield from _matrices_of_shape(matrix, network)
    elif matrix in ("X", "Y") or question.iteration == iteration:
        yield matrix
    # The updated weight is the weight of the next iteration.
    elif matrix.endswith(_NEXT) and question.iteration + 1 == iteration:
        yield matrix.removesuffix(_NEXT)
    elif matrix in parameters and question.iteration - 1 == iteration:
        yield f"{matrix}{_NEXT}"
    # What the optimizer keeps is the same number in the next iteration, under another name.
    elif question.iteration + 1 == iteration:
        yield from (before for before, name in kept.items() if name == matrix)
    elif matrix in kept and question.iteration - 1 == iteration:
        yield kept[matrix]


def _matrices_of_shape(matrix: str, network: Network) -> Iterator[str]:
    """The matrix itself, and those that have its shape in every network: ∂J/∂W and V that of W."""
    yield matrix
    if matrix in network.shapes:
        yield from (f"{matrix}{_NEXT}", f"dJd{matrix}")
        yield from (name for name in named_shapes(network, 1) if parameter_of(name) == matrix)


def _cells_asked_for(question: Question, matrix: str) -> SourceCells:
    row = 0 if question.ask == MATRIX else question.row
    return SourceCells(matrix, row, 0 if question.ask in (MATRIX, ROW) else question.column)
