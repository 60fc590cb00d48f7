"""Saving: the whole lesson with its log, which goes on in that file; or as it stands, as a fresh one."""

from pathlib import Path

import pytest

from tests.dashboard.stage import Stage, lesson_in, opened, recorded
from tests.unit.helpers import plain
from tui_nn.session.events import CostReached, Ended, Moved, Noted
from tui_nn.session.storage import bundled_lessons, document_toml, library
from tui_nn.session.storage.session_file import read


async def _save_as(stage: Stage, name: str, key: str = "s") -> None:
    await stage.press(key, "ctrl+u")
    await stage.paste(name)
    await stage.press("enter")


async def _edit(stage: Stage) -> None:
    await stage.focus("data")
    await stage.press("7", "enter")
    assert "(changed)" in stage.header


async def test_a_saved_lesson_reads_back_to_the_last_bit_with_all_that_happened(tmp_path: Path) -> None:
    async with opened() as stage:
        await stage.focus("data")
        await stage.type("1/3")
        await stage.press("enter", "a", "A")
        await stage.still()
        before = recorded()
        await _save_as(stage, "kept")
        assert not stage.dialog
        assert "Saved to kept.toml." in stage.latest_notice
        assert "(changed)" not in stage.header
        kept = read(tmp_path / "kept.toml")
        assert document_toml.dump(kept.state.document) == stage.dump
        assert document_toml.dump(kept.document) == document_toml.dump(
            read(bundled_lessons.bundled()["lecture"]).document
        )
        assert kept.entries == before.entries


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_a_saved_lesson_opens_again_at_its_very_place(size: tuple[int, int], tmp_path: Path) -> None:
    async with opened(size=size) as stage:
        await stage.go_to("12 delta2")
        await stage.press("r")
        await stage.type("Here it turns")
        await stage.press("enter", "c", "b", "enter")
        await stage.focus("forward")
        await stage.press("right", "down", "escape")
        await stage.focus("settings")
        await stage.press("down", "escape")
        await stage.focus("data")
        await stage.press("8", "enter", "down", "escape")
        await stage.go_to("37 delta3")
        await _save_as(stage, "kept")
        await stage.still()
        await stage.dismiss_notices()
        shown, state = stage.terminal.lines, plain(stage.app.state)
    async with opened(tmp_path / "kept.toml", size) as stage:
        assert plain(stage.app.state) == state
        assert stage.terminal.lines == shown


async def test_after_saving_the_lesson_is_recorded_there_and_its_recording_of_before_has_ended(tmp_path: Path) -> None:
    async with opened() as stage:
        await stage.press("right")
        await _save_as(stage, "kept")
        await stage.go_to("37 delta3")
        await stage.press("r")
        await stage.type("after saving")
        await stage.press("enter")
        kept = read(tmp_path / "kept.toml")
        assert Noted("after saving") in [entry.event for entry in kept.entries]
        assert plain(kept.state) == plain(stage.app.state)
        (before,) = (one.path for one in library.recordings() if not one.path.samefile(tmp_path / "kept.toml"))
        happened = [entry.event for entry in read(before).entries if not isinstance(entry.event, CostReached)]
        assert happened == [Moved(1, "A2"), Ended()]
        await stage.press("q")
        await stage.ended()
    assert isinstance(read(tmp_path / "kept.toml").entries[-1].event, Ended)
    assert library.unfinished_recordings() == []
    assert [one.path for one in library.recordings()] == [before]


async def test_a_lesson_saved_before_anything_happened_is_recorded_there_from_its_first_key_on(tmp_path: Path) -> None:
    async with opened() as stage:
        await _save_as(stage, "kept")
        assert read(tmp_path / "kept.toml").entries == ()
        await stage.press("right")
        assert read(tmp_path / "kept.toml").entries[0].event == Moved(1, "A2")


async def test_a_lesson_that_comes_with_tui_nn_is_saved_here_and_not_over_it(tmp_path: Path) -> None:
    before = bundled_lessons.bundled()["lecture"].read_bytes()
    async with opened() as stage:
        await _edit(stage)
        await stage.press("s")
        assert " lecture.toml " in stage.dialog
        await stage.press("enter")
        assert read(tmp_path / "lecture.toml").state.document.dataset.x[0, 0] == 7
    assert bundled_lessons.bundled()["lecture"].read_bytes() == before


async def test_saving_again_goes_to_the_same_file_without_a_question_whatever_it_is_called(tmp_path: Path) -> None:
    async with opened() as stage:
        await _save_as(stage, "kept")
        for way in ("", "kept", "./kept.toml", str(tmp_path / "kept.toml")):
            await stage.focus("data")
            await stage.press("7" if way else "8", "enter", "escape")
            assert "(changed)" not in stage.header
            if way:
                await _save_as(stage, way)
            else:
                await stage.press("s", "enter")
            assert not stage.dialog, way
            assert document_toml.dump(read(tmp_path / "kept.toml").state.document) == stage.dump


async def test_a_file_of_one_s_own_is_changed_only_when_one_saves(tmp_path: Path) -> None:
    path = lesson_in(tmp_path, 'title = "Mine"  # by hand\n')
    async with opened(path) as stage:
        await _edit(stage)
        assert path.read_text(encoding="utf-8") == 'title = "Mine"  # by hand\n'
        await stage.press("s", "enter")
        assert not stage.dialog
        assert "(changed)" not in stage.header
    # What somebody wrote by hand stays as it was written.
    assert path.read_text(encoding="utf-8").startswith('title = "Mine"  # by hand\n\n[[event]]')
    assert read(path).state.document.dataset.x[0, 0] == 7


async def test_another_file_is_replaced_only_after_a_question(tmp_path: Path) -> None:
    other = lesson_in(tmp_path, "# another lesson\n", "other.toml")
    async with opened() as stage:
        await stage.go_to("37 delta3")
        for key in ("s", "S"):
            for answer in ("n", "escape"):
                await _save_as(stage, "other", key)
                assert "other.toml is there already. Replace it?" in stage.dialog
                await stage.press(answer)
                assert not stage.dialog
                assert other.read_text(encoding="utf-8") == "# another lesson\n"
        await _save_as(stage, "other")
        await stage.press("y")
        assert plain(read(other).state) == plain(stage.app.state)


@pytest.mark.parametrize(("key", "asks"), [("s", "Save the lesson to this file"), ("S", "as a fresh one")])
async def test_a_save_that_fails_says_so_in_the_dialog_and_the_dashboard_goes_on(key: str, asks: str) -> None:
    async with opened() as stage:
        await _edit(stage)
        for name in ("", "nowhere/mine", "~nobody-of-that-name/mine", "/", ".", "x" * 300, "a\0b", "/proc/mine"):
            await _save_as(stage, name, key)
            assert asks in stage.dialog, name
            assert "can't be written" in stage.dialog or "no name that a file can have" in stage.dialog, name
            await stage.press("escape")
            assert not stage.dialog
        await stage.press("escape", "right")
        assert stage.place.step == "A⁽²⁾"
        assert "(changed)" in stage.header
        # It goes on where it was recorded.
        assert plain(recorded().state) == plain(stage.app.state)
    assert not [path for path in Path().iterdir() if path.is_file()]


async def test_a_file_that_can_t_be_replaced_stays_whole_and_the_dashboard_goes_on(tmp_path: Path) -> None:
    (tmp_path / "taken.toml").mkdir()
    async with opened() as stage:
        await _save_as(stage, "taken")
        await stage.press("y")
        assert "taken.toml can't be written: it is no ordinary file; nothing was changed" in stage.latest_notice
        await stage.press("right")
        assert stage.place.step == "A⁽²⁾"
        assert plain(recorded().state) == plain(stage.app.state)


async def test_saved_as_it_stands_a_lesson_begins_anew_with_its_edits(tmp_path: Path) -> None:
    async with opened() as stage:
        await _edit(stage)
        await stage.press("escape")
        await stage.go_to("37 delta3")
        await stage.press("S")
        assert " lecture-fresh.toml " in stage.dialog
        await stage.press("enter")
        assert "Saved to lecture-fresh.toml." in stage.latest_notice
        # It is a copy: the lesson itself goes on where it was recorded.
        assert "(changed)" in stage.header
        await stage.press("right")
        assert plain(recorded().state) == plain(stage.app.state)
        assert (tmp_path / "lecture-fresh.toml").read_text(encoding="utf-8") == stage.dump
    async with opened(tmp_path / "lecture-fresh.toml") as stage:
        assert (stage.place.iteration, stage.place.step) == (1, "Z⁽²⁾")
        assert stage.document.dataset.x[0, 0] == 7
        await stage.press("u")
        assert "There is nothing to undo." in stage.latest_notice


async def test_a_file_in_which_it_is_recorded_is_not_replaced_by_its_fresh_copy(tmp_path: Path) -> None:
    async with opened() as stage:
        await _save_as(stage, "kept")
        await stage.press("right")
        before = (tmp_path / "kept.toml").read_bytes()
        await _save_as(stage, "kept", "S")
        await stage.press("y")
        assert "can't be written" in stage.latest_notice
        assert (tmp_path / "kept.toml").read_bytes() == before
        await stage.press("right")
        assert plain(read(tmp_path / "kept.toml").state) == plain(stage.app.state)


async def test_what_is_still_being_typed_is_saved(tmp_path: Path) -> None:
    async with opened() as stage:
        await stage.focus("data")
        await stage.type("7")
        await stage.press("ctrl+p")
        await stage.type("and go on there")
        await stage.until(lambda: "Save all that happened to a file" in stage.text)
        await stage.press("enter")
        await stage.until(lambda: "Save the lesson to this file" in stage.text)
        await stage.press("enter")
        assert read(tmp_path / "lecture.toml").state.document.dataset.x[0, 0] == 7


async def test_a_directory_is_no_name_of_a_file(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    async with opened() as stage:
        await _edit(stage)
        await _save_as(stage, str(folder))
        assert "is a directory; name a file in it" in stage.dialog
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("folder")] == ["folder"]
    assert not list(folder.iterdir())
