"""The hyperparameters, edited in place."""

from collections.abc import Sequence
from itertools import groupby
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.actions import SkipAction
from textual.geometry import Size

from tui_nn.dashboard.panes.parts.settings_columns import SettingGroup, SettingsColumns
from tui_nn.dashboard.view_model.view import View
from tui_nn.dashboard.widgets.canvas import Line, size_of_lines
from tui_nn.dashboard.widgets.grid.cell_typing import Typing
from tui_nn.dashboard.widgets.grid.editable_grid import EditableGrid
from tui_nn.dashboard.widgets.grid.grid_shape import GridShape
from tui_nn.dashboard.widgets.pane import Area, PaneInfo
from tui_nn.language import _
from tui_nn.session.document import Document
from tui_nn.session.events import Edit, HyperparameterSet, Selected
from tui_nn.session.hyperparameter import Hyperparameter
from tui_nn.session.selected_cell import SelectedCell
from tui_nn.session.settings import HYPERPARAMETERS
from tui_nn.writing.notation.number_format import group_digits
from tui_nn.writing.notation.setting_names import SETTING_NAMES, setting_name, setting_subject, setting_text
from tui_nn.writing.sentences.setting_meanings import setting_meaning

_SETTINGS = tuple(HYPERPARAMETERS[key] for key in SETTING_NAMES)
_LEAST_VALUE_WIDTH = 10
_AROUND_CHOICE = 2
"""The signs around a choice at the cursor: without blanks, so that all settings fit in 80 columns."""
_TITLES = {"network": _("Network"), "start": _("Start"), "training": _("Training"), "data": _("Data")}
"""The titles of the groups, by the sections of the file."""


class SettingsPane(EditableGrid):
    """The settings in groups. The user types a number, and changes a choice with left, right or Enter.

    A scaling is both: left and right go through the named scalings, divisors are typed, and Enter edits the scaling.
    The pane shows only settings that have an effect with the others as they are.
    """

    info = PaneInfo(
        name="settings",
        title=_("Settings"),
        hint=_("type a number, or turn a choice with the arrows"),
        help=_("Network, start, training: type a number, turn a choice."),
        area=Area.BOTTOM,
        place=50,
        tab=80,
    )
    table = "settings"
    stays_on_enter = True
    command_letters: ClassVar[frozenset[str] | None] = frozenset()

    def __init__(self) -> None:
        super().__init__()
        self._hyperparameters: Sequence[Hyperparameter] = _SETTINGS
        self._lines: list[Line] = []
        self._columns = SettingsColumns(self._groups(), Size(0, 0))
        self._typed_letters = ""
        """The letters that the user has typed so far to find a choice."""
        self._refused: Typing | None = None
        """Why the choice just turned is refused."""
        self._turned: tuple[str, int, object] | None = None
        """The setting turned last, which way, and the choice that it came to."""
        self._turned_in_vain: tuple[str, int, object] | None = None
        """The same, where that choice was refused."""

    def part_of(self, view: View) -> object:
        return super().part_of(view), view.state.document, view.notation

    def show_view(self, view: View) -> None:
        document = view.state.document
        self._hyperparameters = [one for one in _SETTINGS if not one.idle_because(document)]
        super().show_view(view)

    @property
    def hint(self) -> str:
        """What the setting at the cursor means."""
        row = self.cursor[0]
        if not self.view or row >= len(self._hyperparameters):
            return super().hint
        return setting_meaning(self._hyperparameters[row], self._document, self.view.notation) or super().hint

    def position_of(self, selected: SelectedCell) -> tuple[int, int]:
        return next((row for row, one in enumerate(self._hyperparameters) if one.key == selected.matrix), 0), 0

    def selection_at(self, row: int, column: int) -> Selected:  # noqa: ARG002
        return Selected(self._hyperparameters[row].key)

    def grid_shape(self) -> GridShape:
        return GridShape(len(self._hyperparameters), 1)

    def text_to_edit(self, row: int, column: int) -> str:  # noqa: ARG002
        return self._value_text(self._hyperparameters[row])

    def edit_for(self, row: int, column: int, text: str) -> Edit:  # noqa: ARG002
        hyperparameter = self._hyperparameters[row]
        return HyperparameterSet(hyperparameter.key, hyperparameter.parse_input(text))  # type: ignore[arg-type]

    def surface_position(self, row: int, column: int) -> tuple[int, int]:  # noqa: ARG002
        """Where a value begins, right of its label: an error above pushes it down."""
        x, y = self._columns.values[row]
        above = self.typing is not None and self._columns.values[self.typing.row].y < y
        return x, y + (len(self.error_lines()) if above else 0)

    def cell_width(self, column: int) -> int:  # noqa: ARG002
        return self._columns.value_widths[self.cursor[0]]

    def action_page_up(self) -> None:
        """Leaves the key to the lesson: a presenter's clicker sends it."""
        raise SkipAction

    def action_page_down(self) -> None:
        """Leaves the key to the lesson: a presenter's clicker sends it."""
        raise SkipAction

    def start_edit(self, row: int, column: int) -> None:
        """Takes the next choice; starts an edit if the setting has no choices, or takes one for each hidden layer."""
        if self._hyperparameters[row].choices and not self._takes_list_now(row):
            self._change_choice(1)
        else:
            super().start_edit(row, column)

    def move_cursor(self, row: int, column: int) -> None:
        """Up and down go to another setting; left and right change a choice, or start an edit if there is none."""
        if column == 0:
            super().move_cursor(row, column)
        elif self._hyperparameters[row].choices or self._hyperparameters[row].names:
            self._change_choice(column)
        elif self.view and not self.view.is_viewer:
            self.start_edit(row, 0)

    def _takes_list_now(self, row: int) -> bool:
        """Whether the user may type a value for each hidden layer; with one layer, that is the same as one for all."""
        return self._hyperparameters[row].takes_list and len(self._document.hidden) > 1

    def _handle_key(self, event: events.Key) -> bool:
        row, column = self.cursor
        if event.character == "," and self.may_type and self._takes_list_now(row):
            # The letters before the comma have chosen this layer's activation; the comma begins the next layer's.
            text = f"{self.text_to_edit(row, column)}, "
            self._typed_letters = ""
            self.show_typing(Typing(row, column, text, len(text)))
            return True
        if event.character == " " and self._continues_a_choice(self._hyperparameters[row]):
            self._typed_letters += " "
            return True
        if event.key == "enter" and self._typed_letters:
            # The letters have chosen already: Enter must not turn to the next choice.
            self._typed_letters = ""
            return True
        if not (event.character and event.character.isalpha()):
            self._typed_letters = ""
        self._forget_refusal()
        return super()._handle_key(event)

    def _continues_a_choice(self, hyperparameter: Hyperparameter) -> bool:
        """Whether a blank belongs to the name of a choice of which the user has typed the first word."""
        typed = f"{self._typed_letters} ".casefold()
        return any(setting_text(choice).casefold().startswith(typed) for choice in hyperparameter.choices)

    def on_blur(self) -> None:
        super().on_blur()
        self._typed_letters = ""
        self._forget_refusal()

    def show_refusal(self, sentence: str) -> None:
        """Says below the choice why it is refused, until the next key."""
        self._refused = Typing(*self.cursor, error=sentence)
        self._turned_in_vain = self._turned
        self.repaint()
        self._scroll_to_cursor()

    def _forget_refusal(self) -> None:
        if self._refused:
            self._refused = None
            self.repaint()

    def error_lines(self) -> list[str]:
        """Why the text typed, or the choice turned, is refused."""
        return self._refused.error_lines(self.room) if self._refused and not self.typing else super().error_lines()

    def type_letter(self, row: int, column: int, letter: str) -> None:
        """Takes the choice that begins with the letter; starts an edit if the setting has no choices."""
        if self._hyperparameters[row].choices:
            self._choose_by_letter(self._hyperparameters[row], letter)
        else:
            super().type_letter(row, column, letter)

    def _choose_by_letter(self, hyperparameter: Hyperparameter, letter: str) -> None:
        """Takes the choice that begins with the letters typed; the same letter again takes the next such choice."""
        choices = hyperparameter.choices
        current = hyperparameter.get(self._document)
        # Where each hidden layer has its own, none of the choices is the current one.
        start = choices.index(current) if current in choices else 0
        from_current = (*choices[start:], *choices[:start])
        letters = self._typed_letters + letter
        found = _beginning_with(letters, from_current)
        if not found:
            letters = letter
            found = _beginning_with(letter, from_current)
        if not found:
            self._typed_letters = ""
            every = ", ".join(map(setting_text, choices))
            says = _(
                '{setting} has no choice that begins with "{letter}": {choices}.',
                setting=setting_subject(hyperparameter.key),
                letter=letter,
                choices=every,
            )
            how_to_command = _("After Esc, letters are commands.")
            self.notify(f"{says} {how_to_command}", timeout=5, markup=False)
            return
        self._typed_letters = letters
        # A single letter asks for another choice than the current one; several letters may mean the current one.
        value = found[1] if len(letters) == 1 and found[0] == current and len(found) > 1 else found[0]
        if value != current:
            self.make_edit(HyperparameterSet(hyperparameter.key, value))  # type: ignore[arg-type]

    @property
    def _document(self) -> Document:
        return self.shown_view.state.document

    def digit_starts_edit(self, row: int, column: int) -> bool:  # noqa: ARG002
        """False if the setting has choices."""
        return not self._hyperparameters[row].choices

    def _change_choice(self, by: int) -> None:
        hyperparameter = self._hyperparameters[self.cursor[0]]
        refused, self._turned_in_vain = self._turned_in_vain, None
        if self.view and not self.view.is_viewer:
            choices = hyperparameter.choices or hyperparameter.names
            current = hyperparameter.get(self._document)
            # Divisors, or activations of single layers, come before the first choice.
            start = choices.index(current) if current in choices else -1 if by > 0 else 0
            if refused and refused[:2] == (hyperparameter.key, by):
                # The same key, pressed again, goes on past the choice that was refused.
                start = choices.index(refused[2])
            value = choices[(start + by) % len(choices)]
            self._turned = hyperparameter.key, by, value
            self.make_edit(HyperparameterSet(hyperparameter.key, value))  # type: ignore[arg-type]

    def _value_text(self, hyperparameter: Hyperparameter) -> str:
        return setting_text(hyperparameter.get(self._document)) if self.view else ""

    def _groups(self) -> list[SettingGroup]:
        """The settings with the columns that their values may need, so that nothing moves when another is chosen."""
        by_section = groupby(self._hyperparameters, key=lambda setting: setting.section)
        return [
            SettingGroup(_TITLES[section], [(setting_name(one.key), self._width_of(one)) for one in settings])
            for section, settings in by_section
        ]

    def _width_of(self, hyperparameter: Hyperparameter) -> int:
        choices = hyperparameter.choices or hyperparameter.names
        texts = [*map(setting_text, choices), self._value_text(hyperparameter)]
        return max(_LEAST_VALUE_WIDTH, *(len(text) + (_AROUND_CHOICE if choices else 0) for text in texts))

    def surface(self, room: int) -> Size:
        self._columns = SettingsColumns(self._groups(), Size(room, self.size.height))
        self._lines = [self._line_of_columns(y) for y in range(self._columns.height)]
        if refused := self.typing or self._refused:
            below = self._columns.values[refused.row].y + 1
            self._lines[below:below] = [[(line, "error")] for line in self.error_lines()]
        return size_of_lines(self._lines)

    def line(self, y: int) -> Line:
        return self._lines[y] if y < len(self._lines) else []

    def _line_of_columns(self, y: int) -> Line:
        """What stands in line ``y``: the titles, labels and values of all columns."""
        columns = self._columns
        pieces: list[tuple[int, Line]] = [
            (place.x, [(title, "title")]) for title, place in columns.titles if place.y == y
        ]
        for row, hyperparameter in enumerate(self._hyperparameters):
            if columns.labels[row].y == y:
                pieces.append((columns.labels[row].x, [(setting_name(hyperparameter.key), "")]))
                pieces.append((columns.values[row].x, self._value_line(row, hyperparameter)))
        line: Line = []
        for x, piece in sorted(pieces, key=lambda one: one[0]):
            used = sum(cell_len(text) for text, _style in line)
            line += [(" " * max(1 if line else 0, x - used), ""), *piece]
        return line

    def _value_line(self, row: int, hyperparameter: Hyperparameter) -> Line:
        if self.typing and self.typing.row == row:
            return self.typing_line(self.typing, self._columns.value_widths[row])
        text = self._value_text(hyperparameter) or _("none")
        if hyperparameter.key == "iterations" and self.view:
            text = group_digits(self.view.state.document.iterations)
        is_at_cursor = self.shows_cursor and row == self.cursor[0]
        if is_at_cursor and (hyperparameter.choices or hyperparameter.names):
            text = f"‹{text}›" if self.view and self.view.notation.unicode else f"<{text}>"
        return [(text, "cursor" if is_at_cursor else "label")]


def _beginning_with(letters: str, choices: tuple[object, ...]) -> list[object]:
    """The choices that begin with ``letters``; if there are none, the choices with a later word that does."""
    wanted = letters.casefold()
    first = [one for one in choices if setting_text(one).casefold().startswith(wanted)]
    later = [one for one in choices if any(word.startswith(wanted) for word in setting_text(one).casefold().split())]
    return first or later
