"""Undo and redo of the changes of notes and marks, which are apart from those of edits."""

from tui_nn.language import _
from tui_nn.network import ValidationError
from tui_nn.session import limits
from tui_nn.session.state import Notes, NotesBefore, State, replace


def with_notes(state: State, after: Notes) -> State:
    """The state with the notes and marks ``after`` a change, which undo can take back.

    Raises `ValidationError` for one change more than a lesson may have.
    """
    if state.note_changes >= limits.NOTE_CHANGES:
        most = _("at most {changes} changes of notes and marks", changes=limits.NOTE_CHANGES)
        sentence = _("A lesson can have at most {changes} changes of notes and marks.", changes=limits.NOTE_CHANGES)
        found = _("one more than {number}", number=limits.NOTE_CHANGES)
        raise ValidationError("text", found, most, f"{sentence} {limits.GO_ON_AFRESH}")
    changed = _showing(state, after, (state.all_notes, state.notes_past), None)
    return replace(changed, note_changes=state.note_changes + 1)


def notes_undone(state: State) -> State:
    """The state before the last change of a note or mark. Raises `ValidationError` if there was no change."""
    if state.notes_past is None:
        sentence = _("There is no change of a note or mark to undo.")
        raise ValidationError("undo", _("without a note or a mark"), _("one to take back"), sentence)
    before, past = state.notes_past
    future = (state.all_notes, state.notes_future)
    return _showing(state, before, past, future)


def notes_redone(state: State) -> State:
    """The state with the last undone change of a note or mark made again. Raises `ValidationError` if there is none."""
    if state.notes_future is None:
        sentence = _("There is no change of a note or mark to redo.")
        raise ValidationError("redo", _("without a note or a mark undone"), _("one to make again"), sentence)
    after, future = state.notes_future
    past = (state.all_notes, state.notes_past)
    return _showing(state, after, past, future)


def _showing(state: State, shown: Notes, past: NotesBefore, future: NotesBefore) -> State:
    """The state with the notes and marks ``shown``; ``past`` and ``future`` are what undo and redo go back to."""
    return replace(
        state,
        notes=shown.notes,
        marks=shown.marks,
        compared=shown.compared,
        notes_past=past,
        notes_future=future,
    )
