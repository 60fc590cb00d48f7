"""What each kind of generated data is, in a few words."""

from tui_nn.language import _

GENERATED_DATA_TEXT = {
    "circle": _("a disc inside a ring"),
    "xor": _("four squares: have x1 and x2 the same sign?"),
    "gauss": _("two clouds of points"),
    "spiral": _("two arms that turn around each other"),
    "moons": _("two half circles that reach into each other"),
    "curve": _("above or below a sine curve"),
    "blobs": _("three clouds, for three classes"),
    "plane": _("a number that grows with x1 and x2"),
    "gaussian": _("a number: three hills and three valleys"),
}
"""The words by the name of the kind."""
