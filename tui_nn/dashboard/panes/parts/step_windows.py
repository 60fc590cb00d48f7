"""How many rows of the data a step shows, if not all of them fit: as many as there is room for below its words."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple, TypeAlias

from textual.geometry import Size

from tui_nn.dashboard.panes.parts.step_layouts import Way, WindowWay
from tui_nn.dashboard.widgets.matrices.matrix_pieces import BoardRow

Around: TypeAlias = tuple[list[BoardRow], list[BoardRow]]
"""The words above the matrices and those below them."""

FEW_LINES = 5
"""A window has at least so many lines where there is room. A lesson with so many rows has no window."""
_FEWER_LINES = 3
_ONE_LINE = 1


class Texts(NamedTuple):
    """The words around the matrices, the roomiest first: for matrices with blank lines between them, and for any.

    ``tight`` are all words without a blank line, for windows. ``brief`` leaves out the cell worked out in numbers.
    """

    airy: Sequence[Around]
    dense: Sequence[Around]
    tight: Sequence[Around]
    brief: Sequence[Around]


class Windows:
    """The ways to lay out a step with windows of some lines. Tries no more of them than it needs.

    ``laid_out`` gives the step in one of the ways, with so many lines for the rows; ``size_of`` gives the size of its
    matrices.
    """

    def __init__(self, laid_out: Callable[[WindowWay, int], Way], size_of: Callable[[Way], Size], room: Size) -> None:
        self._laid_out = laid_out
        self._size_of = size_of
        self._room = room
        self._known: dict[tuple[WindowWay, int], tuple[Way, Size]] = {}

    def best(self, texts: Texts) -> tuple[Way, Around]:
        """The way with all words that fits, with as many rows as there is room for.

        Without such a way, it is one without the cell worked out; if that is too high as well, the lowest one.
        """
        with_all = [*self._candidates(texts.airy, [*texts.dense, *texts.tight])]
        brief = [*self._candidates([], texts.brief)]
        for candidates, least in (
            *((with_all, lines) for lines in (FEW_LINES, _FEWER_LINES, _ONE_LINE)),
            *((brief, lines) for lines in (_FEWER_LINES, _ONE_LINE)),
        ):
            for way, around in candidates:
                if self._fits(least, way, around):
                    return self._sized(self._most_lines(least, way, around), way)[0], around
        return self._sized(_ONE_LINE, WindowWay.PACKED)[0], [*texts.dense, *texts.brief][-1]

    @staticmethod
    def _candidates(airy: Iterable[Around], dense: Iterable[Around]) -> Iterator[tuple[WindowWay, Around]]:
        """The ways, with the words around them: the way to take if it fits comes first."""
        dense = [*dense]
        for way in WindowWay:
            yield from ((way, around) for around in (airy if way.is_airy else dense))

    def _most_lines(self, least: int, way: WindowWay, around: Around) -> int:
        most = self._room.height
        while least < most:
            middle = (least + most + 1) // 2
            if self._fits(middle, way, around):
                least = middle
            else:
                most = middle - 1
        return least

    def _fits(self, lines: int, way: WindowWay, around: Around) -> bool:
        size = self._sized(lines, way)[1]
        above, below = around
        return size.width <= self._room.width and size.height + len(above) + len(below) <= self._room.height

    def _sized(self, lines: int, way: WindowWay) -> tuple[Way, Size]:
        if (way, lines) not in self._known:
            laid_out = self._laid_out(way, lines)
            self._known[way, lines] = laid_out, self._size_of(laid_out)
        return self._known[way, lines]
