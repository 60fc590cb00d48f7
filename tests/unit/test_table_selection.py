"""Opening a table as a lesson: the columns and rows chosen, the scaling and the rate, and which files are tables."""

from pathlib import Path

import pytest

from tui_nn.network import ValidationError
from tui_nn.session import limits
from tui_nn.session.storage.session_file import SessionError, read
from tui_nn.session.tables.column_selection import TableSelection, parse_selection
from tui_nn.session.tables.spreadsheet import read_table_text


def test_a_table_opens_only_where_the_lesson_of_it_can_be_opened_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "ROWS", 5)
    path = tmp_path / "wide.csv"
    for columns, rows, says in ((258, 1, "at most 256 are read"), (2, 6, "at most 5 are read")):
        path.write_text("\n".join([",".join(["1"] * columns)] * rows))
        with pytest.raises(SessionError, match=says):
            read(path)
    path.write_text(",".join(["1"] * 257))
    assert read(path).document.dataset.inputs == 256


_GRADES = "name,slept,score,passed\nAnna,3,75,1\nBen,NA,82,1\nCarl,10,93,0\n"


def test_columns_and_rows_are_chosen_by_name() -> None:
    found = read_table_text(_GRADES, TableSelection(y=("passed", "score"), without=("name",), skips_missing=True))
    assert list(found.names) == ["slept", "score", "passed"]
    assert list(found.rows) == [(3, 75, 1), (10, 93, 0)]
    assert [found.names[column] for column in found.y] == ["passed", "score"]
    assert list(found.reading_notes) == ["1 of 3 rows left out, where a number is missing (line 3)."]
    assert list(read_table_text("a\ty\n1\t2\n3\t\n\n", TableSelection(skips_missing=True)).rows) == [(1, 2)]
    # A name with a comma in it is one name; else commas part names.
    assert read_table_text('"a,b",c,y\n1,2,3', TableSelection(without=("a,b",))).names == ("c", "y")
    assert read_table_text("a,b,y\n1,2,3", TableSelection(without=("a, b", "b"), y=())).names == ("y",)


@pytest.mark.parametrize(
    ("choice", "says"),
    [
        (
            TableSelection(y=("scroe",)),
            'There is no column called "scroe" (--y). Did you mean score? The columns are name, slept',
        ),
        (TableSelection(without=("Name",)), "(--without). Did you mean name?"),
        (TableSelection(y=("score",), without=("score",)), "score can't be y (--y) and be left out (--without)"),
        (TableSelection(y=("slept", "score", "passed"), without=("name",)), "--y takes every column"),
        (
            TableSelection(without=("name",)),
            'Line 3, column slept: "NA" is a missing value. Fill in a number, or leave such',
        ),
        (TableSelection(), 'Line 2, column name: "Anna" is no number.'),
    ],
)
def test_a_choice_that_can_t_be_says_why(choice: TableSelection, says: str) -> None:
    with pytest.raises(ValidationError) as error:
        read_table_text(_GRADES, choice)
    assert says in error.value.sentence


def test_the_same_words_choose_behind_a_file_s_name() -> None:
    assert parse_selection(" my data.csv ") == ("my data.csv", TableSelection())
    typed = "~/my data.csv --y score --without 'first name' id --skip-missing"
    assert parse_selection(typed) == (
        "~/my data.csv",
        TableSelection(("score",), ("first name", "id"), skips_missing=True),
    )
    for unknown in ("data.csv --x a", "data.csv --skip-missing a", 'data.csv --y "a'):
        with pytest.raises(ValidationError, match="can't be understood"):
            parse_selection(unknown)


@pytest.mark.parametrize("rows", [1, 2, 3, 4, 7, 150])
def test_a_table_opens_with_a_scaling_and_a_rate_that_it_bears_and_says_which(rows: int, tmp_path: Path) -> None:
    path = tmp_path / "data.CSV"
    path.write_text("a,b,y\n" + "-4,0,2\n" * rows, encoding="utf-8")
    lesson = read(path)
    data, rate = lesson.document.dataset, lesson.document.learning_rate
    assert (data.x_scaling, data.y_scaling) == ("column abs max", "column abs max")
    assert data.X[0].tolist() == [-1, 0]
    assert rate == min(5.0, 15 / rows)
    said = " ".join(lesson.reading_notes)
    assert "y is y, the last column." in said
    assert "column abs max" in said
    assert f"learning rate is {rate:.4g}" in said


@pytest.mark.parametrize("name", ["data.tsv", "DATA.TXT", "data.dat", "data.csv"])
def test_a_table_is_known_by_its_ending(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text("a\ty\n1,5\t2\n", encoding="utf-8")
    assert read(path).document.dataset.x.tolist() == [[1.5]]


def test_a_session_file_stays_one_whatever_its_ending(tmp_path: Path) -> None:
    path = tmp_path / "lesson.txt"
    path.write_text("[network]\nhidden = [2]\n", encoding="utf-8")
    assert read(path).document.hidden == (2,)
    with pytest.raises(SessionError, match="is a session file; --y"):
        read(path, TableSelection(y=("a",)))
    workbook = tmp_path / "data.xlsx"
    workbook.write_bytes(b"PK\x03\x04\0")
    with pytest.raises(SessionError, match="save its table as CSV"):
        read(workbook)
