"""A network drawn into lines of text: units as boxes, weights as lines between them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from textual.geometry import Offset, Region, Size

from tui_nn.dashboard.widgets.canvas import Line
from tui_nn.dashboard.widgets.dot_grid import ACROSS, DOWN, DotGrid
from tui_nn.dashboard.widgets.network.edge_numbers import (
    ARROW_ROOM,
    MOST_NUMBERED,
    are_computed,
    columns_of_numbers,
    lines_of_numbers,
)
from tui_nn.dashboard.widgets.network.network_parts import DrawnEdge, DrawnLayer, DrawnUnit, ShownNumber
from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.network.formulas.diagram import Edge, Unit
from tui_nn.network.formulas.scalar_expression import Cell
from tui_nn.writing.notation.sign_set import SignSet

_FULLEST = 0.75
"""The part of the height between two layers that lines may fill; more of them run together into a grey block."""
_BOX_WIDTH = 11
_LEAST_GAPS = {"box": 9, "number": 4, "computed": 4, "name": 8}
"""The columns between two layers, for each way to draw the units: a box with all numbers, one number, or its name.

With "computed", the inputs are names, and the other units have one number.
"""

_Key = TypeVar("_Key", Unit, int)


@frozen_dataclass
class _Item:
    """A unit, or a word in the place of several, and how it is drawn."""

    drawn: DrawnUnit | None
    form: str
    width: int
    height: int
    text: str = ""


@dataclass
class _Placed:
    item: _Item
    x: int
    y: int

    @property
    def region(self) -> Region:
        return Region(self.x, self.y, self.item.width, self.item.height)


@dataclass
class NetworkDrawing:
    """A network drawn for a size.

    If not all layers fit beside each other, those around ``layer`` are drawn. Of edges that would run together those of
    ``selected`` are drawn; ``left_out`` counts the others.
    """

    layers: Sequence[DrawnLayer]
    edges: Mapping[Edge, DrawnEdge]
    size: Size
    signs: SignSet = SignSet.ALL
    selected: Unit | None = None
    layer: int = 1
    _places: dict[Unit, _Placed] = field(default_factory=dict, init=False)
    _words: list[_Placed] = field(default_factory=list, init=False)
    _cells: list[tuple[Region, Cell]] = field(default_factory=list, init=False)
    _ends: dict[Edge, tuple[tuple[float, float], tuple[float, float]]] = field(default_factory=dict, init=False)
    lines: list[Line] = field(default_factory=list, init=False)
    left_out: int = field(default=0, init=False)

    @property
    def unicode(self) -> bool:
        """Whether the terminal shows more signs than ASCII's."""
        return self.signs is not SignSet.ASCII

    def __post_init__(self) -> None:
        self._grid = DotGrid(self.size, self.signs)
        self._place()
        self._draw_edges()
        for placed in self._places.values():
            self._draw_unit(placed)
        for placed in self._words:
            self._grid.write(placed.x, placed.y, placed.item.text, "faint")
        self.lines = self._grid.lines()

    def cell_at(self, offset: Offset) -> Cell | None:
        """The cell whose number stands at a place, or that of the edge that passes there."""
        for region, cell in reversed(self._cells):
            if region.contains_point(offset):
                return cell
        x, y = offset.x * ACROSS + (ACROSS - 1) / 2, offset.y * DOWN + (DOWN - 1) / 2
        near = [(_distance((x, y), *ends), edge) for edge, ends in self._ends.items()]
        distance, edge = min(near, key=lambda one: one[0], default=(DOWN, None))
        return self.edges[edge].number.cell if edge and distance < DOWN else None

    # Where everything stands

    def _place(self) -> None:
        form, layers = self._form()
        columns = [self._items(layer, form) for layer in layers]
        widths = [max((item.width for item in column), default=0) for column in columns]
        room = self.size.width - sum(widths)
        wanted = [self._gap(layer, form) for layer in layers[:-1]]
        # The same everywhere where that will do: from step to step, nothing moves then.
        is_even = not wanted or max(wanted) * len(wanted) <= room
        gaps = [0] * len(wanted) if is_even else wanted
        more = (room - sum(gaps)) / max(1, len(gaps))
        x = 0.0
        for column, width, gap in zip(columns, widths, [*gaps, 0], strict=True):
            self._place_column(column, min(max(0, round(x)), max(0, self.size.width - width)), width)
            x += width + gap + more
        self._say_what_is_left_out(layers)

    def _gap(self, layer: int, form: str) -> int:
        """The columns wanted right of a layer: more where the numbers of its edges are what the step computes."""
        edges = [one for one in self.edges.values() if one.edge.source.layer == layer + 1]
        return max(_LEAST_GAPS[form], columns_of_numbers(edges) if are_computed(edges) else 0)

    def _form(self) -> tuple[str, range]:
        """How much a unit shows, so that all layers fit beside each other; if none fits, as many layers as do.

        A unit that has no room for a box shows only its name where the numbers at the edges need its room.
        """
        count = len(self.layers)
        every = range(count)
        widths = {
            form: sum(max(self._width(one, form) for one in layer.units) for layer in self.layers)
            for form in _LEAST_GAPS
        }
        fitting = [form for form, gap in _LEAST_GAPS.items() if widths[form] + gap * (count - 1) <= self.size.width]
        if fitting and fitting[0] != "box":
            with_numbers = (
                form
                for form in fitting
                if widths[form] + sum(self._gap(layer, form) for layer in every[:-1]) <= self.size.width
            )
            return next(with_numbers, fitting[0]), every
        if fitting:
            return "box", every
        gap = _LEAST_GAPS["number"]
        widest = max(self._width(one, "number") for layer in self.layers for one in layer.units)
        shown = max(2, (self.size.width + gap) // (widest + gap))
        first = min(max(0, self.layer - 1 - shown // 2), max(0, count - shown))
        return "number", range(first, min(count, first + shown))

    @staticmethod
    def _width(drawn: DrawnUnit, form: str) -> int:
        form = _form_of(drawn, form)
        if form == "name":
            return len(drawn.name)
        number = drawn.main
        one_line = len(drawn.name) + (1 + number.room if number else 0)
        if form == "number":
            return one_line
        return _box_width(drawn) if _is_box(drawn) else max(len(drawn.name), number.room if number else 0)

    def _items(self, layer: int, form: str) -> list[_Item]:
        """What stands in the column of a layer, from top to bottom."""
        units = _with_names_of_one_width(self.layers[layer].units) if form != "name" else self.layers[layer].units
        items = [self._item(one, form) for one in units]
        others = bool(self.layers[layer].above) + bool(self.layers[layer].below)
        if form == "box" and sum(item.height for item in items) + others > self.size.height:
            items = [self._item(one, "number") for one in units]
        above, below = self.layers[layer].above, self.layers[layer].below
        return [
            *([_more(above, self.unicode)] if above else []),
            *items,
            *([_more(below, self.unicode)] if below else []),
        ]

    def _item(self, drawn: DrawnUnit, form: str) -> _Item:
        form = _form_of(drawn, form)
        if form == "box" and _is_box(drawn):
            return _Item(drawn, "box", _box_width(drawn), 2 + len(drawn.numbers))
        if form == "box" and drawn.main:
            return _Item(drawn, "pair", self._width(drawn, form), 2)
        return _Item(drawn, "number" if drawn.main and form == "number" else "name", self._width(drawn, form), 1)

    def _place_column(self, column: list[_Item], x: int, width: int) -> None:
        room = (self.size.height - sum(item.height for item in column)) / max(1, len(column))
        y = room / 2
        for item in column:
            placed = _Placed(item, x + (width - item.width if item.form == "name" else 0), max(0, round(y)))
            if item.drawn:
                self._places[item.drawn.unit] = placed
            else:
                self._words.append(placed)
            y += item.height + room

    def _say_what_is_left_out(self, layers: range) -> None:
        before, after = layers.start, len(self.layers) - layers.stop
        ellipsis = "…" if self.unicode else "..."
        if before:
            text = f"{before} more {ellipsis}"
            self._words.append(_Placed(_Item(None, "word", len(text), 1, text), 0, 0))
        if after:
            text = f"{ellipsis} {after} more"
            place = max(0, self.size.width - len(text))
            self._words.append(_Placed(_Item(None, "word", len(text), 1, text), place, self.size.height - 1))

    # Edges

    def _draw_edges(self) -> None:
        shown = [one for one in self.edges.values() if {one.edge.source, one.edge.target} <= self._places.keys()]
        shown = [
            one for edges in _by(shown, lambda one: one.edge.source.layer).values() for one in self._thinned(edges)
        ]
        leaving, arriving = _by(shown, lambda one: one.edge.source), _by(shown, lambda one: one.edge.target)
        for one in shown:
            source, target = self._places[one.edge.source], self._places[one.edge.target]
            begin = self._end(source, leaving[one.edge.source].index(one), len(leaving[one.edge.source]))
            end = self._end(target, arriving[one.edge.target].index(one), len(arriving[one.edge.target]))
            x0 = self._right_of(source) * ACROSS
            self._ends[one.edge] = (x0, begin), (target.x * ACROSS - 1, end)
        for one in sorted(shown, key=lambda one: (one.is_selected, abs(one.flows), one.thickness)):
            self._grid.line(*self._ends[one.edge], one.thickness, one.style, dashed=one.is_negative)
        for layer in {one.edge.source.layer for one in shown}:
            self._label([one for one in shown if one.edge.source.layer == layer], leaving, arriving)

    def _thinned(self, edges: list[DrawnEdge]) -> list[DrawnEdge]:
        """The edges between two layers, thinner or fewer where they would run together.

        If even lines of one dot are too many, those of the selected unit are drawn; if none is selected, the thickest.
        """
        room = _FULLEST * self.size.height * DOWN
        if sum(one.thickness for one in edges) <= room:
            return edges
        thin = [replace(one, thickness=1) for one in edges]
        if len(edges) <= room:
            return thin
        chosen = [one for one in thin if one.is_selected or self.selected in (one.edge.source, one.edge.target)]
        if not chosen:
            thickest = max(one.thickness for one in edges)
            strongest = {one.edge for one in edges if one.thickness == thickest}
            chosen = [one for one in thin if one.edge in strongest][: int(room)]
        self.left_out += len(edges) - len(chosen)
        return chosen

    @staticmethod
    def _right_of(placed: _Placed) -> int:
        return placed.x + placed.item.width

    @staticmethod
    def _end(placed: _Placed, number: int, count: int) -> float:
        """The height in dots at which an edge meets a unit: the edges of a unit are spread over its side."""
        return placed.y * DOWN + (number + 0.5) * placed.item.height * DOWN / count - 0.5

    def _label(
        self,
        edges: list[DrawnEdge],
        leaving: Mapping[Unit, list[DrawnEdge]],
        arriving: Mapping[Unit, list[DrawnEdge]],
    ) -> None:
        """Writes the numbers of the edges between two layers, at the ends where they have lines of their own."""
        for one in edges:
            self._point(one)
        room = min(self._places[one.edge.target].x - self._right_of(self._places[one.edge.source]) for one in edges)
        most_out = max(len(leaving[one.edge.source]) for one in edges)
        most_in = max(len(arriving[one.edge.target]) for one in edges)
        if len(edges) > MOST_NUMBERED or columns_of_numbers(edges) > room:
            return
        at_source = most_out < most_in
        units = [one.edge.source if at_source else one.edge.target for one in edges]
        middles = {unit: self._places[unit].y + self._places[unit].item.height // 2 for unit in units}
        meets = [self._line_of(one, at_source=at_source) for one in edges]
        lines = lines_of_numbers(units, meets, middles, self.size.height)
        for one, line in zip(edges, lines, strict=bool(lines)):
            if at_source:
                x = self._right_of(self._places[one.edge.source]) + ARROW_ROOM
            else:
                x = self._places[one.edge.target].x - ARROW_ROOM - len(one.number.text)
            self._grid.write(x, line, one.number.text, one.number.style)
            self._cells.append((Region(x, line, len(one.number.text), 1), one.number.cell))

    def _line_of(self, one: DrawnEdge, *, at_source: bool) -> int:
        """The line in which an edge meets its source or its target."""
        return round(self._ends[one.edge][0 if at_source else 1][1]) // DOWN

    def _point(self, one: DrawnEdge) -> None:
        """An arrow where numbers arrive."""
        if one.flows > 0:
            x = self._places[one.edge.target].x - 1
            self._grid.write(x, self._line_of(one, at_source=False), "▶" if self.unicode else ">", one.style)
        elif one.flows < 0:
            x = self._right_of(self._places[one.edge.source])
            self._grid.write(x, self._line_of(one, at_source=True), "◀" if self.unicode else "<", one.style)

    # Units

    def _draw_unit(self, placed: _Placed) -> None:
        drawn = placed.item.drawn
        assert drawn  # noqa: S101 - words have no unit
        name_style = "cursor" if drawn.is_selected else "label"
        x, y = placed.x, placed.y
        if placed.item.form == "box":
            self._draw_box(placed, drawn)
            self._grid.write(x + 2, y, drawn.name, name_style)
            return
        self._grid.write(x, y, drawn.name, name_style)
        if drawn.main and placed.item.form == "number":
            self._write_number(x + len(drawn.name) + 1, y, drawn.main)
        elif drawn.main and placed.item.form == "pair":
            self._write_number(x, y + 1, drawn.main)
        if placed.item.form == "name" and drawn.main:
            self._cells.append((placed.region, drawn.main.cell))

    def _draw_box(self, placed: _Placed, drawn: DrawnUnit) -> None:
        x, y, width, height = placed.region
        style = "row" if drawn.is_selected else "rule"
        # What is computed now has heavy sides; what is selected has a colour, and its name is marked. From step to
        # step, the lines above and below stay as they are: to send them again would cost half of the step's bytes.
        top, side, bottom = ("┎─┒", "┃ ┃", "┖─┚") if drawn.is_current else ("╭─╮", "│ │", "╰─╯")
        for row, signs in enumerate((top, *[side] * (height - 2), bottom)):
            self._grid.write(x + 1, y + row, signs[1] * (width - 2), style)
            for x_of_side, sign in ((x, signs[0]), (x + width - 1, signs[2])):
                self._grid.write(x_of_side, y + row, sign, "now" if drawn.is_current else style)
        self._grid.write(x + 1, y, f" {drawn.name} ", "")
        for row, number in enumerate(drawn.numbers, start=1):
            self._grid.write(x + 1, y + row, number.symbol, "now" if number.style == "now" else "faint")
            self._write_number(x + width - 1 - len(number.text), y + row, number)
        if drawn.delta:
            text = f"{drawn.delta.symbol} {drawn.delta.text}"
            text = f" {text} " if len(text) + 2 <= width - 2 else text
            self._grid.write(x + 1, y + height - 1, text, drawn.delta.style)
            taken = Region(x + 1, y + height - 1, len(text), 1)
            self._cells.append((taken, drawn.delta.cell))

    def _write_number(self, x: int, y: int, number: ShownNumber) -> None:
        self._grid.write(x, y, number.text, number.style)
        self._cells.append((Region(x, y, len(number.text), 1), number.cell))


def _form_of(drawn: DrawnUnit, form: str) -> str:
    if form != "computed":
        return form
    return "name" if drawn.unit.layer == 1 else "number"


def _with_names_of_one_width(units: Sequence[DrawnUnit]) -> list[DrawnUnit]:
    """Units whose numbers stand below each other where they stand behind the names."""
    width = max(len(one.name) for one in units if not one.unit.is_bias)
    return [one if one.delta or one.unit.is_bias else replace(one, name=one.name.ljust(width)) for one in units]


def _is_box(drawn: DrawnUnit) -> bool:
    return bool(drawn.delta)


def _box_width(drawn: DrawnUnit) -> int:
    numbers = max((len(one.symbol) + 1 + one.room for one in drawn.numbers), default=0)
    lower = 2 + drawn.delta.room if drawn.delta else 0
    return max(_BOX_WIDTH, numbers + 2, lower + 2)


def _more(count: int, unicode: bool) -> _Item:
    text = f"{'…' if unicode else '...'} {count} more"
    return _Item(None, "word", len(text), 1, text)


def _by(edges: list[DrawnEdge], key: Callable[[DrawnEdge], _Key]) -> dict[_Key, list[DrawnEdge]]:
    grouped: dict[_Key, list[DrawnEdge]] = {}
    for one in edges:
        grouped.setdefault(key(one), []).append(one)
    return grouped


def _distance(place: tuple[float, float], begin: tuple[float, float], end: tuple[float, float]) -> float:
    """How far ``place`` lies from the line between two places."""
    (x, y), (x0, y0), (x1, y1) = place, begin, end
    length = (x1 - x0) ** 2 + (y1 - y0) ** 2
    along = min(1.0, max(0.0, ((x - x0) * (x1 - x0) + (y - y0) * (y1 - y0)) / length)) if length else 0.0
    away_x, away_y = x - x0 - along * (x1 - x0), y - y0 - along * (y1 - y0)
    distance: float = (away_x**2 + away_y**2) ** 0.5
    return distance
