"""Where δ is Ŷ − Y, neither a question about δ nor one about Ŷ is answered by what else stands on the screen."""

from pathlib import Path

import pytest

from tests.dashboard.asking import answer
from tests.dashboard.stage import Stage, lesson_in, opened
from tui_nn.session.storage import bundled_lessons

_SIZES = pytest.mark.parametrize("size", [(120, 40), (80, 24)])
_PANES = ("step", "network", "forward", "backward", "explain", "results", "cost")


async def _seen(stage: Stage, cell: str) -> str:
    """All that the screen shows at δ⁽³⁾ with a cell selected, such as "2 delta3[1,1]": each pane in turn."""
    await stage.ask_for(cell)
    await stage.go_to(f"{cell.split()[0]} delta3")
    seen = [stage.text]
    for pane in _PANES:
        stage.app.lesson_screen.go_to_pane(pane)
        await stage.settle()
        seen.append(stage.text)
        # Alone on the screen, the results show more rows, and the last ones at their end; 5 is the chart of Ŷ.
        for key in {"results": ("z", "end", "z"), "cost": ("5",)}.get(pane, ()):
            await stage.press(key)
            seen.append(stage.text)
    await stage.press("escape")
    return "\n".join(seen)


@_SIZES
async def test_y_minus_y_hat_does_not_tell_delta(size: tuple[int, int]) -> None:
    async with opened("softmax", size) as stage:
        assert "0.779" not in await _seen(stage, "2 delta3[1,1]")
        await stage.go_to("2 delta3")
        await answer(stage, "-0.7791")
        assert "−0.7791: right." in stage.words("quiz").replace("-", "−")
        seen = await _seen(stage, "2 delta3[1,1]")
        assert "−0.7791" in seen
        assert "0.779" in seen.replace("−0.779", "")


async def test_y_minus_y_hat_does_not_tell_the_sign_of_delta() -> None:
    async with opened("softmax") as stage:
        seen = await _seen(stage, "3 delta3[2,3]")
        assert "?0.3634" in seen
        assert "−0.363" not in seen
        await stage.go_to("3 delta3")
        await answer(stage, "+")
        assert "−0.363" in await _seen(stage, "3 delta3[2,3]")


@_SIZES
async def test_delta_does_not_tell_y_hat(size: tuple[int, int], tmp_path: Path) -> None:
    source = bundled_lessons.bundled()["softmax"].read_text(encoding="utf-8").partition("[[question]]")[0]
    path = lesson_in(tmp_path, f'{source}\n[[question]]\nask = "cell"\nmatrix = "Y_hat"\n')
    async with opened(path, size) as stage:
        seen = await _seen(stage, "1 Y_hat[1,1]")
        assert "0.601" not in seen
        assert "0.3984" not in seen
        await stage.go_to("1 Y_hat")
        await answer(stage, "0.3984")
        assert "−0.6016" in await _seen(stage, "1 Y_hat[1,1]")
