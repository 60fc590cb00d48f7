"""The charts over the iterations: which curves, over which axes, and what the cursor says."""

import math

import numpy as np
from textual.geometry import Size

from tui_nn.dashboard.charts.plot import (
    MARK,
    Axes,
    Curve,
    MarkedPoint,
    Plot,
    Ruler,
    letters_of,
    plotted,
    thinned,
    ticks_on,
)
from tui_nn.dashboard.charts.run_series import RunSeries, gradient_size
from tui_nn.dashboard.view_model.view import View
from tui_nn.dashboard.view_model.worker import BackgroundWorker
from tui_nn.network import Pass
from tui_nn.network.formulas.scalar_expression import Cell
from tui_nn.network.model.array import Array
from tui_nn.writing.formulas.cell_formula import cell_name
from tui_nn.writing.notation.number_format import grouped, significant

_MOST_CURVES = 40


class Chart:
    """One way to see the run. ``draw`` gives the chart, or says in words why there is none."""

    over_iterations = True
    needs_paths = False

    def title(self, view: View) -> str:
        """What stands above it."""
        raise NotImplementedError

    def depends_on(self, view: View) -> tuple[object, ...]:
        """What it has to be drawn anew for."""
        raise NotImplementedError

    def draw(self, view: View, size: Size, paths: RunSeries | None) -> Plot | str:
        """The chart without its marks."""
        raise NotImplementedError

    def shows(self, view: View) -> frozenset[str]:  # noqa: ARG002
        """The names of the matrices of which it tells numbers: at its cursor, or of the iteration that it is of."""
        return frozenset()

    def height(self, view: View, iteration: int) -> float | None:
        """Where the curve shown is at an iteration; None where that is not known, or nowhere on the chart."""
        raise NotImplementedError

    def says(self, view: View, iteration: int) -> str:
        """The iteration and the curve's value there; "" where that is not known."""
        raise NotImplementedError

    def marks(self, view: View, plot: Plot) -> list[MarkedPoint]:
        """A mark at the iteration shown, and one at the cursor."""
        sign = "◆" if view.notation.unicode else "+"
        places = ((view.iteration, MARK, "mark"), (view.pointed, sign, "cursor"))
        marks = []
        for iteration, mark, style in places:
            height = self.height(view, iteration) if iteration else None
            if iteration and height is not None and math.isfinite(height):
                marks.append(MarkedPoint(*plot.cell_of(iteration, height), mark, style))
        return marks


class CostCurve(Chart):
    """J against the iteration, over the curves of the other runs."""

    def __init__(self, *, logarithmic: bool) -> None:
        self._logarithmic = logarithmic

    def title(self, view: View) -> str:
        """The axis, and whose curves these are."""
        zeros = self._logarithmic and bool((view.costs == 0).any())
        title = f"Cost, {_logarithm(view) + ' J' if self._logarithmic else 'J'}{' (0 has none)' if zeros else ''}"
        if view.others:
            shown = view.state.branches.current.name
            title += f", run {shown} beside {', '.join(other.name for other in view.others)}"
        return title

    def depends_on(self, view: View) -> tuple[object, ...]:
        """The curves."""
        others = tuple((other.name, id(other.run), len(other.costs)) for other in view.others)
        return view.seen, view.last, id(view.run), others

    def draw(self, view: View, size: Size, paths: RunSeries | None) -> Plot | str:  # noqa: ARG002
        """The curves over each other, those of other runs with a letter of their names."""
        if not view.reached:
            return "no cost yet"
        most = 2 * size.width
        curve = Curve(*thinned(self._heights(view.costs[: view.seen]), most))
        hidden_from = view.iteration if view.seen < view.reached else None
        others = [Curve(*thinned(self._heights(other.costs[:hidden_from]), most)) for other in view.others]
        if not curve.finite.size:
            return "every cost is 0:\nit has no logarithm"
        every = np.concatenate([curve.finite, *(other.finite for other in others)])
        most = ticks_on(size.height)
        if self._logarithmic:
            ruler = Ruler.powers(every, most, unicode=view.notation.unicode)
        else:
            ruler = Ruler.down_to_zero(every, most)
        axes = Axes(size, Ruler.iterations(view.last, size.width), ruler)
        return plotted(axes, curve, others, [other.name for other in view.others])

    def shows(self, view: View) -> frozenset[str]:  # noqa: ARG002
        """J."""
        return frozenset({"J"})

    def height(self, view: View, iteration: int) -> float | None:
        """J, or its logarithm."""
        if iteration > view.reached:
            return None
        return float(self._heights(view.costs[iteration - 1 : iteration])[0])

    def says(self, view: View, iteration: int) -> str:
        """J itself on either axis, and on that of the logarithm what it says there."""
        if iteration > view.reached:
            return ""
        cost = float(view.costs[iteration - 1])
        says = f"J of iteration {grouped(iteration)} is {significant(cost)}"
        if not self._logarithmic or not 0 < cost < math.inf:
            return says
        height = f"{math.log10(cost):.3f}".replace("-", view.notation.minus)
        return f"{says}, {_logarithm(view)} {height}"

    def _heights(self, costs: Array) -> Array:
        return logarithms(costs) if self._logarithmic else costs


class Gradients(Chart):
    """The size of each layer's gradient, on a logarithmic axis: where it vanishes, nothing is learnt."""

    needs_paths = True

    def title(self, view: View) -> str:
        """Whose size it is, and whose the others are, by the signs on them."""
        shown, *others = self._names(view)
        signs = zip(letters_of(_on_curves(others)), others, strict=True)
        beside = ", ".join(f"{sign}: {view.notation.name(f'dJd{name}')}" for sign, name in signs)
        return f"Size of {view.notation.name(f'dJd{shown}')}{'; ' + beside if beside else ''}"

    @staticmethod
    def _names(view: View) -> list[str]:
        """The matrix of the cell selected first, or else the first."""
        names = list(view.state.document.network.shapes)
        cell = view.selected_cell
        first = cell.name.removeprefix("dJd").removesuffix("_next") if cell else ""
        return sorted(names, key=lambda name: name != first)

    def depends_on(self, view: View) -> tuple[object, ...]:
        """The run as far as it is there, and which matrix comes first."""
        return view.seen, view.last, id(view.run), self._names(view)[0]

    def draw(self, view: View, size: Size, paths: RunSeries | None) -> Plot | str:
        """One curve a matrix, the others with the number of their layer."""
        if not paths:
            return "not computed yet"
        paths = paths.up_to(view.seen)
        every_name = list(view.state.document.network.shapes)
        heights = {name: logarithms(paths.sizes[:, i]) for i, name in enumerate(every_name)}
        finite = np.concatenate([values[np.isfinite(values)] for values in heights.values()])
        if not finite.size:
            return "every gradient is 0:\nit has no logarithm"
        shown, *others = self._names(view)
        axes = Axes(
            size,
            Ruler.iterations(view.last, size.width),
            Ruler.powers(finite, ticks_on(size.height), unicode=view.notation.unicode),
        )
        curves = [Curve(paths.iterations, heights[name]) for name in others]
        return plotted(axes, Curve(paths.iterations, heights[shown]), curves, _on_curves(others))

    def _size(self, view: View, iteration: int) -> float | None:
        computed = pass_there(view, iteration)
        return gradient_size(computed[f"dJd{self._names(view)[0]}"]) if computed else None

    def shows(self, view: View) -> frozenset[str]:
        """The one that comes first."""
        return frozenset({f"dJd{self._names(view)[0]}"})

    def height(self, view: View, iteration: int) -> float | None:
        """The logarithm of the size of the one that comes first."""
        size = self._size(view, iteration)
        return None if size is None else float(logarithms(np.array([size]))[0])

    def says(self, view: View, iteration: int) -> str:
        """Its size."""
        size = self._size(view, iteration)
        name = view.notation.name(f"dJd{self._names(view)[0]}")
        return f"{name} of iteration {grouped(iteration)}: {significant(size)}" if size is not None else ""


class Weights(Chart):
    """The path of each weight; that of the one selected over the others."""

    needs_paths = True

    def title(self, view: View) -> str:
        """The weight that is told from the others."""
        return f"Path of {cell_name(self._cell(view), view.notation)} among the others"

    @staticmethod
    def _cell(view: View) -> Cell:
        cell, shapes = view.selected_cell, view.state.document.network.shapes
        name = cell.name.removeprefix("dJd").removesuffix("_next") if cell else ""
        return Cell(name, cell.row, cell.column) if cell and name in shapes else Cell(next(iter(shapes)), 1, 1)

    def depends_on(self, view: View) -> tuple[object, ...]:
        """The run as far as it is there, and the weight."""
        return view.seen, view.last, id(view.run), self._cell(view)

    def draw(self, view: View, size: Size, paths: RunSeries | None) -> Plot | str:
        """One curve a weight; of very many, the first ones."""
        if not paths:
            return "not computed yet"
        paths = paths.up_to(view.seen)
        cell, begin = self._cell(view), 0
        for name, (rows, columns) in view.state.document.network.shapes.items():
            if name == cell.name:
                begin += (cell.row - 1) * columns + cell.column - 1
                break
            begin += rows * columns
        beside = [i for i in range(paths.parameters.shape[1]) if i != begin][:_MOST_CURVES]
        every = paths.parameters[:, [begin, *beside]]
        up = Ruler.linear(float(every.min()), float(every.max()), ticks_on(size.height))
        axes = Axes(size, Ruler.iterations(view.last, size.width), up)
        curves = [Curve(paths.iterations, paths.parameters[:, i]) for i in beside]
        return plotted(axes, Curve(paths.iterations, paths.parameters[:, begin]), curves, style="faint")

    def shows(self, view: View) -> frozenset[str]:
        """The matrix of the weight."""
        return frozenset({self._cell(view).name})

    def height(self, view: View, iteration: int) -> float | None:
        """The weight that the iteration begins with."""
        computed = pass_there(view, iteration)
        cell = self._cell(view)
        return cell.value(computed.matrices) if computed else None

    def says(self, view: View, iteration: int) -> str:
        """The weight that the iteration begins with."""
        height = self.height(view, iteration)
        name = cell_name(self._cell(view), view.notation)
        return f"{name} of iteration {grouped(iteration)}: {significant(height)}" if height is not None else ""


def _on_curves(names: list[str]) -> list[str]:
    """How the matrices of weights are called on their curves: by their layer first."""
    return [name[1:] + name[0] for name in names]


def _logarithm(view: View) -> str:
    return "log₁₀" if view.notation.unicode else "log10"


def logarithms(values: Array) -> Array:
    """Their logarithms to base ten; that of 0 is not finite."""
    with np.errstate(divide="ignore"):
        logarithm: Array = np.log10(values)
    return logarithm


def pass_there(view: View, iteration: int) -> Pass | None:
    """The pass of an iteration of the run shown where it is there at once, else None."""
    if view.figures and iteration == view.iteration:
        return view.figures.computed
    return BackgroundWorker.pass_soon(view.run, iteration) if iteration <= view.run.last else None
