"""What the lesson has to know of a function h whose values, h(y − ŷ) for each cell, add up to J."""

from collections.abc import Callable

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.network.model.activations.cell_function import CellFunction, Operation
from tui_nn.network.model.activations.function import Function
from tui_nn.network.model.array import Array


@frozen_dataclass(eq=False)
class CostOfError(CellFunction):
    """h(e), what an error e = y − ŷ adds to J, and its slope h′(e); `CellFunction` says what most fields mean.

    In ``formula``, ``slope`` and ``derivation``, z is the error; the screen writes e for it. ``name`` is a word: the
    screen and the exported programs call h by it.
    ``curvature`` is the least number c with |h″(e)| ≤ c at every real e, and at every complex e whose distance from a
    real one is at most ½, for each of h's formulas by itself. The checks also count on an h that is 0 at 0, that falls
    nowhere above 0 and rises nowhere below it, and whose slope never falls as e grows (h is convex).
    """

    name: str
    compile: Callable[[Array, Array, Array, Array], tuple[Operation, ...]]
    formula: Function
    slope: Function
    derivation: tuple[Function, ...]
    curvature: float
    computed: tuple[Function, Function] | None = None
    kinks: tuple[float, ...] = ()
