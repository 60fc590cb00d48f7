"""The plane and the map of J on the screen: their keys, what is followed, and what a question hides."""

import re
from pathlib import Path

import pytest

from tests.dashboard.stage import Stage, lesson_in, opened, recorded
from tests.unit.helpers import plain
from tui_nn.session.events import (
    HyperparameterSet,
    NewRowAdded,
    PlaneCursorMoved,
    PlaneInputsChosen,
    PlaneUnitChosen,
    QuestionAsked,
    SecondWeightChosen,
    Selected,
)

_THREE_INPUTS = """
[data]
x_names = ["a", "b", "c"]
y_names = ["p", "q"]
x = [[1.0, 2.0, 30.0], [4.0, 1.0, 20.0], [2.0, 5.0, 70.0]]
y = [[0.0, 0.1], [1.0, 0.2], [1.0, 0.3]]
y_scaling = "none"
[network]
hidden = [2]
[training]
iterations = 5
"""


async def _chart(stage: Stage, *keys: str) -> str:
    await stage.press(*keys)
    await stage.still()
    return stage.pane("cost")


async def test_the_keys_choose_the_unit_and_move_the_cursor_and_enter_adds_the_row() -> None:
    async with opened() as stage:
        await stage.go_to("37 J")
        await stage.press("6")
        await stage.focus("cost")
        assert "A⁽²⁾[·,1] 0 [ ░▒▓█] 1, line at 0.5" in await _chart(stage, "full_stop")
        assert "Ŷ 75" in await _chart(stage, "comma")
        assert "A⁽²⁾[·,3]" in await _chart(stage, "comma")
        await stage.press("full_stop")
        # The cursor begins at the row that is chosen.
        assert re.search(r"Ŷ 83\.\d+ at 3, 5", (await _chart(stage, "right")).splitlines()[0])
        await stage.press("right", "down")
        cursor = stage.app.state.plane.cursor
        assert cursor
        assert cursor[0] > 3
        assert cursor[1] < 5
        await stage.press("enter")
        assert stage.app.state.new_rows == (cursor,)
        kinds = [type(entry.event) for entry in recorded().entries]
        assert kinds.count(PlaneUnitChosen) == 4
        assert kinds.count(PlaneCursorMoved) == 3
        assert kinds[-1] is NewRowAdded
        assert plain(recorded().state) == plain(stage.app.state)
        await stage.press("escape")
        assert stage.app.state.plane.cursor is None


async def test_a_click_adds_a_row_there() -> None:
    async with opened() as stage:
        await _chart(stage, "6")
        assert await stage.pilot.click("#cost", offset=(30, 6))
        await stage.still()
        assert len(stage.app.state.new_rows) == 1


async def test_of_many_inputs_two_are_chosen_and_the_title_says_where_the_others_are(tmp_path: Path) -> None:
    async with opened(lesson_in(tmp_path, _THREE_INPUTS)) as stage:
        shown = await _chart(stage, "6")
        assert "Ŷ[·,1] p 0 [ ░▒▓█] 1, the other at its mean" in shown
        picture = shown.split("\n", 1)[1]
        assert (picture.count("●"), picture.count("○")) == (2, 1)
        await stage.focus("cost")
        shown = await _chart(stage, "a")
        assert stage.app.state.plane[1:3] == (3, 2)
        assert " c → " in shown
        assert " b ↑" in shown
        assert "Ŷ[·,2] q 0.1" in await _chart(stage, "full_stop")
        await stage.press("right", "right", "enter")
        assert stage.app.state.new_rows[0][0] == 2.333
        assert PlaneInputsChosen(3, 2) in [entry.event for entry in recorded().entries]


async def test_one_input_gives_a_curve_with_the_points(tmp_path: Path) -> None:
    path = lesson_in(tmp_path, "[data]\nx_names = ['a']\ny_names = ['b']\nx = [[1.0], [2.0]]\ny = [[0.2], [0.8]]\n")
    async with opened(path) as stage:
        shown = await _chart(stage, "6")
        assert "Ŷ over a" in shown
        assert "1" in shown
        assert any("\u2800" < char <= "\u28ff" for char in shown)


@pytest.mark.parametrize(
    ("keys", "asked"), [("6", "Y_hat"), ("6", "Z3"), ("9 a", "J"), ("9 a", "W1"), ("9 a", "dJdW1"), ("9 a", "W1_next")]
)
async def test_what_is_asked_for_is_on_no_plane_and_on_no_map(keys: str, asked: str) -> None:
    async with opened() as stage:
        await stage.go_to("37 J")
        assert "▒" in (await _chart(stage, *keys.split())).split("\n", 1)[1]
        stage.app.dispatch(QuestionAsked("matrix", asked))
        await stage.press("escape")
        title, picture = (await _chart(stage, *keys.split())).split("\n", 1)
        assert "asked for" in picture
        assert "▒" not in picture
        assert "line at" in title or "slice" in title


async def test_the_map_shows_j_over_the_two_weights_chosen() -> None:
    async with opened() as stage:
        await stage.go_to("37 J")
        shown = await _chart(stage, "9", "a")
        assert "A slice of J: others held at iteration 37" in shown
        assert "W⁽¹⁾[1,1] →" in shown
        assert "W⁽¹⁾[1,2] ↑" in shown
        assert any(mark in shown for mark in "▀▄")
        await stage.focus("cost")
        shown = await _chart(stage, "up", "right")
        # The weight upwards is passed over: the two are never the same.
        assert "W⁽¹⁾[1,2] →" in shown
        assert "W⁽¹⁾[1,3] ↑" in shown
        events = [entry.event for entry in recorded().entries]
        assert SecondWeightChosen("W1", 1, 3) in events
        assert Selected("W1", 1, 2) in events
        assert plain(recorded().state) == plain(stage.app.state)


@pytest.mark.parametrize("lesson", ["too-fast", "two-hidden-layers", "xor", "homework-biases"])
async def test_the_charts_without_a_digit_are_drawn_in_every_lesson(lesson: str) -> None:
    async with opened(lesson, size=(80, 24)) as stage:
        for place in ("1 Z2", "5 J"):
            await stage.go_to(place)
            for letter, title in (("a", "A slice of J"), ("b", "Health of the units"), ("c", "Hidden units, ")):
                assert title in await _chart(stage, "9", letter)
                assert "being computed" not in stage.pane("cost")


_ODD_DATA = (
    "x = [[1e300, 1.0], [-1e300, 2.0]]\ny = [[1.0], [2.0]]",
    "x = [[1.7e308, 1.0], [-1.7e308, 2.0]]\ny = [[1.0], [2.0]]\nx_scaling = [1e300, 1.0]",
    "x = [[5.0, 5.0], [5.0, 5.0]]\ny = [[1.0], [1.0]]",
    "x = [[5.0, 0.0], [5.0, 1e-300]]\ny = [[0.0], [1.0]]\nx_scaling = 'none'",
    f"x = {[[float(i % 7), float(i // 7)] for i in range(120)]}\ny = {[[float(i)] for i in range(120)]}",
    f"x = {[[float(i % 7), float(i // 7)] for i in range(40)]}\ny = {[[float(i % 2)] for i in range(40)]}",
    "x = [[3.0]]\ny = [[1.0]]",
)


@pytest.mark.parametrize("data", _ODD_DATA)
@pytest.mark.parametrize("network", ["hidden = []", "hidden = [12, 2]\nactivation = 'relu'"])
async def test_no_data_are_too_odd_for_a_picture(data: str, network: str, tmp_path: Path) -> None:
    inputs = 1 if data.startswith("x = [[3.0]]") else 2
    names = ", ".join(f"'x{i}'" for i in range(inputs))
    lesson = f"[data]\nx_names = [{names}]\ny_names = ['y']\n{data}\n[network]\n{network}\n[training]\niterations = 9\n"
    async with opened(lesson_in(tmp_path, lesson)) as stage:
        # Each chart at the first and at the last iteration, one of them with either network.
        early, late = ("6", "9 b"), ("9 a", "9 c")
        if network == "hidden = []":
            early, late = late, early
        for place, charts in (("1 J", early), ("9 update", late)):
            await stage.go_to(place)
            for keys in charts:
                picture = (await _chart(stage, *keys.split())).split("\n", 1)[1]
                assert "being computed" not in picture
                assert len(picture.split()) > 3
        await stage.press("6")
        await stage.focus("cost")
        await stage.press("comma", "right", "up", "enter", "escape")
        assert plain(recorded().state) == plain(stage.app.state)


async def test_the_health_of_the_units_is_in_sight_as_far_as_it_is_computed() -> None:
    async with opened() as stage:
        await stage.go_to("37 Z3")
        shown = await _chart(stage, "9", "b")
        assert shown.count("no unit saturated or dead") == 1
        assert re.search(r"A⁽²⁾ +0\.556 .*▃.* 0\.75", shown)
        assert re.search(r"δ⁽²⁾ +·", shown)
        await stage.go_to("37 update")
        shown = await _chart(stage)
        assert shown.count("no unit saturated or dead") == 2
        assert "‖ΔW⁽¹⁾‖/‖W⁽¹⁾‖ 0.01" in shown
        stage.app.dispatch(QuestionAsked("matrix", "A2"))
        await stage.press("escape")
        shown = await _chart(stage, "9", "b")
        assert re.search(r"A⁽²⁾ +·", shown)
        assert shown.count("no unit saturated or dead") == 1


async def test_the_health_of_a_deep_network_shows_the_gradient_of_every_layer() -> None:
    async with opened(trained=False) as stage:
        stage.app.dispatch(HyperparameterSet("hidden", (3, 3, 3, 3, 3)))
        await stage.go_to("1 update")
        shown = await _chart(stage, "9", "b")
        assert re.findall(r"∂J/∂W⁽(.)⁾ +\S*\d", shown) == [*"¹²³⁴⁵⁶"]


async def test_all_hidden_units_stand_side_by_side_and_enter_shows_one_large() -> None:
    async with opened() as stage:
        await stage.go_to("37 J")
        shown = await _chart(stage, "9", "c")
        assert all(f"A⁽²⁾[·,{unit}]" in shown for unit in (1, 2, 3))
        await stage.focus("cost")
        assert "›A⁽²⁾[·,2]" in await _chart(stage, "right", "right")
        assert "A⁽²⁾[·,2] 0 [ ░▒▓█] 1" in await _chart(stage, "enter")
        await _chart(stage, "9", "c")
        assert await stage.pilot.click("#cost", offset=(5, 5))
        await stage.still()
        assert "A⁽²⁾[·,1] 0 [ ░▒▓█] 1" in stage.pane("cost")
        stage.app.dispatch(QuestionAsked("matrix", "Z2"))
        await stage.press("escape")
        assert "asked for" in await _chart(stage, "9", "c")
