"""Writes notes at a step, gives a step a name, and changes or deletes either."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import NamedTuple

from tui_nn.dashboard.features.controller import LessonController
from tui_nn.dashboard.features.feature import Action, Feature
from tui_nn.dashboard.features.moving.navigation import Navigation
from tui_nn.language import _
from tui_nn.network import ValidationError
from tui_nn.session import validation
from tui_nn.session.events import Event, Marked, MarkRemoved, MarkRenamed, NoteChanged, Noted, NoteRemoved
from tui_nn.session.reducer import apply_event
from tui_nn.session.validation import shortened

_KEYS = "123456789abcdefghijklmnopqrstuvwxyz"


class _Annotation(NamedTuple):
    """A note or mark of the step shown: which of them, its text, and the events that change and delete it."""

    is_note: bool
    text: str
    changed: Callable[[str], Event]
    removed: Event

    @property
    def listed(self) -> str:
        """Its line where the user chooses among several."""
        text = shortened(self.text)
        return _("note: {text}", text=text) if self.is_note else _("mark: {text}", text=text)

    @property
    def question(self) -> str:
        """What asks for its new text."""
        if self.is_note:
            return _("The note at this step (empty to delete it):")
        return _("The mark at this step (empty to delete it):")

    def notice_of(self, event: Event) -> str:
        """What is said once it is changed or deleted."""
        if event == self.removed:
            return (
                _("The note is deleted; u brings it back.")
                if self.is_note
                else _("The mark is deleted; u brings it back.")
            )
        return (
            _("The note is changed; u brings it back.") if self.is_note else _("The mark is changed; u brings it back.")
        )


class NoteEditing(Feature):
    """Makes and changes the notes and marks of the step shown."""

    def __init__(self, lesson: LessonController, navigation: Navigation) -> None:
        super().__init__(lesson)
        self._navigation = navigation

    @property
    def actions(self) -> Mapping[str, Action]:
        return {"note": self._ask_for_note, "mark": self._ask_for_mark, "change_note": self._ask_which_to_change}

    def _ask_for_note(self) -> None:
        from tui_nn.dashboard.dialogs.ask import ask

        self._navigation.stay_where_shown()
        understand = partial(validation.note, "text")
        ask(self.app, _("A note at this step:"), understand, lambda text: self.lesson.dispatch(Noted(text)))

    def _ask_for_mark(self) -> None:
        from tui_nn.dashboard.dialogs.ask import ask

        self._navigation.stay_where_shown()
        understand = partial(new_name, taken=[mark.name for mark in self.state.marks])
        ask(self.app, _("A name for this step:"), understand, lambda name: self.lesson.dispatch(Marked(name)))

    def _ask_which_to_change(self) -> None:
        """Asks for the new text of a note or mark of the step shown; "" deletes it. Of several, asks which."""
        self._navigation.stay_where_shown()
        made = [
            _Annotation(True, note.text, partial(NoteChanged, number), NoteRemoved(number))
            for number, note in self.state.numbered_notes_here
        ]
        made += [
            _Annotation(False, mark.name, partial(MarkRenamed, number), MarkRemoved(number))
            for number, mark in self.state.numbered_marks_here
        ]
        if not made:
            self.say(_("This step has no note and no name: r writes a note, m gives it a name."), seconds=4)
        elif len(made) == 1:
            self._ask_for_text(made[0])
        else:
            from tui_nn.dashboard.dialogs.questions import ChoiceDialog

            by_key = dict(zip(_KEYS, made, strict=False))

            def chosen(key: str | None) -> None:
                if key:
                    self._ask_for_text(by_key[key])

            answers = [(key, one.listed) for key, one in by_key.items()]
            self.app.push_screen(ChoiceDialog(_("Which do you want to change or delete?"), answers), chosen)

    def _ask_for_text(self, made: _Annotation) -> None:
        from tui_nn.dashboard.dialogs.ask import ask

        state = self.state

        def understood(text: str) -> Event:
            event = made.changed(text.strip()) if text.strip() else made.removed
            apply_event(state, event)
            return event

        def take(event: Event) -> None:
            if event != made.changed(made.text):
                self.lesson.dispatch(event)
                self.say(made.notice_of(event))

        ask(self.app, made.question, understood, take, made.text, is_typed=True)


def new_name(text: str, taken: Iterable[str]) -> str:
    """The name typed, if it is not in ``taken``. Raises `ValidationError`."""
    name = validation.name("name", text.strip())
    if name in taken:
        raise ValidationError("name", f'"{name}"', _("one that is not taken yet"))
    return name
