"""Prints the English words that the dashboard shows without asking a catalog for them, as JSON.

``python -m tests.dashboard.on_masked_language`` replaces every letter of each sentence that goes through
`tui_nn.language` by ж. English words that are still on the screen did not go through it.
"""

import asyncio
import json
import re
import sys
from gettext import NullTranslations

from tui_nn import language

_PLACE = re.compile(r"(\{\w*\})")
_WORD = re.compile(r"[A-Za-z][a-z]{2,}")


def _masked(sentence: str) -> str:
    """``sentence`` with ж for each letter; the names in braces stay."""
    parts = _PLACE.split(sentence)
    return "".join(part if number % 2 else re.sub("[A-Za-z]", "ж", part) for number, part in enumerate(parts))


class _Mask(NullTranslations):
    def gettext(self, message: str) -> str:
        return _masked(message)

    def pgettext(self, context: str, message: str) -> str:  # noqa: ARG002
        return _masked(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return _masked(msgid1 if n == 1 else msgid2)


language.speak(_Mask())

from tests.dashboard.stage import opened  # noqa: E402 - what it imports asks for sentences at once

# For each lesson, the size of the terminal and the keys; a look follows each of them.
_LOOKS: tuple[tuple[str, tuple[int, int], tuple[str, ...]], ...] = (
    ("lecture", (160, 50), (*["right"] * 5, "e", "escape", "y", "escape", "G", "M", "2", "escape")),
    ("lecture", (120, 40), ("question_mark", "escape", *"123456789", "escape", "0", "b", "V")),
    ("lecture-quiz", (120, 40), ("P", "4", "enter", "escape", "E", "escape", "Q", "escape")),
    ("iris", (120, 40), ("right", *"45678", "t")),
    ("homework-biases", (80, 24), ("tab",) * 10),
)


async def _left() -> dict[str, str]:
    """Each English word, and where it was seen first."""
    found: dict[str, str] = {}
    for lesson, size, keys in _LOOKS:
        async with opened(lesson, size=size, trained=False) as stage:
            for pressed in range(len(keys) + 1):
                await stage.press(*keys[max(0, pressed - 1) : pressed])
                await stage.settle()
                for line in stage.terminal.lines:
                    for word in _WORD.findall(line):
                        found.setdefault(word, f"{lesson}, {' '.join(keys[:pressed])}: {line.strip()}")
    return found


if __name__ == "__main__":
    sys.stdout.write(json.dumps(asyncio.run(_left()), ensure_ascii=False, indent=1))
