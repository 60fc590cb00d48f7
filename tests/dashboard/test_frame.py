"""What is sent of a frame makes the terminal show what the frame is, whatever it showed before."""

import io
import re

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.geometry import Region, Size
from textual.strip import Strip

from tests.dashboard.stage import opened
from tests.emulator import Emulator
from tui_nn.dashboard.frame import Frame

_WIDTH, _HEIGHT = 12, 4
_SIZE = Size(_WIDTH, _HEIGHT)
_STYLES = [
    Style(),
    Style(bold=True),
    Style(color="#ff0000"),
    Style(color="#00ff00", bgcolor="#000010"),
    Style(reverse=True),
]
_CONSOLE = Console(file=io.StringIO(), force_terminal=True, color_system="truecolor")


def _screens(alphabet: str) -> st.SearchStrategy[list[Strip]]:
    texts = st.text(alphabet=alphabet, min_size=1, max_size=6)
    segments = st.tuples(texts, st.sampled_from(_STYLES)).map(lambda pair: Segment(*pair))
    lines = st.lists(segments, max_size=6).map(lambda line: Strip(line).adjust_cell_length(_WIDTH, Style()))
    return st.lists(lines, min_size=_HEIGHT, max_size=_HEIGHT)


_NARROW = "ab 0.1−⎡"
_WIDE = _NARROW + "日本"

_spans = st.lists(
    st.tuples(st.integers(0, _HEIGHT - 1), st.integers(0, _WIDTH - 1), st.integers(1, _WIDTH)), min_size=1, max_size=5
).map(lambda spans: [(y, x, min(_WIDTH, x + width)) for y, x, width in spans])


def _drawn_whole(screen: list[Strip]) -> Emulator:
    terminal = Emulator(_WIDTH, _HEIGHT)
    for y, strip in enumerate(screen):
        terminal.write(f"\x1b[{y + 1};1H{strip.render(_CONSOLE)}")
    return terminal


@given(st.lists(_screens(_WIDE), min_size=1, max_size=4))
def test_a_terminal_shows_the_frame_drawn_last(screens: list[list[Strip]]) -> None:
    frame, terminal = Frame(), Emulator(_WIDTH, _HEIGHT)
    for screen in screens:
        update = LayoutUpdate([[strip] for strip in screen], _SIZE.region)
        terminal.write(frame.changes(update, _SIZE, _CONSOLE))
        assert terminal.cells == _drawn_whole(screen).cells
        assert frame.changes(update, _SIZE, _CONSOLE) == ""


@given(_screens(_NARROW), _screens(_NARROW), _spans)
def test_of_a_part_drawn_anew_all_is_shown_and_nothing_beside_it(
    before: list[Strip], after: list[Strip], spans: list[tuple[int, int, int]]
) -> None:
    frame, terminal = Frame(), Emulator(_WIDTH, _HEIGHT)
    terminal.write(frame.changes(LayoutUpdate([[strip] for strip in before], _SIZE.region), _SIZE, _CONSOLE))
    expected = list(before)
    for y, begin, end in spans:
        kept = expected[y].divide([begin, end, _WIDTH])
        expected[y] = Strip.join([kept[0], after[y].crop(begin, end), kept[2]])
    chops = [{0: strip} for strip in after]
    terminal.write(frame.changes(ChopsUpdate(chops, spans, [[_WIDTH]] * _HEIGHT), _SIZE, _CONSOLE))
    assert terminal.cells == _drawn_whole(expected).cells


@given(_screens(_WIDE))
def test_what_is_forgotten_or_has_another_size_is_sent_whole(screen: list[Strip]) -> None:
    frame = Frame()
    update = LayoutUpdate([[strip] for strip in screen], Region(0, 0, _WIDTH, _HEIGHT))
    frame.changes(update, _SIZE, _CONSOLE)
    frame.forget()
    for size in (_SIZE, Size(_WIDTH + 1, _HEIGHT)):
        terminal = Emulator(_WIDTH, _HEIGHT)
        terminal.write(frame.changes(update, size, _CONSOLE))
        assert terminal.cells == _drawn_whole(screen).cells


@given(st.text(alphabet=st.characters(categories=["Cc"]) | st.sampled_from("ab[2J"), min_size=1, max_size=_WIDTH))
def test_no_control_character_is_ever_sent(text: str) -> None:
    update = LayoutUpdate([[Strip([Segment(text, Style(bold=True))])]], Region(0, 0, _WIDTH, 1))
    sent = Frame().changes(update, _SIZE, _CONSOLE)
    shown = re.sub(r"\x1b\[[0-9;]*[Hm]", "", sent)
    assert shown == "".join(char for char in text if char in "ab[2J")


async def test_a_spoilt_screen_is_drawn_again_with_ctrl_l_in_a_dialog_too() -> None:
    async with opened() as stage:
        for keys in ((), ("g",)):
            await stage.press(*keys)
            before = stage.terminal.lines
            stage.terminal.write("\x1b[1;1H\x1b[2Jwall: the server goes down")
            assert stage.terminal.lines != before
            await stage.press("ctrl+l")
            assert stage.terminal.lines == before


def test_signs_of_several_characters_are_counted_as_textual_counts_them() -> None:
    for text in ("❤️ab|", "👩‍🔬ab|", "e\u0301ab|"):
        update = LayoutUpdate([[Strip([Segment(text, Style())])]], Region(0, 0, _WIDTH, 1))
        frame = Frame()
        frame.changes(update, _SIZE, _CONSOLE)
        other = LayoutUpdate([[Strip([Segment(text[:-2] + "X|", Style())])]], Region(0, 0, _WIDTH, 1))
        assert frame.changes(other, _SIZE, _CONSOLE) == f"\x1b[1;{cell_len(text[:-2]) + 1}HX"
