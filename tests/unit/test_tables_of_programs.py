"""Whatever numbers a program writes in its own way are read back the same, or refused; never other ones."""

import csv
import io
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.programs import needs
from tests.unit.strategies import finite
from tui_nn.network import ValidationError
from tui_nn.session.tables.spreadsheet import PastedTable, read_paste, read_table_text

_Rows = list[list[float]]

# Many that show few digits, as people's numbers do, and some of any kind.
_cells = (
    st.integers(-9999, 9999).map(lambda n: n / 1000)
    | st.integers(-(10**9), 10**9).map(float)
    | st.integers(0, 9_999_999).map(lambda n: n / 100)
    | finite
)
_tables = st.integers(2, 3).flatmap(
    lambda columns: st.lists(st.lists(_cells, min_size=columns, max_size=columns), min_size=1, max_size=4)
)
_thousands = st.integers(2, 3).flatmap(
    lambda columns: st.lists(
        st.lists(st.integers(-(10**9), 10**9), min_size=columns, max_size=columns), min_size=1, max_size=4
    )
)


def _check(read: Callable[[str], PastedTable], text: str, rows: _Rows) -> None:
    try:
        found = read(text)
    except ValidationError:
        return
    assert [list(row) for row in found.rows] == rows, text


def _written(rows: list[list[str]], separator: str, *, quoting: int = csv.QUOTE_MINIMAL, header: bool = True) -> str:
    text = io.StringIO()
    if header:
        csv.writer(text, delimiter=separator).writerow([f"x{i}" for i in range(1, len(rows[0]))] + ["y"])
    csv.writer(text, delimiter=separator, quoting=quoting).writerows(rows)  # type: ignore[arg-type]
    return text.getvalue()


@given(rows=_tables, header=st.booleans())
def test_what_python_s_csv_writes_is_read_always(rows: _Rows, header: bool) -> None:
    text = _written([[repr(cell) for cell in row] for row in rows], ",", header=header)
    # It always has a decimal point, or a power of ten.
    assert [list(row) for row in read_table_text(text).rows] == rows


@given(rows=_tables, separator=st.sampled_from(",;\t|"), comma=st.booleans(), is_quoted=st.booleans())
def test_decimal_points_and_commas_with_any_separator(
    rows: _Rows, separator: str, comma: bool, is_quoted: bool
) -> None:
    cells = [[f"{cell:.15g}" for cell in row] for row in rows]
    exact = [[float(cell) for cell in row] for row in cells]
    written = [[cell.replace(".", ",") if comma else cell for cell in row] for row in cells]
    text = _written(written, separator, quoting=csv.QUOTE_ALL if is_quoted else csv.QUOTE_MINIMAL)
    _check(read_table_text, text, exact)
    if separator != ",":
        _check(read_paste, text, exact)


@given(
    rows=_thousands,
    signs=st.sampled_from([(",", ".", ","), (",", ".", ";"), (".", ",", ";"), ("'", ".", ";"), ("\u00a0", ",", "\t")]),
    decimals=st.integers(0, 4),
)
@example(rows=[[1200, 5]], signs=(",", ".", ","), decimals=0)
def test_thousands_as_spreadsheets_show_them(rows: list[list[int]], signs: tuple[str, str, str], decimals: int) -> None:
    thousands, point, separator = signs
    exact = [[cell / 10**decimals for cell in row] for row in rows]
    shown = [[f"{cell:,.{decimals}f}" for cell in row] for row in exact]
    to_signs = str.maketrans(",.", thousands + point)
    written = [[cell.translate(to_signs) for cell in row] for row in shown]
    _check(
        read_table_text, _written(written, separator), [[float(cell.replace(",", "")) for cell in row] for row in shown]
    )


_R_WRITES = """
set.seed(1)
folder <- commandArgs(TRUE)[1]
numbers <- list(
  data.frame(a = c(3, 5, 10), b = c(5.5, 1, 2), y = c(75, 82, 93)),
  data.frame(`hours slept` = c(1.234, 900, 1e6), y = c(1e-20, 123456.789, 1e5), check.names = FALSE),
  data.frame(a = c(1.2, 1.234), y = c(TRUE, FALSE)),
  data.frame(a = round(rnorm(5), 3), b = rnorm(5), y = 1:5)[c(2, 4, 5), ],
  data.frame(a = c(1200, 2300), y = c(0.125, 4))
)
for (i in seq_along(numbers)) {
  data <- numbers[[i]]
  at <- function(kind) file.path(folder, paste0(i, kind))
  write.csv(data, at("-csv.csv"))
  write.csv(data, at("-plain.csv"), row.names = FALSE, quote = FALSE)
  write.csv2(data, at("-csv2.csv"))
  write.csv2(data, at("-csv2-plain.csv"), row.names = FALSE)
  write.table(data, at("-table.txt"))
  write.table(data, at("-table-comma.txt"), dec = ",")
  write.table(data, at("-table-tab.tsv"), sep = "\\t", col.names = NA)
  write.table(data, at("-table-bare.txt"), row.names = FALSE, col.names = FALSE, quote = FALSE)
  cat(i, formatC(t(as.matrix(data * 1)), digits = 17, format = "g"), "\\n")
}
"""


@needs("Rscript", called="R")
def test_what_r_writes_is_what_it_had(tmp_path: Path) -> None:
    done = subprocess.run(
        ["Rscript", "--vanilla", "-e", _R_WRITES, str(tmp_path)], capture_output=True, encoding="utf-8", check=True
    )
    for line in done.stdout.splitlines():
        number, *cells = line.split()
        files = sorted(tmp_path.glob(f"{number}-*"))
        assert len(files) == 8
        for file in files:
            found = [cell for row in read_table_text(file.read_text(encoding="utf-8")).rows for cell in row]
            # R writes 15 digits.
            assert found == pytest.approx(list(map(float, cells)), rel=1e-14, abs=0), file.name
