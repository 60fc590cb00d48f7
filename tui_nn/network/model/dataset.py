"""The data as typed in, and as the network sees it."""

from functools import cached_property
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.language import _, pgettext
from tui_nn.network.model.array import Array, frozen
from tui_nn.network.model.classes import Classes, classes_of
from tui_nn.network.model.derived_inputs import DERIVED, Formula, check_values, parse_derived, values
from tui_nn.network.model.errors import ValidationError
from tui_nn.network.model.scalings import COLUMN_MAX, NO_SCALING, Scaling, divisors, shifts


@frozen_dataclass(eq=False)
class DataRows:
    """Some rows of the data as the network sees them: X and Y, and the ``numbers`` of the rows, counted from 0."""

    X: Array
    Y: Array
    numbers: NDArray[np.intp]

    @property
    def rows(self) -> int:
        """How many rows these are."""
        return len(self.X)


@frozen_dataclass(eq=False)
class Dataset:
    """N rows of inputs x and outputs y in their own units, the columns' names, and how they are scaled.

    x has the shape (N, given inputs), y the shape (N, outputs). ``derived`` are the formulas of further inputs, which
    stand after the given ones; a list of divisors has none for them, and divides them by 1. ``test_rows`` are the rows,
    counted from 1, that are kept back for a test: the network never trains on them, and the scalings are those of the
    other rows. Raises `ValidationError` where shapes, names or divisors disagree, where a number is not finite, where a
    test row is not there, is named twice or leaves no row to train on, and where a formula can't be understood or
    computed.
    """

    x: Array
    y: Array
    x_names: tuple[str, ...]
    y_names: tuple[str, ...]
    x_scaling: Scaling = COLUMN_MAX
    y_scaling: Scaling = NO_SCALING
    test_rows: tuple[int, ...] = ()
    derived: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "x", frozen(self.x))
        object.__setattr__(self, "y", frozen(self.y))
        for key, table, names in (("x", self.x, self.x_names), ("y", self.y, self.y_names)):
            if table.ndim != 2 or 0 in table.shape:
                expected = _("at least one row and one column of numbers")
                raise ValidationError(key, _("of shape {shape}", shape=table.shape), expected)
            if not np.isfinite(table).all():
                row, column = (int(i) + 1 for i in np.argwhere(~np.isfinite(table))[0])
                number = table[row - 1, column - 1]
                found = _("{number} in row {row}, column {column}", number=number, row=row, column=column)
                raise ValidationError(key, found, _("finite numbers only"))
            if len(names) != table.shape[1]:
                expected = _("{names} names, one for each column of {table}", names=table.shape[1], table=key)
                raise ValidationError(f"{key}_names", _("a list of {length}", length=len(names)), expected)
            if len(set(names)) != len(names):
                found, expected = _("a list with the same name twice"), _("a different name for each column")
                raise ValidationError(f"{key}_names", found, expected)
        if len(self.x) != len(self.y):
            found = pgettext("found", "{rows} rows", rows=len(self.y))
            raise ValidationError("y", found, _("{rows}, as x has", rows=len(self.x)))
        self._check_test_rows()
        if len(set(self.input_names)) != self.inputs:
            twice = next(text for text in self.derived if self.input_names.count(text) > 1)
            says = _("The input {formula} is there already.", formula=twice)
            raise ValidationError(DERIVED, _("the same input twice"), _("each input once"), says)
        self.check_derived(self.x)
        # Computes them now, so that a divisor of 0 is refused here.
        _computed = self.x_divisors, self.y_divisors, self.X, self.Y

    def _check_test_rows(self) -> None:
        for row in self.test_rows:
            if not 1 <= row <= self.rows:
                says = _("Row {row} can't be a test row: the rows are 1 to {last}.", row=row, last=self.rows)
                expected = _("rows from 1 to {last}", last=self.rows)
                raise ValidationError("test_rows", _("row {row}", row=row), expected, says)
        if len(set(self.test_rows)) != len(self.test_rows):
            says = _("A test row is named twice; name each once.")
            raise ValidationError("test_rows", _("a list with the same row twice"), _("each row once"), says)
        if len(self.test_rows) == self.rows:
            says = _("All rows would be kept back for a test. Leave at least one to train on.")
            expected = _("at least one row that is trained on")
            raise ValidationError("test_rows", _("every row of the data"), expected, says)

    @property
    def rows(self) -> int:
        """The number of all rows, those for a test among them."""
        return len(self.x)

    @cached_property
    def training_rows(self) -> NDArray[np.intp]:
        """The rows that the network trains on, counted from 0, in their order."""
        trained = np.ones(self.rows, dtype=np.bool_)
        trained[[row - 1 for row in self.test_rows]] = False
        return np.flatnonzero(trained)

    def _of_training(self, table: Array) -> Array:
        return table[self.training_rows] if self.test_rows else table

    @cached_property
    def training(self) -> DataRows:
        """The rows that the network trains on."""
        if not self.test_rows:
            return DataRows(self.X, self.Y, self.training_rows)
        return self.chosen(self.training_rows)

    @cached_property
    def test(self) -> DataRows:
        """The rows kept back for a test, in their order; none by default."""
        return self.chosen(np.array(sorted(self.test_rows), dtype=np.intp) - 1)

    def chosen(self, numbers: NDArray[np.intp]) -> DataRows:
        """The rows with these ``numbers``, counted from 0, in their order there."""
        return DataRows(frozen(self.X[numbers]), frozen(self.Y[numbers]), numbers)

    @property
    def given_inputs(self) -> int:
        """The number of columns of x."""
        return int(self.x.shape[1])

    @property
    def inputs(self) -> int:
        """The number of columns of X: those of x, and the derived ones."""
        return self.given_inputs + len(self.derived)

    @property
    def input_names(self) -> tuple[str, ...]:
        """The names of the columns of X: those of x, then the formulas of the derived ones."""
        return (*self.x_names, *self.derived)

    @cached_property
    def formulas(self) -> tuple[Formula, ...]:
        """The formulas of the derived inputs."""
        return tuple(parse_derived(text, self.x_names) for text in self.derived)

    @cached_property
    def all_x(self) -> Array:
        """The rows x with the derived columns behind the given ones, in their own units, shape (N, inputs)."""
        return frozen(self.with_derived(self.x))

    def with_derived(self, x: Array) -> Array:
        """Rows x, shape (rows, given inputs), with the derived columns behind them; inf or nan where they fail."""
        return np.column_stack((x, *(values(formula, x) for formula in self.formulas))) if self.derived else x

    def check_derived(self, x: Array) -> None:
        """Raises `ValidationError` if a derived input of rows x, shape (rows, given inputs), is no finite number."""
        for text, formula in zip(self.derived, self.formulas, strict=True):
            check_values(text, formula, x)

    @property
    def scaling_of_inputs(self) -> Scaling:
        """The scaling of the columns of X: a list of divisors has 1 for each derived column."""
        return self.x_scaling if isinstance(self.x_scaling, str) else tuple(self.x_divisors.tolist())

    @property
    def outputs(self) -> int:
        """The number of columns of y."""
        return int(self.y.shape[1])

    @cached_property
    def x_divisors(self) -> Array:
        """What each column of x is divided by, shape (inputs,)."""
        if isinstance(self.x_scaling, str):
            return divisors("x_scaling", self.x_scaling, self._of_training(self.all_x), self.input_names, 1)
        given = divisors("x_scaling", self.x_scaling, self.x, self.x_names, 1)
        return frozen(np.concatenate((given, np.ones(len(self.derived)))))

    @cached_property
    def y_divisors(self) -> Array:
        """What each column of y is divided by, shape (outputs,)."""
        return divisors("y_scaling", self.y_scaling, self._of_training(self.y), self.y_names, 1 + self.inputs)

    @cached_property
    def x_shifts(self) -> Array:
        """What is subtracted from each column of x before it is divided, shape (inputs,)."""
        return shifts(self.x_scaling, self._of_training(self.all_x))

    @cached_property
    def y_shifts(self) -> Array:
        """What is subtracted from each column of y before it is divided, shape (outputs,)."""
        return shifts(self.y_scaling, self._of_training(self.y))

    @cached_property
    def X(self) -> Array:
        """X as the network sees it, shape (N, inputs). Source: the lecture's ``t(t(x) / apply(x, 2, max))``."""
        return _finite("x", _scaled(self.all_x, self.x_shifts, self.x_divisors))

    @cached_property
    def Y(self) -> Array:
        """Y as the network sees it, shape (N, outputs). Source: the lecture's ``y / 100``."""
        return _finite("y", _scaled(self.y, self.y_shifts, self.y_divisors))

    @cached_property
    def classes(self) -> Classes | None:
        """The classes of the rows; None if y does not say to which class a row belongs."""
        return classes_of(self.y, self.y_names)

    def scaled(self, x: Array) -> Array:
        """Rows ``x`` in their own units, shape (rows, given inputs), as the network sees them, shape (rows, inputs).

        They are scaled as the rows of this data are. Numbers that are too large for that become inf, and derived inputs
        that can't be computed inf or nan.
        """
        return _scaled(self.with_derived(x), self.x_shifts, self.x_divisors)

    def in_units(self, Y_hat: Array) -> Array:
        """Outputs of the network, shape (…, outputs), in the units of y."""
        with np.errstate(over="ignore"):
            return Y_hat * self.y_divisors + self.y_shifts


RowData: TypeAlias = Dataset | DataRows
"""Rows to compute with: all rows of the data, or some of them."""


def _scaled(table: Array, shifts: Array, divisors: Array) -> Array:
    """(x − shift) / divisor in each column, shape (rows, columns); inf where that is too large."""
    with np.errstate(all="ignore"):
        return np.asarray((table - shifts) / divisors)


def _finite(key: str, scaled: Array) -> Array:
    if not np.isfinite(scaled).all():
        expected = _("divisors that keep the quotients finite")
        raise ValidationError(f"{key}_scaling", _("too small for these numbers"), expected)
    return frozen(scaled)
