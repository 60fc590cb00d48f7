"""Asks for a line of text that means something: a name, a number, a place."""

from collections.abc import Callable
from typing import Any, TypeVar

from textual.app import App

from tui_nn.dashboard.dialogs.questions import TextDialog
from tui_nn.network import ValidationError
from tui_nn.writing.sentences.steps_and_errors import error_sentence

Meaning = TypeVar("Meaning")


def ask(
    app: App[Any],
    question: str,
    understand: Callable[[str], Meaning],
    then: Callable[[Meaning], None],
    value: str = "",
    *,
    is_typed: bool = False,
) -> None:
    """Asks for a line until ``understand`` accepts it; ``then`` gets what ``understand`` made of it.

    ``then`` may still refuse: the lesson may have changed meanwhile, or have no room left. A notice then says why.
    """

    def check(text: str) -> str | None:
        try:
            understand(text)
        except ValidationError as error:
            return error_sentence(error)
        return None

    def answered(text: str | None) -> None:
        if text is not None:
            try:
                then(understand(text))
            except ValidationError as error:
                app.notify(error_sentence(error), severity="error", markup=False)

    app.push_screen(TextDialog(question, value, check, is_typed=is_typed), answered)
