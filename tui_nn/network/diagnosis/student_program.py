"""A program that trains a network, as a student may have written it: right, or with mistakes in it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import field, replace
from types import MappingProxyType
from typing import Any, Self, TypeAlias

import numpy as np

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.network.formulas.equations import PENALTY, Equation, equations
from tui_nn.network.formulas.expression import Added, Expression, Symbol
from tui_nn.network.formulas.optimizers.update_rule import LEARNING_RATE
from tui_nn.network.formulas.steps import StepKind
from tui_nn.network.model.array import Array
from tui_nn.network.model.dataset import Dataset
from tui_nn.network.model.network import Network
from tui_nn.network.model.starts import Start

Rewritten: TypeAlias = Callable[[Expression], Expression]
Scaling: TypeAlias = Callable[[Array], Any]
NOTHING: Mapping[str, Array] = MappingProxyType({})


@frozen_dataclass(eq=False)
class StudentProgram:
    """A program that trains a network: what it begins with, and the formulas of one iteration in their order.

    ``X`` and ``Y`` are the scaled data, ``parameters`` the weights and biases of iteration 1 by their names.
    ``memory`` has what the program keeps from one iteration to the next besides them, with its first value.
    ``carried`` says which result each of them takes over for the next iteration: W1 that of W1_next.
    ``offset`` is by how many iterations it counts wrongly: what it prints as iteration i is that of i + offset.
    ``details`` are numbers or words that belong to its mistakes, such as the learning rate that it has.

    The rest says how a mistake in the data or in the start came about: ``typed`` has x or y as the program has them,
    ``scaled_by`` the function that makes X or Y of them in place of the lesson's scaling, ``draws`` what is drawn after
    each seed, in its order. They are empty where that is as in the lesson.
    """

    network: Network
    dataset: Dataset
    X: Array
    Y: Array
    drawing: Start
    parameters: Mapping[str, Array]
    learning_rate: float
    formulas: tuple[Equation, ...]
    carried: Mapping[str, str]
    memory: Mapping[str, Array] = field(default_factory=lambda: NOTHING)
    offset: int = 0
    details: tuple[float | str, ...] = ()
    typed: Mapping[str, Array] = field(default_factory=lambda: NOTHING)
    scaled_by: Mapping[str, Scaling] = field(default_factory=dict)
    draws: tuple[tuple[str, ...], ...] = ()

    @classmethod
    def right(cls, network: Network, dataset: Dataset, start: Start, learning_rate: float) -> Self:
        """The program of the lesson, without a mistake."""
        parameters, data = start.draw(network).named, dataset.training
        carried = {name: f"{name}_next" for name in parameters}
        return cls(network, dataset, data.X, data.Y, start, parameters, learning_rate, equations(network), carried)

    @property
    def rows(self) -> int:
        """N, the number of rows of the data."""
        return len(self.X)

    @property
    def last(self) -> int:
        """The number of the output layer: 3 in the lecture's network."""
        return len(self.network.layers)

    @property
    def known(self) -> dict[str, Array]:
        """What every iteration finds besides the parameters: X, Y, the learning rate and the factors of the penalty."""
        numbers = {LEARNING_RATE: self.learning_rate, "l1": self.network.penalty.l1, "l2": self.network.penalty.l2}
        return {"X": self.X, "Y": self.Y, **{name: np.array([[number]]) for name, number in numbers.items()}}

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
