"""J = −Σ y ln ŷ, over all rows and classes: minus the log-likelihood, where each row has one class.

It goes with softmax outputs: ŷ is the probability of each class. Source: multinomial logistic regression.
"""

import math

import numpy as np

from tui_nn.network.formulas.costs.cost import Y_HAT, Cost, Y, Z
from tui_nn.network.formulas.expression import (
    CategoricalCrossEntropy,
    CategoricalCrossEntropySlope,
    Difference,
    Negated,
)
from tui_nn.network.model.activations import ACTIVATIONS
from tui_nn.network.model.array import Array

# At this z, e^z is 0 in floating point.
_FARTHEST = -746.0
# Where no zₖ moves by more than r = ½, |ŷₖ| grows at most by the factor e²ʳ / cos r: |e^zₖ| grows by eʳ at most, and
# |Σ e^z| falls by e⁻ʳ cos r at most.
_GROWTH = math.e / math.cos(0.5)


def _sums(Y_hat: Array) -> Array:
    with np.errstate(divide="ignore"):
        sums: Array = np.maximum(np.log(Y_hat), _FARTHEST)
    return sums


def _curvature_around(Z: Array) -> Array:
    """A bound from the second derivatives ∂²J/∂zⱼ∂zₖ, which are ŷⱼ (1 − ŷⱼ) for k = j and −ŷⱼ ŷₖ for k ≠ j.

    1 − ŷⱼ is the sum of the other ŷ, and grows as they do. As 2 |sⱼ sₖ| ≤ sⱼ² + sₖ², the terms of all k ≠ j add up to
    no more than those of k = j do.
    """
    return 2 * _GROWTH**2 * ACTIVATIONS["softmax"].derivative(Z)


CATEGORICAL_CROSS_ENTROPY = Cost(
    "cross-entropy",
    value=CategoricalCrossEntropy(Y, Y_HAT, Z),
    slope=CategoricalCrossEntropySlope(Y, Y_HAT),
    # The greatest eigenvalue of diag(ŷ) − ŷᵀŷ is ½ at most: the sizes of the cells in row j sum to 2 ŷⱼ (1 − ŷⱼ).
    curvature=0.5,
    outputs=("softmax",),
    delta=Negated(Difference(Y, Y_HAT)),
    sums=_sums,
    reach=(0.0, 1.0),
    curvature_around=_curvature_around,
    total_of_row=1.0,
)
