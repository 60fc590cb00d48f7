"""Notes and marks of the teacher: made, changed and deleted; and undo and redo of these and of like changes."""

from abc import abstractmethod
from typing import ClassVar

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.language import _
from tui_nn.network import ValidationError
from tui_nn.session import limits, validation
from tui_nn.session.editing.note_history import notes_redone, notes_undone, with_notes
from tui_nn.session.events.event import Event
from tui_nn.session.events.phrase import Phrase
from tui_nn.session.state import Mark, Note, Notes, State
from tui_nn.session.validation import shortened


@frozen_dataclass
class NoteUndone(Event, kind="note undone"):
    """The last change of a note or mark was undone; `Undone` is for edits only."""

    def apply(self, state: State) -> State:
        return notes_undone(state)


@frozen_dataclass
class NoteRedone(Event, kind="note redone"):
    """The change of a note or mark that was undone last was made again."""

    def apply(self, state: State) -> State:
        return notes_redone(state)


class NoteChange(Event):
    """A note or mark was made, changed or deleted."""

    undone_by = NoteUndone
    redone_by = NoteRedone
    stays_as_it_was: ClassVar[bool] = False
    """Whether a replay shows the event as it was; it shows a note with its last text from the beginning."""

    def apply(self, state: State) -> State:
        return with_notes(state, self.changed_notes(state))

    @abstractmethod
    def changed_notes(self, state: State) -> Notes:
        """All notes and marks after the change. Raises `ValidationError` if it does not fit ``state``."""

    def as_replayed(self, kept: Note | Mark | None) -> Event | None:  # noqa: ARG002 - a changed note shows nothing
        """The event as a replay shows it, or None if it shows nothing.

        ``kept`` is the note or mark that this event made, as it is at the end of the lesson; None if it is gone.
        """
        return None


@frozen_dataclass
class Noted(NoteChange, kind="noted"):
    """The teacher wrote a note at the step shown."""

    text: str

    def changed_notes(self, state: State) -> Notes:
        validation.check_room("text", state.notes, limits.NOTES, _("notes"))
        note = Note(validation.note("text", self.text), *state.note_location)
        return state.all_notes._replace(notes=(*state.notes, note))

    def as_replayed(self, kept: Note | Mark | None) -> Event | None:
        return Noted(kept.text) if isinstance(kept, Note) else None

    @property
    def description(self) -> Phrase:
        return (_('note "{text}" written', text=shortened(self.text)),)


@frozen_dataclass
class NoteChanged(NoteChange, kind="note changed"):
    """The text of a note changed. ``note`` is its number among the notes that exist."""

    note: int
    text: str

    def changed_notes(self, state: State) -> Notes:
        notes, place = state.notes, _index("note", self.note, len(state.notes))
        changed = notes[place]._replace(text=validation.note("text", self.text))
        return state.all_notes._replace(notes=(*notes[:place], changed, *notes[place + 1 :]))

    @property
    def description(self) -> Phrase:
        return (_('note changed to "{text}"', text=shortened(self.text)),)


@frozen_dataclass
class NoteRemoved(NoteChange, kind="note removed"):
    """A note was deleted; a replay never shows it. ``note`` is its number among the notes that exist."""

    note: int

    def changed_notes(self, state: State) -> Notes:
        notes, place = state.notes, _index("note", self.note, len(state.notes))
        return state.all_notes._replace(notes=(*notes[:place], *notes[place + 1 :]))

    @property
    def description(self) -> Phrase:
        return (_("note deleted"),)


@frozen_dataclass
class Marked(NoteChange, kind="marked"):
    """The step shown got a name, by which the user can go there."""

    name: str

    def changed_notes(self, state: State) -> Notes:
        validation.check_room("name", state.marks, limits.MARKS, _("marks"))
        mark = Mark(_name_of_mark(self.name, state.marks), *state.note_location)
        return state.all_notes._replace(marks=(*state.marks, mark))

    def as_replayed(self, kept: Note | Mark | None) -> Event | None:
        return Marked(kept.name) if isinstance(kept, Mark) else None

    @property
    def description(self) -> Phrase:
        return (_('mark "{name}" set', name=shortened(self.name)),)


@frozen_dataclass
class MarkRenamed(NoteChange, kind="mark renamed"):
    """A mark got another name. ``mark`` is its number among the marks that exist."""

    mark: int
    name: str

    def changed_notes(self, state: State) -> Notes:
        marks, place = state.marks, _index("mark", self.mark, len(state.marks))
        before, after = marks[:place], marks[place + 1 :]
        renamed = marks[place]._replace(name=_name_of_mark(self.name, (*before, *after)))
        return state.all_notes._replace(marks=(*before, renamed, *after))

    @property
    def description(self) -> Phrase:
        return (_('mark named "{name}"', name=shortened(self.name)),)


@frozen_dataclass
class MarkRemoved(NoteChange, kind="mark removed"):
    """A mark was deleted. ``mark`` is its number among the marks that exist."""

    mark: int

    def changed_notes(self, state: State) -> Notes:
        marks, place = state.marks, _index("mark", self.mark, len(state.marks))
        return state.all_notes._replace(marks=(*marks[:place], *marks[place + 1 :]))

    @property
    def description(self) -> Phrase:
        return (_("mark deleted"),)


def _index(what: str, number: int, count: int) -> int:
    """The index, from 0, of the note or mark with this ``number``. Raises `ValidationError` if there is none."""
    if not count and what == "note":
        sentence = _("There is no note {number}: the lesson has none.", number=number)
        raise ValidationError(what, str(number), _("no note"), sentence)
    if not count:
        sentence = _("There is no mark {number}: the lesson has none.", number=number)
        raise ValidationError(what, str(number), _("no mark"), sentence)
    return validation.in_range(what, number, count) - 1


def _name_of_mark(name: str, others: tuple[Mark, ...]) -> str:
    checked = validation.name("name", name)
    if checked in (mark.name for mark in others):
        raise ValidationError("name", f'"{checked}"', _("one that no other mark has"))
    return checked
