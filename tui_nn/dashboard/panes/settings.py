"""The hyperparameters, edited in place."""

from typing import ClassVar

from textual import events
from textual.geometry import Size

from tui_nn.dashboard.view_model.view import View
from tui_nn.dashboard.widgets.canvas import Line, size_of_lines
from tui_nn.dashboard.widgets.editable_grid import EditableGrid
from tui_nn.dashboard.widgets.grid_shape import GridShape
from tui_nn.dashboard.widgets.pane import Column, PaneInfo
from tui_nn.session.document import Document
from tui_nn.session.events import Edit, HyperparameterSet, Selected
from tui_nn.session.selected_cell import SelectedCell
from tui_nn.session.settings import HYPERPARAMETERS, Hyperparameter
from tui_nn.writing.notation.number_format import grouped
from tui_nn.writing.notation.setting_names import SETTING_NAMES, setting_name, setting_text, subject_of

_SHOWN = tuple(key for key in SETTING_NAMES if key != "cost")
"""The settings that the user can change. The cost is left out: there is only one."""
_LABEL_WIDTH = 19
_VALUE_WIDTH = 14


class SettingsPane(EditableGrid):
    """One row for each hyperparameter. The user types a number, and changes a choice with left, right or Enter.

    A scaling is both: left and right go through the named scalings, divisors are typed, and Enter edits the scaling.
    """

    info = PaneInfo(
        name="settings",
        title="Settings",
        heading="Hyperparameters",
        hint="type a number, or turn a choice with the arrows",
        help="Network, start, training: type a number, turn a choice.",
        column=Column.LEFT,
        row=20,
        tab=30,
    )
    table = "settings"
    stays_on_enter = True
    command_letters: ClassVar[frozenset[str] | None] = frozenset()

    def __init__(self) -> None:
        super().__init__()
        self._hyperparameters = [HYPERPARAMETERS[key] for key in _SHOWN]
        self._lines: list[Line] = []
        self._typed_letters = ""
        """The letters typed so far on a choice."""

    def part_of(self, view: View) -> object:
        """The settings, and the signs that they are written with."""
        return super().part_of(view), view.state.document, view.notation

    def position_of(self, selected: SelectedCell) -> tuple[int, int]:
        """The row of the setting."""
        return next((row for row, one in enumerate(self._hyperparameters) if one.key == selected.matrix), 0), 0

    def selection_at(self, row: int, column: int) -> Selected:  # noqa: ARG002
        """The setting in the row."""
        return Selected(self._hyperparameters[row].key)

    def grid_shape(self) -> GridShape:
        return GridShape(len(self._hyperparameters), 1)

    def text_to_edit(self, row: int, column: int) -> str:  # noqa: ARG002
        """The value as the user would type it."""
        return self._value_text(self._hyperparameters[row])

    def edit_for(self, row: int, column: int, text: str) -> Edit:  # noqa: ARG002
        """The setting that ``text`` asks for."""
        hyperparameter = self._hyperparameters[row]
        return HyperparameterSet(hyperparameter.key, hyperparameter.typed(text))  # type: ignore[arg-type]

    def surface_position(self, row: int, column: int) -> tuple[int, int]:  # noqa: ARG002
        """Behind its label; a refusal above pushes it down."""
        above = self.typing is not None and self.typing.row < row
        return _LABEL_WIDTH, row + (len(self.refusal_lines()) if above else 0)

    def start_edit(self, row: int, column: int) -> None:
        """Takes the next choice; edits a setting that is no choice."""
        if self._hyperparameters[row].choices:
            self._change_choice(1)
        else:
            super().start_edit(row, column)

    def move_cursor(self, row: int, column: int) -> None:
        """Left and right change a choice, or start an edit if the setting is no choice."""
        if column == 0:
            super().move_cursor(row, column)
        elif self._hyperparameters[row].choices or self._hyperparameters[row].names:
            self._change_choice(column)
        elif self.view and not self.view.is_viewer:
            self.start_edit(row, 0)

    def _handle_key(self, event: events.Key) -> bool:
        if not (event.character and event.character.isalpha()):
            self._typed_letters = ""
        return super()._handle_key(event)

    def on_blur(self) -> None:
        """Forgets the letters typed on a choice."""
        super().on_blur()
        self._typed_letters = ""

    def type_letter(self, row: int, column: int, letter: str) -> None:
        """Chooses by the letter on a choice; starts an edit on a number."""
        if self._hyperparameters[row].choices:
            self._choose_by_letter(self._hyperparameters[row], letter)
        else:
            super().type_letter(row, column, letter)

    def _choose_by_letter(self, hyperparameter: Hyperparameter, letter: str) -> None:
        """Chooses the value that begins with the letters typed; the same letter again takes the next such value."""
        choices = hyperparameter.choices
        now = choices.index(hyperparameter.get(self._document))
        in_turn = (*choices[now:], *choices[:now])
        letters = self._typed_letters + letter
        found = _beginning_with(letters, in_turn)
        if not found:
            letters = letter
            found = _beginning_with(letter, in_turn)
        if not found:
            self._typed_letters = ""
            every = ", ".join(map(setting_text, choices))
            says = f'{subject_of(hyperparameter.key)} has no choice that begins with "{letter}": {every}.'
            self.notify(f"{says} After Esc, letters are commands.", timeout=5, markup=False)
            return
        self._typed_letters = letters
        is_first = len(letters) == 1
        # A first letter asks for a value other than the current one; after more letters, the current one may be meant.
        value = found[1] if is_first and found[0] == choices[now] and len(found) > 1 else found[0]
        if value != choices[now]:
            self.make_edit(HyperparameterSet(hyperparameter.key, value))  # type: ignore[arg-type]

    @property
    def _document(self) -> Document:
        assert self.view is not None  # noqa: S101 - a pane without a view takes no keys
        return self.view.state.document

    def digit_starts_edit(self, row: int, column: int) -> bool:  # noqa: ARG002
        """Not where there are choices."""
        return not self._hyperparameters[row].choices

    def _change_choice(self, by: int) -> None:
        hyperparameter = self._hyperparameters[self.cursor[0]]
        if self.view and not self.view.is_viewer:
            choices, value = (
                hyperparameter.choices or hyperparameter.names,
                hyperparameter.get(self.view.state.document),
            )
            # Typed divisors come before the first named scaling.
            now = choices.index(value) if value in choices else -1 if by > 0 else 0
            value = choices[(now + by) % len(choices)]
            self.make_edit(HyperparameterSet(hyperparameter.key, value))  # type: ignore[arg-type]

    def _value_text(self, hyperparameter: Hyperparameter) -> str:
        if not self.view:
            return ""
        return setting_text(hyperparameter.get(self.view.state.document))

    def surface(self, room: int) -> Size:  # noqa: ARG002
        """One line a row, and the reason of a refusal below its own."""
        self._lines = []
        for row, hyperparameter in enumerate(self._hyperparameters):
            self._lines.append(self._setting_line(row, hyperparameter))
            if self.typing and self.typing.row == row:
                self._lines += [[(line, "refused")] for line in self.refusal_lines()]
        return size_of_lines(self._lines)

    def line(self, y: int) -> Line:
        """One line."""
        return self._lines[y] if y < len(self._lines) else []

    def _setting_line(self, row: int, hyperparameter: Hyperparameter) -> Line:
        label = (setting_name(hyperparameter.key).ljust(_LABEL_WIDTH), "")
        if self.typing and self.typing.row == row:
            return [label, *self.typing_line(self.typing, _VALUE_WIDTH)]
        text = self._value_text(hyperparameter) or "none"
        if hyperparameter.key == "iterations" and self.view:
            text = grouped(self.view.state.document.iterations)
        here = self.shows_cursor and row == self.cursor[0]
        if here and (hyperparameter.choices or hyperparameter.names):
            text = f"‹ {text} ›" if self.view and self.view.notation.unicode else f"< {text} >"
        return [label, (text, "cursor" if here else "label")]


def _beginning_with(letters: str, choices: tuple[object, ...]) -> list[object]:
    """The choices that begin with ``letters``; if there are none, the choices with a later word that does."""
    wanted = letters.casefold()
    first = [one for one in choices if setting_text(one).casefold().startswith(wanted)]
    later = [one for one in choices if any(word.startswith(wanted) for word in setting_text(one).casefold().split())]
    return first or later
