"""The expressions that only costs need: sums over the cells of Y and Ŷ, and their slopes by each cell of Ŷ."""

from typing import TypeAlias

import numpy as np

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.network.formulas.operands import MatrixRow, Shape, Shapes, Symbol, Values, same_shape
from tui_nn.network.model.activations import ACTIVATIONS
from tui_nn.network.model.array import Array
from tui_nn.network.model.cost_of_error import CostOfError


@frozen_dataclass
class SumOverErrors:
    """Σ h(y − ŷ), over all cells, as a 1×1 matrix; ``function`` is h."""

    function: CostOfError
    of: Symbol | MatrixRow
    predicted: Symbol | MatrixRow

    def value(self, values: Values) -> Array:
        return np.array([[self.function.value(self.errors(values)).sum()]])

    def errors(self, values: Values) -> Array:
        """Y − Ŷ."""
        return self.of.value(values) - self.predicted.value(values)

    def shape(self, shapes: Shapes) -> Shape:
        same_shape(self.of.shape(shapes), self.predicted.shape(shapes))
        return 1, 1


@frozen_dataclass
class SlopeOverErrors:
    """h′(y − ŷ), cell by cell; ``function`` is h. The slope of `SumOverErrors` by ŷ is minus this."""

    function: CostOfError
    of: Symbol | MatrixRow
    predicted: Symbol | MatrixRow

    def value(self, values: Values) -> Array:
        return self.function.derivative(self.of.value(values) - self.predicted.value(values))

    def shape(self, shapes: Shapes) -> Shape:
        return same_shape(self.of.shape(shapes), self.predicted.shape(shapes))


def cross_entropies(y: Array, z: Array) -> Array:
    """What each cell adds to `CrossEntropy`, in the shape of ``y``."""
    terms: Array = np.log1p(np.exp(-np.abs(z))) + y * np.maximum(-z, 0.0) + (1.0 - y) * np.maximum(z, 0.0)
    return terms


@frozen_dataclass
class CrossEntropy:
    """−Σ (y ln ŷ + (1 − y) ln(1 − ŷ)), over all cells, as a 1×1 matrix; ŷ is the sigmoid of z.

    Computed from z, since ŷ loses digits close to 1. As −ln ŷ = ln(1 + e⁻ᶻ) and −ln(1 − ŷ) = ln(1 + eᶻ), J is
    Σ (ln(1 + e^−|z|) + y max(−z, 0) + (1 − y) max(z, 0)). For y from 0 to 1 no term is below 0: nothing cancels.
    """

    of: Symbol | MatrixRow
    predicted: Symbol | MatrixRow
    sums: Symbol | MatrixRow

    def terms(self, values: Values) -> Array:
        """What each cell adds to the sum."""
        return cross_entropies(self.of.value(values), self.sums.value(values))

    def value(self, values: Values) -> Array:
        return np.array([[self.terms(values).sum()]])

    def shape(self, shapes: Shapes) -> Shape:
        same_shape(self.of.shape(shapes), self.predicted.shape(shapes))
        return 1, 1


@frozen_dataclass
class CrossEntropySlope:
    """(ŷ − y) / (ŷ (1 − ŷ)), cell by cell: the slope of `CrossEntropy` by ŷ, which is the sigmoid of z."""

    of: Symbol | MatrixRow
    predicted: Symbol | MatrixRow
    sums: Symbol | MatrixRow

    def value(self, values: Values) -> Array:
        wrong = self.predicted.value(values) - self.of.value(values)
        with np.errstate(all="ignore"):
            slopes: Array = wrong / ACTIVATIONS["sigmoid"].derivative(self.sums.value(values))
        return slopes

    def shape(self, shapes: Shapes) -> Shape:
        return same_shape(self.of.shape(shapes), self.predicted.shape(shapes))


def categorical_cross_entropies(y: Array, z: Array) -> Array:
    """What each cell adds to `CategoricalCrossEntropy`, in the shape of ``y``."""
    greatest = z.max(axis=1, keepdims=True)
    others = np.exp(z - greatest)
    # The greatest z of a row has the exponential 1. Without it, log1p keeps the digits of the others.
    ones = np.floor(others)
    others = (others - ones).sum(axis=1, keepdims=True) + (ones.sum(axis=1, keepdims=True) - 1.0)
    terms: Array = y * ((greatest - z) + np.log1p(others))
    return terms


@frozen_dataclass
class CategoricalCrossEntropy:
    """−Σ y ln ŷ, over all cells, as a 1×1 matrix; each row of ŷ is the softmax of that row of z.

    Computed from z, since ŷ loses digits close to 1: −ln ŷⱼ = (max z − zⱼ) + ln Σₖ e^(zₖ − max z), of which no term is
    below 0, so that nothing cancels.
    """

    of: Symbol | MatrixRow
    predicted: Symbol | MatrixRow
    sums: Symbol | MatrixRow

    def value(self, values: Values) -> Array:
        return np.array([[categorical_cross_entropies(self.of.value(values), self.sums.value(values)).sum()]])

    def shape(self, shapes: Shapes) -> Shape:
        same_shape(self.of.shape(shapes), self.predicted.shape(shapes))
        return 1, 1


@frozen_dataclass
class CategoricalCrossEntropySlope:
    """−y / ŷ, cell by cell: the slope of `CategoricalCrossEntropy` by ŷ."""

    of: Symbol | MatrixRow
    predicted: Symbol | MatrixRow

    def value(self, values: Values) -> Array:
        with np.errstate(all="ignore"):
            return np.asarray(-self.of.value(values) / self.predicted.value(values))

    def shape(self, shapes: Shapes) -> Shape:
        return same_shape(self.of.shape(shapes), self.predicted.shape(shapes))


SumOfTerms: TypeAlias = CrossEntropy
"""The sums whose formula names a matrix twice: the screen shows their terms as a matrix, ``terms(values)``."""
