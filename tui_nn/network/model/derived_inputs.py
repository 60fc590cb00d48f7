"""Derived inputs: columns that a formula computes from the columns of x, such as ``x1*x1`` or ``sin(age)``.

The grammar, in which ``^`` binds most tightly and its right operand first, as in R:

    sum      = product { ("+" | "-") product }
    product  = signed { ("*" | "/") signed }
    signed   = ("-" | "+") signed | power
    power    = atom [ "^" signed ]
    atom     = number | name | function "(" sum ")" | "(" sum ")"

A formula is parsed into a value and never run as code. Its length and its depth are bounded.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import TypeAlias

import numpy as np

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.language import _
from tui_nn.late_pattern import late_pattern
from tui_nn.network.model.array import Array
from tui_nn.network.model.errors import ValidationError, quoted

DERIVED = "derived"
"""The key of the derived inputs in the session file."""
LONGEST = 60
"""How many characters a formula may have."""
_DEEPEST = 20
_TOKEN = late_pattern(r"\s*(?:(\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)|([^\W\d][\w.]*)|([-+*/^()]))")
_WORD = late_pattern(r"[^\W\d][\w.]*")
_BY_NUMBER = late_pattern(r"x([1-9]\d{0,3})")


@frozen_dataclass
class Column:
    """The number of a row in a column of x, counted from 1."""

    number: int


@frozen_dataclass
class Constant:
    """A number in a formula."""

    value: float


@frozen_dataclass
class Opposite:
    """−a."""

    of: "Formula"


@frozen_dataclass
class Combined:
    """Two formulas with a sign between them: one of + - * / ^."""

    sign: str
    left: "Formula"
    right: "Formula"


@frozen_dataclass
class Applied:
    """A function of a formula; its name is one of `FUNCTIONS`."""

    name: str
    of: "Formula"


Formula: TypeAlias = Column | Constant | Opposite | Combined | Applied

FUNCTIONS: Mapping[str, Callable[[Array], Array]] = {
    "sin": np.sin,
    "cos": np.cos,
    "exp": np.exp,
    "log": np.log,
    "sqrt": np.sqrt,
    "abs": np.abs,
}
"""The functions of the formulas: R and numpy have them under the same names. log is the natural logarithm."""
_SIGNS: Mapping[str, Callable[[Array, Array], Array]] = {
    "+": np.add,
    "-": np.subtract,
    "*": np.multiply,
    "/": np.divide,
    "^": np.power,
}


@lru_cache(maxsize=256)
def parse_derived(text: str, names: tuple[str, ...]) -> Formula:
    """The formula in ``text`` over columns called ``names``; x1, x2, … are the columns by their numbers.

    Raises `ValidationError` for a text that is no formula, and for a name that no column has.
    """
    if len(text) > LONGEST:
        most, length = LONGEST, len(text)
        says = _("A derived input can have at most {most} characters; this one has {length}.", most=most, length=length)
        found = _("{length} characters", length=length)
        raise ValidationError(DERIVED, found, _("at most {most}", most=most), says)
    return _Parser(text, names).formula()


def renamed(text: str, names: tuple[str, ...], column: int, name: str) -> str:
    """The formula ``text`` once the ``column``, counted from 1, of those called ``names`` is called ``name``.

    Where the column stands by its number, such as x1, it stays. Raises `ValidationError` if the formula has the
    column's name and the new one can't take its place.
    """
    parts, done = [], 0
    read = _with_ascii_minus(text)
    for token in _TOKEN.finditer(read):
        is_function = read[token.end() :].lstrip().startswith("(")
        if token[2] == names[column - 1] and not is_function and _number_of(token[2], names) is None:
            parts += [text[done : token.start(2)], name]
            done = token.end(2)
    if not parts:
        return text
    changed = "".join((*parts, text[done:]))
    why = _why_no_name(name, names, column)
    if not why and len(changed) > LONGEST:
        length = len(changed)
        why = _("the formula would have {length} characters, and {most} is the most", length=length, most=LONGEST)
    if why:
        says = _(
            "The derived input {formula} names this column, and the new name can't stand there: {why}. "
            "Choose another name, or first write x{column} for the column in the formula.",
            formula=text,
            why=why,
            column=column,
        )
        raise ValidationError(DERIVED, why, _("a name that can stand in a formula"), says)
    return changed


def _why_no_name(name: str, names: tuple[str, ...], column: int) -> str:
    """Why a formula can't call the ``column`` of ``names`` by this ``name``; "" if it can."""
    if name in FUNCTIONS:
        return _("{name} is the name of a function", name=name)
    if not _WORD.fullmatch(name):
        return _("in a formula, a name is one word of letters, digits, dots and _")
    number = _number_of(name, names)
    return "" if number in (None, column) else _("{name} means column {number} there", name=name, number=number)


def _number_of(name: str, names: tuple[str, ...]) -> int | None:
    """The number of the column that ``name``, such as x2, gives by its number; None if it gives none."""
    by_number = _BY_NUMBER.fullmatch(name)
    return int(by_number[1]) if by_number and int(by_number[1]) <= len(names) else None


def _with_ascii_minus(text: str) -> str:
    return text.replace("−", "-")


def values(formula: Formula, x: Array) -> Array:
    """What ``formula`` gives for each row of x, shape (rows,); inf or nan where it gives no number."""
    with np.errstate(all="ignore"):
        return np.broadcast_to(_value(formula, x), (len(x),))


def check_values(text: str, formula: Formula, x: Array) -> None:
    """Raises `ValidationError` for the first row of x in which ``formula``, written ``text``, gives no finite number.

    No part of it may be inf or nan either: other programs stop there.
    """
    wrong = np.flatnonzero(~np.all([np.isfinite(values(part, x)) for part in _all_parts(formula)], axis=0))
    if not wrong.size:
        return
    row = int(wrong[0])
    why, row = _reason(formula, x[row : row + 1]) or _("too large a number"), row + 1
    # For translators: {why} is such as "log of 0" or "a division by 0".
    says = _("The derived input {formula} can't be computed: {why} in row {row}.", formula=text, why=why, row=row)
    found = _("{why} in row {row}", why=why, row=row)
    raise ValidationError(DERIVED, found, _("a finite number in each row"), says)


def _value(formula: Formula, x: Array) -> Array:
    match formula:
        case Column(number):
            return x[:, number - 1]
        case Constant(value):
            return np.float64(value)  # type: ignore[return-value]  # numpy spreads it over the rows
        case Opposite(of):
            return -_value(of, x)
        case Combined(sign, left, right):
            return _SIGNS[sign](_value(left, x), _value(right, x))
        case Applied(name, of):
            return FUNCTIONS[name](_value(of, x))


def _parts(formula: Formula) -> tuple[Formula, ...]:
    match formula:
        case Column() | Constant():
            return ()
        case Opposite(of) | Applied(_, of):
            return (of,)
        case Combined(_, left, right):
            return left, right


def _all_parts(formula: Formula) -> Iterator[Formula]:
    """The formula, its parts, their parts, and so on."""
    yield formula
    for part in _parts(formula):
        yield from _all_parts(part)


def _reason(formula: Formula, row: Array) -> str:
    """What gives no finite number in a row of shape (1, columns), such as ``log of 0``; "" if all do."""
    parts = _parts(formula)
    for part in parts:
        if why := _reason(part, row):
            return why
    if np.isfinite(values(formula, row)[0]):
        return ""
    numbers = [f"{float(values(part, row)[0]):g}" for part in parts]
    match formula:
        case Applied(name, _):
            return _("{function} of {number}", function=name, number=numbers[0])
        case Combined("/", _, _) if float(numbers[1]) == 0:
            return _("a division by 0")
        case Combined("^", _, _):
            return _("{base} to the power {exponent}", base=numbers[0], exponent=numbers[1])
    return ""


class _Parser:
    """Reads a formula from left to right; each method reads what the grammar calls by its name."""

    def __init__(self, text: str, names: tuple[str, ...]) -> None:
        self._text, self._names = text, names
        self._tokens = [*self._read(_with_ascii_minus(text))]
        self._place, self._depth = 0, 0

    def _read(self, text: str) -> list[tuple[str, str]]:
        """The tokens: each its kind, "number", "name" or "sign", and its text."""
        found, place = [], 0
        while text[place:].strip():
            token = _TOKEN.match(text, place)
            if not token:
                raise self._error(_('"{sign}" has no meaning in a formula', sign=text[place:].strip()[0]))
            place = token.end()
            kind = ("number", "name", "sign")[token.lastindex - 1]  # type: ignore[operator]  # one of them matched
            found.append((kind, token[token.lastindex or 0]))
        return found

    def _error(self, why: str) -> ValidationError:
        typed = self._text.strip()
        says = _('The derived input "{typed}" can\'t be understood: {why}.', typed=typed, why=why)
        return ValidationError(DERIVED, quoted(typed), _("a formula, such as x1*x1 or sin(x2)"), says)

    @property
    def _next(self) -> str:
        """The text of the next token; "" at the end."""
        return self._tokens[self._place][1] if self._place < len(self._tokens) else ""

    def _take(self) -> tuple[str, str]:
        if self._place == len(self._tokens):
            raise self._error(_("it ends too early") if self._tokens else _("it is empty"))
        self._place += 1
        return self._tokens[self._place - 1]

    def formula(self) -> Formula:
        found = self._sum()
        if self._next:
            is_bracket = self._next == ")"
            raise self._error(
                _("a bracket is closed too often")
                if is_bracket
                else _('no sign stands before "{token}"', token=self._next)
            )
        if not any(isinstance(part, Column) for part in _all_parts(found)):
            raise self._error(_("it has no column of x"))
        return found

    def _sum(self) -> Formula:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise self._error(_("it has too many brackets within each other"))
        found = self._product()
        while self._next in ("+", "-"):
            found = Combined(self._take()[1], found, self._product())
        self._depth -= 1
        return found

    def _product(self) -> Formula:
        found = self._signed()
        while self._next in ("*", "/"):
            found = Combined(self._take()[1], found, self._signed())
        return found

    def _signed(self) -> Formula:
        negative = False
        while self._next in ("+", "-"):
            negative ^= self._take()[1] == "-"
        found = self._power()
        if not negative:
            return found
        return Constant(-found.value) if isinstance(found, Constant) else Opposite(found)

    def _power(self) -> Formula:
        base = self._atom()
        if self._next != "^":
            return base
        self._take()
        return Combined("^", base, self._signed())

    def _atom(self) -> Formula:
        kind, text = self._take()
        if kind == "number":
            return Constant(float(text))
        if text == "(":
            return self._in_brackets()
        if kind == "sign":
            raise self._error(_('a number, a name or a bracket must stand before "{token}"', token=text))
        if self._next == "(":
            if text not in FUNCTIONS:
                known = ", ".join(FUNCTIONS)
                raise self._error(_("there is no function {name}; the functions are {known}", name=text, known=known))
            self._take()
            return Applied(text, self._in_brackets())
        return Column(self._column(text))

    def _in_brackets(self) -> Formula:
        found = self._sum()
        if self._next != ")":
            raise self._error(_("a bracket is not closed"))
        self._take()
        return found

    def _column(self, name: str) -> int:
        if number := _number_of(name, self._names):
            return number
        if name in self._names:
            return self._names.index(name) + 1
        if name in FUNCTIONS:
            raise self._error(_("{function} needs a bracket behind it: {function}(x1)", function=name))
        numbers = "x1" if len(self._names) == 1 else _("x1 to x{last}", last=len(self._names))
        words = [word for word in self._names if _TOKEN.fullmatch(word) and not _BY_NUMBER.fullmatch(word)]
        why = _("no column is called {name}; the columns are {numbers}", name=name, numbers=numbers)
        if words:
            why += _("; or by their names: {names}", names=", ".join(words[:5]))
        raise self._error(why)
