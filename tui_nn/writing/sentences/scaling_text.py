"""Says what a scaling does to the numbers of a column, and where its shift and its divisor come from."""

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.language import _
from tui_nn.network import COLUMN_ABS_MAX, COLUMN_MAX, MIN_MAX, NO_SCALING, STANDARDISE, Dataset, Scaling
from tui_nn.network.formulas.scalar_expression import Cell
from tui_nn.writing.notation.number_format import shortest_text
from tui_nn.writing.notation.signs import Notation


@frozen_dataclass
class _ScalingText:
    """What a named scaling does, in a line, and the sentence about the numbers in the formula of a cell.

    ``unscaled`` takes the place of that sentence in a column that can only be divided by 1. {x} stands for the table, x
    or y, and {divisor} for the divisor of the column.
    """

    does: str
    numbers: str = ""
    unscaled: str = ""


_ALL_THE_SAME = _("The numbers of its column are all the same, so they are divided by 1.")
_TEXTS = {
    NO_SCALING: _ScalingText(_("{x} as typed in")),
    COLUMN_MAX: _ScalingText(
        _("each column of {x} divided by its greatest number"), _("{divisor} is the greatest number of its column.")
    ),
    COLUMN_ABS_MAX: _ScalingText(
        _("each column of {x} divided by its greatest |{x}|, if not 0"),
        _("{divisor} is the greatest |{x}| of its column."),
        _("Its column is 0 everywhere, so it is divided by 1."),
    ),
    MIN_MAX: _ScalingText(
        _("({x} − min) / (max − min) in each column: from 0 to 1"),
        _("min and max are the least and the greatest number of its column."),
        _ALL_THE_SAME,
    ),
    STANDARDISE: _ScalingText(
        _("({x} − mean) / sd in each column: mean 0, sd 1"),
        _("mean and sd are those of its column; sd divides by the number of rows less 1."),
        _ALL_THE_SAME,
    ),
}


def scaling_meaning(table: str, scaling: Scaling) -> str:
    """What ``scaling`` does to the columns of ``table``, x or y, in a line."""
    if isinstance(scaling, str):
        return _TEXTS[scaling].does.format(x=table) if scaling in _TEXTS else ""
    if len(scaling) > 1:
        return _("{table} divided by a number for each column", table=table)
    return _("{table} divided by a number", table=table)


def scaled_cell_sentence(dataset: Dataset, cell: Cell, notation: Notation) -> str:
    """Where the shift and the divisor of a cell of X or Y come from; "" where they are typed in, or there are none."""
    scaling, divisors, table = (
        (dataset.x_scaling, dataset.x_divisors, dataset.all_x)
        if cell.name == "X"
        else (dataset.y_scaling, dataset.y_divisors, dataset.y)
    )
    if not isinstance(scaling, str) or scaling not in _TEXTS:
        return ""
    column, text = table[:, cell.column - 1], _TEXTS[scaling]
    is_unscaled = not column.any() if scaling == COLUMN_ABS_MAX else bool((column == column[0]).all())
    divisor = shortest_text(float(divisors[cell.column - 1])).replace("-", notation.minus)
    says = text.unscaled if is_unscaled and text.unscaled else text.numbers
    return says.format(x=cell.name.lower(), divisor=divisor)
