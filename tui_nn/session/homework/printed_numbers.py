"""The numbers that a student's program printed, as they stand in the text."""

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.network import ValidationError
from tui_nn.network.model.array import Array
from tui_nn.session.homework.when_printed import When


class NumbersError(ValidationError):
    """A text from which no numbers can be read. ``sentence`` says why, and what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__("numbers", sentence, "numbers that a program printed", sentence)


@frozen_dataclass(eq=False)
class PrintedMatrix:
    """A matrix, a list or a number that a program printed.

    ``label`` is its name as written ("djdW2", "$layers[[1]]$W"), "" if it has none. ``numbers`` has the shape (rows,
    columns) and is nan where a cell is missing or left out; a list is one row, and ``is_list`` is true then: it may
    stand for a row, a column or a history of costs. ``tolerance`` has the same shape: half a unit of the last digit
    given. ``iteration`` is that of all numbers if the text says it. ``iterations`` are those of each number of a list,
    as in a log with a line for every hundredth iteration; None if the text does not say them. ``line`` is where the
    matrix begins in the text, counted from 1. ``tail`` numbers at the end are the last ones of a longer list, from
    which the program left out others; 0 if it left out none before them.
    """

    label: str
    numbers: Array
    tolerance: Array
    is_list: bool
    iteration: int | None
    line: int
    tail: int = 0
    iterations: tuple[int, ...] | None = None
    when: When = When.UNSAID
    is_part: bool = False


@frozen_dataclass(eq=False)
class PrintedNumbers:
    """All that was read, in the order of the text. ``form`` is "text", "csv" or "json".

    ``notes`` are sentences on what was left out, and why.
    """

    matrices: tuple[PrintedMatrix, ...]
    form: str
    notes: tuple[str, ...] = ()
