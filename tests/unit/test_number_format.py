"""How numbers are written: as R prints them in text, with points below each other on the screen."""

import math

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from numpy.typing import ArrayLike

from tests.unit.helpers import figures_of_R
from tests.unit.strategies import finite, matrices
from tui_nn.network.model.array import Array
from tui_nn.writing.notation.number_format import group_digits, matrix_format, r_columns, rounded_text

_INF, _NAN = math.inf, math.nan

_any_matrix = st.tuples(st.integers(1, 4), st.integers(1, 3)).flatmap(
    lambda shape: matrices(*shape, st.floats() | st.floats(-1000, 1000) | finite)
)


@pytest.mark.parametrize("place", range(len(figures_of_R("r_print"))))
def test_a_column_has_the_digits_that_R_prints(place: int) -> None:
    column = figures_of_R("r_print")[place]
    printed = [row[0] for row in r_columns(np.array([column["cells"]]).T)]
    assert [cell.strip() for cell in printed] == [cell.strip() for cell in column["printed"]]
    assert len({len(cell) for cell in printed}) == 1


@given(matrix=_any_matrix)
def test_the_cells_of_a_column_are_equally_wide(matrix: Array) -> None:
    for column in zip(*r_columns(matrix), strict=True):
        assert len({len(cell) for cell in column}) == 1
        assert all(cell.isascii() for cell in column)


def test_each_column_has_decimals_of_its_own() -> None:
    assert r_columns(np.array([[1.0, 0.25], [2.0, 1.0]])) == [["1", "0.25"], ["2", "1.00"]]


def test_a_number_that_overflowed_is_said_to_have() -> None:
    assert r_columns(np.array([[1.5], [_INF], [_NAN]])) == [["     1.5"], ["overflow"], ["overflow"]]


@pytest.mark.parametrize(
    ("value", "written"),
    [(5.0, "5"), (0.9, "0.9"), (0.01532850920, "0.01532851"), (1e-4, "1e-04"), (7.0737492e-9, "7.073749e-09")],
)
def test_a_number_has_seven_significant_digits_at_most(value: float, written: str) -> None:
    assert rounded_text(value) == written


@pytest.mark.parametrize(("number", "written"), [(1, "1"), (999, "999"), (10_000, "10 000"), (1234567, "1 234 567")])
def test_large_whole_numbers_are_grouped(number: int, written: str) -> None:
    assert group_digits(number) == written


@given(matrix=_any_matrix, minus=st.sampled_from(("−", "-")))
@example(matrix=np.array([[_NAN, 123.4]]), minus="−")
@example(matrix=np.array([[_INF, 1.5, 100.25]]), minus="−")
@example(matrix=np.array([[1e5, -5.0, -1e-100]]), minus="−")
def test_every_cell_of_a_matrix_fits_the_width_of_its_format(matrix: Array, minus: str) -> None:
    form = matrix_format(matrix, minus)
    cells = [form(cell) for cell in matrix.ravel().tolist()]
    assert {len(cell) for cell in cells} == {form.width}
    assert minus == "−" or all(cell.isascii() for cell in cells)


@pytest.mark.parametrize(
    ("matrix", "cells"),
    [
        ([[0.011478, -0.000494, -0.010509]], ["0.01148", "−0.00049", "−0.01051"]),
        ([[0.0]], ["0.0000"]),
        ([[2.0, -1.0]], ["2.0000", "−1.0000"]),
        ([[1234.5678]], ["1234.5678"]),
        ([[1e-9, 2e-9]], ["1.000e−09", "2.000e−09"]),
        ([[250_000.0, 1.0]], ["2.500e+05", "1.000e+00"]),
        ([[-1e-9, 1.0]], ["0.0000", "1.0000"]),
        ([[_INF, -_INF, _NAN]], ["∞", "−∞", "—"]),
    ],
)
def test_the_largest_cell_shows_four_significant_digits_and_four_decimals(matrix: ArrayLike, cells: list[str]) -> None:
    array = np.array(matrix)
    form = matrix_format(array)
    assert [form(cell).strip() for cell in array.ravel().tolist()] == cells


def test_in_ascii_what_is_no_number_is_in_ascii_too() -> None:
    form = matrix_format(np.array([[_INF, -_INF, _NAN, -1.0]]), minus="-")
    assert [form(cell).strip() for cell in (_INF, -_INF, _NAN, -1.0)] == ["inf", "-inf", "?", "-1.0000"]


def test_a_format_is_as_wide_as_it_is_told_at_least() -> None:
    assert matrix_format(np.array([[1.0]]), least_width=12)(1.0) == "      1.0000"


def test_a_zero_has_no_sign_as_a_power_of_ten_either() -> None:
    tiny = np.array([[-0.0, 1e-12, -3e-15]])
    assert matrix_format(tiny)(float(tiny[0, 0])).strip() == "0.000e+00"
