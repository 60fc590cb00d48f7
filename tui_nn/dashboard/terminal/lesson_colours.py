"""The colours with a meaning of their own on the screen, readable on the background of any theme."""

from textual.color import BLACK, WHITE, Color
from textual.theme import Theme

_ON_DARK = {"now": "#ffc14d", "operand": "#79b8ff", "selected": "#ff9bd2", "negative": "#ff8f80"}
_ON_LIGHT = {"now": "#9a4f00", "operand": "#0a57b0", "selected": "#a3006b", "negative": "#b3261e"}
_NAMES = (*_ON_DARK, "on-now", "good", "clear", "rule", "faint")
_LEAST_TEXT = 5.5
_LEAST_CLEAR = 7.0
_LEAST_RULE = 3.6
_LEAST_FAINT = 5.0
_STEPS = 40


def lesson_colours(theme: Theme) -> dict[str, str]:
    """The variables for the style sheets, by their names.

    ``now`` is what is computed at this step, ``on-now`` text on that colour; ``operand`` what it is computed from;
    ``selected`` the cell and row that the user chose; ``negative`` a negative weight; ``good`` what is right;
    ``clear`` the text, which some themes have hardly darker than what is ``faint``; ``rule`` the frames. They have the
    same hue in every theme, so that a class knows them again, and are made lighter or darker until they can be read on
    its background.
    """
    if theme.ansi:
        return dict.fromkeys(_NAMES, "ansi_default")
    colours = theme.to_color_system().generate() | theme.variables
    page, text = Color.parse(colours["background"]), Color.parse(colours["foreground"])
    accents = _ON_DARK if contrast(WHITE, page) > contrast(BLACK, page) else _ON_LIGHT
    shown = {name: readable(Color.parse(colour), page, _LEAST_TEXT) for name, colour in accents.items()}
    shown["on-now"] = max((BLACK, WHITE), key=lambda one: contrast(one, shown["now"]))
    shown["good"] = readable(Color.parse(colours["success"]), page, _LEAST_TEXT)
    shown["clear"] = readable(text, page, _LEAST_CLEAR)
    shown["rule"] = readable(page.blend(text, 0.3), page, _LEAST_RULE)
    shown["faint"] = readable(page.blend(text, 0.5), page, _LEAST_FAINT)
    return {name: colour.hex for name, colour in shown.items()}


def readable(colour: Color, page: Color, least: float) -> Color:
    """``colour``, made lighter on a dark page or darker on a light one until its contrast is ``least``."""
    towards = WHITE if contrast(WHITE, page) > contrast(BLACK, page) else BLACK
    steps = (colour.blend(towards, i / _STEPS) for i in range(_STEPS + 1))
    return next((one for one in steps if contrast(one, page) >= least), towards)


def contrast(one: Color, other: Color) -> float:
    """The contrast of two colours, from 1 to 21. Source: WCAG 2.2, "contrast ratio"."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Color) -> float:
    red, green, blue = (_linear(part) for part in colour.normalized)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
