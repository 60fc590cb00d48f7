"""Why a formula is as it is: its derivation, a line at a time, forwards and backwards."""

from pathlib import Path

import pytest

from tests.dashboard.stage import Stage, follow_app, on_stage, opened, recorded, taught
from tui_nn.network import matrix_shapes, steps
from tui_nn.session.events import DerivationShown, Moved, PaneChosen
from tui_nn.writing.formulas.derivation_text import derivation_lines
from tui_nn.writing.notation.signs import UNICODE

_SIZES = [(120, 40), (100, 30), (80, 24), (60, 20)]


@pytest.mark.parametrize("size", [(120, 40), (60, 20)])
async def test_the_right_arrow_leads_from_line_to_line_and_on_to_the_next_step(size: tuple[int, int]) -> None:
    async with opened(size=size) as stage:
        await stage.go_to("37 dJdW2")
        await stage.press("y")
        assert "Derivation of ∂J/∂W⁽²⁾ · line 1 of 8" in stage.pane("derive")
        seen = []
        for key in ("right", "pagedown", "n", "right", "right", "right", "right"):
            seen.append(stage.words("derive"))
            await stage.press(key)
        assert "∂z⁽³⁾ₙ/∂W⁽²⁾ = a⁽²⁾ₙᵀ 3×1" in seen[2]
        assert "✗ δ⁽³⁾ₙ · a⁽²⁾ₙᵀ 1×1 3×1" in seen[3]
        assert "✗" not in seen[2]
        assert "line 8 of 8" in stage.pane("derive")
        assert "∂J/∂W⁽²⁾ = A⁽²⁾ᵀ · δ⁽³⁾ 3×1 3×3 3×1" in stage.words("derive")
        await stage.press("right")
        assert stage.place == (37, "δ⁽²⁾")
        assert "Derivation of δ⁽²⁾ · line 1 of 7" in stage.pane("derive")
        # Back to where one came from.
        await stage.press("left")
        assert stage.place == (37, "∂J/∂W⁽²⁾")
        assert "line 8 of 8" in stage.pane("derive")
        await stage.press("pageup")
        assert "line 7 of 8" in stage.pane("derive")


async def test_the_numbers_of_the_step_stand_below_its_derivation() -> None:
    async with opened() as stage:
        await stage.go_to("37 delta3")
        await stage.press("y")
        for size in _SIZES[:3]:
            await stage.resize(*size)
            assert "∂J/∂W⁽²⁾ = ∂/∂W⁽²⁾ ½ Σₙ" in stage.words("derive")
            assert "0.01148" in stage.pane("step")
        await stage.press(".")
        assert stage.place == (38, "δ⁽³⁾")


async def test_the_arrows_walk_through_the_steps_again_outside_of_it() -> None:
    async with opened() as stage:
        await stage.go_to("37 delta3")
        await stage.press("y", "right", "escape", "right")
        assert stage.place == (37, "∂J/∂W⁽²⁾")
        await stage.press("left", "y")
        # Another visit to the step begins with its first line.
        assert "line 1 of 10" in stage.pane("derive")


async def test_the_line_is_recorded_and_whoever_follows_sees_it(tmp_path: Path) -> None:
    async with opened() as stage:
        await stage.go_to("37 delta3")
        await stage.press("y", "right", "right")
        assert recorded().state.shown_derivation_line == 3
    happened = (Moved(37, "delta3"), PaneChosen("derive"), DerivationShown(3))
    async with on_stage(follow_app(taught(tmp_path, *happened)), (80, 24)) as stage:
        assert "line 3 of 10" in stage.pane("derive")
        assert "= Σₙ −(yₙ − ŷₙ) · ∂ŷₙ/∂W⁽²⁾" in stage.words("derive")
        await stage.press("right")
        assert "line 4 of 10" in stage.pane("derive")


def _sentences(stage: Stage) -> list[str]:
    """The sentence of each line of the derivation of δ⁽³⁾."""
    network = stage.document.network
    (step,) = (step for step in steps(network) if step.name == "delta3")
    return [line.sentence for line in derivation_lines(network, step, UNICODE, matrix_shapes(network, 3))]


def _first_line(stage: Stage) -> str:
    return stage.pane("derive").splitlines()[1].strip(" ▀▁▂▃▄▅▆▇█▊▎")


@pytest.mark.parametrize("size", _SIZES)
async def test_what_is_in_sight_begins_with_a_sentence(size: tuple[int, int]) -> None:
    async with opened(size=size, trained=False) as stage:
        await stage.go_to("37 delta3")
        await stage.press("y")
        sentences = _sentences(stage)
        for number in range(1, len(sentences) + 1):
            assert f"line {number} of {len(sentences)}" in stage.pane("derive")
            first = _first_line(stage)
            assert any(sentence.startswith(first) for sentence in sentences[:number]), first
            await stage.press("right")


async def test_it_begins_with_a_sentence_after_a_resize_at_a_later_line() -> None:
    async with opened(trained=False) as stage:
        await stage.go_to("37 delta3")
        await stage.press("y", "right", "right", "right")
        for size in ((100, 30), (80, 24), (60, 20), (100, 25), (80, 24)):
            await stage.resize(*size)
            first = _first_line(stage)
            assert any(sentence.startswith(first) for sentence in _sentences(stage)[:4]), (size, first)
