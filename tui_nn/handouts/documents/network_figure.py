"""The network as a figure on paper: its units, its edges, and what is written at them."""

from collections.abc import Iterator, Mapping
from html import escape
from itertools import pairwise

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.network import Network
from tui_nn.network.formulas.diagram import Unit, edges_between, matrices_at, units, value_at
from tui_nn.network.formulas.scalar_expression import Cell, Values
from tui_nn.writing.notation.number_format import rounded_text, two_digits

_MOST_UNITS = 8
_MOST_LAYERS = 6
_MOST_LABELLED = 12
_WIDTH, _ROW, _RADIUS = 160.0, 16.0, 5.0
"""In millimetres: the width of the figure, the least distance of two units, and the radius of a unit."""
_THICKEST = 1.2
_DASH = 1.5
# Where along an edge its number stands: those of one unit are not all at the same height.
_AT = (0.3, 0.42)


@frozen_dataclass
class FigureUnit:
    """A unit: its middle in millimetres from the lower left corner; its letter, its number or 0, and its value."""

    x: float
    y: float
    letter: str
    number: int
    value: str


@frozen_dataclass
class FigureEdge:
    """An edge: its ends and its thickness in millimetres, whether its weight is negative, and the weight, or ""."""

    begin: tuple[float, float]
    end: tuple[float, float]
    thickness: float
    is_negative: bool
    weight: str
    at: float = 0.3

    @property
    def label_place(self) -> tuple[float, float]:
        """Where its weight is written."""
        return self.along(self.at)

    def along(self, part: float) -> tuple[float, float]:
        """The place at a part of the edge: 0 is its beginning, 1 its end."""
        (x0, y0), (x1, y1) = self.begin, self.end
        return x0 + (x1 - x0) * part, y0 + (y1 - y0) * part

    @property
    def dashes(self) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
        """The pieces that are drawn: the whole edge, or dashes if its weight is negative."""
        if not self.is_negative:
            yield self.begin, self.end
            return
        (x0, y0), (x1, y1) = self.begin, self.end
        count = max(1, int(((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5 / (2 * _DASH)))
        for i in range(count):
            yield self.along(i / count), self.along((i + 0.5) / count)


@frozen_dataclass
class NetworkFigure:
    """The figure of a network: its size in millimetres, its units and its edges."""

    width: float
    height: float
    units: tuple[FigureUnit, ...]
    edges: tuple[FigureEdge, ...]


def network_figure(network: Network, values: Values, known: frozenset[str]) -> NetworkFigure | None:
    """The network with its weights, and with what each unit gives for the first row of X.

    ``known`` are the matrices that the handout comes to. None for a network that is too large for a page.
    """
    layers = units(network)
    if len(layers) > _MOST_LAYERS or max(map(len, layers)) > _MOST_UNITS:
        return None
    height = _ROW * max(map(len, layers))
    places = {
        unit: (_RADIUS + (_WIDTH - 2 * _RADIUS) * i / (len(layers) - 1), height * (1 - (k + 0.5) / len(layer)))
        for i, layer in enumerate(layers)
        for k, unit in enumerate(layer)
    }
    thickest = max(float(abs(values[name]).max()) for name in network.shapes) or 1.0
    edges = []
    for before, after in pairwise(layers):
        between = list(edges_between(before, after))
        for edge in between:
            (x0, y0), (x1, y1) = places[edge.source], places[edge.target]
            weight = edge.weight.value(values)
            text = _signed(two_digits(weight)) if len(between) <= _MOST_LABELLED else ""
            thickness = max(0.2, _THICKEST * abs(weight) / thickest)
            at = _AT[edge.source.number % 2]
            edges.append(FigureEdge((x0 + _RADIUS, y0), (x1 - _RADIUS, y1), thickness, weight < 0, text, at))
    drawn = [_unit(unit, place, network, values, known) for unit, place in places.items()]
    return NetworkFigure(_WIDTH, height, tuple(drawn), tuple(edges))


def _unit(
    unit: Unit, place: tuple[float, float], network: Network, values: Values, known: frozenset[str]
) -> FigureUnit:
    if unit.is_bias:
        return FigureUnit(*place, "1", 0, "")
    matrices = matrices_at(network, unit.layer)
    name = next(matrices[symbol] for symbol in ("x", "a", "y_hat") if symbol in matrices)
    letter = "x" if unit.layer == 1 else "ŷ" if unit.layer == len(network.layers) else "h"
    number = 0 if letter == "ŷ" and network.layers[-1] == 1 else unit.number
    value = _signed(rounded_text(value_at(Cell(name, 1, unit.number), values), 4)) if name in known else ""
    return FigureUnit(*place, letter, number, value)


def _signed(text: str) -> str:
    return text.replace("-", "−")


def svg(figure: NetworkFigure, caption: str) -> str:
    """The figure as an element of an HTML page."""
    top = figure.height
    box = f"-1 0 {figure.width + 2:g} {top:g}"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="network" viewBox="{box}" role="img">',
        f"<title>{escape(caption)}</title>",
    ]
    for edge in figure.edges:
        (x0, y0), (x1, y1) = edge.begin, edge.end
        dashes = f' stroke-dasharray="{_DASH} {_DASH}"' if edge.is_negative else ""
        parts.append(
            f'<line x1="{x0:.2f}" y1="{top - y0:.2f}" x2="{x1:.2f}" y2="{top - y1:.2f}" '
            f'stroke="currentColor" stroke-width="{edge.thickness:.2f}"{dashes}/>'
        )
    for edge in figure.edges:
        x, y = edge.label_place
        parts.append(_svg_text(x, top - y - 0.8, edge.weight, "weight"))
    for unit in figure.units:
        x, y = unit.x, top - unit.y
        parts.append(
            f'<circle cx="{x:.2f}" cy="{y:.2f}" r="{_RADIUS:g}" fill="none" stroke="currentColor" stroke-width="0.4"/>'
        )
        name = escape(unit.letter) + (f'<tspan dy="0.8" font-size="2.4">{unit.number}</tspan>' if unit.number else "")
        parts.append(_svg_text(x, y + (-0.6 if unit.value else 1.2), name, "unit"))
        parts.append(_svg_text(x, y + 2.4, unit.value, "value"))
    return "\n".join(part for part in [*parts, "</svg>"] if part)


_SIZES: Mapping[str, float] = {"weight": 3.0, "unit": 3.6, "value": 2.2}


def _svg_text(x: float, y: float, text: str, kind: str) -> str:
    if not text:
        return ""
    place = f'class="{kind}" x="{x:.2f}" y="{y:.2f}"'
    return f'<text {place} text-anchor="middle" font-size="{_SIZES[kind]}" fill="currentColor">{text}</text>'


def picture(figure: NetworkFigure) -> Iterator[str]:
    """The figure in LaTeX, in its own picture environment: no package is needed."""
    yield rf"\begin{{center}}\setlength{{\unitlength}}{{1mm}}\begin{{picture}}({figure.width:g},{figure.height:g})"
    for edge in figure.edges:
        yield rf"\linethickness{{{edge.thickness:.2f}mm}}"
        for begin, end in edge.dashes:
            yield _straight(begin, end)
    yield r"\linethickness{0.3mm}\footnotesize"
    for edge in figure.edges:
        if edge.weight:
            x, y = edge.label_place
            yield _centred(x, y + 2.2, rf"${edge.weight.replace('−', '-')}$")
    for unit in figure.units:
        yield rf"\put({unit.x:.2f},{unit.y:.2f}){{\circle{{{2 * _RADIUS:g}}}}}"
        name = r"\hat y" if unit.letter == "ŷ" else unit.letter
        index = f"_{{{unit.number}}}" if unit.number else ""
        yield _centred(unit.x, unit.y + (1.4 if unit.value else 0), rf"${name}{index}$")
        if unit.value:
            yield _centred(unit.x, unit.y - 2.0, rf"\tiny ${unit.value.replace('−', '-')}$")
    yield r"\end{picture}\end{center}"


def _straight(begin: tuple[float, float], end: tuple[float, float]) -> str:
    # LaTeX's own lines have few slopes; a Bézier curve through the middle is straight, and has any.
    middle = (begin[0] + end[0]) / 2, (begin[1] + end[1]) / 2
    return r"\qbezier" + "".join(f"({x:.2f},{y:.2f})" for x, y in (begin, middle, end))


def _centred(x: float, y: float, text: str) -> str:
    return rf"\put({x:.2f},{y:.2f}){{\makebox(0,0){{{text}}}}}"
