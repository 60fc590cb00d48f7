"""Reads values in brackets as programs write them: lists, numpy's arrays, tensors, dicts, and R's structure(c(…)).

A value is never run. It becomes lists, dicts and texts of numbers.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

from tui_nn.session import limits
from tui_nn.session.homework.digits import clean_number
from tui_nn.session.homework.literal_tokens import CLOSES, NotRead, Token, Tokens


class Text(NamedTuple):
    """A text in quotation marks."""

    text: str


class Listed(NamedTuple):
    """Values side by side. ``gap`` is the place of "..." among them, or -1."""

    items: "list[Value]"
    line: int
    gap: int = -1


class Named(NamedTuple):
    """Values with names, each with the line of its name."""

    items: "list[tuple[str, Value, int]]"
    line: int


class Shaped(NamedTuple):
    """Numbers that fill a matrix column by column, or row by row. A size of 0 follows from the others."""

    cells: list[str]
    rows: int
    columns: int
    by_row: bool
    line: int


Value: TypeAlias = str | Text | Listed | Named | Shaped
"""A ``str`` is a number, as `clean_number` gives it. Lines are counted from 0."""


# What is said about an array and is no number of it: dtype=float32, grad_fn=<AddBackward0>.
_ASIDE = frozenset({
    "dtype", "grad_fn", "requires_grad", "device", "size", "layout", "dimnames", ".dimnames", "names", ".names",
    "class", "weak_type", "row.names",
})  # fmt: skip
_DIMENSIONS = frozenset({"dim", ".dim", "shape"})
_WHOLE = re.compile(r"\d{1,7}", re.ASCII)


def read_literal(lines: Sequence[str], line: int, place: int) -> tuple[Value, int, int]:
    """The value that begins in ``lines`` at ``line`` and ``place``, and the line and place behind it.

    A value that the end of the text cuts off is read as far as it goes. Raises `NotRead`.
    """
    tokens = Tokens(lines, line, place)
    value = _value(tokens, 0)
    if value is None:
        raise NotRead
    return value, tokens.line, tokens.place


def _value(tokens: Tokens, depth: int) -> Value | None:
    """The next value; None for a word that says that there is none. Numbers side by side are a list."""
    token = tokens.take()
    match token.kind:
        case "numbers":
            return token.cells[0] if len(token.cells) == 1 else Listed(list(token.cells), token.line)
        case "range":
            return _range(token)
        case "text":
            return _text(token)
        case "sign" if token.text in CLOSES:
            return _bracket(tokens, token, depth)
        case "name":
            follows = tokens.peek()
            if follows.kind == "sign" and follows.text in "([":
                opening = tokens.take()
                if opening.text == "[":
                    raise NotRead
                return _call(token.text, tokens, opening, depth)
            return _word(token)
    raise NotRead


def _text(token: Token) -> Value:
    """A text, or the number that stands in quotation marks."""
    text = token.text[1:-1]
    cell = clean_number(text) if text[-1:].isdigit() else None
    return Text(text) if cell is None else cell


def _word(token: Token) -> Value | None:
    cell = clean_number(token.text)
    if cell is not None:
        return cell
    if token.text.casefold() in ("true", "false", "t", "f"):
        return Text(token.text)
    if token.text.startswith("<"):
        return None
    raise NotRead


def _range(token: Token) -> Value:
    first, last = (int(end.rstrip("L")) for end in token.text.split(":"))
    if not 0 <= last - first < limits.PRINTED_LABELS:
        raise NotRead
    return Listed([str(number) for number in range(first, last + 1)], token.line)


class _Inside:
    """What stands within a pair of brackets: values, names with values, and where rows end."""

    def __init__(self) -> None:
        self.items: list[Value] = []
        self.named: list[tuple[str, Value, int]] = []
        self.rows: list[list[Value]] = []
        self.gap = -1


def _inside(tokens: Tokens, opening: Token, depth: int) -> _Inside:
    """Everything up to the bracket that closes ``opening``, or the end of the text."""
    if depth > limits.NESTED_LISTS:
        raise NotRead
    inside, name = _Inside(), ""
    while True:
        token = tokens.peek()
        if token.kind == "end" or (token.kind == "sign" and token.text in "])}"):
            if token.kind != "end" and token.text != CLOSES[opening.text]:
                raise NotRead
            tokens.take()
            return inside
        if token.kind == "sign" and token.text in ",;*":
            tokens.take()
            if token.text == ";":
                inside.rows.append(inside.items)
                inside.items = []
            continue
        if token.kind == "gap":
            tokens.take()
            inside.gap = len(inside.items)
            continue
        if token.kind == "numbers" and not name and len(token.cells) > 1:
            tokens.take()
            inside.items += token.cells
            continue
        name = _item(tokens, inside, name, depth)


def _item(tokens: Tokens, inside: _Inside, name: str, depth: int) -> str:
    """Takes one item, or the name of one, which comes back."""
    token = tokens.peek()
    if not name and token.kind in ("name", "text", "key"):
        tokens.take()
        follows = tokens.peek()
        if follows.kind == "sign" and follows.text in ":=":
            tokens.take()
            return token.text.strip("\"'`") or "_"
        if token.kind == "text":
            inside.items.append(_text(token))
        elif follows.kind == "sign" and follows.text == "(":
            value = _call(token.text, tokens, tokens.take(), depth + 1)
            inside.items += [] if value is None else [value]
        else:
            word = _word(token)
            inside.items += [] if word is None else [word]
        return ""
    if token.kind == "name" and name.casefold() in _ASIDE:
        tokens.take()
        return ""
    value = _value(tokens, depth + 1)
    if value is None or name.casefold() in _ASIDE:
        return ""
    if name and isinstance(value, Listed) and token.kind == "numbers":
        # nrow = 2, 3: only the first number belongs to the name.
        inside.named.append((name, value.items[0], token.line))
        inside.items += value.items[1:]
    elif name:
        inside.named.append((name, value, token.line))
    else:
        inside.items.append(value)
    return ""


def _bracket(tokens: Tokens, opening: Token, depth: int) -> Value:
    inside = _inside(tokens, opening, depth)
    if inside.named and not inside.items and not inside.rows:
        return Named(inside.named, opening.line)
    if inside.named:
        raise NotRead
    if inside.rows:
        rows = [*inside.rows, inside.items] if inside.items else inside.rows
        return Listed([Listed(row, opening.line) for row in rows], opening.line)
    return Listed(inside.items, opening.line, inside.gap)


def _call(name: str, tokens: Tokens, opening: Token, depth: int) -> Value | None:
    """The value of what looks like a call: array([…]), tensor(…), c(…), matrix(…), structure(…), list(…)."""
    if opening.text != "(":
        raise NotRead
    inside = _inside(tokens, opening, depth + 1)
    if inside.rows:
        raise NotRead
    last = name.rsplit(".", 1)[-1].casefold()
    named = {name.casefold(): value for name, value, _ in inside.named}
    match last:
        case "c":
            return Listed([*inside.items, *(value for _, value, _ in inside.named)], opening.line, inside.gap)
        case "list" | "ordereddict" | "dict" | "namespace":
            return _r_list(inside, opening.line)
        case "matrix" | "structure":
            return _shaped(inside, named, opening.line)
        case "array" | "tensor" | "parameter" | "asarray" | "mat" | "vector":
            if len(inside.items) == 1 and isinstance(inside.items[0], Listed | str):
                return inside.items[0]
        case "as" | "numeric" | "integer" | "defaultdict" | "variable":
            return _r_list(inside, opening.line)
        case "size" | "device" | "type" | "dtype":
            return None
        case _ if last.startswith(("float", "int", "uint")) and len(inside.items) == 1:
            return inside.items[0]
    raise NotRead


def _r_list(inside: _Inside, line: int) -> Value:
    """Values with names if all have one; pairs (name, value), as OrderedDict writes them, too."""
    if inside.named and not inside.items:
        return Named(inside.named, line)
    if inside.named:
        raise NotRead
    only = inside.items[0] if len(inside.items) == 1 else None
    if isinstance(only, Named):
        return only
    pairs = only.items if isinstance(only, Listed) else []
    found = [
        (pair.items[0].text, pair.items[1], pair.line)
        for pair in pairs
        if isinstance(pair, Listed) and len(pair.items) == 2 and isinstance(pair.items[0], Text)
    ]
    if pairs and len(found) == len(pairs):
        return Named(found, line)
    return Listed(inside.items, line, inside.gap)


def _shaped(inside: _Inside, named: dict[str, Value], line: int) -> Value:
    """The matrix that R's matrix(…) or structure(…) makes."""
    items = inside.items or [value for name, value in named.items() if name in ("data", ".data")]
    if not items:
        raise NotRead
    first, *sizes = items
    if isinstance(first, Listed) and any(isinstance(item, Listed) for item in first.items):
        return first
    if isinstance(first, Named) and (".dim" not in named and "dim" not in named):
        return first
    cells = _cells(first)
    dims = next((_cells(value) for name, value in named.items() if name in _DIMENSIONS), None)
    if dims is not None:
        if len(dims) != 2:
            raise NotRead
        rows, columns = map(_size, dims)
    else:
        given = [_size(cell) for size in sizes for cell in _cells(size)][:2]
        rows = _size(_cells(named["nrow"])[0]) if "nrow" in named else given[0] if given else 0
        columns = _size(_cells(named["ncol"])[0]) if "ncol" in named else given[1] if len(given) > 1 else 0
        if not rows and not columns:
            return Shaped(cells, len(cells), 1, False, line)
    by_row = named.get("byrow")
    is_by_row = isinstance(by_row, Text) and by_row.text.casefold() in ("true", "t")
    return Shaped(cells, rows, columns, is_by_row, line)


def _cells(value: Value) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, Listed):
        return [cell for item in value.items for cell in _cells(item)]
    if isinstance(value, Named):
        return [cell for _, item, _ in value.items for cell in _cells(item)]
    raise NotRead


def _size(cell: str) -> int:
    if not _WHOLE.fullmatch(cell):
        raise NotRead
    return int(cell)
