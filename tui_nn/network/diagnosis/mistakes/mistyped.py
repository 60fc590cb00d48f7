"""A function of z with a slip in its definition, and the function that is meant."""

from collections.abc import Callable
from typing import Any

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.network.model.array import Array


@frozen_dataclass
class Mistyped:
    """``function`` stands in the program where ``meant`` belongs: f of an activation, or f′ if ``is_derivative``."""

    function: Callable[[Array], Any]
    meant: Callable[[Array], Any]
    is_derivative: bool

    def __call__(self, z: Array) -> Any:
        """What the program computes of z, in the shape of z."""
        return self.function(z)
