"""A prediction for a row that is not in the data: asked for with N, it stands among the results and follows along."""

from pathlib import Path

import pytest

from tests.dashboard.stage import Stage, follow_app, lesson_in, on_stage, opened, recorded, replay_app, taught
from tui_nn.dashboard.apps.base import LessonApp
from tui_nn.dashboard.panes.results import ResultsPane
from tui_nn.session.events import Answered, ColumnAdded, Ended, Moved, NewRowAdded, PaneChosen, QuestionAsked
from tui_nn.session.storage import bundled_lessons
from tui_nn.session.storage.session_file import read
from tui_nn.session.teaching_session import TeachingSession
from tui_nn.writing.notation.signs import ASCII


async def _predict(stage: Stage, x: str) -> None:
    await stage.press("N")
    await stage.type(x)
    await stage.press("enter")


def _new_lines(stage: Stage) -> list[str]:
    """What stands below the rows of the data, each line with single spaces."""
    lines = [" ".join(line.split()) for line in stage.pane("results").splitlines()]
    heading = next((place for place, line in enumerate(lines) if line.startswith("not in the data")), len(lines))
    return [line.strip("▁▂▃▄▅▆▇█▔ ") for line in lines[heading + 1 :] if line[:1].isalpha()]


async def test_the_prediction_stands_below_the_data_in_its_units_and_follows_the_iterations() -> None:
    async with opened() as stage:
        await stage.go_to("37 update")
        await stage.press("N")
        assert "2 numbers (hours slept, hours studied) of a row that is not in the data, such as 3 5:" in stage.dialog
        await stage.type("8 5")
        await stage.press("enter")
        assert "not in the data" in stage.pane("results")
        # R's figures, as in the tests of the command.
        assert _new_lines(stage) == ["a 8 5 85.46965 85.44973"]
        await stage.press("down", "up", "left")
        assert _new_lines(stage) == ["a 8 5 85.46965 ·"]
        await stage.go_to("38 Y_hat")
        assert _new_lines(stage) == ["a 8 5 85.44973 ·"]
        await stage.press("left")
        assert _new_lines(stage) == ["a 8 5 · ·"]
        await stage.press("end")
        await stage.still()
        assert _new_lines(stage) == ["a 8 5 90.72942 90.72943"]


async def test_several_stand_there_and_nothing_typed_takes_the_last_out() -> None:
    async with opened(size=(80, 24)) as stage:
        await stage.go_to("37 Y_hat")
        await _predict(stage, "8; 5")
        await _predict(stage, "1/2 -3,5")
        assert _new_lines(stage) == ["a 8 5 85.46965 ·", "b 0.5 −3.5 74.81828 ·"]
        await stage.press("N")
        assert "an empty line takes row b out again" in stage.dialog
        await stage.press("enter")
        assert _new_lines(stage) == ["a 8 5 85.46965 ·"]
        await _predict(stage, "")
        assert _new_lines(stage) == []
        assert "not in the data" not in stage.text


async def test_what_is_no_row_is_refused_in_the_dialog() -> None:
    async with opened(size=(80, 24), trained=False) as stage:
        for wrong in ("8", "8,5", "8 5 1", "eight five", ""):
            await _predict(stage, wrong)
            assert "2 numbers are expected here" in stage.dialog or "must be a number" in stage.dialog, wrong
            await stage.press("escape")
            assert stage.app.state.new_rows == (), wrong


async def test_there_is_room_for_so_many_and_no_more() -> None:
    async with opened(trained=False) as stage:
        stage.app.dispatch(*[NewRowAdded((8.0, 5.0))] * 26)
        await stage.settle()
        await _predict(stage, "8 5")
        assert "at most 26" in stage.dialog


async def test_it_is_asked_for_from_anywhere_but_where_letters_belong_to_a_value() -> None:
    async with opened(trained=False) as stage:
        for count, pane in enumerate(("data", "forward", "explain", "cost", "results"), start=1):
            stage.app.lesson_screen.go_to_pane(pane)
            await stage.settle()
            await _predict(stage, "8 5")
            assert stage.app.state.new_rows == ((8.0, 5.0),) * count, pane


async def test_enter_shows_how_the_prediction_comes_about() -> None:
    async with opened(size=(80, 24)) as stage:
        await stage.go_to("1 Y_hat")
        await _predict(stage, "8 5")
        await stage.focus("results")
        assert "Enter working" in stage.key_line
        await stage.press("enter")
        assert "Row a, in iteration 1 before its update" in stage.dialog
        # The weights of set.seed(1) that the lecture prints.
        assert "8 / 10 = 0.8000 5 / 5 = 1.0000" in stage.dialog
        assert "0.8000 · 0.2655 + 1.0000 · 0.3721 = 0.5845" in stage.dialog
        await stage.press("end")
        assert "· 100 = 83.206" in stage.dialog
        await stage.press("escape")
        assert not stage.dialog


async def test_the_arrows_choose_a_new_row_and_d_takes_it_out() -> None:
    async with opened() as stage:
        for x in ("8 5", "3 1", "0 0"):
            await _predict(stage, x)
        await stage.focus("results")
        await stage.press("up", "enter")
        assert "Row b" in stage.dialog
        assert "hours slept = 3 hours studied = 1" in stage.dialog
        await stage.press("escape", "d")
        assert [line[:5] for line in _new_lines(stage)] == ["a 8 5", "b 0 0"]
        await stage.press("d", "d")
        assert _new_lines(stage) == []
        assert "Enter working" not in stage.key_line


@pytest.mark.parametrize("matrix", ["Y_hat", "W1", "A2"])
async def test_what_is_asked_for_is_in_no_prediction_and_in_no_working(matrix: str) -> None:
    async with opened() as stage:
        await stage.go_to("37 update")
        await _predict(stage, "8 5")
        stage.app.dispatch(QuestionAsked("matrix", matrix))
        await stage.settle()
        if matrix == "Y_hat":
            assert _new_lines(stage) == ["a 8 5 · 85.44973"]
        await stage.focus("results")
        await stage.press("enter")
        assert "is asked for" in stage.dialog
        assert "0.8000" not in stage.dialog
        await stage.press("escape")
        stage.app.dispatch(Answered(1, ""))
        await stage.settle()
        assert _new_lines(stage) == ["a 8 5 85.46965 85.44973"]
        await stage.press("enter")
        assert "0.8000" in stage.dialog


async def test_edits_and_their_undo_go_on_beside_new_rows() -> None:
    async with opened() as stage:
        await stage.go_to("1 Y_hat")
        await _predict(stage, "8 5")
        before = _new_lines(stage)
        await stage.focus("data")
        await stage.press("down", *"30", "enter")
        await stage.still()
        # The greatest number of hours is another one now.
        assert stage.document.dataset.x_divisors.tolist() == [30.0, 5.0]
        assert _new_lines(stage) != before
        await stage.press("u")
        await stage.still()
        assert _new_lines(stage) == before
        stage.app.edit(ColumnAdded("x", 3, "coffees", (1.0, 1.0, 1.0)))
        await stage.still()
        assert _new_lines(stage) == []
        await _predict(stage, "8 5")
        assert "3 numbers are expected here, with blanks between them: 1 2 3; you typed 2 numbers." in stage.dialog
        await stage.press("escape", "u")
        await stage.still()
        assert _new_lines(stage) == before


async def test_new_rows_are_saved_and_opened_with_the_lesson(tmp_path: Path) -> None:
    async with opened() as stage:
        await stage.go_to("37 Y_hat")
        await _predict(stage, "8 5")
        assert recorded().state.new_rows == ((8.0, 5.0),)
        await stage.press("s")
        await stage.erase(200)
        await stage.type(str(tmp_path / "mine.toml"))
        await stage.press("enter")
    async with opened(tmp_path / "mine.toml") as stage:
        assert _new_lines(stage) == ["a 8 5 85.46965 ·"]


async def test_every_output_has_its_prediction(tmp_path: Path) -> None:
    source = """format = 1
[data]
x_names = ["a", "b", "c"]
y_names = ["first", "second"]
x = [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]
y = [[1.0, 200.0], [2.0, 100.0]]
y_scaling = [10.0, 1000.0]
[network]
hidden = [2]
[training]
iterations = 10
"""
    async with opened(lesson_in(tmp_path, source)) as stage:
        await stage.go_to("3 Y_hat")
        await _predict(stage, "1 2 3")
        await stage.press("escape")
        results = stage.app.query_one(ResultsPane)
        every = [
            "".join(text for text, _ in results.line(y)).strip("› ").split() for y in range(results.virtual_size.height)
        ]
        assert [line[0] for line in every if len(line) == 1] == ["first", "second"]
        new = [line for line in every if line[0] == "a"]
        assert len(new) == 2
        # The new row is the first of the data.
        of_the_data = [line for line in every if line[:1] in (["1"], ["200"])]
        assert [line[4] for line in new] == [line[1] for line in of_the_data]


async def test_new_rows_stand_on_the_plane_by_their_letters() -> None:
    async with opened() as stage:
        await stage.press("6")
        await stage.still()
        plane = stage.pane("cost").partition("\n")[2]
        assert "a" not in plane
        await _predict(stage, "8 4")
        await _predict(stage, "14 9")
        plane = stage.pane("cost").partition("\n")[2]
        lines = [line for line in plane.splitlines() if "a" in line or "b" in line]
        # The higher one first: what is up is the second input.
        assert [next(sign for sign in line if sign in "ab") for line in lines] == ["b", "a"]
        assert all(sign in plane for sign in "123")


async def test_the_plane_stands_whatever_the_new_rows_are() -> None:
    async with opened(size=(120, 40)) as stage:
        await stage.press("6")
        for x in ("1e308 0", "-1e308 -1e150"):
            await _predict(stage, x)
        assert "too far apart" in stage.pane("cost")
        await stage.focus("results")
        await stage.press("enter")
        assert "Row b" in stage.dialog
        await stage.press("escape", "up", "d")
        await stage.still()
        assert "too far apart" not in stage.pane("cost")


async def test_a_replay_shows_them_when_they_came_and_whoever_looks_around_has_their_own(tmp_path: Path) -> None:
    path = taught(tmp_path, Moved(37, "Y_hat"), NewRowAdded((8.0, 5.0)), PaneChosen("results"), Ended())
    before = path.read_bytes()
    async with on_stage(replay_app(path), (80, 24)) as stage:
        await stage.press("right")
        assert stage.app.state.new_rows == ()
        await stage.press("right", "right")
        assert _new_lines(stage) == ["a 8 5 85.46965 ·"]
        await _predict(stage, "3 1")
        assert "Looking around" in stage.text
        assert _new_lines(stage) == ["a 8 5 85.46965 ·", "b 3 1 80.47435 ·"]
        await stage.press("escape")
        assert _new_lines(stage) == ["a 8 5 85.46965 ·"]
    assert path.read_bytes() == before


async def test_who_follows_sees_them_at_once(tmp_path: Path) -> None:
    session = TeachingSession.opened(bundled_lessons.bundled()["lecture"])
    assert session
    path = tmp_path / "class.toml"
    session.save_as(path)
    async with on_stage(follow_app(path)) as stage:
        session.log.append(Moved(37, "Y_hat"), NewRowAdded((8.0, 5.0)))
        await stage.until(lambda: _new_lines(stage) == ["a 8 5 85.46965 ·"])
        taught_so_far = path.read_bytes()
        await _predict(stage, "3 1")
        assert _new_lines(stage)[1:] == ["b 3 1 80.47435 ·"]
        assert path.read_bytes() == taught_so_far
        assert read(path).state.new_rows == ((8.0, 5.0),)
        session.close()


async def test_ascii_s_signs_are_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(LessonApp, "notation", ASCII)
    async with opened(size=(80, 24)) as stage:
        await stage.go_to("37 Y_hat")
        await _predict(stage, "-8 5")
        assert _new_lines(stage)[0].startswith("a -8 5 ")
        await stage.focus("results")
        await stage.press("enter")
        assert stage.text.isascii()
        assert "-8 / 10 = -0.8000" in stage.dialog
