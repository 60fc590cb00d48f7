"""Where the units of a drawn network stand, and how much of each is shown."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from enum import Enum, auto

from textual.geometry import Region, Size

from tui_nn.dashboard.widgets.network.edge_numbers import MOST_NUMBERED, are_few, are_used, columns_of_numbers
from tui_nn.dashboard.widgets.network.network_parts import DrawnEdge, DrawnLayer, DrawnUnit, EdgesFrom
from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.language import _
from tui_nn.network.formulas.diagram import Unit


class UnitForm(Enum):
    """How a unit is drawn."""

    BOX = "a box with its name and all its numbers"
    PAIR = "its name, and a number below it"
    NUMBER = "its name, and a number beside it"
    NAME = "its name"


@frozen_dataclass
class UnitPlace:
    """A unit, how it is drawn, and the columns and lines that it takes."""

    drawn: DrawnUnit
    form: UnitForm
    region: Region


@frozen_dataclass
class WordPlace:
    """A text that says how many units or layers are left out, and where it begins."""

    text: str
    x: int
    y: int


class _Detail(Enum):
    """How much all units show."""

    BOXES = auto()
    NUMBERS = auto()
    NUMBERS_AND_INPUT_NAMES = auto()
    NAMES = auto()

    def of(self, drawn: DrawnUnit) -> "_Detail":
        """How much one of the units shows."""
        if self is not _Detail.NUMBERS_AND_INPUT_NAMES:
            return self
        return _Detail.NAMES if drawn.unit.layer == 1 else _Detail.NUMBERS


_LEAST_GAPS = {
    _Detail.BOXES: 9,
    _Detail.NUMBERS: 4,
    _Detail.NUMBERS_AND_INPUT_NAMES: 4,
    _Detail.NAMES: 8,
}
"""The least number of columns between two layers. The layout takes the first detail for which all layers fit."""
_BOX_WIDTH = 11


@frozen_dataclass
class _UnitItem:
    """A unit in its column, and the room that it takes there."""

    drawn: DrawnUnit
    form: UnitForm
    width: int
    height: int


@frozen_dataclass
class _WordItem:
    """A text in a column, in the place of the units that are left out."""

    text: str
    height: int = 1

    @property
    def width(self) -> int:
        return len(self.text)


class NetworkLayout:
    """The places of all units that are drawn, and of the words for those that are left out.

    If not all layers fit beside each other, those around ``layer`` are drawn.
    """

    def __init__(
        self,
        layers: Sequence[DrawnLayer],
        edges_from: EdgesFrom,
        size: Size,
        *,
        layer: int,
        ellipsis: str,
    ) -> None:
        self._layers = layers
        self._edges_from = edges_from
        self._size = size
        self._ellipsis = ellipsis
        self.places: dict[Unit, UnitPlace] = {}
        self.words: list[WordPlace] = []
        detail, shown = self._detail(layer)
        self._place(detail, shown)
        self._say_which_layers_are_left_out(shown)

    def _place(self, detail: _Detail, shown: range) -> None:
        columns = [self._items(layer, detail, is_steady=True) for layer in shown]
        with_numbers = [self._gap(layer, detail, are_few) for layer in shown[:-1]]
        if sum(map(_width_of, columns)) + sum(with_numbers) > self._size.width:
            columns = [self._items(layer, detail, is_steady=False) for layer in shown]
        widths = [_width_of(column) for column in columns]
        room = self._size.width - sum(widths)
        wanted = [self._gap(layer, detail, are_used) for layer in shown[:-1]]
        # Equal gaps if they are wide enough: then nothing moves from step to step.
        is_even = not wanted or max(wanted) * len(wanted) <= room
        gaps = [0] * len(wanted) if is_even else wanted
        more = (room - sum(gaps)) / max(1, len(gaps))
        x = 0.0
        for column, width, gap in zip(columns, widths, [*gaps, 0], strict=True):
            self._place_column(column, min(max(0, round(x)), max(0, self._size.width - width)), width)
            x += width + gap + more

    def _gap(self, layer: int, detail: _Detail, need_room: Callable[[Sequence[DrawnEdge]], bool]) -> int:
        """The columns wanted right of a layer: more if ``need_room`` says that its edges have numbers."""
        before, after = ([one.unit for one in shown.units] for shown in self._layers[layer : layer + 2])
        if len(before) * sum(not unit.is_bias for unit in after) > MOST_NUMBERED:
            # So many edges have no numbers.
            return _LEAST_GAPS[detail]
        edges = [*self._edges_from(layer + 1).values()]
        return max(_LEAST_GAPS[detail], columns_of_numbers(edges) if need_room(edges) else 0)

    def _detail(self, layer: int) -> tuple[_Detail, range]:
        """How much the units show, so that all layers fit beside each other; if none fits, as many layers as do.

        Where units have no room for boxes, they show less if the numbers at the edges need their room.
        """
        count = len(self._layers)
        every = range(count)
        widths = {
            detail: sum(max(_item(one, detail).width for one in layer.units) for layer in self._layers)
            for detail in _LEAST_GAPS
        }
        fitting = [
            detail for detail, gap in _LEAST_GAPS.items() if widths[detail] + gap * (count - 1) <= self._size.width
        ]
        if fitting and fitting[0] is not _Detail.BOXES:
            with_numbers = (
                detail
                for detail in fitting
                if widths[detail] + sum(self._gap(layer, detail, are_used) for layer in every[:-1]) <= self._size.width
            )
            return next(with_numbers, fitting[0]), every
        if fitting:
            return _Detail.BOXES, every
        gap = _LEAST_GAPS[_Detail.NUMBERS]
        widest = max(_item(one, _Detail.NUMBERS).width for layer in self._layers for one in layer.units)
        shown = max(2, (self._size.width + gap) // (widest + gap))
        first = min(max(0, layer - 1 - shown // 2), max(0, count - shown))
        return _Detail.NUMBERS, range(first, min(count, first + shown))

    def _items(self, layer: int, detail: _Detail, *, is_steady: bool) -> list[_UnitItem | _WordItem]:
        """What stands in the column of a layer, from the top; if ``is_steady``, with the same width at every step."""
        drawn = self._layers[layer]
        units = _with_names_of_one_width(drawn.units)
        items = [_item(one, detail, is_steady=is_steady) for one in units]
        others = bool(drawn.above) + bool(drawn.below)
        if detail is _Detail.BOXES and sum(item.height for item in items) + others > self._size.height:
            items = [_item(one, _Detail.NUMBERS, is_steady=is_steady) for one in units]
        return [*self._more(drawn.above), *items, *self._more(drawn.below)]

    def _more(self, count: int) -> list[_WordItem]:
        """The line that says how many units are left out; none if no unit is."""
        return [_WordItem(f"{self._ellipsis} " + _("{count} more", count=count))] if count else []

    def _place_column(self, column: Sequence[_UnitItem | _WordItem], x: int, width: int) -> None:
        room = (self._size.height - sum(item.height for item in column)) / max(1, len(column))
        y = room / 2
        for item in column:
            top = max(0, round(y))
            if isinstance(item, _WordItem):
                self.words.append(WordPlace(item.text, x, top))
            else:
                left = x + width - item.width if item.form is UnitForm.NAME else x
                region = Region(left, top, item.width, item.height)
                self.places[item.drawn.unit] = UnitPlace(item.drawn, item.form, region)
            y += item.height + room

    def _say_which_layers_are_left_out(self, shown: range) -> None:
        before, after = shown.start, len(self._layers) - shown.stop
        if before:
            self.words.append(WordPlace(_("{count} more", count=before) + f" {self._ellipsis}", 0, 0))
        if after:
            text = f"{self._ellipsis} " + _("{count} more", count=after)
            self.words.append(WordPlace(text, max(0, self._size.width - len(text)), self._size.height - 1))


def _width_of(column: Sequence[_UnitItem | _WordItem]) -> int:
    return max((item.width for item in column), default=0)


def _item(drawn: DrawnUnit, detail: _Detail, *, is_steady: bool = False) -> _UnitItem:
    """A unit drawn in this detail, and its size; if ``is_steady``, the size is the same at every step."""
    main = drawn.main
    match detail.of(drawn):
        case _Detail.BOXES if drawn.delta:
            return _UnitItem(drawn, UnitForm.BOX, _box_width(drawn), 2 + len(drawn.numbers))
        case _Detail.BOXES if main:
            return _UnitItem(drawn, UnitForm.PAIR, max(len(drawn.name), main.number.room), 2)
        case _Detail.NUMBERS if main:
            room = main.steady_room if is_steady else main.number.room
            return _UnitItem(drawn, UnitForm.NUMBER, len(main.name) + 1 + room, 1)
        case _:
            return _UnitItem(drawn, UnitForm.NAME, len(drawn.name), 1)


def _box_width(drawn: DrawnUnit) -> int:
    numbers = max((len(one.symbol) + 1 + one.room for one in drawn.numbers), default=0)
    lower = 2 + drawn.delta.room if drawn.delta else 0
    return max(_BOX_WIDTH, numbers + 2, lower + 2)


def _with_names_of_one_width(units: Sequence[DrawnUnit]) -> list[DrawnUnit]:
    """The units, with blanks behind shorter names, so that their numbers stand below each other."""
    width = max((len(one.main.name) for one in units if one.main), default=0)
    return [replace(one, main=replace(one.main, name=one.main.name.ljust(width))) if one.main else one for one in units]
