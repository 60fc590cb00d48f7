"""Each bound on a lesson's size, from both sides: what is just allowed is taken, one more is refused in words.

The numbers stand here once more, on purpose: a lesson that opens today opens in every later version.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from tests.unit.helpers import after_events
from tui_nn.network import Dataset, ValidationError
from tui_nn.session import input_parsing, limits, validation
from tui_nn.session.document import Document
from tui_nn.session.events import (
    BlockPasted,
    Branched,
    ColumnAdded,
    DerivationShown,
    Edit,
    HyperparameterSet,
    Marked,
    Moved,
    NewRowAdded,
    Noted,
    Played,
    QuestionAsked,
    RowAdded,
)
from tui_nn.session.lesson_log import LessonLog
from tui_nn.session.quiz.questions import Question, checked_question
from tui_nn.session.reducer import apply_event
from tui_nn.session.runs.run_plan import RunPlan
from tui_nn.session.state import State
from tui_nn.session.storage import document_toml, event_log
from tui_nn.session.storage.autosave import Autosave
from tui_nn.session.storage.session_file import Lesson


def _data(rows: int, inputs: int = 2) -> Dataset:
    names = tuple(f"x{i}" for i in range(1, inputs + 1))
    return Dataset(np.ones((rows, inputs)), np.ones((rows, 1)), names, ("y",), "none", "none")


def _document(rows: int = 3, inputs: int = 2, hidden: tuple[int, ...] = (3,)) -> Document:
    return Document(dataset=_data(rows, inputs), hidden=hidden)


def _edited(document: Document, edit: Edit) -> RunPlan:
    return edit.edited_plan(RunPlan(document), 1)


def _with_row_added(rows: int) -> RunPlan:
    return _edited(_document(rows - 1), RowAdded(1, (1.0, 1.0), (1.0,)))


def _with_block_below(rows: int) -> RunPlan:
    return _edited(_document(99_999), BlockPasted(100_000, 1, (), ((1.0, 1.0, 1.0),) * (rows - 99_999)))


def _with_column_added(columns: int) -> RunPlan:
    return _edited(_document(1, columns - 1), ColumnAdded("x", 1, "new", (1.0,)))


def _table(rows: int, columns: int) -> object:
    return validation.table("x", [[1.0] * columns] * rows)


def _event(**fields: object) -> object:
    given = "\n".join(f"{key} = {value}" for key, value in fields.items())
    return event_log.read_entries(f"[[event]]\n{given}\nseq = 1\n").entries[0]


def _event_at(at: float) -> object:
    return _event(kind='"ended"', at=at)


def _event_with_note(length: int) -> object:
    return _event(kind='"noted"', text=f'"{"a" * length}"')


def _asked_about(numbers: int, ask: str) -> Question:
    document = _document(1, 1, (numbers,))
    return checked_question(Question(ask, "W1"), document.network, 1, document.iterations)


def _with_questions(count: int) -> object:
    block = '\n[[question]]\nask = "cell"\nmatrix = "W1"\n'
    return document_toml.parse(block * count)


def _having_asked(count: int) -> State:
    document = Document(questions=(Question("cell", "W1", step="Z2"),) * (count - 1))
    return apply_event(State.opened(document), QuestionAsked("cell", "W1", 1, 1, 0.01, ""))


def _having(event: Callable[[int], object], count: int) -> State:
    return after_events(State.opened(Document()), [event(number) for number in range(count)])  # type: ignore[misc]


def _having_set(count: int) -> object:
    plan = RunPlan(Document())
    for iteration in range(2, count + 2):
        plan = HyperparameterSet("learning_rate", 0.5, iteration).edited_plan(plan, iteration)
    return plan


_BOUNDS: dict[str, tuple[Callable[[int], object], int]] = {
    "rows of a table": (partial(_table, columns=1), 100_000),
    "columns of a table": (partial(_table, 1), 256),
    "rows, one added": (_with_row_added, 100_000),
    "rows, a block pasted": (_with_block_below, 100_000),
    "columns, one added": (_with_column_added, 256),
    "hidden layers": (lambda count: validation.units("hidden", [1] * count), 16),
    "units of a layer": (lambda count: validation.units("hidden", [count]), 1024),
    # 2·5 + 5·n + n weights
    "weights": (lambda count: _document(3, 2, (5, (count - 10) // 6)), 1_000_000),
    "cells of a matrix": (lambda count: _document(100_000, 2, (count // 100_000,)), 4_000_000),
    # 2·25 + 25·75 + 75 weights
    "multiplications": (lambda count: _document(count // 2_000, 2, (25, 75)), 100_000_000),
    "iterations": (lambda count: document_toml.parse(f"[training]\niterations = {count}"), 10_000_000),
    "iterations a second": (lambda count: apply_event(State.opened(Document()), Played(count)), 10_000_000),
    "letters of a title": (lambda count: document_toml.parse(f'title = "{"a" * count}"'), 120),
    "letters of a name": (lambda count: validation.name("name", "a" * count), 60),
    "letters of a note": (_event_with_note, 500),
    "letters of a question": (lambda count: validation.note("text", "a" * count), 500),
    "seconds of a lesson": (_event_at, 1_000_000_000),
    "letters of a number": (lambda count: input_parsing.parse_number("1" * count), 60),
    "questions of a file": (_with_questions, 1_000),
    "questions of a lesson": (_having_asked, 1_000),
    "numbers of a row asked for": (partial(_asked_about, ask="row"), 40),
    "numbers of a matrix asked for": (partial(_asked_about, ask="matrix"), 40),
    "notes": (partial(_having, lambda number: Noted(f"note {number}")), 1_000),
    "marks": (partial(_having, lambda number: Marked(f"mark {number}")), 1_000),
    "new rows": (partial(_having, lambda number: NewRowAdded((1.0, float(number)))), 26),
    "runs, with the first": (lambda count: _having(lambda number: Branched(f"run {number}"), count - 1), 26),
    "lines of a derivation": (lambda count: apply_event(State.opened(Document()), DerivationShown(count)), 1_000),
    "changes on the way": (_having_set, 1_000),
}
# What one more than the bound is, where the next one is no whole step.
_STEP = {"weights": 6, "cells of a matrix": 100_000, "multiplications": 2_000}


@pytest.mark.parametrize("bound", _BOUNDS)
def test_what_is_just_allowed_is_taken_and_one_more_is_refused(bound: str) -> None:
    make, most = _BOUNDS[bound]
    make(most)
    with pytest.raises((ValidationError, document_toml.TomlError, event_log.LogError)):
        make(most + _STEP.get(bound, 1))


_LEAST: dict[str, tuple[Callable[[int], object], int]] = {
    "rows of a table": (partial(_table, columns=1), 1),
    "columns of a table": (partial(_table, 1), 1),
    "units of a layer": (lambda count: validation.units("hidden", [count]), 1),
    "iterations": (lambda count: document_toml.parse(f"[training]\niterations = {count}"), 1),
    "iterations a second": (lambda count: apply_event(State.opened(Document()), Played(count)), 1),
    "lines of a derivation": (lambda count: apply_event(State.opened(Document()), DerivationShown(count)), 1),
    "seconds of a lesson": (_event_at, 0),
}


@pytest.mark.parametrize("bound", _LEAST)
def test_what_is_just_enough_is_taken_and_one_less_is_refused(bound: str) -> None:
    make, least = _LEAST[bound]
    make(least)
    with pytest.raises((ValidationError, document_toml.TomlError, event_log.LogError)):
        make(least - 1)


def test_a_block_within_the_data_is_taken_however_many_rows_there_are() -> None:
    document = _document(100_000)
    plan = _edited(document, BlockPasted(99_999, 2, (), ((7.0,), (8.0,))))
    assert plan.document.dataset.x[99_998:, 1].tolist() == [7.0, 8.0]
    assert plan.document.dataset.rows == 100_000


def test_names_of_another_number_than_the_block_s_columns_are_refused() -> None:
    with pytest.raises(ValidationError, match="1, one for each column of the block"):
        _edited(Document(), BlockPasted(1, 1, ("a", "b"), ((1.0,), (2.0,))))


@pytest.mark.parametrize(("missing", "says"), [(0, ""), (1, "as long as a file may be")])
def test_a_lesson_is_recorded_until_its_file_is_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, missing: int, says: str
) -> None:
    lesson = Lesson.without_events(Document())
    history = LessonLog(lesson, autosave := Autosave(lesson.source, lambda: tmp_path / "lesson.toml"), lambda: 0.0)
    history.append(Moved(2, "J"))
    block = event_log.log_text([event_log.LogEntry(2, 0.0, Moved(3, "J"))])
    room = (tmp_path / "lesson.toml").stat().st_size + len(block) - missing
    monkeypatch.setattr(limits, "FILE_BYTES", room)
    history.append(Moved(3, "J"))
    assert says in autosave.failure
    assert bool(autosave.failure) == bool(says)
    autosave.close()


def test_a_lesson_longer_than_a_file_may_be_is_saved_nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lesson = Lesson.without_events(Document())
    autosave = Autosave(lesson.source, lambda: tmp_path / "first.toml")
    history = LessonLog(lesson, autosave)
    history.append(Moved(2, "J"))
    size = (tmp_path / "first.toml").stat().st_size
    monkeypatch.setattr(limits, "FILE_BYTES", size - 1)
    with pytest.raises(OSError, match="longer than a file may be"):
        autosave.move_to(tmp_path / "second.toml")
    assert not (tmp_path / "second.toml").exists()
    monkeypatch.setattr(limits, "FILE_BYTES", size)
    autosave.move_to(tmp_path / "second.toml")
    assert (tmp_path / "second.toml").stat().st_size == size
    autosave.close()
