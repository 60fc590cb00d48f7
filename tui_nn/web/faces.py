"""What a browser shows."""

from enum import Enum


class Face(Enum):
    """The two faces of a server."""

    FOLLOW = "follow"
    """Each browser follows the lesson that a teacher records in the file."""

    LAB = "lab"
    """Each browser has a lesson of its own, which begins as the file does."""
