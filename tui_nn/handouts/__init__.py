"""Exports a lesson: an iteration worked out on paper, a run as a program for R or Python, or numbers as CSV."""

from tui_nn.handouts.forms import FORMS, Covers

KINDS = tuple(name for name, form in FORMS.items() if form.write)
"""The names of the forms that need no screen."""

PICTURE = next(name for name, form in FORMS.items() if form.covers is Covers.SCREEN)
"""The name of the form that only the dashboard can make: a picture of the screen."""

PROGRAMS = tuple(name for name, form in FORMS.items() if form.covers is Covers.RUN)
"""The names of the forms that contain a whole run, not one iteration."""
