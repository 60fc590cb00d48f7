"""Adds, changes and deletes a lesson's notes and marks; undoes and redoes these changes."""

from collections.abc import Collection
from dataclasses import replace

from tui_nn.network import ValidationError
from tui_nn.session import events, limits, validation
from tui_nn.session.events import NoteDeed
from tui_nn.session.state import Mark, Note, Notes, State


def with_notes(state: State, deed: NoteDeed) -> State:
    """The state after a note or mark was made, changed or deleted, which undo can take back.

    Raises `ValidationError`.
    """
    if state.note_changes >= limits.NOTE_CHANGES:
        most = f"at most {limits.NOTE_CHANGES} in a lesson"
        raise ValidationError("text", f"one change of the notes more than {limits.NOTE_CHANGES}", most)
    after = _noted(state, deed)
    return replace(
        state,
        notes=after.notes,
        marks=after.marks,
        notes_past=(Notes(state.notes, state.marks), state.notes_past),
        notes_future=None,
        note_changes=state.note_changes + 1,
    )


def _noted(state: State, deed: NoteDeed) -> Notes:
    notes, marks = state.notes, state.marks
    here = state.branches.current.name, state.iteration, state.step.name
    match deed:
        case events.Noted(text):
            room("text", notes, limits.NOTES)
            return Notes((*notes, Note(validation.remark("text", text), *here)), marks)
        case events.NoteChanged(number, text):
            at = _among("note", number, len(notes))
            changed = notes[at]._replace(text=validation.remark("text", text))
            return Notes((*notes[:at], changed, *notes[at + 1 :]), marks)
        case events.NoteRemoved(number):
            at = _among("note", number, len(notes))
            return Notes((*notes[:at], *notes[at + 1 :]), marks)
        case events.Marked(name):
            room("name", marks, limits.MARKS)
            return Notes(notes, (*marks, Mark(_name_of_mark(name, marks), *here)))
        case events.MarkRenamed(number, name):
            at = _among("mark", number, len(marks))
            others = (*marks[:at], *marks[at + 1 :])
            renamed = marks[at]._replace(name=_name_of_mark(name, others))
            return Notes(notes, (*marks[:at], renamed, *marks[at + 1 :]))
        case events.MarkRemoved(number):
            at = _among("mark", number, len(marks))
            return Notes(notes, (*marks[:at], *marks[at + 1 :]))


def notes_undone(state: State) -> State:
    """The state before the last change of a note or mark. Raises `ValidationError` if there was no change."""
    if state.notes_past is None:
        raise ValidationError("undo", "without a note or a mark", "one to take back")
    before, past = state.notes_past
    future = (Notes(state.notes, state.marks), state.notes_future)
    return replace(state, notes=before.notes, marks=before.marks, notes_past=past, notes_future=future)


def notes_redone(state: State) -> State:
    """The state with the last undone change of a note or mark made again. Raises `ValidationError` if there is none."""
    if state.notes_future is None:
        raise ValidationError("redo", "without a note or a mark undone", "one to make again")
    after, future = state.notes_future
    past = (Notes(state.notes, state.marks), state.notes_past)
    return replace(state, notes=after.notes, marks=after.marks, notes_past=past, notes_future=future)


def _among(what: str, number: int, count: int) -> int:
    """The index, from 0, for a ``number`` from 1 to ``count``. Raises `ValidationError` if it is outside."""
    if not 1 <= number <= count:
        raise ValidationError(what, str(number), f"one from 1 to {count}" if count else "none: there are none")
    return number - 1


def _name_of_mark(name: str, others: tuple[Mark, ...]) -> str:
    checked = validation.name("name", name)
    if checked in (mark.name for mark in others):
        raise ValidationError("name", f'"{checked}"', "a name that no other mark has")
    return checked


def room(what: str, kept: Collection[object], most: int) -> None:
    """Raises `ValidationError` if ``kept`` already has ``most`` items."""
    if len(kept) >= most:
        raise ValidationError(what, f"one more than {most}", f"at most {most} in a lesson")
