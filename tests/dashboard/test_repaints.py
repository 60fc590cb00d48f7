"""Only what changed is drawn again: few panes for a key, and none that should have been is left out."""

import random
from collections import Counter
from pathlib import Path

import pytest

from tests.dashboard.stage import Stage, on_stage, opened, replay_app, taught
from tui_nn.dashboard.panes.registry import PANE_CLASSES
from tui_nn.dashboard.widgets.canvas import Canvas, Line
from tui_nn.dashboard.widgets.pane import Pane
from tui_nn.dashboard.widgets.status_lines import StatusLine
from tui_nn.session.events import (
    Branched,
    CellSet,
    ChartChosen,
    ChartCursorMoved,
    EffectChosen,
    HyperparameterSet,
    Marked,
    Moved,
    Noted,
    PaneChosen,
    Selected,
    Undone,
)

_LESSONS = ["lecture", "homework-biases", "two-hidden-layers", "xor", "too-fast"]
_SIZES = [(120, 40), (80, 24), (200, 60)]
_KEYS = [
    *(["right"] * 4 + ["left", "down", "down", "up", "end", "home"]),
    *["tab", "tab", "shift+tab", "escape", "c", "4", "5", "6", "7", "8", "e", "y", "G", "P", "H", "z", "]", "x"],
    *["a", "d", "A", "D", "u", "u", "U", "7", "1", "enter", "enter", "h", "b", "v", "f"],
]
_TAUGHT = (
    Moved(37, "delta3"),
    PaneChosen("data"),
    Selected("x", 2, 1),
    CellSet("x", 2, 1, 6.0),
    PaneChosen("forward"),
    Selected("W1", 1, 1),
    PaneChosen("explain"),
    PaneChosen("cost"),
    ChartChosen("weights"),
    ChartCursorMoved(20),
    EffectChosen("from here"),
    HyperparameterSet("learning_rate", 1.0),
    Branched("B"),
    PaneChosen("compare"),
    Noted("Look here."),
    Marked("here"),
    Undone(),
    PaneChosen("check"),
)
_ALL = len(PANE_CLASSES) + len(("header", "steps", "banner", "settings-line", "timeline", "keys", "small-cost"))


@pytest.fixture
def repaints(monkeypatch: pytest.MonkeyPatch) -> Counter[str | None]:
    """How often each canvas was drawn again."""
    counted: Counter[str | None] = Counter()
    repaint = Canvas.repaint

    def count(canvas: Canvas) -> None:
        counted[canvas.id] += 1
        repaint(canvas)

    monkeypatch.setattr(Canvas, "repaint", count)
    return counted


async def test_a_key_repaints_only_the_panes_whose_part_of_the_view_changed(repaints: Counter[str | None]) -> None:
    async with opened(size=(120, 40)) as stage:

        async def repainted(key: str) -> Counter[str | None]:
            repaints.clear()
            await stage.press(key)
            return +repaints

        # From Z⁽²⁾ to A⁽²⁾: the strip of steps, the step's formula, its units, and its matrices in the forward pass.
        assert set(await repainted("right")) == {"steps", "derive", "forward", "step", "network"}
        assert set(await repainted("c")) <= {"cost", "network", "small-cost"}
        await stage.press("e", "escape")
        assert not {"settings", "settings-line"} & set(await repainted("down"))
        await stage.press("0")
        await stage.focus("network")
        assert set(await repainted("right")) == {"step", "network", "data", "results"}
        await stage.focus("data")
        assert set(await repainted("down")) == {"data"}
        await stage.focus("forward")
        assert (await repainted("right")).total() < _ALL / 3


async def test_nothing_is_repainted_where_nothing_changed(repaints: Counter[str | None]) -> None:
    async with opened() as stage:
        repaints.clear()
        stage.app.lesson.show()
        assert not +repaints


@pytest.mark.parametrize("seed", [1, 2, 3, 4, 5, 6])
async def test_whatever_is_pressed_every_pane_shows_what_it_would_show_of_the_whole_view(seed: int) -> None:
    chosen = random.Random(seed)  # noqa: S311 - for the choice of keys
    async with opened(_LESSONS[seed % 5], _SIZES[seed % 3], notices=False) as stage:
        pressed: list[str] = []
        for _ in range(16):
            keys = chosen.choices(_KEYS, k=3)
            pressed += keys
            await stage.press(*keys)
            # What plays goes on while one looks.
            stage.app.navigation.pause()
            await stage.still()
            _assert_up_to_date(stage, pressed)


async def test_every_pane_of_a_replay_shows_what_it_would_show_of_the_whole_view(tmp_path: Path) -> None:
    app = replay_app(taught(tmp_path, *_TAUGHT))
    async with on_stage(app, (120, 40), notices=False) as stage:
        pressed: list[str] = []
        for key in ["right"] * len(_TAUGHT) + ["left", "l", "right", "tab", "tab", "down", "escape", "escape", "right"]:
            pressed.append(key)
            await stage.press(key)
            await stage.still()
            _assert_up_to_date(stage, pressed)


def _assert_up_to_date(stage: Stage, pressed: list[str]) -> None:
    """Gives every pane its view once more, as if no part of it had been shown; nothing must change."""
    shown = _drawn_lines(stage)
    for canvas in _canvases(stage):
        canvas._part_shown = None
        canvas.watch_view(canvas.view)
    anew = _drawn_lines(stage)
    assert {name: lines for name, lines in anew.items() if shown[name] != lines} == {}, pressed


def _canvases(stage: Stage) -> list[Pane | StatusLine]:
    """Those that draw something; a pane that is out of sight is laid out anew when it comes back."""
    every = stage.app.screen_stack[0].query(Canvas)
    return [one for one in every if isinstance(one, Pane | StatusLine) and one.size]


def _drawn_lines(stage: Stage) -> dict[str, tuple[str, list[Line]]]:
    return {str(one.id): (str(one.border_title), list(one._drawn_lines)) for one in _canvases(stage)}
