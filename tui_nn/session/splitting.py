"""Keeps rows of a lesson back for a test, drawn at random."""

from dataclasses import replace

from tui_nn.language import _
from tui_nn.network import ValidationError
from tui_nn.network.model.row_split import drawn_test_rows
from tui_nn.session import input_parsing, validation
from tui_nn.session.events import HyperparameterSet
from tui_nn.session.generated_lessons import checked_seed
from tui_nn.session.reducer import apply_event
from tui_nn.session.storage import document_toml
from tui_nn.session.storage.event_log import LogEntry, log_text
from tui_nn.session.storage.session_file import Lesson


def drawn_rows(rows: int, share: float, seed: int) -> tuple[int, ...]:
    """The test rows, if ``share`` of ``rows`` rows are drawn by R's ``set.seed(seed); sample(rows)``.

    Raises `ValidationError` for a share that is not from 0 to below 1, and for a seed that R does not take.
    """
    return drawn_test_rows(rows, validation.share("share", share), checked_seed(seed))


def parse_split(text: str, rows: int) -> tuple[int, ...]:
    """The test rows that a share, and perhaps a seed, mean: ``0.25``, ``1/4 7``. Raises `ValidationError`."""
    share, *seed = input_parsing.split_numbers(text, 2) or [""]
    if len(seed) > 1:
        says = _("Type the share, then the seed, such as 0.25 1.")
        raise ValidationError("share", _("more than two numbers"), _("a share and a seed"), says)
    return drawn_rows(
        rows,
        input_parsing.parse_number(share, such_as=_("0.25 or 1/4"), key="share"),
        input_parsing.parse_whole_number(seed[0]) if seed else 1,
    )


def split_source(lesson: Lesson, kept: tuple[int, ...]) -> str:
    """The text of a lesson's file in which the rows ``kept`` are kept back. Raises `ValidationError` if they can't be.

    The events of ``lesson`` stay, and the edit is one more. A lesson without events has its test rows from the start.
    """
    split = HyperparameterSet("test_rows", kept)
    after = apply_event(lesson.state, split)
    if lesson.entries:
        last = lesson.entries[-1]
        return lesson.source + log_text([LogEntry(last.seq + 1, last.at, split)])
    document = after.document
    questions = tuple(document.fitting_questions(after.questions.values()))
    return document_toml.dump(replace(document, questions=questions))
