"""What the panes draw: one immutable value, computed from the state and the run."""

from collections.abc import Mapping
from dataclasses import field
from functools import cached_property
from typing import TYPE_CHECKING

from tui_nn.dashboard.view_model.iteration_numbers import IterationNumbers
from tui_nn.dashboard.view_model.other_runs import OtherRun, RunComparison
from tui_nn.dashboard.view_model.pane_notes import IterationShown, pane_notes
from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.network import (
    Agreement,
    Equation,
    MeasuredSlope,
    Mistake,
    Overflow,
    Run,
    Slope,
    Step,
    WeightPlace,
    equations,
    matrix_shapes,
    mistaken_equations,
    weight_of,
)
from tui_nn.network.checks.slope_measurement import SlopeMeasurement
from tui_nn.network.formulas.equations import PENALISED, kept_by_iteration_before
from tui_nn.network.formulas.explain import Explanation, SourceCells, explain, numbers
from tui_nn.network.formulas.expression import symbols
from tui_nn.network.formulas.optimizers import parameter_of
from tui_nn.network.formulas.scalar_expression import Cell
from tui_nn.network.model.array import Array
from tui_nn.network.model.pace import Moment
from tui_nn.network.training.stops import Stop
from tui_nn.session.display_choices import AHEAD_HIDDEN
from tui_nn.session.quiz.grading import Verdict
from tui_nn.session.quiz.hidden_numbers import HiddenNumbers, hidden_at
from tui_nn.session.selected_cell import SelectedCell
from tui_nn.session.state import State
from tui_nn.writing.formulas.derivation_text import DerivedLine, derivation_lines
from tui_nn.writing.notation.signs import Notation
from tui_nn.writing.sentences.note_sentences import ObservationText

if TYPE_CHECKING:
    from tui_nn.dashboard.view_model.their_numbers import TheirNumbers

# Up to this many multiplications, the UI thread computes two more costs: nobody notices the time.
_MEASURED_AT_ONCE = 5_000_000
_SHOW_SOURCES = ("forward", "backward", "explain")


@frozen_dataclass(eq=False)
class ReplayPosition:
    """Where a replay stands: seconds since the lesson began, its length, and the times of its marks, in seconds."""

    time: float
    duration: float
    marks: tuple[float, ...]


@frozen_dataclass(eq=False)
class View:
    """Where the lesson stands, the numbers of the iteration shown, and how far the run is computed.

    ``iteration`` is the state's iteration, or the last one of a run that ends before it. ``iteration_numbers`` is
    None while that iteration is being computed. ``costs`` holds J of every iteration that ``run`` has reached;
    ``other_runs`` are the runs beside it. ``agreement`` says how many digits of the run can be relied on, once that is
    measured. ``has_stopped`` is true if the user stopped the computing.

    ``is_viewer`` is true if somebody else teaches; the panes then show the teacher's cursor. ``led_to`` is the number
    of the data that an explanation led to, as long as Esc goes back there. ``replay_position`` is set in a replay.
    ``is_untouched`` is true if nothing has happened in the lesson since it was opened. ``banner`` is a message that
    stays as long as it is true.

    ``verdicts`` judge the answers, by the numbers of their questions; a verdict is None until the question's iteration
    is computed. ``counted_answers`` are the numbers of the answers that count, for a viewer the viewer's own; None if
    all count.
    """

    state: State
    iteration: int
    iteration_numbers: IterationNumbers | None
    costs: Array
    overflow: Overflow | None
    notation: Notation
    run: Run
    speed: int | None = None
    is_changed: bool = False
    file_name: str = ""
    other_runs: tuple[OtherRun, ...] = ()
    comparison: RunComparison | None = None
    banner: str = ""
    is_viewer: bool = False
    led_to: SelectedCell | None = None
    stopped: Stop | None = None
    replay_position: ReplayPosition | None = None
    is_untouched: bool = False
    has_stopped: bool = False
    verdicts: Mapping[int, Verdict | None] = field(default_factory=dict)
    counted_answers: frozenset[int] | None = None
    agreement: Agreement | None = None

    @property
    def reached(self) -> int:
        """The number of iterations computed."""
        return len(self.costs)

    @property
    def is_complete(self) -> bool:
        """Whether all iterations of the run are computed."""
        return bool(self.overflow or self.stopped) or self.reached >= self.state.document.iterations

    @property
    def last_iteration(self) -> int:
        """The last iteration that the user can go to."""
        ended = self.overflow or self.stopped
        return ended.iteration if ended else self.state.document.iterations

    @property
    def begins_with_best_weights(self) -> int | None:
        """The iteration that begins with the weights of the least test cost, if a run with patience has stopped.

        None also if an edit sets other weights there.
        """
        if not self.stopped or self.stopped.best is None:
            return None
        begins = self.stopped.best + 1
        sets_others = any(one.first == begins and one.weights for one in self.run.segments)
        return None if sets_others else begins

    @property
    def step(self) -> Step:
        """The step shown."""
        return self.state.step

    @cached_property
    def equations(self) -> tuple[Equation, ...]:
        """All equations of an iteration."""
        return equations(self.state.document.network)

    @cached_property
    def computed_names(self) -> frozenset[str]:
        """The names of the matrices that some step computes."""
        return frozenset(equation.name for equation in self.equations)

    @property
    def step_result(self) -> str:
        """The name of the step's result: J, also if it has a penalty; at the update, the first new weights."""
        names = [equation.name for equation in self.step_equations]
        return self.step.name if self.step.name in names else names[0]

    @cached_property
    def step_equations(self) -> tuple[Equation, ...]:
        """The equations of the step shown: one, or one for each parameter at the update."""
        return tuple(equation for equation in self.equations if equation.step == self.step)

    @property
    def row(self) -> int:
        """The row of the data that is chosen, counted from 1; the first while the sum over all rows is shown."""
        return max(1, min(self.state.row, self.state.document.dataset.rows))

    @cached_property
    def moment(self) -> Moment:
        """The rate and the rows of the iteration shown."""
        return self.state.document.moment(self.iteration)

    @cached_property
    def row_in_pass(self) -> int:
        """Where the chosen row stands in the matrices of the iteration, from 1; 1 if it is not among its rows."""
        return self.moment.place_of(self.row) or 1

    @cached_property
    def numbers_of_rows(self) -> tuple[int, ...]:
        """The numbers in the data of the rows of X, from 1; () if they are just 1, 2, 3, …."""
        numbers = tuple((self.moment.row_numbers + 1).tolist())
        return () if numbers == tuple(range(1, len(numbers) + 1)) else numbers

    @property
    def is_explaining(self) -> bool:
        """Whether the user looks at the explanation of a number."""
        return self.state.pane == "explain" and self.selected is not None

    @cached_property
    def explained_equations(self) -> tuple[Equation, ...]:
        """The equations of the step; while a number is explained, only its own: () for X, Y and the parameters."""
        if not self.is_explaining:
            return self.step_equations
        cell = self.selected_cell
        return tuple(one for one in self.equations if cell and one.name == cell.name)

    @cached_property
    def derivation(self) -> tuple[DerivedLine, ...]:
        """The derivation of the step's formula, line by line."""
        return derivation_lines(self.state.document.network, self.step, self.notation, self.shapes, self.hidden.shapes)

    @cached_property
    def reached_matrices(self) -> frozenset[str]:
        """The names of the matrices reached at the step shown, and of those that an iteration begins with."""
        if not self.iteration_numbers:
            return frozenset()
        steps_reached = self.state.steps[: self.state.step_number]
        computed = {equation.name for equation in self.equations if equation.step in steps_reached}
        network = self.state.document.network
        return frozenset({"X", "Y", PENALISED, *network.shapes, *kept_by_iteration_before(network), *computed})

    @cached_property
    def matrix_styles(self) -> dict[str, str]:
        """The style of each matrix of the step: ``current`` if the step computes it, ``operand`` if it only uses it."""
        names = {symbol for equation in self.step_equations for symbol in symbols(equation.expression)}
        return dict.fromkeys(names, "operand") | {equation.name: "current" for equation in self.step_equations}

    @cached_property
    def hidden(self) -> HiddenNumbers:
        """What the questions of the iteration shown hide until they are answered."""
        return self.hidden_at(self.iteration)

    def hidden_at(self, iteration: int) -> HiddenNumbers:
        """What questions hide in any iteration: a chart may show numbers of all of them."""
        return hidden_at(self.state, iteration) if self.state.open_questions else HiddenNumbers()

    @property
    def questions_here(self) -> tuple[int, ...]:
        """The numbers of the questions that are asked at the step shown and wait for an answer."""
        return tuple(one for one in self.state.open_questions_here if self.state.questions[one].step == self.step.name)

    @cached_property
    def visible_matrices(self) -> frozenset[str]:
        """The names of the matrices that are reached and not hidden, not even in part."""
        return self.reached_matrices - self.hidden.matrices

    @property
    def shapes(self) -> Mapping[str, tuple[int, int]]:
        """The shape of every matrix of an iteration, reached or not."""
        document = self.state.document
        return matrix_shapes(document.network, self.moment.rows)

    @property
    def iterations_charted(self) -> int:
        """How many iterations the charts show: all computed ones, or up to the one shown if later ones are hidden."""
        return min(self.reached, self.iteration) if self.state.ahead_style == AHEAD_HIDDEN else self.reached

    @property
    def charted_range(self) -> tuple[int, int]:
        """The first and the last iteration on the charts: those chosen, or all where the run has none of these."""
        first, last = self.state.first_charted, self.last_iteration
        return (first, min(self.state.last_charted or last, last)) if first < last else (1, last)

    @property
    def chart_cursor(self) -> int | None:
        """The iteration at the chart's cursor; None without a cursor, or if the iteration is later and hidden."""
        cursor, is_later_hidden = self.state.chart_cursor, self.state.ahead_style == AHEAD_HIDDEN
        return None if cursor and is_later_hidden and cursor > self.iteration else cursor

    @cached_property
    def selected(self) -> SelectedCell | None:
        """The selected cell of the matrices."""
        return self.state.selected("matrices")

    @property
    def selected_cell(self) -> Cell | None:
        """The selected cell as a `Cell` of a formula."""
        selected = self.selected
        return Cell(selected.matrix, selected.row, selected.column) if selected else None

    @property
    def selected_weight(self) -> Cell | None:
        """The weight of the selected cell, which may also be its ∂J/∂w, its velocity or its new value; else None."""
        cell = self.selected_cell
        name = parameter_of(cell.name) or cell.name.removeprefix("dJd").removesuffix("_next") if cell else ""
        return Cell(name, cell.row, cell.column) if cell and name in self.state.document.network.shapes else None

    @cached_property
    def explanation(self) -> Explanation | None:
        """What the selected cell is computed from."""
        document, cell = self.state.document, self.selected_cell
        return explain(document.network, document.dataset, cell, self.moment) if cell else None

    @property
    def source_cells(self) -> tuple[SourceCells, ...]:
        """The cells from which the selected one is computed, while the user is at matrices or at the explanation."""
        return self.explanation.areas if self.explanation and self.state.pane in _SHOW_SOURCES else ()

    @cached_property
    def notes(self) -> Mapping[str, ObservationText]:
        """The notes in the panes' borders, by the pane's name."""
        shown = IterationShown(self.iteration, self.visible_matrices, self.hidden.matrices, self.iteration_numbers)
        return pane_notes(self.state, shown, self.costs, self.agreement, self.notation)

    @cached_property
    def values_by_name(self) -> dict[str, Array] | None:
        """Every matrix that a formula may name, by its name; None while the iteration is being computed."""
        return (
            numbers(self.state.document.dataset, self.iteration_numbers.computed.matrices)
            if self.iteration_numbers
            else None
        )

    @cached_property
    def their_numbers(self) -> "Mapping[str, TheirNumbers]":
        """The matrices of this iteration that a student's program printed, without those that are hidden."""
        compared, numbers = self.state.compared, self.iteration_numbers
        if compared is None or numbers is None:
            return {}
        # Imported late: most lessons have no such numbers.
        from tui_nn.dashboard.view_model.their_numbers import their_numbers

        return their_numbers(compared, self.iteration, numbers.computed.matrices, self.visible_matrices)

    @cached_property
    def selected_slope(self) -> Slope | None:
        """The slope measured at the selected weight, or at the weight whose ∂J/∂W is selected.

        None if no such cell is selected, if its ∂J/∂W is not reached yet or hidden, or if measuring would take long.
        """
        cell, document = self.selected_cell, self.state.document
        name = cell.name.removeprefix("dJd") if cell else ""
        if (
            not cell
            or name not in document.network.shapes
            or f"dJd{name}" not in self.visible_matrices
            or not self.iteration_numbers
        ):
            return None
        if "J" in self.hidden.matrices:
            # The slope is measured by two costs close to J, which would give J away.
            return None
        if self.moment.rows * document.network.size > _MEASURED_AT_ONCE:
            return None
        return self.iteration_numbers.slope((name, cell.row, cell.column))

    @property
    def measured_slope(self) -> MeasuredSlope | None:
        """The measurement at the checked weight, on which the verdict rests; None until it is made."""
        return self.check.measured_slope(self.checked_place) if self.check else None

    @cached_property
    def checked_weight(self) -> Cell:
        """The weight whose slope is checked: the weight of the selected cell, or else the step's first one."""
        return self.selected_weight or Cell(weight_of(self.step, self.state.document.network), 1, 1)

    @property
    def checked_place(self) -> WeightPlace:
        """The checked weight as the gradient check takes it: name, row and column."""
        return self.checked_weight.name, self.checked_weight.row, self.checked_weight.column

    @property
    def check(self) -> SlopeMeasurement | None:
        """The gradient check of the iteration shown; None while the iteration is being computed."""
        return self.iteration_numbers.check() if self.iteration_numbers else None

    @property
    def mistaken_equations(self) -> tuple[Equation, ...]:
        """The equations with the planted mistake; () without a mistake, or if this network can't have it."""
        planted, network, at = self.state.planted_mistake, self.state.document.network, self.moment
        if not planted:
            return ()
        return mistaken_equations(network, at.rows, Mistake(planted), is_new_epoch=at.is_new_epoch)

    def value(self, name: str) -> float | None:
        """The 1×1 matrix called ``name``, such as J, as a number; None if it is not reached yet or hidden."""
        return (
            float(self.iteration_numbers.computed[name][0, 0])
            if self.iteration_numbers and name in self.visible_matrices
            else None
        )
