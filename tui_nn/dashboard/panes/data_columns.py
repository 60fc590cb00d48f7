"""A column of the data: its name, and its numbers as typed in and as scaled."""

import textwrap

import numpy as np
from rich.cells import cell_len, set_cell_size

from tui_nn.network.model.array import Array
from tui_nn.writing.notation.number_format import Format, unsigned_zero

HEADER_LINES = 2
"""How many lines a name has."""
LEAST_WIDTH = 4
"""How wide numbers as typed in are where there is room."""
_MOST_DECIMALS = 6


class DataColumn:
    """One column: its name on two lines, its numbers as typed in with their points below each other, and as scaled.

    The numbers as typed in take ``least`` cells of the screen, or more where they are longer.
    """

    def __init__(self, name: str, values: Array, scaled: Array, scaled_format: Format, least: int) -> None:
        self.name = name
        self.values = values
        self.scaled = scaled
        self.format = scaled_format
        self._decimals = next((d for d in range(_MOST_DECIMALS + 1) if (np.round(values, d) == values).all()), None)
        extremes = [self._written(float(value)) for value in (values.max(), values.min(), *values[:100])]
        self._typed_width = max(least, *map(len, extremes))
        self.width = self._typed_width + 1 + scaled_format.width

    def _written(self, value: float) -> str:
        value = unsigned_zero(value)
        if self._decimals is None or abs(value) >= 1e9:
            return f"{value:.6g}"
        return f"{value:.{self._decimals}f}"

    def typed(self, row: int) -> str:
        """The number as typed in."""
        return self._written(float(self.values[row])).replace("-", self.format.minus).rjust(self._typed_width)

    def heading(self, y: int, ellipsis: str) -> str:
        """One of the two lines of the name, cut with an ellipsis where two lines are too few."""
        lines = textwrap.wrap(self.name, self.width) or [""]
        if len(lines) > HEADER_LINES:
            lines[1] = set_cell_size(lines[1], self.width - 1).rstrip() + ellipsis
        text = lines[y] if y < len(lines) else ""
        return text + " " * (self.width - cell_len(text))
