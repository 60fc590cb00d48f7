"""Where a number comes from: its formula with the numbers in it, and the cells that it was made from."""

import re
from itertools import groupby
from pathlib import Path

import pytest
from textual.events import Key, Paste

from tests.dashboard.explaining import explain
from tests.dashboard.stage import Stage, follow_app, lesson_in, on_stage, opened, taught
from tui_nn.session.events import Moved, PaneChosen, Selected

_SIZES = [(120, 40), (80, 24), (60, 20)]


async def test_the_formula_of_a_cell_stands_there_in_signs_and_in_numbers() -> None:
    async with opened() as stage:
        await explain(stage, "37 delta2", Selected("delta2", 1, 3))
        for size in _SIZES:
            await stage.resize(*size)
            _says_the_formula(stage)


def _says_the_formula(stage: Stage) -> None:
    said = stage.words("explain")
    for words in (
        "δ⁽²⁾[1,3] row 1, hidden unit 3",
        "= δ⁽³⁾[1,1] · W⁽²⁾[3,1] · f′(Z⁽²⁾[1,3])",
        "= 0.01148 · 0.5996 · f′(0.8746)",
        "= 0.01148 · 0.5996 · 0.2077",
        "= 0.001430",
        "δ⁽²⁾ = δ⁽³⁾ · W⁽²⁾ᵀ ⊙ f′(Z⁽²⁾)",
        "3×3 3×1 1×3 3×3",
        "f′(z) = f(z) · (1 − f(z))",
    ):
        assert words in said
    assert "δ⁽³⁾" not in stage.key_line


def _by_look(stage: Stage, pane: str) -> dict[tuple[str, bool], set[str]]:
    """The words of a pane by their colour and whether they are underlined, without the mark of the row."""
    region = stage.app.screen_stack[0].query_one(f"#{pane}").region
    found: dict[tuple[str, bool], set[str]] = {}
    for line in stage.terminal.cells[region.y : region.bottom]:
        for look, cells in groupby(line[region.x : region.right], key=lambda cell: (cell.foreground, cell.underlined)):
            found.setdefault(look, set()).update("".join(cell.char for cell in cells).replace("›", " ").split())
    return found


async def test_the_cells_that_it_was_made_from_are_marked_in_their_matrices() -> None:
    async with opened() as stage:
        await stage.go_to("37 A2")
        await explain(stage, "37 A2", Selected("Z2", 2, 3))
        run = stage.document.trajectory()
        run.extend(37)
        computed = run.pass_at(37)
        made_from = {f"{number:.4f}" for number in (*computed["X"][1], *computed["W1"][:, 2])}
        assert made_from in _by_look(stage, "step").values()
        marked = next(look for look, words in _by_look(stage, "step").items() if words == made_from)
        assert _by_look(stage, "forward")[marked] == {f"{number:.4f}" for number in computed["W1"][:, 2]}
        # Whoever goes back to the lesson sees the step alone.
        await stage.press("escape")
        assert made_from not in _by_look(stage, "step").values()
        assert marked not in _by_look(stage, "forward")


@pytest.mark.parametrize("size", [(100, 30), (80, 24)])
async def test_of_a_number_without_a_formula_its_matrix_stands_beside_it(size: tuple[int, int]) -> None:
    async with opened(size=size) as stage:
        for cell, numbers in (("X[1,2]", "0.3000 1.0000"), ("Y[1,1]", "0.7500"), ("W2[1,1]", "0.9447")):
            await stage.ask_for(f"1 {cell}")
            beside = stage.words("step")
            assert "Where it stands" in beside
            assert numbers in beside
            assert "Z⁽²⁾" not in beside
            await stage.press("escape")
        assert "Z⁽²⁾" in stage.pane("step")


async def test_what_is_not_computed_yet_has_a_formula_and_no_number() -> None:
    async with opened() as stage:
        await explain(stage, "37 J", Selected("delta3", 1, 1))
        assert "= −(Y[1,1] − Ŷ[1,1]) · f′(Z⁽³⁾[1,1]) Not computed yet in this iteration." in stage.words("explain")
        assert "0.01148" not in stage.text


async def test_the_slope_at_a_weight_is_measured_beside_that_of_backpropagation() -> None:
    async with opened() as stage:
        await explain(stage, "37 dJdW2", Selected("dJdW2", 1, 1))
        # Beyond the last number the arrow leads to the last line.
        await stage.press(*["down"] * 6)
        found = re.search(
            r"Measured at w = W⁽²⁾\[1,1\], ε = 1e-05: \(J\(w \+ ε\) − J\(w − ε\)\) / 2ε"
            r" = \((\S+) − (\S+)\) / 2e-05 = −0.0008303"
            r" Backpropagation says −0.0008303; relative error (\S+)\.",
            stage.words("explain"),
        )
        assert found, stage.words("explain")
        assert (float(found[1]) - float(found[2])) / 2e-5 == pytest.approx(-0.0008303, abs=5e-8)
        assert float(found[3]) < 1e-6
        # The same beside the weight itself, and not before its slope is computed.
        await explain(stage, "37 dJdW2", Selected("W2", 1, 1))
        assert "Backpropagation says −0.0008303" in stage.words("explain")
        await explain(stage, "37 delta3", Selected("W2", 1, 1))
        assert "Backpropagation" not in stage.words("explain")


async def test_of_a_long_sum_the_largest_terms_come_first_and_all_when_asked(tmp_path: Path) -> None:
    rows = 30
    x, y = ([[float(i + 1)] for i in range(rows)] for _ in "xy")
    path = lesson_in(tmp_path, f"[data]\nx_names = ['a']\ny_names = ['b']\nx = {x}\ny = {y}\ny_scaling = [30.0]\n")
    async with opened(path) as stage:
        await explain(stage, "1 dJdW1", Selected("dJdW1", 1, 1))
        assert "+ 24 more" in stage.words("explain")
        await stage.press(*["right"] * 12, "enter")
        assert "more" not in stage.words("explain")
        assert "X[30,1] · δ⁽²⁾[30,1]" in stage.words("explain") or stage.app.query_one("#explain").max_scroll_y > 0


async def test_a_follower_sees_what_the_teacher_explains_and_comes_back_with_one_key(tmp_path: Path) -> None:
    happened = (Moved(37, "delta2"), Selected("delta2", 1, 3), PaneChosen("explain"))
    async with on_stage(follow_app(taught(tmp_path, *happened))) as stage:
        assert "= 0.01148 · 0.5996 · f′(0.8746)" in stage.words("explain")
        await stage.press("e", "enter", "right", "enter")
        assert "δ⁽²⁾[1,3]" not in stage.words("explain")
        assert "Looking around" in stage.text
        await stage.press("escape")
        assert "Looking around" not in stage.text
        assert "= 0.01148 · 0.5996 · f′(0.8746)" in stage.words("explain")


async def test_a_number_too_large_is_explained_without_one(tmp_path: Path) -> None:
    source = (
        "[data]\nx_names = ['a']\ny_names = ['b']\nx = [[1e200], [2.0]]\ny = [[1.0], [2.0]]\nx_scaling = 'none'\n"
        "[network]\nhidden = [1]\n[start]\nmethod = 'given'\nW1 = [[1e200]]\nW2 = [[1.0]]\n"
    )
    async with opened(lesson_in(tmp_path, source)) as stage:
        await explain(stage, "1 A2", Selected("A2", 1, 1))
        assert "f(∞)" in stage.words("explain")


async def test_what_is_pasted_comes_after_what_was_pressed_before_it() -> None:
    async with opened() as stage:
        for event in (Key("g", "g"), Key("3", "3"), Paste("7 delta2"), Key("enter", "\r")):
            stage.app.post_message(event)
        await stage.settle()
        assert stage.place == (37, "δ⁽²⁾")


async def test_on_the_smallest_screen_the_explanation_has_every_line() -> None:
    async with opened(size=(60, 20)) as stage:
        for place, last in (("1 A2", "f(z) = 1 / (1 + e⁻ᶻ)"), ("1 dJdW2", "relative error")):
            await stage.go_to(place)
            await stage.press("e")
            assert last in stage.words("explain")
            await stage.press("escape")
