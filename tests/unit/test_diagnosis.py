"""Whether numbers agree: a right program is never accused, and the cell that is altered is the one named."""

import json

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.unit.helpers import DATA, lesson
from tests.unit.printed_by_programs import matrices_of, plan_of, plans, text_of
from tui_nn.network.diagnosis.diagnosis import Digits
from tui_nn.network.diagnosis.program_run import ProgramRun, Work
from tui_nn.network.diagnosis.student_program import StudentProgram
from tui_nn.network.model.array import Array
from tui_nn.session.homework.diagnosing import HomeworkDiagnosis, diagnose_numbers
from tui_nn.session.homework.reading import read_printed
from tui_nn.session.runs.run_plan import RunPlan
from tui_nn.session.storage.session_file import read
from tui_nn.writing.sentences.placing_sentences import digits_sentence

FORMS = ("numpy", "numpy 3", "R")
BY_ROW = ("X", "Y", "Y_hat")


def _plan(name: str) -> RunPlan:
    path = DATA / f"{name}.toml"
    return read(path).state.plan if path.exists() else plan_of(lesson(name))


def _with_rows_reversed(plan: RunPlan, iteration: int) -> dict[str, list[list[float]]]:
    """A right program that adds up the rows of data in the opposite order: its last digits are others."""
    document = plan.document
    right = StudentProgram.right(document.network, document.dataset, document.start, document.learning_rate)
    program = right.with_data(right.X[::-1], right.Y[::-1])
    values = ProgramRun(program, Work(np.inf, np.inf)).at(iteration)
    turned = {name: _in_order(name, values[name]).tolist() for name in matrices_of(plan, 1) if name != "cost"}
    return {**turned, "cost": values["J"].tolist()}


def _in_order(name: str, matrix: Array) -> Array:
    has_rows = name in BY_ROW or name.startswith("delta") or (name[0] in "ZA" and name[1:].isdigit())
    return matrix[::-1] if has_rows else matrix


def _diagnosed(plan: RunPlan, numbers: object, iteration: int | None = None) -> HomeworkDiagnosis:
    """What is found without a search for the mistake."""
    text = numbers if isinstance(numbers, str) else json.dumps(numbers)
    return diagnose_numbers(plan, read_printed(text), iteration, effort=0)


@pytest.mark.parametrize(
    ("name", "iteration"),
    [
        ("lecture", 1),
        ("lecture", 3000),
        ("homework-biases", 1000),
        ("ridge", 1000),
        ("iris", 100),
        ("softmax", 300),
        ("too-fast", 100),
        ("saturated_10_20", 300),
        ("relu_xor_zero_bias", 500),
    ],
)
def test_all_digits_of_a_program_that_adds_in_another_order_agree(name: str, iteration: int) -> None:
    plan = _plan(name)
    found = _diagnosed(plan, {"iteration": iteration, **_with_rows_reversed(plan, iteration)}).diagnosis
    assert found.first is None
    assert found.amplified is None


@pytest.mark.parametrize("names", [(), ("W1_next", "W2_next"), ("cost", "delta2")])
def test_where_a_lesson_makes_rounding_errors_grow_a_right_program_is_not_accused(names: tuple[str, ...]) -> None:
    plan = _plan("parting")
    numbers = _with_rows_reversed(plan, 2500)
    ours = matrices_of(plan, 2500)
    assert abs(numbers["W1_next"][0][0] - ours["W1_next"][0, 0]) > 1e-6
    some = {name: numbers[name] for name in names or numbers}
    found = _diagnosed(plan, {"iteration": 2500, **some}).diagnosis
    assert found.first is None
    assert found.amplified is not None
    assert found.amplified.iteration < 2500
    # What can't be compared is not said to agree.
    assert not {"W1_next", "cost"} & {*found.agrees}
    assert "Compare the numbers of an earlier iteration." in digits_sentence(found)


def test_before_rounding_errors_have_grown_a_wrong_digit_is_found() -> None:
    plan = _plan("parting")
    numbers = {name: np.array(matrix) for name, matrix in _with_rows_reversed(plan, 20).items()}
    numbers["W2_next"][1, 0] += 1e-4
    found = _diagnosed(plan, {"iteration": 20, **{name: one.tolist() for name, one in numbers.items()}}).diagnosis
    assert found.first is not None
    assert (found.first.matrix, found.first.row, found.first.column) == ("W2_next", 2, 1)


@settings(max_examples=60)
@given(
    plan=plans(),
    iteration=st.integers(1, 4),
    form=st.sampled_from(FORMS),
    is_named=st.booleans(),
    is_turned=st.booleans(),
    is_said=st.booleans(),
)
def test_a_right_program_is_never_accused(
    plan: RunPlan, iteration: int, form: str, is_named: bool, is_turned: bool, is_said: bool
) -> None:
    matrices = matrices_of(plan, iteration)
    assume(all(np.isfinite(matrix).all() for matrix in matrices.values()))
    is_said = is_said or iteration not in (1, 4)
    text = text_of(matrices, form, is_named=is_named, is_turned=is_turned)
    found = _diagnosed(plan, text, iteration if is_said else None).diagnosis
    assert found.first is None
    if is_named:
        assert {*matrices} <= {*found.agrees}


@settings(max_examples=60)
@given(
    plan=plans(),
    iteration=st.integers(1, 4),
    form=st.sampled_from(FORMS),
    is_turned=st.booleans(),
    data=st.data(),
)
def test_a_right_program_that_prints_a_few_matrices_without_names_is_never_accused(
    plan: RunPlan, iteration: int, form: str, is_turned: bool, data: st.DataObject
) -> None:
    matrices = matrices_of(plan, iteration)
    assume(all(np.isfinite(matrix).all() for matrix in matrices.values()))
    names = data.draw(st.lists(st.sampled_from([*matrices]), min_size=1, max_size=4, unique=True))
    assume(names != ["Y"])
    text = text_of({name: matrices[name] for name in names}, form, is_named=False, is_turned=is_turned)
    assert _diagnosed(plan, text, iteration).diagnosis.first is None


@settings(max_examples=60)
@given(
    plan=plans(iterations=2),
    form=st.sampled_from(FORMS),
    is_turned=st.booleans(),
    data=st.data(),
)
def test_the_cell_that_is_altered_is_the_first_difference(
    plan: RunPlan, form: str, is_turned: bool, data: st.DataObject
) -> None:
    matrices = matrices_of(plan, 2)
    assume(all(np.isfinite(matrix).all() for matrix in matrices.values()))
    name = data.draw(st.sampled_from([*matrices]))
    row, column = (data.draw(st.integers(0, size - 1)) for size in matrices[name].shape)
    altered = matrices[name].copy()
    # Much more than the digits of any form.
    altered[row, column] = 1.5 * altered[row, column] + 0.37
    text = text_of({**matrices, name: altered}, form, is_turned=is_turned)
    found = _diagnosed(plan, text, 2).diagnosis
    assert found.first is not None
    assert (found.first.matrix, found.first.row, found.first.column) == (name, row + 1, column + 1)
    assert {*matrices} - {*found.agrees} == {name}


def test_digits_that_are_cut_off_agree_and_a_cell_that_lies_above_does_not() -> None:
    plan = _plan("lecture")
    ours = matrices_of(plan, 1)["Z2"]
    cut = np.trunc(ours * 1e4) / 1e4
    found = _diagnosed(plan, {"iteration": 1, "Z2": cut.tolist()}).diagnosis
    assert found.first is None
    assert found.digits is Digits.CUT
    cut[1, 1] += 1e-4
    above = _diagnosed(plan, {"iteration": 1, "Z2": cut.tolist()}).diagnosis
    assert above.first is not None
