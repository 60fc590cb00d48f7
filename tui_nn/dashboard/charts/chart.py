"""What every chart has: its name, what it depends on, its curve, and what the cursor says."""

import math
from collections.abc import Callable
from typing import Any, ClassVar, NamedTuple

import numpy as np
from textual.geometry import Size

from tui_nn.dashboard.charts.marks import MarkedPoint, Shape
from tui_nn.dashboard.charts.plot import Plot
from tui_nn.dashboard.view_model.view import View
from tui_nn.dashboard.view_model.worker import BackgroundWorker
from tui_nn.language import _
from tui_nn.network import Pass
from tui_nn.network.model.array import Array
from tui_nn.network.training.run_series import RunSeries
from tui_nn.session.display_choices import LOGARITHMIC
from tui_nn.session.events import Event
from tui_nn.writing.notation.rulers import Ruler

NOT_COMPUTED = _("not computed yet")
NOT_REACHED = _("not computed as far as that yet")


ALWAYS_IN_A_THREAD = 10**9
"""The `Computation.work` of what a thread always computes, so that no key waits for it."""


class Computation(NamedTuple):
    """Numbers of the iteration shown that only a chart needs.

    ``key`` says what they depend on besides the iteration. ``work`` is about how many multiplications they take: a
    thread computes what takes long. ``compute`` calls its argument now and then, so that keys come first.
    """

    key: tuple[object, ...]
    work: int
    compute: Callable[[Callable[[], None]], object]


class Chart:
    """One way to see the run. The registry lists each subclass in this folder that has a ``name`` of its own."""

    name: ClassVar[str]
    """Its name in session files and in the registry."""
    over_iterations: ClassVar[bool] = True
    """Whether its x axis is the iterations; the user can then move a cursor along its curve."""
    needs_run_series: ClassVar[bool] = False
    """Whether it draws numbers of many iterations; a thread collects these for it."""

    place: ClassVar[str] = ""
    """The place in which the commands of its own keys apply, or ""."""
    hint: ClassVar[str] = ""
    """What the user can do on it, in a few words, if it has keys of its own."""

    def wants_run_series(self, view: View) -> bool:  # noqa: ARG002
        """Whether it draws numbers of many iterations of this run."""
        return self.needs_run_series

    def title(self, view: View) -> str:
        """The text in the border above the chart."""
        raise NotImplementedError

    def depends_on(self, view: View) -> tuple[object, ...]:
        """All that the curves depend on, as a value that is quick to compare."""
        raise NotImplementedError

    def draw(self, view: View, size: Size, run_series: RunSeries | None) -> Plot | str:
        """The chart without its marks, or a sentence that says why there is none."""
        raise NotImplementedError

    def computation(self, view: View, size: Size, run_series: RunSeries | None) -> Computation | None:  # noqa: ARG002
        """What has to be computed before `draw`, which finds it with `computed`; None if there is nothing."""
        return None

    def computed(self, view: View, size: Size, run_series: RunSeries | None) -> Any:
        """What its `computation` gave."""
        needed = self.computation(view, size, run_series)
        assert needed  # noqa: S101 - the pane draws only then
        assert view.iteration_numbers  # noqa: S101
        return view.iteration_numbers.of_charts[needed.key]

    def events_of_key(self, view: View, plot: Plot, key: str) -> tuple[Event, ...]:  # noqa: ARG002
        """What happens at a key on a chart without a cursor; () if the key does nothing there."""
        return ()

    def events_of_click(self, view: View, plot: Plot, column: int, line: int) -> tuple[Event, ...]:  # noqa: ARG002
        """What happens at a click on a chart without a cursor."""
        return ()

    def matrices_shown(self, view: View) -> frozenset[str]:  # noqa: ARG002
        """The names of the matrices whose numbers it shows: at its cursor, or in the iteration shown."""
        return frozenset()

    def height(self, view: View, iteration: int) -> float | None:
        """The height of the curve at an iteration; None while that is not computed."""
        raise NotImplementedError

    def sentence_at(self, view: View, iteration: int) -> str:
        """A sentence with an iteration and the curve's value there; "" while that is not computed."""
        raise NotImplementedError

    def marks(self, view: View, plot: Plot) -> list[MarkedPoint]:
        """A mark at the iteration shown, and one at the cursor."""
        places = ((view.iteration, Shape.SQUARE, "mark"), (view.chart_cursor, Shape.DIAMOND, "pointer"))
        marks = []
        for iteration, shape, style in places:
            height = self.height(view, iteration) if iteration else None
            if iteration and height is not None and math.isfinite(height):
                marks += plot.marks_at(iteration, height, shape, style, view.notation.signs)
        return marks


class ChartOfOneIteration(Chart):
    """A chart of the iteration shown, without a cursor."""

    over_iterations = False

    def height(self, view: View, iteration: int) -> None:
        """None: its x axis is not the iterations."""

    def sentence_at(self, view: View, iteration: int) -> str:  # noqa: ARG002
        return ""


def logarithms(values: Array) -> Array:
    """The logarithms of ``values`` to base ten; −∞ for 0."""
    with np.errstate(divide="ignore"):
        logarithm: Array = np.log10(values)
    return logarithm


def iterations_across(view: View, width: int) -> Ruler:
    """The axis of the iterations that the user wants to see, ``width`` columns long."""
    first, last = view.charted_range
    return Ruler.iterations(first, last, width, is_logarithmic=view.state.iteration_scale == LOGARITHMIC)


def charted_part(view: View, run_series: RunSeries) -> RunSeries:
    """The part of a series that the axis of the iterations shows."""
    first, last = view.charted_range
    return run_series.between(first, min(last, view.iterations_charted))


def pass_at(view: View, iteration: int) -> Pass | None:
    """The pass of an iteration of the run shown; None if it would take long, or if the run has not reached it."""
    if view.iteration_numbers and iteration == view.iteration:
        return view.iteration_numbers.computed
    return BackgroundWorker.pass_if_quick(view.run, iteration) if iteration <= view.run.last else None
