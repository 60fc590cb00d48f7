"""The pane of the gradient check: a weight at each ε, the whole gradient, and a mistake to be found."""

import re
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from tests.dashboard.stage import Place, Stage, follow_app, on_stage, opened, recorded, replay_app, taught
from tests.unit.helpers import DATA, command, plain
from tui_nn.dashboard.apps.base import LessonApp
from tui_nn.dashboard.charts.plot import Plot
from tui_nn.dashboard.panes.chart import ChartPane
from tui_nn.dashboard.panes.check import neighbour
from tui_nn.network import EPSILONS, Mistake, Slope, loss_slice, slope
from tui_nn.session.events import (
    HyperparameterSet,
    MistakeGuessed,
    MistakePlanted,
    Moved,
    PaneChosen,
    RowAdded,
    Selected,
)
from tui_nn.writing.notation.signs import ASCII, UNICODE
from tui_nn.writing.sentences.mistake_sentences import mistake_name

_SIZES = [(80, 24), (120, 40), (100, 30), (60, 20), (200, 60)]
_NAMES = [mistake_name(mistake, UNICODE) for mistake in Mistake]


def _slope(stage: Stage, place: tuple[str, int, int], epsilon: float = 1e-5) -> Slope:
    view = stage.app.view
    assert view
    assert view.iteration_numbers
    return slope(stage.document.dataset, view.iteration_numbers.computed, place, epsilon)


def _rungs(stage: Stage) -> list[list[str]]:
    """The lines of the table, as far as they are in sight, without the best one's pointer and the scrollbar."""
    lines = (re.sub("[▸>#▀-▟]", " ", line).split() for line in stage.pane("check").splitlines())
    return [line for line in lines if line and re.fullmatch(r"1e-\d\d", line[0])]


async def _plant(stage: Stage, mistake: Mistake) -> None:
    await stage.press("M", str(list(Mistake).index(mistake) + 1))


async def _guess(stage: Stage, mistake: Mistake) -> None:
    await stage.press("enter", str(list(Mistake).index(mistake) + 1))


async def test_the_check_shows_a_weight_at_each_epsilon_and_marks_the_best() -> None:
    async with opened() as stage:
        await stage.press("G")
        assert stage.app.focused
        assert stage.app.focused.id == "check"
        shown = stage.pane("check")
        assert "w = W⁽¹⁾[1,1] = 0.2655087" in shown
        assert "∂J/∂W⁽¹⁾[1,1] by backpropagation = −0.004246959" in shown
        rungs = _rungs(stage)
        assert len(rungs) == len(EPSILONS)
        for line, epsilon in zip(rungs, EPSILONS, strict=True):
            of_it = _slope(stage, ("W1", 1, 1), epsilon)
            assert line[0] == f"{epsilon:.0e}"
            assert float(line[1]) == pytest.approx(of_it.above, rel=1e-5)
            assert float(line[2]) == pytest.approx(of_it.below, rel=1e-5)
            assert float(line[3].replace("−", "-")) == pytest.approx(of_it.numeric, rel=1e-5)
            assert line[4] == f"{of_it.relative_error:.1e}"
        errors = [_slope(stage, ("W1", 1, 1), epsilon).relative_error for epsilon in EPSILONS]
        assert f"▸{EPSILONS[int(np.argmin(errors))]:.0e}" in shown
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
        sentence = "W⁽¹⁾[1,1]: the slope is too small to be measured here. It is about −8.2e−17."
        assert sentence in stage.words("check")
        assert "The gradients are too small to be measured here." in stage.words("check")
        assert "No ε" not in stage.words("check")
        assert "Error, W⁽¹⁾[1,1] too small to measure" in stage.pane("cost")
        await stage.press("e")
        assert sentence in stage.words("explain")
        assert sentence in printed
        # Of a mistake nothing can be told here either.
        await stage.press("M", "3")
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
        before = _rungs(stage)
        await stage.press("full_stop")
        assert stage.place == Place(2, "Z⁽²⁾")
        assert _rungs(stage) != before
        assert "▸Z⁽²⁾" in stage.pane("step")
        await stage.press("n", "n")
        # The first weight of the step, where none was chosen.
        assert "w = W⁽²⁾[1,1]" in stage.pane("check")
        assert "▸Z⁽³⁾" in stage.pane("step")
        await stage.press("escape")
        assert stage.pane("check") == ""
        assert stage.pane("forward")


@pytest.mark.parametrize(("mistake", "size"), zip(Mistake, [(80, 24), (120, 40)] * 2, strict=True))
async def test_a_mistake_is_caught_and_its_name_is_nowhere_until_it_is_found(
    mistake: Mistake, size: tuple[int, int]
) -> None:
    async with opened(size=size, notices=False) as stage:
        await stage.go_to("37 delta3")
        ordinary = [stage.pane(pane) for pane in ("step", "forward", "backward")]
        await _plant(stage, mistake)
        assert recorded().entries[-2].event == MistakePlanted(str(mistake))
        assert "A program with a mistake in it" in stage.words("check")
        assert stage.app.view
        assert not any(name in stage.text for name in (*_NAMES, str(mistake)))
        # The relative errors of the whole gradient, right and mistaken, at 1e-05.
        *_, right, _, mistaken = next(line for line in _rungs(stage) if line[0] == "1e-05")
        assert float(right) < 1e-6 < 1e-3 < float(mistaken)
        wrong = next(one for one in Mistake if one is not mistake)
        await _guess(stage, wrong)
        assert f"It is not {mistake_name(wrong, UNICODE)}." in stage.words("check")
        assert mistake_name(mistake, UNICODE) not in stage.text
        await _guess(stage, mistake)
        assert f"Found: it is {mistake_name(mistake, UNICODE)}." in stage.words("check")
        assert {" mistaken ", " right "} <= set(re.findall(r" mistaken | right ", stage.pane("check")))
        await stage.press("escape")
        assert [stage.pane(pane) for pane in ("step", "forward", "backward")] == ordinary
        assert plain(recorded().state) == plain(stage.app.state)


async def test_without_a_mistake_there_is_nothing_to_guess() -> None:
    async with opened() as stage:
        await stage.press("G", "enter")
        assert "No mistake is planted" in " ".join(stage.notices)
        await stage.press("M", "3", "enter", "3", "enter")
        assert "It is found already" in " ".join(stage.notices)
        await stage.press("M", "0")
        assert stage.app.state.planted_mistake == ""
        assert "mistake in it" not in stage.words("check")


async def test_what_is_said_of_a_guess_comes_in_sight() -> None:
    async with opened(size=(80, 24), notices=False) as stage:
        await stage.press("M", "2", "end")
        assert "w = W" not in stage.pane("check")
        assert "measured, ε = 1e-05" in stage.pane("check")
        await _guess(stage, Mistake.MINUS)
        assert "It is not a lost minus." in stage.pane("check")
        await stage.press("end", "home")
        assert "w = W⁽¹⁾[1,1]" in stage.pane("check")


async def test_a_surprise_is_one_that_can_be_seen() -> None:
    async with opened() as stage:
        for _ in range(8):
            await stage.press("M", "s")
            assert stage.app.state.planted_mistake in tuple(Mistake)


async def test_what_this_network_can_t_have_is_not_on_offer_and_that_is_said() -> None:
    async with opened() as stage:
        stage.app.dispatch(MistakePlanted("missing transpose"), RowAdded(4, (1.0, 1.0), (50.0,)))
        await stage.press("G")
        assert "can't be made in this network any more" in stage.words("check")
        await stage.press("M")
        assert "Not in this network: a missing transpose (without a transpose no shapes fit)" in stage.dialog
        await stage.press("2")
        assert len(stage.app.screen_stack) == 2


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
        await _guess(stage, Mistake.MEAN)
        await stage.still()
        for size in _SIZES:
            await stage.resize(*size)
            await stage.press("home")
            if look == "ASCII":
                assert stage.text.isascii()
            assert "Found: it is the mean in place of the sum." in stage.words("check"), size
            await stage.press("end")
            assert "mistaken" in stage.pane("check"), size
            for line in _rungs(stage):
                assert len(line) in (6, 8), size


async def test_a_class_that_follows_sees_the_check_and_may_guess_for_itself(tmp_path: Path) -> None:
    path = taught(tmp_path, Moved(37, "J"), PaneChosen("check"), MistakePlanted("lost minus"), Selected("W2", 2, 1))
    before = path.read_bytes()
    async with on_stage(follow_app(path)) as stage:
        assert "w = W⁽²⁾[2,1]" in stage.pane("check")
        assert "A program with a mistake in it" in stage.pane("check")
        await stage.press("G")
        await _guess(stage, Mistake.MINUS)
        assert "Found: it is a lost minus." in stage.pane("check")
        await stage.press("escape")
        assert "Which mistake is it?" in stage.pane("check")
        assert path.read_bytes() == before


async def test_a_replay_shows_how_it_was_found(tmp_path: Path) -> None:
    guesses = MistakeGuessed("mean for sum"), MistakeGuessed("lost minus")
    happened = PaneChosen("check"), MistakePlanted("lost minus"), *guesses
    async with on_stage(replay_app(taught(tmp_path, *happened))) as stage:
        for what, says in (
            ("looked at", "∂J/∂W⁽¹⁾[1,1] by backpropagation"),
            ("mistake planted", "Which mistake is it?"),
            ("mistake guessed", "It is not the mean in place of the sum."),
            ("mistake guessed", "Found: it is a lost minus."),
        ):
            await stage.press("right")
            assert what in stage.terminal.lines[1]
            assert says in stage.words("check")
        await stage.press("left", "left")
        assert "Found" not in stage.words("check")


async def test_what_takes_its_time_is_measured_meanwhile() -> None:
    async with opened(trained=False) as stage:
        stage.app.dispatch(HyperparameterSet("hidden", (60, 60)))
        await stage.press("G")
        await stage.until(lambda: len(_rungs(stage)) == len(EPSILONS))
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
            there, here = pane._marks
            assert (here.column, here.line) == plot.cell_of(found.weight, found.cost)
            assert (there.column, there.line) == plot.cell_of(found.next_weight, found.next_cost)
            assert here.column != there.column
            assert len(plot.axes.x.labels) == len(set(plot.axes.x.labels)) > 1
            assert len(plot.axes.y.labels) == len(set(plot.axes.y.labels)) > 1


async def test_the_eighth_chart_is_the_table_as_a_curve() -> None:
    async with opened(size=(80, 24)) as stage:
        await stage.press("8")
        await stage.still()
        plot = stage.app.query_one(ChartPane)._plot
        assert isinstance(plot, Plot)
        assert (plot.axes.x.low, plot.axes.x.high) == (-12, -1)
        errors = [_slope(stage, ("W1", 1, 1), epsilon).relative_error for epsilon in EPSILONS]
        assert plot.axes.y.low <= np.log10(min(errors))
        (best,) = stage.app.query_one(ChartPane)._marks
        assert best.column == plot.cell_of(np.log10(EPSILONS[int(np.argmin(errors))]), 0)[0]
        await stage.press("M", "1", "7")
        assert "J along W⁽¹⁾[1,1]" in stage.pane("cost")
