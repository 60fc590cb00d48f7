"""Reads TOML from strangers within bounds, and writes TOML for people: a matrix has one line for each row."""

import re
from collections.abc import Iterator, Mapping
from itertools import islice

import rtoml
import tomli_w
from rtoml import TomlParsingError

from tui_nn.language import _

_WIDEST_LINE = 100
# What a file of 16 MiB may hold so that reading it takes at most 5 s and 1 GB. A lesson may have 100 000 rows, and two
# million numbers.
_MOST = {r"[\[{]": (500_000, _("lists and tables")), ",": (3_000_000, _("commas")), r"\.": (4_000_000, _("dots"))}
# A shorter text has fewer of each.
_SHORT = min(most for most, _what in _MOST.values())

# The parser's words, and clearer words for the user.
_CLEARER = {
    "cannot recurse further; max recursion depth met": _("nested too deeply"),
    "recursion limit": _("nested too deeply"),
    "floating-point number overflowed": _("a number above 1.8e308"),
    "integer number overflowed": _("a whole number of more than 38 digits"),
}


class TomlTooLarge(ValueError):
    """A text has more than ``most`` of some sign. ``line``, counted from 1, has the first one too many."""

    def __init__(self, line: int, most: int, what: str) -> None:
        self.line = line
        # For translators: {what} is "commas", "dots" or "lists and tables".
        self.why = _("more than {most} {what}, the most that is read", most=most, what=what)
        super().__init__(_("line {line}: {why}", line=line, why=self.why))


def loads(text: str) -> dict[str, object]:
    """The table in ``text``. Raises only `TomlParsingError` and `TomlTooLarge`, whatever the text is."""
    if len(text) > _SHORT:
        _check_bounds(text)
    try:
        return rtoml.loads(text)
    except TomlParsingError as error:
        says = str(error)
        for theirs, ours in _CLEARER.items():
            says = says.replace(theirs, ours)
        raise TomlParsingError(says) from None


def _check_bounds(text: str) -> None:
    """Raises `TomlTooLarge` for what no lesson needs, and what may take gigabytes to read."""
    for sign, (most, what) in _MOST.items():
        if beyond := next(islice(re.finditer(sign, text), most, None), None):
            raise TomlTooLarge(text.count("\n", 0, beyond.start()) + 1, most, what)


def assignment_lines(table: Mapping[str, object]) -> Iterator[str]:
    """``key = value`` for each item of ``table``."""
    for key, value in table.items():
        line = f"{key} = {_value_text(value)}"
        if len(line) > _WIDEST_LINE and isinstance(value, (list, tuple)):
            line = "\n".join((f"{key} = [", *(f"    {_value_text(item)}," for item in value), "]"))
        yield line


def _value_text(value: object) -> str:
    # tomli_w gives every cell of a matrix a line of its own, which no one wants to read or to edit.
    match value:
        case list() | tuple():
            return "[" + ", ".join(_value_text(item) for item in value) + "]"
        case bool():
            return "true" if value else "false"
        case float():
            # Not repr(value): numpy's floats are floats as well, and write "np.float64(1.0)".
            return float.__repr__(value)
        case int():
            return int.__repr__(value)
        case _:
            return tomli_w.dumps({"_": value})[4:-1]
