"""Saving, opening and leaving."""

from pathlib import Path

import pytest

from tests.dashboard.stage import Stage, opened
from tui_nn.session import lessons, toml
from tui_nn.session.file import read

_EVENTS = '[[event]]\nkind = "moved"\nat = 3.2\niteration = 1\nstep = "delta3"\nseq = 1\n'


async def _save_as(stage: Stage, name: str) -> None:
    await stage.press("s", "ctrl+u")
    await stage.paste(name)
    await stage.press("enter")


async def _edit(stage: Stage) -> None:
    await stage.focus("data")
    await stage.press("7", "enter")
    assert "(changed)" in stage.header


def _session(directory: Path, source: str, name: str = "mine.toml") -> Path:
    path = directory / name
    path.write_text(source, encoding="utf-8")
    return path


async def test_a_saved_lesson_reads_back_to_the_last_bit(tmp_path: Path) -> None:
    async with opened() as stage:
        await stage.focus("data")
        await stage.type("1/3")
        await stage.press("enter", "a", "A")
        await _save_as(stage, "kept")
        assert not stage.dialog
        assert "Saved to kept.toml." in stage.notices[-1]
        assert "(changed)" not in stage.header
        assert toml.dump(read(tmp_path / "kept.toml").document) == stage.dump


async def test_a_lesson_that_comes_with_tui_nn_is_saved_here_and_not_over_it(tmp_path: Path) -> None:
    before = lessons.bundled()["lecture"].read_bytes()
    async with opened() as stage:
        await _edit(stage)
        await stage.press("s")
        assert " lecture.toml " in stage.dialog
        await stage.press("enter")
        assert read(tmp_path / "lecture.toml").document.dataset.x[0, 0] == 7
    assert lessons.bundled()["lecture"].read_bytes() == before


async def test_saving_again_goes_to_the_same_file_without_a_question(tmp_path: Path) -> None:
    async with opened() as stage:
        await _save_as(stage, "kept")
        await _edit(stage)
        await stage.press("s", "enter")
        assert not stage.dialog
        assert "(changed)" not in stage.header
        assert toml.dump(read(tmp_path / "kept.toml").document) == stage.dump


async def test_another_file_is_replaced_only_after_a_question(tmp_path: Path) -> None:
    other = _session(tmp_path, "# another lesson\n", "other.toml")
    async with opened() as stage:
        for answers in (("n",), ("escape",)):
            await _save_as(stage, "other")
            assert "other.toml is there already. Replace it?" in stage.dialog
            await stage.press(*answers)
            assert not stage.dialog
            assert other.read_text(encoding="utf-8") == "# another lesson\n"
        await _save_as(stage, "other")
        await stage.press("y")
        assert toml.dump(read(other).document) == stage.dump


async def test_a_save_that_fails_says_so_in_the_dialog_and_the_dashboard_goes_on() -> None:
    async with opened() as stage:
        await _edit(stage)
        for name in ("", "nowhere/mine", "~nobody-of-that-name/mine", "/", ".", "x" * 300, "a\0b", "/proc/mine"):
            await _save_as(stage, name)
            assert "Save the lesson to this file" in stage.dialog, name
            assert "can't be written" in stage.dialog or "no name that a file can have" in stage.dialog, name
            await stage.press("escape")
            assert not stage.dialog
        await stage.press("escape", "right")
        assert stage.place.step == "A⁽²⁾"
        assert "(changed)" in stage.header
    assert not [path for path in Path().iterdir() if path.is_file()]


async def test_a_file_that_can_t_be_replaced_stays_whole_and_the_dashboard_goes_on(tmp_path: Path) -> None:
    (tmp_path / "taken.toml").mkdir()
    async with opened() as stage:
        await _save_as(stage, "taken")
        await stage.press("y")
        assert "taken.toml is no ordinary file" in stage.notices[-1]
        await stage.press("right")
        assert stage.place.step == "A⁽²⁾"


async def test_the_events_of_a_file_survive_a_save(tmp_path: Path) -> None:
    path = _session(tmp_path, f'title = "Mine"\n\n{_EVENTS}')
    async with opened(path) as stage:
        await _edit(stage)
        await stage.press("s", "enter")
        assert "(changed)" not in stage.header
    assert path.read_text(encoding="utf-8").endswith(_EVENTS)
    assert read(path).document.dataset.x[0, 0] == 7


async def test_a_lesson_is_chosen_from_the_list() -> None:
    async with opened() as stage:
        await stage.go_to("37 delta3")
        await stage.press("o")
        for name in lessons.bundled():
            assert name in stage.dialog
        await stage.press(*["down"] * list(lessons.bundled()).index("xor"), "enter")
        await stage.still()
        assert "Exclusive or" in stage.header
        assert stage.place.iteration == 1
        assert stage.dump == toml.dump(read(lessons.bundled()["xor"]).document)


async def test_a_file_is_opened_by_its_path(tmp_path: Path) -> None:
    path = _session(tmp_path, 'title = "Mine"\n[training]\niterations = 12\n')
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
            (None, "no such file or directory"),
        ):
            path = _session(tmp_path, source or "", "broken.toml")
            if source is None:
                path.unlink()
            await stage.press("ctrl+u")
            await stage.paste(path.name)
            await stage.press("enter")
            assert said in stage.dialog
        await stage.press("escape")
        assert stage.text == before


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


async def test_edits_taken_back_are_no_changes_to_ask_about() -> None:
    async with opened() as stage:
        await _edit(stage)
        await stage.press("u", "q")
        await stage.ended()


async def test_with_changes_leaving_asks_and_can_be_thought_better_of() -> None:
    async with opened() as stage:
        await _edit(stage)
        await stage.press("q")
        assert "changes that are not saved" in stage.dialog
        await stage.press("escape", "u", "U", "q", "d")
        await stage.ended()
        assert stage.app.return_code == 0


async def test_leaving_saves_the_changes_where_one_wants_it(tmp_path: Path) -> None:
    async with opened() as stage:
        await _edit(stage)
        await stage.press("q", "s", "ctrl+u")
        await stage.paste("kept")
        await stage.press("enter")
        await stage.ended()
    assert read(tmp_path / "kept.toml").document.dataset.x[0, 0] == 7


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
        await stage.until(lambda: "changes that are not saved" in stage.text)
        await stage.press("escape")
        assert "(changed)" in stage.header
        assert stage.document.dataset.x[0, 0] == 7
