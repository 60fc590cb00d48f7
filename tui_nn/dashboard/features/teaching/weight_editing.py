"""Sets weights: one that is typed, or a block that is pasted."""

from tui_nn.dashboard.features.controller import LessonController
from tui_nn.dashboard.features.feature import Feature
from tui_nn.dashboard.features.moving.navigation import Navigation
from tui_nn.dashboard.features.teaching.editing import Editing
from tui_nn.language import _, ngettext
from tui_nn.network import Parameters, ValidationError
from tui_nn.session import input_parsing, validation
from tui_nn.session.events import WeightSet, WeightsSet
from tui_nn.session.selected_cell import SelectedCell
from tui_nn.session.state import FROM_HERE
from tui_nn.writing.notation.number_format import group_digits, shortest_text
from tui_nn.writing.sentences.steps_and_errors import error_sentence

_READING_SECONDS = 10


class WeightEditing(Feature):
    """Sets the weight selected in a matrix, or a block of weights that begins there."""

    def __init__(self, lesson: LessonController, navigation: Navigation, editing: Editing) -> None:
        super().__init__(lesson)
        self._navigation = navigation
        self._editing = editing

    def ask_for_weight(self, typed: str) -> None:
        """Asks for another value of the weight selected; ``typed`` is what was typed of it already."""
        self._navigation.pause()
        if cell := self._weight_selected():
            self._ask_for(cell, typed, is_typed=True)

    def paste_weights(self, text: str) -> None:
        """Sets weights to the numbers pasted, beginning at the weight selected."""
        self._navigation.pause()
        if cell := self._weight_selected():
            with self.lesson.saying_refusals(_READING_SECONDS):
                self._set_block(cell, text)

    def _weight_selected(self) -> SelectedCell | None:
        cell = self.state.selected("matrices")
        shapes = self.state.document.network.shapes
        if cell and cell.matrix in shapes:
            return cell
        # For translators: between the names of matrices in "Only weights can be set: choose a cell of {names}."
        names = _(" or ").join(map(self.notation.name, shapes))
        self.say(_("Only weights can be set: choose a cell of {names}.", names=names))
        return None

    def _set_block(self, cell: SelectedCell, text: str) -> None:
        """Sets the block of weights pasted. Raises `ValidationError` if it does not fit."""
        name, shape = cell.matrix, self.state.document.network.shapes[cell.matrix]
        written = self.notation.name(name)
        # Its modules would hold up the first screen.
        from tui_nn.session.tables.pasted_matrix import parse_matrix, place_block

        row, column, rows = place_block(parse_matrix(text), shape, cell.row, cell.column, name, written)
        self._editing.edit(WeightsSet(name, row, column, rows))
        count = len(rows) * len(rows[0])
        says = ngettext(
            "{numbers} number pasted into {matrix}; u takes them back.",
            "{numbers} numbers pasted into {matrix}; u takes them back.",
            count,
            numbers=count,
            matrix=written,
        )
        if name == "W1":
            says += " " + _("A row has the weights out of one input, a column those into one unit.")
        elif not name.startswith("b"):
            says += " " + _("A row has the weights out of one unit, a column those into one unit.")
        self.say(says, seconds=5)

    def _ask_for(self, cell: SelectedCell, text: str = "", *, is_typed: bool = False) -> None:
        """Asks for a weight. Tab keeps it and asks for the next weight; pasting a block sets several weights."""
        from tui_nn.dashboard.dialogs.weight_dialog import WeightDialog, weight_beside

        now, question = self._question(cell)

        def check(text: str, *, goes_on: bool, is_block: bool) -> str | None:
            is_as_before = text.strip() == now or (goes_on and not text.strip())
            try:
                if is_block:
                    self._set_block(cell, text)
                elif not is_as_before:
                    number = validation.number("weight", input_parsing.parse_number(text, key="weight"))
                    self._editing.edit(WeightSet(cell.matrix, cell.row, cell.column, number))
            except ValidationError as error:
                return error_sentence(error)
            return None

        def answered(by: int | None) -> None:
            if by and (following := weight_beside(self.state.document.network.shapes, cell, by)):
                self.lesson.dispatch(following)
                self._ask_for(following)

        self.app.push_screen(WeightDialog(question, text if is_typed else now, check, is_typed=is_typed), answered)

    def _question(self, cell: SelectedCell) -> tuple[str, str]:
        """The weight's value, "" if it is not computed yet; and the question for another value."""
        iteration = self.lesson.shown_iteration
        weight = f"{self.notation.name(cell.matrix)}[{cell.row},{cell.column}]"
        if self.state.edit_effect != FROM_HERE or iteration == 1:
            now = _value(self.state.document.start_parameters, cell)
            return now, _(
                "{weight} is {value} at the start. With another value the run begins again (after h, it would go on "
                "from this iteration):",
                weight=weight,
                value=now,
            )
        shown = group_digits(iteration)
        # The weights of an iteration are known once the iteration before it is computed.
        if iteration <= self.lesson.run.reached + 1:
            now = _value(self.lesson.run.parameters(iteration), cell)
            return now, _(
                "{weight} is {value} in iteration {iteration}. Another value, from this iteration on:",
                weight=weight,
                value=now,
                iteration=shown,
            )
        return "", _(
            "{weight} is not computed yet in iteration {iteration}. Another value, from this iteration on:",
            weight=weight,
            iteration=shown,
        )


def _value(parameters: Parameters, cell: SelectedCell) -> str:
    return shortest_text(float(parameters.named[cell.matrix][cell.row - 1, cell.column - 1]))
