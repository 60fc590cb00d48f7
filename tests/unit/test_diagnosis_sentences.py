"""Every mistake of the catalogue has its words, and lines that can be read."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

import pytest

from tui_nn.handouts.programs.lines_in_r import LinesInR
from tui_nn.network.diagnosis.explanations import Explanation
from tui_nn.network.diagnosis.mistakes import CATALOGUE
from tui_nn.session.document import Document
from tui_nn.session.homework.diagnosing import right_program
from tui_nn.session.storage import bundled_lessons
from tui_nn.session.storage.session_file import read
from tui_nn.writing.notation.signs import ASCII, UNICODE, Notation
from tui_nn.writing.reports.diagnosis_explanation import ExplainedMistake, ExplanationWriter
from tui_nn.writing.sentences.diagnosis_sentences import TEXTS, shown_mistake
from tui_nn.writing.sentences.mistake_text import shown_detail

_WAYS = 12


def test_every_mistake_has_its_words_and_no_words_are_left() -> None:
    assert {mistake.name for mistake in CATALOGUE} == TEXTS.keys()


def test_a_mistake_is_shown_in_english_by_the_name_that_files_have() -> None:
    assert all(shown_mistake(mistake.name) == mistake.name for mistake in CATALOGUE)


def test_what_belongs_to_a_mistake_reads_in_english_as_a_lesson_keeps_it() -> None:
    details = {
        detail
        for lesson in ("lecture", "spiral", "iris")
        for mistake in CATALOGUE
        for program in islice(mistake.programs(right_program(_document(lesson))), _WAYS)
        for detail in program.details
        if isinstance(detail, str)
    }
    assert details
    assert all(shown_detail(detail) == detail for detail in details)


def _document(lesson: str) -> Document:
    return read(bundled_lessons.bundled()[lesson]).state.plan.document


def _explained(lesson: str, *, in_ascii: bool = False, ways: int = _WAYS) -> Iterator[tuple[str, ExplainedMistake]]:
    yield from _explained_of(_document(lesson), ASCII if in_ascii else UNICODE, ways)


def _explained_of(document: Document, signs: Notation, ways: int = _WAYS) -> Iterator[tuple[str, ExplainedMistake]]:
    notation = signs.for_network(document.network)
    writer = ExplanationWriter(document, notation, LinesInR())
    right = right_program(document)
    for mistake in CATALOGUE:
        for program in islice(mistake.programs(right), ways):
            for one in writer.mistakes(Explanation((mistake,), program, 0.0)):
                yield mistake.name, one


@pytest.mark.parametrize("lesson", ["lecture", "homework-biases", "two-hidden-layers", "softmax", "ridge"])
def test_the_words_of_every_program_with_a_mistake_are_complete(lesson: str) -> None:
    for name, one in _explained(lesson):
        said = f"{one.does} {one.wrong} {one.wrong_in_numpy} {one.right} {one.formula}"
        assert not re.search(r"\{|\}|`|None|<.*object", said.replace("function(column) {", "")), (name, said)
        assert one.does.endswith("."), name
        assert one.wrong != one.right or not one.wrong, (name, one.wrong)


def test_the_words_can_be_written_in_ascii() -> None:
    for name, one in _explained("homework-biases", in_ascii=True):
        said = f"{one.does} {one.wrong} {one.right} {one.formula}".replace("\u00a0", " ")
        assert said.isascii(), (name, said)


def test_the_right_line_is_that_of_the_program_and_of_the_derivation() -> None:
    told = {(name, one.wrong): (one.right, one.formula) for name, one in _explained("lecture")}
    assert told["wrong sign", "W1_next <- W1 + learning_rate * dJdW1"] == (
        "W1_next <- W1 - learning_rate * dJdW1",
        "new W⁽¹⁾ = W⁽¹⁾ − η · ∂J/∂W⁽¹⁾",
    )
    of_delta, of_update = "delta2 <- (delta3 %*% t(W2)) * sigmoidprime(Z2)", "W2 <- W2 - learning_rate * dJdW2"
    assert told["updated too early", f"{of_update}\n{of_delta}"] == (
        f"{of_delta}\n{of_update}",
        "δ⁽²⁾ = δ⁽³⁾ · W⁽²⁾ᵀ ⊙ f′(Z⁽²⁾)",
    )
    assert (
        told["z(1-z) for the derivative", "delta3 <- -(Y - Y_hat) * (Z3 * (1 - Z3))"][1] == "δ⁽³⁾ = −(Y − Ŷ) ⊙ f′(Z⁽³⁾)"
    )
    assert told["other seed", "set.seed(123)"][0].startswith("set.seed(1); W1 <- matrix(runif(6), 2, 3)")
    assert told["data not scaled", "X <- x"][0] == "X <- t(t(x) / apply(x, 2, max))"


def test_what_belongs_to_a_program_stands_in_the_sentence() -> None:
    rates = {one.does for name, one in _explained("lecture") if name == "other learning rate"}
    assert "The learning rate of the program is 25." in rates
    seeds = {one.does for name, one in _explained("lecture") if name == "other seed"}
    assert "The seed of the program is 2." in seeds


def test_the_wrong_slope_is_that_of_the_layers_own_activation() -> None:
    tanh = replace(_document("lecture"), activation="tanh", output_activation="tanh")
    explained = _explained_of(tanh, UNICODE)
    lines = {one.wrong for name, one in explained if name == "z(1-z) for the derivative"}
    assert "delta3 <- -(Y - Y_hat) * (1 - Z3^2)" in lines
    assert "delta3 <- -(Y - Y_hat) * (Z3 * (1 - Z3))" in lines


def test_a_line_that_only_some_programs_with_the_mistake_have_is_an_example() -> None:
    of_kind = {name: one.is_example for name, one in _explained("homework-biases")}
    assert of_kind["bias summed over the wrong axis"]
    assert not of_kind["bias recycled down the columns"]
    assert not of_kind["wrong sign"]


def test_the_wrong_line_stands_beside_the_right_one() -> None:
    told = {(name, one.wrong or one.wrong_in_numpy, one.right) for name, one in _explained("lecture", ways=120)}
    scaled, typed = "X <- t(t(x) / apply(x, 2, max))", "x <- matrix(c(3, 5, 5, 1, 10, 2), 3, 2, byrow = TRUE)"
    drawn, cost = "set.seed(1); W1 <- matrix(runif(6), 2, 3)", "J <- 0.5 * sum((Y - Y_hat)^2)"
    in_turn = "set.seed(1)\nW1 <- matrix(runif(6), 2, 3)\nW2 <- matrix(runif(3), 3, 1)"
    sigmoid, prime = "sigmoid <- function(z) 1 / (1 + exp(-z))", "sigmoidprime <- function(z) exp(-z) / (1 + exp(-z))^2"
    for wanted in (
        ("filled by rows", "set.seed(1); W1 <- matrix(runif(6), 2, 3, byrow = TRUE)", drawn),
        ("filled by rows", "x <- matrix(c(3, 5, 5, 1, 10, 2), 3, 2)", typed),
        ("rows in another order", "x <- matrix(c(10, 2, 5, 1, 3, 5), 3, 2, byrow = TRUE)", typed),
        ("columns in another order", "x <- matrix(c(5, 3, 1, 5, 2, 10), 3, 2, byrow = TRUE)", typed),
        ("integer division", "X <- t(t(x) %/% apply(x, 2, max))", scaled),
        ("integer division", "Y <- y %/% 100", "Y <- y / 100"),
        ("integer division", "J <- 1 %/% 2 * sum((Y - Y_hat)^2)", cost),
        ("scaled by another number", "X <- t((t(x) - colMeans(x)) / apply(x, 2, sd))", scaled),
        ("derivative mistyped", "sigmoidprime <- function(z) exp(-z) / (1 + exp(-z)^2)", prime),
        (
            "derivative mistyped",
            "delta2 <- (delta3 %*% t(W2)) * (A2 * (1 + A2))",
            "delta2 <- (delta3 %*% t(W2)) * (A2 * (1 - A2))",
        ),
        ("activation mistyped", "sigmoid <- function(z) 1 / (1 + exp(z))", sigmoid),
        ("activated twice", "Z3 <- sigmoid(A2 %*% W2)", "Z3 <- A2 %*% W2"),
        ("cost mistyped", "J <- sum(Y - Y_hat) / 2", cost),
        ("weights transposed", "set.seed(1); W1 <- t(matrix(runif(6), 3, 2))", drawn),
        ("zeros for the start", "W1 <- matrix(0, 2, 3)", drawn),
        ("other generator", "set.seed(1)\nW1 <- matrix(rnorm(6), 2, 3)", drawn),
        (
            "drawn in another order",
            "set.seed(1)\nW2 <- matrix(runif(3), 3, 1)\nW1 <- matrix(runif(6), 2, 3)",
            in_turn,
        ),
        ("reshaped for transposed", "dJdW1 <- matrix(t(delta2) %*% X, 2, 3)", "dJdW1 <- t(X) %*% delta2"),
        ("reshaped for transposed", "dJdW2 = A2.reshape(3, 3) @ delta3", "dJdW2 <- t(A2) %*% delta3"),
        ("error in place of delta", "delta2 <- ((Y_hat - Y) %*% t(W2)) * sigmoidprime(Z2)",
         "delta2 <- (delta3 %*% t(W2)) * sigmoidprime(Z2)"),
    ):  # fmt: skip
        assert wanted in told, wanted


def test_most_programs_with_a_mistake_show_a_wrong_line() -> None:
    # Where the loop is counted otherwise, no line of a formula or of the data is wrong; an optimizer has many lines.
    without = ("one iteration off", "other number of iterations", "other optimizer")
    for name, one in _explained("homework-biases"):
        assert one.wrong or one.wrong_in_numpy or name in without, (name, one)


def test_wrong_lines_of_what_goes_on_from_iteration_to_iteration() -> None:
    document = replace(
        _document("homework-biases"),
        optimizer="adam",
        learning_rate=0.5,
        schedule="exponential",
        decay=0.9,
        batch_size=2,
        order="shuffled",
    )
    told = {(name, one.right, one.wrong) for name, one in _explained_of(document, UNICODE, ways=30)}
    rate = "learning_rate <- 0.5 * 0.9^(i - 1)"
    for wanted in (
        ("schedule left out", rate, "learning_rate <- 0.5"),
        ("schedule counted otherwise", rate, "learning_rate <- 0.5 * 0.9^i"),
        ("schedule counted otherwise", rate, "learning_rate <- 0.5 * 0.9^(epoch - 1)"),
        ("other schedule", rate, "learning_rate <- 0.5 * 0.99^(i - 1)"),
        ("other batch size", "batch_size <- 2", "batch_size <- 1"),
        ("rows dealt otherwise", "set.seed(1); epoch_rows <- sample(n)", "epoch_rows <- 1:n"),
        ("other number in the optimizer", "beta1 <- 0.9", "beta1 <- 0.99"),
        ("no bias correction", "M_hat_W1 <- M_W1 / (1 - beta1^i)", "M_hat_W1 <- M_W1"),
        ("state cleared each epoch", "M_W1 <- beta1 * M_W1 + (1 - beta1) * dJdW1", "M_W1 <- (1 - beta1) * dJdW1"),
        (
            "root mistyped",
            "W1_next <- W1 - learning_rate * M_hat_W1 / (sqrt(S_hat_W1) + epsilon)",
            "W1_next <- W1 - learning_rate * M_hat_W1 / sqrt(S_hat_W1 + epsilon)",
        ),
    ):
        assert wanted in told, wanted
