"""The pane of the gradient check, and its two charts: a weight at each ε, and the whole gradient."""

import re
from itertools import pairwise

import numpy as np
import pytest

from tests.dashboard.checking import guess, rungs, slope_at
from tests.dashboard.stage import Place, opened, recorded
from tests.unit.command_line import command
from tests.unit.helpers import DATA
from tui_nn.dashboard.apps.base import LessonApp
from tui_nn.dashboard.charts.plot import Plot
from tui_nn.dashboard.panes.chart import ChartPane
from tui_nn.dashboard.panes.check import neighbour
from tui_nn.network import EPSILONS, Mistake, loss_slice
from tui_nn.session.events import (
    HyperparameterSet,
    Selected,
)
from tui_nn.writing.notation.signs import ASCII

_SIZES = [(80, 24), (120, 40), (100, 30), (60, 20), (200, 60)]


async def test_the_check_shows_a_weight_at_each_epsilon_and_marks_the_best() -> None:
    async with opened() as stage:
        await stage.press("G")
        assert stage.app.focused
        assert stage.app.focused.id == "check"
        shown = stage.pane("check")
        assert "w = W⁽¹⁾[1,1] = 0.2655087" in shown
        assert "∂J/∂W⁽¹⁾[1,1] by backpropagation = −0.004246959" in shown
        lines = rungs(stage)
        assert len(lines) == len(EPSILONS)
        for line, epsilon in zip(lines, EPSILONS, strict=True):
            of_it = slope_at(stage, ("W1", 1, 1), epsilon)
            assert line[0] == f"{epsilon:.0e}"
            assert float(line[1]) == pytest.approx(of_it.above, rel=1e-5)
            assert float(line[2]) == pytest.approx(of_it.below, rel=1e-5)
            assert float(line[3].replace("−", "-")) == pytest.approx(of_it.numeric, rel=1e-5)
            assert line[4] == f"{of_it.relative_error:.1e}"
        errors = [slope_at(stage, ("W1", 1, 1), epsilon).relative_error for epsilon in EPSILONS]
        assert f"▶{EPSILONS[int(np.argmin(errors))]:.0e}" in shown
        assert "better, until rounding takes over at about 1e-04; then worse" in stage.words("check")
        assert "The slopes agree: " in shown
        assert "The gradients agree: all 9 slopes." in shown
        await stage.press("end")
        assert "measured, ε = 1e-05" in stage.pane("check")


async def test_every_pane_gives_the_verdict_of_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    printed = command(capsys, "check", "homework-biases", "--iteration", "10000", "--weight", "W1[1,1]").out
    async with opened("homework-biases", (120, 40)) as stage:
        await stage.go_to("10000 update")
        await stage.press("8", "G")
        stage.app.dispatch(Selected("dJdW1", 1, 1))
        await stage.still()
        told = stage.words("check")
        # The digits of the slope are rounding: they differ between processors.
        found = re.search(r"W⁽¹⁾\[1,1\]: the slope is too small to be measured here\. It is about −\d\.\de−1\d\.", told)
        assert found
        sentence = found[0]
        assert "The gradients are too small to be measured here." in stage.words("check")
        assert "No ε" not in stage.words("check")
        assert "Error, W⁽¹⁾[1,1] too small to measure" in stage.pane("cost")
        await stage.press("e", *["down"] * 8)
        assert sentence in stage.words("explain")
        assert sentence in printed
        # Of a mistake nothing can be told here either.
        await stage.press("M", "3", "end")
        assert "slopes differ" not in stage.words("check")
        assert "The same holds for the program with the mistake." in stage.words("check")


async def test_a_kink_of_relu_is_named_where_the_weight_is_checked() -> None:
    async with opened(DATA / "relu_xor_zero_bias.toml", (120, 40)) as stage:
        await stage.press("G")
        stage.app.dispatch(Selected("b1", 1, 3))
        await stage.still()
        assert "b⁽¹⁾[1,3]: z of hidden unit 3 is 0 in row 1. There relu has a kink" in stage.words("check")
        assert "The gradients agree: the 13 slopes of 17 that can be measured here." in stage.words("check")


async def test_the_arrows_choose_the_weight_and_it_is_the_same_everywhere() -> None:
    async with opened(size=(80, 24)) as stage:
        await stage.press("G", "right")
        assert recorded().entries[-1].event == Selected("W1", 1, 2)
        assert "w = W⁽¹⁾[1,2]" in stage.pane("check")
        await stage.press("down", "down", "down")
        assert "w = W⁽²⁾[2,1]" in stage.pane("check")
        await stage.press("e")
        assert "W⁽²⁾[2,1]" in stage.pane("explain")
        stage.app.dispatch(Selected("dJdW1", 2, 3))
        await stage.press("G")
        assert "w = W⁽¹⁾[2,3]" in stage.pane("check")


def test_from_weight_to_weight_one_comes_to_each_and_back() -> None:
    shapes = {"W1": (2, 3), "W2": (3, 1), "b1": (1, 3)}
    seen = [("W1", 1, 1)]
    while (after := neighbour(shapes, seen[-1], 0, 1)) != seen[-1]:
        seen.append(after)
    assert len(seen) == len(set(seen)) == 12
    for before, here in pairwise(seen):
        assert neighbour(shapes, here, 0, -1) == before
    assert neighbour(shapes, ("W1", 1, 1), -1, 0) == ("W1", 1, 1)
    assert neighbour(shapes, ("W1", 2, 3), 1, 0) == ("W2", 1, 1)
    assert neighbour(shapes, ("W2", 1, 1), -1, 0) == ("W1", 2, 1)


async def test_it_follows_as_one_walks_with_the_step_in_sight_where_there_is_room() -> None:
    async with opened() as stage:
        await stage.press("G")
        before = rungs(stage)
        await stage.press("full_stop")
        assert stage.place == Place(2, "Z⁽²⁾")
        assert rungs(stage) != before
        assert "Step 1 of 10: Z⁽²⁾" in stage.pane("step")
        await stage.press("n", "n")
        # The first weight of the step, where none was chosen.
        assert "w = W⁽²⁾[1,1]" in stage.pane("check")
        assert "Step 3 of 10: Z⁽³⁾" in stage.pane("step")
        await stage.press("escape")
        assert stage.pane("check") == ""
        assert stage.pane("forward")


@pytest.mark.parametrize("look", ["colours", "no colours", "ASCII"])
async def test_the_check_is_written_whole_at_any_size_and_in_any_look(
    look: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if look == "no colours":
        monkeypatch.setenv("NO_COLOR", "1")
    if look == "ASCII":
        monkeypatch.setattr(LessonApp, "notation", ASCII)
    async with opened("homework-biases", notices=False) as stage:
        await stage.press("M", "4")
        await guess(stage, Mistake.MEAN)
        await stage.still()
        for size in _SIZES:
            await stage.resize(*size)
            await stage.press("home")
            if look == "ASCII":
                assert stage.text.isascii()
            assert "Found: it is the mean in place of the sum." in stage.words("check"), size
            await stage.press("end")
            assert "mistaken" in stage.pane("check"), size
            for line in rungs(stage):
                assert len(line) in (6, 8), size


async def test_what_takes_its_time_is_measured_meanwhile() -> None:
    async with opened(trained=False) as stage:
        stage.app.dispatch(HyperparameterSet("hidden", (60, 60)))
        await stage.press("G")
        await stage.until(lambda: len(rungs(stage)) == len(EPSILONS))
        await stage.press("right")
        assert "w = W⁽¹⁾[1,2]" in stage.pane("check")
        await stage.press("full_stop", "comma", "8", "7", "M", "1")
        assert "A program with a mistake in it" in stage.pane("check")


@pytest.mark.parametrize("lesson", ["lecture", "xor"])
async def test_the_marks_of_the_seventh_chart_are_the_weight_and_its_next_value(lesson: str) -> None:
    async with opened(lesson) as stage:
        await stage.press("7")
        for place in ("1 J", "37 J", "4999 J"):
            await stage.go_to(place)
            await stage.still()
            view, pane = stage.app.view, stage.app.query_one(ChartPane)
            assert view
            assert view.iteration_numbers
            found = loss_slice(stage.document.dataset, view.iteration_numbers.computed, ("W2", 1, 1), 11)
            plot = pane._plot
            assert isinstance(plot, Plot)
            *there, here = pane._marks
            assert (here.column, here.line) == plot.cell_of(found.weight, found.cost)
            assert plot.cell_of(found.next_weight, found.next_cost) in {(mark.column, mark.line) for mark in there}
            assert len(plot.axes.x.labels) == len(set(plot.axes.x.labels)) > 1
            assert len(plot.axes.y.labels) == len(set(plot.axes.y.labels)) > 1


async def test_the_eighth_chart_is_the_table_as_a_curve() -> None:
    async with opened(size=(80, 24)) as stage:
        await stage.press("8")
        await stage.still()
        plot = stage.app.query_one(ChartPane)._plot
        assert isinstance(plot, Plot)
        assert (plot.axes.x.low, plot.axes.x.high) == (-12, -1)
        errors = [slope_at(stage, ("W1", 1, 1), epsilon).relative_error for epsilon in EPSILONS]
        assert plot.axes.y.low <= np.log10(min(errors))
        (best,) = stage.app.query_one(ChartPane)._marks
        assert best.column == plot.cell_of(np.log10(EPSILONS[int(np.argmin(errors))]), 0)[0]
        await stage.press("M", "1", "7")
        assert "J along W⁽¹⁾[1,1]" in stage.pane("cost")
