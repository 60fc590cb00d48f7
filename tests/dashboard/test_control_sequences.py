"""What no widget may send to the terminal: control sequences, in whatever they come."""

import io

from rich.console import Console
from rich.control import Control
from rich.segment import Segment
from textual._compositor import LayoutUpdate
from textual.geometry import Size
from textual.strip import Strip

from tui_nn.dashboard.terminal.diff_renderer import DiffRenderer

_CONSOLE = Console(file=io.StringIO(), force_terminal=True, color_system="truecolor")


def _sent(*segments: Segment) -> str:
    update = LayoutUpdate([[Strip(segments, 2)]], Size(2, 1).region)
    return DiffRenderer().changes(update, Size(2, 1), _CONSOLE)


def test_a_control_sequence_of_rich_s_is_left_out() -> None:
    clear = Control.clear().segment
    assert clear.control
    assert _sent(Segment("ab")) == _sent(Segment("a"), clear, Segment("b"))
