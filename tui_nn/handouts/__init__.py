"""Exports a lesson: an iteration worked out on paper, a run as a program for R or Python, or numbers as CSV."""

from tui_nn.handouts.export_formats import EXPORT_FORMATS, ExportScope

FORMATS_WITHOUT_SCREEN = tuple(name for name, format_ in EXPORT_FORMATS.items() if format_.write)
"""The names of the formats that need no screen."""

PICTURE = next(name for name, format_ in EXPORT_FORMATS.items() if format_.scope is ExportScope.SCREEN)
"""The name of the format that only the dashboard can make: a picture of the screen."""

FILMS = ("cast", "html-replay")
"""The names of the formats of a whole recorded lesson, which only the dashboard can make, too."""

PROGRAMS = tuple(name for name, format_ in EXPORT_FORMATS.items() if format_.scope is ExportScope.RUN)
"""The names of the formats that contain a whole run, not one iteration."""
