"""Themes beside Textual's own: high contrast, colours for colour-blind readers, and themes of sixteen colours."""

from textual.theme import BUILTIN_THEMES, Theme

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
        "faint": "#b8b8b8",
        "rule": "#b8b8b8",
    },
)

COLOUR_BLIND = Theme(
    name="colour-blind",
    # Okabe and Ito's colours: readers who lack one of the three kinds of cones can tell them apart.
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

_SIXTEEN_COLOUR_VARIABLES = {
    "ansi-background": "ansi_default",
    "ansi-foreground": "ansi_default",
    "text-muted": "ansi_default",
    "text-disabled": "ansi_default",
    "foreground-muted": "ansi_default",
    "border": "ansi_default",
    "border-blurred": "ansi_default",
    # This text may contain bold words, so it can't be black: bold black looks grey.
    "block-cursor-foreground": "ansi_bright_white",
    "block-cursor-background": "ansi_blue",
    "block-cursor-text-style": "bold",
    "input-cursor-background": "ansi_default",
    "input-cursor-foreground": "ansi_default",
    "input-cursor-text-style": "reverse",
    "input-selection-background": "ansi_cyan",
    "input-selection-foreground": "ansi_black",
    "screen-selection-background": "ansi_cyan",
    "screen-selection-foreground": "ansi_black",
    "scrollbar": "ansi_default",
    "scrollbar-hover": "ansi_default",
    "scrollbar-active": "ansi_default",
    "scrollbar-background": "ansi_default",
    "scrollbar-background-hover": "ansi_default",
    "scrollbar-background-active": "ansi_default",
    "footer-key-foreground": "ansi_default",
    "link-color": "ansi_default",
}


def _sixteen_colour_theme(name: str, *, dark: bool) -> Theme:
    """A theme for black and for white backgrounds; for white ones only, if ``dark`` is false.

    A program can't tell which background its terminal has, or how it mixes its colours. So text on the terminal's
    background keeps the terminal's text colour, and coloured text is black or bright white on a background of its own.
    Never bold black, which xterm and the Linux console show as grey; never dim, which is too pale there; never
    underlined, which the Linux console shows in another colour.
    """
    own = "ansi_default"
    return Theme(
        name=name,
        ansi=True,
        primary=own,
        secondary=own,
        warning=own,
        error=own,
        success=own,
        accent=own,
        foreground=own,
        background=own,
        surface=own,
        panel=own,
        boost=own,
        dark=dark,
        # Blue can't be read on black: only the theme for white backgrounds has it.
        variables=_SIXTEEN_COLOUR_VARIABLES if dark else _SIXTEEN_COLOUR_VARIABLES | {"border": "ansi_blue"},
    )


SIXTEEN_COLOURS = "ansi-dark"
"""The theme for terminals with only sixteen colours."""
OWN_THEMES = (
    HIGH_CONTRAST,
    COLOUR_BLIND,
    _sixteen_colour_theme(SIXTEEN_COLOURS, dark=True),
    _sixteen_colour_theme("ansi-light", dark=False),
)


def theme_names() -> list[str]:
    """The names of all themes: Textual's and our own."""
    return sorted({*BUILTIN_THEMES, *(one.name for one in OWN_THEMES)})
