"""Reads TOML from strangers within bounds, and writes TOML for people: a matrix has one line for each row."""

import json
import os
import re
import tomllib
from collections.abc import Iterator, Mapping

import tomli_w

from tui_nn.session.storage.toml_bounds import DOCUMENT_BOUNDS, ITEMS, Bounds, MatrixText, TomlTooLarge, matrices_in

_WIDEST_LINE = 100
# Below this length, tomllib is fast enough for a matrix.
_SHORT_MATRIX = 200
_COMMENT = re.compile(r"#[^\n]*")
_COMMA_BEHIND_THE_LAST = re.compile(r",(?=\s*\])")
_COMMA_BEFORE_THE_FIRST = re.compile(r"\[\s*,")
_NOT_IN_JSON = re.compile(r"(?<![^\s,\[])\+(?=[0-9])|(?<=[0-9])_(?=[0-9])")


class _ParsedMatrix:
    """A matrix that json has read; it takes the place of a placeholder that tomllib has read."""

    def __init__(self, rows: list[object]) -> None:
        self.rows = rows


def loads(text: str, bounds: Bounds = DOCUMENT_BOUNDS) -> dict[str, object]:
    """The table in ``text``. Raises only TOMLDecodeError and `TomlTooLarge`, whatever the text is."""
    text = text.replace("\r\n", "\n")
    shorter, numbers = _without_matrices(text, matrices_in(text, bounds))
    try:
        if not numbers:
            return tomllib.loads(text)
        content = tomllib.loads(shorter, parse_float=lambda number: numbers.get(number) or float(number))
    except RecursionError:
        raise tomllib.TOMLDecodeError("nested too deeply") from None
    except tomllib.TOMLDecodeError:
        raise
    except ValueError:
        raise tomllib.TOMLDecodeError("a whole number of thousands of digits") from None
    _restore_matrices(content)
    return content


def _without_matrices(text: str, matrices: list[MatrixText]) -> tuple[str, dict[str, _ParsedMatrix]]:
    """``text`` with a placeholder number for each long matrix, on as many lines; and the matrices by these numbers."""
    numbers: dict[str, _ParsedMatrix] = {}
    parts, end = [], 0
    for matrix in matrices:
        if matrix.end - matrix.start < _SHORT_MATRIX:
            continue
        body = text[matrix.start : matrix.end]
        rows = _read_by_json(body)
        if rows is None:
            if body.count(",") > ITEMS:
                raise TomlTooLarge(text.count("\n", 0, matrix.start) + 1, f"more than {ITEMS} values in lists")
            continue
        # A random number: nobody can write a text that contains it on purpose.
        name = f"0.0e-{int.from_bytes(os.urandom(16)) + 1000}"
        numbers[name] = _ParsedMatrix(rows)
        parts += [text[end : matrix.start], " ", name]
        # Keeps the number of lines, since error messages count them; a comment may follow on the matrix's last line.
        if lines := body.count("\n"):
            parts.append("\n" * lines)
        end = matrix.end
    return "".join((*parts, text[end:])), numbers


def _read_by_json(body: str) -> list[object] | None:
    """The lists in ``body``, read by json without comments, plus signs and underscores; None if only tomllib can."""
    if "#" in body:
        body = _COMMENT.sub("", body)
    if _COMMA_BEFORE_THE_FIRST.search(body):
        return None
    if "+" in body or "_" in body:
        body = _NOT_IN_JSON.sub("", body)
    try:
        rows: list[object] = json.loads(_COMMA_BEHIND_THE_LAST.sub("", body))
    except ValueError:
        return None
    return rows


def _restore_matrices(table: dict[str, object]) -> None:
    """Replaces the placeholder numbers by their matrices, each of which is the whole value of a key."""
    for key, value in table.items():
        match value:
            case _ParsedMatrix():
                table[key] = value.rows
            case dict():
                _restore_matrices(value)
            case list():
                for item in value:
                    if isinstance(item, dict):
                        _restore_matrices(item)


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
