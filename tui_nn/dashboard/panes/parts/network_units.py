"""The units and edges of the network at a step, with the numbers that the drawing shows of them."""

from collections.abc import Mapping, Sequence
from functools import cached_property

from tui_nn.dashboard.view_model.view import View
from tui_nn.dashboard.widgets.matrices.their_texts import mark_of_ours
from tui_nn.dashboard.widgets.network.network_parts import DrawnEdge, DrawnLayer, DrawnUnit, MainNumber, ShownNumber
from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.language import _
from tui_nn.network import Network, StepKind
from tui_nn.network.formulas.diagram import (
    ALL_ROWS,
    Edge,
    Unit,
    carries,
    edge_of,
    edges_between,
    element_at,
    element_count,
    index_of,
    main_symbol,
    matrices_at,
    share_of_row,
    unit_of,
    units,
    value_at,
)
from tui_nn.network.formulas.equations import layer_output
from tui_nn.network.formulas.expression import Symbol
from tui_nn.network.formulas.scalar_expression import Cell
from tui_nn.writing.notation.class_text import class_sign
from tui_nn.writing.notation.number_format import Format, rounded_text, two_digits

_WIDEST = 9
_GRADIENTS = (StepKind.DJDW, StepKind.DJDB)
_SYMBOLS = {"x": "x", "z": "z", "a": "a", "y_hat": "ŷ", "y": "y", "delta": "δ"}
_ASCII_SYMBOLS = {"y_hat": "y^", "delta": "d"}
_THICKEST = 3


@frozen_dataclass(eq=False)
class NetworkUnits:
    """What the picture shows of a view: the numbers of one row of the data, or their sums over all rows.

    Of a layer with more than ``most`` units, it shows those around the selected one, or the first.
    """

    view: View
    most: int

    @cached_property
    def layers(self) -> list[DrawnLayer]:
        """The units of each layer that are shown, and how many are left out above and below them."""
        return [self._drawn_layer(layer) for layer in units(self._network)]

    @cached_property
    def _edges(self) -> dict[int, Mapping[Edge, DrawnEdge]]:
        """The edges asked for so far, by the layer that they leave: the picture may have no room for some layers."""
        return {}

    def edges_from(self, layer: int) -> Mapping[Edge, DrawnEdge]:
        """The edges between the units shown of ``layer``, counted from 1, and of the next layer."""
        if layer not in self._edges:
            before, after = ([one.unit for one in shown.units] for shown in self.layers[layer - 1 : layer + 1])
            self._edges[layer] = {edge: self._drawn_edge(edge) for edge in edges_between(before, after)}
        return self._edges[layer]

    def _drawn_layer(self, layer: Sequence[Unit]) -> DrawnLayer:
        if len(layer) <= self.most:
            return DrawnLayer([self._drawn(unit) for unit in layer])
        # A line each says how many are above and below.
        room = max(1, self.most - 2)
        in_sight = [unit for unit in (self.selected_unit, *self._ends) if unit in layer]
        chosen = layer.index(in_sight[0]) if in_sight else 0
        first = 0 if chosen < room else min(chosen - room // 2, len(layer) - room)
        shown = layer[first : first + room]
        return DrawnLayer([self._drawn(unit) for unit in shown], first, len(layer) - first - len(shown))

    @property
    def _ends(self) -> tuple[Unit, ...]:
        return (self.selected_edge.source, self.selected_edge.target) if self.selected_edge else ()

    @cached_property
    def thickest(self) -> float:
        """The greatest |w| of all weights and biases, which the thickest edges have; 0 where a question hides one."""
        if not self.view.iteration_numbers or self.view.hidden.matrices & self._network.shapes.keys():
            return 0.0
        matrices = self.view.iteration_numbers.computed.matrices
        return max(float(abs(matrices[name]).max()) for name in self._network.shapes)

    @cached_property
    def selected_unit(self) -> Unit | None:
        """The unit of the selected cell, if it has one."""
        cell = self.view.selected_cell
        return unit_of(cell, self._network) if cell else None

    @cached_property
    def selected_edge(self) -> Edge | None:
        """The edge of the selected cell, if it has one."""
        cell = self.view.selected_cell
        return edge_of(cell, self._network) if cell else None

    def neighbour_of_cell(self, by: int) -> Cell:
        """The cell of the unit or edge so many further on in the order of the forward pass."""
        here = self.selected_edge or self.selected_unit
        last = element_count(self._network) - 1
        index = index_of(self._network, here) + by if here else 0
        return self.cell_of(min(max(0, index), last))

    def cell_of(self, index: int) -> Cell:
        """The cell of a unit or edge that the picture writes first, by the number of `element_at`."""
        element = element_at(self._network, index)
        if isinstance(element, Edge):
            return self._cell_at_edge(element)
        if element.is_bias:
            # It has no number of its own: the first bias that leaves it stands for it.
            return Edge(element, Unit(element.layer + 1, 1)).weight
        drawn = self._drawn(element)
        assert drawn.main  # noqa: S101 - only the node of the biases has none
        return drawn.main.number.cell

    @property
    def share(self) -> str:
        """What the chosen row adds to the gradient of the selected edge, as a few words; "" where that is not known."""
        view, edge = self.view, self.selected_edge
        if not edge or not self.row or not view.iteration_numbers or edge.gradient.name not in view.visible_matrices:
            return ""
        made_of = {f"delta{edge.target.layer}", layer_output(edge.source.layer).name}
        if made_of & view.hidden.matrices:
            return ""
        added = share_of_row(edge, self.row, view.iteration_numbers.computed.matrices)
        row = view.moment.row_of_data(self.row)
        return _("row {row} adds {number}", row=row, number=rounded_text(added, 3).replace("-", view.notation.minus))

    @cached_property
    def _network(self) -> Network:
        return self.view.state.document.network

    @property
    def row(self) -> int:
        """Where the row that is shown stands in the matrices, from 1; `ALL_ROWS` for the sum over all rows."""
        return self.view.row_in_pass if self.view.state.row else ALL_ROWS

    def _drawn(self, unit: Unit) -> DrawnUnit:
        is_selected = unit == self.selected_unit
        if unit.is_bias:
            return DrawnUnit(unit, "1", (), is_selected=is_selected)
        matrices = matrices_at(self._network, unit.layer)
        numbers = {
            symbol: self._number(symbol, Cell(matrix, self.row, unit.number)) for symbol, matrix in matrices.items()
        }
        main_one = main_symbol(self._network, unit.layer, self.view.step)
        main = MainNumber(
            numbers[main_one],
            self._subscripted(self._sign(main_one), unit).ljust(self._name_width(unit)),
            max(one.room for one in numbers.values()),
        )
        delta = numbers.pop("delta", None)
        return DrawnUnit(
            unit,
            self._name(unit),
            tuple(numbers.values()),
            delta,
            main,
            class_sign=self._class_sign(unit),
            is_current=matrices[main_one] == self.view.step.name,
            is_selected=is_selected,
        )

    def _name(self, unit: Unit) -> str:
        """The name of a unit at every step: x for an input, h for a hidden unit, ŷ for an output."""
        last = len(self._network.layers)
        return self._subscripted("x" if unit.layer == 1 else "h" if unit.layer < last else self._sign("y_hat"), unit)

    def _class_sign(self, unit: Unit) -> str:
        """The letter of the class that an output stands for, "" for any other unit."""
        classes = self.view.state.document.dataset.classes
        is_output = unit.layer == len(self._network.layers)
        if not is_output or classes is None or classes.is_binary:
            return ""
        return class_sign(classes, unit.number - 1)

    def _name_width(self, unit: Unit) -> int:
        """The columns that the longest name of a number of this unit needs, at any step."""
        longest = max(map(self._sign, matrices_at(self._network, unit.layer)), key=len)
        return len(self._subscripted(longest, unit))

    def _subscripted(self, sign: str, unit: Unit) -> str:
        """``sign`` with the number of the unit, and with its layer where there are several hidden layers."""
        last = len(self._network.layers)
        if unit.layer == last and self._network.layers[-1] == 1:
            return sign
        if last == 3 or unit.layer in (1, last):
            return f"{sign}{unit.number}"
        return f"{sign}{unit.number}{self._layer_marks[unit.layer - 1]}"

    @cached_property
    def _layer_marks(self) -> list[str]:
        """What stands behind the number of a unit to tell its layer from others: ⁽²⁾ or (2)."""
        names = (self.view.notation.name(f"A{layer}")[1:] for layer in range(1, len(self._network.layers) + 1))
        return [f"({name})" if name.isascii() else name for name in names]

    def _sign(self, symbol: str) -> str:
        return _SYMBOLS[symbol] if self.view.notation.unicode else _ASCII_SYMBOLS.get(symbol, symbol)

    def _number(self, symbol: str, cell: Cell) -> ShownNumber:
        view = self.view
        sign = self._sign(symbol)
        if self._is_asked(cell) or (cell.row == ALL_ROWS and cell.name in view.hidden.matrices):
            return ShownNumber(sign, "?", cell, "mark", self._width(cell))
        if cell.name not in view.reached_matrices or not view.iteration_numbers:
            return ShownNumber(sign, "·" if view.notation.unicode else ".", cell, "pending", self._width(cell))
        mark = self._mark(cell)
        style = {"current": "now", "operand": "operand"}.get(view.matrix_styles.get(cell.name, ""), "")
        if view.selected_cell == cell:
            style = "cursor"
        elif mark:
            style = "error"
        return ShownNumber(sign, self._written(cell), cell, style, self._width(cell), mark)

    def _mark(self, cell: Cell) -> str:
        """What stands before a number from which a student's differs; "" before any other, and before a sum of rows."""
        theirs = self.view.their_numbers.get(cell.name)
        if theirs is None or theirs.has_own_shape or cell.row == ALL_ROWS:
            return ""
        differs = theirs.differing[cell.row - 1, cell.column - 1]
        return mark_of_ours(unicode=self.view.notation.unicode) if differs else ""

    def _width(self, cell: Cell) -> int:
        """The columns that the numbers of the cell's matrix take: dots keep their room for them."""
        figures = self.view.iteration_numbers
        return min(_WIDEST, figures.value_and_format(Symbol(cell.name))[1].width) if figures else 0

    def _written(self, cell: Cell) -> str:
        figures = self.view.iteration_numbers
        assert figures  # noqa: S101 - a known number
        value = value_at(cell, figures.computed.matrices)
        _values, cells = figures.value_and_format(Symbol(cell.name))
        minus = self.view.notation.minus
        if cell.row == ALL_ROWS or cells.width > _WIDEST:
            return rounded_text(value, 4).replace("-", minus)
        return Format(cells.decimals, cells.scientific, 0, minus)(value)

    def _drawn_edge(self, edge: Edge) -> DrawnEdge:
        view, step, cell = self.view, self.view.step, edge.weight
        flows = carries(step, edge, self._network)
        direction = 0 if not flows else 1 if step.kind is StepKind.Z else -1
        weight = cell.value(view.iteration_numbers.computed.matrices) if view.iteration_numbers else 0.0
        hides_weight = self._is_asked(cell)
        is_negative = weight < 0 and not hides_weight
        is_selected = edge == self.selected_edge
        style = "row" if is_selected else "flow" if flows else "negative" if is_negative else "edge"
        thickness = 1 if hides_weight else self._thickness(weight)
        return DrawnEdge(edge, self._edge_number, thickness, is_negative, style, direction, is_selected)

    def _cell_at_edge(self, edge: Edge) -> Cell:
        """The cell whose number stands at an edge: its weight, its gradient, or its weight after the update."""
        step = self.view.step
        if step.kind is StepKind.UPDATE:
            return edge.updated
        return edge.gradient if step.kind in _GRADIENTS and carries(step, edge, self._network) else edge.weight

    def _edge_number(self, edge: Edge) -> ShownNumber:
        step, cell = self.view.step, self._cell_at_edge(edge)
        # The difference that the update makes would tell the slope.
        is_asked = self._is_asked(cell) or (
            step.kind is StepKind.UPDATE and (self._is_asked(edge.weight) or self._is_asked(edge.gradient))
        )
        if is_asked:
            return ShownNumber("", "?", cell, "mark")
        mark = self._mark(cell)
        style = "error" if mark else "now" if carries(step, edge, self._network) else ""
        if edge == self.selected_edge:
            style = "cursor"
        return ShownNumber("", self._edge_text(edge, cell), cell, style, mark=mark)

    def _is_asked(self, cell: Cell) -> bool:
        return self.view.hidden.has_cell(cell.name, cell.row, cell.column)

    def _edge_text(self, edge: Edge, cell: Cell) -> str:
        if not self.view.iteration_numbers or cell.name not in self.view.reached_matrices:
            return "·" if self.view.notation.unicode else "."
        matrices = self.view.iteration_numbers.computed.matrices
        value = cell.value(matrices)
        if self.view.step.kind is StepKind.UPDATE:
            value -= edge.weight.value(matrices)
        return two_digits(value).replace("-", self.view.notation.minus)

    def _thickness(self, weight: float) -> int:
        """Up to a third of the greatest |w| 1 dot, up to two thirds 2, else 3."""
        return min(_THICKEST, 1 + int(_THICKEST * (abs(weight) / self.thickest))) if self.thickest else 1
