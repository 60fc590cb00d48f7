"""A dialog that takes a student's numbers, and finds out in a thread how they compare with the lesson's."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from threading import Thread

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Input, Label, Static

from tui_nn.dashboard.dialogs.line_input import LineInput
from tui_nn.dashboard.dialogs.questions import Dialog
from tui_nn.dashboard.dialogs.user_files import UserFiles
from tui_nn.handouts.programs.lines_in_r import LinesInR
from tui_nn.language import _, ngettext
from tui_nn.network import ValidationError
from tui_nn.session import input_parsing
from tui_nn.session.events import NumbersCompared
from tui_nn.session.homework.comparing import numbers_compared, printable_name
from tui_nn.session.homework.diagnosing import HomeworkDiagnosis, diagnose_numbers
from tui_nn.session.homework.printed_numbers import NumbersError, PrintedNumbers
from tui_nn.session.homework.reading import read_printed, read_printed_file
from tui_nn.session.runs.run_plan import RunPlan
from tui_nn.session.storage.session_file import os_error_reason, printable_path
from tui_nn.writing.notation.number_format import group_digits
from tui_nn.writing.reports.mistake_lines import mistake_lines
from tui_nn.writing.reports.paragraphs import printable
from tui_nn.writing.sentences.placing_sentences import aside_sentence, why_none_is_looked_for
from tui_nn.writing.sentences.steps_and_errors import error_sentence

THREAD = "diagnosis"
"""The name of the thread that looks for the mistake."""
_LINES_SHOWN, _WIDEST = 5, 200
_HINT = _("Enter: compare   Tab: next field   Esc: back")
_LOOKING = _("Looking for the mistake that explains these numbers …   Esc: stop")


class NumbersDialog(Dialog[NumbersCompared | None]):
    """Asks for a paste or a file, its iteration and a name; Esc gives None, also while the search is under way."""

    class Found(Message):
        """The search is done."""

        def __init__(self, compared: NumbersCompared) -> None:
            super().__init__()
            self.compared = compared

    class Refused(Message):
        """The numbers can't be compared; ``sentence`` says why."""

        def __init__(self, sentence: str) -> None:
            super().__init__()
            self.sentence = sentence

    class Broken(Message):
        """The search failed where it never should."""

        def __init__(self, error: Exception) -> None:
            super().__init__()
            self.error = error

    takes_files = True

    def __init__(self, plan: RunPlan, files: UserFiles) -> None:
        super().__init__()
        self._files = files
        self._plan = plan
        self._pasted = ""

    def compose(self) -> ComposeResult:
        """The three fields, and room for what was pasted and for an error message."""
        with Vertical(classes="dialog"):
            yield Label(self._files.words.numbers, markup=False)
            yield LineInput(id="source", select_on_focus=False, takes_blocks=True)
            yield Static(id="pasted")
            with Horizontal(classes="fields"):
                with Vertical():
                    yield Label(_("Iteration (may be empty)"), markup=False)
                    yield LineInput(id="iteration", select_on_focus=False)
                with Vertical():
                    yield Label(_("Student (may be empty)"), markup=False)
                    yield LineInput(id="whose", select_on_focus=False)
            yield Label(_HINT, id="hint", markup=False)

    @on(LineInput.BlockPasted)
    def take_paste(self, event: LineInput.BlockPasted) -> None:
        """Keeps what was pasted, and shows how it begins."""
        self._pasted = event.text
        lines = event.text.splitlines()
        shown = ["".join(char if char.isprintable() else " " for char in line[:_WIDEST]) for line in lines]
        shown = shown[:_LINES_SHOWN]
        if (more := len(lines) - _LINES_SHOWN) > 0:
            shown.append(ngettext("… {lines} line more", "… {lines} lines more", more, lines=more))
        text = Text("\n".join(shown), no_wrap=True, overflow="ellipsis")
        self.query_one("#pasted", Static).update(text)
        self._field("source").value = ""
        says = ngettext("{lines} line pasted", "{lines} lines pasted", len(lines), lines=len(lines))
        self._field("source").placeholder = says
        self._field("iteration").focus()

    @on(Input.Submitted)
    def compare(self) -> None:
        """Begins to look for the mistake, unless what was typed is refused."""
        try:
            iteration = self._iteration()
        except ValidationError as error:
            self.show_error(error_sentence(error))
            return
        source, whose = self._field("source").value.strip(), self._field("whose").value.strip()
        if not source and not self._pasted:
            self.show_error(self._files.words.no_numbers)
            return
        self._show_hint(_LOOKING)
        for field in self.query(LineInput):
            field.disabled = True
        # A daemon thread: the search can't be interrupted, and must not keep tui-nn alive after Esc and quit.
        Thread(target=self._look, args=(source, iteration, whose), name=THREAD, daemon=True).start()

    def _iteration(self) -> int | None:
        text = self._field("iteration").value.strip()
        if not text:
            return None
        return input_parsing.parse_whole_number_in_range("iteration", text, 1, self._plan.document.iterations)

    def _look(self, source: str, iteration: int | None, whose: str) -> None:
        """Reads the numbers and looks for the mistake, in a thread."""
        try:
            printed = _read(source, self._files) if source else read_printed(self._pasted)
            found = diagnose_numbers(self._plan, printed, iteration)
            lines = mistake_lines(self._plan.document, found.diagnosis.explanations.found, LinesInR())
        except ValidationError as error:
            answer: Message = self.Refused(error_sentence(error))
        except OSError as error:
            file, reason = printable_path(Path(source)), os_error_reason(error)
            answer = self.Refused(_("{file} can't be read: {reason}.", file=file, reason=reason))
        except Exception as error:  # noqa: BLE001 - the screen raises it
            answer = self.Broken(error)
        else:
            name = whose or printable_name(Path(source).name if source else "")
            answer = self.Found(numbers_compared(found, name, lines, _remarks(found)))
        # A dialog that was closed takes no message; a program that has ended has nothing that could.
        with suppress(RuntimeError):
            self.post_message(answer)

    @on(Found)
    def show_found(self, message: Found) -> None:
        """Gives what was found."""
        self.dismiss(message.compared)

    @on(Refused)
    def show_refusal(self, message: Refused) -> None:
        """Says why the numbers can't be compared; the user may change what was typed."""
        for field in self.query(LineInput):
            field.disabled = False
        self._field("source").focus()
        self.show_error(message.sentence)

    @on(Broken)
    def fail(self, message: Broken) -> None:
        """Fails as the search did: a thread would fail in silence."""
        raise message.error

    def _field(self, name: str) -> LineInput:
        return self.query_one(f"#{name}", LineInput)

    def _show_hint(self, text: str) -> None:
        hint = self.query_one("#hint", Label)
        hint.remove_class("-error")
        hint.update(Text(text))


def _read(source: str, files: UserFiles) -> PrintedNumbers:
    """The numbers in a file, or those typed themselves. Raises OSError and `ValidationError`."""
    try:
        return read_printed_file(files.find_numbers(source))
    except FileNotFoundError:
        if len(source.split()) > 1:
            return read_printed(source)
        raise
    except ValueError:
        says = _("A file can't have this name. Type one such as ann.txt, or paste the numbers.")
        raise NumbersError(says) from None


def _remarks(found: HomeworkDiagnosis) -> Iterator[str]:
    """Sentences on what was left out, and on the iteration that the text does not say."""
    if found.is_assumed and any(place.printed.iteration is None for place in found.placed.places):
        yield _(
            "The text does not say the iteration: the numbers are compared with iteration {iteration}.",
            iteration=group_digits(found.placed.iteration),
        )
    if why := why_none_is_looked_for(found):
        yield why
    if found.placed.aside:
        yield aside_sentence(found.placed.aside)
    yield from map(printable, found.printed.notes[:2])
