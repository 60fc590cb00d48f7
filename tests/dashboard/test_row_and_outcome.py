"""One row of the data is chosen everywhere; an edit says what it did to the end of the run."""

from tests.dashboard.stage import opened, recorded
from tui_nn.session.display_choices import AHEAD_HIDDEN
from tui_nn.session.events import AheadChosen, RowChosen


async def test_a_row_chosen_in_the_results_is_chosen_everywhere() -> None:
    async with opened() as stage:
        await stage.focus("results")
        await stage.press("down")
        assert recorded().entries[-1].event == RowChosen(2)
        assert "›  82" in stage.pane("results")
        assert "›2  5" in stage.pane("data")
        assert "‹ row 2 ›" in stage.pane("network")
        await stage.focus("data")
        await stage.press("down", "down")
        assert "›  93" in stage.pane("results")


async def test_an_edit_and_its_undo_say_what_they_did_to_the_end_of_the_run_in_one_notice() -> None:
    async with opened() as stage:
        await stage.focus("data")
        await stage.press("d")
        await stage.until(lambda: "J in iteration 10 000: " in stage.notices[-1])
        assert len(stage.notices) == 1
        assert stage.notices[0].startswith("Deleted; u brings it back. J in iteration 10 000: ")
        assert stage.notices[0].endswith("; it was 7.1e-09.")
        await stage.press("u")
        await stage.until(lambda: "J in iteration 10 000: 7.1e-09; it was " in stage.notices[-1])
        assert stage.notices[-1].startswith("Undone: ")


async def test_what_lies_ahead_and_is_hidden_is_not_said() -> None:
    async with opened() as stage:
        stage.app.dispatch(AheadChosen(AHEAD_HIDDEN))
        await stage.focus("data")
        await stage.press("d")
        await stage.still()
        assert not [notice for notice in stage.notices if "J in iteration" in notice]
