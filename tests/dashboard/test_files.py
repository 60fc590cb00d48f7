"""Opening and leaving, with the questions that they ask."""

from pathlib import Path

import pytest

from tests.dashboard.stage import Stage, lesson_in, opened, recorded
from tests.unit.helpers import plain
from tui_nn.session.events import Ended
from tui_nn.session.storage import bundled_lessons, document_toml, library
from tui_nn.session.storage.session_file import read

_EVENTS = '[[event]]\nkind = "moved"\nat = 3.2\niteration = 37\nstep = "delta3"\nseq = 1\n'
_ASKS = "This lesson has changes that are in no file of yours."


async def _edit(stage: Stage) -> None:
    await stage.focus("data")
    await stage.press("7", "enter")
    assert "(changed)" in stage.header


async def test_a_lesson_with_a_log_goes_on_where_it_was_and_is_recorded_in_its_file(tmp_path: Path) -> None:
    path = lesson_in(tmp_path, f'title = "Mine"  # by hand\n\n{_EVENTS}')
    before = path.read_text(encoding="utf-8")
    async with opened(path) as stage:
        assert (stage.place.iteration, stage.place.step) == (37, "δ⁽³⁾")
        await stage.focus("data")
        await stage.press("7", "enter")
        assert plain(read(path).state) == plain(stage.app.state)
        assert "(changed)" not in stage.header
        await stage.press("q")
        await stage.ended()
    assert path.read_text(encoding="utf-8").startswith(before)
    assert read(path).state.document.dataset.x[0, 0] == 7
    assert isinstance(read(path).entries[-1].event, Ended)


async def test_a_lesson_is_chosen_from_the_list() -> None:
    async with opened() as stage:
        await stage.go_to("37 delta3")
        await stage.press("o")
        for name in bundled_lessons.bundled():
            assert name in stage.dialog
        await stage.press(*["down"] * list(bundled_lessons.bundled()).index("xor"), "enter")
        await stage.still()
        assert "Exclusive or" in stage.header
        assert stage.place.iteration == 1
        assert stage.dump == document_toml.dump(read(bundled_lessons.bundled()["xor"]).document)


async def test_the_lesson_that_was_left_for_another_has_ended_and_the_other_has_a_log_of_its_own() -> None:
    async with opened() as stage:
        await stage.press("right", "o", *["down"] * list(bundled_lessons.bundled()).index("xor"), "enter")
        await stage.still()
        (lecture,) = library.recordings()
        assert isinstance(read(lecture.path).entries[-1].event, Ended)
        before = lecture.path.read_bytes()
        await stage.press("right", "right")
        (other,) = {one.path for one in library.recordings()} - {lecture.path}
        assert plain(read(other).state) == plain(stage.app.state)
        assert lecture.path.read_bytes() == before


async def test_a_file_is_opened_by_its_path(tmp_path: Path) -> None:
    path = lesson_in(tmp_path, 'title = "Mine"\n[training]\niterations = 12\n')
    async with opened() as stage:
        for name in ("mine.toml", str(path)):
            await stage.press("o", "tab")
            await stage.paste(name)
            await stage.press("enter")
            await stage.still()
            assert stage.header.startswith(" Mine ")
            assert stage.document.iterations == 12


async def test_a_file_that_can_t_be_read_is_refused_in_words_and_the_lesson_stays(tmp_path: Path) -> None:
    async with opened() as stage:
        await stage.go_to("37 delta3")
        before = stage.text
        await stage.press("o", "tab")
        for source, said in (
            ("[network]\nhidden = [-1]\n", "[network] hidden is -1; expected a whole number from 1 to 1024"),
            ("[network\n", "line 1"),
            ('[training]\nlearning_rate = "fast"\n', 'is the text "fast"'),
            ("[data]\nx = [[1.0], [2.0, 3.0], [1.0]]\n", "expected 1 numbers, as row 1 has"),
            (_EVENTS.replace("delta3", "delta4"), '[[event]] 1: step is "delta4"; expected one of Z2 A2'),
            (_EVENTS.replace("seq = 1", "seq = 2"), "seq is 2; expected 1"),
            (None, "no such file or directory"),
        ):
            path = lesson_in(tmp_path, source or "", "broken.toml")
            if source is None:
                path.unlink()
            await stage.press("ctrl+u")
            await stage.paste(path.name)
            await stage.press("enter")
            assert said in stage.dialog
        await stage.press("escape")
        assert stage.text == before


async def test_of_a_file_that_was_cut_off_the_rest_opens_and_the_screen_says_so(tmp_path: Path) -> None:
    path = lesson_in(tmp_path, f'{_EVENTS}\n[[event]]\nkind = "moved"\nat = 4.0\niterat')
    async with opened(path) as stage:
        assert (stage.place.iteration, stage.place.step) == (37, "δ⁽³⁾")
        assert "bytes of an event that was cut off were left out." in stage.latest_notice
        await stage.press("right")
        assert plain(read(path).state) == plain(stage.app.state)
        assert read(path).cut_off_bytes == 0


async def test_a_name_that_no_file_can_have_is_refused_when_opening() -> None:
    async with opened() as stage:
        await stage.press("o", "tab")
        for name in ("", "x" * 300, "a\0b", "a\0b.toml", "lectur", "/"):
            await stage.press("ctrl+u")
            await stage.paste(name)
            await stage.press("enter")
            assert "Open a lesson" in stage.dialog, name
            assert "Esc: back" not in stage.dialog, name


async def test_without_changes_one_leaves_at_once() -> None:
    async with opened() as stage:
        await stage.go_to("37 delta3")
        await stage.press("q")
        await stage.ended()
        assert stage.app.return_code == 0
    assert isinstance(recorded().entries[-1].event, Ended)


async def test_a_lesson_in_which_nothing_happened_leaves_nothing_behind(tmp_path: Path) -> None:
    async with opened() as stage:
        await stage.press("q")
        await stage.ended()
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


async def test_edits_taken_back_are_no_changes_to_ask_about() -> None:
    async with opened() as stage:
        await _edit(stage)
        await stage.press("u", "q")
        await stage.ended()


async def test_with_changes_leaving_asks_and_can_be_thought_better_of() -> None:
    async with opened() as stage:
        await _edit(stage)
        await stage.press("q")
        assert _ASKS in stage.dialog
        await stage.press("escape", "u", "U", "q", "d")
        await stage.ended()
        assert stage.app.return_code == 0
    # They stay among the recorded lessons, as the answer says.
    assert recorded().state.document.dataset.x[0, 0] == 7


async def test_leaving_saves_the_changes_where_one_wants_it(tmp_path: Path) -> None:
    async with opened() as stage:
        await _edit(stage)
        await stage.press("q", "s", "ctrl+u")
        await stage.paste("kept")
        await stage.press("enter")
        await stage.ended()
    assert read(tmp_path / "kept.toml").state.document.dataset.x[0, 0] == 7


async def test_a_save_that_fails_does_not_leave() -> None:
    async with opened() as stage:
        await _edit(stage)
        await stage.press("q", "s", "ctrl+u")
        await stage.paste("nowhere/mine")
        await stage.press("enter")
        assert "can't be written" in stage.dialog
        await stage.press("escape", "right")
        assert "(changed)" in stage.header


@pytest.mark.parametrize("way", ["list", "palette"])
async def test_with_changes_opening_another_lesson_asks_first(way: str) -> None:
    async with opened() as stage:
        await _edit(stage)
        if way == "list":
            await stage.press("o")
        else:
            await stage.press("ctrl+p")
            await stage.type("Lesson: xor")
            await stage.until(lambda: "Exclusive or" in stage.text)
            await stage.press("enter")
        await stage.until(lambda: _ASKS in stage.dialog)
        await stage.press("escape")
        assert "(changed)" in stage.header
        assert stage.document.dataset.x[0, 0] == 7


async def test_to_open_a_lesson_and_leave_it_again_leaves_no_trace_in_it(tmp_path: Path) -> None:
    ended = '[[event]]\nkind = "ended"\nat = 4.0\nseq = 2\n'
    path = lesson_in(tmp_path, f"{_EVENTS}\n{ended}")
    before = path.read_bytes()
    async with opened(path) as stage:
        assert path.read_bytes() == before
        await stage.press("?", "escape", "q")
        await stage.ended()
    assert path.read_bytes() == before


async def test_a_lesson_that_comes_with_its_log_has_no_changes_of_one_s_own() -> None:
    async with opened("first-lesson") as stage:
        assert "(changed)" not in stage.header
        await stage.press("q")
        await stage.ended()
    assert library.recordings() == []


async def test_a_path_typed_on_the_list_is_the_one_that_is_opened(tmp_path: Path) -> None:
    path = lesson_in(tmp_path, 'title = "Mine"\n')
    async with opened() as stage:
        await stage.press("o")
        await stage.type(str(path))
        await stage.press("enter")
        assert "Mine" in stage.header
