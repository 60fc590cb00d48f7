"""A student's matrix beside the lesson's."""

import numpy as np

from tui_nn.writing.notation.signs import ASCII
from tui_nn.writing.reports.side_by_side import costs_side_by_side, one_above_the_other, side_by_side


def test_the_cells_that_differ_are_marked_beside_the_right_ones() -> None:
    theirs, ours = np.array([[1.0, 2.5], [3.0, 4.0]]), np.array([[1.0, 2.0], [3.0, 4.0]])
    assert side_by_side(theirs, ours, theirs != ours, ASCII) == [
        "      yours           right",
        "      [,1]   [,2]     [,1]  [,2]",
        "[1,]     1    2.5*       1     2",
        "[2,]     3    4.0        3     4",
    ]


def test_numbers_that_differ_in_late_digits_look_different() -> None:
    theirs, ours = np.array([[0.123456789012, 1.0]]), np.array([[0.123456789011, 1.0]])
    lines = side_by_side(theirs, ours, theirs != ours, ASCII)
    assert "0.123456789012*" in lines[2]
    assert "0.123456789011" in lines[2]


def test_of_a_large_matrix_the_part_around_the_first_difference_is_shown() -> None:
    ours = np.arange(10_000 * 8, dtype=float).reshape(10_000, 8)
    theirs = ours.copy()
    theirs[5000, 6] += 0.5
    lines = side_by_side(theirs, ours, theirs != ours, ASCII)
    text = "\n".join(lines)
    assert len(lines) < 25
    assert max(map(len, lines)) < 80
    assert all(part in text for part in ("[5001,]", "[,7]", "..."))
    assert "40006.5*" in text
    assert "[4000,]" not in text


def test_numbers_that_are_missing_or_too_large_have_rs_names() -> None:
    theirs, ours = np.array([[np.nan, np.inf, 1.0]]), np.array([[1.0, 2.0, 1.0]])
    line = side_by_side(theirs, ours, np.array([[False, True, False]]), ASCII)[2]
    assert "NA" in line
    assert "Inf*" in line


def test_matrices_of_other_shapes_stand_above_each_other() -> None:
    lines = one_above_the_other(np.ones((1, 3)), np.ones((3, 1)), ASCII)
    assert [line.strip() for line in lines if line.strip() in ("yours", "right")] == ["yours", "right"]
    assert sum(line.startswith("[3,]") for line in lines) == 1


def test_costs_stand_with_their_iterations() -> None:
    ours = np.linspace(1.0, 0.0, 1000)
    theirs = ours.copy()
    theirs[500:] += 0.25
    lines = costs_side_by_side([*range(1, 1001)], theirs, ours, theirs != ours, ASCII)
    assert lines[0].split() == ["iteration", "yours", "right"]
    marked = [line for line in lines if "*" in line]
    assert marked[0].split()[0] == "501"
    assert len(lines) <= 10
