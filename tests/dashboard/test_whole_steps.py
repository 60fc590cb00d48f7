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


async def test_data_that_are_not_scaled_and_results_below_1_are_seen_in_one_piece() -> None:
    async with opened("homework-gradients", size=(120, 40)) as stage:
        for name in ("step", "data", "results"):
            pane = stage.app.screen.query_one(f"#{name}")
            assert pane.max_scroll_y == pane.max_scroll_x == 0, name
        assert "growth" in stage.pane("data")


async def test_an_explanation_and_its_matrices_are_seen_in_one_piece() -> None:
    for size in ((200, 60), (120, 40), (100, 30), (80, 24)):
        async with opened("lecture", size=size) as stage:
            await stage.ask_for("37 delta2[1,1]")
            for name in ("explain", "step"):
                pane = stage.app.screen.query_one(f"#{name}")
                assert pane.max_scroll_y == pane.max_scroll_x == 0, (size, name)


@pytest.mark.parametrize("lesson", ["lecture", "homework-biases", "xor", "two-hidden-layers"])
async def test_both_passes_are_seen_in_one_piece_where_there_is_room(lesson: str) -> None:
    async with opened(lesson, size=(200, 60)) as stage:
        for name in ("forward", "backward"):
            assert stage.app.screen.query_one(f"#{name}").max_scroll_y == 0, name


async def test_the_gradients_stand_at_the_edges_of_a_narrow_network() -> None:
    async with opened("lecture", size=(100, 30)) as stage:
        for step, numbers in (
            ("dJdW2", ("−0.00083", "0.00012", "0.00069")),
            ("dJdW1", ("−0.0018", "0.0021", "−0.001", "0.0011", "−0.00098", "0.00087")),
        ):
            await stage.go_to(f"37 {step}")
            for number in numbers:
                assert number in stage.words("network"), step
