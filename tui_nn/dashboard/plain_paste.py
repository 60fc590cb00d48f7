"""A paste that comes as plain keys, from a terminal that does not mark a paste as one: which keys are one.

Old screens and the Linux console send what is pasted as if it were typed. Its letters would be commands, and its line
ends would answer questions. What tells such a paste from somebody who types:

1. It comes in one piece, with no time between its characters, and holds text, tabs and line ends alone. Arrows, Page
   Down and the like are sequences that begin with Esc: a presenter's clicker and a key held down are never a paste.
2. A tab or a line end stands *between* two texts. ``37⏎`` typed over a slow line is no paste.
3. It looks like what people paste: a table of numbers, with or without names above it; or nothing but numbers and words
   of three letters or more; or more at once than anybody types while a slow line holds keys back. ``g37⏎n`` and
   ``c⇥e`` are commands.

Where the keys go into a table of numbers, a table of any size is a paste, and so is a word alone; elsewhere it needs as
many characters as nobody types in one piece.
"""

import re

from textual import events

LEAST = 5
"""Characters. Shorter ones are keys, except in a table of numbers."""
MOST_TYPED = 24
"""Characters. So many come at once from nobody who types, even over a line that stands still for two seconds."""

_BETWEEN = re.compile(r"(?<=[^\t\r\n])[\t\r\n]+(?=[^\t\r\n])")
_NUMBER = re.compile(r"[+−-]?(?=[.,]?\d)[\d.,]*(?:[eE][+-]?\d+|/\d+)?%?")
_WORD = re.compile(r"[^\W\d_]{3,}")


class Burst(events.InputEvent):
    """Keys that came in one piece, and may be a paste: the text, and each key of it."""

    def __init__(self, text: str, keys: tuple[events.Key, ...]) -> None:
        super().__init__()
        self.text = text
        self.keys = keys


class PlainPaste(events.Paste):
    """A paste that came as keys, but for tabs at its end; ``ending`` is its last character."""

    def __init__(self, text: str) -> None:
        super().__init__(text.rstrip("\t"))
        self.ending = text[-1:]


# Whoever takes a paste takes this one as well.
PlainPaste.handler_name = events.Paste.handler_name


def may_be_paste(text: str) -> bool:
    """Whether keys that came in one piece may be a paste: text, with a tab or a line end between two parts of it."""
    return bool(_BETWEEN.search(text)) and all(char.isprintable() or char in "\t\r\n" for char in text)


def is_word(text: str) -> bool:
    """Whether ``text`` is a word and no key held down, such as ``nan``: in a table it goes into the cell."""
    return _WORD.fullmatch(text) is not None and len(set(text)) > 1


def is_table(text: str) -> bool:
    """Whether ``text`` is rows of numbers, all as long, with a row of names above them or without."""
    lines = [line.strip(" ") for line in re.split(r"\r\n|\r|\n", text.rstrip("\t\r\n").lstrip("\r\n"))]
    separator = r"\t" if "\t" in text else r" *; *" if ";" in text else r" +"
    rows = [[cell.strip() for cell in re.split(separator, line)] for line in lines]
    are_numbers = [[_NUMBER.fullmatch(cell) is not None for cell in row] for row in rows]
    if len({len(row) for row in rows}) != 1 or not all(map(all, are_numbers[1:])):
        return False
    return all(are_numbers[0]) or (len(rows) > 1 and not any(are_numbers[0]))


def is_paste(text: str) -> bool:
    """Whether keys that `may_be_paste` are one where no table of numbers is typed."""
    parts = re.split(r"[\s;]+", text.strip())
    looks_pasted = all(_NUMBER.fullmatch(part) or is_word(part) for part in parts)
    return len(text) >= MOST_TYPED or (len(text) >= LEAST and looks_pasted)
