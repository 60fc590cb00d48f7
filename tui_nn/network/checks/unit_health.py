"""How healthy a layer is: how its numbers spread, which units are saturated or dead, how fast its weights move."""

from typing import NamedTuple

import numpy as np

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.network.formulas.costs import summed_cost
from tui_nn.network.formulas.equations import layer_output
from tui_nn.network.model.array import Array
from tui_nn.network.training.passes import Pass

_FLAT = 0.01
"""Below this part of its greatest slope, f is flat: the unit passes on hardly any of the error."""


class Histogram(NamedTuple):
    """How many numbers lie in each of some stretches of equal length from ``low`` to ``high``."""

    low: float
    high: float
    counts: tuple[int, ...]


@frozen_dataclass
class LayerHealth:
    """The units of a layer, counted from 2, over the rows of the data.

    ``flat_share`` is the share of all cells of Z, from 0 to 1, where f is flat. ``saturated`` are the units, from 1,
    whose f is flat in every row; ``dead`` are those of them that give 0 in every row, as relu does below 0.
    """

    layer: int
    flat_share: float
    saturated: tuple[int, ...]
    dead: tuple[int, ...]


def histogram(values: Array, bins: int) -> Histogram | None:
    """How the finite ``values`` spread; None if there are none. If all are equal, they stand in the middle."""
    finite = values[np.isfinite(values)]
    if not finite.size:
        return None
    low, high = float(finite.min()), float(finite.max())
    with np.errstate(all="ignore"):
        if not (np.isfinite(high - low) and high - low > 0):
            return Histogram(low, high, tuple(finite.size * (i == bins // 2) for i in range(bins)))
        places = np.minimum(((finite - low) / (high - low) * bins).astype(int), bins - 1)
    return Histogram(low, high, tuple(np.bincount(places, minlength=bins).tolist()))


def layer_health(computed: Pass, layer: int) -> LayerHealth:
    """Which units of a layer pass on hardly any of the error.

    If f′ cancels in δ, the outputs pass on all of it.
    """
    network = computed.network
    if layer == len(network.layers) and summed_cost(network).delta:
        return LayerHealth(layer, 0.0, (), ())
    output = "Y_hat" if layer == len(network.layers) else layer_output(layer).name
    slopes = network.activation_of(layer).derivative(computed[f"Z{layer}"])
    greatest = float(np.nanmax(network.activation_of(layer).derivative(np.linspace(-8.0, 8.0, 161))))
    with np.errstate(invalid="ignore"):
        is_flat = slopes < _FLAT * greatest
    always = is_flat.all(axis=0)
    silent = always & ~computed[output].any(axis=0)
    dead, saturated = (tuple((np.flatnonzero(which) + 1).tolist()) for which in (silent, always & ~silent))
    return LayerHealth(layer, float(is_flat.mean()), saturated, dead)


def relative_update(computed: Pass, name: str) -> float:
    """‖ΔW‖ / ‖W‖ of a parameter at the update; inf where the parameter is 0."""
    with np.errstate(all="ignore"):
        change = float(np.linalg.norm(computed[f"{name}_next"] - computed[name]))
        size = float(np.linalg.norm(computed[name]))
    if size:
        return change / size
    return float("inf") if change else 0.0
