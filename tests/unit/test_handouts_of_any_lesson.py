"""Whatever a lesson holds, it can be handed out: names of any characters, numbers of any size, any network."""

from dataclasses import replace
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given, settings

from tests.unit.handed_out import written
from tests.unit.helpers import same_bits
from tests.unit.strategies import documents
from tui_nn.network import Start
from tui_nn.session.document import Document
from tui_nn.session.state import State


def _short(document: Document) -> State:
    return State.opened(replace(document, iterations=2))


@given(documents())
def test_python_begins_with_the_same_data_and_weights_to_the_last_bit(document: Document) -> None:
    state = _short(document)
    beginning, loop, _ = written(state, "python").partition("\niterations = ")
    assert loop
    known: dict[str, Any] = {}
    with np.errstate(all="ignore"):
        exec(beginning, known)  # noqa: S102 - the program that this test is about
    data = state.document.dataset
    assert (known["x_names"], known["y_names"]) == ([*data.x_names], [*data.y_names])
    for name, matrix in {"X": data.X, "Y": data.Y, **state.document.start_parameters.named}.items():
        # A zero that is typed has no sign.
        assert same_bits(known[name] + 0.0, matrix + 0.0), name


@given(documents())
@settings(max_examples=25)
def test_every_document_is_whole(document: Document) -> None:
    state = _short(document)
    page = ElementTree.fromstring(written(state, "html").removeprefix("<!DOCTYPE html>\n"))  # noqa: S314 - our own
    heading = page.find(".//{http://www.w3.org/1999/xhtml}h1")
    assert heading is not None
    assert heading.text == (document.title or "A worked iteration")
    tex = written(state, "tex")
    assert tex.isascii()
    assert tex.endswith("\\end{document}\n")
    assert tex.count("\\end{document}") == 1
    assert written(state, "md").count("```") % 2 == 0
    assert "colnames(x) <- x_names" in written(state, "r")


@pytest.mark.parametrize("start", [Start(), Start("xavier uniform", "numpy"), Start("uniform", "numpy", low=-1.0)])
def test_the_program_for_r_is_all_ascii_but_for_the_title(start: Start) -> None:
    state = State.opened(Document("Größe", start=start))
    assert [line for line in written(state, "r").splitlines() if not line.isascii()] == ["# Größe"]


@pytest.mark.parametrize("kind", ["md", "tex", "html"])
def test_a_document_says_how_many_rows_are_kept_back(kind: str) -> None:
    lecture = Document(iterations=2)
    with_test_rows = replace(lecture, dataset=replace(lecture.dataset, test_rows=(2,)))
    assert "3 rows of data; 2 inputs" in written(State.opened(lecture), kind)
    says = "3 rows of data, 1 of them kept back for a test; 2 inputs"
    assert says in written(State.opened(with_test_rows), kind)
