"""Runs beside each other: kept, shown in turn, drawn over each other, and compared cell by cell."""

import re
from pathlib import Path
from string import ascii_uppercase

import pytest

from tests.dashboard.descent import descent, shows_at, with_rate
from tests.dashboard.stage import Stage, opened, recorded, taught
from tests.unit.helpers import plain
from tui_nn.session.events import Branched, CostReached, Moved, RunChosen, RunCompared
from tui_nn.writing.notation.number_format import matrix_format, rounded_text


async def _branch_with_rate(stage: Stage, place: str = "12 J", rate: str = "0.5") -> None:
    """Run B leaves the one shown there, with another rate."""
    await stage.go_to(place)
    await stage.press("b", "enter")
    await stage.choose_setting("learning_rate")
    await stage.type(rate)
    await stage.press("enter", "escape")
    await stage.still()


async def test_another_run_leaves_the_one_shown_which_is_kept() -> None:
    async with opened() as stage:
        begun = stage.document
        await stage.go_to("12 J")
        await stage.press("b")
        assert "Run A is kept. Name of the new run, which goes on from iteration 12:" in stage.dialog
        assert " B " in stage.dialog
        await stage.press("enter")
        assert "Run B: edits take effect from here on; v shows the other run." in stage.latest_notice
        happened = [entry.event for entry in recorded().entries if not isinstance(entry.event, (Moved, CostReached))]
        assert happened == [Branched("B")]
        await stage.choose_setting("learning_rate")
        await stage.type("0.5")
        await stage.press("enter", "escape")
        own, kept = descent(begun, {12: with_rate(0.5)}), descent(begun, {})
        await shows_at(stage, own, 11, 12, 13, 60)
        await stage.press("v")
        await shows_at(stage, kept, 60, 13)
        await stage.press("v")
        await shows_at(stage, own, 13)
        assert plain(recorded().state) == plain(stage.app.state)


async def test_showing_the_next_run_goes_through_all_and_stays_at_the_step() -> None:
    async with opened() as stage:
        for name in ("", "slow", ""):
            await stage.press("down", "b")
            if name:
                await stage.press("ctrl+u")
                await stage.type(name)
            await stage.press("enter")
        assert stage.app.state.branches.names == ("A", "B", "slow", "C")
        seen = []
        for _ in range(4):
            await stage.press("v")
            seen.append(stage.app.state.branches.current.name)
            assert stage.place == (4, "Z⁽²⁾")
        assert seen == ["A", "B", "slow", "C"]
        assert recorded().entries[-1].event == RunChosen("C")


async def test_each_of_the_other_runs_can_be_the_one_compared_with() -> None:
    async with opened() as stage:
        await stage.press("V")
        assert "There is one run only" in stage.latest_notice
        await _branch_with_rate(stage)
        await _branch_with_rate(stage, rate="50")
        labels = {"A": "rate 5", "B": "rate 0.5"}
        differences = [name for name in "AB" if f"rate 50 − {labels[name]}" in stage.pane("compare")]
        for _ in range(2):
            await stage.press("V")
            differences += [name for name in "AB" if f"rate 50 − {labels[name]}" in stage.pane("compare")]
        assert differences == ["B", "A", "B"]
        assert recorded().entries[-1].event == RunCompared("B")
        assert plain(recorded().state) == plain(stage.app.state)


async def test_back_to_where_a_run_left_the_other() -> None:
    async with opened() as stage:
        await _branch_with_rate(stage)
        await stage.go_to("900 delta3")
        await stage.press("f")
        assert stage.place == (12, "δ⁽³⁾")
        await stage.press("v", "f")
        assert stage.place == (12, "δ⁽³⁾")
        assert "This run left no other; v shows the next run." in stage.latest_notice


async def test_with_one_run_only_the_keys_say_how_to_get_another() -> None:
    async with opened() as stage:
        before = stage.app.state
        await stage.press("v")
        assert "There is one run only; b begins another beside it." in stage.latest_notice
        assert stage.app.state is before


async def test_a_name_that_a_run_can_t_have_is_refused_in_the_dialog() -> None:
    async with opened(size=(80, 24), trained=False) as stage:
        for name in ("A", " A ", "x" * 61, ""):
            await stage.press("b", "ctrl+u")
            await stage.paste(name)
            await stage.press("enter")
            assert "The name must " in stage.dialog, name
            await stage.press("escape")
            assert stage.app.state.branches.names == ("A",)


async def test_the_chart_shows_both_curves_with_their_names() -> None:
    async with opened() as stage:
        await stage.press("1")
        await stage.still()
        alone = stage.pane("cost")
        await _branch_with_rate(stage, rate="0.001")
        assert "run B beside A" in stage.pane("cost").splitlines()[0]
        drawn = stage.pane("cost")
        assert drawn.count("rate 5") == drawn.count("rate 0.001") == 1
        assert _braille(drawn) > _braille(alone)
        await stage.press("v")
        assert "run A beside B" in stage.pane("cost").splitlines()[0]
        assert stage.pane("cost").count("rate 0.001") == 1


def _braille(text: str) -> int:
    return len(re.findall("[⠁-⣿]", text))


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_the_comparison_is_the_difference_of_the_two_passes(size: tuple[int, int]) -> None:
    async with opened(size=size) as stage:
        kept, own = descent(stage.document, {}), descent(stage.document, {12: with_rate(0.5)})
        await _branch_with_rate(stage)
        for iteration in (12, 13, 37):
            await stage.go_to(f"{iteration} J")
            await stage.still()
            if size == (80, 24):
                await stage.focus("compare")
            assert "Compare: rate 0.5 − rate 5" in stage.pane("compare")
            costs = [rounded_text(run[iteration].cost, 4) for run in (kept, own)]
            says = f"{costs[0]} (rate 5), {costs[1]} (rate 0.5); rate 0.5 left rate 5 at iteration 12"
            assert f"J in iteration {iteration}: {says}" in stage.words("compare")
            for matrix, other in ((own[iteration].W1, kept[iteration].W1), (own[iteration].W2, kept[iteration].W2)):
                difference = matrix - other
                cells = matrix_format(difference, least_width=6)
                for row in difference.tolist():
                    assert " ".join(cells(value) for value in row) in stage.pane("compare"), iteration


async def test_the_cell_selected_is_compared_in_both_runs() -> None:
    async with opened() as stage:
        kept, own = descent(stage.document, {}), descent(stage.document, {12: with_rate(0.5)})
        await _branch_with_rate(stage)
        await stage.go_to("37 Z2")
        await stage.focus("forward")
        await stage.press("left", "left")
        selected = stage.app.state.selected("matrices")
        assert selected
        assert selected.matrix == "W1"
        here, there = (seen[37].W1[selected.row - 1, selected.column - 1] for seen in (own, kept))
        written = [rounded_text(float(number)).replace("-", "−") for number in (here, there, here - there)]
        name = f"W⁽¹⁾[{selected.row},{selected.column}]"
        assert f"{name}: {written[0]} − {written[1]} = {written[2]}" in stage.words("compare")
        await stage.resize(120, 60)
        line = f"{written[0]} (rate 0.5), {written[1]} (rate 5), difference {written[2]}"
        assert f"{name}: {line}" in stage.words("compare")


async def test_runs_of_another_shape_or_length_are_compared_as_far_as_that_goes() -> None:
    async with opened() as stage:
        await stage.press("b", "enter")
        await stage.focus("settings")
        await stage.press("enter", "backspace", "2", "enter")
        await stage.choose_setting("iterations")
        await stage.type("500")
        await stage.press("enter", "escape")
        await stage.still()
        assert "W⁽¹⁾ differs in shape W⁽²⁾ differs in shape" in stage.words("compare")
        await stage.press("v")
        await stage.go_to("501 J")
        await stage.still()
        assert "not yet (hidden 2, iterations 500)" in stage.words("compare")


async def test_taking_the_other_run_back_leaves_one() -> None:
    async with opened() as stage:
        await stage.go_to("12 J")
        before = stage.text
        await stage.press("b", "enter")
        await stage.dismiss_notices()
        await stage.still()
        assert stage.text != before
        await stage.press("u")
        await stage.still()
        assert len(stage.app.state.branches.all) == 1
        await stage.dismiss_notices()
        assert stage.text == before
        await stage.press("U")
        assert stage.app.state.branches.names == ("A", "B")


async def test_where_panes_are_tabs_the_comparison_has_one_only_while_there_are_runs() -> None:
    async with opened(size=(80, 24)) as stage:
        await stage.press("shift+tab")
        assert "Compare" not in stage.pane("tabs")
        await stage.press("escape", "b", "enter")
        await stage.focus("compare")
        assert stage.tab == "Compare"
        assert "J in iteration 1: " in stage.pane("compare")
        await stage.press("u")
        assert stage.tab == "Step"
        assert "→ step" in stage.key_line
        await stage.press("right")
        assert stage.place == (1, "A⁽²⁾")
        assert plain(recorded().state) == plain(stage.app.state)


async def test_no_more_runs_than_there_are_letters(tmp_path: Path) -> None:
    path = taught(tmp_path, *(Branched(letter) for letter in ascii_uppercase[1:]))
    async with opened(path) as stage:
        assert len(stage.app.state.branches.names) == 26
        before = stage.app.state.branches
        await stage.press("b")
        await stage.type("another")
        await stage.press("enter")
        assert stage.app.state.branches is before
        assert "at most 26 runs" in stage.latest_notice


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_which_of_the_runs_is_shown_stands_at_the_top(size: tuple[int, int]) -> None:
    async with opened(size=size) as stage:
        assert "run" not in stage.header
        await stage.press("b", "enter")
        assert " run B, iteration 1 of 10 000 " in stage.header
        await stage.press("v")
        assert " run A, iteration 1 of 10 000 " in stage.header
        await stage.press("b", "ctrl+u")
        await stage.paste("x" * 60)
        await stage.press("enter")
        # A long name gives way before the place does.
        assert "iteration 1" in stage.header
