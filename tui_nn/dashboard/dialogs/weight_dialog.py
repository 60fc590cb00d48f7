"""A dialog that asks for one weight after another."""

from collections.abc import Mapping
from typing import ClassVar, Protocol

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Label

from tui_nn.dashboard.dialogs.line_input import LineInput
from tui_nn.dashboard.dialogs.questions import Dialog
from tui_nn.language import _
from tui_nn.session.events import Selected
from tui_nn.session.selected_cell import SelectedCell


class WeightCheck(Protocol):
    """Takes a number typed, or a block pasted; ``goes_on`` is true if the user goes on to another weight."""

    def __call__(self, text: str, *, goes_on: bool, is_block: bool) -> str | None:
        """Returns why ``text`` is refused, or None if it was taken."""


class WeightDialog(Dialog[int | None]):
    """Asks for one of several numbers, which ``check`` takes. Tab goes to the next number, shift+Tab to the one before.

    Gives how many numbers to move on: 0 for Enter, 1 for Tab, −1 for shift+Tab; None for Esc.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "go_on(1)", "Next", priority=True),
        Binding("shift+tab", "go_on(-1)", "Before", priority=True),
    ]

    def __init__(self, question: str, value: str, check: WeightCheck, *, is_typed: bool) -> None:
        super().__init__()
        self._question = question
        self._value = value
        self._check = check
        self._is_typed = is_typed

    def compose(self) -> ComposeResult:
        """The question, the field, and room for an error message."""
        with Vertical(classes="dialog"):
            yield Label(self._question, markup=False)
            yield LineInput(self._value, select_on_focus=not self._is_typed, takes_blocks=True)
            yield Label(_("Enter: accept   Tab: accept, next weight   Esc: back"), id="hint", markup=False)

    @on(Input.Submitted)
    def answer(self, event: Input.Submitted) -> None:
        """Takes the number typed."""
        self._take(event.value, goes_on=False, by=0)

    def action_go_on(self, by: int) -> None:
        """Takes the number typed, and moves on by ``by`` numbers."""
        self._take(self.query_one(LineInput).value, goes_on=True, by=by)

    @on(LineInput.BlockPasted)
    def take_block(self, event: LineInput.BlockPasted) -> None:
        """Takes the block of numbers pasted."""
        self._take(event.text, goes_on=False, by=0, is_block=True)

    def _take(self, text: str, *, goes_on: bool, by: int, is_block: bool = False) -> None:
        error = self._check(text, goes_on=goes_on, is_block=is_block)
        if error is None:
            self.dismiss(by)
        else:
            self.show_error(error)


def weight_beside(shapes: Mapping[str, tuple[int, int]], cell: SelectedCell, by: int) -> Selected | None:
    """The next weight in reading order, matrix after matrix, or the one before; None past either end."""
    rows, columns = shapes[cell.matrix]
    place = (cell.row - 1) * columns + cell.column - 1 + by
    if 0 <= place < rows * columns:
        row, column = divmod(place, columns)
        return Selected(cell.matrix, row + 1, column + 1)
    order = list(shapes)
    number = order.index(cell.matrix) + by
    if not 0 <= number < len(order):
        return None
    rows, columns = shapes[order[number]]
    return Selected(order[number], 1, 1) if by > 0 else Selected(order[number], rows, columns)
