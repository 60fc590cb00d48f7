"""softmax(z)ⱼ = e^zⱼ / Σₖ e^zₖ, k over all units of the layer: from 0 to 1, and 1 in total in each row.

For outputs that are the probabilities of classes.
"""

import numpy as np

from tui_nn.network.model.activations.activation import Activation, Operation
from tui_nn.network.model.activations.function import ByUnit, OverUnits, exp, f, of_other_unit, z
from tui_nn.network.model.array import Array


def _compile(z: Array, a: Array, prime: Array, scratch: Array) -> tuple[Operation, ...]:
    # With the greatest z of the row subtracted, no exponential overflows, and the quotient is the same.
    # Units are on axis 1, also in an array with the matrices of several runs.
    column = scratch[:, :1]
    return (
        (np.maximum.reduce, (z, 1, None, column, True)),
        (np.subtract, (z, column, a)),
        (np.exp, (a, a)),
        (np.add.reduce, (a, 1, None, column, True)),
        (np.divide, (a, column, a)),
        (np.multiply, (a, a, prime)),
        (np.subtract, (a, prime, prime)),
    )


_TOTAL = OverUnits("sum", exp(z))
_BELOW_GREATEST = exp(z - OverUnits("max", z))
_OTHER_Z, _OTHER_F = of_other_unit(z), of_other_unit(f)
SOFTMAX = Activation(
    "softmax",
    _compile,
    formula=exp(z) / _TOTAL,
    slope=ByUnit(f * (1 - f), -(_OTHER_F * f)),
    derivation=(
        ByUnit((exp(z) * _TOTAL - exp(z) * exp(z)) / _TOTAL**2, None),
        ByUnit(f * (1 - f), None),
        ByUnit(None, (0 * _TOTAL - exp(_OTHER_Z) * exp(z)) / _TOTAL**2),
        ByUnit(None, -(_OTHER_F * f)),
    ),
    curvature=1.0,
    computed=(_BELOW_GREATEST / OverUnits("sum", _BELOW_GREATEST), f * (1 - f)),
    reach=(0.0, 1.0),
    mixes_units=True,
)
