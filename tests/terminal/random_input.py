"""What somebody may do who presses keys at random: keys of every pane and dialog, pastes, and windows of every size."""

import random
from typing import NamedTuple

from tests.terminal.program import KEYS, Program, click

SIZES = ((120, 40), (80, 24), (60, 20), (200, 60), (100, 30), (59, 19), (160, 52), (30, 8))
_RESIZES, _PASTES, _CLICKS = 0.08, 0.04, 0.05
_MOVING = ("right", "left", "down", "up", "n", "p", ".", ",", "home", "end", "pagedown", "pageup", " ", " ", "+", "-")
_SEEING = (*"eyGMPNc123456789HxVvz[]", "tab", "tab", "tab", "shift+tab", "enter", "enter", "f1", "?")
# Not "w": it leads out of the folder in which all else that is written stays; nor "q".
_TEACHING = (*"uuUUhrmQbftRosSEkadADiOlgCLT", "\x0c", "\x10", "\x7f")
_TYPING = (*"0123456789.-e/", "relu", "delta3", "37", "1e9", "-0", "日本", "❤️", "e\u0301")
_LEAVING = ("escape",) * 12
_ANY_KEY = _MOVING * 3 + _SEEING * 2 + _TEACHING + _TYPING + _LEAVING
_PASTED = (
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
_PASTE_BEGINS, _PASTE_ENDS = "\x1b[200~", "\x1b[201~"


class Input(NamedTuple):
    """What is done: the bytes that the terminal sends, or the new size of the window."""

    text: str = ""
    size: tuple[int, int] | None = None

    def do(self, program: Program) -> None:
        """Does it; of keys, the terminal loses those for which it has no room."""
        if self.size:
            program.resize(*self.size)
        else:
            program.press_if_taken(self.text)

    def __repr__(self) -> str:
        return "{}x{}".format(*self.size) if self.size else repr(self.text)


def any_input(chance: random.Random) -> Input:
    """A key, or now and then a paste, a click, or another size of the window."""
    kind = chance.random()
    if (kind := kind - _RESIZES) < 0:
        return Input(size=chance.choice(SIZES))
    if (kind := kind - _PASTES) < 0:
        return Input(_PASTE_BEGINS + chance.choice(_PASTED) + _PASTE_ENDS)
    if kind - _CLICKS < 0:
        return Input(click(chance.randrange(120), chance.randrange(40)))
    key = chance.choice(_ANY_KEY)
    return Input(KEYS.get(key, key))
