"""A cursor on the curve says iteration and cost, and goes there; so does a click."""

from pathlib import Path

import pytest

from tests.dashboard.stage import Stage, follow_app, on_stage, opened, recorded, taught
from tests.unit.helpers import figures_of_R, plain
from tui_nn.dashboard.panes.chart import ChartPane
from tui_nn.session.events import ChartCursorMoved, PaneChosen
from tui_nn.writing.notation.number_format import rounded_text

_SIZES = [(120, 40), (80, 24)]


def _has_cursor(stage: Stage) -> bool:
    return any(mark.style == "pointer" for mark in stage.app.query_one(ChartPane)._marks)


@pytest.mark.parametrize("size", _SIZES)
async def test_the_cost_of_any_iteration_is_read_off_the_curve(size: tuple[int, int]) -> None:
    costs = figures_of_R("r_lecture")["cost_hist"]
    async with opened(size=size) as stage:
        await stage.press("c")
        await stage.focus("cost")
        # By columns, and by iterations from there.
        await stage.press("right", "right", "comma", "comma", "comma")
        pointed = stage.app.state.chart_cursor
        assert pointed
        assert f"J of iteration {pointed} is {rounded_text(costs[pointed - 1])}" in stage.pane("cost")
        assert _has_cursor(stage)
        await stage.press("full_stop")
        assert f"J of iteration {pointed + 1} is {rounded_text(costs[pointed])}" in stage.pane("cost")
        await stage.press("enter")
        assert stage.place == (pointed + 1, "Z⁽²⁾")
        await stage.press("end")
        assert f"J of iteration 10 000 is {rounded_text(costs[-1])}" in stage.pane("cost")
        await stage.press("right", "home", "left")
        assert f"J of iteration 1 is {rounded_text(costs[0])}" in stage.pane("cost")
        assert plain(recorded().state) == plain(stage.app.state)
        await stage.press("escape")
        assert not _has_cursor(stage)


async def test_the_chart_says_what_is_at_the_cursor_before_it_moves() -> None:
    cost = rounded_text(figures_of_R("r_lecture")["cost_hist"][36])
    async with opened() as stage:
        await stage.press("1")
        await stage.go_to("37")
        assert cost not in stage.pane("cost")
        await stage.focus("cost")
        assert f"J of iteration 37 is {cost}" in stage.pane("cost")
        await stage.press("escape")
        assert "Cost, J" in stage.pane("cost")
        assert cost not in stage.pane("cost")


async def test_a_click_on_the_chart_goes_to_the_iteration_there() -> None:
    async with opened() as stage:
        await stage.press("1")
        chart = stage.app.query_one("#cost")
        await stage.pilot.click(chart, offset=(chart.size.width - 2, 4))
        await stage.settle()
        assert stage.place.iteration > 9_500
        await stage.pilot.click(chart, offset=(1, 4))
        await stage.settle()
        assert stage.place.iteration == 1


async def test_a_class_sees_where_the_teacher_points(tmp_path: Path) -> None:
    path = taught(tmp_path, PaneChosen("cost"), ChartCursorMoved(37))
    async with on_stage(follow_app(path)) as stage:
        assert "J of iteration 37 is 0.006725" in stage.pane("cost")
        assert _has_cursor(stage)


@pytest.mark.parametrize("chart", ["1", "2", "3", "4"])
async def test_what_is_hidden_is_not_to_be_read_from_the_chart(chart: str) -> None:
    async with opened() as stage:
        await stage.go_to("300 J")
        await stage.press(chart)
        await stage.still()
        shown = stage.pane("cost")
        await stage.focus("cost")
        await stage.press("end")
        assert stage.app.state.chart_cursor == 10_000
        await stage.press("H")
        await stage.still()
        hidden = stage.pane("cost")
        assert "10 000:" not in hidden
        assert "of iteration 10 000" not in hidden
        # The axis has nothing of it either.
        assert hidden.splitlines()[2:-2] != shown.splitlines()[2:-2]
        await stage.press("end")
        assert stage.app.state.chart_cursor == 300


async def test_walking_by_columns_one_comes_back_to_the_iteration_of_the_lesson() -> None:
    async with opened() as stage:
        await stage.go_to("1000 J")
        await stage.focus("cost")
        await stage.press("right", "left")
        assert stage.app.state.chart_cursor == 1000
        assert "J of iteration 1 000 is 0.001215723" in stage.pane("cost")
