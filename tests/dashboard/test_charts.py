"""Each chart shows what it says: sizes of gradients, paths of weights, predictions, and their plane."""

import re
from collections import Counter

import numpy as np
import pytest

from tests.dashboard.stage import Stage, opened, recorded
from tests.unit.helpers import plain
from tui_nn.dashboard.charts.plot import Plot
from tui_nn.dashboard.panes.chart import ChartPane
from tui_nn.network import Run
from tui_nn.session.events import Branched, ChartChosen, HyperparameterSet, IterationsCharted, Selected
from tui_nn.writing.notation.number_format import rounded_text


async def _chart(stage: Stage, key: str) -> str:
    await stage.press(key)
    await stage.still()
    return stage.pane("cost")


def _marks(stage: Stage) -> Counter[str]:
    """How many cells the marks of each style take."""
    return Counter(mark.style for mark in stage.app.query_one(ChartPane)._marks)


def _run(stage: Stage) -> Run:
    return stage.app.lesson.run_of(stage.app.state.branches.current)


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_every_chart_has_its_key_and_is_drawn(size: tuple[int, int]) -> None:
    async with opened(size=size) as stage:
        await stage.go_to("37 J")
        for key, title, sign in (
            ("1", "Cost, J", ""),
            ("2", "Cost, log₁₀ J", ""),
            ("3", "Size of ∂J/∂W⁽¹⁾ and others", " ∂J/∂W⁽²⁾"),
            ("4", "Path of W⁽¹⁾[1,1] and others", " W⁽¹⁾[1,1]"),
            ("5", "test score, row by row: ─ y, ■ Ŷ", ""),
            ("6", "Ŷ 75 [ ░▒▓█] 93, line at 84", "▒"),
            ("7", "J along W⁽²⁾[1,1]: ■ now, ◆ next", ""),
            ("8", "Error over ε: W⁽²⁾[1,1]", "all"),
        ):
            shown = await _chart(stage, key)
            assert title in shown
            assert sign in shown
            if key != "6":
                assert any(mark in shown for mark in "▀▄")
        assert recorded().entries[-1].event == ChartChosen("gradient check")
        assert plain(recorded().state) == plain(stage.app.state)


async def test_the_cursor_says_the_size_of_the_gradient_and_the_weight() -> None:
    async with opened() as stage:
        stage.app.dispatch(Selected("W2", 2, 1))
        await stage.focus("cost")
        for key, names in (("3", "dJdW2"), ("4", "W2")):
            await _chart(stage, key)
            await stage.press("home", *["right"] * 3)
            iteration = stage.app.state.chart_cursor
            assert iteration
            matrix = _run(stage).pass_at(iteration)[names]
            value = float(np.sqrt((matrix**2).sum())) if key == "3" else float(matrix[1, 0])
            said = re.search(r"of iteration ([\d ]+): (\S+)", stage.pane("cost").replace("━", " "))
            assert said
            assert int(said[1].replace(" ", "")) == iteration
            assert said[2].rstrip("…") in rounded_text(value)


async def test_the_predictions_stand_where_they_are_beside_the_truth() -> None:
    async with opened() as stage:
        await stage.go_to("1 Z2")
        # Not computed yet in this iteration.
        await _chart(stage, "5")
        assert _marks(stage) == {"label": 15}
        await stage.go_to("10000 update")
        shown = await _chart(stage, "5")
        assert _marks(stage)["mark"] == 3
        # They lie on each other, and that of the network is on top.
        assert shown.count("▀") + shown.count("▄") == 3


@pytest.mark.parametrize("lesson", ["too-fast", "two-hidden-layers", "xor", "homework-biases"])
async def test_every_chart_of_every_lesson_is_drawn_wherever_one_is(lesson: str) -> None:
    async with opened(lesson) as stage:
        for place in ("1 Z2", "5 J"):
            await stage.go_to(place)
            for key in "12345678":
                assert len((await _chart(stage, key)).split()) > 3
        await stage.press("end")
        for key in "12345678":
            assert len((await _chart(stage, key)).split()) > 3


@pytest.mark.parametrize("size", [(120, 40), (100, 30), (80, 24)])
async def test_tab_leads_to_the_chart_that_was_just_chosen(size: tuple[int, int]) -> None:
    async with opened(size=size) as stage:
        for keys in (("3",), ("c",), ("4", "right")):
            await stage.press(*keys, "tab")
            assert stage.app.lesson_screen.pane == "cost"
            assert "cursor" in stage.key_line
            await stage.press("escape")
        # One that was left leads nowhere any more, nor does one that was chosen from another pane.
        await stage.press("5", "escape", "tab")
        assert stage.app.lesson_screen.pane == "network"
        await stage.focus("data")
        await stage.press("c", "tab")
        assert stage.app.lesson_screen.pane == ("cost" if size == (80, 24) else "results")


@pytest.mark.parametrize("size", [(120, 40), (100, 30)])
async def test_a_chart_comes_beside_the_step_without_taking_the_keys_and_the_network_comes_back(
    size: tuple[int, int],
) -> None:
    async with opened(size=size) as stage:
        await stage.focus("results")
        assert "Size of ∂J/∂W⁽¹⁾" in await _chart(stage, "3")
        assert not stage.pane("network")
        await stage.press("0")
        assert "Network" in stage.pane("network")
        assert not stage.pane("cost")
        assert stage.app.focused
        assert stage.app.focused.id == stage.app.state.pane == "results"


async def test_the_curve_that_a_chart_is_of_is_told_from_the_others_before_one_comes_there() -> None:
    async with opened(size=(80, 24)) as stage:
        for key, colours in (("3", 2), ("4", 2), ("1", 1)):
            await _chart(stage, key)
            region = stage.app.query_one("#cost").region
            lines = stage.terminal.cells[region.y : region.bottom]
            ahead = {cell.foreground for line in lines for cell in line[20:] if "\u2800" < cell.char <= "\u28ff"}
            assert len(ahead) == colours, key


async def test_each_gradient_is_named_at_the_end_of_its_curve() -> None:
    async with opened("homework-biases", size=(80, 24)) as stage:
        title, *lines = (await _chart(stage, "3")).splitlines()
        assert "Size of ∂J/∂W⁽¹⁾ and others" in title
        drawn = "\n".join(lines)
        assert all(drawn.count(f"∂J/∂{name}") == 1 for name in ("W⁽¹⁾", "W⁽²⁾", "b⁽¹⁾", "b⁽²⁾"))


async def test_runs_are_named_at_their_ends_by_what_differs() -> None:
    async with opened() as stage:
        stage.app.dispatch(Branched("B"))
        stage.app.dispatch(HyperparameterSet("learning_rate", 1.0))
        await stage.still()
        shown = await _chart(stage, "2")
        assert shown.count("rate 5") == shown.count("rate 1") == 1


async def test_the_axis_of_the_iterations_is_logarithmic_or_a_part_and_a_replay_shows_it() -> None:
    async with opened() as stage:
        await stage.press("1")
        await stage.focus("cost")
        await stage.press("L")
        await stage.still()
        assert "1 000" in stage.pane("cost")
        await stage.press("L", "I", *"1-200", "enter")
        await stage.still()
        assert stage.pane("cost").splitlines()[-1].split()[-1] == "200"
        await stage.press("end")
        assert stage.app.state.chart_cursor == 200
        await stage.press("I", *"9-3", "enter")
        assert "the earlier one first" in stage.text
        await stage.press("escape", "I", *"all", "enter")
        assert recorded().entries[-1].event == IterationsCharted(1, 0)
        assert plain(recorded().state) == plain(stage.app.state)


async def test_a_noisy_cost_is_smoothed_over_its_faint_curve() -> None:
    async with opened() as stage:
        assert "smoothed" not in stage.text
        stage.app.dispatch(HyperparameterSet("learning_rate", 40.0))
        stage.app.dispatch(HyperparameterSet("iterations", 400))
        await stage.until(lambda: "Cost, J, smoothed" in stage.text)


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_the_data_s_part_of_a_cost_with_a_penalty_is_drawn_faint_and_read_at_the_cursor(
    size: tuple[int, int],
) -> None:
    async with opened("ridge", size=size) as stage:
        await stage.go_to("37")
        for key in ("1", "2"):
            assert " data's part" in await _chart(stage, key)
            plot = stage.app.query_one(ChartPane)._plot
            assert isinstance(plot, Plot)
            assert [layer.style for layer in plot.layers] == ["faint", "curve"]
        await _chart(stage, "1")
        await stage.focus("cost")
        computed = _run(stage).pass_at(37)
        said = f"J of iteration 37 is {rounded_text(computed.cost)}"
        # Beside the step, the title has no room for more.
        said += f", the data's part {rounded_text(computed.data_cost)}" if size == (80, 24) else ""
        assert said in stage.pane("cost")
        # Without a penalty, J is the data's part.
        await stage.press("escape")
        stage.app.dispatch(HyperparameterSet("l2", 0.0))
        assert "data's part" not in await _chart(stage, "1")


async def test_the_rate_test_says_from_which_rate_on_j_rises() -> None:
    async with opened(size=(80, 24)) as stage:
        await stage.press("9", "d")
        await stage.until(lambda: "J rises for good from rate 100; a tenth is 10" in stage.text)
        assert "learning rate →" in stage.text
        assert "■ the lesson's rate" in stage.text
