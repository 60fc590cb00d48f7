"""A program that trains a network, as a student may have written it: right, or with mistakes in it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import field, replace
from types import MappingProxyType
from typing import Any, Self, TypeAlias

import numpy as np

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.network.formulas.equations import PENALTY, Equation, equations, kept_by_iteration_before
from tui_nn.network.formulas.expression import Added, Expression, Symbol
from tui_nn.network.formulas.optimizers import UPDATE_RULES, parameter_of
from tui_nn.network.formulas.optimizers.update_rule import LEARNING_RATE
from tui_nn.network.formulas.steps import StepKind
from tui_nn.network.model.array import Array
from tui_nn.network.model.batches import Epochs
from tui_nn.network.model.dataset import Dataset
from tui_nn.network.model.network import Network
from tui_nn.network.model.optimizer import GRADIENT_DESCENT, NUMBERS, OF_UPDATE_NUMBER, Optimizer
from tui_nn.network.model.pace import EVEN, Pace
from tui_nn.network.model.schedules import CONSTANT, Schedule
from tui_nn.network.model.starts import Start

Rewritten: TypeAlias = Callable[[Expression], Expression]
Scaling: TypeAlias = Callable[[Array], Any]
NOTHING: Mapping[str, Array] = MappingProxyType({})


@frozen_dataclass
class Count:
    """Which number a program takes for that of an iteration: its own, or that of its epoch, plus ``ahead``."""

    ahead: int = 0
    is_of_epochs: bool = False

    def of(self, iteration: int, epochs: Epochs) -> int:
        """The number that the program takes in ``iteration``."""
        return (epochs.epoch_of(iteration) if self.is_of_epochs else iteration) + self.ahead


ITERATIONS = Count()
"""As a lesson counts."""


@frozen_dataclass(eq=False)
class StudentProgram:
    """A program that trains a network: what it begins with, and the formulas of one iteration in their order.

    ``X`` and ``Y`` are the scaled rows that it trains on, ``parameters`` the weights and biases of iteration 1 by their
    names. ``memory`` has what the program keeps from one iteration to the next besides them, with its first value: what
    the optimizer keeps, for example. Each of the names in ``cleared`` gets its first value again in each epoch.
    ``carried`` says which result each of them takes over for the next iteration: W1 that of W1_next.

    ``epochs`` deals the rows into batches. ``schedule`` says how the rate changes, by the number that ``rate_count``
    counts. ``optimizer`` has the numbers of the update's formulas; βᵗ has the power that ``power_count`` counts.
    ``offset`` is by how many iterations it counts wrongly: what it prints as iteration i is that of i + offset.
    ``details`` are numbers or words that belong to its mistakes, such as the learning rate that it has.

    The rest says how a mistake in the data or in the start came about: ``dataset`` has the rows that it trains on,
    ``whole`` the test rows as well. ``typed`` has x or y as the program has them, ``scaled_by`` the function that makes
    X or Y of them in place of the lesson's scaling, ``draws`` what is drawn after each seed, in its order. They are
    empty where that is as in the lesson.
    """

    network: Network
    dataset: Dataset
    whole: Dataset
    X: Array
    Y: Array
    drawing: Start
    parameters: Mapping[str, Array]
    learning_rate: float
    formulas: tuple[Equation, ...]
    carried: Mapping[str, str]
    epochs: Epochs
    memory: Mapping[str, Array] = field(default_factory=lambda: NOTHING)
    cleared: frozenset[str] = frozenset()
    schedule: Schedule = CONSTANT
    rate_count: Count = ITERATIONS
    optimizer: Optimizer = GRADIENT_DESCENT
    power_count: Count = ITERATIONS
    offset: int = 0
    details: tuple[float | str, ...] = ()
    typed: Mapping[str, Array] = field(default_factory=lambda: NOTHING)
    scaled_by: Mapping[str, Scaling] = field(default_factory=dict)
    draws: tuple[tuple[str, ...], ...] = ()

    @classmethod
    def right(cls, network: Network, dataset: Dataset, start: Start, learning_rate: float, pace: Pace = EVEN) -> Self:
        """The program of the lesson, without a mistake."""
        parameters, data = start.draw(network).named, dataset.training
        kept = kept_by_iteration_before(network)
        return cls(
            network,
            _trained_on(dataset),
            dataset,
            data.X,
            data.Y,
            start,
            parameters,
            learning_rate,
            equations(network),
            {**{name: f"{name}_next" for name in parameters}, **kept},
            pace.epochs(dataset),
            {name: np.zeros_like(parameters[parameter_of(name)]) for name in kept},
            schedule=pace.schedule,
            optimizer=network.optimizer,
        )

    @property
    def rows(self) -> int:
        """N, the number of rows that the first iteration computes with."""
        return self.epochs.count(1)

    @property
    def last(self) -> int:
        """The number of the output layer: 3 in the lecture's network."""
        return len(self.network.layers)

    @property
    def is_same_for_all(self) -> bool:
        """Whether all iterations compute with the same rows and the same numbers."""
        return self.epochs.is_one_batch and not self.changing_numbers

    @property
    def changing_numbers(self) -> frozenset[str]:
        """The numbers in its formulas that change from iteration to iteration."""
        of_rate = () if self.schedule.is_constant else (LEARNING_RATE,)
        return (UPDATE_RULES[self.optimizer.name].numbers & OF_UPDATE_NUMBER).union(of_rate)

    def number(self, name: str, iteration: int) -> float:
        """The number in its formulas that is called ``name``, in an iteration."""
        if name == LEARNING_RATE:
            return self.learning_rate * self.schedule.factor(max(1, self.rate_count.of(iteration, self.epochs)))
        return NUMBERS[name](self.optimizer, self.power_count.of(iteration, self.epochs))

    def batch(self, iteration: int) -> tuple[Array, Array]:
        """X and Y of an iteration: the rows of its batch, in the order in which they are drawn."""
        if self.epochs.is_one_batch:
            return self.X, self.Y
        rows = self.epochs.rows_of(iteration)
        return self.X[rows], self.Y[rows]

    def known(self, iteration: int) -> dict[str, Array]:
        """What an iteration finds besides the parameters: X and Y of its batch, and the numbers of the formulas."""
        X, Y = self.batch(iteration)
        numbers = {"l1": self.network.penalty.l1, "l2": self.network.penalty.l2}
        names = {LEARNING_RATE, *UPDATE_RULES[self.optimizer.name].numbers}
        numbers |= {name: self.number(name, iteration) for name in names}
        return {"X": X, "Y": Y, **{name: np.array([[number]]) for name, number in numbers.items()}}

    def formula(self, name: str) -> Expression:
        """The formula of the matrix ``name``. Raises KeyError if the program computes no such matrix."""
        return {equation.name: equation.expression for equation in self.formulas}[name]

    def named(self, *kinds: StepKind) -> tuple[str, ...]:
        """The matrices that steps of these kinds compute, in the order of the formulas."""
        return tuple(one.name for one in self.formulas if one.step.kind in kinds and one.name != PENALTY)

    def with_formulas(self, formulas: Mapping[str, Expression]) -> Self:
        """The program with other formulas for some matrices."""
        return replace(
            self,
            formulas=tuple(
                replace(one, expression=formulas[one.name]) if one.name in formulas else one for one in self.formulas
            ),
        )

    def rewritten(self, names: Iterable[str], rewrite: Rewritten) -> Self:
        """The program with the formulas of these matrices rewritten."""
        return self.with_formulas({name: rewrite(self.formula(name)) for name in names})

    def with_cost(self, rewrite: Rewritten) -> Self:
        """The program with the data's part of J rewritten; a penalty stays as it is."""
        match self.formula(StepKind.COST):
            case Added(of_data, Symbol(name)) if name == PENALTY:
                return self.with_formulas({StepKind.COST: Added(rewrite(of_data), Symbol(PENALTY))})
            case of_data:
                return self.with_formulas({StepKind.COST: rewrite(of_data)})

    def with_data(self, X: Array | None = None, Y: Array | None = None) -> Self:
        """The program with other scaled data, in the same shapes."""
        return replace(self, X=self.X if X is None else X, Y=self.Y if Y is None else Y)

    def with_parameters(self, parameters: Mapping[str, Array]) -> Self:
        """The program with other parameters in iteration 1 for some names."""
        return replace(self, parameters={**self.parameters, **parameters})

    def with_typed(self, **tables: Array) -> Self:
        """The program, saying which x or y it has in place of the lesson's."""
        return replace(self, typed={**self.typed, **tables})

    def noting(self, detail: float | str) -> Self:
        """The program with one more detail."""
        return replace(self, details=(*self.details, detail))


def _trained_on(dataset: Dataset) -> Dataset:
    """The rows of the data that are no test rows."""
    if not dataset.test_rows:
        return dataset
    rows = dataset.training_rows
    return replace(dataset, x=dataset.x[rows], y=dataset.y[rows], test_rows=())
