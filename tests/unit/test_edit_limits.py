"""What edits may cost: time and memory that a file of some megabytes asks for are bounded where the edits are made."""

import pytest

from tests.unit.helpers import after_events, entries
from tui_nn.network import ValidationError
from tui_nn.session import limits
from tui_nn.session.document import Document
from tui_nn.session.events import (
    Answered,
    CellSet,
    ColumnRenamed,
    Ended,
    Event,
    HyperparameterSet,
    Moved,
    QuestionAsked,
    QuestionWithdrawn,
    Undone,
    WeightSet,
)
from tui_nn.session.reducer import apply_event
from tui_nn.session.state import State
from tui_nn.session.storage import document_toml, event_log
from tui_nn.session.storage.autosave import Autosave
from tui_nn.session.storage.session_file import Lesson
from tui_nn.session.tables import spreadsheet

_OPENED = State.opened(Document())
# Six numbers of x and three of y.
_CELLS = 9


def test_as_many_edits_as_are_allowed_can_be_made_and_undoing_them_makes_no_room(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(limits, "EDITS", 3)
    edit = CellSet("x", 1, 1, 2.0)
    state = after_events(_OPENED, [edit, Undone(), edit, Moved(3, "J"), edit, Undone(), Undone()])
    with pytest.raises(ValidationError, match="A lesson can have at most 3 edits"):
        apply_event(state, edit)
    assert apply_event(state, Moved(4, "J")).iteration == 4


@pytest.mark.parametrize(
    ("happened", "copied"),
    [
        ([CellSet("x", 1, 1, 2.0)], _CELLS),
        ([CellSet("x", 1, 1, 2.0, 7), CellSet("x", 1, 1, 3.0, 8)], 2 * _CELLS),
        ([HyperparameterSet("learning_rate", 1.0)], 0),
        ([HyperparameterSet("learning_rate", 1.0, 7), HyperparameterSet("iterations", 9)], 0),
        # Nine weights, drawn once and copied once.
        ([WeightSet("W1", 1, 1, 2.0), WeightSet("W1", 1, 1, 3.0)], 10 * 9 + 9),
        # A new name stands in the data of both segments.
        ([CellSet("x", 1, 1, 2.0, 7), ColumnRenamed("x", 1, "naps")], _CELLS + 2 * _CELLS),
    ],
)
def test_the_numbers_that_edits_copy_are_counted(
    happened: list[Event], copied: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert after_events(_OPENED, happened).cells_copied == copied
    monkeypatch.setattr(limits, "CELLS_COPIED", copied - 1)
    if copied:
        with pytest.raises(
            ValidationError, match=f"at most {copied - 1} numbers; with this one they would copy {copied}"
        ):
            after_events(_OPENED, happened)


def test_runs_whose_data_are_changed_on_the_way_hold_no_more_than_there_is_room_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(limits, "CELLS_KEPT_FOR_UNDO", 5 * _CELLS)
    monkeypatch.setattr(limits, "CELLS_IN_RUNS", 10 * _CELLS)
    with pytest.raises(ValidationError, match="at most 90 numbers; with this edit they would have 99"):
        after_events(_OPENED, [CellSet("x", 1, 1, float(made), made + 1) for made in range(1, 16)])
    after_events(_OPENED, [CellSet("x", 1, 1, float(made), made + 1) for made in range(1, 6)])
    # Those that start the run again take the place of the data before: of them there is no end.
    after_events(_OPENED, [CellSet("x", 1, 1, float(value)) for value in range(1, 60)])


def test_answers_are_no_more_than_there_is_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "ANSWERS", 2)
    state = _OPENED
    for number in (1, 2):
        state = after_events(state, [QuestionAsked("sign", "W1"), Answered(number, "+"), QuestionWithdrawn(number)])
    state = apply_event(state, QuestionAsked("sign", "W1"))
    with pytest.raises(ValidationError, match="at most 2"):
        apply_event(state, Answered(3, "+"))


def test_a_lesson_of_more_events_than_are_read_is_not_recorded_further(
    tmp_path: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "EVENTS", 3)
    lesson = Lesson.without_events(Document())
    source = document_toml.dump(lesson.document, entries(Moved(2, "J"), Ended()))
    autosave = Autosave(source, lambda: tmp_path / "lesson.toml")  # type: ignore[operator]
    autosave.write(event_log.log_text([event_log.LogEntry(3, 3.0, Moved(3, "J"))]))
    assert autosave.failure == ""
    autosave.write(event_log.log_text([event_log.LogEntry(4, 4.0, Moved(4, "J"))]))
    assert "as long as a file may be" in autosave.failure
    autosave.close()


@pytest.mark.parametrize(
    "text",
    [
        "a,b\n" + "1," * 100_001,
        "1," * 2561,
        "1;" * 2561,
        "1\t" * 2561,
        "1 " * 2561,
        "\n" * 200_002,
        "1,2,3,4,5,6,7,8\n" * 199_999,
        "10 20 30 40 50 60 70\n" * 190_000,
    ],
    ids=["a long line", "commas", "semicolons", "tabs", "blanks", "lines", "cells", "words"],
)
def test_a_table_that_is_too_large_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        spreadsheet.read_table_text(text)
