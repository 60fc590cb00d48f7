"""Splits values in brackets, as programs write them, into tokens."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from tui_nn.language import _
from tui_nn.session import limits
from tui_nn.session.homework.digits import NUMBER
from tui_nn.session.homework.printed_numbers import NumbersError
from tui_nn.session.homework.reading_notes import too_many_numbers

CLOSES = {"[": "]", "(": ")", "{": "}"}
"""The bracket that closes each bracket."""
_RUN = re.compile(rf"(?:{NUMBER}L?+(?![\w.:(*/^]|[ \t]*+[*/^])[\s,]*+)++", re.ASCII)
_ONE = re.compile(NUMBER, re.ASCII)
_OTHER = re.compile(
    r"""\s++|#[^\n]*+|(?P<text>"[^"\n]{0,400}+"|'[^'\n]{0,400}+'|`[^`\n]{0,400}+`)|(?P<range>\d{1,7}+L?:\d{1,7}+L?)"""
    r"""|(?P<key>\d{1,8}+)(?=[ ]?:)|(?P<gap>\.\.\.|…|⋮|⋯)"""
    r"""|(?P<name>[-+]?[^\W\d][\w.]{0,80}+|<[\w.]{1,80}+>)|(?P<sign>[\[\](){},;:=*])"""
    r"|(?P<junk>.)"
)


class NotRead(ValueError):
    """A text is no such value."""


class Token(NamedTuple):
    """A run of numbers, a name, a sign or another part of a value. ``line`` is counted from 0."""

    kind: str
    text: str
    line: int
    cells: Sequence[str] = ()


class Tokens:
    """The tokens of lines from a place on, one after the other."""

    def __init__(self, lines: Sequence[str], line: int, place: int) -> None:
        self._lines = lines
        self.line, self.place = line, place
        self._kept: Token | None = None
        self._cells = self._lists = 0

    def peek(self) -> Token:
        """The next token, which stays."""
        if self._kept is None:
            self._kept = self._next()
        return self._kept

    def take(self) -> Token:
        """The next token, taken."""
        token = self.peek()
        self._kept = None
        return token

    def _next(self) -> Token:
        while self.line < len(self._lines):
            text, line = self._lines[self.line], self.line
            if self.place >= len(text):
                self.line, self.place = line + 1, 0
                continue
            if run := _RUN.match(text, self.place):
                self.place = run.end()
                cells = [cell.replace("−", "-") for cell in _ONE.findall(run[0])]
                self._cells += len(cells)
                if self._cells > limits.PRINTED_CELLS:
                    raise NumbersError(too_many_numbers())
                return Token("numbers", "", line, cells)
            found = _OTHER.match(text, self.place)
            if not found:
                raise NotRead
            self.place = found.end()
            self._lists += found[0] in CLOSES or found.lastgroup in ("text", "name")
            self._cells += found.lastgroup is not None
            if self._lists > limits.PRINTED_LISTS:
                raise NumbersError(
                    _("There are more than {most} lists and texts, the most that are read.", most=limits.PRINTED_LISTS)
                )
            if found.lastgroup:
                return Token(found.lastgroup, found[0], line)
        return Token("end", "", self.line)
