"""Tables from spreadsheets and CSV files: what programs write is read as it was meant, or refused with a reason."""

import csv
import io
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.helpers import plain
from tests.unit.strategies import documents, finite
from tui_nn.network import Refusal
from tui_nn.session import limits
from tui_nn.session.document import Document
from tui_nn.session.edits import edited
from tui_nn.session.events import BlockPasted, ColumnRenamed, DataReplaced, Edit
from tui_nn.session.file import SessionError, read
from tui_nn.session.spreadsheet import Block, csv_of, pasted, replaced, table
from tui_nn.session.state import State

_LECTURE = Document().dataset


def _after(event: Edit) -> Document:
    return edited(State.opened(Document()).course, event, 1).document


def _pasted(text: str, row: int, column: int) -> BlockPasted:
    taken = block(text)
    return BlockPasted(row, column, taken.names, taken.rows)


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("3\t5\t75\n5\t1\t82\n", [[3, 5, 75], [5, 1, 82]]),
        ("3\t5\t75\r\n5\t1\t82\r\n", [[3, 5, 75], [5, 1, 82]]),
        ("0,5\t-1\n1,5\t2\n", [[0.5, -1], [1.5, 2]]),
        ("0,5;1e-3\n−1,5;1/4", [[0.5, 0.001], [-1.5, 0.25]]),
        ("3,5,75\n5,1,82", [[3, 5, 75], [5, 1, 82]]),
        ("0,5\n0,7", [[0.5], [0.7]]),
        ("75\n82\n\n", [[75], [82]]),
        ("1.5,2\n3,4", [[1.5, 2], [3, 4]]),
        ("0, 1\n1, 0", [[0, 1], [1, 0]]),
        ("3 5 75\n5 1 82", [[3, 5, 75], [5, 1, 82]]),
        ('"3","5"\n"0,5","1"', [[3, 5], [0.5, 1]]),
    ],
)
def test_what_spreadsheets_copy(text: str, rows: list[list[float]]) -> None:
    found = block(text)
    assert found.names == ()
    assert found.rows == tuple(map(tuple, rows))


def test_the_first_line_may_be_the_names() -> None:
    assert block("slept\tstudied\n3\t5\n") == Block(("slept", "studied"), ((3.0, 5.0),))
    assert block('"x, y",z\n1,0\n') == Block(("x, y", "z"), ((1.0, 0.0),))
    assert block("slept\tstudied") == Block(("slept", "studied"), ())


def test_what_r_writes_has_the_names_of_its_rows_in_front() -> None:
    # A data frame with the columns slept and score, as its write.csv has it.
    text = '"","slept","score"\n"1",3,75\n"2",5,82.5\n'
    assert block(text, is_file=True) == Block(("slept", "score"), ((3.0, 75.0), (5.0, 82.5)))


def test_one_comma_a_line_parts_columns_in_a_file_only() -> None:
    assert block("0,1\n1,0").rows == ((0.1,), (1.0,))
    assert block("0,1\n1,0", is_file=True).rows == ((0.0, 1.0), (1.0, 0.0))


@pytest.mark.parametrize(
    ("text", "found", "expected"),
    [
        ("", "nothing", "rows of numbers"),
        ("3\t5\n5\n", "row 2 with 1 cell", "2, as the others have"),
        ("3\t5\n5\t\n", "nothing in row 2, column 2", "a number"),
        # An empty cell of a column is nothing to be passed over: what stands below it would move up.
        ("1\n\n3\n", "nothing in row 2, column 1", "a number"),
        ("1\t2\n\n3\t4\n", "row 2 with 1 cell", "2, as the others have"),
        ("1.2.3\n4", '"1.2.3" in the first line', "numbers, or names"),
        ("3\t5\nfive\t1\n", '"five" in row 2, column 1', "a number"),
        ("3\t1e999\n", '"1e999" in row 1, column 2', "a number"),
        ("a\t\n1\t2\n", "", "a name that is not blank"),
        ('3,"5,1\n5,1,2', "parted into cells", "rows of numbers"),
        ("1\n" * (limits.ROWS + 2), f"{limits.ROWS + 2} lines", "at most"),
        (";1" * 600, "601 columns", "at most"),
        ("\x00\t\x1b[31m\n1\t2", "", "without control characters"),
    ],
    ids=lambda value: value[:12],
)
def test_what_is_no_table_of_numbers_is_refused_with_its_place(text: str, found: str, expected: str) -> None:
    with pytest.raises(Refusal) as refusal:
        block(text)
    assert found in refusal.value.found
    assert expected in refusal.value.expected
    assert "\x1b" not in refusal.value.found


@given(text=st.text(st.characters(codec="utf-8"), max_size=60), is_file=st.booleans())
def test_whatever_is_pasted_is_a_table_or_refused(text: str, is_file: bool) -> None:
    try:
        found = block(text, is_file=is_file)
    except Refusal:
        return
    assert all(len(row) == found.columns for row in found.rows)


@given(document=documents())
def test_data_written_as_csv_come_back_to_the_last_bit(document: Document) -> None:
    data = document.dataset
    # Python's own reader has the names: no program could tell a name like "1" from a row's number.
    names, *rows = csv.reader(io.StringIO(csv_of(data)))
    assert names == [*data.x_names, *data.y_names]
    found = block("\n".join(map(",".join, rows)), is_file=True)
    assert np.array_equal(np.array(found.rows), np.hstack([data.x, data.y]))


@given(cells=st.lists(st.tuples(finite, finite), min_size=1, max_size=6))
def test_numbers_of_any_size_come_back_from_what_python_s_csv_writes(cells: list[tuple[float, float]]) -> None:
    text = io.StringIO()
    csv.writer(text, delimiter="\t").writerows(cells)
    assert block(text.getvalue()).rows == tuple(cells)


def test_a_block_takes_its_place_in_the_data_and_adds_the_rows_that_it_needs() -> None:
    for row, column, text, x, y in (
        (1, 1, "4\t6\n6\t2", [[4, 6], [6, 2], [10, 2]], [75, 82, 93]),
        (2, 2, "7\t80\n8\t81", [[3, 5], [5, 7], [10, 8]], [75, 80, 81]),
        (3, 1, "1\t2\t3\n4\t5\t6", [[3, 5], [5, 1], [1, 2], [4, 5]], [75, 82, 3, 6]),
        (1, 3, "70\n71\n72", [[3, 5], [5, 1], [10, 2]], [70, 71, 72]),
    ):
        data = _after(_pasted(text, row, column)).dataset
        assert data.x.tolist() == x
        assert data.y[:, 0].tolist() == y
        assert (data.x_names, data.y_names, data.y_scaling) == (_LECTURE.x_names, _LECTURE.y_names, (100.0,))


def test_names_above_a_block_name_its_columns() -> None:
    data = _after(_pasted("Stunden\tPunkte\n7\t70", 1, 2)).dataset
    assert (data.x_names, data.y_names) == (("hours slept", "Stunden"), ("Punkte",))
    assert data.y_scaling == (100.0,)
    assert data.x[0].tolist() == [3, 7]
    assert data.y[0].tolist() == [70]


@pytest.mark.parametrize(
    ("row", "column", "text", "found", "expected"),
    [
        (1, 2, "1\t2\t3", "3 columns", "at most 2 columns from here on"),
        (3, 2, "1\t2\n3\t4", "2 rows from row 3 on", "no more than 1 row, or whole rows"),
    ],
)
def test_a_block_that_has_no_room_is_refused(row: int, column: int, text: str, found: str, expected: str) -> None:
    with pytest.raises(Refusal) as refusal:
        _after(_pasted(text, row, column))
    assert found in refusal.value.found
    assert expected in refusal.value.expected


def test_a_table_takes_the_place_of_all_data() -> None:
    data = _after(replaced(_LECTURE, block("a,test score,b,c\n1,70,2,3\n4,80,5,6", is_file=True))).dataset
    assert (data.x_names, data.y_names) == (("a", "b", "c"), ("test score",))
    assert data.x.tolist() == [[1, 2, 3], [4, 5, 6]]
    assert data.y.tolist() == [[70], [80]]
    assert data.y_scaling == (100.0,)
    data = _after(replaced(_LECTURE, block("1,2,70\n3,4,80", is_file=True))).dataset
    assert (data.x_names, data.y_names) == (_LECTURE.x_names, _LECTURE.y_names)
    data = _after(replaced(_LECTURE, block("1,2,3,70\n3,4,5,80", is_file=True))).dataset
    assert (data.x_names, data.y_names) == (("x1", "x2", "x3"), ("test score",))
    for text in ("75\n82", "a,b,c"):
        with pytest.raises(Refusal):
            replaced(_LECTURE, block(text, is_file=True))


def test_with_columns_of_other_names_an_edit_on_the_way_is_refused() -> None:
    course = State.opened(Document()).course
    same = DataReplaced(_LECTURE.x_names, _LECTURE.y_names, ((1.0, 2.0),), ((3.0,),), 30)
    assert edited(course, same, 30).at(30).dataset.x.tolist() == [[1.0, 2.0]]
    assert edited(course, same, 30).at(29).dataset.x.tolist() == _LECTURE.x.tolist()
    with pytest.raises(Refusal, match="iteration"):
        edited(course, DataReplaced(("a", "b"), _LECTURE.y_names, same.x, same.y, 30), 30)


def test_a_csv_file_is_a_lesson(tmp_path: Path) -> None:
    path = tmp_path / "sleep.csv"
    path.write_text("slept;score\n3,5;75\n5;82\n", encoding="utf-8-sig")
    document = read(path).document
    assert document.title == "sleep"
    assert document.dataset.x.tolist() == [[3.5], [5.0]]
    assert document.dataset.X.tolist() == [[0.7], [1.0]]
    assert document.network.layers == (1, 3, 1)
    assert plain(read(path).state) == plain(State.opened(document))


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "holds nothing; expected rows of numbers"),
        (b"a,b\n1,x\n", 'holds "x" in row 1, column 2; expected a number'),
        (b"a,b\n", "holds a table without rows"),
        (b"1\n2\n", "holds 1 column; expected at least 2"),
        (b"a,b\n0,0\n", "a division by 0"),
        (b"a,b\n\xff,1", "is no text in UTF-8: byte 5 can't be read; save it as CSV in UTF-8"),
    ],
)
def test_a_csv_file_that_is_no_table_is_refused_in_one_sentence(tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / "data.csv"
    path.write_bytes(content)
    with pytest.raises(SessionError) as error:
        read(path)
    assert says in str(error.value)
    assert "\n" not in str(error.value)


def test_a_file_s_first_line_is_names_as_soon_as_anything_in_it_is_no_number() -> None:
    data = _after(ColumnRenamed("x", 1, "2019")).dataset
    assert block(csv_of(data), is_file=True).names == ("2019", "hours studied", "test score")


def test_a_file_in_utf_16_is_read_as_well(tmp_path: Path) -> None:
    path = tmp_path / "wide.csv"
    path.write_text("größe\tscore\n3\t75\n", encoding="utf-16")
    assert read(path).document.dataset.x_names == ("größe",)


def test_more_numbers_than_a_log_can_hold_are_refused() -> None:
    row = "\t".join(["1"] * 10)
    with pytest.raises(Refusal) as refusal:
        block("\n".join([row] * (limits.NUMBERS_AT_ONCE // 10 + 1)))
    assert refusal.value.found == f"{limits.NUMBERS_AT_ONCE + 10} numbers"
