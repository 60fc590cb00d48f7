"""Two themes more than Textual's own: for the last row of a hall, and for eyes that tell fewer colours apart."""

from textual.theme import Theme

HIGH_CONTRAST = Theme(
    name="high-contrast",
    primary="#55ccff",
    secondary="#ffffff",
    warning="#ffdd00",
    error="#ff8080",
    success="#66ff66",
    accent="#ffdd00",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#1a1a1a",
    dark=True,
    text_alpha=1.0,
    variables={
        "text-primary": "#55ccff",
        "text-accent": "#ffdd00",
        "text-success": "#66ff66",
        "text-error": "#ff8080",
        "text-muted": "#e0e0e0",
        "text-disabled": "#a8a8a8",
        "warning-muted": "#5a4a00",
        "border-blurred": "#e0e0e0",
    },
)

COLOUR_BLIND = Theme(
    name="colour-blind",
    # Okabe and Ito's colours: told apart by eyes that lack one of the three kinds of cones.
    primary="#56b4e9",
    secondary="#f0e442",
    warning="#e69f00",
    error="#d55e00",
    success="#009e73",
    accent="#e69f00",
    foreground="#f2f2f2",
    background="#101418",
    surface="#171c22",
    panel="#1f262e",
    dark=True,
)

SIXTEEN_COLOURS = "ansi-dark"
"""Textual's theme for terminals that have no more."""
OURS = (HIGH_CONTRAST, COLOUR_BLIND)
