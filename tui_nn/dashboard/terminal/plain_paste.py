"""Recognises a paste that a terminal sends as plain keys, without the marks of a bracketed paste.

Old versions of GNU screen and the Linux console send a paste as if the user had typed it. Its letters would run
commands, and its line ends would answer questions. Keys are a paste if all of these hold:

1. They come in one piece, without a pause, and are only text, tabs and line ends. Arrows and Page Down are sequences
   that begin with Esc, so a presenter's clicker is never a paste.
2. A tab or line end stands *between* two texts. ``37⏎`` typed over a slow line is no paste.
3. They are a table of numbers, with or without names above it; or only numbers and words of three letters or more;
   or more characters than anybody types while a slow line holds keys back. ``g37⏎n`` and ``c⇥e`` are commands.

In a pane that takes tables, a table of any size is a paste, and so is a single word. Elsewhere a paste needs at least
`LEAST_LENGTH` characters.
"""

import re

from textual import events

from tui_nn.late_pattern import late_pattern

LEAST_LENGTH = 5
"""A paste has at least this many characters, except in a pane that takes tables."""
MOST_TYPED = 24
"""From this many characters on, keys in one piece are a paste: nobody types so many during a pause of the line."""

_SEPARATOR_BETWEEN_PARTS = late_pattern(r"(?<=[^\t\r\n])[\t\r\n]+(?=[^\t\r\n])")
_NUMBER = late_pattern(r"[+−-]?(?=[.,]?\d)[\d.,]*(?:[eE][+-]?\d+|/\d+)?%?")
_WORD = late_pattern(r"[^\W\d_]{3,}")


class Burst(events.InputEvent):
    """Keys that came in one piece and may be a paste: their text, and the events of the single keys."""

    def __init__(self, text: str, keys: tuple[events.Key, ...]) -> None:
        super().__init__()
        self.text = text
        self.keys = keys


class PlainPaste(events.Paste):
    """A paste that came as keys, without the tabs at its end; ``ending`` is the last of these keys."""

    def __init__(self, text: str) -> None:
        super().__init__(text.rstrip("\t"))
        self.ending = text[-1:]


# This name makes Textual call the handlers of Paste for this event as well.
PlainPaste.handler_name = events.Paste.handler_name


def may_be_paste(text: str) -> bool:
    """Whether keys that came in one piece may be a paste: text, with a tab or a line end between two parts of it."""
    return bool(_SEPARATOR_BETWEEN_PARTS.search(text)) and all(char.isprintable() or char in "\t\r\n" for char in text)


def is_word(text: str) -> bool:
    """Whether ``text`` is a word such as ``nan``, not one key held down. In a table, a word goes into the cell."""
    return _WORD.fullmatch(text) is not None and len(set(text)) > 1


def is_table(text: str) -> bool:
    """Whether ``text`` is rows of numbers, all of the same length, with or without a row of names above."""
    lines = [line.strip(" ") for line in re.split(r"\r\n|\r|\n", text.rstrip("\t\r\n").lstrip("\r\n"))]
    separator = r"\t" if "\t" in text else r" *; *" if ";" in text else r" +"
    rows = [[cell.strip() for cell in re.split(separator, line)] for line in lines]
    are_numbers = [[_NUMBER.fullmatch(cell) is not None for cell in row] for row in rows]
    if len({len(row) for row in rows}) != 1 or not all(map(all, are_numbers[1:])):
        return False
    return all(are_numbers[0]) or (len(rows) > 1 and not any(are_numbers[0]))


def is_paste(text: str) -> bool:
    """Whether keys for which `may_be_paste` is true are a paste, in a pane that takes no tables."""
    parts = re.split(r"[\s;]+", text.strip())
    looks_pasted = all(_NUMBER.fullmatch(part) or is_word(part) for part in parts)
    return len(text) >= MOST_TYPED or (len(text) >= LEAST_LENGTH and looks_pasted)
