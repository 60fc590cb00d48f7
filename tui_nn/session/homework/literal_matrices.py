"""Finds the matrices in lists, dicts and R's structures."""

import re
from collections.abc import Sequence

from tui_nn.language import _
from tui_nn.session import limits
from tui_nn.session.homework.collector import Collector
from tui_nn.session.homework.iteration_words import is_iteration_name
from tui_nn.session.homework.literals import Listed, Named, Shaped, Text, Value
from tui_nn.session.homework.printed_numbers import NumbersError
from tui_nn.session.homework.reading_notes import a_row_of_another_length, numbers_text
from tui_nn.session.validation import shortened

_WHOLE_NUMBER = re.compile(r"-?\d+(?:\.0*)?(?:[eE]\+?\d+)?")
_LONGEST_ITERATION = 20
_HISTORIES = frozenset({"", "history", "iterations", "epochs", "steps", "log", "hist", "training", "runs", "records"})
_NAMES = frozenset({"matrix", "name", "label"})
_NUMBERS = frozenset({"value", "values", "numbers", "data", "matrix", "cells"})


def add_value(collector: Collector, value: Value, label: str, line: int, iteration: int | None = None) -> None:
    """Adds the matrices in ``value`` to ``collector``, under the name ``label`` or one made of it and the keys.

    ``line`` is counted from 0.
    """
    match value:
        case str():
            if iteration is None:
                collector.add(label, [[value]], line + 1, is_list=True)
            else:
                collector.add_of_iteration(label, value, iteration, line + 1)
        case Shaped():
            _add_shaped(collector, value, label, iteration)
        case Listed():
            _add_listed(collector, value, label, line, iteration)
        case Named():
            _add_named(collector, value, label, iteration)
        case Text():
            pass


def _add_shaped(collector: Collector, value: Shaped, label: str, iteration: int | None) -> None:
    count = len(value.cells)
    rows = value.rows or -(-count // max(value.columns, 1))
    columns = value.columns or -(-count // max(rows, 1))
    if not count or rows * columns != count:
        collector.note(
            _(
                "Line {line}: a {rows} × {columns} matrix can't be made of {found}. It is left out.",
                line=value.line + 1,
                rows=rows,
                columns=columns,
                found=numbers_text(count),
            )
        )
        return
    if value.by_row:
        grid = [value.cells[row * columns : (row + 1) * columns] for row in range(rows)]
    else:
        grid = [value.cells[row::rows] for row in range(rows)]
    collector.add(label, grid, value.line + 1, iteration=iteration)


def _add_listed(collector: Collector, value: Listed, label: str, line: int, iteration: int | None) -> None:
    items = value.items
    if not items:
        return
    if all(isinstance(item, str) for item in items):
        cells = [item for item in items if isinstance(item, str)]
        _add_list(collector, cells, label, line, iteration, value.gap)
        return
    rows = [item for item in items if isinstance(item, Listed)]
    if len(rows) == len(items) and all(row.items and all(isinstance(cell, str) for cell in row.items) for row in rows):
        are_vectors = len({len(row.items) for row in rows}) > 1 and label.casefold().lstrip("(d∂").startswith("b")
        if not are_vectors:
            _add_rows(collector, value, rows, label, line, iteration)
            return
    is_history = label.rpartition(".")[2].casefold() in _HISTORIES
    for i, item in enumerate(items):
        if isinstance(item, Named) and is_history:
            own = _iteration_of(item)
            _add_named(collector, item, "", own if own is not None else i + 1)
        else:
            at = item.line if isinstance(item, Listed | Named | Shaped) else line
            if "hist" in label.casefold() and isinstance(item, Listed):
                add_value(collector, item, label, at, i + 1)
            else:
                add_value(collector, item, f"{label}[{i}]", at, iteration)


def _add_list(
    collector: Collector, cells: Sequence[str], label: str, line: int, iteration: int | None, gap: int
) -> None:
    tail = len(cells) - gap if gap >= 0 else 0
    collector.add(label, [cells], line + 1, is_list=True, iteration=iteration, tail=tail)


def _add_rows(
    collector: Collector, value: Listed, rows: Sequence[Listed], label: str, line: int, iteration: int | None
) -> None:
    grid = [[cell for cell in row.items if isinstance(cell, str)] for row in rows]
    if value.gap < 0 and all(row.gap < 0 for row in rows):
        ragged = next((row for row in rows if len(row.items) != len(rows[0].items)), None)
        if ragged is None:
            collector.add(label, grid, line + 1, iteration=iteration)
            return
        collector.note(a_row_of_another_length(ragged.line + 1, label, len(ragged.items), len(rows[0].items)))
    elif all(len(row) == 1 for row in grid):
        _add_list(collector, [row[0] for row in grid], label, line, iteration, value.gap)
    elif label:
        collector.note(
            _(
                'Line {line}: "..." stands for cells of {name}, which is left out. Print all of it, in numpy after '
                "np.set_printoptions(threshold=10**6).",
                line=line + 1,
                name=shortened(label),
            )
        )
    else:
        collector.note(
            _(
                'Line {line}: "..." stands for cells of a matrix, which is left out. Print all of it, in numpy after '
                "np.set_printoptions(threshold=10**6).",
                line=line + 1,
            )
        )


def _iteration_of(value: Named) -> int | None:
    """The iteration that an object gives; None if it gives none. Raises `NumbersError` if there can be no such."""
    for name, one, _line in value.items:
        if not is_iteration_name(name) or not isinstance(one, str):
            continue
        if len(one) < _LONGEST_ITERATION and _WHOLE_NUMBER.fullmatch(one) and 0 <= float(one) <= limits.ITERATIONS:
            return int(float(one))
        if _WHOLE_NUMBER.fullmatch(one[:_LONGEST_ITERATION]):
            raise NumbersError(
                _(
                    '"{name}": there is no iteration {iteration}. Iterations count from 1.',
                    name=name,
                    iteration=shortened(one),
                )
            )
    return None


def _add_named(collector: Collector, value: Named, label: str, iteration: int | None) -> None:
    own = _iteration_of(value)
    iteration = own if own is not None else iteration
    keys = [name for name, _, _ in value.items]
    if all(key.isascii() and key.isdigit() and len(key) < 9 for key in keys):
        _add_by_iteration(collector, value, label)
        return
    folded = {name.casefold(): one for name, one, _ in value.items}
    title = next((one.text for name, one in folded.items() if name in _NAMES and isinstance(one, Text)), None)
    iterations = next((_whole_numbers(one) for name, one, _ in value.items if is_iteration_name(name)), None)
    for name, one, line in value.items:
        if is_iteration_name(name):
            continue
        if title is not None and name.casefold() in _NUMBERS:
            add_value(collector, one, title, line, iteration)
        elif iterations and isinstance(one, Listed) and len(one.items) == len(iterations):
            _add_of_iterations(collector, one, _joined(label, name), line, iterations)
        else:
            add_value(collector, one, _joined(label, name), line, iteration)


def _joined(label: str, name: str) -> str:
    return f"{label}.{name}" if label else name


def _whole_numbers(value: Value) -> tuple[int, ...] | None:
    if not isinstance(value, Listed):
        return None
    cells = [item for item in value.items if isinstance(item, str) and item.isdigit() and len(item) < 9]
    return tuple(map(int, cells)) if len(cells) == len(value.items) else None


def _add_of_iterations(collector: Collector, value: Listed, label: str, line: int, iterations: Sequence[int]) -> None:
    """Adds a list that has an item for each of ``iterations``."""
    cells = [item for item in value.items if isinstance(item, str)]
    if len(cells) == len(iterations):
        collector.add(label, [cells], line + 1, is_list=True, iterations=tuple(iterations))
        return
    for item, iteration in zip(value.items, iterations, strict=True):
        add_value(collector, item, label, line, iteration)


def _add_by_iteration(collector: Collector, value: Named, label: str) -> None:
    """Adds what stands behind the numbers of iterations: {1: 0.0105, 100: 0.0032}."""
    if all(isinstance(one, str) for _, one, _ in value.items):
        cells = [one for _, one, _ in value.items if isinstance(one, str)]
        iterations = tuple(int(name) for name, _, _ in value.items)
        collector.add(label, [cells], value.line + 1, is_list=True, iterations=iterations)
        return
    for name, one, line in value.items:
        if isinstance(one, Named):
            _add_named(collector, one, label, int(name))
        else:
            add_value(collector, one, label, line, int(name))
