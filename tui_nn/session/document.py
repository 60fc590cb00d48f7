"""What a session file holds before its events: the data, the network, the start and the training."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import field
from functools import cached_property, lru_cache

import numpy as np

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.language import _
from tui_nn.network import (
    ACTIVATIONS,
    COSTS,
    NO_SCALING,
    Dataset,
    HiddenActivation,
    Network,
    Parameters,
    Penalty,
    Start,
    Trajectory,
    ValidationError,
)
from tui_nn.network.model.batches import Batches
from tui_nn.network.model.optimizer import Optimizer
from tui_nn.network.model.pace import Moment, Pace
from tui_nn.network.model.schedules import CONSTANT, SCHEDULES, Schedule
from tui_nn.network.model.stopping import Stopping
from tui_nn.session import limits
from tui_nn.session.quiz.questions import Question, checked_question

_TOTAL_ERROR = 1e-12
"""How far rounding may move the sum of a row of y, such as one of three thirds."""


@lru_cache(maxsize=8)
def _draw_parameters(start: Start, network: Network) -> Parameters:
    """The weights of a start, drawn once for all documents with the same start and network."""
    return start.draw(network)


def lecture_data() -> Dataset:
    """Hours slept and studied, and the test score: the three rows of the lecture."""
    return Dataset(
        x=[[3.0, 5.0], [5.0, 1.0], [10.0, 2.0]],  # type: ignore[arg-type]  # __post_init__ makes them arrays
        y=[[75.0], [82.0], [93.0]],  # type: ignore[arg-type]
        x_names=("hours slept", "hours studied"),
        y_names=("test score",),
        y_scaling=(100.0,),
    )


def usual_names(table: str, columns: int) -> tuple[str, ...]:
    """The names of unnamed columns of x or y: x1, x2, …; y for a single column, otherwise y1, y2, …."""
    if table == "y" and columns == 1:
        return ("y",)
    return tuple(f"{table}{column}" for column in range(1, columns + 1))


@frozen_dataclass(eq=False)
class Document:
    """A lesson as it starts; the defaults are the lecture's.

    Raises `ValidationError` if the parts do not fit together.
    """

    title: str = ""
    dataset: Dataset = field(default_factory=lecture_data)
    hidden: tuple[int, ...] = (3,)
    activation: HiddenActivation = "sigmoid"
    output_activation: str = "sigmoid"
    bias: bool = False
    start: Start = field(default_factory=Start)
    cost: str = Network.cost
    reduction: str = Network.reduction
    l1: float = 0.0
    l2: float = 0.0
    penalise_biases: bool = False
    learning_rate: float = 5.0
    iterations: int = 10_000
    questions: tuple[Question, ...] = ()
    fixed: tuple[str, ...] = ()
    schedule: str = Schedule.name
    decay: float | None = None
    every: int = Schedule.every
    optimizer: str = Optimizer.name
    momentum: float = Optimizer.momentum
    rho: float = Optimizer.rho
    beta1: float = Optimizer.beta1
    beta2: float = Optimizer.beta2
    epsilon: float = Optimizer.epsilon
    batch_size: int = Batches.size
    order: str = Batches.order
    order_seed: int = Batches.seed
    stop_cost: float = Stopping.cost
    stop_gradient: float = Stopping.gradient
    patience: int = Stopping.patience

    def __post_init__(self) -> None:
        if self.decay is None:
            object.__setattr__(self, "decay", SCHEDULES[self.schedule].usual_decay)
        self._check_size()
        self._check_cost()
        if self.start.given is not None and self.start.method == "given":
            # Raises if the given weights do not fit the network. Drawn weights always fit, and are drawn when needed.
            _drawn = self.start_parameters

    def _check_size(self) -> None:
        rows, layers, weights = self.dataset.rows, self.network.layers, self.network.size
        widest, units = max(layers), sum(layers)
        if weights > limits.PARAMETERS:
            found = _("a network of {weights} weights", weights=weights)
            raise ValidationError("hidden", found, _("at most {most}", most=limits.PARAMETERS))
        if rows * widest > limits.CELLS_OF_A_MATRIX:
            found = _("a matrix of {rows} rows by {units} units", rows=rows, units=widest)
            raise ValidationError("hidden", found, _("at most {most} cells in a matrix", most=limits.CELLS_OF_A_MATRIX))
        if rows * units > limits.CELLS_OF_A_PASS:
            found = _("{rows} rows in {units} units of all layers", rows=rows, units=units)
            raise ValidationError("hidden", found, _("at most {most} cells in all layers", most=limits.CELLS_OF_A_PASS))
        if rows * weights > limits.MULTIPLICATIONS:
            found = _("{rows} rows through {weights} weights", rows=rows, weights=weights)
            expected = _("at most {most} multiplications an iteration", most=limits.MULTIPLICATIONS)
            raise ValidationError("hidden", found, expected)

    def _check_cost(self) -> None:
        output, Y = self.output_activation, self.dataset.Y
        if ACTIVATIONS[output].mixes_units and self.dataset.outputs == 1:
            says = _(
                "A single output can't be {output}: it would be 1 in every row. Take sigmoid for one output.",
                output=output,
            )
            raise ValidationError("output_activation", _('"{output}" with one output', output=output), "sigmoid", says)
        if not COSTS[self.cost].allows(output) and ACTIVATIONS[output].mixes_units:
            between = _(" or ")
            goes_with = between.join(name for name, cost in COSTS.items() if cost.allows(output))
            says = _(
                "{Output} outputs go with {goes_with} alone, not with {cost}. To have "
                "{cost}, set another output activation first. To have {output}, set the output activation to "
                "sigmoid, then the cost to {goes_with}, then the output activation to {output}.",
                Output=output.capitalize(),
                goes_with=goes_with,
                cost=self.cost,
                output=output,
            )
            found = _('"{output}" with {cost}', output=output, cost=self.cost)
            raise ValidationError("output_activation", found, goes_with, says)
        cost = COSTS[self.cost].for_outputs(output)
        if not cost.allows(output):
            fitting = [one for one in cost.outputs if self.dataset.outputs > 1 or not ACTIVATIONS[one].mixes_units]
            between = _(" or ")
            goes_with = between.join(fitting)
            says = _(
                "{Cost} goes with {goes_with} outputs, not with {output}. For {cost}, set the "
                "output activation to {fitting} first; for {output}, set another cost first.",
                Cost=self.cost.capitalize(),
                goes_with=goes_with,
                output=output,
                cost=self.cost,
                fitting=fitting[0],
            )
            raise ValidationError(
                "cost", _('"{cost}" with {output} outputs', cost=self.cost, output=output), goes_with, says
            )
        least, greatest = cost.reach
        outside = (least > Y) | (greatest < Y)
        if outside.any():
            row, column = np.argwhere(outside)[0].tolist()
            values = {
                "Cost": self.cost.capitalize(),
                "least": f"{least:g}",
                "greatest": f"{greatest:g}",
                "name": self.dataset.y_names[column],
                "row": row + 1,
                "found": f"{float(Y[row, column]):g}",
            }
            if self.dataset.y_scaling == NO_SCALING:
                says = _(
                    "{Cost} needs every y from {least} to {greatest}; {name} in row {row} is {found}. "
                    "Scale y, or choose another cost.",
                    **values,
                )
            else:
                says = _(
                    "{Cost} needs every y from {least} to {greatest}; {name} in row {row}, scaled, is {found}. "
                    "Scale y, or choose another cost.",
                    **values,
                )
            expected = _("numbers from {least} to {greatest}", least=values["least"], greatest=values["greatest"])
            raise ValidationError("y", f"{float(Y[row, column]):g}", expected, says)
        self._check_totals(cost.total_of_row)

    def _check_totals(self, total: float | None) -> None:
        """Refuses data with a row of Y whose sum is not ``total``, where the cost needs that."""
        if total is None:
            return
        totals = self.dataset.Y.sum(axis=1)
        wrong = np.flatnonzero(np.abs(totals - total) > _TOTAL_ERROR)
        if wrong.size:
            row, found = int(wrong[0]) + 1, float(totals[wrong[0]])
            values = {
                "Output": self.output_activation.capitalize(),
                "total": f"{total:g}",
                "row": row,
                "found": f"{found:g}",
            }
            if self.dataset.y_scaling == NO_SCALING:
                says = _(
                    "{Output} outputs are the probabilities of classes, so each row of y must sum to {total}; "
                    "row {row} sums to {found}.",
                    **values,
                )
            else:
                says = _(
                    "{Output} outputs are the probabilities of classes, so each row of y, scaled, must sum to {total}; "
                    "row {row} sums to {found}.",
                    **values,
                )
            there = _("a row that sums to {found}", found=values["found"])
            raise ValidationError("y", there, _("rows that sum to {total}", total=values["total"]), says)

    @cached_property
    def network(self) -> Network:
        """The network. The columns of x and y make its first and last layers."""
        return Network(
            (self.dataset.inputs, *self.hidden, self.dataset.outputs),
            self.activation,
            self.output_activation,
            self.bias,
            self.cost,
            self.reduction,
            Penalty(self.l1, self.l2, self.penalise_biases),
            self.fixed,
            Optimizer(self.optimizer, self.momentum, self.rho, self.beta1, self.beta2, self.epsilon),
        )

    @cached_property
    def pace(self) -> Pace:
        """How the rate and the rows change from iteration to iteration."""
        # Only one schedule depends on the length of the run: runs with others are the same, whatever their length.
        length = self.iterations if "iterations" in SCHEDULES[self.schedule].uses else Schedule.iterations
        schedule = (
            Schedule(self.schedule, self.decay, self.every, length) if self.schedule != Schedule.name else CONSTANT
        )
        return Pace(schedule, Batches(self.batch_size, self.order, self.order_seed))

    @property
    def stopping(self) -> Stopping:
        """When a run ends before its last iteration."""
        return Stopping(self.stop_cost, self.stop_gradient, self.patience if self.dataset.test_rows else 0)

    def moment(self, iteration: int) -> Moment:
        """The rate and the rows of ``iteration``."""
        return self.pace.moment(self.dataset, self.learning_rate, iteration)

    @cached_property
    def start_parameters(self) -> Parameters:
        """The parameters that iteration 1 starts from."""
        return _draw_parameters(self.start, self.network)

    def fitting_questions(self, questions: Iterable[Question]) -> Iterator[Question]:
        """The ``questions`` that fit this lesson's network and data, each with its step."""
        for question in questions:
            with suppress(ValidationError):
                yield checked_question(question, self.network, self.moment(question.iteration).rows, self.iterations)

    def trajectory(self) -> Trajectory:
        """A new run from the start, with nothing computed yet."""
        return Trajectory(
            self.network,
            self.dataset,
            self.start_parameters,
            self.learning_rate,
            pace=self.pace,
            stopping=self.stopping,
        )
