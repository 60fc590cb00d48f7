"""Checks values from a TOML file. Each function returns the value, or raises `ValidationError` if it is wrong."""

import math
from collections.abc import Callable, Collection, Sequence
from functools import partial

from tui_nn.language import _, pgettext
from tui_nn.network import DRAWN, NAMED_SCALINGS, HiddenActivation, Scaling, ValidationError
from tui_nn.network.model.errors import quoted
from tui_nn.session import limits

_SHOWN_LENGTH = 40


def quoted_value(value: object) -> str:
    """``value`` as a sentence can quote it: short, on one line, without a control character."""
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return _('the text "{text}"', text=shortened(value))
        case list() | tuple():
            return _("a list of {length}", length=len(value)) if value else _("an empty list")
        case dict():
            return _("a table")
        case float() | int():
            return shortened(repr(value) if isinstance(value, float) else _digits_or_size(value))
        case _:
            return shortened(str(value))


def _digits_or_size(value: int) -> str:
    # Python refuses to write integers of thousands of digits.
    return str(value) if value.bit_length() < 200 else _("a whole number of more than 60 digits")


def shortened(text: str) -> str:
    """``text`` on one line of at most 40 characters, none of them a control character."""
    shown = "".join(char if char.isprintable() else "�" for char in text[: _SHOWN_LENGTH + 1])
    return shown if len(shown) <= _SHOWN_LENGTH else shown[: _SHOWN_LENGTH - 1] + "…"


def counted(count: int, what: str) -> str:
    """``1 row``, ``2 rows``."""
    return f"{count} {what}{'' if count == 1 else 's'}"


def number(key: str, value: object, expected: str = "") -> float:
    """A finite number, as a double; ``value`` may be a whole number."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise _no_number(key, value, expected)
    try:
        double = float(value)
    except OverflowError:
        raise _no_number(key, value, expected) from None
    if not math.isfinite(double):
        raise _no_number(key, value, expected)
    return double


def _no_number(key: str, value: object, expected: str) -> ValidationError:
    return ValidationError(key, quoted_value(value), expected or _("a finite number"))


def positive(key: str, value: object) -> float:
    """A finite number above 0."""
    double = number(key, value, _("a number above 0"))
    if double <= 0:
        raise ValidationError(key, quoted_value(value), _("a number above 0"))
    return double


def not_negative(key: str, value: object) -> float:
    """A finite number, 0 or above."""
    double = number(key, value, _("0 or a number above 0"))
    if double < 0:
        raise ValidationError(key, quoted_value(value), _("0 or a number above 0"))
    return double


def share(key: str, value: object) -> float:
    """A number from 0 to below 1."""
    double = number(key, value, _("a number from 0 to below 1"))
    if not 0 <= double < 1:
        raise ValidationError(key, quoted_value(value), _("a number from 0 to below 1"))
    return double


def whole_number(key: str, value: object, least: int, greatest: int) -> int:
    """A whole number from ``least`` to ``greatest``."""
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= greatest:
        expected = _("a whole number from {least} to {greatest}", least=least, greatest=greatest)
        raise ValidationError(key, quoted_value(value), expected)
    return value


def in_range(key: str, number: int, last: int, first: int = 1) -> int:
    """The number of a row, a column, an iteration or the like, from ``first`` to ``last``."""
    if not first <= number <= last:
        raise ValidationError(key, str(number), _("one from {first} to {last}", first=first, last=last))
    return number


def check_room(key: str, kept: Collection[object], most: int, what: str, advice: str = "") -> None:
    """Raises `ValidationError` with ``advice`` if ``kept``, which ``what`` names, already has ``most`` items."""
    if len(kept) >= most:
        # For translators: {what} is a plural, such as "notes".
        sentence = _("A lesson can have at most {most} {what}.", most=most, what=what)
        advice = advice or _("Delete one first.")
        expected = _("at most {most} {what}", most=most, what=what)
        raise ValidationError(key, _("one more than {most}", most=most), expected, f"{sentence} {advice}")


def boolean(key: str, value: object) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise ValidationError(key, quoted_value(value), _("true or false"))
    return value


def choice(key: str, value: object, choices: Sequence[str]) -> str:
    """One of ``choices``."""
    if not isinstance(value, str) or value not in choices:
        names = ", ".join(map(quoted, choices))
        raise ValidationError(key, quoted_value(value), _("one of {names}", names=names))
    return value


def activation(key: str, value: object, choices: Sequence[str]) -> HiddenActivation:
    """One of ``choices`` for all hidden layers, or a list of names, which `Network` checks with the layers."""
    if not isinstance(value, (list, tuple)):
        return choice(key, value, choices)
    if not value:
        raise ValidationError(key, quoted_value(value), _("a name, or a list with one for each hidden layer"))
    return _each(key, value, partial(text, longest=limits.NAME_LENGTH))


def _each(key: str, listed: Sequence[object], check: Callable[[str, object], str]) -> tuple[str, ...]:
    """``listed``, each checked. Raises the `ValidationError` of the first that is wrong, with its number."""
    checked: list[str] = []
    for number, one in enumerate(listed, start=1):
        try:
            checked.append(check(key, one))
        except ValidationError as error:
            where = _("{key}, number {number}", key=key, number=number)
            raise ValidationError(where, error.found, error.expected) from None
    return tuple(checked)


def text(key: str, value: object, longest: int) -> str:
    """One line of printable text of at most ``longest`` characters."""
    if not isinstance(value, str):
        raise ValidationError(key, quoted_value(value), _("a text in quotes"))
    if len(value) > longest:
        found = _("{length} characters long", length=len(value))
        raise ValidationError(key, found, _("at most {longest} characters", longest=longest))
    if not value.isprintable():
        raise ValidationError(key, quoted_value(value), _("a text without control characters or line breaks"))
    return value


def name(key: str, value: object, longest: int = limits.NAME_LENGTH) -> str:
    """The name of a column, a run or a mark: one line that is not blank, of at most ``longest`` characters."""
    checked = text(key, value, longest)
    if not checked.strip():
        raise ValidationError(key, quoted_value(value), _("one that is not blank"))
    return checked


def note(key: str, value: object) -> str:
    """The text of a note: one line that is not blank."""
    return name(key, value, limits.NOTE_LENGTH)


def names(key: str, value: object) -> tuple[str, ...]:
    """The names of columns."""
    return _each(key, _check_list(key, value, _("a list of names")), name)


def row_numbers(key: str, value: object) -> tuple[int, ...]:
    """Numbers of rows, from 1 on; `Dataset` checks them with the data."""
    listed = _check_list(key, value, _("a list of numbers of rows"))
    return tuple(whole_number(key, row, 1, limits.ROWS) for row in listed)


def formulas(key: str, value: object) -> tuple[str, ...]:
    """The formulas of derived inputs; `Dataset` checks what they say."""
    listed = _check_list(key, value, _('a list of formulas, such as "x1*x1"'))
    if len(listed) > limits.COLUMNS:
        found = _("{formulas} formulas", formulas=len(listed))
        raise ValidationError(key, found, _("at most {most}", most=limits.COLUMNS))
    return tuple(map(str.strip, _each(key, listed, name)))


def units(key: str, value: object) -> tuple[int, ...]:
    """Units in each hidden layer: ``[3]``, ``[4, 3]``, or ``[]`` for none."""
    layers = _check_list(key, value, _("a list of whole numbers"))
    if len(layers) > limits.HIDDEN_LAYERS:
        found = _("{layers} layers", layers=len(layers))
        raise ValidationError(key, found, _("at most {most} hidden layers", most=limits.HIDDEN_LAYERS))
    return tuple(whole_number(key, layer, 1, limits.UNITS) for layer in layers)


def scaling(key: str, value: object) -> Scaling:
    """One of the scalings with a name, or one divisor for each column."""
    if isinstance(value, str) and value in NAMED_SCALINGS:
        return value
    named = ", ".join(map(quoted, NAMED_SCALINGS))
    expected = _("{named} or a list with one divisor for each column", named=named)
    if not isinstance(value, (list, tuple)):
        raise ValidationError(key, quoted_value(value), expected)
    return tuple(number(key, divisor) for divisor in value)


def drawn_or_number(key: str, value: object) -> float | str:
    """The word "drawn", or a finite number."""
    return DRAWN if value == DRAWN else number(key, value, _('a number or "{drawn}"', drawn=DRAWN))


def table(key: str, value: object, rows: int = limits.ROWS, columns: int = limits.COLUMNS) -> list[list[float]]:
    """Rows of numbers, all of one length, at least one row and one column."""
    lines = _check_list(key, value, _("a list of rows, each a list of numbers"))
    if not 1 <= len(lines) <= rows:
        raise ValidationError(
            key, pgettext("found", "{rows} rows", rows=len(lines)), _("from 1 to {rows} rows", rows=rows)
        )
    checked: list[list[float]] = []
    for i, cells in enumerate(lines, start=1):
        if not isinstance(cells, (list, tuple)):
            raise ValidationError(_row_of(key, i), quoted_value(cells), _("a list of numbers"))
        if checked and len(cells) != len(checked[0]):
            expected = _("{numbers} numbers, as row 1 has", numbers=len(checked[0]))
            raise ValidationError(_row_of(key, i), _("{numbers} long", numbers=len(cells)), expected)
        if not 1 <= len(cells) <= columns:
            expected = _("from 1 to {columns} numbers", columns=columns)
            raise ValidationError(_row_of(key, i), _("{numbers} long", numbers=len(cells)), expected)
        doubles = _doubles(cells)
        checked.append(doubles or [number(_cell_of(key, i, j), cell) for j, cell in enumerate(cells, start=1)])
    return checked


def _row_of(key: str, row: int) -> str:
    return _("{key}, row {row}", key=key, row=row)


def _cell_of(key: str, row: int, column: int) -> str:
    return _("{key}, row {row}, column {column}", key=key, row=row, column=column)


def _doubles(cells: Sequence[object]) -> list[float] | None:
    """``cells`` as doubles if all are finite numbers, otherwise None: a fast check for millions of cells."""
    if not set(map(type, cells)) <= {int, float}:
        return None
    try:
        doubles = list(map(float, cells))  # type: ignore[arg-type]  # ints and floats, as just seen
    except OverflowError:
        return None
    return doubles if all(map(math.isfinite, doubles)) else None


def _check_list(key: str, value: object, expected: str) -> Sequence[object]:
    if not isinstance(value, (list, tuple)):
        raise ValidationError(key, quoted_value(value), expected)
    return value
