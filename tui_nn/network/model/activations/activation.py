"""What the lesson has to know of an activation."""

from collections.abc import Callable
from math import inf

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.network.model.activations.cell_function import ONE, ZERO, CellFunction, Operation
from tui_nn.network.model.activations.function import Function
from tui_nn.network.model.array import Array


@frozen_dataclass(eq=False)
class Activation(CellFunction):
    """f, which a unit applies to its z, and f′; `CellFunction` says what most fields mean.

    ``curvature`` is the least number c with |f″(z)| ≤ c · |f′(z)| at every real z, and at every complex z whose
    distance from a real one is below 1 / 2c; 0 if f is made of straight lines. It holds for each formula of f by
    itself. The checks also count on |f′(z)| ≤ 1, and on an f′ that only rises or only falls on each side of 0.
    ``reach`` is the greatest lower and the least upper bound of f(z).
    ``mixes_units`` is true if f of a unit depends on the z of all units of its row, as softmax does; all others work on
    each cell of Z by itself. Then f′ is the slope of each unit's f by its own z.
    """

    name: str
    compile: Callable[[Array, Array, Array, Array], tuple[Operation, ...]]
    formula: Function
    slope: Function
    derivation: tuple[Function, ...]
    curvature: float
    computed: tuple[Function, Function] | None = None
    kinks: tuple[float, ...] = ()
    reach: tuple[float, float] = (-inf, inf)
    mixes_units: bool = False


__all__ = ["ONE", "ZERO", "Activation", "Operation"]
