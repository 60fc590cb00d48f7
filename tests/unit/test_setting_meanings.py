"""What a setting means with its value: how far a start spreads the weights, what a scaling does to a column."""

import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given

from tests.unit.strategies import documents
from tui_nn.network import Start
from tui_nn.network.formulas.scalar_expression import Cell
from tui_nn.session.document import Document, lecture_data
from tui_nn.session.settings import HYPERPARAMETERS
from tui_nn.writing.notation.signs import ASCII, COMMON, UNICODE, Notation
from tui_nn.writing.sentences.scaling_text import scaled_cell_sentence
from tui_nn.writing.sentences.setting_meanings import LONGEST, setting_meaning


def _meaning(key: str, document: Document, notation: Notation = UNICODE) -> str:
    return setting_meaning(HYPERPARAMETERS[key], document, notation)


@given(documents())
def test_it_fits_beside_the_title_and_has_the_signs_of_its_notation(document: Document) -> None:
    for notation in (UNICODE, COMMON, ASCII):
        for key in HYPERPARAMETERS:
            assert len(_meaning(key, document, notation)) <= LONGEST, key
    assert all(_meaning(key, document, ASCII).isascii() for key in ("method", "x_scaling", "y_scaling"))


@pytest.mark.parametrize(
    ("start", "says"),
    [
        (Start("xavier uniform"), "W⁽¹⁾ ±1.1 = sqrt(6 / (2 + 3)), sd 0.632; W⁽²⁾ ±1.22, sd 0.707"),
        (Start("xavier normal"), "W⁽¹⁾ sd 0.632 = sqrt(2 / (2 + 3)); W⁽²⁾ sd 0.707"),
        (Start("he uniform"), "W⁽¹⁾ ±1.73 = sqrt(6 / 2), sd 1; W⁽²⁾ ±1.41, sd 0.816"),
        (Start("he normal"), "W⁽¹⁾ sd 1 = sqrt(2 / 2); W⁽²⁾ sd 0.816"),
        (Start(low=-0.5, high=0.5), "weights from −0.5 to 0.5: mean 0, sd 0.289 = 1 / sqrt(12)"),
        (Start("normal", mean=-1.0, sd=0.25), "weights around −1 with sd 0.25: 68% from −1.25 to −0.75"),
        (Start("ones"), "every weight is 1, so all units of a hidden layer stay alike"),
    ],
)
def test_a_start_says_how_far_it_spreads_the_weights_of_each_matrix(start: Start, says: str) -> None:
    assert _meaning("method", Document(start=start)) == says


def test_of_a_deep_network_it_says_what_fits() -> None:
    deep = Document(hidden=(8, 7, 6, 5), start=Start("he normal"))
    assert _meaning("method", deep) == "W⁽¹⁾ sd 1 = sqrt(2 / 2); W⁽²⁾ sd 0.5; W⁽³⁾ sd 0.535; …"
    assert _meaning("method", Document(hidden=(), start=Start("zeros"))) == "every weight is 0"


@pytest.mark.parametrize("generator", ["R", "numpy", "numpy legacy"])
@pytest.mark.parametrize(
    "start",
    [
        Start("xavier uniform"),
        Start("xavier normal"),
        Start("he uniform"),
        Start("he normal"),
        Start(low=-0.25, high=0.75),
        Start("normal", mean=2.0, sd=0.3),
    ],
    ids=lambda start: start.method,
)
def test_the_weights_drawn_have_the_sd_and_the_range_that_it_says(start: Start, generator: str) -> None:
    document = Document(hidden=(300, 40), start=replace(start, generator=generator))
    data = document.dataset
    wide = replace(document, dataset=replace(data, x=np.ones((3, 200)), x_names=tuple(f"x{i}" for i in range(200))))
    W1 = wide.start_parameters.weights[0]
    said = _meaning("method", wide)
    sd = re.search(r"sd ([\d.]+)", said)
    assert sd
    assert W1.std() == pytest.approx(float(sd[1]), rel=0.01)
    if limit := re.search(r"±([\d.]+)", said):
        assert np.abs(W1).max() == pytest.approx(float(limit[1]), rel=0.01)
    if mean := re.search(r"(?:mean|around) ([\d.]+)", said):
        assert W1.mean() == pytest.approx(float(mean[1]), abs=0.01)


_DATA = replace(
    lecture_data(),
    x=np.array([[-4.0, 0.0], [2.0, 0.0], [3.0, 0.0]]),
    y=np.array([[7.0], [7.0], [7.0]]),
    x_scaling="column abs max",
)


@pytest.mark.parametrize(
    ("scaling", "cell", "does", "says"),
    [
        ("none", Cell("X", 1, 1), "x as typed in", ""),
        ((4.0, 2.0), Cell("X", 1, 1), "x divided by a number for each column", ""),
        ("column max", Cell("Y", 1, 1), "column of y divided by its greatest number", "7 is the greatest number of"),
        ("column abs max", Cell("X", 2, 1), "by its greatest |x|, if not 0", "4 is the greatest |x| of its column."),
        (
            "column abs max",
            Cell("X", 1, 2),
            "by its greatest |x|",
            "Its column is 0 everywhere, so it is divided by 1.",
        ),
        ("column abs max", Cell("Y", 1, 1), "by its greatest |y|", "7 is the greatest |y| of its column."),
        ("min-max", Cell("X", 1, 1), "(x − min) / (max − min)", "min and max are the least and the greatest number"),
        ("min-max", Cell("Y", 1, 1), "(y − min) / (max − min)", "are all the same, so they are divided by 1."),
        ("standardise", Cell("X", 1, 1), "(x − mean) / sd", "sd divides by the number of rows less 1."),
        ("standardise", Cell("X", 1, 2), "(x − mean) / sd", "are all the same, so they are divided by 1."),
    ],
)
def test_a_scaling_says_what_it_does_and_where_the_numbers_of_a_cell_are_from(
    scaling: object, cell: Cell, does: str, says: str
) -> None:
    key = f"{cell.name.lower()}_scaling"
    data = replace(_DATA, **{key: scaling})  # type: ignore[arg-type]
    assert does in _meaning(key, Document(dataset=data))
    said = scaled_cell_sentence(data, cell, UNICODE)
    assert says in said
    assert bool(says) == bool(said)
