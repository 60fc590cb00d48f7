"""What the edge of a pane says of what stands in it, and that it gives nothing away."""

import shutil
from pathlib import Path

from tests.dashboard.stage import lesson_in, opened
from tests.unit.helpers import DATA

_FAR = """
[data]
x_names = ["a", "b"]
y_names = ["score"]
x = [[3, -5], [5, -1], [10, -2]]
y = [[0.75], [1.2], [0.93]]
x_scaling = "column max"
y_scaling = "none"
[training]
iterations = 20
"""


async def test_an_edit_that_scales_a_column_anew_is_told_until_the_next(tmp_path: Path) -> None:
    async with opened(lesson_in(tmp_path, "[training]\niterations = 5\n")) as stage:
        assert "rescaled" not in stage.pane("data")
        before = stage.pane("settings-line")
        await stage.focus("data")
        await stage.press("down", "down")
        await stage.type("20")
        await stage.press("enter", "escape")
        assert "x column 1 rescaled" in stage.pane("data").splitlines()[0]
        # Nothing has moved.
        assert stage.pane("settings-line") == before
        await stage.press("u")
        assert "rescaled" not in stage.text


async def test_what_scaling_does_and_no_output_reaches_stands_over_the_data_and_the_results(tmp_path: Path) -> None:
    async with opened(lesson_in(tmp_path, _FAR)) as stage:
        assert "x column 2: signs turned" in stage.pane("data").splitlines()[0]
        assert "y beyond 0 to 1" in stage.pane("results")
        await stage.resize(80, 24)
        await stage.focus("results")
        assert "y beyond 0 to 1" in stage.pane("results")


async def test_a_cost_that_rises_is_told_once_it_is_known(tmp_path: Path) -> None:
    async with opened("too-fast") as stage:
        await stage.go_to("6")
        assert "J rose" not in stage.text
        await stage.go_to("6 J")
        assert "J rose in 5 of 5 updates" in stage.pane("small-cost")
        assert "J rose in 5 of 5 updates" in stage.pane("step")
    question = '[[question]]\nask = "cell"\niteration = 6\nmatrix = "J"\n'
    path = tmp_path / "asked.toml"
    shutil.copy(Path(DATA.parent.parent / "sessions" / "too-fast.toml"), path)
    path.write_text(path.read_text(encoding="utf-8") + question, encoding="utf-8")
    async with opened(path) as stage:
        await stage.go_to("6 J")
        assert "J rose" not in stage.text


async def test_units_that_pass_nothing_on_are_told_when_they_have_answered() -> None:
    async with opened("too-fast") as stage:
        await stage.go_to("60 Z2")
        assert "saturated" not in stage.text
        await stage.go_to("60 A2")
        assert "units 1, 2 and 3 of layer 2 saturated" in stage.pane("step").splitlines()[0]


async def test_how_many_digits_are_sure_is_told_of_the_iteration_shown_and_not_before() -> None:
    async with opened(DATA / "parting.toml") as stage:
        await stage.go_to("90")
        await stage.still()
        assert "rounding" not in stage.text
        await stage.go_to("200")
        await stage.still()
        assert "rounding: no digit sure" in stage.pane("results").splitlines()[0]
        await stage.go_to("90")
        assert "rounding" not in stage.text
