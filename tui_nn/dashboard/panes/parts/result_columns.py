"""The columns of the results: y as typed in, and the predictions and errors in its units."""

import math
from collections.abc import Iterable, Sequence

import numpy as np

from tui_nn.language import _
from tui_nn.network import UNKNOWN, Dataset
from tui_nn.network.model.array import Array
from tui_nn.network.model.classes import Classes, ClassNumbers
from tui_nn.writing.notation.number_format import Format, shortest_text

_SIGNIFICANT_DIGITS = 7
_LARGE = 1e7
_LEAST_WIDTH = 7
_LEAST_TYPED_WIDTH = 3


class ResultColumn:
    """A column of the results, with its numbers as typed in. ``values`` is None while they are not reached."""

    least_width = _LEAST_TYPED_WIDTH

    def __init__(self, head: str, values: Array | None, minus: str) -> None:
        self.head = head
        self._values = values
        self._minus = minus
        longest = 0
        if values is not None:
            longest = max(len(self._number_text(float(value))) for value in self._longest_of(values))
        self.width = max(self.least_width, len(head), longest)

    def _longest_of(self, values: Array) -> Iterable[float]:
        """Some of ``values``; where all are finite and below 1e7, one of them has the longest text."""
        return (values.max(), values.min(), *values[:200])

    def text(self, row: int) -> str:
        """The number in ``row``; "" while it is not reached."""
        return "" if self._values is None else self._number_text(float(self._values[row]))

    def _number_text(self, value: float) -> str:
        if not math.isfinite(value):
            return Format(0, scientific=False, width=0, minus=self._minus)(value)
        return self._finite_text(value)

    def _finite_text(self, value: float) -> str:
        return shortest_text(value).replace("-", self._minus)


class PredictionColumn(ResultColumn):
    """A column of one output's predictions or errors, written with seven significant digits of y."""

    def __init__(self, head: str, predictions: Array | None, output: int, data: Dataset, minus: str) -> None:
        largest = float(np.abs(data.y[:, output]).max())
        exponent = math.floor(math.log10(largest)) if largest else 0
        self._decimals = min(max(0, _SIGNIFICANT_DIGITS - 1 - exponent), _SIGNIFICANT_DIGITS)
        # A sign, the point and what is before it; one digit more where the predictions may well get one.
        self.least_width = max(_LEAST_WIDTH, self._decimals + (4 if exponent >= 0 else 3))
        super().__init__(head, None if predictions is None else predictions[:, output], minus)

    def _longest_of(self, values: Array) -> Iterable[float]:
        """The greatest and the least: with the same number of decimals, no number between them has a longer text."""
        extremes = float(values.max()), float(values.min())
        has_fixed_decimals = all(abs(value) < _LARGE for value in extremes)
        return extremes if has_fixed_decimals else super()._longest_of(values)

    def _finite_text(self, value: float) -> str:
        is_large = abs(value) >= _LARGE
        decimals = _SIGNIFICANT_DIGITS - 1 if is_large else self._decimals
        return Format(decimals, scientific=is_large, width=0, minus=self._minus)(value)


class ClassColumn(ResultColumn):
    """The class that a prediction means, as the number that y has. ``predicted`` is None while it is not reached."""

    def __init__(self, classes: Classes, predicted: ClassNumbers | None, minus: str) -> None:
        numbers = np.array([float(name) for name in classes.names])
        super().__init__(
            _("class"), None if predicted is None else np.where(predicted == UNKNOWN, np.nan, numbers[predicted]), minus
        )


def total_width(columns: Sequence[ResultColumn]) -> int:
    """How wide the columns are side by side, with a blank between two."""
    return sum(column.width + 1 for column in columns) - 1


def heading(columns: Sequence[ResultColumn]) -> str:
    """The heads of the columns, each at the right end of its column."""
    return " ".join(column.head.rjust(column.width) for column in columns)
