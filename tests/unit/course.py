"""Lessons that a course has after the lecture, and what autograd, in double precision, says must come out of them."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tui_nn.session.state import State
from tui_nn.session.storage.session_file import lesson_from_content

_CASES: Mapping[str, Any] = json.loads((Path(__file__).parents[1] / "data" / "course.json").read_text(encoding="utf-8"))
COVERED = tuple(_CASES)
"""The names of the lessons."""


def course_lesson(name: str) -> State:
    """The lesson as its session file has it."""
    return lesson_from_content(Path("course.toml"), _CASES[name]["session"].encode()).state


def course_figures(name: str) -> Mapping[str, Any]:
    """``costs`` by iteration; ``snapshots`` of iterations: gradients, Ŷ and the parameters after the update."""
    figures: Mapping[str, Any] = _CASES[name]
    return figures
