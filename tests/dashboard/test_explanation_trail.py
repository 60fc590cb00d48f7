"""From a number to those that it was made from, and back: Enter goes on, Esc comes back."""

import re
from pathlib import Path

import pytest

from tests.dashboard.explaining import explain, explained_cell
from tests.dashboard.stage import opened, recorded
from tests.unit.helpers import plain, written
from tui_nn.session.events import Selected


async def test_enter_goes_to_a_cell_that_it_was_made_from_and_escape_comes_back() -> None:
    async with opened() as stage:
        await explain(stage, "37 delta2", Selected("delta2", 1, 3))
        way = ["δ⁽²⁾[1,3]"]
        for keys in (("enter",), ("right", "right", "enter"), ("right", "enter")):
            await stage.press(*keys)
            way.append(explained_cell(stage))
        assert way == ["δ⁽²⁾[1,3]", "δ⁽³⁾[1,1]", "Z⁽³⁾[1,1]", "W⁽²⁾[1,1]"]
        for name in reversed(way[:-1]):
            await stage.press("escape")
            assert explained_cell(stage) == name
        await stage.press("escape")
        assert stage.app.focused is None
        assert "Step 8 of 10: δ⁽²⁾" in stage.pane("step")
        assert plain(recorded().state) == plain(stage.app.state)


async def test_a_number_of_the_data_leads_to_the_data() -> None:
    async with opened() as stage:
        await explain(stage, "1 Z2", Selected("X", 3, 2))
        assert "X[3,2] row 3, hours studied = x[3,2] / 5 = 2 / 5 = 0.4000" in stage.words("explain")
        await stage.press("enter")
        assert stage.app.state.pane == "data"
        assert recorded().state.selected("data") == Selected("x", 3, 2)


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (60, 20)])
async def test_escape_comes_back_from_the_data_and_a_second_enter_edits_nothing(size: tuple[int, int]) -> None:
    async with opened(size=size) as stage:
        await stage.ask_for("1 Z2[3,2]")
        await stage.press("enter", "enter")
        assert stage.app.state.pane == "data"
        before = stage.dump
        await stage.press("enter")
        assert stage.notices == ["Esc goes back to the explanation; a number changes this one."]
        assert "leave as it was" not in stage.key_line
        for name in ("X[3,1]", "Z⁽²⁾[3,2]"):
            await stage.press("escape")
            assert stage.app.state.pane == "explain"
            assert explained_cell(stage) == name
        assert stage.dump == before
        # Whoever moves about in the data edits them, and comes back nevertheless.
        await stage.press("enter", "enter", "up", "enter", "7", "enter", "escape")
        assert stage.document.dataset.x[1, 0] == 57
        assert explained_cell(stage) == "X[3,1]"
        # Whoever goes elsewhere does not.
        await stage.press("enter", "tab", "shift+tab", "escape")
        assert stage.app.state.pane == "step"


async def test_a_weight_says_where_it_comes_from_and_enter_goes_there() -> None:
    async with opened() as stage:
        await explain(stage, "37 J", Selected("W1", 1, 2))
        assert "from hours slept to hidden unit 2" in stage.words("explain")
        assert "The update of iteration 36 made it." in stage.words("explain")
        await stage.press("enter")
        assert stage.place == (36, "update")
        said = stage.words("explain")
        assert re.search(r"new W⁽¹⁾\[1,2\] .* = W⁽¹⁾\[1,2\] − η · ∂J/∂W⁽¹⁾\[1,2\] = .* = (\S+) new", said)
        await stage.press("escape")
        await explain(stage, "1 J", Selected("W1", 1, 2))
        assert "a random number, uniform on (0, 1), from the generator of R with seed 1" in stage.words("explain")


async def test_a_velocity_leads_on_into_the_iterations_before(tmp_path: Path) -> None:
    async with opened(written(tmp_path, "[training]\noptimizer = 'momentum'\niterations = 40\n")) as stage:
        await explain(stage, "3 velocity", Selected("V_W1", 2, 3))
        way = [(stage.place, explained_cell(stage))]
        # The velocity before is the first number of the formula.
        for _ in range(4):
            await stage.press("enter")
            way.append((stage.place, explained_cell(stage)))
        assert way == [
            ((3, "velocity"), "V⁽¹⁾[2,3]"),
            ((3, "velocity"), "old V⁽¹⁾[2,3]"),
            ((2, "velocity"), "V⁽¹⁾[2,3]"),
            ((2, "velocity"), "old V⁽¹⁾[2,3]"),
            ((1, "velocity"), "V⁽¹⁾[2,3]"),
        ]
        await stage.press("enter")
        assert "It is 0: no iteration has come before." in stage.words("explain")
        await stage.press("enter", "escape", "escape", "escape")
        assert (stage.place, explained_cell(stage)) == way[2]


async def test_a_formula_that_became_shorter_is_still_walked_through() -> None:
    async with opened() as stage:
        await stage.focus("data")
        await stage.press("a", "escape")
        await explain(stage, "1 J", Selected("J", 1, 1))
        await stage.press(*["right"] * 9, "u", "enter")
        assert stage.app.state.selected("matrices") == Selected("Y_hat", 3, 1)


async def test_escape_comes_back_to_what_is_still_there() -> None:
    async with opened() as stage:
        await stage.focus("data")
        await stage.press("a", "escape")
        await explain(stage, "1 update", Selected("A2", 4, 1))
        await stage.press("enter", "u", "escape")
        assert stage.app.is_running
        await stage.press("escape")
        assert stage.app.focused is None


async def test_escape_comes_back_to_the_iteration_that_one_came_from() -> None:
    async with opened() as stage:
        await explain(stage, "37 delta2", Selected("W1", 1, 3))
        await stage.press("enter")
        assert stage.place == (36, "update")
        await stage.press("escape")
        assert stage.place == (37, "δ⁽²⁾")
        assert "W⁽¹⁾[1,3]" in stage.words("explain")


async def test_from_the_lesson_e_explains_a_cell_of_the_step() -> None:
    async with opened() as stage:
        await explain(stage, "37 delta2", Selected("delta2", 1, 3))
        await stage.press("escape")
        await stage.go_to("37 Z2")
        await stage.press("e")
        assert "Z⁽²⁾[1,1]" in stage.words("explain")


async def test_what_is_not_computed_yet_leads_on_to_what_it_will_be_made_from() -> None:
    async with opened() as stage:
        await explain(stage, "37 delta2", Selected("dJdW1", 1, 1))
        await stage.press("right", "enter")
        assert "δ⁽²⁾[1,1] row 1, hidden unit 1 =" in stage.words("explain")


@pytest.mark.parametrize(
    ("size", "key", "first"), [((120, 40), "enter", "∂J/∂W⁽¹⁾[1,1]"), ((80, 24), "e", "δ⁽³⁾[1,1]")]
)
async def test_where_no_cell_is_chosen_that_of_what_one_sees_is_explained(
    size: tuple[int, int], key: str, first: str
) -> None:
    async with opened(size=size) as stage:
        # The step's matrix where it is here, else the first that is: on one line, or below each other.
        for place, pane, name in (
            ("1 Z2", "backward", first),
            ("1 Z3", "forward", "Z⁽³⁾[1,1]"),
            ("1 dJdW2", "backward", "∂J/∂W⁽²⁾[1,1]"),
        ):
            await stage.go_to(place)
            await stage.focus(pane)
            await stage.press(key)
            assert explained_cell(stage) == name
            await stage.press("escape", "escape")
        # One that is chosen here is the one that is meant.
        await stage.focus("forward")
        await stage.press("left", "right", key)
        assert explained_cell(stage) != "∂J/∂W⁽²⁾[1,1]"
        chosen = explained_cell(stage)
        await stage.press("escape", key)
        assert explained_cell(stage) == chosen
