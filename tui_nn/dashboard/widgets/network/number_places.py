"""Where the numbers of a drawn network stand, and which cell each of them is."""

from textual.geometry import Offset, Region

from tui_nn.dashboard.widgets.dot_grid import DotGrid
from tui_nn.dashboard.widgets.network.network_parts import ShownNumber
from tui_nn.network.formulas.scalar_expression import Cell


class NumberPlaces:
    """Writes numbers on a grid, and remembers where, so that a click finds their cells."""

    def __init__(self, grid: DotGrid) -> None:
        self._grid = grid
        self._cells: list[tuple[Region, Cell]] = []

    def write(self, x: int, y: int, number: ShownNumber, text: str = "") -> None:
        """Writes ``number``, or ``text`` in its place, from a column of a line on."""
        text = text or number.marked_text
        self._grid.write(x, y, text, number.style)
        self.add(Region(x, y, len(text), 1), number.cell)

    def add(self, region: Region, cell: Cell) -> None:
        """Lets a region stand for a cell, though its number is not written there."""
        self._cells.append((region, cell))

    def cell_at(self, offset: Offset) -> Cell | None:
        """The cell that stands at a place, the one written last if there are several; None if there is none."""
        return next((cell for region, cell in reversed(self._cells) if region.contains_point(offset)), None)
