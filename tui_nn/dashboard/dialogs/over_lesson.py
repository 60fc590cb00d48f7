"""What all screens have in common that stand over the one of the lesson."""

from pathlib import Path
from typing import TypeVar

from textual.screen import ModalScreen

from tui_nn.dashboard.terminal.style_sheets import read_rules

Answer = TypeVar("Answer")

_RULES = Path(__file__).with_name("dialogs.tcss")


class ScreenOverLesson(ModalScreen[Answer]):
    """A dialog, or a screen that computes something. The rules of all of them are read when the first one is made."""

    def __init__(self) -> None:
        super().__init__()
        read_rules(self.app, _RULES)
