"""Playing: iteration after iteration, until a key stops it or the lesson ends."""

from pathlib import Path

from tests.dashboard.stage import Place, Stage, opened


def _is_playing(stage: Stage) -> bool:
    return "playing" in stage.header and "space pause" in stage.key_line


def _is_paused(stage: Stage) -> bool:
    return "playing" not in stage.header and "space play" in stage.key_line


def _short_lesson(directory: Path, iterations: int) -> Path:
    path = directory / "short.toml"
    path.write_text(f"[training]\niterations = {iterations}\n", encoding="utf-8")
    return path


async def test_space_plays_the_step_on_from_iteration_to_iteration_and_pauses() -> None:
    async with opened() as stage:
        await stage.go_to("37 delta3")
        assert _is_paused(stage)
        await stage.press("space")
        assert _is_playing(stage)
        await stage.until(lambda: stage.place.iteration >= 39)
        await stage.press("space")
        assert _is_paused(stage)
        assert stage.place.step == "δ⁽³⁾"


async def test_every_key_that_moves_pauses() -> None:
    async with opened() as stage:
        await stage.go_to("37 delta3")
        for key in ("right", "left", "down", "up", "n", "pageup", "home", "end"):
            await stage.press("space")
            assert _is_playing(stage), key
            await stage.press(key)
            assert _is_paused(stage), key


async def test_going_somewhere_pauses_there() -> None:
    async with opened() as stage:
        await stage.press("space")
        await stage.go_to("9000 J")
        assert _is_paused(stage)
        assert stage.place == Place(9000, "J")


async def test_plus_and_minus_change_the_speed_up_to_its_limits() -> None:
    async with opened() as stage:
        await stage.press("space")
        assert "playing 5 a second" in stage.header
        await stage.press("+")
        assert "playing 10 a second" in stage.header
        await stage.press("=")
        assert "playing 20 a second" in stage.header
        await stage.press("-", "-")
        assert "playing 5 a second" in stage.header
        await stage.press(*"-----")
        assert "playing 1 a second" in stage.header
        await stage.press(*"++++++++++++++++")
        assert "playing 5 000 a second" in stage.header


async def test_a_speed_chosen_while_nothing_plays_is_said_and_used_then() -> None:
    async with opened() as stage:
        await stage.press("+")
        assert "Speed: 10 iterations a second" in stage.latest_notice
        assert _is_paused(stage)
        await stage.press("space")
        assert "playing 10 a second" in stage.header


async def test_the_speed_is_said_once_however_often_it_is_changed() -> None:
    async with opened() as stage:
        await stage.press(*"++++++")
        assert len(stage.notices) == 1
        assert stage.place == Place(1, "Z⁽²⁾")


async def test_playing_stops_at_the_last_iteration(tmp_path: Path) -> None:
    async with opened(_short_lesson(tmp_path, 4)) as stage:
        await stage.go_to("2 J")
        await stage.press(*"++++")
        await stage.press("space")
        await stage.until(lambda: stage.place.iteration == 4 and _is_paused(stage))
        assert stage.place == Place(4, "J")


async def test_at_the_end_playing_begins_again() -> None:
    async with opened() as stage:
        await stage.press("end", "space")
        assert _is_playing(stage)
        assert stage.place.iteration < 100
        assert stage.place.step == "update"


async def test_at_the_highest_speed_playing_gets_through_the_lesson() -> None:
    async with opened() as stage:
        await stage.press("space", *"++++++++++++")
        await stage.until(lambda: stage.place.iteration == 10_000 and _is_paused(stage))


async def test_a_lesson_of_one_iteration_has_nothing_to_play(tmp_path: Path) -> None:
    async with opened(_short_lesson(tmp_path, 1)) as stage:
        await stage.press("space")
        await stage.until(lambda: _is_paused(stage))
        assert stage.place.iteration == 1


async def test_an_edit_while_it_plays_pauses_and_changes_what_is_played_on() -> None:
    async with opened() as stage:
        await stage.focus("data")
        await stage.press("space", "7")
        assert "playing" in stage.header
        await stage.press("enter")
        assert "playing" not in stage.header
        assert "(changed)" in stage.header
        begun = stage.place.iteration
        await stage.press("space")
        await stage.until(lambda: stage.place.iteration > begun + 1)
        await stage.press("space")
        assert stage.document.dataset.x[0, 0] == 7
