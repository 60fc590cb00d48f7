"""Any size of the terminal: all panes, or one at a time, or a sentence that asks for more room; and never a crash."""

import pytest
from textual.events import Hide

from tests.dashboard.stage import Place, Stage, opened

_ASKED_FOR = ("derive", "explain", "check", "quiz")
"""The panes that take the place of others when they are looked at."""
_PANES = ("step", "forward", "backward", *_ASKED_FOR, "data", "settings", "cost", "results")
_SIZES = [(200, 60), (120, 40), (100, 30), (80, 24), (60, 20), (59, 20), (60, 19), (40, 10), (20, 5), (5, 2), (1, 1)]
_TOO_SMALL = "tui-nn needs a terminal of at least 60 columns and 20 lines."
_KEYS = ("right", "down", "tab", "down", "tab", "enter", "escape", "escape", "c", "end")
_DIALOGS = ("?", "o", "s", "g", "ctrl+p")


def _sized(size: tuple[int, int]) -> str:
    return f"{size[0]}x{size[1]}"


@pytest.mark.parametrize("size", [*_SIZES[:5], *_SIZES[7:]], ids=_sized)
async def test_the_dashboard_starts_and_answers_keys_at_any_size(size: tuple[int, int]) -> None:
    async with opened(size=size) as stage:
        await stage.press(*_KEYS)
        for key in _DIALOGS:
            await stage.press(key, "escape")
        await stage.press("q")
        await stage.ended()
        assert stage.app.return_code == 0


async def test_the_terminal_may_change_its_size_at_any_time() -> None:
    async with opened() as stage:
        await stage.go_to("37 delta3")
        before = stage.text
        for size in (*_SIZES, (80, 24), (1, 60), (200, 1), (61, 500), (500, 21)):
            await stage.resize(*size)
            await stage.press("right", "left")
        await stage.resize(120, 40)
        assert stage.text == before


async def test_a_question_may_be_asked_at_any_size_and_in_between() -> None:
    async with opened() as stage:
        await stage.focus("data")
        await stage.press("7", "enter", "escape")
        await stage.still()
        before = stage.text
        for key in ("q", *_DIALOGS):
            await stage.press(key)
            for size in ((20, 5), (1, 1), (120, 40)):
                await stage.resize(*size)
            await stage.press("escape")
            assert stage.text == before, key


async def test_what_is_being_typed_outlives_every_other_size() -> None:
    async with opened() as stage:
        before = stage.document
        await stage.focus("data")
        await stage.type("7.2")
        for size in _SIZES:
            await stage.resize(*size)
            assert stage.document is before
            await stage.resize(120, 40)
            assert "1 7.2 " in stage.pane("data"), size
        await stage.type("5")
        await stage.press("enter")
        assert stage.document.dataset.x[0, 0] == 7.25


async def test_where_there_is_no_room_a_sentence_asks_for_more() -> None:
    async with opened(size=(59, 40), trained=False) as stage:
        for size in ((59, 40), (120, 19), (40, 10), (20, 5)):
            await stage.resize(*size)
            assert " ".join(stage.text.split()) == _TOO_SMALL, size
            await stage.resize(60, 20)
            assert _TOO_SMALL not in " ".join(stage.text.split())
            assert stage.place == Place(1, "Z⁽²⁾")


async def test_where_there_is_room_every_pane_is_in_sight() -> None:
    async with opened() as stage:
        await stage.go_to("37 delta3")
        for size in ((120, 40), (200, 60), (118, 38)):
            await stage.resize(*size)
            for pane in (pane for pane in _PANES if pane not in _ASKED_FOR):
                assert len(stage.words(pane)) > 40, (pane, size)


def _below(pane: str, size: tuple[int, int]) -> set[str]:
    """What else has room: the step below everything on a screen of medium size, below what is asked for on most."""
    if size[0] >= 96 and size[1] >= 28:
        return {"cost"} if pane == "step" else {"step"}
    return {"step"} if pane == "explain" or (pane in ("derive", "quiz") and size[1] >= 24) else set()


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (100, 30), (95, 30), (117, 40), (200, 37)], ids=_sized)
async def test_else_tab_leads_to_every_pane_and_each_shows_something(size: tuple[int, int]) -> None:
    async with opened(size=size) as stage:
        await stage.go_to("37 delta3")
        seen = set()
        for _ in _PANES:
            await stage.press("tab")
            assert stage.app.focused is not None
            pane = str(stage.app.focused.id)
            seen.add(pane)
            in_sight = {pane for pane in _PANES if stage.pane(pane)}
            assert in_sight - {pane} == _below(pane, size), pane
            assert all(len(stage.words(pane)) > 40 for pane in in_sight), pane
            (marked,) = (word for word in stage.terminal.lines[1].split() if word.startswith("["))
            assert marked.strip("[]").lower() == {"cost": "chart"}.get(pane, pane)
        assert seen == set(_PANES)


async def test_shift_tab_leads_through_the_panes_the_other_way() -> None:
    async with opened(size=(80, 24)) as stage:
        await stage.press("tab")
        first = stage.text
        await stage.press("tab", "tab", "shift+tab", "shift+tab")
        assert stage.text == first


async def test_the_step_comes_first_where_one_pane_is_shown_at_a_time() -> None:
    async with opened(size=(80, 24)) as stage:
        await stage.go_to("37 delta3")
        for words in ("▸δ⁽³⁾", " 0.01148", "−0.00049", "−0.01051", "3×1"):
            assert words in stage.pane("step")
        assert "J = 0.006725" in stage.header


async def _toggle_whole(stage: Stage) -> None:
    """Gives a pane the whole screen, or gives it back; by its name on a setting, where a letter is no command."""
    if stage.app.focused and stage.app.focused.id == "settings":
        await stage.press("ctrl+p")
        await stage.type("whole screen")
        await stage.press("enter")
    else:
        await stage.press("z")


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_any_pane_can_have_the_whole_screen_and_gives_it_back(size: tuple[int, int]) -> None:
    async with opened(size=size) as stage:
        await stage.go_to("37 delta2")
        for _ in _PANES:
            await stage.press("tab")
            before = stage.text
            await _toggle_whole(stage)
            (pane,) = (pane for pane in _PANES if stage.pane(pane))
            assert stage.app.focused is not None
            assert pane == stage.app.focused.id
            assert stage.app.focused.size.height >= size[1] - 5
            await stage.resize(size[0], size[1] + 1)
            await stage.resize(*size)
            assert stage.app.focused.size.height >= size[1] - 5
            await _toggle_whole(stage)
            assert stage.text == before


async def test_a_large_screen_shows_the_step_beside_its_explanation() -> None:
    async with opened(size=(200, 60)) as stage:
        await stage.go_to("37 delta2")
        await stage.press("e")
        assert "▸δ⁽²⁾" in stage.pane("step")
        assert "= 0.003215" in stage.words("explain")
        assert stage.app.query_one("#cost").size.width > 70


@pytest.mark.parametrize("lesson", ["lecture", "xor", "two-hidden-layers"])
async def test_whatever_the_step_takes_there_is_room_for_the_pane_looked_at(lesson: str) -> None:
    async with opened(lesson, trained=False) as stage:
        for size in ((100, 30), (96, 28), (110, 34), (117, 40), (80, 24), (60, 20)):
            await stage.resize(*size)
            for pane in (pane for pane in _PANES if pane not in ("step", *_ASKED_FOR)):
                stage.app.lesson_screen.go_to_pane(pane)
                await stage.settle()
                assert stage.app.screen.focused is not None
                assert stage.app.screen.focused.id == pane
                assert stage.app.screen.focused.size.height >= min(10, size[1] - 5), (pane, size)


async def test_a_pane_that_is_hidden_and_looked_at_again_at_once_keeps_the_keys() -> None:
    async with opened(size=(80, 24)) as stage:
        await stage.focus("data")
        pane = stage.app.screen.query_one("#data")
        # What Textual tells a pane of a layout that is no longer the one of now.
        pane.post_message(Hide())
        await stage.settle()
        assert pane.has_focus
        await stage.press("tab")
        assert not pane.has_focus
