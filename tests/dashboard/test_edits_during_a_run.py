"""Edits that take effect from the iteration shown on: what was before stays, what comes after is another run."""

import re
from pathlib import Path

import pytest

from tests.dashboard.descent import Now, descent, shows_at, with_rate, with_W1, with_x
from tests.dashboard.stage import Stage, lesson_in, opened, recorded, taught
from tests.unit.helpers import plain
from tui_nn.dashboard.view_model.worker import BackgroundWorker
from tui_nn.session.events import HyperparameterSet, Moved, RowAdded, Selected
from tui_nn.session.storage import document_toml

_SIZES = [(120, 40), (80, 24)]


@pytest.fixture
def short(tmp_path: Path) -> Path:
    """The lecture's lesson, as far as these tests look."""
    return lesson_in(tmp_path, "[training]\niterations = 100\n")


async def _from_here(stage: Stage, place: str) -> None:
    await stage.press("h")
    assert "Edits now take effect from the iteration shown on." in stage.latest_notice
    await stage.go_to(place)


async def _set_rate(stage: Stage, rate: str) -> None:
    await stage.choose_setting("learning_rate")
    await stage.type(rate)
    await stage.press("enter", "up", "escape")


async def _set_x(stage: Stage, value: str) -> None:
    await stage.focus("data")
    await stage.type(value)
    await stage.press("enter", "up", "escape")


async def _type_on_W1(stage: Stage, text: str) -> None:
    """Types on W1's first cell, which asks for its value."""
    await stage.focus("forward")
    while not (selected := stage.app.state.selected("matrices")) or selected.matrix != "W1":
        await stage.press("right")
    await stage.type(text)


async def _set_W1(stage: Stage, value: str) -> None:
    await _type_on_W1(stage, value)
    await stage.press("enter", "escape")


async def test_another_rate_leaves_what_was_before_and_changes_what_comes_after(short: Path) -> None:
    async with opened(short) as stage:
        changed = descent(stage.document, {20: with_rate(0.5)})
        await _from_here(stage, "20 J")
        await _set_rate(stage, "0.5")
        await shows_at(stage, changed, 5, 19, 20, 21, 60)


async def test_another_number_of_the_data_holds_from_its_iteration_on(short: Path) -> None:
    async with opened(short) as stage:
        changed = descent(stage.document, {20: with_x(1, 1, 7.0)})
        await _from_here(stage, "20 J")
        await _set_x(stage, "7")
        await shows_at(stage, changed, 1, 19, 20, 21, 60)
        for iteration, number in (("19", " 3 0.3000"), ("20", " 7 0.7000"), ("1", " 3 0.3000")):
            await stage.go_to(iteration)
            assert number in stage.pane("data"), iteration


@pytest.mark.parametrize("size", _SIZES)
async def test_a_weight_is_set_before_the_forward_pass_of_its_iteration(size: tuple[int, int], short: Path) -> None:
    async with opened(short, size) as stage:
        changed = descent(stage.document, {20: with_W1(1, 1, 0.25)})
        await _from_here(stage, "20 J")
        await _type_on_W1(stage, "10.25")
        assert stage.app.screen.query_one("Input").value == "10.25"  # type: ignore[attr-defined]
        await stage.press("ctrl+a", "delete")
        # What stands there, with all its digits.
        asked = re.search(r"W⁽¹⁾\[1,1\] is (\S+) in iteration 20\.", stage.dialog)
        assert asked, stage.dialog
        before = float(descent(stage.document, {})[20].W1[0, 0])
        assert float(asked[1]) == pytest.approx(before, abs=1e-12)
        await stage.press("enter", "escape")
        if size == (120, 40):
            await shows_at(stage, changed, 5, 19, 20, 21, 60)
        await stage.go_to("20 Z2")
        await stage.still()
        assert "0.2500" in stage.pane("step")


async def test_changes_at_several_iterations_all_hold_each_from_its_own_on(short: Path) -> None:
    async with opened(short) as stage:
        changes = {10: with_rate(1.0), 20: with_x(1, 1, 7.0), 30: with_W1(1, 1, 0.25)}
        changed = descent(stage.document, changes)
        await _from_here(stage, "10 J")
        await _set_rate(stage, "1")
        await stage.go_to("20 J")
        await _set_x(stage, "7")
        await stage.go_to("30 J")
        await _set_W1(stage, "0.25")
        await shows_at(stage, changed, 9, 11, 20, 21, 29, 30, 31)
        assert plain(recorded().state) == plain(stage.app.state)


async def test_what_was_changed_later_no_longer_happens_and_the_screen_says_so(short: Path) -> None:
    async with opened(short) as stage:
        await _from_here(stage, "30 J")
        await _set_x(stage, "7")
        assert not [notice for notice in stage.notices if "Later edits" in notice]
        await stage.go_to("15 J")
        # As it is in force there: the 7 comes later.
        assert stage.document.dataset.x[0, 0] == 3
        begun = stage.document
        await _set_rate(stage, "1")
        assert "Later edits of this run are gone; Esc, then u, brings them back." in " ".join(stage.notices)
        await shows_at(stage, descent(begun, {15: with_rate(1.0)}), 14, 16, 29, 30, 60)
        await stage.press("u")
        await shows_at(stage, descent(begun, {30: with_x(1, 1, 7.0)}), 14, 16, 30, 60)


async def test_two_changes_at_one_iteration_are_both_there(short: Path) -> None:
    def change(now: Now) -> None:
        with_rate(0.5)(now)
        with_W1(1, 1, 0.25)(now)

    async with opened(short) as stage:
        changed = descent(stage.document, {20: change})
        await _from_here(stage, "20 J")
        await _set_rate(stage, "0.5")
        await _set_W1(stage, "0.25")
        assert not [notice for notice in stage.notices if "Later edits" in notice]
        await shows_at(stage, changed, 19, 20, 21, 60)


async def test_another_network_starts_the_run_again_wherever_edits_take_effect(short: Path) -> None:
    async with opened(short) as stage:
        await _from_here(stage, "20 J")
        await stage.focus("settings")
        await stage.press("enter", "backspace", "2", "enter", "escape")
        await stage.still()
        assert stage.document.hidden == (2,)
        assert stage.app.state.plan.changes == ()
        fresh = descent(stage.document, {})
        assert stage.place.iteration == 20
        await shows_at(stage, fresh, 1, 19, 20, 21)


async def test_from_the_first_iteration_on_is_from_the_start(short: Path) -> None:
    async with opened(short) as stage:
        begun = stage.document
        await _from_here(stage, "1 J")
        await _type_on_W1(stage, "5")
        assert "With another value the run begins again" in stage.dialog
        await stage.press("escape", "escape")
        await _set_rate(stage, "0.5")
        await shows_at(stage, descent(begun, {1: with_rate(0.5)}), 1, 2, 60)
        assert document_toml.dump(stage.app.state.plan.document) == stage.dump
        assert stage.dump != document_toml.dump(begun)


async def test_the_key_that_chooses_it_chooses_it_back(short: Path) -> None:
    async with opened(short) as stage:
        begun = stage.document
        await _from_here(stage, "20 J")
        await stage.press("h")
        assert "Edits now start the run again from iteration 1." in stage.latest_notice
        await _set_rate(stage, "0.5")
        await shows_at(stage, descent(begun, {1: with_rate(0.5)}), 2, 19, 20, 60)


async def test_a_run_is_never_shown_stale(short: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with opened(short) as stage:
        begun, extend = stage.document, BackgroundWorker.extend
        await _from_here(stage, "20 J")
        # As if the machine were busy with something else.
        monkeypatch.setattr(BackgroundWorker, "extend", lambda *_: None)
        await _set_x(stage, "7")
        for iteration in (20, 21, 60):
            await stage.go_to(f"{iteration} J")
            assert f"Iteration {iteration} is being computed; 19 are done." in stage.words("step")
            assert "J not yet" in stage.header
            assert [line.strip("› ").split()[1:] for line in stage.pane("results").splitlines()[-3:]] == [["·"] * 3] * 3
            assert "19 computed" in stage.header
        await shows_at(stage, descent(begun, {}), 19, 1)
        monkeypatch.setattr(BackgroundWorker, "extend", extend)
        await stage.go_to("20 J")
        await _set_x(stage, "8")
        await shows_at(stage, descent(begun, {20: with_x(1, 1, 8.0)}), 19, 20, 21, 60)


async def test_a_weight_that_is_not_computed_yet_can_be_set_where_it_will_be(
    short: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(short) as stage:
        begun, extend = stage.document, BackgroundWorker.extend
        await _from_here(stage, "20 J")
        monkeypatch.setattr(BackgroundWorker, "extend", lambda *_: None)
        await _set_x(stage, "7")
        await stage.go_to("30 J")
        monkeypatch.setattr(BackgroundWorker, "extend", extend)
        await _type_on_W1(stage, "0.25")
        assert "W⁽¹⁾[1,1] is not computed yet in iteration 30." in stage.dialog
        await stage.press("enter", "escape")
        await shows_at(stage, descent(begun, {20: with_x(1, 1, 7.0), 30: with_W1(1, 1, 0.25)}), 19, 20, 29, 30, 60)


async def test_a_weight_that_can_t_be_is_refused_in_the_dialog(short: Path) -> None:
    async with opened(short) as stage:
        before = stage.document
        await _from_here(stage, "20 J")
        await _type_on_W1(stage, "5")
        for text, said in (("x", "a number, such as"), ("1e999", "a number no larger"), ("", "a number, such as")):
            await stage.press("ctrl+u")
            await stage.type(text)
            await stage.press("enter")
            assert "must be" in stage.dialog
            assert said in stage.dialog
        await stage.press("escape")
        assert stage.document is before


async def test_a_number_typed_on_an_edge_of_the_picture_sets_its_weight(short: Path) -> None:
    async with opened(short) as stage:
        await stage.focus("network")
        await stage.press("down", "down", "7")
        assert not stage.dialog
        await stage.press("0")
        await stage.focus("network")
        stage.app.dispatch(Selected("W1", 1, 2))
        await stage.press("0", ".", "5")
        assert "W⁽¹⁾[1,2]" in stage.dialog
        await stage.press("enter")
        await stage.settle()
        assert stage.document.start_parameters.weights[0][0, 1] == 0.5


async def test_what_is_no_weight_is_not_set(short: Path) -> None:
    async with opened(short) as stage:
        await stage.focus("forward")
        await stage.press("right", "7", "2")
        assert stage.app.state.chart == "log10 cost"
        assert not stage.dialog
        assert "(changed)" not in stage.header


async def test_what_holds_after_an_overflow_is_not_shown_beside_the_numbers_before_it(tmp_path: Path) -> None:
    identity = [HyperparameterSet(name, "identity") for name in ("activation", "output_activation")]
    later = (HyperparameterSet("learning_rate", 1e5, 100), RowAdded(4, (1.0, 1.0), (1.0,), 500), Moved(600, "J"))
    path = taught(tmp_path, *identity, *later)
    async with opened(path) as stage:
        assert stage.place.iteration < 200
        assert stage.app.view is not None
        assert stage.app.view.state.document.dataset.rows == 3
        await stage.focus("explain")
        await stage.press("e")
        assert "J" in stage.pane("explain")
