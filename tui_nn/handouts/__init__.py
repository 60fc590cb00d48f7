"""Exports a lesson: an iteration worked out on paper, a run as a program for R or Python, or numbers as CSV."""

KINDS = ("md", "tex", "html", "csv", "r", "python")
"""The forms that need no screen."""

PICTURE = "svg"
"""The form that only the dashboard can make: a picture of the screen."""

PROGRAMS = ("r", "python")
"""The forms that contain a whole run, not one iteration."""
