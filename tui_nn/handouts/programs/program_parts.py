"""What the programs in R and in Python have in common."""

import textwrap
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property

import numpy as np

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.network import (
    ACTIVATIONS,
    Activation,
    Agreement,
    Dataset,
    Equation,
    Network,
    Segment,
    Step,
    WeightCell,
    equations,
    steps,
)
from tui_nn.network.formulas.costs import summed_cost
from tui_nn.network.formulas.equations import L1, L2
from tui_nn.network.formulas.optimizers.update_rule import LEARNING_RATE
from tui_nn.network.model.array import Array
from tui_nn.network.model.cost_of_error import CostOfError
from tui_nn.session.runs.run_plan import RunPlan
from tui_nn.writing.notation.number_format import shortest_text
from tui_nn.writing.sentences.note_sentences import rounding_sentence

_WIDTH = 100
MADE_BY = "Written by tui-nn: a lesson's gradient descent, from its start."


@frozen_dataclass(eq=False)
class Change:
    """What changes at iteration ``first``: the data (None if they stay), numbers by their names, weights set there."""

    first: int
    dataset: Dataset | None
    numbers: Mapping[str, float]
    weights: tuple[WeightCell, ...]


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

    @property
    def equations(self) -> tuple[Equation, ...]:
        """All equations of an iteration, in its order."""
        return equations(self.network)

    @property
    def numbers(self) -> Mapping[str, float]:
        """The numbers that the equations use, by their names, as they are at the start."""
        return self._numbers_in(self.run_plan.segments[0])

    def _numbers_in(self, segment: Segment) -> Mapping[str, float]:
        penalty = segment.network_of(self.run_plan.document.network).penalty
        used = self.network.penalty
        return {
            LEARNING_RATE: segment.learning_rate,
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
        before, *later = self.run_plan.segments
        for segment in later:
            if segment.first > self.run_plan.document.iterations:
                return
            has_same_data = segment.dataset is before.dataset or _same_data(segment.dataset, before.dataset)
            dataset = None if has_same_data else segment.dataset
            was, now = self._numbers_in(before), self._numbers_in(segment)
            changed = {name: number for name, number in now.items() if number != was[name]}
            yield Change(segment.first, dataset, changed, segment.weights)
            before = segment

    @property
    def printed(self) -> list[str]:
        """The matrices of the iteration that are printed, by their lecture names."""
        network = self.run_plan.document.network
        sequence = steps(network)
        reached = sequence[: sequence.index(self.step) + 1] if self.step else sequence
        computed = [equation.name for equation in self.equations if equation.step in reached]
        return ["X", "Y", *network.shapes, *computed]


def _same_data(dataset: Dataset, other: Dataset) -> bool:
    return np.array_equal(dataset.X, other.X) and np.array_equal(dataset.Y, other.Y)


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
