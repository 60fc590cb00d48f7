"""Finds the units whose z crosses the kink of f while a weight moves by ε: no slope of J can be measured there."""

from collections.abc import Iterator, Mapping
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.network.model.array import Array
from tui_nn.network.training.passes import Pass

Sides: TypeAlias = dict[int, NDArray[np.bool_]]
"""Whether z > 0 in each unit and row, shape (rows, units), by layer; only for layers whose f has a kink at 0."""


@frozen_dataclass
class Kink:
    """A unit whose z in one row crosses the kink of f between w − ε and w + ε. Unit and row are counted from 1.

    ``is_at_zero`` is true if z is exactly 0 at w.
    """

    layer: int
    unit: int
    row: int
    is_at_zero: bool


KINK_OF_PENALTY = Kink(layer=0, unit=0, row=0, is_at_zero=True)
"""The kink of |w| at w = 0, which the L1 penalty adds to J; it belongs to no unit and no row."""


def sides_of(computed: Pass, known: Mapping[str, Array]) -> Sides:
    """On which side of the kink each z among the matrices ``known`` is; the network is that of ``computed``."""
    network = computed.network
    layers = range(2, len(network.layers) + 1)
    return {layer: known[f"Z{layer}"] > 0 for layer in layers if network.activation_of(layer).has_kink}


def kinks_between(computed: Pass, at: Sides, above: Sides, below: Sides) -> Iterator[Kink]:
    """The units whose side of the kink ``above`` or ``below`` w differs from that ``at`` w, by layer, then by row."""
    for layer, sides in at.items():
        crossed = (sides != above[layer]) | (sides != below[layer])
        for row, unit in np.argwhere(crossed):
            is_at_zero = bool(computed[f"Z{layer}"][row, unit] == 0)
            yield Kink(layer, int(unit) + 1, int(row) + 1, is_at_zero)
