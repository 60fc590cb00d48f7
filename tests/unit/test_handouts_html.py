"""The page for a browser: its numbers are those of the iteration, and whoever computes with them gets its results."""

import base64
import hashlib
import re
from collections.abc import Callable, Iterator
from itertools import chain
from xml.etree import ElementTree

import numpy as np
import pytest

from tests.unit.arithmetic import FUNCTIONS, agrees
from tests.unit.handed_out import LESSONS, NASTY, WHOLE, classes, confusion_of, large, nasty, of, run_of, written
from tui_nn.handouts.documents import handout_sentences
from tui_nn.network import Network, equations
from tui_nn.network.model.array import Array
from tui_nn.network.model.optimizer import Optimizer
from tui_nn.session.document import Document
from tui_nn.session.events import Moved, Noted
from tui_nn.session.state import State

_MATHML, _XHTML = "{http://www.w3.org/1998/Math/MathML}", "{http://www.w3.org/1999/xhtml}"


def _page(text: str) -> ElementTree.Element:
    return ElementTree.fromstring(text.removeprefix("<!DOCTYPE html>\n"))  # noqa: S314 - written by ourselves


def _class(page: ElementTree.Element, name: str) -> Iterator[ElementTree.Element]:
    return (one for one in page.iter() if name in (one.get("class") or "").split())


def _number(cell: ElementTree.Element) -> str:
    """The number in a cell, as Python writes it: a power of ten stands in a sign of its own."""
    power = cell.find(f".//{_MATHML}msup")
    if power is None:
        return "".join(cell.itertext()).replace("−", "-")
    first, ten, exponent = (one.text or "" for one in cell.iter(f"{_MATHML}mn"))
    assert ten == "10"
    return f"{first}e{exponent}".replace("−", "-")


def _matrices(element: ElementTree.Element) -> list[list[list[str]]]:
    return [
        [[_number(cell) for cell in row] for row in table]
        for table in element.iter(f"{_MATHML}mtable")
        if table.get("class") is None
    ]


def _results(page: ElementTree.Element) -> dict[str, list[list[str]]]:
    """Every matrix that the iteration computes, by its lecture name, J among them."""
    found = {}
    for result in _class(page, "result"):
        name = result.get("id")
        assert name
        matrices = _matrices(result)
        found[name] = matrices[0] if matrices else [[_number(result[1])]]
    return found


def _operands(page: ElementTree.Element) -> Iterator[tuple[str, list[Array], bool]]:
    """For every equation its name, the matrices on its right side, and whether the last digit may differ."""
    for equation in _class(page, "equation"):
        result = next(_class(equation, "result"))
        numbers = next(one for one in _class(equation, "numbers") if one is not result)
        may_differ = handout_sentences.NOT_TO_THE_DIGIT in "".join(equation.itertext())
        matrices = _matrices(numbers)
        if matrices and not any("⋯" in row for matrix in matrices for row in matrix):
            yield result.get("id") or "", [np.array(matrix, dtype=float) for matrix in matrices], may_differ


def _iteration_of(state: State) -> int:
    return min(12, run_of(state).reached)


@pytest.mark.parametrize("name", WHOLE)
def test_the_numbers_are_those_of_the_iteration(name: str) -> None:
    state = LESSONS[name]
    iteration = _iteration_of(state)
    computed = run_of(state).pass_at(iteration)
    results = _results(_page(written(state, "html", iteration)))
    assert results.keys() == {equation.name for equation in equations(state.document.network)}
    for matrix, cells in results.items():
        exact = computed[matrix]
        assert (len(cells), len(cells[0])) == exact.shape
        for shown, number in zip(chain(*cells), exact.ravel().tolist(), strict=True):
            assert agrees(number, shown), f"{matrix}: {shown} for {number}"


def _updates(optimizer: Optimizer, rate: float, t: int) -> dict[str, Callable[..., Array]]:
    """The rules of the course's optimizers, for a parameter in the place of the braces."""
    mu, rho, epsilon = optimizer.momentum, optimizer.rho, optimizer.epsilon
    beta1, beta2 = optimizer.beta1, optimizer.beta2
    velocity = {"V_{}": lambda old, g: mu * old + g}
    by_root = {"{}_next": lambda w, g, s: w - rate * g / (np.sqrt(s) + epsilon)}
    rules: dict[str, dict[str, Callable[..., Array]]] = {
        "gradient descent": {"{}_next": lambda w, g: w - rate * g},
        "momentum": {**velocity, "{}_next": lambda w, v: w - rate * v},
        "nesterov": {**velocity, "{}_next": lambda w, g, v: w - rate * (g + mu * v)},
        "adagrad": {"S_{}": lambda old, g: old + g**2, **by_root},
        "rmsprop": {"S_{}": lambda old, g: rho * old + (1 - rho) * g**2, **by_root},
        "adam": {
            "M_{}": lambda old, g: beta1 * old + (1 - beta1) * g,
            "S_{}": lambda old, g: beta2 * old + (1 - beta2) * g**2,
            "M_hat_{}": lambda m: m / (1 - beta1**t),
            "S_hat_{}": lambda s: s / (1 - beta2**t),
            **by_root,
        },
    }
    return rules[optimizer.name]


def _student(network: Network, learning_rate: float, iteration: int, rows: int) -> dict[str, Callable[..., Array]]:
    """How each matrix is computed from those on its right side, f and f′ where they stand in signs."""
    counted = rows if network.reduction == "mean" else 1
    factor = (0.5 if network.cost == "half squared error" else 1.0) / counted

    def applied(name: str) -> Callable[[Array], Array]:
        if name == "softmax":
            return lambda z: np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
        return np.vectorize(FUNCTIONS[name][0], otypes=[float])

    made: dict[str, Callable[..., Array]] = {
        "J": lambda y, y_hat: np.array([[np.sum((y - y_hat) ** 2) * factor]]),
        "Y_hat": applied(network.output_activation),
    }
    last = len(network.layers)
    for layer in range(2, last + 1):
        made[f"Z{layer}"] = lambda a, w, b=0.0: a @ w + b
        made[f"A{layer}"] = applied(network.activation_of(layer).name)
        made[f"delta{layer}"] = lambda d, w, slope: (d @ w) * slope
        made[f"dJdW{layer - 1}"] = lambda a, d: a @ d
        made[f"dJdb{layer - 1}"] = lambda d: d.sum(axis=0, keepdims=True)
    made[f"delta{last}"] = lambda y, y_hat, slope: -2 * factor * (y - y_hat) * slope
    if network.cost == "cross-entropy":
        made["J"] = lambda y, y_hat, y_again, y_hat_again: np.array(
            [[-np.sum(y * np.log(y_hat) + (1 - y_again) * np.log(1 - y_hat_again)) / counted]]
        )
        made[f"delta{last}"] = lambda y, y_hat: -(y - y_hat) / counted
    if network.output_activation == "softmax":
        made["J"] = lambda y, y_hat: np.array([[-np.sum(y * np.log(y_hat)) / counted]])
    penalty, data_cost = network.penalty, made["J"]
    if network.penalised:
        made["J"] = lambda *operands: data_cost(*operands[:-1]) + operands[-1]
        for name in network.penalised:
            made[f"dJd{name}"] = lambda a, d, w: a @ d + (penalty.l2 * w if penalty.l2 else penalty.l1 * np.sign(w))
    for name in network.shapes:
        made |= {key.format(name): rule for key, rule in _updates(network.optimizer, learning_rate, iteration).items()}
    for name in network.fixed:
        made[f"{name}_next"] = lambda w: w
    return made


@pytest.mark.parametrize("name", WHOLE)
def test_whoever_computes_with_the_numbers_of_a_line_gets_its_result_to_the_digit(name: str) -> None:
    state = LESSONS[name]
    iteration = _iteration_of(state)
    document = state.plan.document_at(iteration)
    page = _page(written(state, "html", iteration))
    results, moment = _results(page), document.moment(iteration)
    student = _student(document.network, moment.learning_rate, iteration, moment.rows)
    checked = 0
    for matrix, operands, may_differ in _operands(page):
        if may_differ:
            continue
        made = student[matrix](*operands)
        for shown, number in zip(chain(*results[matrix]), made.ravel().tolist(), strict=True):
            assert agrees(number, shown), f"{matrix}: {shown} where {number} comes out"
        checked += 1
    assert checked >= len(results) - 2


def test_the_lecture_s_results_all_come_out_to_the_digit() -> None:
    for iteration in (1, 2, 37, 128, 1000):
        page = _page(written(LESSONS["lecture"], "html", iteration))
        assert not [name for name, _, may_differ in _operands(page) if may_differ]


def test_the_page_needs_nothing_from_anywhere_and_runs_nothing() -> None:
    text = written(nasty(), "html")
    page = _page(text)
    for element in page.iter():
        assert element.tag.partition("}")[2] not in ("script", "link", "img", "iframe", "object", "a", "base", "form")
        assert not element.attrib.keys() & {"src", "href", "style", "action"}
        assert not [name for name in element.attrib if name.startswith("on")]
    assert not re.search(r"url\(|@import|https?:", text.replace("http://www.w3.org/", ""))
    policy = next(one.get("content") for one in page.iter() if one.get("http-equiv") == "Content-Security-Policy")
    style = page.find(f".//{_XHTML}style")
    assert style is not None
    digest = base64.b64encode(hashlib.sha256((style.text or "").encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'"
    # The style is the same for a browser, which reads it as it stands, as for a reader of XML.
    assert f"<style>{style.text}</style>" in text


def test_the_classes_have_their_confusion_matrix() -> None:
    page = _page(written(classes(), "html", 3))
    *_, table = page.iter(f"{_XHTML}tbody")
    rows = [["".join(cell.itertext()) for cell in row] for row in table]
    counts = confusion_of(classes(), 3)
    assert rows == [[sign, *map(str, line)] for sign, line in zip("ABC", counts, strict=True)]
    right = sum(counts[i][i] for i in range(3))
    assert f"It is right in {right} of 4 rows: the accuracy is {right / 4:g}." in "".join(page.itertext())
    assert f"In the table, A is {NASTY[0]}" in "".join(page.itertext())
    early = written(classes(), "html", 3, "Z2")
    assert "The classes" not in early
    assert "log-likelihood" not in written(classes(), "html", 3, "Y_hat").partition("The classes")[2]


def test_names_titles_and_notes_are_text() -> None:
    page = _page(written(nasty(), "html"))
    headings = ["".join(one.itertext()) for one in page.iter(f"{_XHTML}th") if one.get("scope") == "col"]
    assert headings[1:4] == list(NASTY)
    title, heading = page.find(f".//{_XHTML}title"), page.find(f".//{_XHTML}h1")
    assert title is not None
    assert heading is not None
    assert (title.text or "").startswith(NASTY[0])
    assert heading.text == NASTY[0]
    assert ["".join(note.itertext()) for note in _class(page, "note")] == [NASTY[1]]


def test_a_note_stands_at_the_step_where_it_was_made_and_in_no_other_iteration() -> None:
    lesson = of(Document(iterations=9), Moved(3, "delta3"), Noted("Look at the sign."), Moved(4, "Z2"))
    page = _page(written(lesson, "html", 3))
    [section] = [one for one in _class(page, "step") if list(_class(one, "note"))]
    assert next(_class(section, "result")).get("id") == "delta3"
    assert not list(_class(_page(written(lesson, "html", 2)), "note"))


def test_up_to_a_step_what_comes_later_is_left_out_and_said_so() -> None:
    page = _page(written(LESSONS["lecture"], "html", 37, "delta3"))
    assert list(_results(page)) == ["Z2", "A2", "Z3", "Y_hat", "J", "delta3"]
    text = "".join(page.itertext())
    assert "The later steps of this iteration are left out: ∂J/∂W⁽²⁾, δ⁽²⁾, ∂J/∂W⁽¹⁾, the update." in text
    assert "Ŷ before the update" in text
    assert "Ŷ after it" not in text
    before = written(LESSONS["lecture"], "html", 37, "Z3")
    assert "Ŷ before the update" not in before


def test_predictions_stand_in_the_units_of_the_data() -> None:
    page = _page(written(LESSONS["lecture"], "html", 10_000))
    table = list(page.iter(f"{_XHTML}table"))[-1]
    rows = [["".join(cell.itertext()) for cell in row] for row in table.iter(f"{_XHTML}tr")]
    assert rows == [
        ["row", "test score", "Ŷ before the update", "Ŷ after it"],
        ["1", "75", "74.99998", "74.99998"],
        ["2", "82", "82.00548", "82.00548"],
        ["3", "93", "92.98944", "92.98945"],
    ]


def test_large_matrices_are_cut_with_dots_and_said_so() -> None:
    state = large()
    page = _page(written(state, "html"))
    cells = _results(page)["Z2"]
    assert (len(cells), len(cells[0])) == (8, 6)
    assert [row[4] for row in cells] == [*["⋯"] * 6, "⋱", "⋯"]
    exact = run_of(state).pass_at(1)["Z2"]
    for row, i in ((0, 0), (7, 99)):
        for column, j in ((0, 0), (5, 11)):
            assert agrees(float(exact[i, j]), cells[row][column])
    assert handout_sentences.CUT in "".join(page.itertext())
    assert handout_sentences.CUT not in written(LESSONS["lecture"], "html")


def test_an_iteration_that_overflows_can_be_handed_out() -> None:
    page = _page(written(LESSONS["too-fast"], "html", 129))
    assert _results(page)["J"] == [["∞"]]
