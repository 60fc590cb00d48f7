"""Notes at a step, and names for steps to go back to."""

from pathlib import Path

import pytest

from tests.dashboard.stage import Stage, opened, recorded, taught
from tests.unit.helpers import plain
from tui_nn.session.events import Marked, Moved, Noted

_SIZES = [(120, 40), (80, 24)]


async def _note(stage: Stage, text: str) -> None:
    await stage.press("r")
    await stage.paste(text)
    await stage.press("enter")


async def _mark(stage: Stage, name: str) -> None:
    await stage.press("m")
    await stage.paste(name)
    await stage.press("enter")


@pytest.mark.parametrize("size", _SIZES)
async def test_a_note_stands_at_its_step_and_nowhere_else(size: tuple[int, int]) -> None:
    async with opened(size=size) as stage:
        await stage.go_to("37 delta3")
        before = stage.text
        await stage.press("r")
        assert "A note at this step:" in stage.dialog
        await stage.type("The error, times the slope.")
        await stage.press("enter")
        assert "Note: The error, times the slope." in stage.words("step")
        for away, back in (("right", "left"), ("down", "up"), ("end", None)):
            await stage.press(away)
            assert "Note:" not in stage.text, away
            if back:
                await stage.press(back)
            else:
                await stage.go_to("37 delta3")
            assert "Note: The error, times the slope." in stage.words("step"), away
        assert plain(recorded().state) == plain(stage.app.state)
        # It pushes the step down, and takes nothing of it.
        for line in before.splitlines():
            if "⎡" in line and size == (80, 24):
                assert line in stage.text


async def test_several_notes_at_one_step_stand_below_each_other() -> None:
    async with opened() as stage:
        for text in ("first", "second", "third"):
            await _note(stage, text)
        notes = [line for line in stage.pane("step").splitlines() if line.startswith("Note:")]
        assert notes == ["Note: first", "Note: second", "Note: third"]


async def test_a_note_belongs_to_its_run_and_to_those_that_left_it_later() -> None:
    async with opened() as stage:
        await _note(stage, "before they part")
        await stage.go_to("12 J")
        await stage.press("b", "enter")
        await stage.go_to("20 J")
        await _note(stage, "of run B")
        await stage.press("v")
        assert "Note:" not in stage.words("step")
        await _note(stage, "of run A")
        for run, here in (("B", "Note: of run B"), ("A", "Note: of run A")):
            await stage.press("v")
            assert stage.app.state.branches.current.name == run
            assert [line for line in stage.pane("step").splitlines() if "Note:" in line] == [here]
            await stage.press("home")
            assert "Note: before they part" in stage.words("step")
            await stage.go_to("20 J")


@pytest.mark.parametrize("size", _SIZES)
async def test_a_long_note_is_wrapped_and_nothing_of_it_is_lost(size: tuple[int, int]) -> None:
    text = " ".join(f"word{number}" for number in range(60))
    async with opened(size=size) as stage:
        await stage.go_to("37 J")
        await _note(stage, text)
        assert f"Note: {text}" in stage.words("step")


async def test_what_is_pasted_into_a_note_can_t_reach_the_terminal_as_a_command() -> None:
    async with opened() as stage:
        await _note(stage, "a[b]red[/b] [link=x]b[/link]")
        assert "Note: a[b]red[/b] [link=x]b[/link]" in stage.words("step")
        await stage.press("r")
        await stage.paste("\x1b[2Jz")
        await stage.press("enter")
        # Refused, or without what made it a command; never passed on.
        assert "\x1b" not in "".join(note.text for note in stage.app.state.notes)
        await stage.press("escape")
        assert "Note: a[b]red" in stage.words("step")


@pytest.mark.parametrize(
    ("text", "said"), [("", "you typed nothing"), ("   ", "not blank"), ("x" * 501, "at most 500")]
)
async def test_a_note_that_can_t_be_is_refused_in_the_dialog(text: str, said: str) -> None:
    async with opened() as stage:
        await _note(stage, text)
        assert said in stage.dialog
        await stage.press("escape")
        assert stage.app.state.notes == ()


async def test_a_marked_step_is_gone_to_by_its_name() -> None:
    async with opened() as stage:
        await stage.go_to("37 delta3")
        await _mark(stage, "The turn")
        assert "The turn" in stage.pane("step")
        await stage.press("end")
        assert "The turn" not in stage.pane("step")
        for name in ("The turn", "the turn", "  THE TURN  "):
            await stage.ask_for(name)
            assert stage.place == (37, "δ⁽³⁾"), name
            await stage.press("home")
        assert recorded().entries[-1].event == Moved(1, "Z2")


async def test_a_mark_that_is_called_like_a_number_or_a_step_is_found_first() -> None:
    async with opened() as stage:
        await stage.go_to("37 delta3")
        await _mark(stage, "12")
        await stage.go_to("38 delta2")
        await _mark(stage, "J")
        await stage.ask_for("12")
        assert stage.place == (37, "δ⁽³⁾")
        await stage.ask_for("J")
        assert stage.place == (38, "δ⁽²⁾")


async def test_a_mark_leads_to_the_run_that_it_was_set_in() -> None:
    async with opened() as stage:
        await stage.press("b", "enter", "down")
        await _mark(stage, "in B")
        await stage.press("v", "home")
        await stage.ask_for("in B")
        assert stage.app.state.branches.current.name == "B"
        assert stage.place == (2, "Z⁽²⁾")
        assert "Mark: in B" in stage.pane("step")


async def test_a_mark_that_is_not_there_is_refused_in_the_dialog() -> None:
    async with opened() as stage:
        await stage.ask_for("no such mark")
        assert 'There is no "no such mark"' in stage.dialog
        await stage.press("escape")


async def test_no_two_marks_have_the_same_name() -> None:
    async with opened() as stage:
        await _mark(stage, "here")
        await stage.press("right")
        await _mark(stage, "here")
        assert "one that is not taken yet" in stage.dialog
        await stage.press("escape")
        assert [mark.name for mark in stage.app.state.marks] == ["here"]


async def test_a_mark_beyond_the_end_of_a_shorter_lesson_is_refused_in_words() -> None:
    async with opened() as stage:
        await stage.press("end")
        await _mark(stage, "the end")
        await stage.choose_setting("iterations")
        await stage.type("500")
        await stage.press("enter", "escape")
        await stage.ask_for("the end")
        assert 'The mark "the end" stands at a place that no longer exists' in stage.dialog
        await stage.press("escape", "u")
        await stage.ask_for("the end")
        assert stage.place == (10_000, "update")


async def test_notes_and_marks_of_a_file_are_there_when_it_is_opened(tmp_path: Path) -> None:
    path = taught(tmp_path, Moved(37, "delta3"), Noted("Look here."), Marked("turn"), Moved(1, "Z2"))
    async with opened(path) as stage:
        await stage.ask_for("turn")
        assert stage.place == (37, "δ⁽³⁾")
        assert "Note: Look here." in stage.words("step")
