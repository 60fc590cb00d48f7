"""Walking through the lecture, step by step: the figures, the keys, both ends."""

from pathlib import Path

import pytest

from tests.dashboard.explaining import explained_cell
from tests.dashboard.stage import Place, lesson_in, opened
from tui_nn.session.events import HyperparameterSet

_HERE = Place(37, "δ⁽³⁾")


async def test_iteration_37_at_delta3_shows_the_lecture_s_figures() -> None:
    async with opened() as stage:
        await stage.ask_for("37 delta3")
        assert stage.place == _HERE
        assert "J = 0.006725" in stage.header
        for cell in (" 0.01148", "−0.00049", "−0.01051"):
            assert cell in stage.pane("step")


async def test_36_iterations_back_and_forward_again_the_same_screen_stands() -> None:
    async with opened() as stage:
        await stage.ask_for("37 delta3")
        before = stage.terminal.cells
        await stage.press(*["up"] * 36)
        assert stage.place == Place(1, "δ⁽³⁾")
        assert "J = 0.01052" in stage.header
        await stage.press(*["down"] * 36)
        assert stage.terminal.cells == before


async def test_each_key_leads_on_and_its_counterpart_back() -> None:
    async with opened() as stage:
        await stage.ask_for("37 delta3")
        for on, back, there in (
            ("right", "left", Place(37, "∂J/∂W⁽²⁾")),
            ("pagedown", "pageup", Place(37, "∂J/∂W⁽²⁾")),
            ("n", "p", Place(37, "∂J/∂W⁽²⁾")),
            ("down", "up", Place(38, "δ⁽³⁾")),
            (".", ",", Place(38, "δ⁽³⁾")),
        ):
            await stage.press(on)
            assert stage.place == there, on
            await stage.press(back)
            assert stage.place == _HERE, back


async def test_steps_go_on_across_iterations() -> None:
    async with opened() as stage:
        await stage.ask_for("37 update")
        await stage.press("right")
        assert stage.place == Place(38, "Z⁽²⁾")
        await stage.press("left")
        assert stage.place == Place(37, "update")


async def test_a_whole_iteration_has_ten_steps_in_the_lecture_s_order() -> None:
    async with opened() as stage:
        seen = []
        for _ in range(10):
            seen.append(stage.place.step)
            await stage.press("right")
        assert seen == ["Z⁽²⁾", "A⁽²⁾", "Z⁽³⁾", "Ŷ", "J", "δ⁽³⁾", "∂J/∂W⁽²⁾", "δ⁽²⁾", "∂J/∂W⁽¹⁾", "update"]
        assert stage.place == Place(2, "Z⁽²⁾")


async def test_home_and_end_lead_to_both_ends_and_no_key_beyond() -> None:
    async with opened() as stage:
        await stage.press("end")
        assert stage.place == Place(10000, "update")
        await stage.press("right", "pagedown", "n", "down", ".", "end")
        assert stage.place == Place(10000, "update")
        await stage.press("home")
        assert stage.place == Place(1, "Z⁽²⁾")
        await stage.press("left", "pageup", "p", "up", ",", "home")
        assert stage.place == Place(1, "Z⁽²⁾")


@pytest.mark.parametrize("lesson", ["lecture", "homework-biases", "two-hidden-layers"])
async def test_every_step_of_an_iteration_and_back_shows_each_screen_again(lesson: str) -> None:
    async with opened(lesson, (200, 60)) as stage:
        await stage.ask_for("5 Z2")
        steps = len(stage.app.state.steps)
        seen = []
        for _ in range(steps):
            seen.append(stage.text)
            await stage.press("right")
        for screen in reversed(seen):
            await stage.press("left")
            assert stage.text == screen


async def test_both_predictions_of_the_last_iteration_are_shown() -> None:
    async with opened() as stage:
        await stage.press("end")
        assert stage.results[-3:] == [
            ["75", "74.99998", "0.00002", "74.99998"],
            ["82", "82.00548", "−0.00548", "82.00548"],
            ["93", "92.98944", "0.01056", "92.98945"],
        ]


async def test_going_to_an_iteration_a_step_or_both() -> None:
    async with opened() as stage:
        for typed, there in (
            ("37", Place(37, "Z⁽²⁾")),
            ("dJdW1", Place(37, "∂J/∂W⁽¹⁾")),
            ("37 DELTA3", _HERE),
            ("10 000 y_hat", Place(10000, "Ŷ")),
            (" 2  update ", Place(2, "update")),
        ):
            await stage.ask_for(typed)
            assert stage.place == there, typed
            assert not stage.dialog


async def test_going_to_a_cell_explains_it() -> None:
    async with opened() as stage:
        for typed, there, cell in (
            ("37 delta2[1,3]", Place(37, "δ⁽²⁾"), "δ⁽²⁾[1,3]"),
            ("Ŷ[3,1]", Place(37, "Ŷ"), "Ŷ[3,1]"),
            ("5 W⁽¹⁾[2, 3]", Place(5, "Ŷ"), "W⁽¹⁾[2,3]"),
            ("x[3,2]", Place(5, "Ŷ"), "X[3,2]"),
            ("W2_next[1,1]", Place(5, "update"), "new W⁽²⁾[1,1]"),
        ):
            await stage.ask_for(typed)
            assert stage.place == there, typed
            assert explained_cell(stage) == cell, typed
            assert stage.app.screen.focused is not None
            assert stage.app.screen.focused.id == "explain"
            await stage.press("escape")


async def test_going_elsewhere_is_refused_in_words_and_nothing_moves() -> None:
    async with opened() as stage:
        await stage.ask_for("37 delta3")
        before = stage.text
        await stage.press("g")
        for typed, said in (
            ("0", "There is no iteration 0; expected one from 1 to 10 000."),
            ("10001", "There is no iteration 10 001; expected one from 1 to 10 000."),
            ("nonsense or so", 'There is no "nonsense or so"; expected an iteration, a step, or both'),
            ("37 delta4", 'There is no step "delta4"; expected one of Z2 A2 Z3 Y_hat J delta3'),
            ("delta2[4,1]", "There is no delta2[4,1]; expected rows from 1 to 3, columns from 1 to 3"),
            ("37 delta2[0,1]", "There is no delta2[0,1]; expected rows"),
            ("Q[1,1]", 'There is no matrix "Q"; expected one of X Y W1 W2'),
            ("delta2[1]", "expected an iteration, a step, or both"),
            ("[1,1]", "expected an iteration, a step, or both"),
            ("-1", 'There is no "-1"'),
            ("1.5", 'There is no "1.5"'),
            ("", "expected an iteration, a step, or both"),
        ):
            await stage.press("ctrl+u")
            await stage.type(typed)
            await stage.press("enter")
            assert said in stage.dialog
        await stage.press("escape")
        assert stage.text == before


async def test_thousands_of_characters_pasted_as_a_place_are_refused_in_words() -> None:
    async with opened(size=(80, 24), trained=False) as stage:
        for long in ("9" * 5000, "x" * 5000):
            await stage.press("g")
            await stage.paste(long)
            await stage.press("enter")
            assert "There is no " in stage.dialog
            await stage.press("escape")
            assert stage.place == Place(1, "Z⁽²⁾")


async def test_leaving_the_question_moves_nothing() -> None:
    async with opened() as stage:
        before = stage.text
        await stage.press("g", "5", "escape")
        assert stage.text == before


async def test_a_pane_leaves_the_arrows_that_it_has_no_use_for_to_the_lesson() -> None:
    async with opened() as stage:
        await stage.focus("results")
        # Its rows are below each other.
        await stage.press("right", "down")
        assert stage.place == (1, "A⁽²⁾")
        assert stage.app.state.row == 2


@pytest.mark.parametrize("key", ["pagedown", "n"])
async def test_a_clicker_steps_on_whichever_pane_has_the_keys(key: str) -> None:
    async with opened("two-hidden-layers", (80, 24)) as stage:
        for pane in ("step", "forward", "backward", "data", "settings", "cost", "results"):
            await stage.focus(pane)
            before = stage.place
            await stage.press(key)
            # What a clicker sends is no letter; a letter belongs to the value where one is edited.
            assert (stage.place != before) == (key != "n" or pane != "settings"), pane
            await stage.press("escape")


async def test_an_iteration_can_be_written_in_groups_of_three_digits() -> None:
    async with opened(size=(80, 24)) as stage:
        for thousand in ("1000", "1 000", "1,000", "1'000", "1’000", "1.000", "1\u00a0000", "1\u202f000"):
            await stage.ask_for("1 Z2")
            await stage.ask_for(thousand)
            assert stage.place == (1000, "Z⁽²⁾"), thousand
            await stage.ask_for(f"{thousand} delta2[1,3]")
            assert stage.place == (1000, "δ⁽²⁾"), thousand


async def test_digits_in_other_groups_are_refused() -> None:
    async with opened() as stage:
        for text in ("1,00", "1,0000", "1.5", "1,000.000", ",100"):
            await stage.press("g")
            await stage.type(text)
            await stage.press("enter")
            assert "There is no " in stage.dialog
            await stage.press("escape")
        assert stage.place == (1, "Z⁽²⁾")


_PATIENT = """
[data]
x = [[1.0], [2.0], [3.0], [4.0]]
y = [[0.2], [0.4], [0.5], [0.9]]
y_scaling = "none"
test_rows = [2, 4]
[training]
learning_rate = 9.0
patience = 3
iterations = 200
"""


async def test_best_goes_to_the_weights_with_the_least_test_cost(tmp_path: Path) -> None:
    async with opened(lesson_in(tmp_path, _PATIENT)) as stage:
        await stage.press("end")
        assert stage.app.lesson.view
        stop = stage.app.lesson.view.stopped
        assert stop
        assert stop.best
        begins = stop.best + 1
        says = " ".join(stage.pane("step").split())
        assert f"The test cost was least after iteration {stop.best}." in says
        assert f"Iteration {begins} begins with the weights of that cost: press g and type best." in says
        await stage.press("g")
        assert "best (the least test cost)" in stage.text
        await stage.press("escape")
        await stage.ask_for("best")
        assert stage.place == Place(begins, "update")
        await stage.ask_for("Best delta3")
        assert stage.place == Place(begins, "δ⁽³⁾")
        # Without patience, the run does not stop, and there is no best.
        stage.app.lesson.dispatch(HyperparameterSet("patience", 0))
        await stage.still()
        await stage.ask_for("best")
        assert "There is no best yet: it needs test rows, patience, and a run that" in " ".join(stage.text.split())
