"""A student's numbers beside the lesson's: what the log keeps of them, and what it refuses."""

import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.unit.helpers import after_events, entries, lesson
from tui_nn.network import ValidationError
from tui_nn.session import limits
from tui_nn.session.compared_numbers import FirstDifferingCell, MistakeLines
from tui_nn.session.events import (
    Event,
    HyperparameterSet,
    Moved,
    NoteRedone,
    NoteUndone,
    NumbersCompared,
    NumbersPutAway,
)
from tui_nn.session.homework.comparing import numbers_compared
from tui_nn.session.homework.diagnosing import diagnose_numbers
from tui_nn.session.homework.reading import read_printed, read_printed_file
from tui_nn.session.reducer import apply_event
from tui_nn.session.replay import Replay
from tui_nn.session.runs.run_cache import RunCache
from tui_nn.session.state import State
from tui_nn.session.storage import event_log
from tui_nn.session.storage.session_file import Lesson

_HOMEWORK = Path(__file__).parent.parent / "data" / "homework" / "forgotten_derivative_hidden.txt"
_OPENED = State.opened(lesson("lecture"))
_ANN = NumbersCompared(
    "Ann",
    ("Z2", "delta3"),
    (1, 2),
    (((0.5, math.nan), (math.inf, -2.0)), ((1.0,),)),
    (((5e-5, 0.0), (0.0, 0.5)), ((0.5,),)),
    agrees=("Z2",),
    first_matrix="delta3",
    first_iteration=2,
    first_row=1,
    first_column=1,
    mistakes=("wrong sign", "factor two; other learning rate"),
    largest_differences=(0.0, 1e-9),
    details=("", "0.5"),
    acts_in=(("W1_next",), ("delta3", "learning_rate")),
    right_lines=(("W1 <- W1 - step",), ("", "learning_rate <- 5")),
    wrong_lines=(("W1 <- W1 + step",), ("", "")),
    example_lines=(("",), ("delta3 <- 2 * (Y_hat - Y)", "")),
    remarks=("Line 3 was not read.",),
)
_NO_LINES: dict[str, Any] = dict.fromkeys(("acts_in", "right_lines", "wrong_lines", "example_lines", "remarks"), ())
_BEN = replace(_ANN, whose="Ben")


def _whose(state: State) -> str:
    return state.compared.whose if state.compared else ""


def test_numbers_are_taken_back_and_brought_again() -> None:
    happened: list[Event] = [_ANN, _BEN, NumbersPutAway(), NoteUndone(), NoteUndone(), NoteUndone(), NoteRedone()]
    states = [_OPENED]
    for event in happened:
        states.append(apply_event(states[-1], event))
    assert [_whose(state) for state in states] == ["", "Ann", "Ben", "", "Ben", "Ann", "", "Ann"]


def test_a_replay_shows_them_when_they_were_shown_and_none_that_were_taken_back() -> None:
    # The lesson's network is another by then: what was printed for the old one is no reason to refuse the log.
    other = HyperparameterSet("hidden", (2,))
    happened = (Moved(3, "A2"), _ANN, NumbersPutAway(), _BEN, NoteUndone(), other, _ANN)
    replay = Replay(replace(Lesson.without_events(lesson("lecture")), entries=entries(*happened)))
    assert [_whose(replay.state_at(place)) for place in range(8)] == ["", "", "Ann", "", "", "", "", "Ann"]


def test_the_log_keeps_every_digit_also_of_what_is_no_number() -> None:
    text = event_log.log_text(entries(_ANN))
    (read,) = (entry.event for entry in event_log.read_entries(text).entries)
    assert repr(read) == repr(_ANN)
    assert event_log.log_text(entries(read)) == text


def test_what_was_compared_is_kept_for_the_screen() -> None:
    compared = after_events(_OPENED, [_ANN]).compared
    assert compared
    assert compared.first == FirstDifferingCell(2, "delta3", 1, 1)
    assert compared.given("delta3", 2) == ("delta3", 2, ((1.0,),), ((0.5,),))
    assert compared.given("delta3", 1) is None
    assert compared.plan is _OPENED.plan
    assert compared.lines == (
        (MistakeLines("W1_next", "W1 <- W1 - step", "W1 <- W1 + step", ""),),
        (
            MistakeLines("delta3", "", "", "delta3 <- 2 * (Y_hat - Y)"),
            MistakeLines("learning_rate", "learning_rate <- 5", "", ""),
        ),
    )


def test_a_log_that_says_nothing_of_lines_is_read_as_before() -> None:
    text = event_log.log_text(entries(replace(_ANN, **_NO_LINES)))
    older = "\n".join(line for line in text.splitlines() if line.partition(" =")[0] not in _NO_LINES)
    (read,) = (entry.event for entry in event_log.read_entries(f"{older}\n").entries)
    compared = after_events(_OPENED, [read]).compared
    assert compared
    assert (compared.mistakes, compared.lines, compared.remarks) == (_ANN.mistakes, (), ())


_MANY = tuple("Z2" for _ in range(limits.COMPARED_MATRICES + 1))
_WIDE = ((0.0,) * (limits.COMPARED_CELLS + 1),)


@pytest.mark.parametrize(
    "wrong",
    [
        {"whose": "an\x1b[2J"},
        {"whose": " "},
        {"matrices": ()},
        {"matrices": ("Z2",)},
        {"matrices": _MANY},
        {"iterations": (1,)},
        {"iterations": (0, 1)},
        {"numbers": (((1.0, 2.0), (3.0,)), ((1.0,),))},
        {"numbers": ((), ((1.0,),))},
        {"numbers": (((),), ((1.0,),))},
        {"numbers": (((0.5,),), ((1.0,),))},
        {"tolerances": (((-1.0, 0.0), (0.0, 0.0)), ((0.5,),))},
        {"tolerances": (((math.nan, 0.0), (0.0, 0.0)), ((0.5,),))},
        {"numbers": (_WIDE, ((1.0,),)), "tolerances": (_WIDE, ((1.0,),))},
        {"first_iteration": 0},
        {"first_column": 0},
        {"first_matrix": "\n"},
        {"mistakes": ("wrong sign\x07", "")},
        {"mistakes": ("wrong sign",)},
        {"mistakes": ("x",) * 21, "largest_differences": (0.0,) * 21, "details": ("",) * 21},
        {"largest_differences": (0.0, -1.0)},
        {"details": ("", "\r")},
        {"acts_in": ()},
        {"wrong_lines": (("",), ("",))},
        {"right_lines": (("a\nb",), ("", ""))},
        {"remarks": ("",)},
        {"of_delta": 0.0},
        {"of_slopes": math.inf},
    ],
    ids=str,
)
def test_what_a_stranger_may_have_written_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        apply_event(_OPENED, replace(_ANN, **wrong))


def test_nothing_is_put_away_where_nothing_is() -> None:
    with pytest.raises(ValidationError, match="numbers"):
        apply_event(_OPENED, NumbersPutAway())


@pytest.mark.parametrize(
    "lines",
    [
        'numbers = "many"',
        "numbers = [[1.0]]",
        'numbers = [[["1"]]]',
        "numbers = [[[true]]]",
        "iterations = 1",
        'mistakes = "wrong sign"',
        'acts_in = ["W1_next"]',
    ],
)
def test_a_field_of_another_type_is_refused_in_words(lines: str) -> None:
    key = lines.partition(" ")[0]
    others = [line for line in event_log.log_text(entries(_ANN)).splitlines() if not line.startswith(f"{key} =")]
    text = "\n".join([*others[:-1], lines, others[-1], ""])
    with pytest.raises(event_log.LogError, match=key):
        event_log.read_entries(text)


def test_the_event_of_a_diagnosis_has_its_numbers_and_its_names() -> None:
    found = diagnose_numbers(_OPENED.plan, read_printed_file(_HOMEWORK), 1)
    event = numbers_compared(found, "Ann\x1b[2J " + 80 * "x")
    compared = after_events(_OPENED, [event]).compared
    assert compared
    assert compared.whose == ("Ann[2J " + 80 * "x")[: limits.NAME_LENGTH]
    assert compared.first == FirstDifferingCell(1, "delta2", 1, 1)
    assert compared.agrees[:4] == ("Z2", "A2", "Z3", "Y_hat")
    assert compared.mistakes[0] == "forgotten derivative, hidden"
    given = compared.given("delta2", 1)
    assert given
    assert given.numbers[0][0] == 0.009887609


def test_of_a_long_history_the_log_keeps_the_costs_around_the_first_difference() -> None:
    # Where the lesson changes on the way, no mistake is looked for, which would take long.
    plan = after_events(_OPENED, [HyperparameterSet("learning_rate", 4.0, 2)]).plan
    run = RunCache().run_of(plan)
    run.extend(3000)
    costs = np.array(run.costs[:3000])
    costs[1499:] *= 1.5
    text = "\n".join(["cost_hist", *(f"{cost:.9f}" for cost in costs)])
    event = numbers_compared(diagnose_numbers(plan, read_printed(text), 3000), "")
    compared = after_events(_OPENED, [event]).compared
    assert compared
    assert compared.whose == "pasted numbers"
    assert compared.first == FirstDifferingCell(1500, "cost", 1, 1)
    kept = [one.iteration for one in compared.matrices]
    assert len(kept) == limits.COMPARED_MATRICES
    assert kept == sorted(kept)
    assert {1499, 1500, 1501} <= {*kept}
