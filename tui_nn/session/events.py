"""Everything that can happen in a lesson. Rows and columns are counted from 1, as people do."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

Table: TypeAlias = Literal["x", "y"]
Setting: TypeAlias = str | bool | int | float | tuple[int, ...] | tuple[float, ...]


@dataclass(frozen=True)
class Moved:
    """The lesson went to a step, by its name, of an iteration."""

    iteration: int
    step: str


@dataclass(frozen=True)
class ChartChosen:
    """The cost's axis: a name of `state.CHARTS`."""

    chart: str


@dataclass(frozen=True)
class CellSet:
    """A number of the data, in its own units."""

    table: Table
    row: int
    column: int
    value: float


@dataclass(frozen=True)
class RowAdded:
    """A row of the data that now stands at ``row``."""

    row: int
    x: tuple[float, ...]
    y: tuple[float, ...]


@dataclass(frozen=True)
class RowRemoved:
    """The row that stood at ``row``."""

    row: int


@dataclass(frozen=True)
class ColumnAdded:
    """A column that now stands at ``column``; scaled by a divisor of 1 where the others have divisors."""

    table: Table
    column: int
    name: str
    values: tuple[float, ...]


@dataclass(frozen=True)
class ColumnRemoved:
    """The column that stood at ``column``."""

    table: Table
    column: int


@dataclass(frozen=True)
class ColumnRenamed:
    """A column's new name."""

    table: Table
    column: int
    name: str


@dataclass(frozen=True)
class HyperparameterSet:
    """A setting, by its key in the file, and its value as the file has it."""

    key: str
    value: Setting


@dataclass(frozen=True)
class Undone:
    """The last edit not yet undone was taken back."""


@dataclass(frozen=True)
class Redone:
    """The last edit undone was made again."""


Edit: TypeAlias = CellSet | RowAdded | RowRemoved | ColumnAdded | ColumnRemoved | ColumnRenamed | HyperparameterSet
Event: TypeAlias = Moved | ChartChosen | Edit | Undone | Redone
