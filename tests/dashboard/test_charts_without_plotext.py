"""Where plotext can't be loaded, the dashboard opens without its charts and says so in their place."""

import sys
from collections.abc import Iterator

import pytest

from tests.dashboard.stage import opened
from tui_nn.dashboard.charts.dots import plotext_or_none

_SAYS = ("no charts: plotext,", "which draws them,", "can't be loaded")


@pytest.fixture
def without_plotext(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    # Python raises an ImportError for a module that stands there as None.
    monkeypatch.setitem(sys.modules, "plotext", None)
    plotext_or_none.cache_clear()
    yield
    plotext_or_none.cache_clear()


@pytest.mark.usefixtures("without_plotext")
async def test_a_chart_that_cant_be_drawn_says_so_and_all_else_goes_on() -> None:
    async with opened(size=(120, 40)) as stage:
        await stage.still()
        assert all(line in stage.pane("small-cost") for line in _SAYS)
        for key in "123":
            await stage.press(key)
            await stage.still()
            assert all(line in stage.pane("cost") for line in _SAYS), key
        await stage.press("0", *["down"] * 3)
        await stage.still()
        assert stage.app.state.iteration == 4
