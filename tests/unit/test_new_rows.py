"""A prediction for a row that is not in the data: its mathematics, its events, its working, and how it is printed."""

import json
import math
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.arithmetic import FUNCTIONS
from tests.unit.command_line import command, process
from tests.unit.helpers import after_events, entries, is_one_sentence, lesson, random_problem, written
from tests.unit.strategies import networks
from tui_nn.network import Network, Parameters, ValidationError, compute_pass, predict, prediction_equations
from tui_nn.session import input_parsing, limits
from tui_nn.session.document import Document, lecture_data
from tui_nn.session.events import (
    CellSet,
    ColumnAdded,
    ColumnRemoved,
    HyperparameterSet,
    Moved,
    NewRowAdded,
    NewRowRemoved,
    Undone,
)
from tui_nn.session.reducer import apply_event
from tui_nn.session.state import State
from tui_nn.session.storage import event_log
from tui_nn.session.storage.session_file import Lesson, lesson_from_content
from tui_nn.writing.formulas.worked_row import worked_row
from tui_nn.writing.notation.signs import ASCII, UNICODE, Notation

# R 4.2.2: set.seed(1), the lecture's loop, then s(s(n %*% W1) %*% W2) * 100 with n divided by 10 and by 5.
_NEW_ROWS = ((8.0, 5.0), (3.0, 1.0), (-1.0, 5.0))
_IN_R = {
    1: (83.2063377125290, 77.7127053063726, 81.1631994364280),
    37: (85.4696491443212, 80.4743539955987, 81.0501738237733),
    None: (90.7294302698522, 72.4694447130520, 49.5843925587320),
}
_NAMES = ("hours slept", "hours studied")


@given(networks(), st.integers(1, 4), st.integers(0, 2**32 - 1))
def test_a_new_row_that_equals_one_of_the_data_gets_its_prediction(network: Network, rows: int, seed: int) -> None:
    network, data, parameters = random_problem(network, rows, seed)
    Y_hat = compute_pass(network, data, parameters, 1.0)["Y_hat"]
    for row in range(rows):
        alone = predict(network, data.scaled(data.x[row : row + 1]), parameters)
        np.testing.assert_allclose(alone[0], Y_hat[row], rtol=1e-12, atol=1e-12)


def test_a_new_row_is_divided_as_the_data_are_and_does_not_change_by_what() -> None:
    data = lecture_data()
    assert data.scaled(np.array([[8.0, 5.0], [20.0, -5.0]])).tolist() == [[0.8, 1.0], [2.0, -1.0]]
    assert replace(data, x_scaling="none").scaled(np.array([[8.0, 5.0]])).tolist() == [[8.0, 5.0]]
    assert data.x_divisors.tolist() == [10.0, 5.0]
    assert data.scaled(np.array([[math.inf, 5.0]])).tolist() == [[math.inf, 1.0]]


@pytest.mark.parametrize("text", ["8 5", "8; 5", " 8;5 ", "8, 5", "8.0 5", "16/2 5", "16 / 2 ;5", "8 +5e0"])
def test_a_number_for_each_input_is_typed_with_blanks_or_semicolons(text: str) -> None:
    assert input_parsing.parse_numbers(text, _NAMES) == (8.0, 5.0)


def test_a_comma_is_a_decimal_point_and_a_minus_is_a_minus() -> None:
    assert input_parsing.parse_numbers("8,5 −1/2", _NAMES) == (8.5, -0.5)


@pytest.mark.parametrize("text", ["", "8", "8,5", "8 5 1", "8 five", "8 nan", "8 1e999", "8 1/0", ";"])
def test_what_is_no_number_for_each_input_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        input_parsing.parse_numbers(text, _NAMES)


def _lecture_after(*happened: object) -> State:
    return after_events(State.opened(Document()), happened)  # type: ignore[arg-type]


def test_new_rows_stand_in_their_order_and_are_taken_out_by_their_numbers() -> None:
    state = _lecture_after(NewRowAdded((8.0, 5.0)), NewRowAdded((3.0, 1.0)), NewRowAdded((0.0, 0.0)))
    assert state.new_rows_here == {1: (8.0, 5.0), 2: (3.0, 1.0), 3: (0.0, 0.0)}
    assert apply_event(state, NewRowRemoved(2)).new_rows == ((8.0, 5.0), (0.0, 0.0))
    for number in (0, 4):
        with pytest.raises(ValidationError):
            apply_event(state, NewRowRemoved(number))


@pytest.mark.parametrize("x", [(), (8.0,), (8.0, 5.0, 1.0), (8.0, math.nan), (math.inf, 5.0)])
def test_a_new_row_that_does_not_fit_the_network_is_refused(x: tuple[float, ...]) -> None:
    with pytest.raises(ValidationError):
        apply_event(State.opened(Document()), NewRowAdded(x))


def test_there_is_an_end_to_new_rows() -> None:
    state = _lecture_after(*[NewRowAdded((8.0, 5.0))] * limits.NEW_ROWS)
    with pytest.raises(ValidationError, match="at most 26"):
        apply_event(state, NewRowAdded((8.0, 5.0)))


def test_new_rows_that_no_longer_fit_are_out_of_sight_until_they_fit_again() -> None:
    state = _lecture_after(NewRowAdded((8.0, 5.0)), ColumnAdded("x", 3, "coffees", (1.0, 1.0, 1.0)))
    assert state.new_rows_here == {}
    state = after_events(state, [NewRowAdded((8.0, 5.0, 2.0))])
    assert state.new_rows_here == {2: (8.0, 5.0, 2.0)}
    assert after_events(state, [ColumnRemoved("x", 3)]).new_rows_here == {1: (8.0, 5.0)}
    assert after_events(state, [Undone()]).new_rows_here == {1: (8.0, 5.0)}


def test_a_new_row_is_no_edit_that_undo_takes_back() -> None:
    state = _lecture_after(CellSet("x", 1, 1, 4.0), NewRowAdded((8.0, 5.0)), Undone())
    assert state.document.dataset.x[0, 0] == 3.0
    assert state.new_rows == ((8.0, 5.0),)


def test_new_rows_survive_the_file() -> None:
    happened = entries(Moved(37, "Y_hat"), NewRowAdded((8.0, 0.1 + 0.2)), NewRowAdded((-1.0, 5.0)), NewRowRemoved(2))
    source = Lesson.without_events(Document()).source + event_log.log_text(happened)
    assert 'kind = "new row"\n' in source
    lesson = lesson_from_content(Path("lesson.toml"), source.encode())
    assert lesson.entries == happened
    assert lesson.state.new_rows == ((8.0, 0.1 + 0.2),)


def _working(document: Document, x: tuple[float, ...], parameters: Parameters, notation: Notation) -> str:
    every = [equation.name for equation in prediction_equations(document.network)]
    return worked_row(document, x, parameters, every, notation.for_network(document.network))


def test_the_working_of_the_lecture_s_question() -> None:
    document = lesson("lecture")
    run = document.trajectory()
    run.extend(36)
    told = _working(document, (8.0, 5.0), run.parameters(37), UNICODE)
    assert told.startswith("hours slept = 8\nhours studied = 5\n\nX, as the network sees it\n  8 / 10 = 0.8000\n")
    assert "Z⁽²⁾ = X · W⁽¹⁾\n" in told
    assert "Ŷ in the data's units: test score\n" in told
    assert " · 100 = 85.4696\n" in told
    assert told.endswith("f(z) = 1 / (1 + e⁻ᶻ)")


@given(networks(), st.integers(0, 2**32 - 1), st.sampled_from((UNICODE, ASCII)), st.data())
def test_whoever_types_the_numbers_of_a_working_gets_its_results(
    network: Network, seed: int, notation: Notation, data: st.DataObject
) -> None:
    network, dataset, parameters = random_problem(network, 2, seed)
    y_scaling = "none" if network.output_activation == "softmax" else (100.0,) * dataset.outputs
    dataset = replace(dataset, x_scaling="column max", y_scaling=y_scaling)
    document = Document(
        dataset=dataset,
        hidden=network.layers[1:-1],
        activation=network.activation,
        output_activation=network.output_activation,
        bias=network.bias,
        cost=network.cost if network.output_activation == "softmax" else Network.cost,
    )
    x = tuple(data.draw(st.lists(st.floats(-2, 2), min_size=dataset.inputs, max_size=dataset.inputs)))
    signs = notation.for_network(network)
    lines = [line.strip() for line in _working(document, x, parameters, notation).splitlines() if line.startswith("  ")]
    in_units = 0 if y_scaling == "none" else dataset.outputs
    assert len(lines) == dataset.inputs + 2 * sum(network.layers[1:]) + in_units
    known = {f"value_{name.replace(' ', '_')}": FUNCTIONS[name][0] for name in signs.functions if name in FUNCTIONS}
    known["exp"] = math.exp
    for line in lines:
        if "≈" in line or "~" in line:
            continue
        made, shown = line.replace(notation.minus, "-").rsplit(f" {notation.equals} ", 1)
        # The longer name first: leaky relu ends with relu.
        for name, called in sorted(signs.functions.items(), key=lambda item: -len(item[1])):
            made = made.replace(f"{called}(", f"value_{name.upper().replace(' ', '_')}(")
        made = made.replace(f" {notation.product} ", " * ")
        made = re.sub(r"value_[A-Z_]+", lambda found: found[0].lower(), made)
        assert re.fullmatch(r"[-+*/()., \w]*", made), made
        value = float(eval(made, {"__builtins__": {}}, known))  # noqa: S307 - text that this test has made
        unit = 10.0 ** -len(shown.partition("e")[0].partition(".")[2]) * 10.0 ** int(shown.partition("e")[2] or 0)
        assert abs(value - float(shown)) <= 0.5000001 * unit, line


def test_a_working_goes_as_far_as_the_iteration_is_computed() -> None:
    document = lesson("lecture")
    told = worked_row(
        document, (8.0, 5.0), document.start_parameters, {"X", "Z2"}, UNICODE.for_network(document.network)
    )
    assert "Z⁽²⁾ = X · W⁽¹⁾" in told
    assert "A⁽²⁾ is not computed yet in this iteration." in told
    assert "Z⁽³⁾" not in told


def test_a_working_of_many_units_and_of_numbers_that_overflow_is_bounded_and_stands() -> None:
    document = replace(lesson("lecture"), hidden=(200,))
    told = _working(document, (1.7e308, -1.7e308), document.start_parameters, UNICODE)
    assert "  and 188 more\n" in told
    assert "terms are one number" in told
    assert len(told.splitlines()) < 60


@pytest.mark.parametrize("iteration", _IN_R)
def test_predict_prints_what_R_computes(iteration: int | None, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = [word for x in _NEW_ROWS for word in ("--x", *(f"{number:g}" for number in x))]
    arguments += ["--iteration", str(iteration)] if iteration else []
    answer = command(capsys, "predict", "lecture", *arguments, "--format", "json")
    assert (answer.code, answer.err) == (0, "")
    said = json.loads(answer.out)
    assert said["x"] == [list(x) for x in _NEW_ROWS]
    assert said["X"] == [[0.8, 1.0], [0.3, 0.2], [-0.1, 1.0]]
    np.testing.assert_allclose([row[0] for row in said["prediction"]], _IN_R[iteration], rtol=1e-9)
    np.testing.assert_allclose([row[0] for row in said["Y_hat"]], np.array(_IN_R[iteration]) / 100, rtol=1e-9)


def test_predict_says_a_score_to_people_and_every_digit_to_programs(capsys: pytest.CaptureFixture[str]) -> None:
    text = process("predict", "lecture", "--x", "8", "5").out
    assert text.endswith("Ŷ in the data's units: test score\n  90.72943\n")
    assert "x: hours slept, hours studied\n  8  5\n" in text
    answer = command(capsys, "predict", "lecture", "--x", "8", "5", "--format", "csv")
    assert "x,1,2,5.0" in answer.out.splitlines()
    assert answer.out.splitlines()[-1].startswith("prediction,1,1,90.72943026985")


def test_predict_for_a_row_of_the_data_is_what_train_says(capsys: pytest.CaptureFixture[str]) -> None:
    trained = json.loads(command(capsys, "train", "two-hidden-layers", "--format", "json").out)
    arguments = ("--x", "3", "5", "--x", "5", "1", "--x", "10", "2", "--format", "json")
    said = json.loads(command(capsys, "predict", "two-hidden-layers", *arguments).out)
    np.testing.assert_allclose(said["Y_hat"], trained["Y_hat_after"], rtol=1e-12)


@pytest.mark.parametrize(
    ("typed_in", "number"), [("-1", -1.0), ("-.5", -0.5), ("-1e-3", -1e-3), ("-1/4", -0.25), ("-0,5", -0.5)]
)
def test_a_negative_number_is_no_option(typed_in: str, number: float, capsys: pytest.CaptureFixture[str]) -> None:
    answer = command(capsys, "predict", "lecture", "--x", typed_in, "5", "--format", "json")
    assert json.loads(answer.out)["x"] == [[number, 5.0]]


def test_predict_scales_with_the_data_in_force_at_the_iteration(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    happened = entries(CellSet("x", 3, 1, 20.0, 10), HyperparameterSet("y_scaling", (200.0,), 20))
    path = written(tmp_path, Lesson.without_events(lesson("lecture")).source + event_log.log_text(happened))
    for iteration, divisor, y_divisor in ((9, 10.0, 100.0), (10, 20.0, 100.0), (20, 20.0, 200.0)):
        arguments = ("--x", "8", "5", "--iteration", str(iteration), "--format", "json")
        said = json.loads(command(capsys, "predict", str(path), *arguments).out)
        assert said["X"] == [[8.0 / divisor, 1.0]]
        assert said["prediction"][0][0] == pytest.approx(said["Y_hat"][0][0] * y_divisor)


@pytest.mark.parametrize(
    ("arguments", "fragment"),
    [
        (["lecture"], "--x"),
        (["lecture", "--x"], "--x"),
        (["lecture", "--x", "8"], "--x must be 2 numbers (hours slept, hours studied); you typed 1"),
        (["lecture", "--x", "8", "5", "--x", "1", "2", "3"], "you typed 3"),
        (["lecture", "--x", "8", "five"], "five"),
        (["lecture", "--x", "8", "nan"], "nan"),
        (["lecture", "--x", "8", "1e999"], "1e999"),
        (["lecture", "--x", "8", "5", "--iteration", "10001"], "10 000"),
        (["too-fast", "--x", "8", "5", "--iteration", "130"], "129"),
        (["nowhere", "--x", "8", "5"], "nowhere"),
    ],
)
def test_a_prediction_that_can_t_be_made_is_one_sentence_and_code_2(
    arguments: list[str], fragment: str, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = command(capsys, "predict", *arguments)
    assert (answer.code, answer.out) == (2, "")
    assert is_one_sentence(answer.err), answer.err
    assert fragment in answer.err


def test_predict_after_a_run_that_overflows_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    answer = command(capsys, "predict", "too-fast", "--x", "8", "5")
    assert answer.code == 0
    assert "The run ends at iteration 129" in answer.out
