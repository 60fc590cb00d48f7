"""The terminal shows what is so: painted bit by bit it is the same as painted anew, and as a dashboard just opened."""

import random
import re
from pathlib import Path

import pytest

from tests.dashboard.stage import Stage, on_stage, opened, replay_app, taught
from tests.emulator import Emulator
from tui_nn.session.events import Branched, ChartChosen, HyperparameterSet, Marked, Moved, Noted, PaneChosen, Undone

_MOVES = ["right"] * 4 + ["left"] * 2 + ["down"] * 2 + ["up", "end", "home", "n", "p", ".", ",", "pagedown", "pageup"]
_PANES = ["tab", "tab", "shift+tab", "escape", "c"]
_EDITS = ["a", "d", "A", "D", "u", "u", "U", "7", "1", ".", "enter", "enter", "backspace", "escape", "x"]
_RUNS = ["h", "b", "enter", "v", "f", "r", "m", "space", "space"]
_DIALOGS = ["g", "?", "o", "escape"]
_REPLAYS = ["right"] * 4 + ["left", "down", "up", "end", "home", "n", "p", "space", "l", "l", "+"]
_SIZES = [(120, 40), (80, 24), (200, 60)]
_TAUGHT = (
    Moved(37, "delta3"),
    Noted("Look here."),
    Marked("here"),
    Branched("B"),
    HyperparameterSet("hidden", (2,)),
    PaneChosen("compare"),
    ChartChosen("log10 cost"),
    Undone(),
    PaneChosen("data"),
)
_LESSONS = ["lecture", "homework-biases", "two-hidden-layers", "xor", "too-fast"]


@pytest.mark.parametrize("size", _SIZES)
async def test_the_first_frame_shows_all_but_what_training_tells(
    size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    frames: list[list[str]] = []
    write = Emulator.write

    def noted(terminal: Emulator, data: str) -> None:
        write(terminal, data)
        frames.append(terminal.lines)

    monkeypatch.setattr(Emulator, "write", noted)
    async with opened(size=size) as stage:
        first = next(lines for lines in frames if "help" in lines[-1])
        told = [stage.app.screen.query_one(name).region for name in ("#header", "#small-cost", "#timeline")]
        for y, lines in enumerate(zip(first, stage.terminal.lines, strict=True)):
            before, after = (line.ljust(size[0]) for line in lines)
            differing = [x for x in range(size[0]) if before[x] != after[x]]
            assert all(any(region.contains(x, y) for region in told) for x in differing), (before, after)


async def _painted_anew(stage: Stage) -> list[str]:
    """The screen after every widget was told to draw all of itself."""
    stage.terminal.clear()
    for widget in stage.app.screen.walk_children(with_self=True):
        widget.refresh()
    await stage.press("ctrl+l")
    return stage.terminal.lines


@pytest.mark.parametrize("seed", [1, 2, 3, 4, 5])
async def test_whatever_is_pressed_the_terminal_shows_what_the_dashboard_would_draw_anew(seed: int) -> None:
    chosen = random.Random(seed)  # noqa: S311 - for the choice of keys
    # Notices go when their time has come, which may be in between.
    async with opened(_LESSONS[seed % 5], _SIZES[seed % 3], notices=False) as stage:
        pressed: list[str] = []
        for _ in range(10):
            keys = chosen.choices(_MOVES + _PANES + _EDITS + _RUNS + _DIALOGS, k=5)
            pressed += keys
            await stage.press(*keys)
            # What plays goes on while one looks.
            stage.app.navigation.pause()
            await stage.still()
            shown, cells = stage.terminal.lines, stage.terminal.cells
            assert await _painted_anew(stage) == shown, pressed
            assert stage.terminal.cells == cells, pressed


@pytest.mark.parametrize("seed", [1, 2])
async def test_whatever_is_pressed_in_a_replay_the_terminal_shows_what_would_be_drawn_anew(
    seed: int, tmp_path: Path
) -> None:
    chosen = random.Random(seed)  # noqa: S311 - for the choice of keys
    app = replay_app(taught(tmp_path, *_TAUGHT))
    async with on_stage(app, _SIZES[seed % 3], notices=False) as stage:
        pressed: list[str] = []
        for _ in range(10):
            # Whoever turns to a pane looks around, and whoever comes back finds what plays standing still.
            keys = [*chosen.choices(_REPLAYS + _MOVES + _PANES, k=5), "tab", "escape"]
            pressed += keys
            await stage.press(*keys)
            await stage.still()
            shown, cells = stage.terminal.lines, stage.terminal.cells
            assert await _painted_anew(stage) == shown, pressed
            assert stage.terminal.cells == cells, pressed


@pytest.mark.parametrize("seed", [1, 2])
async def test_after_any_walk_and_edits_the_screen_is_that_of_the_saved_lesson_just_opened(
    seed: int, tmp_path: Path
) -> None:
    chosen = random.Random(seed)  # noqa: S311 - for the choice of keys
    async with opened(chosen.choice(_LESSONS), (200, 60)) as stage:
        await stage.press("s", "ctrl+u")
        await stage.type("kept")
        await stage.press("enter")
        for pane in ("data", "settings", "data"):
            await stage.focus(pane)
            await stage.press(*chosen.choices(["down", "up", "right", "a", "A", "5", "enter"], k=5), "escape", "escape")
            await stage.press(*chosen.choices(_MOVES, k=6))
        await stage.focus("data")
        await stage.press(*["up"] * 8, *["left"] * 8, "escape", "s", "enter")
        await stage.go_to(f"{min(stage.place.iteration, 37)} delta{len(stage.document.network.layers)}")
        await stage.still()
        await stage.dismiss_notices()
        shown, place = stage.terminal.lines, stage.place.iteration
    async with opened(tmp_path / "kept.toml", (200, 60)) as stage:
        await stage.go_to(f"{place} delta{len(stage.document.network.layers)}")
        await stage.still()
        assert stage.terminal.lines == shown


async def test_a_cursor_that_moves_is_at_one_place() -> None:
    async with opened() as stage:
        await stage.focus("data")
        for key in ("down", "right", "down", "up", "up", "left"):
            await stage.press(key)
            assert sum(any(cell.underlined for cell in line) for line in stage.terminal.cells) == 1, key


async def test_the_chart_turns_to_its_logarithm_and_back() -> None:
    async with opened() as stage:
        await stage.press("1")
        linear = stage.pane("cost")
        await stage.press("c")
        assert "log₁₀ J" in stage.pane("cost")
        assert "10⁻" in stage.pane("cost")
        await stage.press("1")
        assert stage.pane("cost") == linear


async def test_the_chart_and_the_timeline_mark_the_iteration() -> None:
    async with opened() as stage:
        await stage.press("1")
        for iteration, share in ((1, 0.0), (2500, 0.25), (5000, 0.5), (10000, 1.0)):
            await stage.go_to(str(iteration))
            for chart in ("cost", "small-cost"):
                assert len(re.findall("[●▀▄]", stage.pane(chart))) == 1, (chart, iteration)
            (bar,) = re.findall("[━─]*●[━─]*", stage.terminal.lines[-2])
            assert abs(bar.index("●") - share * (len(bar) - 1)) <= 1, iteration


async def test_in_sight_are_the_shape_of_each_matrix_of_the_step_and_its_formula() -> None:
    async with opened(size=(80, 24)) as stage:
        await stage.go_to("37 delta2")
        # The names over the matrices are the formula, and the shapes stand below them.
        assert "δ⁽²⁾ 3×3" in stage.words("step")
        assert "= δ⁽³⁾ · W⁽²⁾ᵀ ⊙ f′(Z⁽²⁾) 3×1 1×3 3×3" in stage.words("step")


async def test_the_key_line_says_what_can_be_pressed_here() -> None:
    async with opened(size=(160, 40)) as stage:
        assert "→ step" in stage.key_line
        await stage.focus("data")
        assert "a add row" in stage.key_line
        assert "→ step" not in stage.key_line
        await stage.focus("settings")
        assert "Enter edit" in stage.key_line
        assert "add row" not in stage.key_line
        await stage.press("escape")
        assert "→ step" in stage.key_line


async def test_a_click_on_the_key_line_presses_the_key() -> None:
    async with opened() as stage:
        await stage.pilot.click(offset=(stage.key_line.index("→ step"), 39))
        await stage.settle()
        assert stage.place.step == "A⁽²⁾"


async def test_a_click_on_the_timeline_goes_there_and_one_on_a_tab_shows_its_pane() -> None:
    async with opened(size=(80, 24)) as stage:
        await stage.pilot.click("#tabs", offset=(stage.pane("tabs").index("Settings") + 2, 0))
        await stage.settle()
        assert "learning rate" in stage.pane("settings")
        await stage.pilot.click(offset=(40, 22))
        await stage.settle()
        assert 4000 < stage.place.iteration < 6000


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (60, 20)])
async def test_a_notice_hides_no_pane(size: tuple[int, int]) -> None:
    async with opened(size=size) as stage:
        await stage.press("c")
        before = stage.terminal.lines[:-2]
        await stage.press("H", "H")
        assert stage.notices
        assert stage.terminal.lines[:-2] == before
