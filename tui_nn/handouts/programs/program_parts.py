"""What the programs in R and in Python have in common."""

import textwrap
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property

import numpy as np

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.handouts.programs.program_schedules import ETA
from tui_nn.handouts.programs.program_sentences import rounding_sentence
from tui_nn.network import (
    ACTIVATIONS,
    Activation,
    Agreement,
    Dataset,
    Equation,
    Network,
    Segment,
    Step,
    StepKind,
    WeightCell,
    equations,
    steps,
)
from tui_nn.network.formulas.costs import summed_cost
from tui_nn.network.formulas.costs.reduction import MEAN
from tui_nn.network.formulas.equations import L1, L2, matrices_by_row
from tui_nn.network.formulas.expression import Expression, Symbol, replaced
from tui_nn.network.formulas.optimizers import matrix_name, update_rule
from tui_nn.network.formulas.optimizers.update_rule import LEARNING_RATE, without_time
from tui_nn.network.model.array import Array
from tui_nn.network.model.batches import Batches
from tui_nn.network.model.cost_of_error import CostOfError
from tui_nn.network.model.optimizer import GRADIENT_DESCENT
from tui_nn.network.model.penalty import NO_PENALTY
from tui_nn.network.model.schedules import SCHEDULES, Schedule
from tui_nn.session.runs.run_plan import RunPlan
from tui_nn.writing.notation.number_format import shortest_text

_WIDTH = 100
_PREDICTION = (StepKind.Z, StepKind.A, StepKind.Y_HAT)


@frozen_dataclass(eq=False)
class Change:
    """What changes at iteration ``first``: the data (None if they stay), numbers by their names, weights set there.

    ``has_other_count`` is true if there are more or fewer rows to train on than before.
    """

    first: int
    dataset: Dataset | None
    numbers: Mapping[str, float]
    weights: tuple[WeightCell, ...]
    has_other_count: bool


@frozen_dataclass(eq=False)
class ProgramPlan:
    """The run that a program computes, and the iteration whose matrices it prints, up to ``step`` if that is given.

    ``agreed`` says how many digits of the run agree between programs, as far as that was measured.
    """

    run_plan: RunPlan
    iteration: int | None = None
    step: Step | None = None
    agreed: Agreement | None = None

    @property
    def made_by(self) -> str:
        """The first line of the program, without its #."""
        optimizer = self.network.optimizer.name
        trained = optimizer if optimizer == GRADIENT_DESCENT.name else f"training with {optimizer}"
        return f"Written by tui-nn: a lesson's {trained}, from its start."

    @property
    def rounding(self) -> str:
        """A sentence that says from which iteration on fewer digits are right; "" if `PROMISED` digits always are."""
        return rounding_sentence(self.agreed) if self.agreed else ""

    @property
    def rounding_comments(self) -> list[str]:
        """`rounding` as comment lines."""
        return [comment(line) for line in textwrap.wrap(self.rounding, _WIDTH)]

    @cached_property
    def network(self) -> Network:
        """The lesson's network, with each penalty that the run has in any iteration; in the others, its number is 0."""
        network = self.run_plan.document.network
        penalties = [segment.network_of(network).penalty for segment in self.run_plan.segments]
        l1, l2 = (max(getattr(penalty, name) for penalty in penalties) for name in (L1, L2))
        return replace(network, penalty=replace(network.penalty, l1=l1, l2=l2))

    @cached_property
    def equations(self) -> tuple[Equation, ...]:
        """All equations of an iteration, in its order. What the optimizer keeps has the same name before and after."""
        return tuple(replace(one, expression=without_time(one.expression)) for one in equations(self.network))

    @property
    def prediction(self) -> Iterator[Equation]:
        """The equations up to Y_hat."""
        return (one for one in self.equations if one.step.kind in _PREDICTION)

    @property
    def of_test_rows(self) -> Iterator[Equation]:
        """The same for the test rows, and their mean cost, without a penalty: Z2_test, … Y_hat_test, J_test."""
        network = replace(self.network, reduction=MEAN, penalty=NO_PENALTY)
        of_test: dict[Expression, Expression] = {
            Symbol(name): Symbol(f"{name}_test") for name in matrices_by_row(network)
        }
        for one in equations(network):
            if one.step.kind in (*_PREDICTION, StepKind.COST):
                yield Equation(one.step, f"{one.name}_test", replaced(one.expression, of_test))

    @property
    def kept(self) -> Mapping[str, tuple[int, int]]:
        """The names and shapes of the matrices that the optimizer keeps from one iteration to the next."""
        return {
            matrix_name(letter, name): self.network.shapes[name]
            for letter in update_rule(self.network).state
            for name in self.network.trained
        }

    @property
    def schedule(self) -> Schedule:
        """How the rate changes from iteration to iteration."""
        return self.run_plan.document.pace.schedule

    @property
    def batches(self) -> Batches | None:
        """How the rows are dealt into batches; None if every iteration uses all rows as they are listed."""
        pace = self.run_plan.document.pace
        return None if all(pace.epochs(one.dataset).is_one_batch for one in self._segments) else pace.batches

    @property
    def final_data(self) -> Dataset:
        """The data of the last iteration."""
        return self._segments[-1].dataset

    @property
    def _segments(self) -> list[Segment]:
        """The segments as far as the run goes."""
        return [one for one in self.run_plan.segments if one.first <= self.run_plan.document.iterations]

    def ending_at(self, iteration: int) -> str:
        """How the names of the data end that ``iteration`` uses: "" for those of the start, "_20" for later ones."""
        changes = [one for one in self.changes if one.first <= iteration and one.dataset]
        return f"_{changes[-1].first}" if changes else ""

    def data_at(self, iteration: int) -> Dataset:
        """The data of ``iteration``."""
        return self.run_plan.document_at(iteration).dataset

    @property
    def numbers(self) -> Mapping[str, float]:
        """The numbers that the equations use, by their names, as they are at the start."""
        document = self.run_plan.document
        settings = (*SCHEDULES[document.schedule].uses, *update_rule(document.network).uses)
        constants = {name: float(getattr(document, name)) for name in settings if name != "iterations"}
        return {**self._numbers_in(self.run_plan.segments[0]), **constants}

    def _numbers_in(self, segment: Segment) -> Mapping[str, float]:
        penalty = segment.network_of(self.run_plan.document.network).penalty
        used = self.network.penalty
        return {
            LEARNING_RATE if self.schedule.is_constant else ETA: segment.learning_rate,
            **({L1: penalty.l1} if used.l1 else {}),
            **({L2: penalty.l2} if used.l2 else {}),
        }

    @property
    def activations(self) -> tuple[Activation, ...]:
        """The activations, each once."""
        return tuple(ACTIVATIONS[name] for name in self.run_plan.document.network.activation_names)

    @property
    def cost_of_error(self) -> CostOfError | None:
        """The h of a cost Σ h(y − ŷ); None if J is no such sum."""
        over_errors = summed_cost(self.network).over_errors
        return over_errors.function if over_errors else None

    @property
    def changes(self) -> Iterator[Change]:
        """What changes on the way, as far as the run goes."""
        before, *later = self._segments
        for segment in later:
            has_same_data = segment.dataset is before.dataset or _same_data(segment.dataset, before.dataset)
            dataset = None if has_same_data else segment.dataset
            was, now = self._numbers_in(before), self._numbers_in(segment)
            changed = {name: number for name, number in now.items() if number != was[name]}
            counts = (len(one.dataset.training_rows) for one in (before, segment))
            yield Change(segment.first, dataset, changed, segment.weights, len(set(counts)) > 1)
            before = segment

    @property
    def printed(self) -> list[str]:
        """The matrices of the iteration that are printed, by their lecture names."""
        network = self.run_plan.document.network
        sequence = steps(network)
        reached = sequence[: sequence.index(self.step) + 1] if self.step else sequence
        computed = [equation.name for equation in self.equations if equation.step in reached]
        rate = [] if self.schedule.is_constant else [LEARNING_RATE]
        return ["X", "Y", *rate, *network.shapes, *computed]


def _same_data(dataset: Dataset, other: Dataset) -> bool:
    is_same = np.array_equal(dataset.X, other.X) and np.array_equal(dataset.Y, other.Y)
    return is_same and sorted(dataset.test_rows) == sorted(other.test_rows)


def on_lines(items: Iterable[str], indent: str) -> str:
    """``items`` with commas between them, on lines of a bounded length, each indented."""
    lines, line = [], ""
    for item in items:
        if line and len(line) + len(item) + 2 > _WIDTH - len(indent):
            lines.append(line)
            line = ""
        line += f", {item}" if line else item
    return ",\n".join(f"{indent}{one}" for one in (*lines, line))


def enclosed(begin: str, items: Iterable[str], end: str) -> str:
    """``items`` between ``begin`` and ``end``: on one line where they fit, else on lines of their own."""
    listed = list(items)
    line = begin + ", ".join(listed) + end
    if len(line) <= _WIDTH:
        return line
    return f"{begin}\n{on_lines(listed, '    ')}\n{end}"


def number(value: float) -> str:
    """``value`` in as few digits as tell it from every other double: 3, 0.1, 1e-07."""
    return shortest_text(float(value))


def numbers(row: Array) -> list[str]:
    """The cells of a row, or of a matrix row by row."""
    return [number(value) for value in row.ravel().tolist()]


def comment(text: str) -> str:
    """``text`` on one line behind a #, whatever characters it has."""
    return "# " + "".join(char if char.isprintable() else "�" for char in text)
