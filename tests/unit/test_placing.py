"""Where a student's numbers belong in the lesson."""

from dataclasses import replace

import numpy as np
import pytest

from tests.unit.helpers import dataset, lesson
from tests.unit.printed_by_programs import by_numpy, matrices_of, plan_of, text_of
from tui_nn.network import Parameters, Start
from tui_nn.session.document import Document
from tui_nn.session.homework.diagnosing import HomeworkDiagnosis, diagnose_numbers
from tui_nn.session.homework.placed_numbers import WhyAside
from tui_nn.session.homework.reading import read_printed

LECTURE = plan_of(lesson("lecture"))
FIRST = matrices_of(LECTURE, 1)


def _found(text: str, iteration: int | None = None) -> HomeworkDiagnosis:
    return diagnose_numbers(LECTURE, read_printed(text), iteration, effort=0)


def _names(found: HomeworkDiagnosis) -> list[str]:
    return [place.name for place in found.placed.places]


def test_weights_counted_from_zero_are_those_of_the_next_number() -> None:
    text = text_of({"W0": FIRST["W1"], "W1": FIRST["W2"]}, "R")
    found = _found(text, 1)
    assert _names(found) == ["W1", "W2"]
    assert found.diagnosis.first is None


def test_beside_weights_called_new_those_without_are_those_before_the_update() -> None:
    after = {"W1_new": FIRST["W1_next"], "W2": FIRST["W2"]}
    found = _found(text_of(after, "numpy"), 1)
    assert _names(found) == ["W1_next", "W2"]
    assert found.diagnosis.first is None


def test_weights_above_the_slopes_may_be_those_before_the_update() -> None:
    found = _found(text_of({"W2": FIRST["W2"], "dJdW2": FIRST["dJdW2"]}, "numpy"))
    assert found.placed.iteration == 1
    assert found.diagnosis.agrees == ("W2", "dJdW2")


def test_weights_that_were_never_updated_are_not_taken_for_those_before_the_update() -> None:
    found = _found(text_of({"dJdW2": FIRST["dJdW2"], "W2": FIRST["W2"]}, "numpy"))
    assert found.diagnosis.first is not None
    assert found.diagnosis.first.matrix == "W2_next"


def test_without_a_name_the_matrix_whose_digits_agree_is_meant_even_where_another_is_near() -> None:
    found = _found(by_numpy(FIRST["W1_next"]), 1)
    assert _names(found) == ["W1_next"]
    assert found.diagnosis.first is None


def test_numbers_without_a_name_are_taken_for_data_only_if_they_agree() -> None:
    right, wrong = FIRST["X"], FIRST["X"] + 0.05
    assert _names(_found(by_numpy(right), 1)) == ["X"]
    found = _found(f"{by_numpy(wrong)}\n\ncost\n{by_numpy(FIRST['cost'])}", 1)
    assert "X" not in _names(found)


def test_a_transposed_matrix_is_recognized() -> None:
    found = _found(text_of({name: FIRST[name] for name in ("Z2", "W2_next")}, "R", is_turned=True), 1)
    assert [place.is_transposed for place in found.placed.places] == [True, True]
    assert found.diagnosis.first is None


def test_rounded_costs_of_every_thousandth_iteration_are_placed_by_their_digits() -> None:
    run = LECTURE.document.trajectory()
    run.extend(10_000)
    costs = [run.cost(iteration) for iteration in range(1000, 10_001, 1000)]
    found = _found("cost_history\n" + "\n".join(f"{cost:.6f}" for cost in costs))
    given = found.placed.given.costs
    assert given is not None
    assert given.iterations.tolist() == [*range(1000, 10_001, 1000)]
    assert found.diagnosis.first is None


def test_a_row_near_the_costs_that_agrees_with_a_matrix_is_that_matrix() -> None:
    x, y = np.array([[0.6094573, 0.96037096]]), np.array([[0.71168077]])
    weights = (np.array([[0.91783912, -0.10106968], [0.07732232, 0.72432415]]), np.array([[0.05471862], [0.2793499]]))
    start = Start("given", given=Parameters(weights, ()))
    document = Document(title="near", dataset=dataset(x, y), hidden=(2,), bias=False, start=start)
    plan = plan_of(replace(document, cost="cross-entropy", iterations=4))
    ours = matrices_of(plan, 1)
    assert abs(ours["A2"] - ours["cost"]).max() < 1e-3
    found = diagnose_numbers(plan, read_printed(by_numpy(ours["A2"])), 1, effort=0)
    assert _names(found) == ["A2"]


def test_the_errors_are_not_taken_for_costs() -> None:
    text = "error\n" + by_numpy((FIRST["Y"] - FIRST["Y_hat"]).T) + "\n\nY_hat\n" + by_numpy(FIRST["Y_hat"])
    found = _found(text, 1)
    assert [one.why for one in found.placed.aside] == [WhyAside.ERRORS]
    assert np.isfinite(found.placed.given.matrices[0].numbers).all()
    assert _names(found) == ["Y_hat"]


def test_what_follows_a_whole_pass_without_a_heading_was_printed_after_the_loop() -> None:
    last = LECTURE.document.iterations
    final = matrices_of(LECTURE, last)
    of_pass = ("Z2", "A2", "Z3", "Y_hat", "delta3", "dJdW2", "delta2", "dJdW1")
    first = {**{name: FIRST[name] for name in of_pass}, "W1": FIRST["W1_next"], "W2": FIRST["W2_next"]}
    after = {"W1": final["W1_next"], "W2": final["W2_next"], "Y_hat": final["Y_hat"]}
    found = _found(text_of(first, "R") + "\n\n" + text_of(after, "R"), 1)
    assert [place.iteration for place in found.placed.places] == [1] * len(first) + [last] * len(after)
    assert found.diagnosis.first is None


def test_numbers_of_a_loop_that_is_an_iteration_too_long_are_all_of_the_last_iteration() -> None:
    last = LECTURE.document.iterations
    longer = matrices_of(LECTURE, last + 1)
    text = text_of({"W1": longer["W1_next"], "W2": longer["W2_next"], "Y_hat": longer["Y_hat"]}, "R")
    assert {place.iteration for place in _found(text).placed.places} == {last}


def test_biases_as_a_row_of_the_weights_are_taken_out_of_them() -> None:
    plan = plan_of(lesson("homework-biases"))
    ours = matrices_of(plan, 1)
    with_ones = {
        "X": np.hstack((np.ones((3, 1)), ours["X"])),
        "dJdW2": np.vstack((ours["dJdb2"], ours["dJdW2"])),
        "W1": np.vstack((ours["b1_next"], ours["W1_next"])),
        "W2": np.vstack((ours["b2_next"], ours["W2_next"])),
    }
    found = diagnose_numbers(plan, read_printed(text_of(with_ones, "numpy")), 1, effort=0)
    assert found.diagnosis.agrees == ("X", "dJdW2", "dJdb2", "W1_next", "W2_next", "b1_next", "b2_next")
    assert found.diagnosis.first is None


def test_iterations_that_a_loop_counts_from_0_are_one_more() -> None:
    second = matrices_of(LECTURE, 2)
    text = "\n".join(
        f"iter {number}: J={ours['cost'][0, 0]:.8g}\n{text_of({'W1': ours['W1_next']}, 'numpy')}"
        for number, ours in enumerate((FIRST, second))
    )
    found = _found(text)
    assert [(place.name, place.iteration) for place in found.placed.places] == [("W1_next", 1), ("W1_next", 2)]
    assert found.diagnosis.first is None


def test_weights_that_a_loop_prints_without_names_are_of_one_iteration_after_the_other() -> None:
    text = "\n\n".join(
        text_of({name: matrices_of(LECTURE, iteration)[f"{name}_next"] for name in ("W1", "W2")}, "R", is_named=False)
        for iteration in (1, 2, 3)
    )
    found = _found(text)
    assert _names(found) == ["W1_next", "W2_next"] * 3
    assert [place.iteration for place in found.placed.places] == [1, 1, 2, 2, 3, 3]
    assert found.diagnosis.first is None


def test_squares_that_are_transposed_and_have_the_opposite_sign_are_understood() -> None:
    ours = {name: FIRST[name] for name in ("A2", "W1_next", "W2_next")}
    opposite = {name: -FIRST[name] for name in ("delta3", "delta2", "dJdW2", "dJdW1")}
    found = _found(text_of({**ours, **opposite}, "numpy", is_turned=True), 1)
    assert found.diagnosis.first is None
    assert found.diagnosis.convention.of_delta == -1


def test_a_list_of_costs_alone_needs_no_name_even_where_they_are_wrong() -> None:
    run = LECTURE.document.trajectory()
    run.extend(12)
    given = _found("\n".join(f"{2 * run.cost(iteration):.8g}" for iteration in range(1, 13))).placed.given.costs
    assert given is not None
    assert given.iterations.tolist() == [*range(1, 13)]


BIASES = plan_of(lesson("homework-biases"))


def _found_with_biases(text: str) -> HomeworkDiagnosis:
    return diagnose_numbers(BIASES, read_printed(text), None, effort=0)


@pytest.mark.parametrize(
    "heading",
    [
        "iteration {}",
        "i = {}",
        "iter {}",
        "k = {}",
        "step {}",
        "t={}",
        "it: {}",
        "s = {}",
        '[1] "i = {}"',
        "Epoch [{}/9]",
    ],
)
def test_a_scalar_is_of_the_iteration_whose_heading_stands_above(heading: str) -> None:
    text = "\n".join(
        f"{heading.format(iteration)}\nb2 = {matrices_of(BIASES, iteration)['b2_next'].item():.7g}"
        for iteration in (1, 2, 7)
    )
    found = _found_with_biases(text)
    assert [(place.name, place.iteration) for place in found.placed.places] == [("b2_next", at) for at in (1, 2, 7)]
    assert found.diagnosis.first is None


def test_letters_that_are_settings_count_no_iterations() -> None:
    found = _found(f"n = 3\nk = 3\nY_hat\n{by_numpy(FIRST['Y_hat'])}")
    assert [place.iteration for place in found.placed.places] == [1]


@pytest.mark.parametrize(
    "label", ["new {}", "{} new", "{} after the update", "final {}", "{} after training", "updated {}"]
)
def test_weights_called_new_are_not_those_before_the_update(label: str) -> None:
    text = text_of({label.format(name): FIRST[name] for name in ("W1", "W2")}, "R")
    assert _names(_found(text, 1)) == ["W1_next", "W2_next"]
    assert _found(text, 1).diagnosis.first is not None


def test_a_loop_that_is_an_iteration_too_short_is_not_cleared() -> None:
    last = LECTURE.document.iterations
    shorter = matrices_of(LECTURE, last)
    found = _found(f"iteration {last}\n" + text_of({name: shorter[name] for name in ("W1", "W2")}, "R"))
    assert found.diagnosis.first is not None


def test_a_heading_of_a_section_says_when_the_weights_below_it_were_printed() -> None:
    last = LECTURE.document.iterations
    start = text_of({name: FIRST[name] for name in ("W1", "W2")}, "numpy")
    end = text_of({name: matrices_of(LECTURE, last)[f"{name}_next"] for name in ("W1", "W2")}, "numpy")
    found = _found(f"Initial weights\n{start}\nAfter training:\n{end}")
    assert [(place.name, place.iteration) for place in found.placed.places] == [
        ("W1", 1),
        ("W2", 1),
        ("W1_next", last),
        ("W2_next", last),
    ]
    assert found.diagnosis.first is None


@pytest.mark.parametrize(
    ("start", "end"), [("Cost at start:", "Cost at end:"), ("initial cost", "final cost"), ("first J =", "last J =")]
)
def test_costs_at_the_start_and_at_the_end_are_those_of_the_first_and_the_last_iteration(start: str, end: str) -> None:
    last = LECTURE.document.iterations
    costs = [matrices_of(LECTURE, iteration)["cost"].item() for iteration in (1, last)]
    found = _found(f"{start} {costs[0]:.7g}\n{end} {costs[1]:.7g}")
    assert [place.iteration for place in found.placed.places] == [1, last]
    assert found.diagnosis.first is None


def test_a_list_behind_the_cost_of_a_line_has_its_own_name() -> None:
    y_hat = ", ".join(f"{number:.6f}" for number in FIRST["Y_hat"].ravel())
    found = _found(f"epoch 0 cost {FIRST['cost'].item():.8f} pred [{y_hat}]")
    assert sorted(_names(found)) == ["Y_hat", "cost"]
    assert found.diagnosis.first is None


def test_single_cells_and_rows_are_compared_where_they_stand() -> None:
    weights = FIRST["W1_next"]
    of_r = f"iteration 1\nW1[1,2] = {weights[0, 1]:.7g}\nW1[2,3] = {weights[1, 2]:.7g}"
    of_numpy = f"iteration 1\nW1[0, 1] = {weights[0, 1]:.7g}\nW2[2, 0] = {FIRST['W2_next'][2, 0]:.7g}"
    as_rows = "iteration 1\n" + "\n".join(f"W1[{row}] = {numbers}" for row, numbers in enumerate(weights))
    of_units = "\n".join(f"hidden unit {unit}: w = {a:.7g} {b:.7g}" for unit, (a, b) in enumerate(weights.T, start=1))
    for text in (of_r, of_numpy, as_rows, of_units):
        found = _found(text)
        assert "W1_next" in _names(found), text
        assert found.diagnosis.first is None, text


def test_wrong_matrices_without_names_are_told_by_their_order() -> None:
    wrong = [1 - FIRST["Y_hat"], 2 * FIRST["W1_next"], 3 * FIRST["W2_next"]]
    assert _names(_found("\n".join(map(by_numpy, wrong)), 1)) == ["Y_hat", "W1_next", "W2_next"]
    assert _names(_found("\n".join(map(by_numpy, [*wrong[1:], wrong[0]])), 1)) == ["W1_next", "W2_next", "Y_hat"]


def test_a_matrix_of_R_with_blank_names_of_columns_is_read() -> None:
    rows = text_of({"W1": FIRST["W1_next"]}, "R").splitlines()[2:]
    found = _found("\n".join(["after 1 iteration", "W1", " " * 30, *rows, "", "iteration 2"]))
    assert [place.printed.numbers.shape for place in found.placed.places] == [(2, 3)]
    assert found.diagnosis.first is None
