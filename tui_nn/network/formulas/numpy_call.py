"""A formula that no right program has: whatever numpy code makes of one or two matrices."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.network.formulas.operands import Shape, Shapes, Values
from tui_nn.network.model.array import Array

if TYPE_CHECKING:
    from tui_nn.network.formulas.expression import Expression


@frozen_dataclass
class NumpyCall:
    """``function(of)``, or ``function(of, other)`` where ``other`` is not ``of``; the value has the shape of ``of``.

    ``function`` is a function of arrays. Where ``is_number`` is true, it gives a number: the value is a 1×1 matrix.
    """

    function: Callable[..., Any]
    of: "Expression"
    other: "Expression"
    is_number: bool = False

    def value(self, values: Values) -> Array:
        result: Array = self.function(*(one.value(values) for one in self.operands))
        return result.reshape(1, 1) if self.is_number else result

    @property
    def operands(self) -> tuple["Expression", ...]:
        """The matrices that the function is given."""
        return (self.of,) if self.other == self.of else (self.of, self.other)

    def shape(self, shapes: Shapes) -> Shape:
        shape = self.of.shape(shapes)
        return (1, 1) if self.is_number else shape


def call_of(
    function: Callable[..., Any], of: "Expression", other: "Expression | None" = None, *, is_number: bool = False
) -> NumpyCall:
    """What ``function`` makes of one matrix, or of two."""
    return NumpyCall(function, of, of if other is None else other, is_number)
