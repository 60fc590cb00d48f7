"""Reads what the user types into a field as a value of the session file."""

import math
import re
from collections.abc import Sequence
from fractions import Fraction

from tui_nn.decimal_sign import is_comma
from tui_nn.language import _, ngettext
from tui_nn.late_pattern import late_pattern
from tui_nn.network import DRAWN, NAMED_SCALINGS, ValidationError
from tui_nn.network.model.errors import quoted
from tui_nn.session import limits, validation
from tui_nn.session.validation import shortened

_FRACTION = late_pattern(r"([+-]?\d+)\s*/\s*(\d+)", re.ASCII)
_DECIMAL = late_pattern(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
# In 1,234 and 1.234, the sign may be the decimal sign or may separate thousands.
_EITHER = late_pattern(r"[+−-]?[1-9]\d{0,2}[.,]\d{3}", re.ASCII)
_DAY_AND_MONTH = late_pattern(r"0\d\.\d{1,2}", re.ASCII)
_DECIMAL_COMMA = late_pattern(r"[+−-]?\d*,\d+(?:[eE][+−-]?\d+)?")
_BETWEEN_DIGITS = late_pattern(r"(?<=[0-9]),(?=[0-9])")
_WHOLE = late_pattern(r"[+-]?\d{1,20}", re.ASCII)
_POWER_OF_TEN = late_pattern(r"[+-]?\d{1,20}(?:[.,]\d{1,20})?[eE][+]?\d{1,2}", re.ASCII)
_YES_OR_NO = {"yes": True, "no": False, "true": True, "false": False}
_ANY_NUMBER = _("75, -0.5, 1e-3 or 1/3")
_ANY_WHOLE_NUMBER = _("10000 or 1e4")
_LONGEST = 60

GROUPED = r"\d{1,3}(?P<between>[ ,.'’_\u00a0\u202f])\d{3}(?:(?P=between)\d{3}){0,5}(?!\d)"
"""The pattern of a whole number in groups of three digits: ``10 000``, ``10,000``, ``10'000``, ``10.000``."""


def parse_number(text: str, such_as: str = _ANY_NUMBER, key: str = "value") -> float:
    """The number typed: ``75``, ``-0.5``, ``−0,5``, ``1e-3``, ``1/3``.

    Raises `ValidationError`, with the examples ``such_as``; also for ``1,200``, which may be 1200 or 1.2.
    """
    value, typed = parse_decimal(text, such_as, key), text.strip()
    # Who reads numbers with commas types them so.
    if _EITHER.fullmatch(typed) and "," in typed and not is_comma():
        whole = typed.replace(",", "")
        says = _(
            '"{typed}" may be {whole} or {value}. Type the one that you mean.', typed=typed, whole=whole, value=value
        )
        raise ValidationError(key, _quoted_input(text), _("a number without a comma"), says)
    return value


def ambiguity_warning(pasted: str) -> str:
    """A warning if the text pasted into a cell may mean something else; "" if its value is certain.

    ``1.200`` may mean 1200, ``3/5`` and ``05.03`` may be dates.
    """
    typed = pasted.strip()
    if _FRACTION.fullmatch(typed) or _DAY_AND_MONTH.fullmatch(typed):
        try:
            value = parse_decimal(typed)
            return _('"{typed}" may be a date or a number. Enter takes it for {value}.', typed=typed, value=value)
        except ValidationError:
            # It is no number; the field says so at Enter.
            return ""
    if not _EITHER.fullmatch(typed) or "," in typed:
        return ""
    return _(
        '"{typed}" may be {whole} or {value}. Enter takes {value}; type the other if you mean that.',
        typed=typed,
        whole=typed.replace(".", ""),
        value=parse_decimal(typed),
    )


def parse_decimal(text: str, such_as: str = _ANY_NUMBER, key: str = "value") -> float:
    """The number typed, with a comma always read as the decimal sign. Raises `ValidationError`."""
    typed = text.strip().replace("−", "-").replace(",", ".")
    try:
        if len(typed) > _LONGEST:
            raise ValueError
        if fraction := _FRACTION.fullmatch(typed):
            return float(Fraction(int(fraction[1]), int(fraction[2])))
        if not _DECIMAL.fullmatch(typed):
            raise ValueError
        value = float(typed)
    except (ValueError, ZeroDivisionError, OverflowError):
        raise ValidationError(key, _quoted_input(text), _("a number, such as {such_as}", such_as=such_as)) from None
    if math.isinf(value):
        raise ValidationError(key, _quoted_input(text), _("a number no larger than 1.8e308"))
    return value


def parse_numbers(text: str, names: Sequence[str]) -> tuple[float, ...]:
    """The numbers typed, one for each of ``names``: ``8 5``, ``8; 5``, ``8, 5``, ``8,5 1/2``, ``1,2,3``.

    Raises `ValidationError`; also for ``8,5`` if two numbers are expected, since that may be one number or two.
    """
    parts = split_numbers(text, len(names))
    if len(parts) != len(names):
        wanted = _counted_numbers(len(names))
        found = _counted_numbers(len(parts)) if parts else _("nothing")
        expected = _("{numbers} with blanks between them", numbers=wanted) if len(names) > 1 else wanted
        raise ValidationError("value", found, expected, sentence=_count_sentence(parts, len(names)))
    return tuple(parse_number(part) for part in parts)


def _counted_numbers(count: int) -> str:
    return ngettext("{numbers} number", "{numbers} numbers", count, numbers=count)


def split_numbers(text: str, count: int) -> list[str]:
    """The numbers in a line, separated by blanks, semicolons, or commas beside a blank; ``0,5`` is one number.

    Commas alone separate them only if they can't be decimal commas, as in ``1,2,3``. If the other separators give
    ``count`` numbers, as in ``0,5 1,5``, all commas are decimal commas.
    """
    # Matches at most one blank: with ` *`, a long run of blanks would take time quadratic in its length.
    line = re.sub(r" ?/ ?", "/", " ".join(text.split()))
    parts = [part for part in re.split(r"\s*;\s*|\s*,\s+|\s+", line.strip().rstrip(",;")) if part]
    if len(parts) == count or not any("," in part for part in parts):
        return parts
    by_comma = [number for part in parts for number in part.split(",") if number]
    return parts if any(_DECIMAL_COMMA.fullmatch(part) for part in parts) else by_comma


def _count_sentence(parts: Sequence[str], wanted: int) -> str:
    """One or two sentences on what to type if ``parts`` are not ``wanted`` numbers."""
    found = len(parts)
    example = " ".join(str(number) for number in range(1, min(wanted, 4) + 1)) + (" …" if wanted > 4 else "")
    typed = _counted_numbers(found) if found else _("nothing")
    if wanted > 1:
        says = _(
            "{numbers} numbers are expected here, with blanks between them: {example}; you typed {typed}.",
            numbers=wanted,
            example=example,
            typed=typed,
        )
    else:
        says = ngettext(
            "{numbers} number is expected here; you typed {typed}.",
            "{numbers} numbers are expected here; you typed {typed}.",
            wanted,
            numbers=wanted,
            typed=typed,
        )
    if any(map(_DECIMAL_COMMA.fullmatch, parts)):
        says += _(" A comma between two digits is a decimal comma.")
    return says


def parse_whole_numbers(text: str) -> tuple[int, ...]:
    """The whole numbers typed, such as the units of each hidden layer: ``3``, ``4 3``. Raises `ValidationError`."""
    such_as = _("3, or 4 3 for two layers")
    return tuple(parse_whole_number(part, such_as) for part in re.split(r"[\s,;]+", text) if part)


def _is_none(text: str) -> bool:
    """Whether the user typed that a list is empty: ``none``, or the word that the screen has for it."""
    return text.casefold() in ("none", _("none").casefold())


def parse_row_numbers(text: str) -> tuple[int, ...]:
    """The rows typed, also ranges of them: ``2 5``, ``9-12``; () for ``none`` or nothing. Raises `ValidationError`."""
    rows: list[int] = []
    such_as = _("2 5, or 9-12")
    for part in () if _is_none(text) else re.split(r"[\s,;]+", text):
        first, _hyphen, last = part.partition("-")
        if part:
            begin = parse_whole_number(first, such_as)
            end = parse_whole_number(last, such_as) if last else begin
            rows += range(begin, min(end, begin + limits.ROWS) + 1)
    return tuple(rows)


def parse_formulas(text: str) -> tuple[str, ...]:
    """The formulas typed, with commas or semicolons between them: ``x1*x1, sin(x2)``; () for ``none`` or nothing.

    Raises `ValidationError` for a comma between two digits, unless the user reads numbers with commas.
    """
    if _is_none(text):
        return ()
    if is_comma():
        text = _BETWEEN_DIGITS.sub(".", text)
    elif found := _BETWEEN_DIGITS.search(text):
        typed = text[found.start() - 1 : found.end() + 1]
        says = _(
            '"{typed}" may be a number, or the end of one formula and the beginning of the next. Write {number}, or a '
            "blank behind the comma.",
            typed=typed,
            number=typed.replace(",", "."),
        )
        raise ValidationError("derived", _quoted_input(text), _("formulas with a blank behind each comma"), says)
    return tuple(part.strip() for part in re.split("[,;]", text) if part.strip())


def split_values(text: str) -> list[str]:
    """The values typed one after the other, with semicolons or commas between them: ``0.1,1,5``, ``0,1; 1; 5``.

    Where the user reads numbers with commas, a comma without a blank behind it is a decimal comma.
    """
    if ";" in text:
        return [part.strip() for part in text.split(";")]
    return [part.strip() for part in re.split(r",\s+" if is_comma() else ",", text)]


def parse_scaling(text: str) -> str | tuple[float, ...]:
    """The divisors typed, or the scaling typed as `parse_choice` takes it; else ``text`` itself.

    Raises `ValidationError` for a number with two meanings, such as ``1,200``.
    """
    parts = [part for part in re.split(r"[\s;]+", text) if part]
    try:
        return tuple(parse_number(part) for part in parts) if parts else text
    except ValidationError as error:
        if error.sentence:
            raise
        return parse_choice(text, tuple(NAMED_SCALINGS))


def parse_words(text: str) -> tuple[str, ...]:
    """The words typed, with blanks or commas between them: ``b1 b2``; () for ``none``."""
    return () if _is_none(text) else tuple(word for word in re.split(r"[\s,;]+", text) if word)


def parse_drawn_or_number(text: str) -> float | str:
    """The number typed, or "drawn". Raises `ValidationError`."""
    if parse_choice(text, (DRAWN,)) == DRAWN:
        return DRAWN
    return parse_number(text, _("0 or 0.1, or {drawn}", drawn=DRAWN))


def parse_yes_or_no(text: str) -> bool:
    """True for ``yes``, False for ``no``. Raises `ValidationError`."""
    typed = parse_choice(text, tuple(_YES_OR_NO))
    if typed not in _YES_OR_NO:
        raise ValidationError("value", _quoted_input(text), _("yes or no"))
    return _YES_OR_NO[typed]


def parse_choice(text: str, choices: Sequence[str]) -> str:
    """The choice typed, in upper or lower case, whole or so far that no other begins with it; else ``text`` itself."""
    typed = text.casefold()
    if whole := [choice for choice in choices if choice.casefold() == typed]:
        return whole[0]
    begun = [choice for choice in choices if typed and choice.casefold().startswith(typed)]
    return begun[0] if len(begun) == 1 else text


def parse_activation(text: str, choices: Sequence[str]) -> str | tuple[str, ...]:
    """The choice typed, or one for each hidden layer, with commas or blanks between them: ``relu, tanh``."""
    name = "|".join(map(re.escape, sorted(choices, key=len, reverse=True)))
    if re.fullmatch(rf"(?:{name})(?:[\s,;]+(?:{name}))*", text, re.IGNORECASE):
        parts = re.findall(name, text, re.IGNORECASE)
    else:
        # At least one word is not a choice: split at the commas, to say which.
        parts = [part.strip() for part in re.split(r"[,;]", text) if part.strip()]
    chosen = tuple(parse_choice(part, choices) for part in parts)
    return chosen if len(chosen) > 1 else chosen[0] if chosen else text


def parse_whole_number(text: str, such_as: str = _ANY_WHOLE_NUMBER) -> int:
    """The whole number typed: ``37``, ``−5``, ``10 000``, ``10_000``, ``10,000``, ``2.5e3``.

    Raises `ValidationError`.
    """
    typed = text.strip().replace("−", "-")
    unsigned = typed.lstrip("+-")
    if re.fullmatch(GROUPED, unsigned):
        typed = typed[: len(typed) - len(unsigned)] + re.sub(r"\D", "", unsigned)
    typed = typed.replace("_", "")
    if _POWER_OF_TEN.fullmatch(typed):
        exact = Fraction(typed.replace(",", "."))
        if exact.denominator == 1:
            return exact.numerator
    elif _WHOLE.fullmatch(typed):
        return int(typed)
    raise ValidationError("value", _quoted_input(text), _("a whole number, such as {such_as}", such_as=such_as))


def parse_whole_number_in_range(key: str, text: str, least: int, greatest: int) -> int:
    """The whole number typed, from ``least`` to ``greatest``. Raises `ValidationError` about ``key``."""
    try:
        found = parse_whole_number(text)
    except ValidationError as error:
        expected = _("a whole number from {least} to {greatest}", least=least, greatest=greatest)
        raise ValidationError(key, error.found, expected) from None
    return validation.whole_number(key, found, least, greatest)


def _quoted_input(text: str) -> str:
    return quoted(shortened(text)) if text.strip() else _("nothing")
