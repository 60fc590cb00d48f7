"""−0 is 0: no number that is shown, printed or handed out has its sign."""

import json
from pathlib import Path

import numpy as np
import pytest

from tests.unit.command_line import command
from tests.unit.helpers import written
from tui_nn.session.storage.session_file import read
from tui_nn.session.tables import spreadsheet
from tui_nn.writing.notation.number_format import matrix_format, r_columns, rounded_text, shortest_text

_LESSON = """
[data]
x = [[-0.0, 1.0], [2.0, 3.0]]
y = [[0.5], [0.25]]
x_scaling = "none"
[network]
hidden = [2]
activation = "relu"
[start]
method = "given"
W1 = [[-0.0, 1.0], [0.0, -1.0]]
W2 = [[1.0], [-0.0]]
[training]
iterations = 2
"""


def test_zero_is_written_without_a_sign() -> None:
    zeros = np.array([[-0.0, 1.0], [-0.0, -0.0]])
    assert (shortest_text(-0.0), rounded_text(-0.0)) == ("0", "0")
    assert r_columns(zeros) == [["0", "1"], ["0", "0"]]
    assert matrix_format(zeros)(-0.0).strip() == "0.0000"


@pytest.mark.parametrize("words", ["show --iteration 1", "train", "export --to md --iteration 1", "export --to python"])
def test_no_command_prints_minus_zero(words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path, _LESSON)
    first, *others = words.split()
    forms = [[]] if first == "export" else [["--format", form] for form in ("text", "json", "csv")]
    for form in forms:
        said = command(capsys, first, str(path), *others, *form)
        assert said.code == 0
        numbers = said.out.replace("[", " ").replace("]", " ").replace(",", " ").replace("−", "-").split()
        assert not [one for one in numbers if one.startswith("-0") and set(one) <= set("-0.")]
        if "json" in form:
            assert json.loads(said.out)
    # The file itself keeps every bit.
    lesson = read(path)
    assert np.signbit(lesson.document.dataset.x[0, 0])
    assert "-0" not in spreadsheet.csv_text(lesson.document.dataset)
