"""The chart of all hidden units at once: each over the plane of two inputs, as a small tile."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from textual.geometry import Size

from tui_nn.dashboard.charts.chart import NOT_COMPUTED, ChartOfOneIteration, Computation
from tui_nn.dashboard.charts.commands import TILES
from tui_nn.dashboard.charts.plane_rows import row_signs
from tui_nn.dashboard.charts.plot import MarkedPoint, Plot
from tui_nn.dashboard.charts.shades import DotLines, levels_of, shaded_lines
from tui_nn.dashboard.charts.text_chart import plot_of_text
from tui_nn.dashboard.charts.unit_range import unit_range
from tui_nn.dashboard.view_model.view import View
from tui_nn.dashboard.widgets.braille import ACROSS, DOWN
from tui_nn.dashboard.widgets.canvas import Line
from tui_nn.language import _
from tui_nn.network.checks.contours import crossings, refined
from tui_nn.network.checks.plane import activation_at_zero, all_outputs, limits_around, rows_on_plane
from tui_nn.network.model.array import Array
from tui_nn.network.training.run_series import RunSeries
from tui_nn.session.events import ChartChosen, Event, PlaneUnitChosen
from tui_nn.session.plane_choice import CLASSES, OUTPUT, PlaneUnit, plane_units

_LEAST = Size(6, 2)
_LARGEST = Size(36, 14)
_ONE_HIDDEN_LAYER = 3
_FEWEST_COLUMNS, _MOST_ROWS = 10, 60
"""The rows of the data stand on tiles at least so wide, if there are not more."""


class _Tiles(NamedTuple):
    """How many tiles stand side by side, how large the picture in each is, and how many units are shown."""

    per_row: int
    size: Size
    shown: int


def _breadth(tile: Size) -> int:
    """How much a tile shows, in columns: a cell is twice as high as wide."""
    return min(tile.width, 2 * tile.height)


def tiles_in(size: Size, units: int) -> _Tiles | None:
    """The largest tiles on which all ``units`` find room, or as many as do; None if not even one does.

    Each tile has a line for its name, and a column beside it.
    """
    best: _Tiles | None = None
    for per_row in range(1, max(1, size.width // (_LEAST.width + 1)) + 1):
        rows = -(-units // per_row)
        rows = min(rows, size.height // (_LEAST.height + 1))
        if not rows:
            return None
        width, height = (size.width + 1) // per_row - 1, size.height // rows - 1
        tile = Size(min(width, _LARGEST.width, 3 * height + 2), min(height, _LARGEST.height))
        found = _Tiles(per_row, tile, min(units, per_row * rows))
        if best is None or (found.shown, _breadth(tile)) > (best.shown, _breadth(best.size)):
            best = found
    return best


class UnitTiles(ChartOfOneIteration):
    """All hidden units over the plane of two inputs, side by side."""

    name = "hidden units"
    place = TILES
    hint = _("Enter shows the unit large")

    def title(self, view: View) -> str:
        data, choice = view.state.document.dataset, view.state.plane.fitted(view.state.document)
        if data.given_inputs == 1:
            return _("Hidden units")
        across, up = data.x_names[choice.across - 1], data.x_names[choice.up - 1]
        right, upwards = "→↑" if view.notation.unicode else ">^"
        across, up = f"{across} {right}", f"{up} {upwards}"
        return _("Hidden units, {across} and {up}", across=across, up=up)

    def matrices_shown(self, view: View) -> frozenset[str]:
        """The outputs of all hidden units, and their z."""
        layers = range(2, len(view.state.document.network.layers))
        return frozenset({name for layer in layers for name in (f"A{layer}", f"Z{layer}")})

    def depends_on(self, view: View) -> tuple[object, ...]:
        choice = view.state.plane._replace(cursor=None)
        return id(view.state.document.dataset), id(view.iteration_numbers), choice, view.row

    @staticmethod
    def _units(view: View) -> list[PlaneUnit]:
        return [unit for unit in plane_units(view.state.document) if unit.matrix not in (OUTPUT, CLASSES)]

    def computation(self, view: View, size: Size, run_series: RunSeries | None) -> Computation | None:  # noqa: ARG002
        """The outputs of all layers in each cell of a tile, by the names of their matrices."""
        numbers, network, data = view.iteration_numbers, view.state.document.network, view.state.document.dataset
        tiles = tiles_in(size, len(self._units(view)))
        if not numbers or data.given_inputs < 2 or not tiles or not self._units(view):
            return None
        choice, parameters = view.state.plane.fitted(view.state.document), numbers.computed.parameters
        axes = [choice.across - 1, choice.up - 1]
        limits = limits_around(data.x[:, axes], data.x_divisors[axes], *tiles.size)
        if limits is None:
            return None

        def compute(pause: Callable[[], None]) -> dict[str, Array]:  # noqa: ARG001
            (left, bottom), (right, top) = limits.lows.tolist(), limits.highs.tolist()
            columns, lines = np.linspace(left, right, tiles.size.width), np.linspace(top, bottom, tiles.size.height)
            places = np.array([(x, y) for y in lines for x in columns])
            return all_outputs(network, data, parameters, rows_on_plane(data, (choice.across, choice.up), places))

        key = ("tiles", tiles.size, choice.across, choice.up, id(data))
        return Computation(key, tiles.size.width * tiles.size.height * network.size, compute)

    def draw(self, view: View, size: Size, run_series: RunSeries | None) -> Plot | str:
        """The tiles, row by row, each below the name of its unit."""
        units = self._units(view)
        if not view.iteration_numbers:
            return NOT_COMPUTED
        if not units:
            return _("the network has no hidden unit")
        if view.state.document.dataset.given_inputs < 2:
            return _("with one input, 6 shows each hidden unit as a curve")
        tiles = tiles_in(size, len(units))
        if tiles is None or self.computation(view, size, run_series) is None:
            return _("no room for\nthe hidden units")
        outputs = self.computed(view, size, run_series)
        drawn = [self._tile(view, unit, outputs, tiles.size) for unit in units[: tiles.shown]]
        lines: list[Line] = []
        for begin in range(0, len(drawn), tiles.per_row):
            beside = drawn[begin : begin + tiles.per_row]
            lines += [[part for line in parts for part in (*line, (" ", ""))] for parts in zip(*beside, strict=True)]
        if tiles.shown < len(units):
            more = len(units) - tiles.shown
            # For translators: z is a key.
            lines[-1] = [(_("and {units} units more: z gives them the whole screen", units=more), "faint")]
        return plot_of_text(lines, size)

    @staticmethod
    def _tile(view: View, unit: PlaneUnit, outputs: dict[str, Array], size: Size) -> list[Line]:
        """The name of a unit, and its picture with the boundary; where y has two classes, their signs on it."""
        network, unicode = view.state.document.network, view.notation.unicode
        heights = outputs[unit.matrix][:, unit.column - 1].reshape(size.height, size.width)
        boundary = crossings(refined(heights, ACROSS, DOWN), [activation_at_zero(network, int(unit.matrix[1:]))])
        levels = levels_of(heights, *unit_range(view, unit))
        picture = shaded_lines(levels, [DotLines(boundary, "line", "+")], unicode=unicode)
        is_chosen = view.state.plane.fitted(view.state.document).unit == unit
        dot = "·" if unicode else ":"
        name = f"{view.notation.name(unit.matrix)}[{dot},{unit.column}]"
        mark = ("›" if unicode else ">") if is_chosen else ""
        if len(mark + name) > size.width:
            # As in the picture of the network.
            layer = view.notation.name(unit.matrix)[1:] if len(network.layers) > _ONE_HIDDEN_LAYER else ""
            name = f"h{unit.column}{f'({layer})' if layer.isdigit() else layer}"
        title = f"{mark}{name}"[: size.width].ljust(size.width)
        return [[(title, "cursor" if is_chosen else "label")], *picture]

    def marks(self, view: View, plot: Plot) -> list[MarkedPoint]:
        """The rows of the data on every tile that has room for them."""
        units, data = self._units(view), view.state.document.dataset
        tiles = tiles_in(plot.axes.size, len(units)) if units else None
        if not tiles or data.given_inputs < 2 or tiles.size.width < _FEWEST_COLUMNS or data.rows > _MOST_ROWS:
            return []
        choice = view.state.plane.fitted(view.state.document)
        axes = [choice.across - 1, choice.up - 1]
        limits = limits_around(data.x[:, axes], data.x_divisors[axes], *tiles.size)
        if limits is None:
            return []
        parts = (data.x[:, axes] - limits.lows) / (limits.highs - limits.lows)
        columns = np.rint(parts[:, 0] * (tiles.size.width - 1)).astype(int).tolist()
        lines = np.rint((1 - parts[:, 1]) * (tiles.size.height - 1)).astype(int).tolist()
        signs, styles = row_signs(view, PlaneUnit("A2", 1))
        marks = []
        for number in range(tiles.shown):
            left = number % tiles.per_row * (tiles.size.width + 1)
            top = number // tiles.per_row * (tiles.size.height + 1) + 1
            for row, (column, line) in enumerate(zip(columns, lines, strict=True)):
                marks.append(MarkedPoint(left + column, top + line, signs[row][:1], styles[row]))
        return marks

    def events_of_key(self, view: View, plot: Plot, key: str) -> tuple[Event, ...]:  # noqa: ARG002
        """Arrows choose a hidden unit; Enter shows it large."""
        units = self._units(view)
        shown = view.state.plane.fitted(view.state.document).unit
        if not units:
            return ()
        index = units.index(shown) if shown in units else None
        match key:
            case "left" | "right":
                by = 1 if key == "right" else -1
                return (PlaneUnitChosen(*units[0 if index is None else (index + by) % len(units)]),)
            case "enter" if index is not None:
                return (ChartChosen("surface"),)
        return ()

    def events_of_click(self, view: View, plot: Plot, column: int, line: int) -> tuple[Event, ...]:
        """The unit under the mouse, large."""
        units = self._units(view)
        tiles = tiles_in(plot.axes.size, len(units)) if units else None
        if not tiles:
            return ()
        across, down = column // (tiles.size.width + 1), line // (tiles.size.height + 1)
        number = down * tiles.per_row + across
        if across >= tiles.per_row or number >= tiles.shown:
            return ()
        return PlaneUnitChosen(*units[number]), ChartChosen("surface")
