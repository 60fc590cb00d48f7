"""Reads a number in a cell of a table, and its value once the table's decimal sign is known.

``1,200`` is 1200 to some people and 1.2 to others. Only other cells of the same table can tell which.
"""

import math
import re
import unicodedata
from typing import NamedTuple

from tui_nn.language import _
from tui_nn.session.validation import shortened

POINT, COMMA, UNDECIDED = ".", ",", "?"
_OTHER_SIGN = {POINT: COMMA, COMMA: POINT}
_LONGEST = 60
# The blanks with which spreadsheets separate thousands, and the Swiss apostrophes.
_THOUSANDS = " \u00a0\u202f\u2009'’"

_SIMPLE = re.compile(r"[+-]?(?:(\d+)(?:([.,])(\d*))?|([.,])\d+)([eE][+-]?\d{1,5})?", re.ASCII)
_THOUSANDS_ALONE = re.compile(r"[+-]?[1-9]\d{0,2}(?:([.,])\d{3})(?:\1\d{3})+", re.ASCII)
_BOTH_SIGNS = re.compile(r"[+-]?[1-9]\d{0,2}(?:([.,])\d{3})(?:\1\d{3})*(?!\1)([.,])\d*", re.ASCII)
_GROUPED = re.compile(rf"[+-]?[1-9]\d{{0,2}}(?:([{_THOUSANDS}])\d{{3}})(?:\1\d{{3}})*(?:([.,])\d*)?", re.ASCII)
# A class of numbers: <30 or 35+, and (4.3,5.2] as R's cut() writes it.
_OPEN_RANGE = re.compile(r"(?:[<>]=?|[≤≥]) *\d[\d.,]*|\d[\d.,]* *\+", re.ASCII)
_INTERVAL = re.compile(r"[(\[][^()\[\]]+[,;][^()\[\]]+[)\]]")
# 18-24, or 18.5-24.9; not 05-06, which is a date.
_END = r"(0|[1-9]\d{0,8})(?:[.,]\d)?"
_FROM_TO = re.compile(rf"{_END} *[-–] *{_END}", re.ASCII)
_MONTHS, _WEEKS, _FIRST_YEAR = 12, 53, 1000
_LETTER = re.compile(r"[^\W\d_]")

_MISSING = frozenset({"", "na", "n/a", "#n/a", "nan", "null", "none", "?", "."})
# "none" may be the name of a class.
_NO_CLASS = _MISSING - {"none"}
_LOGICAL_VALUES = {"true": 1.0, "false": 0.0}
_DATE = re.compile(r"\d{1,4}\s*[-/.:]\s*\d{1,2}(?:\s*[-/.:]\s*\d{1,4})?[.Z]?(?:[ T]\s*\d.*)?", re.ASCII)


class Numeral(NamedTuple):
    """A number as written in a cell, without its thousands separators if these are certain.

    ``decimal`` is the decimal sign that this cell needs in its table: `POINT` or `COMMA`; "" if it has no sign,
    `UNDECIDED` if its sign may be the decimal sign or separate thousands.
    """

    text: str
    decimal: str

    def value(self, decimal: str) -> float:
        """The value in a table whose decimal sign is ``decimal``; infinite if it is too large for a double."""
        if decimal not in _OTHER_SIGN:
            return float(self.text)
        return float(self.text.replace(_OTHER_SIGN[decimal], "").replace(decimal, "."))


def parse_numeral(cell: str) -> Numeral | None:
    """The number in a cell; None if it holds none. Fractions, dates and percentages don't count as numbers here."""
    if len(cell) > _LONGEST:
        return None
    text = cell.replace("−", "-")
    if found := _SIMPLE.fullmatch(text):
        whole, sign, decimals, leading_sign, exponent = found.groups()
        if not sign:
            return Numeral(text, leading_sign or "")
        if whole[0] != "0":
            may_be_a_thousand = len(whole) <= 3 and len(decimals) == 3 and not exponent
            return Numeral(text, UNDECIDED if may_be_a_thousand else sign)
        # 0.5 is a number; 05.03 looks like a day and a month.
        return Numeral(text, sign) if len(whole) == 1 else None
    if found := _THOUSANDS_ALONE.fullmatch(text):
        return Numeral(text, _OTHER_SIGN[found[1]])
    if found := _BOTH_SIGNS.fullmatch(text):
        return Numeral(text, found[2])
    if found := _GROUPED.fullmatch(text):
        return Numeral(text.replace(found[1], ""), found[2] or "")
    return None


def is_missing(cell: str) -> bool:
    """Whether a cell is a missing value: empty, or a spelling of NA."""
    return cell.casefold() in _MISSING


def is_missing_class(cell: str) -> bool:
    """Whether a cell in a column of class names has no class."""
    return cell.casefold() in _NO_CLASS


def is_word(cell: str) -> bool:
    """Whether a cell can be the name of a class: it has a text that was not meant as a number or a date."""
    if is_missing_class(cell) or parse_numeral(cell):
        return False
    is_class = is_open_range(cell) or _INTERVAL.fullmatch(cell) is not None
    return is_class or parse_logical(cell) is not None or not _why_misspelled(cell[:_LONGEST])


def is_open_range(cell: str) -> bool:
    """Whether a cell has all numbers above or below one, such as 35+ or <18."""
    return _OPEN_RANGE.fullmatch(cell) is not None


def is_range(cell: str) -> bool:
    """Whether a cell goes from a number to a larger one, as the class 18-24 does. It may be a date all the same."""
    found = _FROM_TO.fullmatch(cell)
    return found is not None and int(found[1]) < int(found[2])


def is_no_date(cell: str) -> bool:
    """Whether a range of `is_range` can't be a date: neither number is a month, nor the first the week of a year."""
    found = _FROM_TO.fullmatch(cell)
    if not found:
        return False
    least, greatest = int(found[1]), int(found[2])
    return least == 0 or (least > _MONTHS and (least > _WEEKS or greatest < _FIRST_YEAR))


def parse_logical(cell: str) -> float | None:
    """1 for TRUE, 0 for FALSE, as in R; None for anything else."""
    return _LOGICAL_VALUES.get(cell.casefold())


def looks_like_number(cell: str) -> bool:
    """Whether a cell looks like a number or a date and not like a name: it has digits and no letter."""
    if _SIMPLE.fullmatch(cell):
        return True
    return any(char.isdigit() for char in cell) and not _LETTER.search(cell)


def why_no_number(cell: str) -> str:
    """One or two sentences: why a cell holds no number, and what to write instead."""
    return _why_misspelled(cell) or _('"{cell}" is no number. Write one in its place.', cell=shortened(cell))


def _why_misspelled(cell: str) -> str:
    """One or two sentences on a cell that was meant as a number, a date or the like; "" for any other text."""
    shown = shortened(cell)
    if len(cell) > _LONGEST:
        return _(
            '"{cell}" has {length} characters; a number has at most {most}.',
            cell=shown,
            length=len(cell),
            most=_LONGEST,
        )
    has_digits = any(map(str.isdigit, cell))
    if "%" in cell and has_digits:
        return _('"{cell}" is a percentage. Write it without %, as 0.12 or as 12 for 12%.', cell=shown)
    is_money = any(unicodedata.category(char) == "Sc" for char in cell) or re.search(r"\b(EUR|USD|GBP|CHF)\b", cell)
    if is_money and has_digits:
        return _('"{cell}" is an amount of money. Write the number alone, without the currency.', cell=shown)
    if cell.casefold() in _LOGICAL_VALUES:
        return _('"{cell}" stands among numbers. Write 1 for TRUE and 0 for FALSE.', cell=shown)
    if re.fullmatch(r"[+−-]?inf(inity)?|[+−-]?∞", cell.casefold()):
        return _('"{cell}" is not a finite number. Write a finite number.', cell=shown)
    if cell.startswith("#"):
        return _('"{cell}" is an error of the spreadsheet\'s. Mend the formula there, or write a number.', cell=shown)
    if cell.startswith("="):
        return _('"{cell}" is a formula. Save its result instead.', cell=shown)
    if _DATE.fullmatch(cell):
        return _('"{cell}" may be a date, a time or a fraction. Write a decimal number.', cell=shown)
    if any(char.isdigit() and not char.isascii() for char in cell) and not _LETTER.search(cell):
        return _('"{cell}" has other digits than 0 to 9. Write the number with these.', cell=shown)
    if re.fullmatch(r"[–—‐‑﹣－].*\d.*", cell):
        return _('"{cell}" begins with a dash. Write a minus as -.', cell=shown)
    if looks_like_number(cell):
        return _(
            '"{cell}" can\'t be read as a number. Write it with digits and one decimal sign, such as 1234.5.',
            cell=shown,
        )
    return ""


def two_meanings_message(found: Numeral) -> str:
    """A message with the two values of an undecided number, and how to write each of them."""
    sign = POINT if POINT in found.text else COMMA
    whole = found.text.replace(sign, "")
    number = number_text(found.value(sign))
    if sign == POINT:
        return _(
            '"{text}" may be {whole} or {number}, and no other number that is read says which. Write {whole}, '
            "or {text}0 if the point is the decimal one: that settles it for the whole table.",
            text=found.text,
            whole=whole,
            number=number,
        )
    return _(
        '"{text}" may be {whole} or {number}, and no other number that is read says which. Write {whole}, '
        "or {text}0 if the comma is the decimal one: that settles it for the whole table.",
        text=found.text,
        whole=whole,
        number=number,
    )


def number_text(number: float) -> str:
    """``number`` without zeros at its end: 1.2, not 1.2000."""
    return repr(number).removesuffix(".0")


def is_too_large(number: float) -> bool:
    """Whether a number is more than a double can hold."""
    return math.isinf(number)
