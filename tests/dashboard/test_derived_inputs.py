"""Derived inputs on the screen."""

from pathlib import Path

from tests.dashboard.stage import lesson_in, opened


async def test_a_derived_input_is_a_column_of_the_data_that_follows_the_others(tmp_path: Path) -> None:
    async with opened(lesson_in(tmp_path, '[data]\nderived = ["x1*x2"]\n')) as stage:
        await stage.focus("data")
        assert "x1*x2" in stage.text
        await stage.press("7", "enter", "up", "right", "right", "7", "enter")
        assert "x1*x2 is computed from the other columns, so it can't be edited." in " ".join(stage.text.split())
        assert stage.document.dataset.all_x[0].tolist() == [7.0, 5.0, 35.0]
        await stage.press("escape", "right", "8", "enter")
        assert stage.document.dataset.y[0, 0] == 8.0
        await stage.press("left", "D")
        assert not stage.document.dataset.derived
        await stage.press("u")
        assert stage.document.dataset.derived == ("x1*x2",)
