"""Blocks from a spreadsheet and CSV files: into the data and out of it, or refused where one looks."""

from pathlib import Path

import pytest

from tests.dashboard.stage import follow_app, on_stage, opened, taught
from tui_nn.dashboard.features.moving import navigation
from tui_nn.session.events import Moved

_LECTURE = "hours slept,hours studied,test score\n3.0,5.0,75.0\n5.0,1.0,82.0\n10.0,2.0,93.0\n"


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_a_block_takes_its_place_at_the_cursor_and_one_undo_takes_it_back(size: tuple[int, int]) -> None:
    async with opened(size=size) as stage:
        before = stage.document
        await stage.focus("data")
        await stage.press("down")
        await stage.paste("4\t6\t80\r\n8\t2,5\t90\r\n9\t1\t95\r\n")
        await stage.still()
        assert stage.document.dataset.x.tolist() == [[3, 5], [4, 6], [8, 2.5], [9, 1]]
        assert stage.document.dataset.y[:, 0].tolist() == [75, 80, 90, 95]
        assert "3 rows of 3 numbers pasted" in stage.latest_notice
        assert "2.5" in stage.pane("data")
        await stage.press("u")
        assert stage.document is before


async def test_a_block_with_names_names_the_columns() -> None:
    async with opened() as stage:
        await stage.focus("data")
        await stage.paste("Schlaf\tLernen\tPunkte\n1\t2\t3\n")
        assert (*stage.document.dataset.x_names, *stage.document.dataset.y_names) == ("Schlaf", "Lernen", "Punkte")
        assert "Lernen" in stage.pane("data")


async def test_what_can_t_be_pasted_says_why_in_its_place_and_esc_leaves_all_as_it_was() -> None:
    async with opened() as stage:
        before = stage.document
        await stage.focus("data")
        for text, says in (
            ("1\tfive\n", 'Line 1, column 2: "five" is no number.'),
            ("1,200\t2\n", 'Line 1, column 1: "1,200" may be 1200 or 1.2'),
            ("1\t2\t3\t4\n", "This gives 4 columns; expected at most 3 columns from here on"),
            ("1\t2\n3\n", "Line 2: it has 1 cell, but line 1 has 2 cells."),
        ):
            await stage.paste(text)
            assert says in stage.latest_notice
            assert stage.document is before
            await stage.press("escape")
            assert says not in stage.text


async def test_a_pasted_table_with_classes_takes_the_place_of_the_data_and_rows_of_them_are_added() -> None:
    async with opened() as stage:
        before = stage.document
        await stage.focus("data")
        await stage.press("down", "right")
        await stage.paste("len\tkind\n1,5\tpear\n2\tapple\n3\tpear\n")
        await stage.still()
        data = stage.document.dataset
        assert (data.x_names, data.y_names) == (("len",), ("apple", "pear"))
        assert (data.y.tolist(), data.y_scaling) == ([[0, 1], [1, 0], [0, 1]], "none")
        assert "y has a column of 0 and 1 for each of the 2 classes of kind: apple, pear." in stage.latest_notice
        assert "The settings stay as they are" in stage.latest_notice
        await stage.press("down", "down", "down")
        await stage.paste("4\tapple\n5\tapple\n")
        await stage.still()
        assert "2 rows added, class apple; u takes them back." in stage.latest_notice
        assert "y has a column" not in stage.latest_notice
        assert stage.document.dataset.x.tolist() == [[1.5], [2], [3], [4], [5]]
        assert stage.document.dataset.y[3:].tolist() == [[1, 0], [1, 0]]
        # A word in a class's cell is the row's class.
        await stage.press("right", "enter", "ctrl+u", *"pear", "enter")
        assert stage.document.dataset.y[3:].tolist() == [[0, 1], [1, 0]]
        await stage.press("u")
        assert "Undone: class of row 4 set to pear." in " ".join(stage.notices)
        # So is a word in each line, from the cursor on.
        await stage.press("up")
        await stage.paste("pear\nApple\n")
        await stage.still()
        assert "Classes of rows 4 to 5 set: pear, apple; u takes them back." in stage.latest_notice
        assert stage.document.dataset.y[3:].tolist() == [[0, 1], [1, 0]]
        await stage.press("u", "u", "u")
        assert stage.document is before


async def test_a_block_holds_from_here_on_where_edits_do() -> None:
    async with opened() as stage:
        await stage.go_to("30")
        await stage.press("h")
        await stage.focus("data")
        await stage.paste("4\t6\n")
        await stage.still()
        plan = stage.app.state.plan
        assert plan.document_at(30).dataset.x[0].tolist() == [4, 6]
        assert plan.document_at(29).dataset.x[0].tolist() == [3, 5]
        # Other names are other data: the run starts again.
        await stage.paste("Schlaf\tLernen\tPunkte\n1\t2\t3\n")
        assert stage.app.state.plan.changes == ()


async def test_data_are_written_and_read_back(tmp_path: Path) -> None:
    async with opened() as stage:
        before = stage.dump
        await stage.focus("data")
        await stage.press("O")
        assert "lecture.csv" in stage.dialog
        await stage.press("ctrl+u")
        await stage.paste(str(tmp_path / "mine"))
        await stage.press("enter")
        assert (tmp_path / "mine.csv").read_text(encoding="utf-8") == _LECTURE
        await stage.press("a", "a", "d", "i")
        await stage.paste(str(tmp_path / "mine.csv"))
        await stage.press("enter")
        await stage.still()
        assert stage.dump == before
        assert "3 rows of 3 numbers taken" in stage.latest_notice


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_data_are_taken_and_written_wherever_one_is(size: tuple[int, int]) -> None:
    async with opened(size=size) as stage:
        for pane in ("step", "forward", "explain", "cost"):
            for key, says in (("i", "Take the data from this CSV file"), ("O", "Write the data, as typed in")):
                await stage.press("escape")
                if pane != "step":
                    await stage.focus(pane)
                await stage.press(key)
                assert says in stage.dialog
                await stage.press("escape")
                assert stage.app.lesson_screen.pane == "data"
        # While one types, letters are text; so they are on a setting.
        await stage.focus("settings")
        await stage.press("up", "O", "escape", "1", "O")
        assert not stage.dialog
        assert stage.app.lesson_screen.pane == "settings"


async def test_a_csv_file_that_can_t_be_read_says_why_in_the_dialog(tmp_path: Path) -> None:
    (tmp_path / "letters.csv").write_text("a,b\n1,x\n", encoding="utf-8")
    async with opened() as stage:
        before = stage.document
        await stage.focus("data")
        for name, says in (
            ("absent.csv", "can't be read: no such file or directory"),
            ("letters.csv", 'line 2, column b: "x" is no number. It would be the only class'),
            ("letters.csv --y c", 'There is no column called "c" (--y).'),
            ("letters.csv --z c", "can't be understood. After a file's name you can type --y NAME"),
            (".", "is a directory"),
        ):
            await stage.press("i")
            await stage.paste(str(tmp_path / name))
            await stage.press("enter")
            assert says in stage.dialog
            await stage.press("escape")
            assert stage.document is before


async def test_lessons_and_tables_keep_their_endings_apart(tmp_path: Path) -> None:
    async with opened() as stage:
        for keys, name, says in ((("s",), "mine.csv", ".toml"), (("tab", "O"), "mine.toml", ".csv")):
            await stage.press(*keys, "ctrl+u")
            await stage.paste(str(tmp_path / name))
            await stage.press("enter")
            assert f"The name must end in {says}" in stage.dialog
            await stage.press("escape")
        assert not list(tmp_path.glob("mine*"))


async def test_a_csv_file_is_taught_as_a_lesson_of_its_own_and_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "sleep.csv"
    path.write_text("slept;score\n3,5;75\n5;82\n", encoding="utf-8")
    async with opened(path) as stage:
        assert "sleep" in stage.header
        assert stage.document.network.layers == (1, 3, 1)
        await stage.press("right", "s")
        assert "sleep.toml" in stage.dialog
        await stage.press("enter")
    assert path.read_text(encoding="utf-8") == "slept;score\n3,5;75\n5;82\n"
    assert (tmp_path / "sleep.toml").is_file()


_GRADES = "name,slept,score,passed\nAnna,3,75,1\nBen,NA,82,1\nCarl,10,93,0\n"
_CHOICE = "--y score passed --without name --skip-missing"


async def test_columns_are_chosen_behind_the_name_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "my grades.csv"
    path.write_text(_GRADES, encoding="utf-8")
    async with opened() as stage:
        begun = stage.document
        for key, opening in (("i", False), ("o", True)):
            await stage.press(key, *(("tab",) if opening else ()))
            await stage.paste(f"{path} --y score")
            await stage.press("enter")
            assert 'my grades.csv, line 2, column name: "Anna" is no number.' in stage.dialog
            await stage.press("ctrl+u")
            await stage.paste(f"{path} {_CHOICE}")
            await stage.press("enter")
            await stage.still()
            data = stage.document.dataset
            assert (data.x_names, data.y_names) == (("slept",), ("score", "passed"))
            assert data.y.tolist() == [[75, 1], [93, 0]]
            assert "1 of 3 rows left out, where a number is missing (line 3)." in stage.latest_notice
            if not opening:
                await stage.press("u")
                assert stage.document is begun
        assert "(column abs max). The learning rate is 5 (15 / 2 rows, at most 5)." in stage.latest_notice


async def test_a_number_pasted_alone_that_may_be_another_is_doubted_before_it_is_taken() -> None:
    async with opened() as stage:
        await stage.focus("data")
        await stage.paste("1.200\n")
        assert '"1.200" may be 1200 or 1.2. Enter takes 1.2; type the other' in stage.latest_notice
        await stage.press("enter")
        assert stage.document.dataset.x[0, 0] == 1.2
        await stage.paste("1,200")
        await stage.press("enter")
        assert '"1,200" may be 1200 or 1.2. Type the one that you mean.' in stage.latest_notice
        await stage.press("escape")
        assert stage.document.dataset.x[1, 0] == 5
        await stage.paste("3/5")
        assert '"3/5" may be a date or a number. Enter takes it for 0.6.' in stage.latest_notice
        await stage.press("escape")
        await stage.paste("1/0")
        await stage.press("enter")
        assert 'you typed "1/0"' in stage.latest_notice


async def test_whoever_follows_writes_no_file_and_takes_none(tmp_path: Path) -> None:
    async with on_stage(follow_app(taught(tmp_path, Moved(1, "A2")))) as stage:
        for key in ("i", "O"):
            await stage.press(key)
            assert not stage.dialog
        assert stage.app.lesson_screen.pane == "step"
        await stage.focus("data")
        for key in ("i", "O"):
            await stage.press(key)
            assert not stage.dialog
        assert "CSV" not in stage.key_line


async def test_data_that_the_lesson_can_t_have_are_refused_in_the_dialog_and_nothing_else_is_said(
    tmp_path: Path,
) -> None:
    (tmp_path / "zeros.csv").write_text("a,b,c\n0,1,2\n0,3,4\n", encoding="utf-8")
    async with opened() as stage:
        before = stage.document
        await stage.focus("data")
        await stage.press("i")
        await stage.paste(str(tmp_path / "zeros.csv"))
        await stage.press("enter")
        assert "Column 1 (a) is 0 everywhere, so it can't be divided by its maximum. Choose another" in stage.dialog
        await stage.press("escape")
        assert stage.document is before
        assert stage.notices == []


async def test_a_refused_block_leaves_what_was_being_typed() -> None:
    async with opened() as stage:
        await stage.focus("data")
        await stage.press("1", "2")
        await stage.paste("1\tx\n2\t3\n")
        assert '"x" is no number' in stage.latest_notice
        await stage.press("enter")
        assert stage.document.dataset.x[0, 0] == 12


async def test_what_was_read_of_a_table_is_said_until_esc_or_until_the_user_has_read_it_and_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = tmp_path / "pears.csv"
    table.write_text("length,weight,kind\n1.5,2.5,pear\n2,3,apple\n3,4,pear\n", encoding="utf-8")
    async with opened(table, trained=False) as stage:
        await stage.press("right")
        assert "kind" in stage.latest_notice
        await stage.focus("data")
        await stage.press("escape")
        assert stage.notices, "Esc leaves the pane first"
        await stage.press("escape")
        assert stage.notices == []
        assert stage.app.state.step.name == "A2"
    monkeypatch.setattr(navigation, "_READING_SECONDS", 0)
    async with opened(table, trained=False) as stage:
        assert stage.notices
        await stage.press("right")
        assert stage.notices == []
