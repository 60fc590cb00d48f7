"""In every theme, the colours with a meaning can be read on its page, and are told apart."""

from itertools import combinations

import pytest
from textual.color import Color
from textual.theme import BUILTIN_THEMES, Theme

from tests.contrast import contrast
from tui_nn.dashboard.terminal.lesson_colours import lesson_colours
from tui_nn.dashboard.terminal.themes import OWN_THEMES

_THEMES = {theme.name: theme for theme in (*BUILTIN_THEMES.values(), *OWN_THEMES)}
_COLOURED = [theme for theme in _THEMES.values() if not theme.ansi]
_PARTS = ("now", "operand", "selected")
_LEAST_TEXT, _LEAST_LINE = 4.5, 3.0
# ΔE in Lab; below about 10, two colours beside each other pass for one.
_LEAST_DISTANCE = 20.0
_LEAST_CLEARER = 1.3


def _rgb(colour: str) -> tuple[int, int, int]:
    return Color.parse(colour).rgb


def _page(theme: Theme) -> tuple[int, int, int]:
    return _rgb((theme.to_color_system().generate() | theme.variables)["background"])


def _lab(rgb: tuple[int, int, int]) -> tuple[float, float, float]:
    """CIE L*a*b* under D65, from sRGB. Source: IEC 61966-2-1 and CIE 15."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in (one / 255 for one in rgb)
    )
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089
    fx, fy, fz = (t ** (1 / 3) if t > 216 / 24389 else (24389 / 27 * t + 16) / 116 for t in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def _distance(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    distance: float = sum((a - b) ** 2 for a, b in zip(_lab(one), _lab(other), strict=True)) ** 0.5
    return distance


@pytest.mark.parametrize("theme", _COLOURED, ids=lambda theme: theme.name)
def test_what_is_computed_now_leads_the_eye_and_all_of_it_can_be_read(theme: Theme) -> None:
    page, colours = _page(theme), {name: _rgb(colour) for name, colour in lesson_colours(theme).items()}
    assert contrast(colours["now"], page) >= _LEAST_LINE, "the fill on the page"
    assert contrast(colours["on-now"], colours["now"]) >= _LEAST_TEXT, "the text in the fill"
    for name in (*_PARTS, "negative", "good", "faint"):
        assert contrast(colours[name], page) >= _LEAST_TEXT, name
    assert contrast(colours["rule"], page) >= _LEAST_LINE, "frames"


@pytest.mark.parametrize("theme", _COLOURED, ids=lambda theme: theme.name)
def test_parts_of_a_step_are_told_apart_from_each_other_and_from_text(theme: Theme) -> None:
    colours = {name: _rgb(colour) for name, colour in lesson_colours(theme).items()}
    shown = {name: colours[name] for name in (*_PARTS, "clear")}
    for one, other in combinations(shown, 2):
        assert _distance(shown[one], shown[other]) >= _LEAST_DISTANCE, (one, other)
    clear, faint = (contrast(colours[name], _page(theme)) for name in ("clear", "faint"))
    assert clear >= _LEAST_CLEARER * faint, "text and what is faint"


def test_sixteen_colours_stay_those_of_the_terminal() -> None:
    for theme in _THEMES.values():
        if theme.ansi:
            assert {colour for name, colour in lesson_colours(theme).items()} == {"ansi_default"}
