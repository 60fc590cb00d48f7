"""Everything that can happen in a lesson. Rows, columns and iterations are counted from 1, as people do.

The names of the fields are those in the file; `log.KINDS` says how each event is called there.
"""

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
class Derived:
    """The derivation of the step shown came to this line."""

    line: int


@dataclass(frozen=True)
class Selected:
    """A cell was selected: of a matrix by its lecture name, of x or y as typed in (row 0: names), or a setting."""

    matrix: str
    row: int = 1
    column: int = 1


@dataclass(frozen=True)
class Looked:
    """The teacher turned to a pane: a name of `state.PANES`."""

    pane: str


@dataclass(frozen=True)
class ChartChosen:
    """The cost's axis: a name of `state.CHARTS`."""

    chart: str


@dataclass(frozen=True)
class AheadChosen:
    """How the charts show what lies ahead of the iteration shown: a name of `state.AHEAD`."""

    ahead: str


@dataclass(frozen=True)
class Pointed:
    """The chart's cursor stands at this iteration."""

    iteration: int


@dataclass(frozen=True)
class EffectChosen:
    """From where on edits take effect: a name of `state.EFFECTS`."""

    effect: str


@dataclass(frozen=True)
class CellSet:
    """A number of the data, in its own units. Like every edit with an ``iteration``, it holds from there on."""

    table: Table
    row: int
    column: int
    value: float
    iteration: int = 1


@dataclass(frozen=True)
class RowAdded:
    """A row of the data that now stands at ``row``."""

    row: int
    x: tuple[float, ...]
    y: tuple[float, ...]
    iteration: int = 1


@dataclass(frozen=True)
class RowRemoved:
    """The row that stood at ``row``."""

    row: int
    iteration: int = 1


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
    """A column's new name; the run is the same."""

    table: Table
    column: int
    name: str


@dataclass(frozen=True)
class DataReplaced:
    """All of the data at once, as from a spreadsheet. A column that keeps its name keeps its divisor.

    With other columns or other names than before, the run starts again.
    """

    x_names: tuple[str, ...]
    y_names: tuple[str, ...]
    x: tuple[tuple[float, ...], ...]
    y: tuple[tuple[float, ...], ...]
    iteration: int = 1


@dataclass(frozen=True)
class BlockPasted:
    """Numbers of the data in rows below each other, and the names of their columns, () where these stay.

    The first stands at ``row`` and ``column``, the columns of y counted behind those of x. Rows are added where they go
    past the last one. With names, the run starts again.
    """

    row: int
    column: int
    names: tuple[str, ...]
    cells: tuple[tuple[float, ...], ...]
    iteration: int = 1


@dataclass(frozen=True)
class HyperparameterSet:
    """A setting, by its key in the file, and its value as the file has it."""

    key: str
    value: Setting
    iteration: int = 1


@dataclass(frozen=True)
class WeightSet:
    """A weight or bias of the matrix with this lecture name: one of the start's, or set before a later forward pass."""

    matrix: str
    row: int
    column: int
    value: float
    iteration: int = 1


@dataclass(frozen=True)
class WeightsSet:
    """A block of weights or biases was set, as `WeightSet` sets one; its first cell is at ``row`` and ``column``."""

    matrix: str
    row: int
    column: int
    cells: tuple[tuple[float, ...], ...]
    iteration: int = 1


@dataclass(frozen=True)
class Branched:
    """The run so far was kept, and another began beside it, from the iteration shown on."""

    name: str


@dataclass(frozen=True)
class StartTried:
    """The run so far was kept, and another began beside it, from the start that another seed draws."""

    name: str
    seed: int


@dataclass(frozen=True)
class BranchChosen:
    """The run shown is another one now."""

    name: str


@dataclass(frozen=True)
class RunCompared:
    """The run shown is compared with this one from now on."""

    name: str


@dataclass(frozen=True)
class Undone:
    """The last edit not yet undone was taken back."""


@dataclass(frozen=True)
class Redone:
    """The last edit undone was made again."""


@dataclass(frozen=True)
class Played:
    """The lesson began to play, at so many iterations a second."""

    speed: int


@dataclass(frozen=True)
class Paused:
    """The lesson stopped playing."""


@dataclass(frozen=True)
class Noted:
    """The teacher wrote a note at the step shown."""

    text: str


@dataclass(frozen=True)
class Marked:
    """The step shown got a name, by which one can go there."""

    name: str


@dataclass(frozen=True)
class NoteChanged:
    """The text of a note changed. ``note`` is its number among the notes that exist, counted from 1."""

    note: int
    text: str


@dataclass(frozen=True)
class NoteRemoved:
    """A note was deleted; a replay never shows it. ``note`` is its number among the notes that exist, from 1."""

    note: int


@dataclass(frozen=True)
class MarkRenamed:
    """A mark got another name. ``mark`` is its number among the marks that exist, counted from 1."""

    mark: int
    name: str


@dataclass(frozen=True)
class MarkRemoved:
    """A mark was deleted. ``mark`` is its number among the marks that exist, counted from 1."""

    mark: int


@dataclass(frozen=True)
class NoteUndone:
    """The last change of a note or mark was undone; `Undone` is for edits only."""


@dataclass(frozen=True)
class NoteRedone:
    """The change of a note or mark that was undone last was redone."""


@dataclass(frozen=True)
class Asked:
    """A question was put into the lesson; its fields are those of `questions.Question`, the place that shown."""

    ask: str
    matrix: str
    row: int = 1
    column: int = 1
    tolerance: float = 0.01
    text: str = ""


@dataclass(frozen=True)
class Withdrawn:
    """A question, by its number, was taken out of the lesson."""

    question: int


@dataclass(frozen=True)
class Posed:
    """The lesson went to a question, by its number, to have it answered."""

    question: int


@dataclass(frozen=True)
class Answered:
    """A question, by its number, was answered: what was typed, or "" for whoever gave up and was shown the answer."""

    question: int
    text: str


@dataclass(frozen=True)
class NewRowAdded:
    """A prediction is wanted for a row that is not in the data; x in the units of the data."""

    x: tuple[float, ...]


@dataclass(frozen=True)
class NewRowRemoved:
    """A new row, by its number among all of them, is no longer wanted."""

    row: int


@dataclass(frozen=True)
class Reached:
    """The cost of an iteration of the run shown, as it was computed: a replay notices where it computes another."""

    iteration: int
    cost: float


@dataclass(frozen=True)
class MistakePlanted:
    """A program with this mistake in it, a name of `network.Mistake`, is checked from now on; "" takes it out."""

    mistake: str


@dataclass(frozen=True)
class MistakeGuessed:
    """Somebody said which mistake it is: a name of `network.Mistake`."""

    mistake: str


@dataclass(frozen=True)
class Ended:
    """The teacher left. What follows, if anything does, is the lesson taken up again."""


Edit: TypeAlias = (
    CellSet
    | RowAdded
    | RowRemoved
    | ColumnAdded
    | ColumnRemoved
    | ColumnRenamed
    | DataReplaced
    | BlockPasted
    | HyperparameterSet
    | WeightSet
    | WeightsSet
)
NoteDeed: TypeAlias = Noted | Marked | NoteChanged | NoteRemoved | MarkRenamed | MarkRemoved
Event: TypeAlias = (
    Moved
    | Derived
    | Selected
    | Looked
    | ChartChosen
    | AheadChosen
    | Pointed
    | EffectChosen
    | Edit
    | Branched
    | StartTried
    | BranchChosen
    | RunCompared
    | Undone
    | Redone
    | Played
    | Paused
    | NoteDeed
    | NoteUndone
    | NoteRedone
    | Asked
    | Withdrawn
    | Posed
    | Answered
    | NewRowAdded
    | NewRowRemoved
    | Reached
    | MistakePlanted
    | MistakeGuessed
    | Ended
)
