"""A matrix as R, numpy and spreadsheets print it, pasted into a matrix of weights."""

import numpy as np
import pytest

from tui_nn.network import ValidationError
from tui_nn.session.document import Document
from tui_nn.session.events import WeightSet, WeightsSet
from tui_nn.session.runs.run_plan import RunPlan
from tui_nn.session.tables.pasted_matrix import parse_matrix, place_block

_R = """          [,1]      [,2]      [,3]
[1,] 0.2655087 0.5728534 0.2016819
[2,] 0.3721239 0.9082078 0.8983897
"""
_R_IN_TWO_PARTS = """          [,1]      [,2]
[1,] 0.2655087 0.5728534
[2,] 0.3721239 0.9082078
          [,3]
[1,] 0.2016819
[2,] 0.8983897
"""
_R_WITH_NAMES = """              h1        h2        h3
hours  0.2655087 0.5728534 0.2016819
score  0.3721239 0.9082078 0.8983897
"""
_NUMPY = """array([[0.2655087, 0.5728534, 0.2016819],
       [0.3721239, 0.9082078, 0.8983897]])"""
_PRINTED = "[[0.2655087 0.5728534 0.2016819]\n [0.3721239 0.9082078 0.8983897]]"
_SPREADSHEET = "0,2655087\t0,5728534\t0,2016819\r\n0,3721239\t0,9082078\t0,8983897\r\n"
_ROWS = ((0.2655087, 0.5728534, 0.2016819), (0.3721239, 0.9082078, 0.8983897))


@pytest.mark.parametrize("text", [_R, _R_IN_TWO_PARTS, _R_WITH_NAMES, _NUMPY, _PRINTED, _SPREADSHEET])
def test_a_matrix_is_read_as_programs_print_it(text: str) -> None:
    assert parse_matrix(text) == _ROWS


@pytest.mark.parametrize("text", ["", "a b\nc d", "1 2\n3", "1 x\n2 3"])
def test_what_is_no_matrix_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(ValidationError) as error:
        parse_matrix(text)
    assert "pasted" in error.value.sentence


def test_a_block_goes_where_it_fits_and_the_transposed_matrix_is_told_apart() -> None:
    columns = tuple(zip(*_ROWS, strict=True))
    assert place_block(_ROWS, (2, 3), 2, 2, "W1", "W1") == (1, 1, _ROWS)
    assert place_block(((1.0, 2.0),), (2, 3), 2, 2, "W1", "W1") == (2, 2, ((1.0, 2.0),))
    # Biases are a row here, and a column in many a program.
    assert place_block(((1.0,), (2.0,), (3.0,)), (1, 3), 1, 2, "b1", "b1") == (1, 1, ((1.0, 2.0, 3.0),))
    for rows, says in (
        (columns, "Other programs print units by inputs"),
        (((1.0, 2.0),), "room for 1 row of 1 number"),
    ):
        with pytest.raises(ValidationError) as error:
            place_block(rows, (2, 3), 2, 3, "W1", "W1")
        assert says in error.value.sentence


@pytest.mark.parametrize("iteration", [1, 5])
def test_a_block_is_as_many_weights_set_one_by_one(iteration: int) -> None:
    plan = RunPlan(Document())
    at_once = WeightsSet("W1", 1, 2, ((1.0, 2.0), (3.0, 4.0)), iteration).edited_plan(plan, 1)
    one_by_one = plan
    for place, value in enumerate((1.0, 2.0, 3.0, 4.0)):
        row, column = divmod(place, 2)
        one_by_one = WeightSet("W1", row + 1, column + 2, value, iteration).edited_plan(one_by_one, 1)
    assert np.array_equal(at_once.document.start_parameters.flat, one_by_one.document.start_parameters.flat)
    assert [segment.weights for segment in at_once.changes] == [segment.weights for segment in one_by_one.changes]
    with pytest.raises(ValidationError, match="column is 4"):
        WeightsSet("W1", 1, 2, ((1.0, 2.0, 3.0),), iteration).edited_plan(plan, 1)
