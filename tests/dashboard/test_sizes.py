"""Any size of the terminal: all panes, or one at a time, or a sentence that asks for more room; and never a crash."""

import re

import pytest
from textual.events import Hide

from tests.dashboard.stage import Place, Stage, opened

_FIRST = {"step", "network", "forward", "backward", "data", "results"}
"""What a large screen shows without a key."""
_BESIDE = ("cost", "explain", "quiz")
"""The panes that stand beside the step, where the network was, when they are looked at."""
_BELOW_ALL = ("derive", "check", "settings")
"""The panes that have all the room below the step when they are looked at."""
_PANES = (*_FIRST, *_BESIDE, *_BELOW_ALL)
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
        # The notice on what the edit did goes by itself.
        await stage.dismiss_notices()
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


async def test_where_there_is_room_all_that_is_computed_is_in_sight() -> None:
    async with opened() as stage:
        await stage.go_to("37 delta3")
        for size in ((120, 40), (200, 60), (118, 38)):
            await stage.resize(*size)
            assert _in_sight(stage) == _FIRST, size
            for pane in (*_FIRST, "small-cost"):
                assert len(stage.words(pane)) > 40, (pane, size)
            assert ("rate 5" in stage.pane("settings-line")) == (size[1] >= 40), size


def _in_sight(stage: Stage) -> set[str]:
    return {pane for pane in _PANES if stage.pane(pane)}


def _together(pane: str, beneath: str, size: tuple[int, int]) -> set[str]:
    """The panes that are in sight with one that is looked at; ``beneath`` is the last one below the step."""
    beside = pane if pane in _BESIDE else "network"
    if size[0] >= 118 and size[1] >= 38:
        below = {pane} if pane in _BELOW_ALL else {"forward", "backward", "data", "results"}
        return {"step", beside, *below}
    if size[0] >= 100 and size[1] >= 28:
        return {"check"} if pane == "check" else {"step", beside, beneath}
    return {pane, "step"} if pane in (*_BESIDE[1:], "derive") and size[1] >= 24 else {pane}


@pytest.mark.parametrize(
    "size", [(120, 40), (118, 38), (80, 24), (60, 20), (100, 28), (117, 40), (200, 37), (99, 40), (200, 27)], ids=_sized
)
async def test_tab_leads_to_every_pane_and_none_is_empty_or_cut_off(size: tuple[int, int]) -> None:
    async with opened(size=size) as stage:
        await stage.go_to("37 delta3")
        seen, beneath = [], "backward"
        for _ in _PANES:
            await stage.press("tab")
            assert stage.app.focused is not None
            pane = str(stage.app.focused.id)
            seen.append(pane)
            beneath = beneath if pane in ("step", "network", *_BESIDE) else pane
            assert _in_sight(stage) == _together(pane, beneath, size), pane
            for name in _in_sight(stage):
                assert len(stage.words(name)) > 40, (name, pane)
                _assert_whole(stage, name)
            assert "› " in stage.pane(pane).splitlines()[0], pane
            if stage.pane("tabs"):
                in_top = pane in ("step", "network", *_BESIDE) and size[0] >= 100 and size[1] >= 28
                marked = beneath if in_top else pane
                assert stage.tab.lower() == {"cost": "chart"}.get(marked, marked)
        assert sorted(seen) == sorted(_PANES)
        # The step first, then its network.
        assert (seen[-1], seen[0]) == ("step", "network") or seen[:2] == ["step", "network"]


def _assert_whole(stage: Stage, name: str) -> None:
    """The frame of a pane is closed, but for that of Forward, which Backward's goes on from, and on a low screen."""
    region = stage.app.screen.query_one(f"#{name}").region
    lines = [line.ljust(stage.app.size.width) for line in stage.terminal.lines]
    corners = [lines[y][x] for y in (region.y, region.bottom - 1) for x in (region.x, region.right - 1)]
    assert corners[0] in "╭┏├", (name, corners)
    assert corners[1] in "╮┓┤", (name, corners)
    is_low = stage.app.size.height <= 30 and name in ("forward", "backward")
    if not is_low and (name != "forward" or not stage.pane("backward")):
        assert "".join(corners[2:]) in ("╰╯", "┗┛"), (name, corners)


_LESSONS = ["lecture", "homework-biases", "two-hidden-layers", "xor"]


@pytest.mark.parametrize("size", [(200, 60), (120, 40), (118, 38), (100, 28), (80, 24)], ids=_sized)
async def test_the_words_the_shapes_the_strip_and_the_step_never_give_way(size: tuple[int, int]) -> None:
    async with opened(size=size) as stage:
        await stage.go_to("37 delta3")
        assert "J = 0.006725" in stage.header
        assert stage.place == Place(37, "δ⁽³⁾")
        assert "Step 6 of 10: δ⁽³⁾" in stage.pane("step")
        assert "How J changes with each cell of Z⁽³⁾: the error, times the slope of f there." in stage.words("step")
        assert "3×1 3×1 3×1 3×1" in stage.words("step")
        for row in ("0.01148 0.7500 0.8323 0.1396", "−0.00049 0.8200 0.8167 0.1497", "−0.01051 0.9300 0.8483 0.1287"):
            assert row in " ".join(_numbers(stage.pane("step"))), row
        for _ in stage.app.state.steps:
            step = stage.app.screen.query_one("#step")
            assert step.virtual_size.height <= step.size.height, (stage.place.step, step.virtual_size)
            assert step.virtual_size.width <= step.size.width, (stage.place.step, step.virtual_size)
            await stage.press("right")


def _numbers(text: str) -> list[str]:
    return re.findall(r"−?\d+\.\d+", text)


async def test_what_gives_way_gives_way_in_this_order() -> None:
    async with opened() as stage:
        await stage.go_to("37 delta3")
        for size, gone in (
            ((140, 42), set()),
            ((120, 40), {"X in full"}),
            ((117, 40), {"X in full", "all panes"}),
            ((100, 28), {"X in full", "all panes", "z in the units"}),
            ((99, 40), {"X in full", "all panes", "z in the units", "the network"}),
        ):
            await stage.resize(*size)
            there = {
                "X in full": "⎡0.3000 1.0000⎤" in stage.pane("forward"),
                "all panes": _in_sight(stage) == _FIRST,
                "z in the units": "0.2257" in stage.pane("network"),
                "the network": "0.01148" in stage.pane("network"),
                "the step": "0.01148" in stage.pane("step"),
            }
            assert {what for what, is_there in there.items() if not is_there} == gone, size


async def test_shift_tab_leads_through_the_panes_the_other_way() -> None:
    async with opened(size=(80, 24)) as stage:
        await stage.press("tab")
        first = stage.text
        await stage.press("tab", "tab", "shift+tab", "shift+tab")
        assert stage.text == first


async def test_the_step_comes_first_where_one_pane_is_shown_at_a_time() -> None:
    async with opened(size=(80, 24)) as stage:
        assert stage.tab == "Step"
        assert _in_sight(stage) == {"step"}


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
            assert stage.app.focused.outer_size.height >= size[1] - 5
            if pane == "data":
                # It keeps the whole of a screen of another size.
                await stage.resize(size[0], size[1] + 1)
                assert stage.app.focused.outer_size.height >= size[1] - 4
                await stage.resize(*size)
            await _toggle_whole(stage)
            assert stage.text == before


@pytest.mark.parametrize("size", [(200, 60), (120, 40), (100, 30)], ids=_sized)
async def test_an_explanation_stands_beside_its_step(size: tuple[int, int]) -> None:
    async with opened(size=size) as stage:
        await stage.go_to("37 delta2")
        await stage.press("e")
        assert "0.003215" in stage.pane("step")
        assert "= 0.003215" in stage.words("explain")


@pytest.mark.parametrize("lesson", _LESSONS)
async def test_there_is_room_for_each_pane_looked_at_and_for_the_step(lesson: str) -> None:
    async with opened(lesson, trained=False) as stage:
        # The least of each layout, and in the lecture some in between.
        between = ((100, 30), (110, 34), (117, 40), (120, 40)) if lesson == "lecture" else ()
        for size in ((100, 28), (118, 38), (80, 24), (60, 20), *between):
            await stage.resize(*size)
            for pane in _PANES:
                stage.app.lesson_screen.go_to_pane(pane)
                await stage.settle()
                seen = stage.app.screen.query_one(f"#{pane}")
                assert stage.pane(pane), (pane, size)
                assert seen.size.height >= 4, (pane, size)


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
