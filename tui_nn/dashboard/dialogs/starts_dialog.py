"""A dialog that asks from how many starts to train, and which settings to vary as well."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.suggester import SuggestFromList
from textual.widgets import Input, Label

from tui_nn.dashboard.dialogs.line_input import LineInput
from tui_nn.dashboard.dialogs.questions import Dialog
from tui_nn.language import _
from tui_nn.network import ValidationError
from tui_nn.session import input_parsing, limits
from tui_nn.session.document import Document
from tui_nn.session.runs.swept_settings import SWEPT, Combination, combinations, parse_values
from tui_nn.writing.notation.setting_names import SETTING_NAMES, SHORT_NAMES
from tui_nn.writing.reports.sweep_table import swept_text
from tui_nn.writing.sentences.steps_and_errors import error_sentence

_ROWS = 2
_USUAL_COUNT = 1000
_KEYS_BY_LABEL = {label: key for key, label in SETTING_NAMES.items() if key in SWEPT}
"""The settings that can be varied, first those that a class changes most."""
_LABELS_NAMED = 6
_ENDS = _("Enter: train   Esc: back")
_AT_SETTING = _("→: complete   Tab: its values   Enter: train   Esc: back")
_HOW = _("Enter: train   Tab: vary a setting as well   Esc: back")


class StartsAsked(NamedTuple):
    """The seeds to train with, and the combinations of settings; none if only the starts are to differ."""

    seeds: range
    swept: Sequence[Combination]


class StartsDialog(Dialog[StartsAsked | None]):
    """Asks for the number of starts, and for one or two settings with the values to vary them over. Esc gives None."""

    def __init__(self, document: Document) -> None:
        super().__init__()
        self._document = document

    def compose(self) -> ComposeResult:
        """A field for the number of starts, two lines of a setting and its values, and room for what to type."""
        start = self._document.start
        labels = SuggestFromList(_KEYS_BY_LABEL, case_sensitive=False)
        with Vertical(classes="dialog"):
            if start.distribution:
                yield Label(_("From how many starts (seeds)?"), markup=False)
                yield LineInput(str(_USUAL_COUNT), select_on_focus=True, id="count")
                says = _("Vary a setting as well, or two? Values as 0.1, 1, 5 or 0.001..10:5")
                yield Label(says, markup=False)
            else:
                says = _(
                    'Every start is the same where its method is "{method}". Which settings shall differ?',
                    method=start.method,
                )
                yield Label(says, markup=False)
            for row in range(_ROWS):
                with Horizontal(classes="swept"):
                    named = LineInput(select_on_focus=True, placeholder=_("setting"), id=f"setting{row}")
                    named.suggester = labels
                    yield named
                    values = _("values, such as 0.1, 1, 5")
                    yield LineInput(select_on_focus=True, placeholder=values, id=f"values{row}")
            yield Label(_HOW, id="hint", markup=False)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Says what can be typed in the field."""
        self._show_hint(str(event.widget.id))

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        if self.focused is event.input:
            self._show_hint(str(event.input.id))

    def _show_hint(self, field: str) -> None:
        hint = self.query_one("#hint", Label)
        hint.remove_class("-error")
        hint.update(Text(self._hint(field)))

    def _hint(self, field: str) -> str:
        if field.startswith("setting"):
            fitting = _labels_fitting(self._text(field))
            more = ", …" if len(fitting) > _LABELS_NAMED else ""
            return f"{', '.join(fitting[:_LABELS_NAMED])}{more}\n{_AT_SETTING}"
        if field.startswith("values"):
            try:
                setting = SWEPT[_key_of(self._text(f"setting{field[-1]}"))]
            except ValidationError:
                return _HOW
            now = swept_text(setting.get(self._document))
            says = (
                _("{setting}: {meaning}; now {value}", setting=setting.label, meaning=setting.meaning, value=now)
                if setting.meaning
                else _("{setting}: now {value}", setting=setting.label, value=now)
            )
            choices = ", ".join(map(swept_text, setting.choices))
            return "\n".join([says, *([_("one of {choices}", choices=choices)] if choices else []), _ENDS])
        return _HOW

    def _text(self, field: str) -> str:
        return self.query_one(f"#{field}", LineInput).value.strip()

    @on(Input.Submitted)
    def answer(self) -> None:
        """Gives the answer, or says what can't be."""
        try:
            self.dismiss(self._asked())
        except ValidationError as error:
            self.show_error(error_sentence(error))

    def _asked(self) -> StartsAsked:
        """What the fields ask for. Raises `ValidationError` if it can't be."""
        values = self._values()
        start = self._document.start
        if start.distribution is None and not values:
            raise ValidationError("key", "nothing", "a setting", _("Name a setting, and type its values beside it."))
        count, least = 1, 1 if values else 2
        if start.distribution:
            count = input_parsing.parse_whole_number_in_range("count", self._text("count"), least, limits.STARTS)
        seeds = start.seeds(count)
        return StartsAsked(seeds, combinations(self._document, values, seeds) if values else ())

    def _values(self) -> Mapping[str, Sequence[object]]:
        values: dict[str, Sequence[object]] = {}
        for row in range(_ROWS):
            name, typed = self._text(f"setting{row}"), self._text(f"values{row}")
            if name or typed:
                key = _key_of(name)
                if key in values:
                    says = _(
                        "The {setting} is named twice. Name another setting, or one alone.", setting=SWEPT[key].label
                    )
                    raise ValidationError("key", name, "another setting", says)
                values[key] = parse_values(key, typed)
        return values


def _labels_fitting(typed: str) -> list[str]:
    """The label of the setting that has this name; if there is none, those of all that have a name that begins so.

    A setting has its label, its key in the file, and its name on the line of settings: learning rate, rate.
    """
    typed = typed.casefold()
    names = {
        label: [name.casefold() for name in (label, key, SHORT_NAMES.get(key, label))]
        for label, key in _KEYS_BY_LABEL.items()
    }
    whole = [label for label, own in names.items() if typed in own]
    return whole or [label for label, own in names.items() if any(name.startswith(typed) for name in own)]


def _key_of(name: str) -> str:
    """The key of the setting named, whole or so far that no other begins with it. Raises `ValidationError`."""
    fitting = _labels_fitting(name) if name else []
    if len(fitting) == 1:
        return _KEYS_BY_LABEL[fitting[0]]
    if fitting:
        names = ", ".join(fitting)
        says = _('Several settings begin with "{name}": {names}. Type more of the name.', name=name, names=names)
    elif name:
        says = _('There is no setting "{name}" to vary.', name=name)
    else:
        says = _("Name the setting that has these values.")
    raise ValidationError("key", name, "a setting", says)
