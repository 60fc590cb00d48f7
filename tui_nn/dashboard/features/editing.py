"""What a teacher does to a lesson: it is recorded, edited, branched, remarked on."""

from collections.abc import Iterable
from functools import partial
from weakref import WeakKeyDictionary

from textual import on

from tui_nn.dashboard.features.navigation import WalkingApp
from tui_nn.dashboard.terminal.driver import TerminalDriver
from tui_nn.dashboard.view_model.worker import BackgroundWorker
from tui_nn.dashboard.widgets.editable_grid import EditableGrid
from tui_nn.dashboard.widgets.matrix_board import Board
from tui_nn.network import Run, ValidationError
from tui_nn.session import input_parsing, validation
from tui_nn.session.events import (
    ColumnRemoved,
    Edit,
    EffectChosen,
    Event,
    Marked,
    Moved,
    Noted,
    Paused,
    Played,
    Reached,
    RowRemoved,
    WeightSet,
    WeightsSet,
)
from tui_nn.session.events.undo_order import redo_event, undo_event, undoable
from tui_nn.session.selected_cell import SelectedCell
from tui_nn.session.state import EFFECTS, FROM_HERE, State
from tui_nn.session.tables.pasted_matrix import matrix_in, placed
from tui_nn.session.teaching_session import TeachingSession
from tui_nn.session.validation import many
from tui_nn.writing.notation.number_format import grouped, shortest
from tui_nn.writing.sentences.edit_descriptions import edit_description
from tui_nn.writing.sentences.steps_and_errors import error_sentence

_RECORD_AGAIN_SECONDS = 2


class EditingApp(WalkingApp):
    """A lesson on the teacher's desk: all that happens in it goes into its log, and onto the disk."""

    def __init__(self, desk: TeachingSession) -> None:
        super().__init__()
        self._desk = desk
        self._recorded_costs: WeakKeyDictionary[Run, set[int]] = WeakKeyDictionary()

    @property
    def state(self) -> State:
        """The fold of the lesson's log."""
        return self._desk.history.state

    @property
    def is_untouched(self) -> bool:
        """Whether nothing has happened to it since it was opened; whoever goes on where it broke off knows how."""
        lesson = self._desk.lesson
        return lesson.is_ended and self._desk.history.count == len(lesson.entries)

    def on_mount(self) -> None:
        """Starts a timer that tries again to record what a full disk did not take."""
        if self.driver_class is TerminalDriver:
            self.set_interval(_RECORD_AGAIN_SECONDS, self.record_again)

    def record_again(self) -> None:
        """Tries again to record what could not be recorded, and shows whether that worked."""
        before = self._desk.failure
        self._desk.history.flush()
        if self._desk.failure != before:
            self.show()

    # The log

    def append(self, *events: Event) -> None:
        """Into the log, and onto the disk; with the costs of the iterations come to."""
        iterations = [event.iteration for event in events if isinstance(event, Moved)]
        reached = self._unrecorded(*iterations)
        self._desk.history.append(*events, *reached)
        self._take_note_of(reached)

    def glide(self, event: Moved) -> None:
        """Into the log, a few times a second."""
        self._desk.history.glide(event)

    def played(self) -> None:
        """Into the log."""
        self.append(Played(self._player.speed))

    def paused(self) -> None:
        """Into the log, with the cost of the iteration come to."""
        self.append(Paused())
        self._record_costs(self.state.iteration)

    @on(BackgroundWorker.Progressed)
    def record_progress(self, message: BackgroundWorker.Progressed) -> None:
        """Records the costs that were waited for; not before a key: to open a lesson leaves no trace in it."""
        happened = self._desk.history.count > len(self._desk.lesson.entries)
        if happened and message.run is self.run_of(self.state.branches.current):
            self._record_costs(self.state.iteration, self.state.course.document.iterations)

    def _record_costs(self, *iterations: int) -> None:
        reached = self._unrecorded(*iterations)
        if reached and not self._player.playing:
            self._desk.history.append(*reached)
            self._take_note_of(reached)

    def _unrecorded(self, *iterations: int) -> list[Reached]:
        """The costs of iterations of the run shown, where they are known and not yet in the log."""
        run = self.run_of(self.state.branches.current)
        known = self._recorded_costs.get(run, set())
        wanted = [i for i in dict.fromkeys(iterations) if 1 <= i <= run.reached and i not in known]
        return [Reached(iteration, run.cost(iteration)) for iteration in wanted]

    def _take_note_of(self, reached: list[Reached]) -> None:
        run = self.run_of(self.state.branches.current)
        self._recorded_costs.setdefault(run, set()).update(cost.iteration for cost in reached)

    @property
    def banner(self) -> str:
        """Why the lesson is not recorded, where it isn't."""
        failure = self._desk.failure
        return f"Not recorded at the moment: {failure}. It will be as soon as it can be." if failure else ""

    # Edits

    def edit(self, edit: Edit) -> None:
        """Makes an edit, from the iteration shown on where that is chosen and can be. Raises `ValidationError`."""
        self.pause()
        iteration = self._shown_and_last()[0]
        if self.state.effect == FROM_HERE:
            edit = edit.from_iteration(iteration, self.state.document.dataset)
        later = [leg for leg in self.state.course.changes if leg.first > iteration]
        self.dispatch(edit)
        focused = self.lesson_screen.focused
        undo = "u" if not isinstance(focused, EditableGrid) or focused.leaves("u") else "Esc, then u,"
        if later and all(leg not in self.state.course.changes for leg in later):
            self.notify(f"Later edits of this run are gone; {undo} brings them back.", markup=False)
        if isinstance(edit, (RowRemoved, ColumnRemoved)):
            self.notify("Deleted; u brings it back.", timeout=3, markup=False)
        elif edit.first_changed == 1 and iteration > 1:
            self.notify(
                f"With this edit the run began again from iteration 1; {undo} undoes it.", timeout=3, markup=False
            )

    @on(Board.WeightAsked)
    def ask_for_weight(self, message: Board.WeightAsked) -> None:
        """Asks for another value of the weight selected, beginning with what was typed."""
        self.pause()
        if cell := self._weight_selected():
            self._ask_for(cell, message.text, is_typed=True)

    @on(Board.WeightsPasted)
    def paste_weights(self, message: Board.WeightsPasted) -> None:
        """Sets weights to the numbers pasted, beginning at the weight selected."""
        self.pause()
        if cell := self._weight_selected():
            try:
                self._set_block(cell, message.text)
            except ValidationError as refusal:
                self.notify(error_sentence(refusal), severity="error", timeout=10, markup=False)

    def _weight_selected(self) -> SelectedCell | None:
        cell = self.state.selected("matrices")
        shapes = self.state.document.network.shapes
        if cell and cell.matrix in shapes:
            return cell
        names = " or ".join(map(self.notation.name, shapes))
        self.notify(f"Only weights can be set: choose a cell of {names}.", timeout=3, markup=False)
        return None

    def _set_block(self, cell: SelectedCell, text: str) -> None:
        """Sets the block of weights pasted. Raises `ValidationError` if it does not fit."""
        name, shape = cell.matrix, self.state.document.network.shapes[cell.matrix]
        written = self.notation.name(name)
        row, column, rows = placed(matrix_in(text), shape, cell.row, cell.column, name, written)
        self.edit(WeightsSet(name, row, column, rows))
        count = many(len(rows) * len(rows[0]), "number")
        says = f"{count} pasted into {written}; u takes them back."
        if not name.startswith("b"):
            source = "input" if name == "W1" else "unit"
            says += f" A row has the weights out of one {source}, a column those into one unit."
        self.notify(says, timeout=5, markup=False)

    def _ask_for(self, cell: SelectedCell, text: str = "", *, is_typed: bool = False) -> None:
        """Asks for a weight. Tab keeps it and asks for the next weight; pasting a block sets several weights."""
        from tui_nn.dashboard.dialogs.weight_dialog import WeightDialog, weight_beside

        iteration = self._shown_and_last()[0]
        run, name = self.run_of(self.state.branches.current), self.notation.name(cell.matrix)
        parameters = None
        if self.state.effect == FROM_HERE and iteration > 1:
            # What stands in a weight that is not computed yet, nobody knows.
            if iteration <= run.reached + 1:
                parameters = run.parameters(iteration)
            when = f"in iteration {grouped(iteration)}"
            effect = "Another value, from this iteration on:"
        else:
            parameters = self.state.document.start_parameters
            when = "at the start"
            effect = "With another value the run begins again (after h, it would go on from this iteration):"
        now = shortest(float(parameters.named[cell.matrix][cell.row - 1, cell.column - 1])) if parameters else ""

        def check(text: str, *, goes_on: bool, is_block: bool) -> str | None:
            is_as_before = text.strip() == now or (goes_on and not text.strip())
            try:
                if is_block:
                    self._set_block(cell, text)
                elif not is_as_before:
                    number = validation.number("weight", input_parsing.number(text, key="weight"))
                    self.edit(WeightSet(cell.matrix, cell.row, cell.column, number))
            except ValidationError as refusal:
                return error_sentence(refusal)
            return None

        def answered(by: int | None) -> None:
            if by and (following := weight_beside(self.state.document.network.shapes, cell, by)):
                self.dispatch(following)
                self._ask_for(following)

        question = f"{name}[{cell.row},{cell.column}] is {now or 'not computed yet'} {when}. {effect}"
        self.push_screen(WeightDialog(question, text if is_typed else now, check, is_typed=is_typed), answered)

    def action_effect(self) -> None:
        """Edits start the run again, or hold from the iteration shown on."""
        effect = EFFECTS[(EFFECTS.index(self.state.effect) + 1) % len(EFFECTS)]
        self.dispatch(EffectChosen(effect))
        says = (
            "Edits now take effect from the iteration shown on."
            if effect == FROM_HERE
            else "Edits now start the run again from iteration 1."
        )
        self.clear_notifications()
        self.notify(says, timeout=3, markup=False)

    def action_undo(self) -> None:
        """Undoes the last edit, or the last change of a note or mark, whichever came later."""
        past, _ = undoable(entry.event for entry in self._desk.history.entries)
        self._dispatch_or_say(undo_event(past), "There is nothing to undo.", "Undone", past)

    def action_redo(self) -> None:
        """Makes the edit undone last again."""
        _, future = undoable(entry.event for entry in self._desk.history.entries)
        self._dispatch_or_say(redo_event(future), "There is nothing to redo.", "Made again", future)

    def _dispatch_or_say(self, event: Event, otherwise: str, done: str, edits: list[Event]) -> None:
        self.pause()
        try:
            self.dispatch(event)
        except ValidationError:
            self.notify(otherwise, timeout=3, markup=False)
        else:
            self.notify(f"{done}: {edit_description(edits[-1], self.notation)}.", timeout=3, markup=False)

    # Notes and marks

    def stay_where_shown(self) -> None:
        """What plays pauses. A run that overflows before the lesson's iteration shows the one where it does."""
        self.pause()
        iteration = self._shown_and_last()[0]
        if iteration != self.state.iteration:
            self.dispatch(Moved(iteration, self.state.step.name))

    def action_note(self) -> None:
        """Asks for a note."""
        self.stay_where_shown()
        self.ask("A note at this step:", partial(validation.remark, "text"), self._note)

    def _note(self, text: str) -> None:
        self.dispatch(Noted(text))

    def action_change_note(self) -> None:
        """Asks which note or mark of this step to change or delete."""
        from tui_nn.dashboard.features.note_editing import ask_which_to_change

        self.stay_where_shown()
        ask_which_to_change(self, self.state, self.dispatch)

    def action_mark(self) -> None:
        """Asks for a name of this step."""
        self.stay_where_shown()
        names = [mark.name for mark in self.state.marks]
        self.ask("A name for this step:", partial(new_name, taken=names), self._mark)

    def _mark(self, name: str) -> None:
        self.dispatch(Marked(name))


def new_name(text: str, taken: Iterable[str]) -> str:
    """A name that nothing has yet. Raises `ValidationError`."""
    name = validation.name("name", text.strip())
    if name in taken:
        raise ValidationError("name", f'"{name}"', "a name that is not taken yet")
    return name
