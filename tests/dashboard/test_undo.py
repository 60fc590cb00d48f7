"""Taking back and making again: every kind of edit, any number of them, also after the lesson was closed."""

from pathlib import Path

import pytest

from tests.dashboard.stage import Stage, lesson_in, opened, recorded
from tests.unit.helpers import plain
from tui_nn.session.storage import library
from tui_nn.session.storage.session_file import read

# From a pane without the keys: the pane, or the setting as the file calls it, and the keys that edit it.
_EDITS: dict[str, tuple[str, str]] = {
    "a number": ("data", "7 enter"),
    "a row more": ("data", "down a"),
    "a row less": ("data", "d"),
    "a column more": ("data", "A"),
    "a column less": ("data", "D"),
    "another name": ("data", "up up up up enter x enter"),
    "a choice": ("activation", "right"),
    "hidden units": ("hidden", "enter backspace 4 enter"),
    "the rate": ("learning_rate", "2 enter"),
    "the length": ("iterations", "500 enter"),
    "the scaling": ("y_scaling", "10 enter"),
    "a weight": ("", "weight"),
    "a run": ("", "b enter"),
}


async def _make(stage: Stage, edit: str) -> None:
    pane, keys = _EDITS[edit]
    if pane == "data":
        await stage.focus(pane)
    elif pane:
        await stage.choose_setting(pane)
    if keys == "weight":
        await _set_weight(stage)
        return
    for key in keys.split():
        await (stage.type(key) if key.isdecimal() else stage.press(key))
    await stage.press("escape")


async def _set_weight(stage: Stage) -> None:
    await stage.focus("forward")
    for _ in range(8):
        selected = stage.app.state.selected("matrices")
        if selected and selected.matrix == "W1":
            break
        await stage.press("left" if selected and selected.matrix == "Z2" else "right")
    await stage.type("0.125")
    await stage.press("enter", "escape")


def _edited(stage: Stage) -> object:
    return plain(stage.app.state.branches)


@pytest.mark.parametrize("effect", ["restart", "from here"])
async def test_every_kind_of_edit_is_taken_back_and_made_again_any_number_of_times(effect: str, tmp_path: Path) -> None:
    # A short one, as it is trained anew after each of so many edits.
    async with opened(lesson_in(tmp_path, "[training]\niterations = 1000\n")) as stage:
        await stage.go_to("12 J")
        if effect == "from here":
            await stage.press("h")
        states = [_edited(stage)]
        for edit in _EDITS:
            await _make(stage, edit)
            states.append(_edited(stage))
            assert states[-1] != states[-2], edit
        for state in reversed(states[:-1]):
            await stage.press("u")
            assert _edited(stage) == state
        await stage.press("u")
        assert "There is nothing to undo." in stage.latest_notice
        for state in states[1:]:
            await stage.press("U")
            assert _edited(stage) == state
        await stage.press("U")
        assert "There is nothing to redo." in stage.latest_notice
        assert plain(recorded().state) == plain(stage.app.state)


async def test_a_lesson_that_was_closed_and_opened_again_takes_its_edits_back_as_before() -> None:
    edits = ["a number", "a row more", "a choice", "a weight", "a run", "another name"]
    async with opened() as stage:
        states = [_edited(stage)]
        for edit in edits:
            await _make(stage, edit)
            states.append(_edited(stage))
        await stage.press("u", "u", "q", "d")
        await stage.ended()
    async with opened(library.recordings()[0].path) as stage:
        assert _edited(stage) == states[-3]
        await stage.press("U", "U")
        assert _edited(stage) == states[-1]
        for state in reversed(states[:-1]):
            await stage.press("u")
            assert _edited(stage) == state
        assert "(changed)" not in stage.header
        await stage.press("u")
        assert "There is nothing to undo." in stage.latest_notice


async def test_a_file_of_one_s_own_takes_its_edits_back_after_it_was_closed(tmp_path: Path) -> None:
    async with opened() as stage:
        before = _edited(stage)
        await _make(stage, "a number")
        await stage.press("s", "enter", "q")
        await stage.ended()
    async with opened(tmp_path / "lecture.toml") as stage:
        assert _edited(stage) != before
        await stage.press("u")
        assert _edited(stage) == before
        assert plain(read(tmp_path / "lecture.toml").state) == plain(stage.app.state)


async def test_taking_back_where_one_has_not_moved_goes_back_to_where_the_edit_was_made() -> None:
    async with opened() as stage:
        await stage.go_to("9000 delta2")
        await _make(stage, "the length")
        assert stage.place.iteration == 500
        await stage.press("u")
        assert stage.place == (9000, "δ⁽²⁾")
        await stage.press("U")
        assert stage.place == (500, "δ⁽²⁾")
        await stage.press("up", "u")
        assert stage.place == (499, "δ⁽²⁾")


async def test_moves_and_looks_are_not_taken_back() -> None:
    async with opened() as stage:
        await _make(stage, "a number")
        await stage.go_to("37 delta3")
        await stage.press("c", "c", "u")
        assert stage.place == (37, "δ⁽³⁾")
        assert "log₁₀ J" in stage.pane("cost")
        assert "(changed)" not in stage.header
