"""Classes on the screen: which is predicted for each row, how often that is right, and the plane that they divide."""

from pathlib import Path

import pytest

from tests.contrast import XTERM, pale
from tests.dashboard.stage import Stage, lesson_in, opened, recorded
from tests.unit.helpers import plain
from tui_nn.dashboard.apps.base import LessonApp
from tui_nn.dashboard.charts.plane_rows import row_signs
from tui_nn.dashboard.panes.chart import ChartPane
from tui_nn.session.events import Answered, NewRowAdded, PlaneUnitChosen, QuestionAsked, RowChosen
from tui_nn.session.plane_choice import PlaneUnit
from tui_nn.writing.notation.signs import ASCII

# The last iris is a virginica that measures as two versicolors do, so it is called versicolor.
_ROWS = ([1.4, 0.2], [1.3, 0.3], [4.5, 1.5], [4.5, 1.5], [6.0, 2.5], [5.8, 2.2], [4.5, 1.5])
_TRUTH = (0, 0, 1, 1, 2, 2, 2)


def _iris(directory: Path, times: int = 1, more: str = "") -> Path:
    """A lesson with seven irises, so many times."""
    names = ["setosa", "versicolor", "virginica"]
    y = [[float(number == truth) for number in range(3)] for truth in _TRUTH]
    source = f"""
[data]
x_names = ["length", "width"]
y_names = {names}
x = {[*_ROWS] * times}
y = {y * times}
x_scaling = "standardise"
y_scaling = "none"
[network]
hidden = [3]
bias = true
[training]
cost = "cross-entropy"
learning_rate = {1.0 / times}
iterations = 200
{more}
"""
    return lesson_in(directory, source)


async def _results(stage: Stage, place: str) -> str:
    """What the results show at a place of the lesson."""
    await stage.go_to(place)
    stage.app.lesson_screen.go_to_pane("results")
    await stage.settle()
    return stage.words("results")


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (60, 20)])
async def test_each_row_has_its_class_and_the_one_predicted_and_a_wrong_one_is_marked(
    size: tuple[int, int], tmp_path: Path
) -> None:
    async with opened(_iris(tmp_path), size=size) as stage:
        if size[0] > 100:
            await stage.focus("results")
            await stage.press("z")
        assert "right" not in await _results(stage, "200 Z3")
        assert "Results: 6 of 7 right" in await _results(stage, "200 J")
        [wrong] = [line for line in stage.pane("results").splitlines() if "✗" in line]
        assert wrong.split()[:6] == ["✗", "7", "C", "virginica", "B", "versicolor"]
        right = [line for line in stage.pane("results").splitlines() if line.count("A setosa") == 2]
        assert len(right) == 2
        if size[1] < 24:
            return
        words = stage.words("results")
        run = stage.document.trajectory()
        run.extend(200)
        assert "accuracy 0.8571" in words
        assert f"log-likelihood −{run.cost(200):.5f}"[:22] in words
        for count in ("A setosa 2 0 0", "B versicolor 0 2 0", "C virginica 0 1 2"):
            assert any(count in " ".join(line.split()) for line in stage.pane("results").splitlines())


async def test_many_rows_scroll_and_the_frame_says_which_is_chosen(tmp_path: Path) -> None:
    async with opened(_iris(tmp_path, times=30), size=(80, 24)) as stage:
        assert "C virginica 0 30 60" in await _results(stage, "200 J")
        await stage.press(*["down"] * 30)
        assert "row 31 of 210" in stage.words("results")
        assert any(line.split()[:2] == ["›", "31"] for line in stage.pane("results").splitlines())
        await stage.press(*["up"] * 31)
        assert "accuracy 0.8571" in stage.words("results")


async def test_the_summary_stands_above_the_rows_in_a_narrow_pane(tmp_path: Path) -> None:
    async with opened(_iris(tmp_path, times=2)) as stage:
        await stage.go_to("200 J")
        lines = [" ".join(line.split()) for line in stage.pane("results").splitlines()]
        assert "Results: 12 of 14 right" in lines[0]
        assert lines[1].startswith("accuracy 0.8571")
        assert [line[: len("C virginica 0 2 4")] for line in lines[3:7]] == [
            "truth \\ predicted",
            "A setosa 4 0 0",
            "B versicolor 0 4 ",
            "C virginica 0 2 4",
        ]


@pytest.mark.parametrize("asked", ["Y_hat", "Y", "J"])
async def test_what_a_question_asks_for_is_in_no_class_and_in_no_accuracy(asked: str, tmp_path: Path) -> None:
    async with opened(_iris(tmp_path), size=(80, 24)) as stage:
        await stage.go_to("200 J")
        stage.app.dispatch(QuestionAsked("matrix", asked))
        await stage.settle()
        words = await _results(stage, "200 J")
        assert "log-likelihood ·" in words or asked == "Y_hat"
        if asked == "J":
            assert "6 of 7 right" in words
            assert "accuracy 0.8571" in words
        else:
            assert "right" not in words.replace("All right", "")
            assert "accuracy ·" in words
            assert "✗" not in words
            assert "C virginica · · ·" in words
        if asked == "Y_hat":
            assert "versicolor 0." not in words
        stage.app.dispatch(Answered(1, ""))
        await stage.settle()
        assert "accuracy 0.8571" in await _results(stage, "200 J")


async def test_a_new_row_has_a_class_too_and_its_working_says_why(tmp_path: Path) -> None:
    async with opened(_iris(tmp_path), size=(80, 24)) as stage:
        await _results(stage, "200 J")
        stage.app.dispatch(NewRowAdded((1.4, 0.2)))
        await stage.settle()
        [new] = [line for line in stage.pane("results").splitlines() if "a 1.4 0.2" in line]
        known = next(line for line in stage.pane("results").splitlines() if line.split()[:2] == ["›", "1"])
        # The new row measures as the first one does.
        assert new.split()[3:6] == known.split()[4:7]
        await stage.focus("results")
        await stage.press("enter")
        await stage.press("end")
        assert "Class A setosa: its Ŷ is the largest." in stage.dialog


async def test_two_classes_have_one_column_and_ascii_marks_what_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(LessonApp, "notation", ASCII)
    async with opened("cross-entropy", size=(80, 24)) as stage:
        words = await _results(stage, "1 J")
        assert "Results: 2 of 4 right" in words
        assert "sensitivity 0, specificity 1" in words
        assert "log-likelihood -31.35041" in words
        assert sum(" x " in line[:5] or ">x" in line[:4] for line in stage.pane("results").splitlines()) == 2
        assert stage.text.isascii()


async def _plane(stage: Stage, *keys: str) -> list[str]:
    await stage.press(*keys)
    await stage.still()
    return stage.pane("cost").splitlines()


async def test_the_plane_shows_the_classes_first_and_an_output_as_before(tmp_path: Path) -> None:
    async with opened(_iris(tmp_path, times=2), size=(80, 24)) as stage:
        await stage.go_to("200 J")
        title, *picture = await _plane(stage, "6")
        assert "A setosa B versicolor C virginica" in " ".join(title.split())
        inside = "\n".join(picture)
        # Each region has its sign in brackets, and each row its own; a boundary lies between the regions.
        assert all(f"[{sign}]" in inside for sign in "ABC")
        assert sum(sign in inside.replace(f"[{sign}]", "") for sign in "ABC") >= 2
        assert any("\u2800" < char <= "\u28ff" for char in inside)
        await stage.focus("cost")
        title, *_ = await _plane(stage, "right")
        assert title.strip("─ ›").startswith("A setosa: Ŷ 0.9")
        assert "at 1.4" in title
        await _plane(stage, "full_stop")
        assert PlaneUnitChosen("Y_hat", 1) in [entry.event for entry in recorded().entries]
        await _plane(stage, "comma")
        assert stage.app.state.plane.unit == ("classes", 1)
        assert plain(recorded().state) == plain(stage.app.state)


async def test_a_row_of_another_class_than_predicted_is_marked_on_the_plane(tmp_path: Path) -> None:
    async with opened(_iris(tmp_path), size=(80, 24)) as stage:
        await stage.go_to("200 J")
        await _plane(stage, "6")
        styles = row_signs(stage.app.query_one("#cost", ChartPane).shown_view, PlaneUnit("classes"))
        assert styles.signs == [*"AABBCCC"]
        assert styles.styles == ["cursor"] + ["label"] * 5 + ["wrong"]
        stage.app.dispatch(RowChosen(7))
        await stage.settle()
        styles = row_signs(stage.app.query_one("#cost", ChartPane).shown_view, PlaneUnit("classes"))
        assert styles.styles == ["label"] * 6 + ["wrong-cursor"]


@pytest.mark.parametrize("asked", ["Y_hat", "Y", "Z3"])
async def test_a_plane_of_classes_hides_what_is_asked_for(asked: str, tmp_path: Path) -> None:
    async with opened(_iris(tmp_path), size=(80, 24)) as stage:
        await stage.go_to("200 J")
        await _plane(stage, "6")
        stage.app.dispatch(QuestionAsked("matrix", asked))
        await stage.press("escape")
        _, *picture = await _plane(stage, "6")
        assert "asked for" in " ".join(picture)
        assert "[A]" not in "".join(picture)


@pytest.mark.parametrize("theme", ["textual-dark", "textual-light", "colour-blind", "high-contrast"])
async def test_the_plane_of_classes_can_be_read_in_any_theme(theme: str, tmp_path: Path) -> None:
    async with opened(_iris(tmp_path, times=2)) as stage:
        stage.app.theme = theme
        await stage.go_to("200 J")
        await _plane(stage, "6")
        assert [*pale(stage.terminal.cells, XTERM["xterm on black"], least=3.0)] == []
