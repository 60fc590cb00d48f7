"""What can be done, as a menu: the help by places, the palette by names."""

from collections.abc import Iterable
from functools import partial

from textual.app import SystemCommand
from textual.screen import Screen

from tui_nn.dashboard.app import LessonApp
from tui_nn.dashboard.commands import COMMANDS, PANES, PANES_OF, Command
from tui_nn.dashboard.panes.names import PANE_HELP, PANE_NAMES


class MenuApp(LessonApp):
    """A lesson whose commands can be looked up, and chosen where they stand."""

    def action_help(self) -> None:
        """Shows all keys, those of this place first; the one that is chosen is pressed."""
        from tui_nn.dashboard.dialogs import Help

        screen = self.lesson_screen
        places = tuple(dict.fromkeys((*screen.places, PANES, *self.COMMANDS_OF)))
        dialog = Help(screen.pane, tuple(screen.panes), places, is_guest=self.is_guest, unicode=self.notation.unicode)
        self.push_screen(dialog, self._do)

    def _do(self, chosen: Command | str | None) -> None:
        if isinstance(chosen, Command):
            self.call_later(self.lesson_screen.do, chosen)
        elif chosen:
            self.call_later(self.lesson_screen.go_to_pane, chosen)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:  # noqa: ARG002 - Textual's
        """Every command that applies, every pane, and every theme."""
        for command in COMMANDS:
            is_ours = command.where in (PANES, *self.COMMANDS_OF, *PANES_OF) and not (self.is_guest and command.edits)
            is_here = is_ours and command.is_a_choice and command.action != "command_palette"
            key = command.named(unicode=self.notation.unicode)
            if is_here and (command.where in PANES_OF or self._applies(command)):
                yield SystemCommand(command.help, f"key: {key}", partial(self._do, command))
        for pane in self.lesson_screen.panes:
            go = partial(self.lesson_screen.go_to_pane, pane)
            yield SystemCommand(f"Pane: {PANE_NAMES[pane]}", PANE_HELP[pane].sentence, go)
        for name in self.themes:
            yield SystemCommand(f"Theme: {name}", "", partial(setattr, self, "theme", name))

    def _applies(self, command: Command) -> bool:
        owner = self.lesson_screen if command.where == PANES else self
        return bool(owner.check_action(command.action, ()))
