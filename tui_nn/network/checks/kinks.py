"""Finds the units and errors that cross a kink while a weight moves by ε: no slope of J can be measured there.

At a kink, one formula of a unit's f, or of h in a cost Σ h(y − ŷ), ends and another begins.
"""

from collections.abc import Iterator, Mapping
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.network.formulas.costs import summed_cost
from tui_nn.network.model.array import Array
from tui_nn.network.training.passes import Pass

Sides: TypeAlias = dict[int, NDArray[np.intp]]
"""How many kinks are below each z, shape (rows, units), by layer; only for layers whose f has a kink.

If the h of the cost has a kink, those below each error stand under `OF_ERRORS`.
"""
OF_ERRORS = 0
"""What stands for the layer where a kink is that of the cost."""


@frozen_dataclass
class Kink:
    """A unit whose z in one row crosses a kink of f between w − ε and w + ε. Unit and row are counted from 1.

    Where ``layer`` is `OF_ERRORS`, the error of an output crosses a kink of the cost. ``place`` is the z or the error
    at which the kink is. ``is_met`` is true if z or the error is exactly there at w.
    """

    layer: int
    unit: int
    row: int
    is_met: bool
    place: float = 0.0


KINK_OF_PENALTY = Kink(layer=0, unit=0, row=0, is_met=True)
"""The kink of |w| at w = 0, which the L1 penalty adds to J; it belongs to no unit and no row."""


def sides_of(computed: Pass, known: Mapping[str, Array]) -> Sides:
    """On which side of the kinks each z and each error lies; ``known`` has the matrices to compute them from."""
    return {layer: _side(kinks, numbers) for layer, kinks, numbers in _with_kinks(computed, known)}


def kinks_between(computed: Pass, at: Sides, above: Sides, below: Sides) -> Iterator[Kink]:
    """The units that are on another side of a kink at w + ε or at w − ε than at w, by layer, then by row."""
    for layer, kinks, numbers in _with_kinks(computed, computed.matrices):
        crossed = (at[layer] != above[layer]) | (at[layer] != below[layer])
        for row, unit in np.argwhere(crossed):
            number = float(numbers[row, unit])
            place = min(kinks, key=lambda kink: abs(kink - number))
            yield Kink(layer, int(unit) + 1, int(row) + 1, number == place, place)


def _with_kinks(computed: Pass, known: Mapping[str, Array]) -> Iterator[tuple[int, tuple[float, ...], Array]]:
    """Each layer whose f has kinks, with these and its Z; then the errors, if the cost has kinks."""
    network = computed.network
    for layer in range(2, len(network.layers) + 1):
        if kinks := network.activation_of(layer).kinks:
            yield layer, kinks, known[f"Z{layer}"]
    over_errors = summed_cost(network).over_errors
    if over_errors and over_errors.function.kinks:
        yield OF_ERRORS, over_errors.function.kinks, over_errors.errors(known)


def _side(kinks: tuple[float, ...], numbers: Array) -> NDArray[np.intp]:
    side: NDArray[np.intp] = np.sum([numbers > kink for kink in kinks], axis=0)
    return side
