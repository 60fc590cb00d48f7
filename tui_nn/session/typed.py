"""What people type into a field, as the values of the session file."""

import math
import re
from collections.abc import Sequence
from fractions import Fraction

from tui_nn.network import Refusal
from tui_nn.session.hyperparameters import Hyperparameter
from tui_nn.session.values import many, short

_FRACTION = re.compile(r"([+-]?\d+)\s*/\s*(\d+)", re.ASCII)
_DECIMAL = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
# Between one to three digits and another three, either sign may part thousands.
_EITHER = re.compile(r"[+−-]?[1-9]\d{0,2}[.,]\d{3}", re.ASCII)
_LONGEST = 60

GROUPED = r"\d{1,3}(?P<between>[ ,.'’_\u00a0\u202f])\d{3}(?:(?P=between)\d{3}){0,5}(?!\d)"
"""The pattern of a whole number in groups of three digits: ``10 000``, ``10,000``, ``10'000``, ``10.000``."""


def number(text: str) -> float:
    """A number: ``75``, ``-0.5``, ``−0,5``, ``1e-3``, ``1/3``. Raises `Refusal`, also for ``1,200``: 1200 or 1.2?"""
    value, typed = decimal(text), text.strip()
    if _EITHER.fullmatch(typed) and "," in typed:
        says = f'"{typed}" may be {typed.replace(",", "")} or {value!r}. Type the one that you mean.'
        raise Refusal("value", _quoted(text), "a number without a comma", says)
    return value


def doubt(pasted: str) -> str:
    """What to say of a ``1.200`` that was pasted into a cell, and is 1200 where people write so; "" of others."""
    typed = pasted.strip()
    if not _EITHER.fullmatch(typed) or "," in typed:
        return ""
    value = f"{decimal(typed)!r}"
    return (
        f'"{typed}" may be {typed.replace(".", "")} or {value}. Enter takes {value}; type the other if you mean that.'
    )


def decimal(text: str) -> float:
    """A number in which a comma is the decimal sign, whatever stands behind it. Raises `Refusal`."""
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
        raise Refusal("value", _quoted(text), "a number, such as 75, -0.5, 1e-3 or 1/3") from None
    if math.isinf(value):
        raise Refusal("value", _quoted(text), "a number no larger than 1.8e308")
    return value


def numbers(text: str, names: Sequence[str]) -> tuple[float, ...]:
    """A number for each of ``names``, with blanks or semicolons between: ``8 5``, ``8; 5``, ``8,5 1/2``.

    Raises `Refusal`.
    """
    parts = [part for part in re.split(r"[\s;]+", re.sub(r"\s*/\s*", "/", text)) if part]
    if len(parts) != len(names):
        expected = many(len(names), "number")
        expected += " with blanks between them" if len(names) > 1 else ""
        raise Refusal("value", many(len(parts), "number") if parts else "nothing", expected)
    # A comma with a blank behind it is none of a number's.
    return tuple(number(part.removesuffix(",")) for part in parts)


def setting(hyperparameter: Hyperparameter, text: str) -> object:
    """What ``text`` means for ``hyperparameter``, as TOML would hold it. Raises `Refusal` where it can mean nothing.

    Whether the value is in range is the hyperparameter's own business.
    """
    typed = text.strip()
    match hyperparameter.key:
        case "hidden":
            return tuple(_whole(part) for part in re.split(r"[\s,;]+", typed) if part)
        case "iterations" if re.fullmatch(GROUPED, typed):
            return _whole(re.sub(r"\D", "", typed))
        case "seed" | "iterations":
            return _whole(typed)
        case "x_scaling" | "y_scaling":
            parts = [part for part in re.split(r"[\s;]+", typed) if part]
            try:
                return tuple(number(part) for part in parts) if parts else typed
            except Refusal as refusal:
                if refusal.sentence:
                    raise
                return typed
        case "bias":
            return {"yes": True, "no": False, "true": True, "false": False}.get(typed.lower(), typed)
        case _ if hyperparameter.choices:
            return typed
        case _:
            return number(typed)


def _whole(text: str) -> int:
    typed = text.strip().replace("−", "-").replace(" ", "").replace("_", "")
    if not re.fullmatch(r"[+-]?\d{1,20}", typed):
        raise Refusal("value", _quoted(text), "a whole number")
    return int(typed)


def _quoted(text: str) -> str:
    return f'"{short(text)}"' if text.strip() else "nothing"
