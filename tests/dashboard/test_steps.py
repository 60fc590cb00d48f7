"""What each step shows: all that is reached in the iteration, dots for what is not, and a mark at what it computes."""

import re

import pytest

from tests.dashboard.stage import Stage, opened
from tui_nn.dashboard.widgets.canvas import Canvas
from tui_nn.network import Network, Pass, Step, equations, steps
from tui_nn.session.events import HyperparameterSet
from tui_nn.writing.notation.number_format import matrix_format
from tui_nn.writing.notation.signs import UNICODE

_ROOMY = (300, 60)
_LESSONS = ["lecture", "homework-biases", "two-hidden-layers"]


def _pass_of(stage: Stage, iteration: int) -> Pass:
    """The iteration as the document has it, without the dashboard."""
    run = stage.document.trajectory()
    run.extend(iteration)
    return run.pass_at(iteration)


def _written(computed: Pass, name: str) -> set[str]:
    matrix = computed[name]
    cells = matrix_format(matrix)
    return {cells(float(value)).strip() for value in matrix.ravel()}


def _matrices(network: Network) -> dict[str, Step]:
    """The step that computes each matrix of the forward and the backward board."""
    return {e.name: e.step for e in equations(network) if e.name != "J" and "_next" not in e.name}


def _figures_on(stage: Stage) -> set[str]:
    shown = "\n".join(stage.pane(pane) for pane in ("forward", "backward", "step"))
    return set(re.findall(r"−?\d+\.\d+(?:e[+−]\d+)?", shown))


@pytest.mark.parametrize("lesson", _LESSONS)
async def test_what_is_reached_is_shown_and_nothing_of_what_is_not(lesson: str) -> None:
    async with opened(lesson, _ROOMY) as stage:
        await stage.go_to("37 Z2")
        network = stage.document.network
        computed = _pass_of(stage, 37)
        reached = set().union(*(_written(computed, name) for name in network.shapes))
        # Where all matrices of the pass are on one line, there may be no room for the data.
        known = _written(computed, "X") | _written(computed, "Y")
        ahead = _matrices(network)
        for step in steps(network):
            for name in [name for name, computes in ahead.items() if computes == step]:
                reached |= _written(computed, name)
                del ahead[name]
            shown = _figures_on(stage)
            assert reached <= shown, step.name
            assert not shown & set().union(*(_written(computed, name) - reached - known for name in ahead)), step.name
            await stage.press("right")


async def test_a_dot_stands_for_each_cell_not_reached() -> None:
    async with opened(size=_ROOMY) as stage:
        network = stage.document.network
        computed = _pass_of(stage, 1)
        await stage.press("end")
        signs = (stage.pane("forward") + stage.pane("backward")).count("·")
        await stage.press("home")
        for number, step in enumerate(steps(network), start=1):
            ahead = [name for name, at in _matrices(network).items() if steps(network).index(at) >= number]
            cells = sum(computed[name].size for name in ahead)
            assert (stage.pane("forward") + stage.pane("backward")).count("·") == signs + cells, step.name
            await stage.press("right")


@pytest.mark.parametrize("lesson", _LESSONS)
async def test_the_matrix_of_the_step_is_marked_in_the_passes_and_filled_in_the_step(lesson: str) -> None:
    async with opened(lesson, _ROOMY) as stage:
        network = stage.document.network
        names = UNICODE.for_network(network)
        for step in steps(network):
            computed = {names.name(e.name) for e in equations(network) if e.step == step}
            marked = set(re.findall(r"▶([^\s=]+)", stage.pane("forward") + stage.pane("backward")))
            assert marked == (set() if step.name in ("J", "update") else computed), step.name
            for pane in ("step", "forward", "backward", "network"):
                drawn = stage.app.screen.query_one(f"#{pane}", Canvas)._drawn_lines
                is_filled = any(style == "current" for line in drawn for _, style in line)
                assert is_filled == (pane == "step"), (pane, step.name)
            await stage.press("right")


@pytest.mark.parametrize("lesson", _LESSONS)
async def test_the_formula_of_each_step_stands_above_its_shapes(lesson: str) -> None:
    async with opened(lesson, _ROOMY) as stage:
        network = stage.document.network
        names = UNICODE.for_network(network)
        for step in steps(network):
            words = stage.words("step")
            for equation in equations(network):
                if equation.step == step:
                    # Where the formula needs two lines, the right side begins with its equals sign.
                    for side in names.formula(equation).replace(" ", "").replace("=", "|=", 1).split("|"):
                        assert side in words.replace(" ", ""), step.name
            assert re.search(r"\d+×\d+", words), step.name
            await stage.press("right")


async def test_the_results_are_those_of_the_iteration_s_predictions_and_then_of_its_update() -> None:
    async with opened() as stage:
        before, after = (_pass_of(stage, iteration)["Y_hat"][:, 0] * 100 for iteration in (37, 38))
        written = [
            [f"{cell:.5f}".replace("-", "−") for cell in (Y_hat, y - Y_hat, updated)]
            for y, Y_hat, updated in zip((75, 82, 93), before, after, strict=True)
        ]
        for step, known in (("Z3", 0), ("Y_hat", 2), ("dJdW1", 2), ("update", 3)):
            await stage.go_to(f"37 {step}")
            shown = stage.results[-3:]
            assert [row[0] for row in shown] == ["75", "82", "93"]
            assert [row[1:] for row in shown] == [[*row[:known], *["·"] * (3 - known)] for row in written], step


async def test_the_cost_is_not_shown_before_its_step() -> None:
    async with opened() as stage:
        await stage.go_to("37 Y_hat")
        assert "J not yet" in stage.header
        assert "0.006725" not in stage.text
        await stage.press("right")
        assert "J = 0.006725" in stage.header


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_the_steps_of_the_penalty_say_how_many_weights_are_nearly_0(size: tuple[int, int]) -> None:
    async with opened("ridge", size=size) as stage:
        await stage.go_to("1 J")
        assert "None of the 9 weights is nearly 0: |w| ≤ 0.001." in stage.pane("step")
        stage.app.dispatch(HyperparameterSet("l1", 0.2), HyperparameterSet("l2", 0.0))
        await stage.go_to("1 J")
        assert "9 of the 9 weights are nearly 0: |w| ≤ 2 η λ₁ = 2." in stage.pane("step")
        await stage.go_to("1 Y_hat")
        assert "nearly 0" not in stage.pane("step")


async def test_a_sentence_below_the_matrices_goes_on_in_the_next_line_where_it_is_too_long() -> None:
    async with opened(size=(60, 40)) as stage:
        stage.app.dispatch(HyperparameterSet("l1", 0.000234))
        await stage.go_to("1 J")
        assert "None of the 9 weights is nearly 0: |w| ≤ 2 η λ₁ = 0.00234." in stage.words("step")
