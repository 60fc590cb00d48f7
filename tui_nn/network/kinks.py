"""Where a weight that moves by ε takes a unit over the kink of its f: there J has no slope to be measured."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from tui_nn.network.array import Array
from tui_nn.network.passes import Pass

Sides: TypeAlias = dict[int, NDArray[np.bool_]]
"""Where z > 0 in each layer whose f has a kink at 0, by the layer's number; each of shape (rows, units)."""


@dataclass(frozen=True)
class Kink:
    """A unit whose z lies on different sides of relu's kink at w − ε, w and w + ε, in one row; both count from 1.

    ``is_at_zero`` where z is exactly 0 at w.
    """

    layer: int
    unit: int
    row: int
    is_at_zero: bool


def sides_of(computed: Pass, known: Mapping[str, Array]) -> Sides:
    """Where z > 0 in each layer whose f has a kink at 0: by the layer's number, shape (rows, units)."""
    network = computed.network
    layers = range(2, len(network.layers) + 1)
    return {layer: known[f"Z{layer}"] > 0 for layer in layers if network.activation_of(layer).has_kink}


def kinks_between(computed: Pass, at: Sides, above: Sides, below: Sides) -> Iterator[Kink]:
    """The units that lie on another side ``above`` or ``below`` than ``at`` the weight, layer by layer, row by row."""
    for layer, sides in at.items():
        crossed = (sides != above[layer]) | (sides != below[layer])
        for row, unit in np.argwhere(crossed):
            is_at_zero = bool(computed[f"Z{layer}"][row, unit] == 0)
            yield Kink(layer, int(unit) + 1, int(row) + 1, is_at_zero)
