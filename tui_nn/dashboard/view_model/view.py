"""What the panes draw: one immutable value, computed from the state and the run."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from tui_nn.dashboard.view_model.hidden_numbers import Hidden, hidden_at
from tui_nn.dashboard.view_model.iteration_numbers import IterationNumbers
from tui_nn.dashboard.view_model.pane_notes import IterationShown, pane_notes
from tui_nn.dashboard.view_model.slope_measurement import SlopeMeasurement
from tui_nn.network import (
    Agreement,
    Equation,
    MeasuredSlope,
    Mistake,
    Overflow,
    Pass,
    Run,
    Slope,
    Step,
    WeightPlace,
    equations,
    matrix_shapes,
    mistaken_equations,
    weight_of,
)
from tui_nn.network.formulas.explain import Explanation, SourceCells, explain, numbers
from tui_nn.network.formulas.expression import symbols
from tui_nn.network.formulas.scalar_expression import Cell
from tui_nn.network.model.array import Array
from tui_nn.session.quiz.grading import Verdict
from tui_nn.session.selected_cell import SelectedCell
from tui_nn.session.state import AHEAD_HIDDEN, State
from tui_nn.writing.formulas.derivation_text import DerivedLine, derivation_lines
from tui_nn.writing.notation.signs import Notation
from tui_nn.writing.sentences.note_sentences import NoteText

# Up to this many multiplications, the UI thread computes two more costs: nobody notices the time.
_MEASURED_AT_ONCE = 5_000_000
_SHOW_SOURCES = ("forward", "backward", "explain")


@dataclass(frozen=True, eq=False)
class OtherRun:
    """A run beside the one shown: its name, its costs as far as they are computed, and whose they are."""

    name: str
    costs: Array
    run: object


@dataclass(frozen=True, eq=False)
class RunComparison:
    """The run that the one shown is compared with.

    ``fork`` is the iteration where it left its parent. ``computed`` is its pass at the iteration shown, or None until
    that is computed.
    """

    name: str
    fork: int
    computed: Pass | None


@dataclass(frozen=True, eq=False)
class ReplayPosition:
    """Where a replay stands: seconds since the lesson began, its length, and the times of its marks, in seconds."""

    time: float
    duration: float
    marks: tuple[float, ...]


@dataclass(frozen=True, eq=False)
class View:
    """Where the lesson stands, the numbers of the iteration shown, and how far the run is computed.

    ``figures`` is None while the iteration shown is still being computed. ``iteration`` is the state's iteration, or
    the last one of a run that overflows before it. ``costs`` holds J of every iteration that ``run`` has reached, and
    ``others`` are the runs beside it. ``banner`` is a message that stays as long as it is true. ``is_viewer`` is true
    if somebody else teaches; the panes then show the teacher's cursor. ``led_to`` is the number of the data that an
    explanation led to, as long as Esc goes back there. ``strip`` is set in a replay.
    ``is_untouched`` is true if nothing has happened in the lesson since it was opened.
    ``verdicts`` judge the answers; the verdict is None if its iteration is not computed yet.
    ``given`` are the numbers of the answers that count, None if all count; for a viewer, the viewer's own.
    ``has_stopped`` is true if the user stopped the computing. ``agreed`` says how many digits of the run can be
    relied on, once that is measured.
    """

    state: State
    iteration: int
    figures: IterationNumbers | None
    costs: Array
    overflow: Overflow | None
    notation: Notation
    run: Run
    speed: int | None = None
    changed: bool = False
    file_name: str = ""
    others: tuple[OtherRun, ...] = ()
    comparison: RunComparison | None = None
    banner: str = ""
    is_viewer: bool = False
    led_to: SelectedCell | None = None
    strip: ReplayPosition | None = None
    is_untouched: bool = False
    has_stopped: bool = False
    verdicts: Mapping[int, Verdict | None] = field(default_factory=dict)
    given: frozenset[int] | None = None
    agreed: Agreement | None = None

    @property
    def reached(self) -> int:
        """The number of iterations computed."""
        return len(self.costs)

    @property
    def is_complete(self) -> bool:
        """Whether all iterations are computed that there are."""
        return bool(self.overflow) or self.reached >= self.state.document.iterations

    @property
    def last(self) -> int:
        """The last iteration that the user can go to."""
        return self.overflow.iteration if self.overflow else self.state.document.iterations

    @property
    def step(self) -> Step:
        """The step shown."""
        return self.state.step

    @cached_property
    def equations(self) -> tuple[Equation, ...]:
        """All equations of an iteration."""
        return equations(self.state.document.network)

    @cached_property
    def step_equations(self) -> tuple[Equation, ...]:
        """The equations of the step shown: one, or one for each parameter at the update."""
        return tuple(equation for equation in self.equations if equation.step == self.step)

    @property
    def is_explaining(self) -> bool:
        """Whether the user looks at the explanation of a number."""
        return self.state.pane == "explain" and self.selected is not None

    @cached_property
    def explained_equations(self) -> tuple[Equation, ...]:
        """The equations of the step; while a number is explained, its equation, or () for X, Y and the parameters."""
        if not self.is_explaining:
            return self.step_equations
        cell = self.selected_cell
        return tuple(one for one in self.equations if cell and one.name == cell.name)

    @cached_property
    def derivation(self) -> tuple[DerivedLine, ...]:
        """The derivation of the step's formula, line by line."""
        return derivation_lines(self.state.document.network, self.step, self.notation, self.shapes, self.hidden.shapes)

    @cached_property
    def known(self) -> frozenset[str]:
        """The names of the matrices reached at the step shown."""
        if not self.figures:
            return frozenset()
        reached = self.state.steps[: self.state.step_number]
        computed = {equation.name for equation in self.equations if equation.step in reached}
        return frozenset({"X", "Y", *self.state.document.network.shapes, *computed})

    @cached_property
    def roles(self) -> dict[str, str]:
        """The style of each matrix in the step: ``current`` if it is computed there, ``operand`` if it is used."""
        names = {symbol for equation in self.step_equations for symbol in symbols(equation.expression)}
        return dict.fromkeys(names, "operand") | {equation.name: "current" for equation in self.step_equations}

    @cached_property
    def hidden(self) -> Hidden:
        """What the questions of the iteration shown hide until they are answered."""
        return self.hidden_at(self.iteration)

    def hidden_at(self, iteration: int) -> Hidden:
        """What questions hide in any iteration, whose numbers a chart may tell."""
        return hidden_at(self.state, iteration) if self.state.open_questions else Hidden()

    @property
    def questions_here(self) -> tuple[int, ...]:
        """The numbers of the questions that are asked at the step shown and wait for an answer."""
        return tuple(one for one in self.state.asked_here if self.state.questions[one].step == self.step.name)

    @cached_property
    def told(self) -> frozenset[str]:
        """The names of the matrices that are reached and not hidden, not even in part."""
        return self.known - self.hidden.names

    @property
    def shapes(self) -> Mapping[str, tuple[int, int]]:
        """The shape of every matrix of an iteration, reached or not."""
        document = self.state.document
        return matrix_shapes(document.network, document.dataset.rows)

    @property
    def seen(self) -> int:
        """How many iterations the charts show: all that are computed, or up to the one shown if the rest is hidden."""
        return min(self.reached, self.iteration) if self.state.ahead == AHEAD_HIDDEN else self.reached

    @property
    def chart_cursor(self) -> int | None:
        """The iteration at the chart's cursor, unless it lies ahead and what lies ahead is hidden."""
        pointed, is_hidden = self.state.chart_cursor, self.state.ahead == AHEAD_HIDDEN
        return None if pointed and is_hidden and pointed > self.iteration else pointed

    @cached_property
    def selected(self) -> SelectedCell | None:
        """The cell selected among the matrices."""
        return self.state.selected("matrices")

    @property
    def selected_cell(self) -> Cell | None:
        """`selected` as a `Cell` of the formulas."""
        selected = self.selected
        return Cell(selected.matrix, selected.row, selected.column) if selected else None

    @cached_property
    def explanation(self) -> Explanation | None:
        """What the selected cell is computed from."""
        document, cell = self.state.document, self.selected_cell
        return explain(document.network, document.dataset, cell, document.learning_rate) if cell else None

    @property
    def sources(self) -> tuple[SourceCells, ...]:
        """The cells that the selected one is computed from, while the user looks at matrices or at the explanation."""
        return self.explanation.areas if self.explanation and self.state.pane in _SHOW_SOURCES else ()

    @cached_property
    def observed(self) -> Mapping[str, NoteText]:
        """The notes in the panes' borders, by the pane's name."""
        shown = IterationShown(self.iteration, self.told, self.hidden.names, self.figures)
        return pane_notes(self.state, shown, self.costs, self.agreed, self.notation)

    @cached_property
    def numbers(self) -> dict[str, Array] | None:
        """Every number that a formula may name; None while the iteration is being computed."""
        return numbers(self.state.document.dataset, self.figures.computed.matrices) if self.figures else None

    @cached_property
    def slope(self) -> Slope | None:
        """The slope measured at the weight selected, or at that whose ∂J/∂W is selected, once it is computed."""
        cell, document = self.selected_cell, self.state.document
        name = cell.name.removeprefix("dJd") if cell else ""
        if not cell or name not in document.network.shapes or f"dJd{name}" not in self.told or not self.figures:
            return None
        if "J" in self.hidden.names:
            # Two costs measure it, and both lie close to J.
            return None
        if document.dataset.rows * document.network.size > _MEASURED_AT_ONCE:
            return None
        return self.figures.slope(document.dataset, (name, cell.row, cell.column))

    @property
    def measured(self) -> MeasuredSlope | None:
        """The measurement at the weight checked, on which the verdict rests; None until it is made."""
        return self.check.measured(self.weight_place) if self.check else None

    @cached_property
    def weight(self) -> Cell:
        """The weight that is checked: the selected one, or the one of a selected ∂J/∂W; else the first of the step."""
        cell, shapes = self.selected_cell, self.state.document.network.shapes
        name = cell.name.removeprefix("dJd").removesuffix("_next") if cell else ""
        if cell and name in shapes:
            return Cell(name, cell.row, cell.column)
        return Cell(weight_of(self.step, self.state.document.network), 1, 1)

    @property
    def weight_place(self) -> WeightPlace:
        """`weight` as the gradient check takes it."""
        return self.weight.name, self.weight.row, self.weight.column

    @property
    def check(self) -> SlopeMeasurement | None:
        """The gradient check of the iteration shown; None while that is being computed."""
        return self.figures.check(self.state.document.dataset) if self.figures else None

    @property
    def mistaken_equations(self) -> tuple[Equation, ...]:
        """The equations with the mistake that is planted; () if none is, or if this network can't have it."""
        document = self.state.document
        planted = self.state.planted_mistake
        return mistaken_equations(document.network, document.dataset.rows, Mistake(planted)) if planted else ()

    def value(self, name: str) -> float | None:
        """The number called ``name``, such as J; None where it is not reached yet."""
        return float(self.figures.computed[name][0, 0]) if self.figures and name in self.told else None
