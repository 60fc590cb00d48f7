"""Every mistake of the catalogue has its words, and lines that can be read."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

import pytest

from tui_nn.handouts.programs.lines_in_r import LinesInR
from tui_nn.network.diagnosis.explanations import Explanation
from tui_nn.network.diagnosis.mistakes import CATALOGUE
from tui_nn.network.diagnosis.student_program import StudentProgram
from tui_nn.session.document import Document
from tui_nn.session.storage import bundled_lessons
from tui_nn.session.storage.session_file import read
from tui_nn.writing.notation.signs import ASCII, UNICODE, Notation
from tui_nn.writing.reports.diagnosis_explanation import ExplainedMistake, ExplanationWriter
from tui_nn.writing.sentences.diagnosis_sentences import TEXTS

_WAYS = 12


def test_every_mistake_has_its_words_and_no_words_are_left() -> None:
    assert {mistake.name for mistake in CATALOGUE} == TEXTS.keys()


def _document(lesson: str) -> Document:
    return read(bundled_lessons.bundled()[lesson]).state.plan.document


def _explained(lesson: str, *, in_ascii: bool = False) -> Iterator[tuple[str, ExplainedMistake]]:
    yield from _explained_of(_document(lesson), ASCII if in_ascii else UNICODE)


def _explained_of(document: Document, signs: Notation) -> Iterator[tuple[str, ExplainedMistake]]:
    notation = signs.for_network(document.network)
    writer = ExplanationWriter(document, notation, LinesInR())
    right = StudentProgram.right(document.network, document.dataset, document.start, document.learning_rate)
    for mistake in CATALOGUE:
        for program in islice(mistake.programs(right), _WAYS):
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
    assert told["updated too early", "delta2 <- (delta3 %*% t(W2_next)) * sigmoidprime(Z2)"] == (
        "delta2 <- (delta3 %*% t(W2)) * sigmoidprime(Z2)",
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
