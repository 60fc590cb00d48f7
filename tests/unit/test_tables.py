"""Tables as other programs write them: the right numbers, or a sentence that names the place; never other numbers."""

import math

import pytest

from tests.unit.helpers import DATA
from tui_nn.network import ValidationError
from tui_nn.session import input_parsing
from tui_nn.session.storage.session_file import SessionError, read
from tui_nn.session.tables.column_selection import TableSelection
from tui_nn.session.tables.numerals import parse_numeral
from tui_nn.session.tables.pasted_matrix import parse_matrix
from tui_nn.session.tables.spreadsheet import read_paste, read_table_text

_Rows = list[list[float]]

# What is read, and what its numbers are.
_READ: dict[str, tuple[str, _Rows]] = {
    "thousands and a decimal point": ('a;y\n"1,234.5";3\n"1,200";4', [[1234.5, 3], [1200, 4]]),
    "thousands and a decimal comma": ("a;y\n1.234,5;3\n1.200;4", [[1234.5, 3], [1200, 4]]),
    "settled by another column": ("a;y\n1.200;5\n900;1,5", [[1200, 5], [900, 1.5]]),
    "settled the other way": ("a;y\n1.200;5\n0.5;1", [[1.2, 5], [0.5, 1]]),
    "settled by groups": ('a,y\n"1,200,300",3\n"1,200",4', [[1200300, 3], [1200, 4]]),
    "settled by a leading zero": ("a;y\n0,125;1\n1,200;2", [[0.125, 1], [1.2, 2]]),
    "settled by a leading comma": ("a;y\n,125;1\n1,200;2", [[0.125, 1], [1.2, 2]]),
    "settled by four digits": ("a;y\n1234,567;1\n1,200;2", [[1234.567, 1], [1.2, 2]]),
    "settled by an exponent": ("a\ty\n1,234E+03\t1\n1,200\t2", [[1234, 1], [1.2, 2]]),
    "Swiss": ("a;y\n1'200;1\n1’300.5;2", [[1200, 1], [1300.5, 2]]),
    "French": ("a;y\n1 200;1\n1\u202f300,5;2\n1\u00a0000;3", [[1200, 1], [1300.5, 2], [1000, 3]]),
    "points between commas": ("a,y\n1.752,5\n1.683,1", [[1.752, 5], [1.683, 1]]),
    "powers of ten": ("a,y\n1e3,1E+03\n2.5e-1,5.", [[1000, 1000], [0.25, 5]]),
    "signs": ("a,y\n−5,+5\n-.5,-0.5", [[-5, 5], [-0.5, -0.5]]),
    "TRUE and FALSE": ("a,y\n1,TRUE\n2,FALSE", [[1, 1], [2, 0]]),
    "a line for Excel": ("sep=;\na;y\n3,5;5", [[3.5, 5]]),
    "a line for Excel in quotes": ('"sep=;"\r\na;y\r\n3;5\r\n', [[3, 5]]),
    "empty columns and rows": ("a,,y,,\n1,,2,,\n,,,,\n\n3,,4,,\n\n,,,,\n", [[1, 2], [3, 4]]),
    "a title": ("Data of week 3\na,y\n1,2", [[1, 2]]),
    "a title and empty cells": ("\n\nSleep,,\n\na,b,y\n1,2,3", [[1, 2, 3]]),
    "two titles": ("Sleep\nby Ann\na,b,y\n1,2,3", [[1, 2, 3]]),
    "comments": ('# Sleep, by Ann; it"s old\n#\na,y\n1,2\n# 9,9\n3,4\n# end', [[1, 2], [3, 4]]),
    "numpy's header": ("# a,y\n1.0e+00,2\n3,4", [[1, 2], [3, 4]]),
    "a column called #": ("# a y\n1 3 75", [[1, 3, 75]]),
    "figures in names": ('"#1","0-18","y"\n1,2,3', [[1, 2, 3]]),
    "decimal commas in quotes": ('"1,5","2,5"\n3,4', [[1.5, 2.5], [3, 4]]),
    "no names": ("3,5,75\n5,1,82", [[3, 5, 75], [5, 1, 82]]),
    "write.table": ('"a" "y"\n"1" 3.5 75\n"2" 5 82', [[3.5, 75], [5, 82]]),
    "write.table with a decimal comma": ('"a" "y"\n"1" 3,5 75\n"2" 5 82', [[3.5, 75], [5, 82]]),
    "write.csv": ('"","a","y"\n"1",3.5,75\n"7",5,82', [[3.5, 75], [5, 82]]),
    "write.csv2": ('"";"a";"y"\n"1";3,5;75', [[3.5, 75]]),
    "pandas": (",a,y\n0,3.5,75\n1,5,82", [[3.5, 75], [5, 82]]),
    "quotation marks all over": ('"a","y"\n"3","5"\n"0.5","1"', [[3, 5], [0.5, 1]]),
    "a name on two lines": ('"hours\nslept",y\n1,2', [[1, 2]]),
    "old Macintosh": ("a,y\r1,2\r3,4", [[1, 2], [3, 4]]),
    "bars": ("a|y\n1,5|2", [[1.5, 2]]),
    "signs in names": ("P(A|B),x;1,y\n1,2,3", [[1, 2, 3]]),
    "blanks": ("x1 x2  y\n1.5 2   3", [[1.5, 2, 3]]),
    "tabs": ("a b\ty\n1,5\t2", [[1.5, 2]]),
}

# What is refused, and what the sentence says.
_REFUSED: dict[str, tuple[str, str]] = {
    "1,200": ('a,y\n5,1\n"1,200",2', 'Line 3, column a: "1,200" may be 1200 or 1.2, and no other number'),
    "1,200 alone": ('a,y\n"1,200",5', "Write 1200, or 1,2000 if the comma is the decimal one"),
    "1.200 with semicolons": ("a;y\n1.200;5\n900;1", "Line 2, column a"),
    "1.200 with tabs": ("a\ty\n1.200\t5", "may be 1200 or 1.2"),
    "1.200 with blanks": ("a y\n-1.200 5", '"-1.200" may be -1200 or -1.2'),
    "somebody's thousand": ("a,y\n1.200,5\n900,1", "may be 1200 or 1.2"),
    "thousands in both columns": ("a;y\n1.200;2,300", "Line 2, column a"),
    "two decimal signs": ("a;y\n1,5;2\n3;1.5", 'Line 3, column y: "1.5" has the point as its decimal sign, but "1,5"'),
    "a date": ("a,y\n3/5,1", 'Line 2, column a: "3/5" may be a date, a time or a fraction.'),
    "dates without names": ("3/5,75\n4/5,80", 'Line 1, column 1: "3/5"'),
    "another date": ("a,y\n2024-03-05,1", "may be a date"),
    "a German date": ("a;y\n01.05;1", "may be a date"),
    "a time": ("a,y\n12:30,1", "may be a date, a time"),
    "a percentage": ("a,y\n12%,1", "is a percentage"),
    "money": ("a,y\n$5,1", "is an amount of money"),
    "more money": ("a;y\n5,00 €;1", "is an amount of money"),
    "infinite": ("a,y\n1,-Inf", "Line 2, column y"),
    "too large": ("a,y\n1e999,1", "is too large"),
    "a wide dash": ("a,y\n–5,1", "Write a minus as -"),
    "other digits": ("a,y\n１２,1", "has other digits than 0 to 9"),
    "Arabic digits": ("a,y\n1,١٢", "Line 2, column y"),
    "underlines": ("a,y\n1_000,1", "can't be read as a number"),
    "hexadecimal": ("a,y\n0x10,1", "is no number"),
    "groups of two": ('a,y\n"1,00,000",1', "can't be read as a number"),
    "two numbers": ("a,y\n12 34,1", "can't be read as a number"),
    "an error of Excel's": ("a,y\n#DIV/0!,1", "is an error of the spreadsheet's"),
    "a formula": ("a,y\n=1+2,1", "is a formula"),
    "TRUE among numbers": ("a,y\nTRUE,1\n3,2", "Write 1 for TRUE and 0 for FALSE"),
    "text": ("a,b,y\n1,x,3\n2,5,4", 'Line 2, column b: "x" is no number. Write one in its place.'),
    "one word": ("a,y\n1,2\nTotal,5", 'Line 3, column a: "Total" is no number.'),
    "an empty cell": ("a,y\n1,2\n\n3,\n", "Line 4, column y: the cell is empty. Fill in a number, or leave such rows"),
    "NA": ("a,y\nNA,2\n3,4\nna,1", '"NA" is a missing value (2 of 3 rows lack a number)'),
    "missing without names": ("3,NA,75\n5,1,82", "Line 1, column 2"),
    "a column of nothing": ("a,b,y\n1,,3\n4,,6", "and so is all of this column. Leave it out: --without b."),
    "the same name twice": ("slept,slept\n1,2", 'Line 1: columns 1 and 2 are both called "slept".'),
    "no name": ("a,,y\n1,5,2", "Line 1, column 2: there is no name above it."),
    "a forgotten name": (",b,y\n3,5,75\n5,1,82", "Line 1, column 1: there is no name above it."),
    "a forgotten name of R's": ("slept,studied\n3,5,75\n5,1,82", "Line 2: it has 3 cells, but line 1 has 2 cells."),
    "a row's name or thousands": ("a b\n10 200 5\n20 300 7", "Line 2: it has 3 cells, but line 1 has 2 cells."),
    "a row's name or thousands with commas": ("a,b\n10,200.5,5\n20,300.5,7", "Line 2: it has 3 cells"),
    "the same number twice before the names": ("a\tb\n7\t2\t5\n7\t3\t7", "Line 2: it has 3 cells"),
    "an unquoted comma": ("a,y\n1,5,2\n3,4", 'A number with a comma in it stands in quotation marks: "1,5".'),
    "decimal commas between commas": ("a,y\n1,5,2\n2,5,3", "A number with a comma in it stands in quotation marks"),
    "a short row": ("sep=,\na,b,y\n1,2,3\n4,5", "Line 4: it has 2 cells, but line 2 has 3 cells."),
    "a word among numbers above": ("3,x,75\n5,1,82", 'Line 1: it has words ("x") as well as numbers ("3").'),
    "years above": ("country,2019,2020\nx,1,2", "Line 1: it has words"),
    "commas or blanks": ("1 200,75\n2 300,82", "Line 2: its cells may be 2 300 | 82 or 2 | 300,82."),
    "an open quotation mark": ('a,y\n1,"2\n3,4', "Line 2: a cell begins with"),
    "behind quotation marks": ('a,y\n1,"2"x', 'Line 2: "x" follows the end of a cell in quotation marks.'),
    "a date above": ("2024-01-05\na,y\n3,5", "Line 1: it has 1 cell, but line 2 has 2 cells."),
    "nothing": (" \n,,\n", "There is nothing in it."),
}

_REFUSED_IN_A_PASTE = {
    "1,200\n900": "Line 1, column 1",
    "1.200\t5": "may be 1200 or 1.2",
    "1,234.5\n2,345.6": "may be one number or 2",
    "900,25\n1.234,5": 'Line 2: "1.234,5" may be one number or 2.',
    "1 200,5\n2 300,5": "may be one number or 2",
    "1,5 200,5": "its cells may be 1 | 5 200 | 5 or 1,5 | 200,5",
    "1 200\n2 300": "may be one number or 2",
    "1,200,300\n4,500,600": "may be one number or 3",
    "1/4\t2": "may be a date",
    "a\tb\n1\tNA": "Line 2, column b",
}


@pytest.mark.parametrize("kind", _READ)
def test_what_is_meant_is_read(kind: str) -> None:
    text, rows = _READ[kind]
    for one in (text, f"\ufeff{text}\n", text.replace("\n", "\r\n")):
        assert [list(row) for row in read_table_text(one).rows] == rows


@pytest.mark.parametrize("kind", _REFUSED)
def test_what_may_mean_something_else_is_refused_with_its_place(kind: str) -> None:
    text, says = _REFUSED[kind]
    with pytest.raises(ValidationError) as error:
        read_table_text(text)
    assert says in error.value.sentence


@pytest.mark.parametrize("text", _REFUSED_IN_A_PASTE)
def test_so_is_what_was_pasted(text: str) -> None:
    with pytest.raises(ValidationError) as error:
        read_paste(text)
    assert _REFUSED_IN_A_PASTE[text] in error.value.sentence


def test_decimal_commas_are_pasted_with_blanks_between_the_columns() -> None:
    assert read_paste("5,1 3,5 1,4\n4,9 3,0 1,4").rows == ((5.1, 3.5, 1.4), (4.9, 3, 1.4))


def test_what_is_pasted_may_have_empty_columns_and_rows_at_its_end() -> None:
    assert read_paste("1\t2\t\t\n3\t4\t\t\n\t\t\t\n").rows == ((1, 2), (3, 4))


def test_where_a_column_has_no_numbers_leaving_rows_out_does_not_help() -> None:
    with pytest.raises(ValidationError, match="all of this column"):
        read_table_text("a,b,y\n1,NA,2\n,NA,3", TableSelection(skips_missing=True))


def test_what_names_settle_in_a_paste() -> None:
    assert read_paste("income\n1 200\n2 300").rows == ((1200,), (2300,))
    assert read_paste("a b\n1 200\n2 300").rows == ((1, 200), (2, 300))
    assert read_paste("income\n1,234,567").rows == ((1234567,),)
    assert read_paste("1\u00a0200\n2\u00a0300").rows == ((1200,), (2300,))


@pytest.mark.parametrize(
    ("text", "decimal"),
    [("1,2", ","), ("1,20", ","), ("1,2000", ","), ("0,200", ","), ("-1,200", "?"), ("12,345,678", "."), ("12", "")],
)
def test_three_digits_behind_a_sign_say_nothing_by_themselves(text: str, decimal: str) -> None:
    assert parse_numeral(text) == (text, decimal)
    other = str.maketrans(",.", ".,")
    assert parse_numeral(text.translate(other)) == (text.translate(other), decimal.translate(other))


@pytest.mark.parametrize(
    ("file", "x", "y"),
    [
        ("blank_mid.csv", [[3, 5], [5, 1]], [75, 82]),
        ("sep_line.csv", [[3, 5], [5, 1], [10, 2]], [75, 82, 93]),
        ("trailing_empty_cols.csv", [[3, 5], [5, 1], [10, 2]], [75, 82, 93]),
        ("write_table.csv", [[3.5, 5], [5, 1], [10, 2]], [75, 82, 93]),
        ("zeros_y.csv", [[0, 0], [0, 1]], [0, 0]),
    ],
)
def test_files_that_people_have_are_read(file: str, x: _Rows, y: list[float]) -> None:
    data = read(DATA / "tables" / file).document.dataset
    assert data.x.tolist() == x
    assert data.y[:, 0].tolist() == y


@pytest.mark.parametrize(
    ("file", "says"),
    [
        ("thousands2.csv", 'thousands2.csv, line 2, column income: "1,200" may be 1200 or 1.2'),
        ("dup_names.csv", 'dup_names.csv, line 1: columns 1 and 2 are both called "slept"'),
    ],
)
def test_files_that_people_have_are_refused_with_the_place(file: str, says: str) -> None:
    with pytest.raises(SessionError) as error:
        read(DATA / "tables" / file)
    assert says in str(error.value)


@pytest.mark.parametrize(
    ("text", "value"), [("1.200", 1.2), ("0,125", 0.125), ("1,5", 1.5), ("−12,34", -12.34), ("1234,567", 1234.567)]
)
def test_a_typed_number_has_a_comma_or_a_point(text: str, value: float) -> None:
    assert input_parsing.parse_number(text) == value


@pytest.mark.parametrize("text", ["1,200", "-1,200", " 12,345 "])
def test_a_typed_number_that_may_be_another_is_refused(text: str) -> None:
    with pytest.raises(ValidationError, match="Type the one that you mean") as error:
        input_parsing.parse_number(text)
    assert text.strip().replace(",", "") in error.value.sentence
    # An answer that was recorded is judged as it was then.
    assert input_parsing.parse_decimal(text) == float(text.replace(",", "."))


def test_many_lines_are_refused_before_they_are_read() -> None:
    for text in ("1,2\n", "\n", ",\n", '"\n"'):
        with pytest.raises(ValidationError, match="lines; at most 100000 rows are read"):
            read_table_text("a,y\n" + text * 400_000 + "1,2")


def test_one_long_line_takes_no_minutes() -> None:
    with pytest.raises(ValidationError, match="200000 characters"):
        read_paste("." * 200_000)
    with pytest.raises(ValidationError):
        parse_matrix("1" + " " * 200_000 + "x")
    comments = "# 1,2\n" * 50_000
    assert read_table_text(comments + "a,y\n1,2").rows == ((1, 2),)


def test_a_long_number_is_the_nearest_double() -> None:
    assert read_table_text("a,y\n0.1000000000000000055511151231257827,1e-320").rows == ((0.1, 1e-320),)
    assert math.copysign(1, read_table_text("a,y\n-0,1").rows[0][0]) == -1
