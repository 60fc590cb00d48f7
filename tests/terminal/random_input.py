"""What somebody may do who presses keys at random: keys of every pane and dialog, pastes, and windows of every size."""

import random
from typing import NamedTuple

from tests.terminal.program import KEYS, Program, click

SIZES = ((120, 40), (80, 24), (60, 20), (200, 60), (100, 30), (59, 19), (160, 52), (30, 8))
_PASTE_BEGINS, _PASTE_ENDS = "\x1b[200~", "\x1b[201~"
_MOVING = ("right", "left", "down", "up", "n", "p", ".", ",", "home", "end", "pagedown", "pageup", " ", " ", "+", "-")
_SEEING = (*"eyGMPNc123456789Hx[]z", "tab", "tab", "tab", "shift+tab", "enter", "enter", "f1", "?")
_TEACHING = (*"uuUUhrmQbvVftRwosSEkadADiOlgCLT", "\x0c", "\x10", "\x7f")
_TYPING = (*"0123456789.-e/", "relu", "delta3", "37", "1e9", "-0", "日本", "❤️", "e\u0301")
_LEAVING = ("escape",) * 12
ANY_KEYS = _MOVING * 3 + _SEEING * 2 + _TEACHING + _TYPING + _LEAVING
"""Keys, the more often the more likely."""
_PASTES = (
    "1\t2\n3\t4\n",
    "0,5;1,5\r\n2;3\r\n",
    "x1,x2,y\n1,2,3\n",
    "\t\t\n\n",
    "日本\t❤️\n",
    "1e400\t-\n" * 3,
    "\x1b[31mred\x07",
    "9" * 300,
    "1\t2\t3\n" * 40,
)


class Input(NamedTuple):
    """One thing that is done, as the bytes that the terminal sends, or as the new size of the window."""

    text: str = ""
    size: tuple[int, int] | None = None

    def do(self, program: Program) -> None:
        """Does it; what the terminal has no room for is lost."""
        if self.size:
            program.resize(*self.size)
        else:
            program.press_if_taken(self.text)


def any_input(chance: random.Random) -> Input:
    """A key, or now and then a paste, a click, or another size of the window."""
    kind = chance.random()
    if kind < 0.08:
        return Input(size=chance.choice(SIZES))
    if kind < 0.12:
        return Input(_PASTE_BEGINS + chance.choice(_PASTES) + _PASTE_ENDS)
    if kind < 0.17:
        return Input(click(chance.randrange(120), chance.randrange(40)))
    key = chance.choice(ANY_KEYS)
    return Input(KEYS.get(key, key))
