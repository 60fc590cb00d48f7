"""The timeline under the mouse: pressed, dragged, let go of."""

from textual.events import MouseDown, MouseMove, MouseUp

from tests.dashboard.stage import Stage, opened, recorded
from tui_nn.session.events import Moved

_LINE = 38


_Kind = type[MouseDown | MouseMove | MouseUp]


def _post(stage: Stage, kind: _Kind, x: int, y: int = _LINE, button: int = 1) -> None:
    stage.app.post_message(kind(None, x, y, 0, 0, button, False, False, False, x, y))


async def _mouse(stage: Stage, kind: _Kind, x: int, y: int = _LINE, button: int = 1) -> None:
    _post(stage, kind, x, y, button)
    await stage.settle()


def _moves() -> list[Moved]:
    return [entry.event for entry in recorded().entries if isinstance(entry.event, Moved)]


async def test_to_press_the_timeline_goes_there_at_once_and_is_one_event() -> None:
    async with opened() as stage:
        await _mouse(stage, MouseDown, 60)
        here = stage.place
        assert 4500 < here.iteration < 5500
        await _mouse(stage, MouseUp, 60)
        assert stage.place == here
        assert _moves() == [Moved(here.iteration, "Z2")]


async def test_the_point_is_dragged_along_and_stays_where_it_is_let_go() -> None:
    async with opened() as stage:
        await _mouse(stage, MouseDown, 10)
        begun = stage.place.iteration
        seen = [begun]
        for x in range(12, 100, 4):
            await _mouse(stage, MouseMove, x)
            seen.append(stage.place.iteration)
        assert seen == sorted(set(seen))
        # Beside the line, and beyond its end.
        await _mouse(stage, MouseMove, 118, 20)
        await _mouse(stage, MouseUp, 118, 20)
        assert stage.place.iteration == 10_000
        await _mouse(stage, MouseMove, 40)
        assert stage.place.iteration == 10_000
        # Of the places passed, a few a second are recorded; where it began and where it ended always.
        moves = _moves()
        assert [moves[0].iteration, moves[-1].iteration] == [begun, 10_000]
        assert stage.terminal.lines[_LINE].rstrip().endswith("● 10 000")


async def test_the_mouse_beside_a_point_that_is_not_held_moves_nothing() -> None:
    async with opened() as stage:
        for x in (20, 60, 90):
            await _mouse(stage, MouseMove, x)
        assert stage.place == (1, "Z⁽²⁾")


async def test_a_drag_that_comes_in_one_read_ends_where_it_was_let_go_of() -> None:
    async with opened() as stage:
        for kind, x in ((MouseDown, 20), (MouseMove, 40), (MouseMove, 60), (MouseUp, 118)):
            _post(stage, kind, x)
        await stage.settle()
        assert stage.place.iteration == 10_000


async def test_a_drag_into_which_a_dialog_comes_is_over() -> None:
    async with opened() as stage:
        await _mouse(stage, MouseDown, 60)
        await stage.press("g")
        await _mouse(stage, MouseUp, 60)
        await stage.press("escape")
        here = stage.place
        for button in (0, 1):
            await _mouse(stage, MouseMove, 20, button=button)
        assert stage.place == here


async def test_no_other_button_goes_anywhere() -> None:
    async with opened() as stage:
        for button in (2, 3):
            await _mouse(stage, MouseDown, 60, button=button)
            await _mouse(stage, MouseUp, 60, button=button)
        assert stage.place == (1, "Z⁽²⁾")
