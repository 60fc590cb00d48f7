"""Lessons on paper and as programs: a worked iteration to follow with a pencil, or the run for R and Python."""

KINDS = ("md", "tex", "html", "csv", "r", "python")
"""What a lesson can be made into without a screen."""

PICTURE = "svg"
"""What only the dashboard can make of it: the screen."""

PROGRAMS = ("r", "python")
"""Those that are a whole run, not an iteration of it."""
