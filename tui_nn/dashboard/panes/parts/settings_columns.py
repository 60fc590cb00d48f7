"""Where each setting stands: in groups below each other, in as few columns as the height of the pane allows."""

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from textual.geometry import Offset, Size

_BETWEEN_COLUMNS = 4
_AFTER_LABEL = 2


class SettingGroup(NamedTuple):
    """Settings that belong together: their title, and for each its label and the columns that its value may need."""

    title: str
    settings: Sequence[tuple[str, int]]

    @property
    def height(self) -> int:
        """The title and a line for each setting."""
        return 1 + len(self.settings)


class SettingsColumns:
    """The places of the titles, the labels and the values of ``groups`` in a pane of a size.

    The settings are counted through all groups, from 0.
    """

    def __init__(self, groups: Sequence[SettingGroup], size: Size) -> None:
        columns = _fewest_columns(groups, size)
        self.height = max(map(_height, columns))
        self.titles: list[tuple[str, Offset]] = []
        """The title of each group, and where it begins."""
        self.labels: list[Offset] = []
        """Where the label of each setting begins."""
        self.values: list[Offset] = []
        """Where the value of each setting begins."""
        self.value_widths: list[int] = []
        """The columns that each value may take before it pushes what is beside it."""
        x = 0
        for column in columns:
            self._place(column, x)
            x += _width(column) + _BETWEEN_COLUMNS

    def _place(self, column: Sequence[SettingGroup], x: int) -> None:
        y, labels = 0, _label_width(column)
        for group in column:
            self.titles.append((group.title, Offset(x, y)))
            for line, (_, width) in enumerate(group.settings, start=y + 1):
                self.labels.append(Offset(x, line))
                self.values.append(Offset(x + labels, line))
                self.value_widths.append(width)
            y += group.height + 1


def _fewest_columns(groups: Sequence[SettingGroup], size: Size) -> list[Sequence[SettingGroup]]:
    """The groups in the fewest columns that are low enough; if none are, in the most that are narrow enough."""
    best: list[Sequence[SettingGroup]] = [groups]
    for count in range(1, len(groups) + 1):
        columns = min(_partitions(groups, count), key=lambda parts: max(map(_height, parts)))
        if sum(map(_width, columns)) + _BETWEEN_COLUMNS * (count - 1) > size.width:
            break
        best = columns
        if max(map(_height, columns)) <= size.height:
            break
    return best


def _partitions(groups: Sequence[SettingGroup], count: int) -> Iterator[list[Sequence[SettingGroup]]]:
    """Every way to part the groups into so many columns, in their order."""
    for cuts in combinations(range(1, len(groups)), count - 1):
        ends = (*cuts, len(groups))
        yield [groups[first:end] for first, end in zip((0, *cuts), ends, strict=True)]


def _height(column: Sequence[SettingGroup]) -> int:
    """The lines of the groups, and a blank one between two."""
    return sum(group.height for group in column) + len(column) - 1


def _label_width(column: Sequence[SettingGroup]) -> int:
    return _AFTER_LABEL + max(len(label) for group in column for label, _ in group.settings)


def _width(column: Sequence[SettingGroup]) -> int:
    return _label_width(column) + max(width for group in column for _, width in group.settings)
