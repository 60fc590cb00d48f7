"""What can be done, as a menu: the help by places, the palette by names."""

from collections.abc import Iterator
from functools import partial

from tui_nn.dashboard.apps.base import LessonApp
from tui_nn.dashboard.features.command_palette import Entry, Palette
from tui_nn.dashboard.panes.registry import PANE_CLASSES, PANES_OF, STEP
from tui_nn.dashboard.screens.commands import COMMANDS, PANES
from tui_nn.dashboard.widgets.command import Command
from tui_nn.session.events import HyperparameterSet, Moved, Selected
from tui_nn.session.settings import HYPERPARAMETERS, Hyperparameter
from tui_nn.writing.notation.number_format import grouped
from tui_nn.writing.notation.setting_names import SETTING_NAMES, other_words, setting_name, subject, written

_WORDS = {
    "faster": "speed",
    "slower": "speed",
    "replay_faster": "speed",
    "replay_slower": "speed",
    "play": "run animate",
    "note": "remark comment",
    "mark": "bookmark name",
    "quit": "exit leave",
    "undo": "back",
    "starts": "seeds",
}
"""Other words that find a command in the palette, by the command's name."""


class MenuApp(LessonApp):
    """A lesson whose commands can be looked up, and chosen where they stand."""

    def action_help(self) -> None:
        """Shows all keys, those of this place first; the one that is chosen is pressed."""
        from tui_nn.dashboard.screens.help_dialog import HelpDialog

        screen = self.lesson_screen
        places = tuple(dict.fromkeys((*screen.places, PANES, *self.COMMANDS_OF)))
        dialog = HelpDialog(
            screen.pane, tuple(screen.panes), places, is_guest=self.is_guest, unicode=self.notation.unicode
        )
        self.push_screen(dialog, self._do)

    def _do(self, chosen: Command | str | None) -> None:
        if isinstance(chosen, Command):
            self.call_later(self.lesson_screen.do, chosen)
        elif chosen:
            self.call_later(self.lesson_screen.go_to_pane, chosen)

    def action_command_palette(self) -> None:
        """Opens the palette, which finds commands, settings, panes, lessons and themes by words of their names."""

        def chosen(entry: Entry | None) -> None:
            if entry:
                self.call_later(entry.do)

        self.push_screen(Palette(self.palette_entries(), unicode=self.notation.unicode), chosen)

    def palette_entries(self) -> Iterator[Entry]:
        """Yields every setting and its choices, every command that applies now, every pane and every theme."""
        if not self.is_guest:
            yield from self._settings()
        for command in COMMANDS:
            is_ours = command.where in (PANES, *self.COMMANDS_OF, *PANES_OF) and not (self.is_guest and command.edits)
            is_here = is_ours and command.is_a_choice and command.action != "command_palette"
            key = command.named(unicode=self.notation.unicode)
            if is_here and (command.where in PANES_OF or self._applies(command)):
                words = _WORDS.get(command.action, "")
                yield Entry(command.help, f"key: {key}", partial(self._do, command), words, edits=command.edits)
        for pane in self.lesson_screen.panes:
            go = partial(self.lesson_screen.go_to_pane, pane)
            yield Entry(f"Pane: {PANE_CLASSES[pane].info.title}", PANE_CLASSES[pane].info.help, go)
        for name in self.themes:
            yield Entry(f"Theme: {name}", "", partial(setattr, self, "theme", name), "colours colors")

    def _applies(self, command: Command) -> bool:
        owner = self.lesson_screen if command.where == PANES else self
        return bool(owner.check_action(command.action, ()))

    # Settings: an entry moves the cursor to its setting, and changes nothing by itself

    def _settings(self) -> Iterator[Entry]:
        document = self.state.document
        for key in SETTING_NAMES:
            setting, name, words = HYPERPARAMETERS[key], setting_name(key), other_words(key)
            value = setting.get(document)
            now = grouped(value) if type(value) is int and value >= 0 else written(value) or "none"
            if len(setting.choices) == 1:
                says = "goes to step J, which shows its formula; it is the only cost"
                yield Entry(f"Setting: {name}, {now}", says, self._go_to_cost, f"loss error J {words}")
                continue
            yield Entry(f"Setting: {name}, {now}", "goes to it", partial(self._lead_to, key), words)
            for choice in setting.choices:
                if written(choice) != now:
                    says = f"goes to the {name}, and asks whether to change it"
                    yield Entry(f"Setting: {name}, {written(choice)}", says, partial(self._offer, setting, choice))

    def _lead_to(self, key: str) -> bool:
        """Moves the cursor to a setting. Returns False if an unfinished edit keeps the cursor elsewhere."""
        if not self.lesson_screen.may_leave():
            return False
        self.lesson_screen.go_to_pane("settings")
        self.dispatch(Selected(key))
        return True

    def _go_to_cost(self) -> None:
        if self.lesson_screen.may_leave():
            self.dispatch(Moved(self.state.iteration, "J"))
            self.lesson_screen.go_to_pane(STEP)

    def _offer(self, setting: Hyperparameter, choice: object) -> None:
        """Moves the cursor to a setting, and asks whether to set it to ``choice``."""
        from tui_nn.dashboard.dialogs.questions import ChoiceDialog

        if not self._lead_to(setting.key):
            return
        now, other = written(setting.get(self.state.document)), written(choice)

        def answered(key: str | None) -> None:
            if key == "y":
                self.edit_or_say(HyperparameterSet(setting.key, choice))  # type: ignore[arg-type]

        answers = (("n", f"leave it: {now}"), ("y", f"make it {other}"))
        self.push_screen(ChoiceDialog(f"{subject(setting.key)} is {now}. Make it {other}?", answers), answered)
