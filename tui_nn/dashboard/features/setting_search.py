"""Settings in the command palette: an entry leads to its setting, and changes nothing by itself."""

from collections.abc import Iterator
from functools import partial

from tui_nn.dashboard.dialogs.palette_entry import Entry
from tui_nn.dashboard.features.controller import LessonController
from tui_nn.dashboard.features.feature import Feature
from tui_nn.dashboard.features.teaching.editing import Editing
from tui_nn.dashboard.panes.settings import SettingsPane
from tui_nn.language import _, pgettext
from tui_nn.session.events import HyperparameterSet, Selected
from tui_nn.session.hyperparameter import Hyperparameter
from tui_nn.session.settings import HYPERPARAMETERS
from tui_nn.writing.notation.number_format import group_digits
from tui_nn.writing.notation.setting_names import (
    SETTING_NAMES,
    search_words,
    setting_name,
    setting_subject,
    setting_text,
)
from tui_nn.writing.sentences.setting_meanings import setting_meaning


class SettingSearch(Feature):
    """Leads to a setting that is found by its name, or by one of its choices."""

    def __init__(self, lesson: LessonController, editing: Editing) -> None:
        super().__init__(lesson)
        self._editing = editing

    def palette_entries(self) -> Iterator[Entry]:
        """Every setting with its value, and each of its other choices."""
        document = self.state.document
        # For translators: what a setting is whose list is empty.
        nothing = pgettext("value of a setting", "none")
        for key in SETTING_NAMES:
            setting, name, words = HYPERPARAMETERS[key], setting_name(key), search_words(key)
            value = setting.get(document)
            now = group_digits(value) if type(value) is int and value >= 0 else setting_text(value) or nothing
            if reason := setting.idle_because(document):
                says = _(
                    "has no effect with {setting} {value}; goes there",
                    setting=setting_name(reason),
                    value=setting_text(HYPERPARAMETERS[reason].get(document)) or nothing,
                )
                yield Entry(_titled(name, now), says, partial(self._lead_to, reason), words)
                continue
            meaning = self.notation.translated(setting.meaning or setting_meaning(setting, document, self.notation))
            says = _("goes to it: {meaning}", meaning=meaning) if meaning else _("goes to it")
            yield Entry(_titled(name, now), says, partial(self._lead_to, key), words)
            for choice in setting.choices:
                if setting_text(choice) != now:
                    says = _("goes to the {setting}, and asks whether to change it", setting=name)
                    yield Entry(_titled(name, setting_text(choice)), says, partial(self._offer, setting, choice))

    def _lead_to(self, key: str) -> bool:
        """Moves the cursor to a setting. Returns False if an unfinished edit keeps the cursor elsewhere."""
        if not self.screen.may_leave():
            return False
        self.screen.go_to_pane(SettingsPane.info.name, Selected(key))
        return True

    def _offer(self, setting: Hyperparameter, choice: object) -> None:
        """Moves the cursor to a setting, and asks whether to set it to ``choice``."""
        from tui_nn.dashboard.dialogs.questions import ChoiceDialog

        if not self._lead_to(setting.key):
            return
        now, other = setting_text(setting.get(self.state.document)), setting_text(choice)

        def answered(key: str | None) -> None:
            if key == "y":
                self._editing.edit_or_say(HyperparameterSet(setting.key, choice))  # type: ignore[arg-type]

        answers = (("n", _("leave it: {value}", value=now)), ("y", _("make it {value}", value=other)))
        question = _("{setting} is {now}. Make it {other}?", setting=setting_subject(setting.key), now=now, other=other)
        self.app.push_screen(ChoiceDialog(question, answers), answered)


def _titled(setting: str, value: str) -> str:
    return _("Setting: {setting}, {value}", setting=setting, value=value)
