"""Edits the lesson: from which iteration an edit takes effect, and undoing and redoing it."""

from collections.abc import Mapping

from tui_nn.dashboard.features.controller import LessonController
from tui_nn.dashboard.features.feature import Action, Feature
from tui_nn.dashboard.features.moving.navigation import Navigation
from tui_nn.dashboard.features.teaching.cost_recording import CostRecording
from tui_nn.dashboard.features.teaching.edit_outcome import EditOutcome
from tui_nn.dashboard.widgets.grid.editable_grid import EditableGrid
from tui_nn.language import _
from tui_nn.network import ValidationError
from tui_nn.session.events import (
    ColumnRemoved,
    Edit,
    EffectChosen,
    Event,
    HyperparameterSet,
    RowRemoved,
)
from tui_nn.session.state import EDIT_EFFECTS, FROM_HERE
from tui_nn.writing.notation.setting_names import setting_subject, setting_text
from tui_nn.writing.sentences.edit_descriptions import edit_description


class Editing(Feature):
    """Makes edits, undoes them and redoes them; says what an edit did to the run."""

    def __init__(self, lesson: LessonController, navigation: Navigation, recording: CostRecording) -> None:
        super().__init__(lesson)
        self._navigation = navigation
        self._recording = recording
        self.outcome = EditOutcome(lesson)

    @property
    def actions(self) -> Mapping[str, Action]:
        return {"effect": self._toggle_effect, "undo": self._undo, "redo": self._redo}

    def edit(self, edit: Edit, *events: Event) -> None:
        """Makes an edit, from the iteration shown on if the user chose that, and takes in ``events``.

        Raises `ValidationError` if it is refused.
        """
        iteration = self.lesson.shown_iteration
        if self.state.edit_effect == FROM_HERE:
            edit = edit.from_iteration(iteration, self.state.document.dataset)
        activation = self.state.document.activation
        later = [segment for segment in self.state.plan.changes if segment.first > iteration]
        with self.outcome.told(), self.lesson.beginning_with(*self._navigation.stopped()):
            self.lesson.dispatch(edit, *events)
        focused = self.screen.focused
        needs_esc = isinstance(focused, EditableGrid) and not focused.is_command_key("u")
        if later and all(segment not in self.state.plan.changes for segment in later):
            if needs_esc:
                says = _("Later edits of this run are gone; Esc, then u, brings them back.")
            else:
                says = _("Later edits of this run are gone; u brings them back.")
            self.app.notify(says, markup=False)
        now = self.state.document.activation
        if isinstance(edit, HyperparameterSet) and edit.key == "hidden" and now != activation:
            says = _(
                "{setting} is now {value}, to fit the hidden layers.",
                setting=setting_subject("activation"),
                value=setting_text(now),
            )
            self.app.notify(says, markup=False)
        if isinstance(edit, (RowRemoved, ColumnRemoved)):
            self.say(_("Deleted; u brings it back."))
        elif edit.first_changed == 1 and iteration > 1:
            if needs_esc:
                self.say(_("With this edit the run began again from iteration 1; Esc, then u, undoes it."))
            else:
                self.say(_("With this edit the run began again from iteration 1; u undoes it."))

    def edit_or_say(self, edit: Edit) -> None:
        """Makes an edit, or shows why it is refused."""
        with self.lesson.saying_refusals():
            self.edit(edit)

    def _toggle_effect(self) -> None:
        """Edits start the run again, or take effect from the iteration shown on."""
        effect = EDIT_EFFECTS[(EDIT_EFFECTS.index(self.state.edit_effect) + 1) % len(EDIT_EFFECTS)]
        self.lesson.dispatch(EffectChosen(effect))
        self.app.clear_notifications()
        if effect == FROM_HERE:
            self.say(_("Edits now take effect from the iteration shown on."))
        else:
            self.say(_("Edits now start the run again from iteration 1."))

    def _undo(self) -> None:
        """Undoes the last edit, or the last change of a note or mark, whichever came later."""
        order = self._recording.session.log.undo_order
        done = order.last_done
        if self._dispatch_or_say(order.undo_event, _("There is nothing to undo.")) and done:
            self.say(_("Undone: {edit}.", edit=edit_description(done, self.notation)))

    def _redo(self) -> None:
        """Makes the edit undone last again."""
        order = self._recording.session.log.undo_order
        undone = order.last_undone
        if self._dispatch_or_say(order.redo_event, _("There is nothing to redo.")) and undone:
            self.say(_("Made again: {edit}.", edit=edit_description(undone, self.notation)))

    def _dispatch_or_say(self, event: Event, otherwise: str) -> bool:
        """Takes an event in; says ``otherwise`` if it is refused. Returns whether it was taken."""
        try:
            with self.outcome.told(), self.lesson.beginning_with(*self._navigation.stopped()):
                self.lesson.dispatch(event)
        except ValidationError:
            self.say(otherwise)
            return False
        return True
