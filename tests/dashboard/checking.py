"""The pane of the gradient check, read from the screen, and the keys that plant and guess a mistake."""

import re

from tests.dashboard.stage import Stage
from tui_nn.network import Mistake, Slope, possible_mistakes, slope


def slope_at(stage: Stage, place: tuple[str, int, int], epsilon: float = 1e-5) -> Slope:
    """The slope at a weight of the iteration shown, measured with ε."""
    view = stage.app.view
    assert view
    assert view.iteration_numbers
    return slope(stage.document.dataset, view.iteration_numbers.computed, place, epsilon)


def rungs(stage: Stage) -> list[list[str]]:
    """The table's line for each ε, as far as they are in sight, without the best one's pointer and the scrollbar."""
    lines = (re.sub("[▶>#▀-▟]", " ", line).split() for line in stage.pane("check").splitlines())
    return [line for line in lines if line and re.fullmatch(r"1e-\d\d", line[0])]


async def plant(stage: Stage, mistake: Mistake) -> None:
    """Plants a mistake, as M asks for it."""
    await stage.press("M", _key_of(mistake, stage))


async def guess(stage: Stage, mistake: Mistake) -> None:
    """Guesses a mistake in the pane of the check."""
    await stage.press("enter", _key_of(mistake, stage))


def _key_of(mistake: Mistake, stage: Stage) -> str:
    offered = possible_mistakes(stage.document.network, stage.document.dataset.rows)
    return str(offered.index(mistake) + 1)
