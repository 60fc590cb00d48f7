"""The rows in sight of many: as many as there are lines, with the chosen row, and dots for those left out."""

from hypothesis import given
from hypothesis import strategies as st

from tui_nn.dashboard.widgets.matrices.row_window import rows_in_sight, rows_in_window


@given(st.data(), st.integers(2, 300), st.integers(1, 40), st.booleans())
def test_a_window_has_the_chosen_row_among_rows_in_order(
    data: st.DataObject, rows: int, lines: int, dots: bool
) -> None:
    row = data.draw(st.integers(1, rows))
    window = rows_in_window(rows, lines, row, has_dots=dots)
    if rows <= lines:
        assert window == ()
        return
    assert len(window) == lines
    shown = [number for number in window if number]
    assert row in shown
    assert shown == [*range(shown[0], shown[-1] + 1)]
    assert shown[0] >= 1
    assert shown[-1] <= rows
    if dots and lines >= 3:
        # Dots stand at an end where rows are left out, and for more than one.
        assert (window[0] == 0) == (shown[0] > 1)
        assert (window[-1] == 0) == (shown[-1] < rows)
        assert shown[0] == 1 or shown[0] > 2
        assert shown[-1] == rows or shown[-1] < rows - 1
    # The rows stand still while the user goes down to the last one in sight.
    assert all(rows_in_window(rows, lines, below, has_dots=dots) == window for below in range(row, shown[-1] + 1))


def test_the_rows_in_sight_are_named() -> None:
    assert rows_in_sight((0, 4, 5, 6, 0), 150) == "rows 4–6 of 150"
    assert rows_in_sight((1999,), 2000) == "row 1 999 of 2 000"
    assert rows_in_sight((), 3) == ""
