"""Splits a line into numbers, with a decimal point or a decimal comma, whatever separates them."""

import re
from collections.abc import Sequence

from tui_nn.session.homework.digits import NUMBER, clean_number

_PLAIN = re.compile(rf"\s*+(?:{NUMBER}(?:\s++|\Z))++", re.ASCII)
_SPLIT = re.compile(r"[\s|;]+")
_COMMAS = re.compile(r"\s*,\s*")
_WITH_COMMA = re.compile(r"[-+−]?\d{1,30},\d{1,30}(?:[eE][-+−]?\d{1,5})?", re.ASCII)
_MAY_BE_ROW = re.compile(r"[\s|;,\"]*+(?:[-+−.\d]|na\b|nan\b|inf\b|<na>)", re.IGNORECASE | re.ASCII)
_RULE = re.compile(r"[\s|:+\-=_*]*")
_DECIMALS_OF_A_NUMBER = 3


def split_row(line: str) -> list[str] | None:
    """The numbers of a line that holds nothing else, as `clean_number` gives them; None if there is something else."""
    if _PLAIN.fullmatch(line):
        return line.replace("−", "-").split()
    if not _MAY_BE_ROW.match(line):
        return None
    return split_cells(line)


def split_cells(text: str) -> list[str] | None:
    """The numbers in ``text``, None if there is something else or nothing."""
    parts = [part.strip('"') for part in _SPLIT.split(text.strip(" \t|;,")) if part]
    if not parts:
        return None
    if any("," in part for part in parts):
        parts = _without_commas(parts)
    cells: list[str] = []
    for part in parts:
        cell = clean_number(part) if part[-1:] != "%" else _of_percent(part)
        if cell is None or (cell == "nan" and part in ("-", "")):
            return None
        cells.append(cell)
    return cells


def _without_commas(parts: Sequence[str]) -> list[str]:
    """``parts`` with decimal commas written as points, or split at the commas that separate numbers."""
    with_comma = [part for part in parts if "," in part]
    if all(map(_WITH_COMMA.fullmatch, with_comma)) and not any("." in part for part in parts):
        halves = [part.lstrip("-+−").split(",") for part in with_comma]
        digits = [len(half.lower().partition("e")[0]) for _, half in halves]
        if any(whole == "0" for whole, _ in halves) or max(digits) >= _DECIMALS_OF_A_NUMBER or len(parts) > 1:
            return [part.replace(",", ".") for part in parts]
    text = " ".join(parts).strip(",")
    return [part for piece in _COMMAS.split(text) for part in piece.split()]


def _of_percent(part: str) -> str | None:
    cell = clean_number(part[:-1])
    return cell if cell is None or "e" in cell.casefold() or cell == "nan" else f"{cell}e-2"


def is_rule(line: str) -> bool:
    """Whether a line only draws a line, as tables do: ----, |---:|."""
    return _RULE.fullmatch(line) is not None
