"""A window that shrinks at an awkward moment: with the help open, in the palette, while the lesson plays."""

import random
from typing import NamedTuple

from tests.terminal.program import Program

_REDRAW = "\x0c"


class Situation(NamedTuple):
    """What is on the screen when the window shrinks, and how large the window is before and after."""

    name: str
    keys: tuple[str, ...]
    shows: str
    large: tuple[int, int]
    small: tuple[int, int]
    is_playing: bool = False

    def __str__(self) -> str:
        return "{}, {}×{} → {}×{}".format(self.name, *self.large, *self.small)


SITUATIONS = (
    Situation("help", ("?",), "Keys", (120, 40), (80, 24)),
    Situation("Explain", ("e",), "› Explain", (200, 60), (80, 24)),
    Situation("playing", ("home", " "), "pause", (200, 60), (60, 20), is_playing=True),
    Situation("palette", ("\x10",), "Search", (160, 52), (80, 24)),
    Situation("a question", ("g",), "Go to iteration", (200, 60), (62, 21)),
    Situation("too small", (), "Step", (120, 40), (50, 15)),
)


def shrink(program: Program, situation: Situation, chance: random.Random) -> None:
    """Makes the window large, opens what is to be open, and makes the window small, at once or as when it is dragged.

    Fails where the program ends, or where the screen does not show what it shows once all of it is drawn again.
    """
    program.resize(*situation.large)
    program.until(lambda screen: "iteration" in screen.lines[0] and "help" in screen.lines[-1])
    program.press(*situation.keys)
    program.shows(situation.shows)
    for size in _on_the_way(situation, chance):
        program.resize(*size)
        program.read_for(chance.uniform(0, 0.02))
    program.resize(*situation.small)
    # As a terminal that shows nothing of what was there before, until it is drawn again.
    program.screen.clear()
    program.until(lambda screen: any(screen.lines))
    if situation.is_playing:
        program.press(" ")
    program.until_it_rests()
    shown = program.screen.lines
    program.screen.clear()
    program.press(_REDRAW)
    program.until(lambda screen: screen.lines == shown)
    program.press("escape", "escape", "escape")
    # Esc and a letter right behind it would be one key, Alt and the letter.
    program.until_it_rests()


def _on_the_way(situation: Situation, chance: random.Random) -> list[tuple[int, int]]:
    """Sizes that the window has between the large and the small one."""
    (width, height), (most_width, most_height) = situation.small, situation.large
    sizes = [
        (chance.randint(width, most_width), chance.randint(height, most_height)) for _ in range(chance.choice((0, 3)))
    ]
    return sorted(sizes, reverse=True)
