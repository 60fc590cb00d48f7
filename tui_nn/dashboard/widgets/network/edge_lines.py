"""The lines of a drawn network's edges: which edges have one, and where each begins and ends."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple, TypeVar

from textual.geometry import Offset

from tui_nn.dashboard.widgets.braille import ACROSS, DOWN
from tui_nn.dashboard.widgets.dot_grid import DotGrid
from tui_nn.dashboard.widgets.network.network_layout import UnitPlace
from tui_nn.dashboard.widgets.network.network_parts import DrawnEdge
from tui_nn.network.formulas.diagram import Edge, Unit

_FULLEST = 0.75
"""The part of the height between two layers that lines may fill; more of them run together into a grey block."""

_Key = TypeVar("_Key", Unit, int)


class _Ends(NamedTuple):
    """Where a line begins and ends, in dots from the upper left corner."""

    begin: tuple[float, float]
    end: tuple[float, float]


class EdgeLines:
    """The edges that are drawn between placed units; ``left_out`` counts those that would run together with others."""

    def __init__(
        self, places: Mapping[Unit, UnitPlace], edges: Iterable[DrawnEdge], height: int, selected: Unit | None
    ) -> None:
        self._height = height
        self._selected = selected
        self.left_out = 0
        between_layers = _by(edges, lambda one: one.edge.source.layer).values()
        self._shown = [one for edges_between in between_layers for one in self._thinned(edges_between)]
        self.by_layer = _by(self._shown, lambda one: one.edge.source.layer)
        """The edges drawn, by the layer that they leave."""
        self.leaving = _by(self._shown, lambda one: one.edge.source)
        """The edges drawn that leave a unit, by the unit."""
        self.arriving = _by(self._shown, lambda one: one.edge.target)
        """The edges drawn that arrive at a unit, by the unit."""
        begins, ends = (_heights(beside, places) for beside in (self.leaving, self.arriving))
        self._ends = {
            edge: _Ends(
                (places[edge.source].region.right * ACROSS, begins[edge]),
                (places[edge.target].region.x * ACROSS - 1, ends[edge]),
            )
            for edge in (one.edge for one in self._shown)
        }

    def draw(self, grid: DotGrid) -> None:
        """Draws all lines; those that matter most at this step are drawn last, over the others."""
        for one in sorted(self._shown, key=lambda one: (one.is_selected, abs(one.flows), one.thickness)):
            grid.line(*self._ends[one.edge], one.thickness, one.style, dashed=one.is_negative)

    def row_at_source(self, edge: Edge) -> int:
        """The line of text in which an edge leaves its source."""
        return round(self._ends[edge].begin[1]) // DOWN

    def row_at_target(self, edge: Edge) -> int:
        """The line of text in which an edge arrives at its target."""
        return round(self._ends[edge].end[1]) // DOWN

    def edge_at(self, offset: Offset) -> Edge | None:
        """The edge that passes nearest to a place; None if none passes less than a line of text away."""
        place = offset.x * ACROSS + (ACROSS - 1) / 2, offset.y * DOWN + (DOWN - 1) / 2
        near = [(_distance(place, ends), edge) for edge, ends in self._ends.items()]
        distance, edge = min(near, key=lambda one: one[0], default=(DOWN, None))
        return edge if distance < DOWN else None

    def _thinned(self, edges: list[DrawnEdge]) -> list[DrawnEdge]:
        """The edges between two layers, thinner or fewer where they would run together.

        If even lines of one dot are too many, those of the selected unit are drawn; if none is selected, the thickest.
        """
        room = _FULLEST * self._height * DOWN
        if sum(one.thickness for one in edges) <= room:
            return edges
        chosen = edges
        if len(edges) > room:
            chosen = [one for one in edges if one.is_selected or self._selected in (one.edge.source, one.edge.target)]
            if not chosen:
                thickest = max(one.thickness for one in edges)
                chosen = [one for one in edges if one.thickness == thickest][: int(room)]
        self.left_out += len(edges) - len(chosen)
        return [one if one.thickness == 1 else replace(one, thickness=1) for one in chosen]


def _by(edges: Iterable[DrawnEdge], key: Callable[[DrawnEdge], _Key]) -> dict[_Key, list[DrawnEdge]]:
    grouped: dict[_Key, list[DrawnEdge]] = {}
    for one in edges:
        grouped.setdefault(key(one), []).append(one)
    return grouped


def _heights(beside: Mapping[Unit, Sequence[DrawnEdge]], places: Mapping[Unit, UnitPlace]) -> dict[Edge, float]:
    """The height in dots at which each edge meets a unit: the edges of a unit are spread over its side."""
    return {
        one.edge: region.y * DOWN + (number + 0.5) * region.height * DOWN / len(edges) - 0.5
        for region, edges in ((places[unit].region, edges) for unit, edges in beside.items())
        for number, one in enumerate(edges)
    }


def _distance(place: tuple[float, float], ends: _Ends) -> float:
    """How far ``place`` lies from the line between two places."""
    (x, y), (x0, y0), (x1, y1) = place, *ends
    length = (x1 - x0) ** 2 + (y1 - y0) ** 2
    along = min(1.0, max(0.0, ((x - x0) * (x1 - x0) + (y - y0) * (y1 - y0)) / length)) if length else 0.0
    away_x, away_y = x - x0 - along * (x1 - x0), y - y0 - along * (y1 - y0)
    distance: float = (away_x**2 + away_y**2) ** 0.5
    return distance
