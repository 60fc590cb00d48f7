"""The hyperparameters, edited in place."""

from typing import ClassVar

from textual import events
from textual.geometry import Size

from tui_nn.dashboard.view_model.view import View
from tui_nn.dashboard.widgets.canvas import Line, surface_of
from tui_nn.dashboard.widgets.editable_grid import EditableGrid
from tui_nn.dashboard.widgets.pane import Column, PaneInfo
from tui_nn.session.document import Document
from tui_nn.session.events import Edit, HyperparameterSet, Selected
from tui_nn.session.selected_cell import SelectedCell
from tui_nn.session.settings import HYPERPARAMETERS, Hyperparameter
from tui_nn.writing.notation.number_format import group_digits
from tui_nn.writing.notation.setting_names import SETTING_NAMES, setting_name, setting_subject, setting_text

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
        self._rows = [HYPERPARAMETERS[key] for key in _SHOWN]
        self._lines: list[Line] = []
        self._letters = ""
        """The letters typed so far on a choice."""

    def part_of(self, view: View) -> object:
        """The settings, and the signs that they are written with."""
        return super().part_of(view), view.state.document, view.notation

    def cell_of(self, selected: SelectedCell) -> tuple[int, int]:
        """The row of the setting."""
        return next((row for row, one in enumerate(self._rows) if one.key == selected.matrix), 0), 0

    def selected_at(self, row: int, column: int) -> Selected:  # noqa: ARG002
        """The setting in the row."""
        return Selected(self._rows[row].key)

    def cells(self) -> tuple[int, int]:
        """One column."""
        return len(self._rows), 1

    def text_of(self, row: int, column: int) -> str:  # noqa: ARG002
        """The value as the user would type it."""
        return self._text(self._rows[row])

    def edit_of(self, row: int, column: int, text: str) -> Edit:  # noqa: ARG002
        """The setting that ``text`` asks for."""
        hyperparameter = self._rows[row]
        return HyperparameterSet(hyperparameter.key, hyperparameter.parse_input(text))  # type: ignore[arg-type]

    def place_of(self, row: int, column: int) -> tuple[int, int]:  # noqa: ARG002
        """Behind its label; an error message above pushes it down."""
        above = self.typing is not None and self.typing.row < row
        return _LABEL_WIDTH, row + (len(self.error_lines()) if above else 0)

    def enter(self, row: int, column: int) -> None:
        """Takes the next choice; edits a setting that is no choice."""
        if self._rows[row].choices:
            self._turn(1)
        else:
            super().enter(row, column)

    def move_to(self, row: int, column: int) -> None:
        """Left and right change a choice, or start an edit if the setting is no choice."""
        if column == 0:
            super().move_to(row, column)
        elif self._rows[row].choices or self._rows[row].names:
            self._turn(column)
        elif self.view and not self.view.is_viewer:
            self.enter(row, 0)

    def _moving_key(self, event: events.Key) -> bool:
        if not (event.character and event.character.isalpha()):
            self._letters = ""
        return super()._moving_key(event)

    def on_blur(self) -> None:
        """Forgets the letters typed on a choice."""
        super().on_blur()
        self._letters = ""

    def take_letter(self, row: int, column: int, letter: str) -> None:
        """Chooses by the letter on a choice; starts an edit on a number."""
        if self._rows[row].choices:
            self._choose_by(self._rows[row], letter)
        else:
            super().take_letter(row, column, letter)

    def _choose_by(self, hyperparameter: Hyperparameter, letter: str) -> None:
        """Chooses the value that begins with the letters typed; the same letter again takes the next such value."""
        choices = hyperparameter.choices
        now = choices.index(hyperparameter.get(self._document))
        in_turn = (*choices[now:], *choices[:now])
        letters = self._letters + letter
        found = _beginning_with(letters, in_turn)
        if not found:
            letters = letter
            found = _beginning_with(letter, in_turn)
        if not found:
            self._letters = ""
            every = ", ".join(map(setting_text, choices))
            says = f'{setting_subject(hyperparameter.key)} has no choice that begins with "{letter}": {every}.'
            self.notify(f"{says} After Esc, letters are commands.", timeout=5, markup=False)
            return
        self._letters = letters
        is_first = len(letters) == 1
        # A first letter asks for a value other than the current one; after more letters, the current one may be meant.
        value = found[1] if is_first and found[0] == choices[now] and len(found) > 1 else found[0]
        if value != choices[now]:
            self.ask(HyperparameterSet(hyperparameter.key, value))  # type: ignore[arg-type]

    @property
    def _document(self) -> Document:
        assert self.view is not None  # noqa: S101 - a pane without a view takes no keys
        return self.view.state.document

    def takes_numbers(self, row: int, column: int) -> bool:  # noqa: ARG002
        """Not where there are choices."""
        return not self._rows[row].choices

    def _turn(self, by: int) -> None:
        hyperparameter = self._rows[self.cursor[0]]
        if self.view and not self.view.is_viewer:
            choices, value = (
                hyperparameter.choices or hyperparameter.names,
                hyperparameter.get(self.view.state.document),
            )
            # Typed divisors come before the first named scaling.
            now = choices.index(value) if value in choices else -1 if by > 0 else 0
            value = choices[(now + by) % len(choices)]
            self.ask(HyperparameterSet(hyperparameter.key, value))  # type: ignore[arg-type]

    def _text(self, hyperparameter: Hyperparameter) -> str:
        if not self.view:
            return ""
        return setting_text(hyperparameter.get(self.view.state.document))

    def surface(self, room: int) -> Size:  # noqa: ARG002
        """One line a row, and an error message below its own."""
        self._lines = []
        for row, hyperparameter in enumerate(self._rows):
            self._lines.append(self._row(row, hyperparameter))
            if self.typing and self.typing.row == row:
                self._lines += [[(line, "error")] for line in self.error_lines()]
        return surface_of(self._lines)

    def line(self, y: int) -> Line:
        """One line."""
        return self._lines[y] if y < len(self._lines) else []

    def _row(self, row: int, hyperparameter: Hyperparameter) -> Line:
        label = (setting_name(hyperparameter.key).ljust(_LABEL_WIDTH), "")
        if self.typing and self.typing.row == row:
            return [label, *self.typed_line(self.typing, _VALUE_WIDTH)]
        text = self._text(hyperparameter) or "none"
        if hyperparameter.key == "iterations" and self.view:
            text = group_digits(self.view.state.document.iterations)
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
