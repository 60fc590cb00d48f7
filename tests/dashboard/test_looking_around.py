"""Looking around in a lesson that somebody else taught, and coming back to the very place."""

from pathlib import Path

import pytest

from tests.dashboard.stage import Stage, on_stage, replay_app, taught
from tests.unit.helpers import plain
from tui_nn.session.events import Branched, EffectChosen, Event, HyperparameterSet, Moved, Noted, PaneChosen

_SIZES = [(120, 40), (80, 24)]
_LESSON: tuple[Event, ...] = (
    Moved(37, "delta3"),
    Noted("Look here."),
    EffectChosen("from here"),
    Branched("B"),
    HyperparameterSet("learning_rate", 0.5, 37),
    PaneChosen("data"),
    PaneChosen("step"),
    Moved(40, "J"),
)


def _is_looking_around(stage: Stage) -> bool:
    return stage.banner.startswith("Looking around · Esc: back to the replay")


async def _at(stage: Stage, place: int) -> str:
    await stage.ask_for(str(place))
    await stage.dismiss_notices()
    await stage.still()
    return stage.text


@pytest.mark.parametrize("size", _SIZES)
async def test_esc_comes_back_to_the_very_place_from_wherever_one_went(size: tuple[int, int], tmp_path: Path) -> None:
    path = taught(tmp_path, *_LESSON)
    before = path.read_bytes()
    async with on_stage(replay_app(path), size) as stage:
        for place, keys in (
            (1, ["l", "right", "down", "end", "home"]),
            (2, ["c", "l", "c", "left"]),
            (5, ["tab", "tab", "down", "right", "tab", "left", "up"]),
            (5, ["l", "g", "9", "0", "0", "enter", "n", "p", ".", ","]),
            (6, ["tab", "shift+tab", "7", "enter", "a", "d"]),
            (8, ["l", "space", "space", "down"]),
        ):
            shown, state = await _at(stage, place), plain(stage.app.state)
            await stage.press(*keys)
            assert _is_looking_around(stage), keys
            await stage.press("escape")
            await stage.dismiss_notices()
            await stage.still()
            assert not _is_looking_around(stage)
            assert plain(stage.app.state) == state, keys
            assert stage.text == shown, keys
            await stage.press("left", "right")
            assert plain(stage.app.state) == state, keys
    assert path.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == ["taught.toml"]


async def test_one_walks_through_the_lesson_as_it_stands_there(tmp_path: Path) -> None:
    async with on_stage(replay_app(taught(tmp_path, *_LESSON))) as stage:
        await _at(stage, 3)
        await stage.press("l", "right")
        assert stage.place == (37, "∂J/∂W⁽²⁾")
        await stage.press("down", "left")
        assert stage.place == (38, "δ⁽³⁾")
        await stage.ask_for("37 delta3")
        assert "Note: Look here." in stage.words("step")
        assert "−0.00049" in stage.pane("step")
        # What the teacher did later has not happened yet.
        assert stage.app.state.branches.names == ("A",)


async def test_while_one_looks_around_the_keys_are_those_of_the_walk(tmp_path: Path) -> None:
    async with on_stage(replay_app(taught(tmp_path, *_LESSON)), (160, 40)) as stage:
        assert "→ next event" in stage.key_line
        await stage.press("l")
        assert stage.key_line.startswith(" Esc back to the teacher  → step")
        assert "next event" not in stage.key_line
        await stage.press("escape")
        assert "→ next event" in stage.key_line


async def test_a_click_on_a_cell_or_on_the_timeline_does_not_lose_the_teacher(tmp_path: Path) -> None:
    async with on_stage(replay_app(taught(tmp_path, *_LESSON))) as stage:
        shown = await _at(stage, 3)
        row = next(y for y, line in enumerate(stage.terminal.lines) if "0.6485" in line)
        await stage.pilot.click(offset=(stage.terminal.lines[row].index("0.6485"), row))
        await stage.settle()
        assert _is_looking_around(stage)
        selected = stage.app.state.selected("matrices")
        assert selected
        assert (selected.matrix, selected.row, selected.column) == ("W1", 1, 1)
        await stage.press("escape")
        await stage.still()
        assert stage.text == shown


async def test_the_pane_that_the_teacher_looks_at_stands_out(tmp_path: Path) -> None:
    async with on_stage(replay_app(taught(tmp_path, *_LESSON))) as stage:
        await _at(stage, 6)
        assert "› Data" in stage.text
        await stage.press("right")
        assert "› Data" not in stage.text


async def test_leaving_while_one_looks_around_leaves(tmp_path: Path) -> None:
    async with on_stage(replay_app(taught(tmp_path, *_LESSON))) as stage:
        await stage.press("l", "down", "q")
        await stage.ended()
        assert stage.app.return_code == 0
