"""Data as typed in, and as the network sees it."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from tui_nn.network import Dataset, ValidationError
from tui_nn.session.document import lecture_data


def test_column_max_divides_each_column_by_its_greatest_number() -> None:
    data = lecture_data()
    assert data.x_divisors.tolist() == [10.0, 5.0]
    assert data.X.tolist() == [[0.3, 1.0], [0.5, 0.2], [1.0, 0.4]]


def test_divisors_divide_each_column_by_its_own() -> None:
    data = replace(lecture_data(), x_scaling=(2.0, -5.0))
    assert data.X.tolist() == [[1.5, -1.0], [2.5, -0.2], [5.0, -0.4]]


def test_column_abs_max_divides_by_the_greatest_number_without_its_sign_and_leaves_zeros() -> None:
    data = replace(lecture_data(), x=[[-4, 0], [2, 0], [3, 0]], x_scaling="column abs max", y_scaling="column abs max")  # type: ignore[arg-type]
    assert data.x_divisors.tolist() == [4, 1]
    assert data.X.tolist() == [[-1, 0], [0.5, 0], [0.75, 0]]
    assert data.Y.tolist() == [[75 / 93], [82 / 93], [1]]
    assert data.in_units(data.Y).tolist() == [[75], [82], [93]]
    assert data.scaled(np.array([[8.0, 3.0]])).tolist() == [[2, 3]]


_THREE = np.array([[3.0, 7.0], [5.0, 7.0], [10.0, 7.0]])


def test_min_max_takes_each_column_to_the_range_from_0_to_1() -> None:
    data = replace(lecture_data(), x=_THREE, x_scaling="min-max", y_scaling="min-max")
    assert (data.x_shifts.tolist(), data.x_divisors.tolist()) == ([3, 7], [7, 1])
    assert data.X.tolist() == [[0, 0], [2 / 7, 0], [1, 0]]
    assert data.Y.tolist() == [[0], [7 / 18], [1]]
    assert data.scaled(np.array([[8.0, 9.0]])).tolist() == [[5 / 7, 2]]
    assert data.in_units(np.array([[0.5]])).tolist() == [[84]]


def test_standardise_takes_each_column_to_a_mean_of_0_and_a_standard_deviation_of_1() -> None:
    data = replace(lecture_data(), x=_THREE, x_scaling="standardise", y_scaling="standardise")
    # Source: R's scale() and sd(), of 3, 5, 10 and of 75, 82, 93; a column that does not vary is divided by 1.
    np.testing.assert_allclose(data.x_divisors, [3.605551275463989, 1], rtol=1e-15)
    np.testing.assert_allclose(data.X, [[-0.8320502943378436, 0], [-0.2773500981126146, 0], [1.1094003924504583, 0]])
    np.testing.assert_allclose(data.y_divisors, [9.073771725877466], rtol=1e-15)
    np.testing.assert_allclose(data.in_units(data.Y), data.y, rtol=1e-15)


def test_equal_numbers_whose_mean_is_rounded_are_scaled_to_0() -> None:
    data = replace(lecture_data(), x=np.full((3, 2), 0.1), x_scaling="standardise")
    assert data.X.tolist() == [[0, 0]] * 3


def test_one_row_does_not_vary() -> None:
    for scaling in ("min-max", "standardise"):
        data = Dataset(np.array([[2.0]]), np.array([[4.0]]), ("x",), ("y",), scaling, scaling)
        assert (data.X.tolist(), data.in_units(data.Y).tolist()) == ([[0]], [[4]])


@pytest.mark.parametrize(("scaling", "x"), [("min-max", 1e308), ("standardise", 1e200), ("standardise", 1e-200)])
def test_numbers_too_far_apart_or_too_close_to_be_scaled_are_refused(scaling: str, x: float) -> None:
    with pytest.raises(ValidationError) as error:
        replace(lecture_data(), x=[[1.0, -x], [2.0, 0.0], [3.0, x]], x_scaling=scaling)  # type: ignore[arg-type]
    assert "column 2 (hours studied)" in error.value.sentence


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        (
            {"x": [[0.0, 1.0], [0.0, 2.0], [0.0, 3.0]]},
            "Column 1 (hours slept) is 0 everywhere, so it can't be divided by its maximum. Choose another scaling.",
        ),
        (
            {"y": [[0.0], [0.0], [0.0]], "y_scaling": "column max"},
            "Column 3 (test score) is 0 everywhere, so it can't be divided by its maximum. Choose another scaling.",
        ),
        (
            {"x": [[1.0, 0.0], [1.0, -2.0], [1.0, 0.0]]},
            "The maximum of column 2 (hours studied) is 0, so it can't be divided by it. Choose another scaling.",
        ),
    ],
)
def test_a_column_that_can_t_be_divided_by_its_maximum_is_named(changes: dict[str, Any], says: str) -> None:
    with pytest.raises(ValidationError) as error:
        replace(lecture_data(), **changes)
    assert error.value.sentence == says


def test_no_scaling_leaves_the_numbers_alone() -> None:
    data = replace(lecture_data(), x_scaling="none", y_scaling="none")
    assert (data.X.tolist(), data.Y.tolist()) == (data.x.tolist(), data.y.tolist())


def test_predictions_go_back_to_the_units_of_y() -> None:
    data = lecture_data()
    assert data.in_units(np.array([[0.7499998], [0.5]])).tolist() == [[74.99998], [50.0]]
    np.testing.assert_allclose(data.in_units(data.Y), data.y, rtol=1e-15)


def test_its_counts_are_those_of_the_tables() -> None:
    data = lecture_data()
    assert (data.rows, data.inputs, data.outputs) == (3, 2, 1)


def test_it_can_t_be_written_to_and_does_not_follow_its_source() -> None:
    x = np.ones((3, 2))
    data = replace(lecture_data(), x=x)
    x[0, 0] = 99.0
    assert data.x[0, 0] == 1.0
    for table in (data.x, data.y, data.X, data.Y, data.x_divisors):
        with pytest.raises(ValueError, match="read-only"):
            table[0] = 0.0


@pytest.mark.parametrize(
    ("changes", "where", "found"),
    [
        ({"x": np.ones((0, 2))}, "x", "(0, 2)"),
        ({"x": np.ones((3, 0)), "x_names": ()}, "x", "(3, 0)"),
        ({"x": np.ones(3)}, "x", "(3,)"),
        ({"y": [[1.0], [np.nan], [1.0]]}, "y", "nan in row 2, column 1"),
        ({"x": [[1.0, 2.0], [3.0, 4.0], [5.0, -np.inf]]}, "x", "-inf in row 3, column 2"),
        ({"y": np.ones((2, 1))}, "y", "2 rows"),
        ({"x_names": ("slept",)}, "x_names", "1"),
        ({"x_names": ("slept", "slept")}, "x_names", "same name twice"),
        ({"x_scaling": "max"}, "x_scaling", '"max"'),
        ({"x_scaling": (1.0,)}, "x_scaling", "1"),
        ({"x_scaling": (1.0, 0.0)}, "x_scaling", "0 in column 2"),
        ({"x_scaling": (float("nan"), 1.0)}, "x_scaling", "nan in column 1"),
        ({"x_scaling": (1.0, float("inf"))}, "x_scaling", "inf in column 2"),
        ({"x": [[0.0, 1.0], [-1.0, 2.0], [0.0, 3.0]]}, "x_scaling", "0 in column 1"),
        ({"x": np.full((3, 2), 1e300), "x_scaling": (1e-300, 1.0)}, "x_scaling", "too small"),
    ],
)
def test_data_that_can_t_be_is_refused(changes: dict[str, Any], where: str, found: str) -> None:
    with pytest.raises(ValidationError) as error:
        replace(lecture_data(), **changes)
    assert error.value.where == where
    assert found in error.value.found


def test_one_row_of_one_column_is_enough() -> None:
    data = Dataset(np.array([[2.0]]), np.array([[4.0]]), ("x",), ("y",))
    assert (data.X.tolist(), data.Y.tolist()) == ([[1.0]], [[4.0]])
