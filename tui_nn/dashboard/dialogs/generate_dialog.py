"""Asks which data to draw at random."""

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Label, OptionList
from textual.widgets.option_list import Option

from tui_nn.dashboard.dialogs.line_input import LineInput
from tui_nn.dashboard.dialogs.questions import Dialog
from tui_nn.language import _
from tui_nn.network import ValidationError
from tui_nn.network.model.generated_data import KINDS
from tui_nn.session.generated_lessons import GeneratedData, parse_generated
from tui_nn.writing.sentences.generated_data_text import GENERATED_DATA_TEXT
from tui_nn.writing.sentences.steps_and_errors import error_sentence


class GenerateDialog(Dialog[GeneratedData | None]):
    """Asks for a kind of data, and for the points, the noise, the seed and the share of test rows. Esc gives None."""

    def __init__(self) -> None:
        super().__init__()
        self._kind, *_ = KINDS
        self._proposed = GeneratedData(self._kind).options

    def compose(self) -> ComposeResult:
        """The kinds, and a field with the options of ``tui-nn new``."""
        with Vertical(classes="dialog"):
            yield Label(_("Begin a lesson with data drawn at random"), markup=False)
            yield OptionList(*(Option(_described(kind), id=kind) for kind in KINDS))
            yield Label(_("with these options"), markup=False)
            yield LineInput(self._proposed, select_on_focus=False)
            yield Label(_("Enter: begin   Tab: between list and field   Esc: back"), id="hint", markup=False)

    @on(OptionList.OptionHighlighted)
    def propose(self, event: OptionList.OptionHighlighted) -> None:
        """Proposes the usual options of the kind under the cursor, unless the user has changed them."""
        self._kind = event.option_id or self._kind
        field, before = self.query_one(Input), self._proposed
        self._proposed = GeneratedData(self._kind).options
        if field.value == before:
            field.value = self._proposed

    @on(OptionList.OptionSelected)
    @on(Input.Submitted)
    def answer(self) -> None:
        """Gives the data, or says why they can't be drawn."""
        try:
            data = parse_generated(self._kind, self.query_one(Input).value)
            data.document()
        except ValidationError as error:
            self.show_error(error_sentence(error))
        else:
            self.dismiss(data)


def _described(kind: str) -> Text:
    return Text.assemble((f"{kind:<10}", "bold"), GENERATED_DATA_TEXT[kind])
