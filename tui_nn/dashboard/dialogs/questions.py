"""Dialogs on top of the dashboard: they ask for a text, a choice or a lesson, or tell something."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import ClassVar, TypeVar

from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Input, Label, OptionList, Static
from textual.widgets.option_list import Option

from tui_nn.dashboard.dialogs.line_input import LineInput
from tui_nn.dashboard.dialogs.over_lesson import ScreenOverLesson
from tui_nn.dashboard.dialogs.user_files import UserFiles
from tui_nn.language import _
from tui_nn.network import ValidationError
from tui_nn.session.storage.session_file import SessionError, read, title_of
from tui_nn.session.tables.column_selection import EVERYTHING, TableSelection, parse_selection
from tui_nn.writing.sentences.steps_and_errors import error_sentence

GENERATE = "new data"
"""What the dialog that opens lessons gives if the user wants data drawn at random."""

Answer = TypeVar("Answer")


class Dialog(ScreenOverLesson[Answer]):
    """A dialog that can say why it refuses an answer."""

    AUTO_FOCUS = "Input, OptionList"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "Back")]

    takes_files: bool = False
    """Whether the first field takes the name of a file."""

    def take_file(self, name: str) -> None:
        """Writes the name of a file that the user has just uploaded into the field."""
        field = self.query(LineInput).first()
        field.value = name
        field.focus()
        field.action_end()

    def on_paste(self, event: events.Paste) -> None:
        """Says that this dialog takes no text. A dialog with a field never gets here: the field takes the paste."""
        event.stop()
        self.notify(_("Nothing can be pasted here: choose, or press Esc."), timeout=3, markup=False)

    def show_error(self, reason: str) -> None:
        """Says why it refuses the answer."""
        hint = self.query_one("#hint", Label)
        hint.update(Text(reason))
        hint.add_class("-error")


class TextDialog(Dialog[str | None]):
    """Asks for a line of text. ``check`` gives the reason to refuse a text, or None. Esc gives None.

    The field holds ``value`` at first. What the user types replaces it; if ``is_typed``, the user typed it already, and
    goes on at its end.
    """

    def __init__(
        self,
        question: str,
        value: str,
        check: Callable[[str], str | None],
        *,
        is_typed: bool,
        takes_files: bool = False,
    ) -> None:
        super().__init__()
        self.takes_files = takes_files
        self._is_typed = is_typed
        self._question = question
        self._value = value
        self._check = check

    def compose(self) -> ComposeResult:
        """The question, the field, and room for an error message."""
        with Vertical(classes="dialog"):
            yield Label(self._question, markup=False)
            yield LineInput(self._value, select_on_focus=not self._is_typed)
            yield Label(_("Enter: accept   Esc: back"), id="hint", markup=False)

    @on(Input.Submitted)
    def answer(self, event: Input.Submitted) -> None:
        """Gives the answer, or says why it refuses it."""
        error = self._check(event.value)
        if error is None:
            self.dismiss(event.value)
        else:
            self.show_error(error)


class ChoiceDialog(Dialog[str | None]):
    """Asks for one of a few answers, each with its key; Esc gives None."""

    def __init__(self, question: str, answers: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._question = question
        self._answers = answers

    def compose(self) -> ComposeResult:
        """The question and its answers."""
        with Vertical(classes="dialog"):
            yield Label(self._question, markup=False)
            yield OptionList(*(Option(Text(f"{key}  {says}"), id=key) for key, says in self._answers))
            yield Label(_("Esc: back"), markup=False)

    @on(OptionList.OptionSelected)
    def chosen(self, event: OptionList.OptionSelected) -> None:
        """Gives the answer chosen with the cursor or the mouse."""
        self.dismiss(event.option_id)

    def on_key(self, event: events.Key) -> None:
        """Gives the answer whose key was pressed."""
        if event.character in {key for key, _says in self._answers}:
            event.stop()
            self.dismiss(event.character)


class MessageDialog(ScreenOverLesson[None]):
    """Shows a text until the user closes it."""

    AUTO_FOCUS = "VerticalScroll"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,enter,q,space", "dismiss(None)", "Back")]

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def compose(self) -> ComposeResult:
        """The text."""
        with VerticalScroll(classes="dialog help"):
            yield Static(Text(self._text))
            yield Label(_("Enter: back"), markup=False)


class OpenLessonDialog(Dialog[tuple[Path, TableSelection] | str | None]):
    """Asks for a lesson that comes with tui-nn, a lesson recorded lately, or a file.

    Gives the path, and which columns and rows to take from a table; `GENERATE` for data drawn at random.
    """

    takes_files = True

    def __init__(self, files: UserFiles) -> None:
        super().__init__()
        self._files = files
        self._named = files.lessons()

    def compose(self) -> ComposeResult:
        """The lessons with their titles, and a field for a path."""
        with Vertical(classes="dialog"):
            yield Label(_("Open a lesson"), markup=False)
            # For translators: one of the choices in a list of lessons, at most 19 letters.
            name = _("new data")
            drawn = Text.assemble((f"{name:<20}", "bold"), _("drawn at random: a circle, a spiral, …"))
            yield OptionList(*(Option(_titled(name, path)) for name, path in self._named), Option(drawn, id=GENERATE))
            yield Label(self._files.words.lesson, markup=False)
            yield LineInput(placeholder=self._files.words.lesson_example, select_on_focus=False)
            yield Label(_("Enter: open   Tab: between list and field   Esc: back"), id="hint", markup=False)

    def on_key(self, event: events.Key) -> None:
        """Begins a path with what is typed on the list."""
        field = self.query_one(Input)
        if event.is_printable and event.character and self.focused is not field:
            event.stop()
            field.value = event.character
            field.focus()
            field.action_end()

    @on(OptionList.OptionSelected)
    def chosen(self, event: OptionList.OptionSelected) -> None:
        """Gives the path of the lesson chosen."""
        self.dismiss(event.option_id or (self._named[event.option_index][1], EVERYTHING))

    @on(Input.Submitted)
    def named(self, event: Input.Submitted) -> None:
        """Gives the path typed, if a lesson can be read from it, and the `TableSelection` typed after it."""
        try:
            name, choice = parse_selection(event.value)
            path = self._files.find_lesson(name)
            read(path, choice)
        except SessionError as error:
            self.show_error(str(error))
        except ValidationError as error:
            self.show_error(error_sentence(error))
        else:
            self.dismiss((path, choice))


def _titled(name: str, path: Path) -> Text:
    try:
        title = title_of(path)
    except SessionError as error:
        title = str(error)
    return Text.assemble((f"{name:<20}", "bold"), title)
