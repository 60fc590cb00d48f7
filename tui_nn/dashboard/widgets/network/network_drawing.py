"""A network drawn into lines of text: units as boxes, weights as lines between them."""

from collections.abc import Sequence

from textual.geometry import Offset, Size

from tui_nn.dashboard.widgets.dot_grid import DotGrid
from tui_nn.dashboard.widgets.network.edge_lines import EdgeLines
from tui_nn.dashboard.widgets.network.edge_numbers import (
    ARROW_ROOM,
    are_few,
    columns_of_numbers,
    lines_of_numbers,
)
from tui_nn.dashboard.widgets.network.network_layout import NetworkLayout
from tui_nn.dashboard.widgets.network.network_parts import DrawnEdge, DrawnLayer, EdgesFrom
from tui_nn.dashboard.widgets.network.number_places import NumberPlaces
from tui_nn.dashboard.widgets.network.unit_drawing import draw_unit
from tui_nn.network.formulas.diagram import Unit
from tui_nn.network.formulas.scalar_expression import Cell
from tui_nn.writing.notation.sign_set import SignSet


class NetworkDrawing:
    """A network drawn for a size: its ``lines``, from the top.

    If not all layers fit beside each other, those around ``layer`` are drawn. Of edges that would run together those of
    ``selected`` are drawn; ``left_out`` counts the others.
    """

    def __init__(
        self,
        layers: Sequence[DrawnLayer],
        edges_from: EdgesFrom,
        size: Size,
        *,
        signs: SignSet = SignSet.ALL,
        selected: Unit | None = None,
        layer: int = 1,
    ) -> None:
        self._edges_from = edges_from
        self._height = size.height
        ellipsis, self._back, self._forward = ("...", "<", ">") if signs is SignSet.ASCII else ("…", "◀", "▶")
        self._grid = DotGrid(size, signs)
        self._numbers = NumberPlaces(self._grid)
        layout = NetworkLayout(layers, edges_from, size, layer=layer, ellipsis=ellipsis)
        self._places = layout.places
        *layers_before_others, _last = sorted({unit.layer for unit in self._places})
        edges = (one for before in layers_before_others for one in edges_from(before).values())
        self._edge_lines = EdgeLines(self._places, edges, size.height, selected)
        self._edge_lines.draw(self._grid)
        for between in self._edge_lines.by_layer.values():
            self._write_arrows(between)
            self._write_numbers(between)
        for place in self._places.values():
            draw_unit(place, self._grid, self._numbers)
        for word in layout.words:
            self._grid.write(word.x, word.y, word.text, "faint")
        self.lines = self._grid.lines()
        self.left_out = self._edge_lines.left_out

    def cell_at(self, offset: Offset) -> Cell | None:
        """The cell whose number stands at a place, or that of the edge that passes there."""
        if cell := self._numbers.cell_at(offset):
            return cell
        edge = self._edge_lines.edge_at(offset)
        return self._edges_from(edge.source.layer)[edge].number.cell if edge else None

    def _write_arrows(self, edges: Sequence[DrawnEdge]) -> None:
        """Writes an arrow where numbers arrive: at the target on the way forward, at the source on the way back."""
        for one in edges:
            source, target = one.edge.source, one.edge.target
            if one.flows > 0:
                x = self._places[target].region.x - 1
                self._grid.write(x, self._edge_lines.row_at_target(one.edge), self._forward, one.style)
            elif one.flows < 0:
                x = self._places[source].region.right
                self._grid.write(x, self._edge_lines.row_at_source(one.edge), self._back, one.style)

    def _write_numbers(self, edges: Sequence[DrawnEdge]) -> None:
        """Writes the numbers of the edges between two layers, at the ends where they have lines of their own."""
        regions = {unit: self._places[unit].region for one in edges for unit in (one.edge.source, one.edge.target)}
        room = min(regions[one.edge.target].x - regions[one.edge.source].right for one in edges)
        if not are_few(edges) or columns_of_numbers(edges) > room:
            return
        most_out = max(len(self._edge_lines.leaving[one.edge.source]) for one in edges)
        most_in = max(len(self._edge_lines.arriving[one.edge.target]) for one in edges)
        at_source = most_out < most_in
        units = [one.edge.source if at_source else one.edge.target for one in edges]
        middles = {unit: regions[unit].y + regions[unit].height // 2 for unit in units}
        row_of = self._edge_lines.row_at_source if at_source else self._edge_lines.row_at_target
        lines = lines_of_numbers(units, [row_of(one.edge) for one in edges], middles, self._height)
        for one, line in zip(edges, lines, strict=bool(lines)):
            if at_source:
                x = regions[one.edge.source].right + ARROW_ROOM
                if one.edge.source.is_bias:
                    # Beside its 1, a dash of the line would read as a minus.
                    self._grid.write(x, line, " ", "")
                    x += 1
            else:
                x = regions[one.edge.target].x - ARROW_ROOM - len(one.number.marked_text)
            self._numbers.write(x, line, one.number)
