"""Tables from spreadsheets and CSV files: what programs write is read as it was meant, or refused with a reason."""

import csv
import io
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.helpers import plain
from tests.unit.strategies import documents, finite
from tui_nn.network import ValidationError
from tui_nn.session import limits
from tui_nn.session.document import Document
from tui_nn.session.events import BlockPasted, ColumnRenamed, DataReplaced, Edit
from tui_nn.session.state import State
from tui_nn.session.storage import document_toml
from tui_nn.session.storage.session_file import SessionError, read
from tui_nn.session.tables.spreadsheet import PastedTable, csv_text, read_paste, read_table_text, replacement_event

_LECTURE = Document().dataset


def _after(event: Edit) -> Document:
    return event.edited_plan(State.opened(Document()).plan, 1).document


def _pasted(text: str, row: int, column: int) -> BlockPasted:
    taken = read_paste(text)
    return BlockPasted(row, column, taken.names, taken.rows)


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("3\t5\t75\n5\t1\t82\n", [[3, 5, 75], [5, 1, 82]]),
        ("3\t5\t75\r\n5\t1\t82\r\n", [[3, 5, 75], [5, 1, 82]]),
        ("0,5\t-1\n1,5\t2\n", [[0.5, -1], [1.5, 2]]),
        ("0,5;1e-3\n−1,5;4", [[0.5, 0.001], [-1.5, 4]]),
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
    found = read_paste(text)
    assert found.names == ()
    assert found.rows == tuple(map(tuple, rows))


def test_the_first_line_may_be_the_names() -> None:
    assert read_paste("slept\tstudied\n3\t5\n") == PastedTable(("slept", "studied"), ((3.0, 5.0),))
    assert read_paste('"x, y",z\n1,0\n') == PastedTable(("x, y", "z"), ((1.0, 0.0),))
    assert read_paste("slept\tstudied") == PastedTable(("slept", "studied"), ())


def test_one_comma_a_line_parts_columns_in_a_file_only() -> None:
    assert read_paste("0,1\n1,0").rows == ((0.1,), (1.0,))
    assert read_table_text("0,1\n1,0").rows == ((0.0, 1.0), (1.0, 0.0))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "The pasted text is empty."),
        ("3\t5\n5\n", "Line 2: it has 1 cell, but line 1 has 2 cells."),
        ("3\t5\n5\t\n", "Line 2, column 2: the cell is empty. Fill in a number."),
        # An empty cell of a column is nothing to be passed over: what stands below it would move up.
        ("1\n\n3\n", "Line 2, column 1: the cell is empty."),
        ("1\t2\n\n3\t4", "Line 2: this line is empty."),
        ("1.2.3\n4", 'Line 1, column 1: "1.2.3" may be a date'),
        ("3\t5\nfive\t1\n", 'Line 2, column 1: "five" is no number.'),
        ("3\t1e999\n", 'Line 1, column 2: "1e999" is too large'),
        ("a\t\n1\t2\n", "Line 1, column 2: there is no name above it."),
        ('3,"5,1\n5,1,2', 'Line 1: a cell begins with "'),
        ("1\n" * (limits.ROWS + 2), f"{limits.ROWS + 2} lines; at most {limits.ROWS} rows"),
        (";1" * 600, "Line 1: there are more than 512 cells"),
        ("\x00\t\x1b[31m\n1\t2", "Line 1, column 1: its name is the text"),
    ],
    ids=lambda value: value[:12],
)
def test_what_is_no_table_of_numbers_is_refused_with_its_place(text: str, says: str) -> None:
    with pytest.raises(ValidationError) as error:
        read_paste(text)
    assert says in error.value.sentence
    assert error.value.sentence.isprintable()


_awkward = st.text(
    st.sampled_from("01259.,;|\t\n\r \"'−-+eEa/%\u00a0\ufeff") | st.characters(codec="utf-8"), max_size=60
)


@given(text=_awkward, read=st.sampled_from((read_paste, read_table_text)))
def test_whatever_is_read_is_a_table_or_refused(text: str, read: Callable[[str], PastedTable]) -> None:
    with suppress(ValidationError):
        found = read(text)
        assert all(len(row) == found.columns for row in found.rows)


@given(document=documents())
def test_data_written_as_csv_come_back_to_the_last_bit(document: Document) -> None:
    data = document.dataset
    # Python's own reader has the names: no program could tell a name like "1" from a row's number.
    names, *rows = csv.reader(io.StringIO(csv_text(data)))
    assert names == [*data.x_names, *data.y_names]
    found = read_table_text("\n".join(map(",".join, rows)))
    assert np.array_equal(np.array(found.rows), np.hstack([data.x, data.y]))


@given(cells=st.lists(st.tuples(finite, finite), min_size=1, max_size=6))
def test_numbers_of_any_size_come_back_from_what_python_s_csv_writes(cells: list[tuple[float, float]]) -> None:
    text = io.StringIO()
    csv.writer(text, delimiter="\t").writerows(cells)
    assert read_paste(text.getvalue()).rows == tuple(cells)


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
    with pytest.raises(ValidationError) as error:
        _after(_pasted(text, row, column))
    assert found in error.value.found
    assert expected in error.value.expected


def test_a_table_takes_the_place_of_all_data() -> None:
    data = _after(replacement_event(_LECTURE, read_table_text("a,test score,b,c\n1,70,2,3\n4,80,5,6"))).dataset
    assert (data.x_names, data.y_names) == (("a", "b", "c"), ("test score",))
    assert data.x.tolist() == [[1, 2, 3], [4, 5, 6]]
    assert data.y.tolist() == [[70], [80]]
    assert data.y_scaling == (100.0,)
    data = _after(replacement_event(_LECTURE, read_table_text("1,2,70\n3,4,80"))).dataset
    assert (data.x_names, data.y_names) == (_LECTURE.x_names, _LECTURE.y_names)
    data = _after(replacement_event(_LECTURE, read_table_text("1,2,3,70\n3,4,5,80"))).dataset
    assert (data.x_names, data.y_names) == (("x1", "x2", "x3"), ("test score",))
    for text in ("75\n82", "a,b,c"):
        with pytest.raises(ValidationError):
            replacement_event(_LECTURE, read_table_text(text))


def test_with_columns_of_other_names_an_edit_on_the_way_is_refused() -> None:
    plan = State.opened(Document()).plan
    same = DataReplaced(_LECTURE.x_names, _LECTURE.y_names, ((1.0, 2.0),), ((3.0,),), 30)
    assert same.edited_plan(plan, 30).document_at(30).dataset.x.tolist() == [[1.0, 2.0]]
    assert same.edited_plan(plan, 30).document_at(29).dataset.x.tolist() == _LECTURE.x.tolist()
    with pytest.raises(ValidationError, match="iteration"):
        DataReplaced(("a", "b"), _LECTURE.y_names, same.x, same.y, 30).edited_plan(plan, 30)


def test_a_log_from_when_columns_without_names_had_the_lecture_s_still_applies() -> None:
    document, _ = document_toml.parse("[data]\nx = [[1, 2], [3, 4]]\ny = [[50], [60]]\n")
    plan = State.opened(document).plan
    same = DataReplaced(_LECTURE.x_names, _LECTURE.y_names, ((1.0, 2.0),), ((3.0,),), 30)
    assert same.edited_plan(plan, 30).document_at(30).dataset.x.tolist() == [[1, 2]]


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
        (b"", "data.csv: There is nothing in it."),
        (b"a,b\n1,x\n", 'data.csv, line 2, column b: "x" is no number.'),
        (b"a,b\n", "data.csv: There are names, but no rows below them."),
        (b"1\n2\n", "data.csv: There is only 1 column; a lesson needs at least 2"),
        (b"a,b\n\xff,1", "data.csv, line 2: this is no text in UTF-8 (byte 5 can't be read); save the table as CSV"),
        ("a,b\n1,2".encode("utf-16")[:-1], "this is no text in UTF-16"),
        ("a,b\n1,2".encode("utf-16-le"), "there are zero bytes"),
        (b"PK\x03\x04", "is a spreadsheet file, whatever its name; save its table as CSV, and open that"),
    ],
)
def test_a_csv_file_that_is_no_table_is_refused_in_one_sentence(tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / "data.csv"
    path.write_bytes(content)
    with pytest.raises(SessionError) as error:
        read(path)
    assert says in str(error.value)
    assert "\n" not in str(error.value)


def test_a_name_that_looks_like_a_number_is_written_so_that_it_is_read_as_a_name() -> None:
    data = _after(ColumnRenamed("x", 1, "2019")).dataset
    assert read_table_text(csv_text(data)).names == ("2019", "hours studied", "test score")


def test_a_file_in_utf_16_is_read_as_well(tmp_path: Path) -> None:
    path = tmp_path / "wide.csv"
    path.write_text("größe\tscore\n3\t75\n", encoding="utf-16")
    assert read(path).document.dataset.x_names == ("größe",)


def test_more_numbers_than_a_log_can_hold_are_refused() -> None:
    row = "\t".join(["1"] * 10)
    with pytest.raises(ValidationError) as error:
        read_paste("\n".join([row] * (limits.NUMBERS_AT_ONCE // 10 + 1)))
    assert f"{limits.NUMBERS_AT_ONCE + 10} numbers" in error.value.sentence
