"""What the drawing of a network is made of: units, edges, and their numbers as texts."""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import TypeAlias

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.network.formulas.diagram import Edge, Unit
from tui_nn.network.formulas.scalar_expression import Cell


@frozen_dataclass
class ShownNumber:
    """A number as the drawing writes it: its symbol, its text, its cell and its style.

    While ``text`` is still a dot, ``width`` is the room that the number will need: nothing moves when it comes.
    ``mark`` stands right before the number if a student's number differs from it.
    """

    symbol: str
    text: str
    cell: Cell
    style: str = ""
    width: int = 0
    mark: str = ""

    @property
    def marked_text(self) -> str:
        """The number behind its mark, if it has one."""
        return self.mark + self.text

    @property
    def room(self) -> int:
        """The columns that it takes."""
        return max(self.width, len(self.text))


@frozen_dataclass
class MainNumber:
    """The number of a unit that stands where there is room for one, under its own name: z1, a1, ŷ1 or δ1.

    ``steady_room`` is how many columns the unit's numbers need at any step. With so much room, no step moves it.
    """

    number: ShownNumber
    name: str
    steady_room: int


@frozen_dataclass
class DrawnUnit:
    """A unit: its name, its numbers from top to bottom, and δ, which stands in the lower rule of its box.

    ``class_sign`` stands behind the name of its box, if an output stands for a class. ``is_current`` marks the units of
    this step.
    """

    unit: Unit
    name: str
    numbers: tuple[ShownNumber, ...]
    delta: ShownNumber | None = None
    main: MainNumber | None = None
    class_sign: str = ""
    is_current: bool = False
    is_selected: bool = False


@frozen_dataclass
class DrawnLayer:
    """The units of a layer that are shown, from top to bottom; how many are left out above and below them."""

    units: Sequence[DrawnUnit]
    above: int = 0
    below: int = 0


@frozen_dataclass
class DrawnEdge:
    """An edge: how thick it is (1 to 3 dots), whether its weight is negative, and its style.

    ``write`` gives its number. ``flows`` is 1 where numbers go forwards over it at this step, −1 where they go
    backwards, else 0.
    """

    edge: Edge
    write: Callable[[Edge], ShownNumber]
    thickness: int
    is_negative: bool
    style: str
    flows: int = 0
    is_selected: bool = False

    @cached_property
    def number(self) -> ShownNumber:
        """Its number, written when somebody asks for it: most pictures have no room for those of hundreds of edges."""
        return self.write(self.edge)


EdgesFrom: TypeAlias = Callable[[int], Mapping[Edge, DrawnEdge]]
"""Gives the drawn edges from a layer, counted from 1, to the next one."""
