"""A cell that the user selected, and where it is once its matrix has changed."""

from dataclasses import replace

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.network import named_shapes
from tui_nn.session.document import Document
from tui_nn.session.settings import HYPERPARAMETERS


@frozen_dataclass
class SelectedCell:
    """A cell that the user can select.

    ``matrix`` is the lecture name of a matrix, "x" or "y" for the data in their own units, of which row 0 has the
    columns' names, or the key of a setting.
    """

    matrix: str
    row: int = 1
    column: int = 1


def nearest_cell(document: Document, iteration: int, cell: SelectedCell) -> SelectedCell | None:
    """The cell in ``iteration``, or the nearest one if its matrix has become smaller; None if its matrix is gone."""
    if cell.matrix in HYPERPARAMETERS:
        return cell
    shape = shape_of(document, iteration, cell.matrix)
    if shape is None:
        return None
    rows, columns = shape
    if cell.row <= rows and cell.column <= columns:
        return cell
    return replace(cell, row=min(cell.row, rows), column=min(cell.column, columns))


def shape_of(document: Document, iteration: int, name: str) -> tuple[int, int] | None:
    """The rows and columns of a matrix of ``iteration`` by its lecture name, of x or of y; None if there is none."""
    data = document.dataset
    if name in ("x", "y"):
        return data.rows, data.inputs if name == "x" else data.outputs
    return named_shapes(document.network, document.moment(iteration).rows).get(name)
