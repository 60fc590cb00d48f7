"""J = −Σ (y ln ŷ + (1 − y) ln(1 − ŷ)), over all rows and outputs: minus the log-likelihood of y, each a 0 or a 1.

It goes with sigmoid outputs, each of which is the probability of a 1; with softmax outputs, J is that of
`categorical_cross_entropy`. Source: logistic regression.
"""

import numpy as np

from tui_nn.network.formulas.costs.categorical_cross_entropy import CATEGORICAL_CROSS_ENTROPY
from tui_nn.network.formulas.costs.cost import Y_HAT, Cost, Y, Z
from tui_nn.network.formulas.expression import CrossEntropy, CrossEntropySlope, Difference, Negated
from tui_nn.network.model.activations import ACTIVATIONS
from tui_nn.network.model.array import Array

# At this z, e⁻ᶻ is 0 in floating point.
_FARTHEST = 746.0
# σ″ is at most σ′ in size, so σ′ grows at most by this factor within a distance of ½.
_GROWTH = float(np.exp(0.5))


def _sums(Y_hat: Array) -> Array:
    with np.errstate(divide="ignore"):
        sums: Array = np.clip(np.log(Y_hat) - np.log1p(-Y_hat), -_FARTHEST, _FARTHEST)
    return sums


def _curvature_around(Z: Array) -> Array:
    """∂²J/∂z² is σ′(z)."""
    return _GROWTH * ACTIVATIONS["sigmoid"].derivative(Z)


CROSS_ENTROPY = Cost(
    "cross-entropy",
    value=CrossEntropy(Y, Y_HAT, Z),
    slope=CrossEntropySlope(Y, Y_HAT, Z),
    # σ′ is ¼ at most.
    curvature=0.25,
    outputs=("sigmoid", "softmax"),
    delta=Negated(Difference(Y, Y_HAT)),
    sums=_sums,
    reach=(0.0, 1.0),
    curvature_around=_curvature_around,
    variants=(CATEGORICAL_CROSS_ENTROPY,),
)
