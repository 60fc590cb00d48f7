"""The runs beside the one shown."""

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.network import Pass
from tui_nn.network.model.array import Array


@frozen_dataclass(eq=False)
class OtherRun:
    """A run beside the one shown: its name, its costs as far as they are computed, and the run itself."""

    name: str
    costs: Array
    run: object


@frozen_dataclass(eq=False)
class RunComparison:
    """The run that the one shown is compared with.

    ``fork`` is the iteration where it left its parent. ``computed`` is its pass at the iteration shown, or None until
    that is computed.
    """

    name: str
    fork: int
    computed: Pass | None
