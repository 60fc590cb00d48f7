"""The help, with all keys by places; and the palette, which finds commands by the words in their names."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial

from tui_nn.dashboard.dialogs.palette_entry import Entry
from tui_nn.dashboard.features.controller import LessonController
from tui_nn.dashboard.features.feature import Action, Feature
from tui_nn.dashboard.panes.registry import PANE_CLASSES, PANES_OF
from tui_nn.dashboard.screens.commands import COMMANDS, DO, PANES, PLACES, commands_of
from tui_nn.dashboard.widgets.command import Command
from tui_nn.language import _, pgettext

_WORDS = {
    "faster": pgettext("other words that find it", "speed"),
    "slower": pgettext("other words that find it", "speed"),
    "replay_faster": pgettext("other words that find it", "speed"),
    "replay_slower": pgettext("other words that find it", "speed"),
    "play": pgettext("other words that find it", "run animate"),
    "note": pgettext("other words that find it", "remark comment"),
    "mark": pgettext("other words that find it", "bookmark name"),
    "quit": pgettext("other words that find it", "exit leave"),
    "undo": pgettext("other words that find it", "back"),
    "starts": pgettext("other words that find it", "seeds"),
}
"""Other words that find a command in the palette, by the command's action."""


class Help(Feature):
    """Lists the commands that the user ``has``, and does the one that the user chooses.

    ``entries`` gives all entries of the palette.
    """

    def __init__(
        self, lesson: LessonController, has: Callable[[Command], bool], entries: Callable[[], Iterable[Entry]]
    ) -> None:
        super().__init__(lesson)
        self._has = has
        self._entries = entries

    @property
    def actions(self) -> Mapping[str, Action]:
        return {"help": self._show_keys, "command_palette": self._open_palette}

    def _show_keys(self) -> None:
        """Shows all keys, those of the place where the user is first."""
        from tui_nn.dashboard.screens.help_dialog import HelpDialog

        screen = self.screen
        places = dict.fromkeys((*screen.places, PANES, *PLACES, *PANES_OF))
        commands = {place: list(filter(self._has, commands_of(place))) for place in places}
        dialog = HelpDialog(screen.pane, tuple(screen.panes), commands, unicode=self.notation.unicode)
        self.app.push_screen(dialog, self._do)

    def _do(self, chosen: Command | str | None) -> None:
        if isinstance(chosen, Command):
            self.app.call_later(self.screen.do, chosen)
        elif chosen:
            self.app.call_later(self.screen.go_to_pane, chosen)

    def _open_palette(self) -> None:
        """Opens the palette, which finds commands, settings, panes, lessons and themes by words of their names."""
        from tui_nn.dashboard.dialogs.command_palette import Palette

        def chosen(entry: Entry | None) -> None:
            if entry:
                self.app.call_later(entry.do)

        self.app.push_screen(Palette(self._entries(), unicode=self.notation.unicode), chosen)

    def palette_entries(self) -> Iterator[Entry]:
        """Every command that applies now, every pane and every theme."""
        for command in COMMANDS:
            is_listed = self._has(command) and command.is_a_choice and command.action != "command_palette"
            if is_listed and (command.where in PANES_OF or self._applies(command)):
                key, words = command.named(unicode=self.notation.unicode), _WORDS.get(command.action, "")
                yield Entry(
                    command.help, _("key: {key}", key=key), partial(self._do, command), words, edits=command.edits
                )
        for pane in self.screen.panes:
            go, info = partial(self.screen.go_to_pane, pane), PANE_CLASSES[pane].info
            yield Entry(_("Pane: {title}", title=info.title), info.help, go)
        words = pgettext("other words that find it", "colours colors")
        for name in self.app.themes:
            yield Entry(_("Theme: {name}", name=name), "", partial(setattr, self.app, "theme", name), words)

    def _applies(self, command: Command) -> bool:
        if command.where == PANES:
            return bool(self.screen.check_action(command.action, ()))
        return bool(self.app.check_action(DO, (command.action,)))
