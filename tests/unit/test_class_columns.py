"""A column of class names: as R's factor() has it, or a sentence that asks what it is."""

import subprocess
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.programs import needs
from tests.unit.helpers import after_events, lesson
from tui_nn.network import Dataset, ValidationError
from tui_nn.session import limits
from tui_nn.session.document import Document
from tui_nn.session.editing.cell_edits import cell_edit, classes_pasted
from tui_nn.session.events import BlockPasted, CellSet, ClassesSet, DataReplaced, RowAdded
from tui_nn.session.state import State
from tui_nn.session.tables.class_order import in_order_of_factor
from tui_nn.session.tables.column_selection import TableSelection
from tui_nn.session.tables.spreadsheet import (
    lesson_from_table,
    paste_event,
    read_paste,
    read_table_text,
    replacement_event,
)
from tui_nn.writing.notation.signs import UNICODE
from tui_nn.writing.sentences.edit_descriptions import edit_description

_CLASSES: dict[str, tuple[str, tuple[str, ...], tuple[str, ...], str]] = {
    # What is written, the names of x, the classes, and the class of each row by its number.
    "the last column": ("a,b,kind\n1,2,pear\n3,4,apple\n5,6,pear", ("a", "b"), ("apple", "pear"), "212"),
    "the first column": ("kind,a,b\npear,1,2\napple,3,4\npear,5,6", ("a", "b"), ("apple", "pear"), "212"),
    "between the others": ("a,kind,b\n1,pear,2\n3,apple,4\n5,pear,6", ("a", "b"), ("apple", "pear"), "212"),
    "no names above": ("1,2,pear\n3,4,apple\n5,6,pear", (), ("apple", "pear"), "212"),
    "decimal commas": ("a;b;ok\n1,5;2;ja\n3;4,25;nein\n5;6;ja", ("a", "b"), ("ja", "nein"), "121"),
    "tabs": ("a\tok\n1,5\tno\n2\tyes\n3\tno", ("a",), ("no", "yes"), "121"),
    "blanks": ("a b ok\n1 2 no\n3 4 yes\n5 6 no", ("a", "b"), ("no", "yes"), "121"),
    "a line for Excel": ("sep=;\na;ok\n1,5;ja\n2;nein\n3;ja", ("a",), ("ja", "nein"), "121"),
    "blanks and umlauts": ("a,g\n1,Süd West\n2,Ost\n3,Süd West", ("a",), ("Ost", "Süd West"), "212"),
    "capitals": ("a,g\n1,b\n2,B\n3,a\n4,A\n5,b", ("a",), ("a", "A", "b", "B"), "34123"),
    "figures in words": ("class,age\n1st,30\n2nd,40\n3rd,20\n1st,50", ("age",), ("1st", "2nd", "3rd"), "1231"),
    "a class called none": ("a,lens\n1,soft\n2,none\n3,none", ("a",), ("none", "soft"), "211"),
    "TRUE among words": ("a,g\n1,TRUE\n2,maybe\n3,TRUE", ("a",), ("maybe", "TRUE"), "212"),
    "signs": ("a,credit\n1,+\n2,-\n3,+", ("a",), ("-", "+"), "212"),
    "ranges, as cut() writes them": ('a,g\n1,"(0,5]"\n2,"(5,9.5]"\n3,"(0,5]"', ("a",), ("(0,5]", "(5,9.5]"), "121"),
    "ages": ("a;age\n1;18-24\n2;25-34\n3;35+\n4;35+", ("a",), ("18-24", "25-34", "35+"), "1233"),
    "children's ages": ("a;age\n1;0-4\n2;5-9\n3;10-12\n4;0-4", ("a",), ("0-4", "10-12", "5-9"), "1321"),
    "two ages": ("a,age\n1,5-17\n2,18+\n3,18+", ("a",), ("18+", "5-17"), "211"),
    "ranges with a dash": ("a,age\n1,18–24\n2,25 – 34\n3,18–24", ("a",), ("18–24", "25 – 34"), "121"),
    "ranges with decimals": (
        "a;bmi\n1;18,5-24,9\n2;25-29,9\n3;≥30\n4;≥30",
        ("a",),
        ("≥30", "18,5-24,9", "25-29,9"),
        "2311",
    ),
    "a name on two lines": ('a,g\n1,"x\n y"\n2,z\n3,z', ("a",), ("x y", "z"), "122"),
    "names of the rows": ('"a" "g"\n"1" 1 "x"\n"2" 2 "y"\n"3" 3 "x"', ("a",), ("x", "y"), "121"),
    "names of the rows without quotes": ("a\tg\nAnna\t1\tx\nBen\t2\ty\nCy\t3\tx", ("a",), ("x", "y"), "121"),
    "numbers of some rows": ("a\tg\n51\t1\tx\n7\t2\ty\n101\t3\tx", ("a",), ("x", "y"), "121"),
    "numbers of some rows between blanks": ("a g\n51 100 x\n7 2 y\n101 3 x", ("a",), ("x", "y"), "121"),
    "numbers of some rows between commas": ("a,g\n51,1.5,x\n7,2,y\n101,3,x", ("a",), ("x", "y"), "121"),
    "names with numbers of the rows": (
        "a\tg\nMazda RX4\t1\tx\nFiat 128\t2\ty\nDuster\t3\tx",
        ("a",),
        ("x", "y"),
        "121",
    ),
    "names of the rows between commas": ("a,g\nAnna,1.5,x\nBen,2,y\nCy,3,x", ("a",), ("x", "y"), "121"),
    "names of the rows below nothing": (",a,g\nMazda RX4,1,x\nDatsun,2,y\nVolvo,3,x", ("a",), ("x", "y"), "121"),
}

_REFUSED: dict[str, tuple[str, TableSelection, str]] = {
    "names of rows": (
        "who,a,b\nAnn,1,2\nBen,3,4",
        TableSelection(),
        'Line 2, column who: "Ann" is no number. Every row has a different word, as if these were names of the rows. '
        "Leave the column out: --without who. If these are classes: --y who.",
    ),
    "nearly only names of rows": (
        "id,a\n" + "".join(f"p{i // 2},{i}\n" for i in range(150)),
        TableSelection(),
        "Nearly every row has a different word: there would be 75 classes for 150 rows.",
    ),
    "two columns of words": (
        "who,a,g\nAnn,1,x\nBen,2,y\nCy,3,x",
        TableSelection(),
        "Columns who and g have words, but only one column can be the classes. Leave the others out: --without who.",
    ),
    "words in x": ("g,h,a\nx,u,1\ny,v,2\nx,u,3", TableSelection(y=("g",)), 'Line 2, column h: "u" is no number.'),
    "words when y is a number": ("g,a\nx,1\ny,2\nx,3", TableSelection(y=("a",)), 'Line 2, column g: "x" is no number.'),
    "classes and numbers as y": ("g,a,b\nx,1,2\ny,2,1\nx,3,2", TableSelection(y=("g", "a")), "other column can be y"),
    "days or ranges": (
        "a,d\n1,5-9\n2,10-12\n3,5-9",
        TableSelection(),
        'Line 2, column d: "5-9" may be a date, a time or a fraction. Write a decimal number. For a class, write a '
        'word with it, such as "group 5-9". Or leave the column out: --without d.',
    ),
    "days": ("a,d\n1,24-12\n2,31-12\n3,24-12", TableSelection(), '"24-12" may be a date'),
    "months of years": ("a,d\n1,2019-05\n2,2020-11\n3,2019-05", TableSelection(), '"2019-05" may be a date'),
    "years after months": ("a,d\n1,11-2020\n2,5-2019\n3,5-2019", TableSelection(), '"11-2020" can\'t be read'),
    "weeks of years": ("a,d\n1,23-2019\n2,14-2020\n3,14-2020", TableSelection(), '"23-2019" can\'t be read'),
    "times": ("a,d\n1,18:24\n2,25:34\n3,18:24", TableSelection(), '"18:24" may be a date, a time'),
    "an age among numbers": ("a,d\n1,12\n2,18+\n3,14", TableSelection(), 'Line 3, column d: "18+" can\'t be read'),
    "ages pasted with a number": ("a,d\n1,18-24\n2,18-24\n3,25", TableSelection(), '"25" stands among words'),
    "a single class": ("a,g\n1,x\n2,x", TableSelection(), "It would be the only class"),
    "a number among words": ("a,g\n1,x\n2,y\n3,7\n4,x", TableSelection(), 'Line 4, column g: "7" stands among words.'),
    "no class in a row": (
        "a,g\n1,x\n2,\n3,y\n4,NA\n5,x",
        TableSelection(),
        "Line 3, column g: the cell is empty (2 of 5 rows lack a class). Fill in a class, or leave such rows out",
    ),
    "a long name": (f"a,g\n1,{'w' * 61}\n2,b\n3,b", TableSelection(), "is 61 characters long"),
    "more classes than columns": (
        "a,g\n" + "".join(f"{i},c{i % 257}\n" for i in range(800)),
        TableSelection(),
        "g has 257 classes; at most 256 are read.",
    ),
    "too many numbers": (
        "a,g\n" + "".join(f"{i},c{i % 100}\n" for i in range(4000)),
        TableSelection(),
        f"there are 404000 numbers; at most {limits.NUMBERS_AT_ONCE}",
    ),
}


@pytest.mark.parametrize("kind", _CLASSES)
def test_each_class_is_a_column_of_y(kind: str) -> None:
    text, names, classes, of_rows = _CLASSES[kind]
    indicators = [[float(number == str(i)) for i in range(1, len(classes) + 1)] for number in of_rows]
    for one in (text, f"\ufeff{text}\n", text.replace("\n", "\r\n")):
        found = read_table_text(one)
        assert (found.names, found.classes) == ((*names, *classes) if names else (), classes)
        assert [list(row[-len(classes) :]) for row in found.rows] == indicators
        event = replacement_event(Document().dataset, found)
        assert (event.y_names, [list(row) for row in event.y]) == (classes, indicators)
    if "sep=" not in text:
        assert read_paste(text).classes == classes
        assert read_paste(text).rows == read_table_text(text).rows


@pytest.mark.parametrize("kind", _REFUSED)
def test_what_is_hardly_a_class_is_asked_about(kind: str) -> None:
    text, choice, says = _REFUSED[kind]
    with pytest.raises(ValidationError) as error:
        replacement_event(Document().dataset, read_table_text(text, choice))
    assert says in error.value.sentence


def test_named_as_y_every_word_is_a_class() -> None:
    found = read_table_text("who,a\nBen,1\nAnn,2", TableSelection(y=("who",)))
    assert (found.names, found.rows) == (("a", "Ann", "Ben"), ((1, 0, 1), (2, 1, 0)))


def test_rows_without_a_class_are_left_out_and_counted() -> None:
    for text, rows, says in (
        ("a,g\n1,x\n2,\n3,y\n4,NA\n5,x", [(1, 1, 0), (3, 0, 1), (5, 1, 0)], "2 of 5 rows left out, where a class is"),
        (
            "a,g\n1,x\n,x\n3,y\n4,NA\n5,x",
            [(1, 1, 0), (3, 0, 1), (5, 1, 0)],
            "where a number or a class is missing (lines",
        ),
    ):
        found = read_table_text(text, TableSelection(skips_missing=True))
        assert list(found.rows) == rows
        assert says in found.reading_notes[0]


def test_numbers_stay_numbers_and_a_note_says_how_to_get_classes() -> None:
    found = read_table_text('"a","g"\n1.5,"1"\n2.5,"2"\n3.5,"10"\n4,"2"')
    assert (found.names, found.classes, found.rows[2]) == (("a", "g"), (), (3.5, 10))
    assert found.reading_notes == (
        "The numbers in quotation marks are read as numbers (g). For classes, write words, such as c1.",
    )
    assert read_table_text('"a","g"\n"1","1"\n"2","1"').reading_notes == ()
    assert read_table_text("a,g\n1,TRUE\n2,FALSE").rows == ((1, 1), (2, 0))


def test_a_lesson_of_a_table_with_classes_has_a_cost_for_them() -> None:
    made = lesson_from_table("fruit", "a,kind\n-4,pear\n2,apple\n3,pear\n1,plum\n2,pear\n4,plum\n")
    document = made.document
    assert (document.network.layers, document.cost, document.reduction) == ((1, 3, 3), "cross-entropy", "mean")
    assert (document.dataset.x_scaling, document.dataset.y_scaling) == ("column abs max", "none")
    assert document.learning_rate == 0.5
    said = " ".join(made.reading_notes)
    assert "y has a column of 0 and 1 for each of the 3 classes of kind: apple, pear, plum." in said
    assert f"The outputs are {document.output_activation} and J is the mean cross-entropy" in said


def test_classes_are_never_scaled() -> None:
    data = Dataset(np.ones((2, 1)), np.ones((2, 2)), ("a",), ("u", "v"), "none", (100.0, 50.0))
    event = replacement_event(data, read_table_text("a,g\n1,x\n2,y\n3,x"))
    assert event.edited_data(data).y_scaling == "none"
    event = replacement_event(data, read_table_text("a,x,y\n1,1,0\n2,0,1"))
    assert event.edited_data(data).y_scaling == (100.0, 50.0)


def test_rows_of_classes_that_the_lesson_has_go_where_the_cursor_is() -> None:
    data = lesson_from_table("", "a,b,g\n1,2,x\n2,3,y\n3,4,z\n4,5,x\n").document.dataset
    event = paste_event(data, read_paste("9\t8\tz\n7\t6\tz\n", data.y_names), 5, 1)
    assert event == BlockPasted(5, 1, (), ((9, 8, 0, 0, 1), (7, 6, 0, 0, 1)))
    # Other classes, another number of columns, or names: other data.
    for text in ("9\t8\tv\n7\t6\tw\n1\t2\tw\n", "9\tz\n7\tx\n", "a\tb\tg\n9\t8\tz\n7\t6\tx\n5\t4\tz\n"):
        assert isinstance(paste_event(data, read_paste(text, data.y_names), 5, 1), DataReplaced)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("9\t8\tw", 'Line 1: "w" is no class of this lesson: x, y, z.'),
        ("9\t8\tz\n9\t8\tw", 'Line 2: "w" is no class of this lesson: x, y, z.'),
        ("9\t8\tz\n9\t8\tw\n1\t2\tw", '"w" is no class of this lesson: x, y, z. To replace all data, copy the names'),
        ("9\tz", "x has 2 columns, but there is 1 number in each row pasted."),
    ],
)
def test_rows_that_do_not_fit_the_lesson_s_classes_replace_nothing(text: str, says: str) -> None:
    data = lesson_from_table("", "a,b,g\n1,2,x\n2,3,y\n3,4,z\n4,5,x\n").document.dataset
    with pytest.raises(ValidationError) as refused:
        paste_event(data, read_paste(text, data.y_names), 5, 1)
    assert says in refused.value.sentence


_UMLAUTS = ("M\u00fcnchen", "Mu\u0308nchen", " m\u00fcnchen ", "MU\u0308NCHEN\u00a0")


def test_a_class_is_known_by_its_letters_however_they_are_written() -> None:
    data = lesson_from_table("", "a,g\n1,M\u00fcnchen\n2,Bad Zwischenahn\n3,Mu\u0308nchen\n").document.dataset
    assert data.y_names == ("Bad Zwischenahn", "M\u00fcnchen")
    for text in _UMLAUTS:
        assert cell_edit(data, 2, 1, text) == ClassesSet(2, ("M\u00fcnchen",))
    rows = "\n".join(f"{number}\t{text}" for number, text in enumerate(_UMLAUTS))
    event = paste_event(data, read_paste(rows, data.y_names), 4, 1)
    assert event == BlockPasted(4, 1, (), tuple((number, 0, 1) for number in range(4)))
    column = "\n".join((*_UMLAUTS, "Bad\u00a0Zwischenahn"))
    assert classes_pasted(data, 1, 1, column) == ClassesSet(1, ("M\u00fcnchen",) * 4 + ("Bad Zwischenahn",))
    # In a file, capitals make another class, as they do in R.
    assert read_table_text("a,g\n1,x\n2,X\n3,x").classes == ("x", "X")


def test_a_column_of_classes_goes_to_the_rows_from_the_cursor_on() -> None:
    data = lesson("iris").dataset
    event = classes_pasted(data, 1, 5, "virginica\nVersicolor\r\n")
    assert event == ClassesSet(1, ("virginica", "versicolor"))
    state = after_events(State.opened(lesson("iris")), [event])
    np.testing.assert_array_equal(state.document.dataset.y[:3], [[0, 0, 1], [0, 1, 0], [1, 0, 0]])
    for text in ("0.3\t0.3\t0.4", "0\n1", "5\t3\t1\t0.2\tsetosa\n5\t3\t1\t0.2\tsetosa"):
        assert classes_pasted(data, 1, 4, text) is None
    assert classes_pasted(data, 1, 0, "length\nwidth") is None
    assert classes_pasted(data, 0, 4, "setosa\nversicolor") is None
    for text in ("virginica\nversicolour", "virgin\nsetose"):
        with pytest.raises(ValidationError, match="is no class of this lesson: setosa, versicolor, virginica"):
            classes_pasted(data, 1, 5, text)
    for more in (ClassesSet(150, ("setosa", "setosa")), ClassesSet(151, ("setosa",)), ClassesSet(1, ("rosa",))):
        with pytest.raises(ValidationError):
            after_events(state, [more])


def test_undo_says_which_class_was_set() -> None:
    assert edit_description(ClassesSet(1, ("setosa",)), UNICODE) == "class of row 1 set to setosa"
    assert edit_description(ClassesSet(2, ("a", "b"), 7), UNICODE) == "classes of rows 2 to 3 set from iteration 7 on"


def test_a_class_typed_into_a_row_sets_its_columns() -> None:
    data = lesson_from_table("", "a,g\n1,x\n2,y\n3,x\n").document.dataset
    for column in (1, 2):
        assert cell_edit(data, 1, column, " y ") == ClassesSet(1, ("y",))
        assert cell_edit(data, 4, column, "y") == RowAdded(4, (3,), (0, 1))
    with pytest.raises(ValidationError):
        cell_edit(data, 1, 0, "y")
    for text in ("w", "w 2", "1st"):
        with pytest.raises(ValidationError, match=r"is no class of this lesson: x, y\. Type one of these, or a number"):
            cell_edit(data, 1, 1, text)
    with pytest.raises(ValidationError):
        cell_edit(Document().dataset, 1, 2, "test score")


def test_where_a_row_has_one_class_a_1_moves_it_there() -> None:
    data = lesson_from_table("", "a,g\n1,x\n2,y\n3,x\n").document.dataset
    assert cell_edit(data, 1, 2, "1", has_one_class=True) == ClassesSet(1, ("y",))
    assert cell_edit(data, 4, 2, "1", has_one_class=True) == RowAdded(4, (3,), (0, 1))
    # Even a class called 1 does not change what a 1 means.
    digits = replace(data, y_names=("1", "2"))
    assert cell_edit(digits, 1, 2, "1", has_one_class=True) == ClassesSet(1, ("2",))
    assert cell_edit(digits, 1, 2, "1") == CellSet("y", 1, 2, 1.0)
    assert cell_edit(digits, 1, 1, "2") == ClassesSet(1, ("2",))
    assert classes_pasted(digits, 1, 1, "1\n1") is None
    # What is no class, and independent outputs, take the number alone.
    assert cell_edit(data, 1, 2, "0.5", has_one_class=True) == CellSet("y", 1, 2, 0.5)
    assert cell_edit(data, 1, 0, "1", has_one_class=True) == CellSet("x", 1, 1, 1.0)
    assert cell_edit(data, 1, 2, "1") == CellSet("y", 1, 2, 1.0)


def test_the_irises_as_a_table_are_learned() -> None:
    data = lesson("iris").dataset
    species = [data.y_names[int(column)] for column in data.y.argmax(axis=1)]
    rows = (",".join(map(str, (*row, name))) for row, name in zip(data.x.tolist(), species, strict=True))
    run = lesson_from_table("", "\n".join(rows)).document.trajectory()
    run.extend(3000)
    assert all(run.cost(i + 1) < run.cost(i) for i in range(1, 3000))
    assert (run.pass_at(3000)["Y_hat"].argmax(axis=1) == data.y.argmax(axis=1)).mean() > 0.9


def test_0_and_1_in_one_column_stay_one_output() -> None:
    document = lesson_from_table("", "a,setosa\n1,1\n2,0\n3,0").document
    assert (document.network.layers, document.cost) == ((1, 3, 1), "half squared error")


_R = """
folder <- commandArgs(TRUE)[1]
icuSetCollate(locale = "en_US")
names <- readLines(file.path(folder, "names"), encoding = "UTF-8")
writeLines(enc2utf8(levels(factor(names))), file.path(folder, "levels"), useBytes = TRUE)
some <- iris[c(1:5, 51:55, 105:101), ]
rownames(iris) <- NULL
cars <- mtcars
cars$am <- factor(c("automatic", "by hand")[cars$am + 1])
for (data in list(list("iris", iris), list("cars", cars), list("some", some))) {
  at <- function(kind) file.path(folder, paste0(data[[1]], kind))
  table <- data[[2]]
  write.csv(table, at("-csv.csv"))
  # Without quotation marks, the names of some rows could be numbers.
  if (data[[1]] != "some") write.csv(table, at("-bare.csv"), quote = FALSE)
  write.csv2(table, at("-csv2.csv"), row.names = FALSE)
  write.table(table, at("-table.txt"))
  write.table(table, at("-comma.txt"), dec = ",")
  write.table(table, at("-tab.tsv"), sep = "\\t", quote = FALSE)
  write.table(table, at("-numbers.txt"), row.names = FALSE, col.names = FALSE)
  is_class <- sapply(table, is.factor)
  classes <- table[[which(is_class)]]
  indicators <- outer(as.character(classes), levels(classes), "==") * 1
  write.table(cbind(table[!is_class], indicators), at(""), row.names = FALSE, col.names = FALSE)
  writeLines(levels(classes), at("-levels"))
}
"""
_NAMES = (
    "b B a A ä Ä å é è e É ê ñ n ø o ö œ z Z ß ss st 1 10 2 a.b a-b a_b ab aB Ab ~ + - _x .x 1a a1 ç c ł l y yes no Yes"
)


@needs("Rscript", called="R")
def test_classes_are_r_s_levels_in_r_s_order(tmp_path: Path) -> None:
    names = [*_NAMES.split(), "a b", "a c", "New York", "Newark"]
    (tmp_path / "names").write_text("\n".join(names) + "\n", encoding="utf-8")
    subprocess.run(["Rscript", "--vanilla", "-e", _R, str(tmp_path)], check=True, capture_output=True)
    assert in_order_of_factor(names) == tuple((tmp_path / "levels").read_text(encoding="utf-8").splitlines())
    for name in ("iris", "cars", "some"):
        levels = tuple((tmp_path / f"{name}-levels").read_text(encoding="utf-8").splitlines())
        rows = np.loadtxt(tmp_path / name)
        files = [path for path in tmp_path.glob(f"{name}-*") if path.suffix]
        assert len(files) == (6 if name == "some" else 7)
        for path in files:
            for read_text in (read_table_text, read_paste):
                found = read_text(path.read_text(encoding="utf-8"))
                assert found.classes == levels, path.name
                assert np.array_equal(found.rows, rows), path.name
    data = lesson("iris").dataset
    assert np.array_equal(np.hstack([data.x, data.y]), np.loadtxt(tmp_path / "iris"))
