"""What is sent of a frame makes the terminal show what the frame is, whatever it showed before."""

import io
import re
from collections.abc import Sequence
from itertools import accumulate

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual._compositor import ChopsUpdate, Compositor, LayoutUpdate
from textual.geometry import Region, Size
from textual.strip import Strip

from tests.dashboard.stage import opened
from tests.emulator import Emulator
from tui_nn.dashboard.terminal.diff_renderer import DiffRenderer

_WIDTH, _HEIGHT = 12, 4
_SIZE = Size(_WIDTH, _HEIGHT)
_STYLES = [
    Style(),
    Style(bold=True),
    Style(color="#ff0000"),
    Style(color="#00ff00", bgcolor="#000010"),
    Style(bgcolor="#000010"),
    Style(underline=True),
    Style(reverse=True),
]
_CONSOLE = Console(file=io.StringIO(), force_terminal=True, color_system="truecolor")


def _screens(alphabet: str) -> st.SearchStrategy[list[Strip]]:
    texts = st.text(alphabet=alphabet, min_size=1, max_size=6)
    segments = st.tuples(texts, st.sampled_from(_STYLES)).map(lambda pair: Segment(*pair))
    lines = st.lists(segments, max_size=6).map(lambda line: Strip(line).adjust_cell_length(_WIDTH, Style()))
    return st.lists(lines, min_size=_HEIGHT, max_size=_HEIGHT)


_WIDE = "ab 0.1−⎡日本"


def _drawn_whole(screen: list[Strip]) -> Emulator:
    terminal = Emulator(_WIDTH, _HEIGHT)
    for y, strip in enumerate(screen):
        terminal.write(f"\x1b[{y + 1};1H{strip.render(_CONSOLE)}")
    return terminal


@given(st.lists(_screens(_WIDE), min_size=1, max_size=4), st.booleans())
def test_a_terminal_shows_the_frame_drawn_last(screens: list[list[Strip]], erases: bool) -> None:
    frame, terminal = DiffRenderer(erases=erases), Emulator(_WIDTH, _HEIGHT)
    for screen in screens:
        update = LayoutUpdate([[strip] for strip in screen], _SIZE.region)
        terminal.write(frame.changes(update, _SIZE, _CONSOLE))
        assert terminal.cells == _drawn_whole(screen).cells
        assert frame.changes(update, _SIZE, _CONSOLE) == ""


@given(_screens(_WIDE))
def test_what_is_forgotten_or_has_another_size_is_sent_whole(screen: list[Strip]) -> None:
    frame = DiffRenderer()
    update = LayoutUpdate([[strip] for strip in screen], Region(0, 0, _WIDTH, _HEIGHT))
    frame.changes(update, _SIZE, _CONSOLE)
    frame.forget()
    for size in (_SIZE, Size(_WIDTH + 1, _HEIGHT)):
        terminal = Emulator(_WIDTH, _HEIGHT)
        terminal.write(frame.changes(update, size, _CONSOLE))
        assert terminal.cells == _drawn_whole(screen).cells


class _Whole:
    """A terminal to which all of every update is written, and the cells of which nobody can say what they show."""

    def __init__(self, size: Size) -> None:
        self._size = size
        self.terminal = Emulator(size.width, size.height)
        self._halves = [[False] * size.width for _ in range(size.height)]
        """Where the second half of a wide sign is."""
        self.doubtful: set[tuple[int, int]] = {(y, x) for y in range(size.height) for x in range(size.width)}

    def draw(self, y: int, x: int, strip: Strip) -> None:
        """Writes as much of a strip as is on the terminal."""
        strip = strip.crop(max(0, -x), max(0, self._size.width - x))
        x, width = max(0, x), strip.cell_length
        if not 0 <= y < self._size.height or not width:
            return
        halves = self._halves[y]
        # A terminal may clear the other half of a wide sign, or leave it.
        if halves[x]:
            self.doubtful.add((y, x - 1))
        if x + width < self._size.width and halves[x + width]:
            self.doubtful.add((y, x + width))
            halves[x + width] = False
        halves[x : x + width] = [half for sign in strip.text for half in (False, True)[: cell_len(sign)]]
        self.doubtful -= {(y, x + i) for i in range(width)}
        self.terminal.write(f"\x1b[{y + 1};{x + 1}H{strip.render(_CONSOLE)}")

    def draw_update(self, update: LayoutUpdate | ChopsUpdate) -> None:
        if isinstance(update, LayoutUpdate):
            for y, line in enumerate(update.strips, update.region.y):
                self.draw(y, update.region.x, Strip.join(line))
            return
        for y, begin, end in update.spans:
            if 0 <= y < len(update.chops):
                self.draw(y, max(0, begin), Strip.join(update.chops[y].values()).crop(max(0, begin), end))


_LARGEST = 16
# Long runs of blanks are erased where the terminal can do that.
_texts = st.text(alphabet=_WIDE, min_size=1, max_size=9) | st.integers(5, 12).map(lambda count: " " * count)
_segments = st.tuples(_texts, st.sampled_from(_STYLES))


@st.composite
def _lines(draw: st.DrawFn, width: int) -> Sequence[Strip]:
    """A line of so many cells, as one piece or several."""
    line = Strip([Segment(*pair) for pair in draw(st.lists(_segments, max_size=5))]).adjust_cell_length(width, Style())
    cuts = sorted({*draw(st.lists(st.integers(1, width), max_size=2)), width})
    return line.divide(cuts)


@st.composite
def _updates(draw: st.DrawFn) -> LayoutUpdate | ChopsUpdate:
    """All or part of a screen of any size, which need not be that of the terminal any more."""
    width, height = draw(st.integers(1, _LARGEST)), draw(st.integers(1, 6))
    lines = [draw(_lines(width)) for _ in range(height)]
    if draw(st.booleans()):
        x, y = draw(st.integers(-3, _LARGEST)), draw(st.integers(-2, 6))
        return LayoutUpdate([*lines], Region(x, y, width, height))
    regions = st.builds(Region, st.integers(-2, width), st.integers(-2, height), st.integers(1, 9), st.integers(1, 3))
    spans = list(Compositor._regions_to_spans(draw(st.lists(regions, min_size=1, max_size=4))))
    chops = [dict(zip(accumulate((s.cell_length for s in line), initial=0), line, strict=False)) for line in lines]
    ends = [list(accumulate(s.cell_length for s in line)) for line in lines]
    return ChopsUpdate(chops, spans, ends)


_sizes = st.builds(Size, st.integers(1, _LARGEST), st.integers(1, 6))


@given(st.lists(_sizes | _updates(), max_size=12), st.booleans())
def test_whatever_is_drawn_and_resized_the_terminal_shows_what_one_that_got_everything_shows(
    steps: list[Size | LayoutUpdate | ChopsUpdate], erases: bool
) -> None:
    frame, size = DiffRenderer(erases=erases), _SIZE
    terminal, whole = Emulator(*size), _Whole(size)
    for step in steps:
        if isinstance(step, Size):
            size = step
            frame.forget()
            terminal, whole = Emulator(*size), _Whole(size)
            terminal.write("".join(f"\x1b[{y + 1};1H{'#' * size.width}" for y in range(size.height)))
            continue
        terminal.write(frame.changes(step, size, _CONSOLE))
        whole.draw_update(step)
        shown, expected = terminal.cells, whole.terminal.cells
        for y, line in enumerate(expected):
            for x, cell in enumerate(line):
                assert (y, x) in whole.doubtful or shown[y][x] == cell


@given(st.text(alphabet=st.characters(categories=["Cc"]) | st.sampled_from("ab[2J"), min_size=1, max_size=_WIDTH))
def test_no_control_character_is_ever_sent(text: str) -> None:
    update = LayoutUpdate([[Strip([Segment(text, Style(bold=True))])]], Region(0, 0, _WIDTH, 1))
    sent = DiffRenderer().changes(update, _SIZE, _CONSOLE)
    shown = re.sub(r"\x1b\[[0-9;]*[Hm]", "", sent)
    assert shown == "".join(char for char in text if char in "ab[2J")


def _sent(*lines: str, erases: bool = False) -> str:
    """What is sent of lines at the left of a screen that showed "x" in every cell of them."""
    renderer, size = DiffRenderer(erases=erases), Size(40, len(lines))
    sent = ""
    for texts in ([40 * "x" for _ in lines], [line.ljust(40, "x") for line in lines]):
        strips = [Strip([Segment(text, Style())]) for text in texts]
        chops = [{0: strip} for strip in strips]
        spans = [(y, 0, 40) for y in range(len(lines))]
        sent = renderer.changes(ChopsUpdate(chops, spans, [[40] for _ in lines]), size, _CONSOLE)
    return sent


def test_blanks_are_erased_where_that_is_shorter_and_the_terminal_keeps_its_ground() -> None:
    assert _sent("a" + " " * 20, erases=True) == "\x1b[1;1Ha\x1b[20X"
    assert _sent("a" + " " * 20 + "b", erases=True) == "\x1b[1;1Ha\x1b[20X\x1b[20Cb"
    assert _sent("a" + " " * 20) == "\x1b[1;1Ha" + " " * 20
    assert _sent("a    b", erases=True) == "\x1b[1;1Ha    b"


def test_the_cursor_takes_the_shortest_way() -> None:
    assert _sent("a", "b", "c") == "\x1b[1;1Ha\x1b[B\bb\x1b[B\bc"
    assert _sent("a" + "x" * 30 + "b", "c") == "\x1b[1;1Ha\x1b[B\bc\x1b[1;32Hb"


async def test_a_terminal_that_became_smaller_and_as_large_as_before_at_once_is_drawn_again() -> None:
    async with opened() as stage:
        before = stage.terminal.lines
        stage.terminal.clear()
        stage.app.post_message(events.Resize(stage.app.size, stage.app.size))
        await stage.until(lambda: stage.terminal.lines == before)


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
        frame = DiffRenderer()
        frame.changes(update, _SIZE, _CONSOLE)
        other = LayoutUpdate([[Strip([Segment(text[:-2] + "X|", Style())])]], Region(0, 0, _WIDTH, 1))
        assert frame.changes(other, _SIZE, _CONSOLE) == f"\x1b[1;{cell_len(text[:-2]) + 1}HX"
