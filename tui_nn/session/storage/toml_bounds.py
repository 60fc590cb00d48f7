"""Limits what a TOML text may hold. Checks a text in one pass before tomllib reads it, since a small hostile file
could keep tomllib busy for hours.

The time of tomllib grows with the square of the number of parts of a key, and by a microsecond for every character of a
string and every blank line; its memory is a hundred times the size of a table. json reads plain matrices ten times as
fast, so the limits do not count their numbers: a lesson may have a million.
"""

import re

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.session import limits

KEY_PARTS = 10
DEPTH = 16
NUMBER_LENGTH = 10_000
TEXT_LENGTH = 20_000
ALL_TEXTS_LENGTH = 2_000_000
LINES = 2_000_000
ITEMS = 500_000
_TOKENS = 1_000_000


@frozen_dataclass
class Bounds:
    """The most ``key = value`` lines and headers, and the most lists, that a text may hold."""

    statements: int
    lists: int


DOCUMENT_BOUNDS = Bounds(statements=20 * limits.QUESTIONS, lists=3 * limits.ROWS + limits.HIDDEN_LAYERS * limits.UNITS)
"""For the text before the first event: a question has nine keys, x and y have a list for each row."""
EVENT_BOUNDS = Bounds(statements=50, lists=2 * limits.ROWS + limits.UNITS)
"""For one event, which has at most nine keys."""


class TomlTooLarge(ValueError):
    """A text exceeds a limit: which limit, and on which line, counted from 1."""

    def __init__(self, line: int, what: str) -> None:
        super().__init__(f"line {line}: {what}, the most that is read")
        self.line = line
        self.why = f"{what}, the most that is read"


@frozen_dataclass
class MatrixText:
    """The place in the text of a list of numbers, or of lists of numbers, that is the whole value of a key."""

    start: int
    end: int


_COMMENT = r"\#[^\n\x00-\x08\x0b-\x1f\x7f]*+\n"
_NUMBERS = rf"(?:[-+0-9eE.,_ \t\n]++|{_COMMENT})*+"
_BLANKS = rf"(?:[ \t\n]++|{_COMMENT})*+"
_BETWEEN = rf"(?:[, \t\n]++|{_COMMENT})*+"
_MATRIX = re.compile(rf"\[{_NUMBERS}\]|\[{_BLANKS}(?:\[{_NUMBERS}\]{_BETWEEN})*+\]")
_LINE_END = re.compile(r"[ \t]*+(?:\#[^\n]*+)?(?:\n|\Z)")
# Matches only where a number begins: matching from each of its digits would take time quadratic in its length.
_LONG_NUMBER = re.compile(rf"(?<![-+0-9eE._])[-+0-9eE._]{{{NUMBER_LENGTH + 1}}}")
_TOKEN = re.compile(
    r"""
    (?P<blank>(?:[ \t\r\x00]++|\#[^\n]*+)++)
    |(?P<line>\n)
    |(?P<text>\"\"\"(?:[^"\\]++|\\.|"(?!\"\"))*+\"{3,5}|\'\'\'(?:[^']++|'(?!''))*+'{3,5}
        |"(?!\"\")(?:[^"\\\n]++|\\[^\n])*+"|'(?!'')[^'\n]*+')
    |(?P<open>[\[{])|(?P<close>[\]}])
    |(?P<equals>=)|(?P<dot>\.)|(?P<comma>,)
    |(?P<quote>["'])
    |(?P<word>[^\s\x00\[\]{}=.,"'\#]++|.)
    """,
    re.VERBOSE | re.DOTALL,
)


def matrices_in(text: str, bounds: Bounds) -> list[MatrixText]:
    """The places of plain matrices in ``text``. Raises `TomlTooLarge` if it exceeds ``bounds`` or this module's limits.

    A text that is not valid TOML may pass, since it is checked only as far as tomllib would read it.
    """
    if text.count("\n") > LINES:
        raise TomlTooLarge(LINES + 1, f"more than {LINES} lines")
    return _Scan(text, bounds).run()


class _Scan:
    def __init__(self, text: str, bounds: Bounds) -> None:
        self._text = text
        self._bounds = bounds
        self._position = 0

    @property
    def _line(self) -> int:
        return self._text.count("\n", 0, self._position) + 1

    def _too_many(self, most: int, what: str) -> TomlTooLarge:
        return TomlTooLarge(self._line, f"more than {most} {what}")

    def run(self) -> list[MatrixText]:
        text, bounds, token_at = self._text, self._bounds, _TOKEN.match
        matrices: list[MatrixText] = []
        statements = lists = items = pieces = depth = parts = length_of_all = 0
        is_value = False
        end = len(text)
        position = 0
        while position < end:
            token = token_at(text, position)
            assert token is not None  # noqa: S101 - the last alternative takes any character
            kind, self._position, position = token.lastgroup, position, token.end()
            pieces += 1
            if pieces > _TOKENS:
                raise self._too_many(_TOKENS, "words and signs")
            match kind:
                case "open":
                    if is_value and depth == 0 and (matrix := self._matrix()):
                        lists += text.count("[", matrix.start, matrix.end)
                        matrices.append(matrix)
                        position = matrix.end
                    else:
                        depth += 1
                        lists += is_value
                        statements += depth == 1 and not is_value
                    parts = 0
                    if depth > DEPTH:
                        raise TomlTooLarge(self._line, f"nested too deeply: more than {DEPTH} lists within each other")
                    if lists > bounds.lists:
                        raise self._too_many(bounds.lists, "lists")
                case "close":
                    depth = max(0, depth - 1)
                case "equals":
                    statements += 1
                    parts, is_value = 0, True
                case "dot":
                    parts += 1
                    if parts >= KEY_PARTS:
                        raise self._too_many(KEY_PARTS, "parts in a key")
                case "comma":
                    items += 1
                    parts = 0
                    if items > ITEMS:
                        raise self._too_many(ITEMS, "values in lists")
                case "line":
                    parts = 0
                    is_value = is_value and depth > 0
                case "text":
                    length_of_all += self._check_length(position - self._position)
                    if length_of_all > ALL_TEXTS_LENGTH:
                        raise self._too_many(ALL_TEXTS_LENGTH, "characters in quotes")
                case "quote":
                    # A string without an end: tomllib reads to the end of the line, or of the text, and reports it.
                    last = (
                        end if text.startswith(text[self._position] * 3, self._position) else text.find("\n", position)
                    )
                    self._check_length((end if last < 0 else last) - position)
                    return matrices
                case "word" if position - self._position > NUMBER_LENGTH:
                    raise self._too_many(NUMBER_LENGTH, "characters in a number or a name")
            if statements > bounds.statements:
                raise self._too_many(bounds.statements, "keys and headers")
        return matrices

    def _check_length(self, length: int) -> int:
        if length > TEXT_LENGTH:
            raise self._too_many(TEXT_LENGTH, "characters in one pair of quotes")
        return length

    def _matrix(self) -> MatrixText | None:
        """The plain matrix that begins here, if it is the whole value of its key."""
        found = _MATRIX.match(self._text, self._position)
        if found is None or not _LINE_END.match(self._text, found.end()):
            return None
        if _LONG_NUMBER.search(self._text, found.start(), found.end()):
            raise self._too_many(NUMBER_LENGTH, "characters in a number")
        return MatrixText(found.start(), found.end())
