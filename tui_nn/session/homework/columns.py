"""Takes a table with names above its columns for a matrix, or for a list in each column."""

import re
from collections.abc import Sequence

from tui_nn.session.homework.cells_in_columns import add_cells_in_columns
from tui_nn.session.homework.code_labels import bound_names, part_of_list
from tui_nn.session.homework.collector import Collector
from tui_nn.session.homework.iteration_words import is_iteration_name
from tui_nn.session.homework.r_tables import NamedTable
from tui_nn.session.homework.student_names import is_cost_name, is_matrix_name, is_output_name

_WHOLE = re.compile(r"\d{1,8}(?:\.0*)?(?:e\+0\d)?")


def add_named_columns(collector: Collector, label: str, table: NamedTable, line: int, iteration: int | None) -> None:
    """Adds the matrix of ``table``, or its columns where their names say that they are matrices of their own."""
    lines = range(line + 1, line + 1 + len(table.rows))
    if table.columns and add_cells_in_columns(collector, table.columns, table.rows, lines, iteration):
        return
    columns = table.columns or (bound_names(label) if table.rows else [])
    names = columns if len(columns) == len(table.rows[0]) else []
    if names and (bound_names(label) or (not is_matrix_name(label) and _are_matrices(names))):
        _add_columns(collector, names, table.rows, line, iteration)
    elif len(table.rows) == 1 and table.columns and not is_matrix_name(table.columns[0]):
        collector.add(label, table.rows, line, is_list=True, iteration=iteration)
    else:
        part = part_of_list(label, len(table.rows))
        is_end = part.is_tail and len(table.rows[0]) == 1
        rows = [[cell for row in table.rows for cell in row]] if is_end else table.rows
        tail = len(table.rows) if is_end else 0
        name = part.name if is_end else label
        collector.add(name, rows, line, is_list=is_end, iteration=iteration, tail=tail)


def _are_matrices(names: Sequence[str]) -> bool:
    """Whether each column has numbers of its own: iteration, cost, y and y_hat, but not x1, x2."""
    return any(is_iteration_name(name) and len(name) > 1 for name in names) or any(
        (is_cost_name(name) or is_output_name(name)) and not name[-1].isdigit() for name in names
    )


def _add_columns(
    collector: Collector, names: Sequence[str], rows: Sequence[Sequence[str]], line: int, iteration: int | None
) -> None:
    # i counts the rows of the data beside y and y_hat, and iterations beside J.
    has_rows = any(map(is_output_name, names)) and not any(map(is_cost_name, names))
    counts = [i for i, name in enumerate(names) if is_iteration_name(name) and not (len(name) == 1 and has_rows)]
    given = counts[0] if counts else None
    iterations: tuple[int, ...] | None = None
    # R prints the iteration with the decimals of the numbers beside it: 1.00000000.
    if given is not None and all(_WHOLE.fullmatch(row[given]) for row in rows):
        iterations = tuple(int(float(row[given])) for row in rows)
    for i, name in enumerate(names):
        if i == given and iterations is not None:
            continue
        if iterations is not None and is_matrix_name(name) and not is_cost_name(name):
            for number, row in enumerate(rows):
                collector.add_of_iteration(name, row[i], iterations[number], line + number)
        else:
            cells = [[row[i] for row in rows]]
            collector.add(name, cells, line, is_list=True, iteration=iteration, iterations=iterations)
