"""Changes and deletes the notes and marks of a step."""

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

from tui_nn.dashboard.apps.terminal_app import TerminalApp
from tui_nn.session.events import Event, MarkRemoved, MarkRenamed, NoteChanged, NoteRemoved
from tui_nn.session.reducer import apply_event
from tui_nn.session.state import State
from tui_nn.session.validation import short

_KEYS = "123456789abcdefghijklmnopqrstuvwxyz"


class _Made(NamedTuple):
    """A note or mark of the step shown: its kind, its text, and the events that change and delete it."""

    kind: str
    text: str
    changed: Callable[[str], Event]
    removed: Event


def ask_which_to_change(app: TerminalApp[Any], state: State, dispatch: Callable[[Event], None]) -> None:
    """Asks for the new text of a note or mark of the step shown; "" deletes it. Of several, asks which."""
    made = [
        _Made("note", note.text, partial(NoteChanged, number), NoteRemoved(number))
        for number, note in state.numbered_notes_here
    ]
    made += [
        _Made("mark", mark.name, partial(MarkRenamed, number), MarkRemoved(number))
        for number, mark in state.numbered_marks_here
    ]
    if not made:
        app.notify("This step has no note and no name: r writes a note, m gives it a name.", timeout=4, markup=False)
    elif len(made) == 1:
        _ask_for_text(app, made[0], state, dispatch)
    else:
        from tui_nn.dashboard.dialogs.questions import ChoiceDialog

        by_key = dict(zip(_KEYS, made, strict=False))

        def chosen(key: str | None) -> None:
            if key:
                _ask_for_text(app, by_key[key], state, dispatch)

        answers = [(key, f"{one.kind}: {short(one.text)}") for key, one in by_key.items()]
        app.push_screen(ChoiceDialog("Which do you want to change or delete?", answers), chosen)


def _ask_for_text(app: TerminalApp[Any], made: _Made, state: State, dispatch: Callable[[Event], None]) -> None:
    def understood(text: str) -> Event:
        event = made.changed(text.strip()) if text.strip() else made.removed
        apply_event(state, event)
        return event

    def take(event: Event) -> None:
        if event != made.changed(made.text):
            dispatch(event)
            says = f"The {made.kind} is deleted" if event == made.removed else f"The {made.kind} is changed"
            app.notify(f"{says}; u brings it back.", timeout=3, markup=False)

    app.ask(f"The {made.kind} at this step (empty to delete it):", understood, take, made.text, is_typed=True)
