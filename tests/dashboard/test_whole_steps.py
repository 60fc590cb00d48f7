"""A step is seen in one piece, without scrolling, on every screen that is usual."""

import pytest

from tests.dashboard.stage import opened


@pytest.mark.parametrize(("lesson", "count"), [("lecture", 10), ("homework-biases", 12), ("xor", 11)])
async def test_every_step_is_seen_in_one_piece(lesson: str, count: int) -> None:
    # The update of the third has four rows of four weights, and needs more lines than there are.
    for size in ((120, 40), (100, 30), (80, 24)):
        async with opened(lesson, size=size) as stage:
            for _ in range(count):
                pane = stage.app.screen.query_one("#step")
                assert pane.max_scroll_y == pane.max_scroll_x == 0, (size, stage.app.state.step.name)
                await stage.press("right")
