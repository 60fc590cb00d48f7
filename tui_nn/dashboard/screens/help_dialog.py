"""The help: all keys by the places where they apply, and what the user does in each pane."""

from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tui_nn.dashboard.dialogs.over_lesson import ScreenOverLesson
from tui_nn.dashboard.panes.registry import PANE_CLASSES
from tui_nn.dashboard.screens.commands import COMMANDS
from tui_nn.dashboard.widgets.command import Command
from tui_nn.language import _

_HEADING = "bold $text-accent"


class HelpDialog(ScreenOverLesson[Command | str | None]):
    """Shows ``commands`` by their places, and all panes. Gives what the user chose of either; None for Esc."""

    AUTO_FOCUS = "OptionList"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,question_mark,q,f1", "dismiss(None)", "Back")]

    def __init__(
        self, pane: str, panes: Sequence[str], commands: Mapping[str, Sequence[Command]], *, unicode: bool
    ) -> None:
        super().__init__()
        self._pane = pane
        self._panes = panes
        self._unicode = unicode
        self._commands = commands

    def compose(self) -> ComposeResult:
        """The keys and the panes. The place where the user is comes first."""
        with Vertical(classes="dialog help") as dialog:
            # In the border: a line above the list would push the last of it out of sight.
            dialog.border_title = _("Keys · Enter or a click: do it · Esc: back")
            dialog.border_subtitle = _("ctrl+p finds a command by its name")
            yield OptionList(*self._options())

    def _options(self) -> Iterator[Option]:
        here = PANE_CLASSES[self._pane].info
        yield Option(Content.assemble((f"{here.title}: ", _HEADING), here.help), disabled=True)
        for place, commands in self._commands.items():
            if commands:
                yield from _heading(place)
            for command in commands:
                key = command.named(unicode=self._unicode)
                says = Content.assemble((f"{key:>10}  ", "bold"), command.help)
                # Keys that mean nothing by themselves, such as the digits of a number, can't be chosen here.
                yield Option(says, id=str(COMMANDS.index(command)), disabled=not command.is_a_choice)
        yield from _heading(_("The panes"))
        for pane in self._panes:
            info = PANE_CLASSES[pane].info
            yield Option(Content.assemble((f"{info.title:>10}  ", "bold"), info.help), id=pane)

    def on_mount(self) -> None:
        """Begins with what the user can do where the user is."""
        choices = self.query_one(OptionList)
        choices.action_first()
        # The sentence above the first choice must stay in sight.
        choices.scroll_home(animate=False)

    @on(OptionList.OptionSelected)
    def chosen(self, event: OptionList.OptionSelected) -> None:
        """Gives the command, or the pane, chosen with the cursor or the mouse."""
        chosen = str(event.option_id)
        self.dismiss(chosen if chosen in PANE_CLASSES else COMMANDS[int(chosen)])


def _heading(text: str) -> Iterator[Option]:
    yield Option("", disabled=True)
    yield Option(Content.assemble((text, _HEADING)), disabled=True)
