"""The decimal comma: what people read has it, what programs read keeps the point."""

import math
import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.command_line import command
from tui_nn import decimal_sign
from tui_nn.decimal_sign import as_code, keep, with_commas
from tui_nn.handouts.documents.decimal_commas import html_with_commas, latex_with_commas
from tui_nn.network import Dataset, ValidationError
from tui_nn.session.input_parsing import parse_formulas, parse_number
from tui_nn.session.runs.swept_settings import parse_values
from tui_nn.session.storage.session_file import read
from tui_nn.session.tables.spreadsheet import csv_text

_FINITE = st.floats(allow_nan=False, allow_infinity=False)


@pytest.fixture
def commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(decimal_sign.VARIABLE, decimal_sign.COMMA)


@given(_FINITE)
def test_a_number_keeps_all_its_digits(value: float) -> None:
    written = with_commas(f"J = {value!r} in iteration 3.")
    assert len(written) == len(f"J = {value!r} in iteration 3.")
    found = re.fullmatch(r"J = (\S+) in iteration 3\.", written)
    assert found
    assert "." not in found[1]
    assert float(found[1].replace(",", ".")) == value


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("0.25·0.5 + 3.", "0,25·0,5 + 3."),
        ("rates 0.1, 0.5, 1 and 2", "rates 0,1; 0,5; 1 and 2"),
        ("(8, 5.5)", "(8; 5,5)"),
        ("W[1,3] = −1.5e−05", "W[1,3] = −1,5e−05"),
        ("lesson-1.5.toml at 127.0.0.1, version 1.2.3, V1.5", "lesson-1.5.toml at 127.0.0.1, version 1.2.3, V1.5"),
        ("rows 1, 2, 3", "rows 1, 2, 3"),
        ("0.01..0.5:5", "0,01..0,5:5"),
        ("f(0.5,0.3) and W[1,3]", "f(0,5;0,3) and W[1,3]"),
        ('"1.234" may be 1.234; „2.5“', '"1.234" may be 1,234; „2.5“'),
    ],
)
def test_commas_come_into_numbers_alone(text: str, written: str) -> None:
    assert with_commas(text) == written


@pytest.mark.usefixtures("commas")
def test_code_keeps_its_points() -> None:
    code = "W1 <- W1 - 0.5 * dJdW1  # 1.5, 2.5"
    assert with_commas(as_code(code)) == code


@pytest.mark.usefixtures("commas")
def test_what_people_have_written_keeps_its_points() -> None:
    title, name = "Aufgabe 1.2 am 3.5. um 12.30, V 2.0", "Größe 1.5"
    keep((title, name, "1.25"))
    assert with_commas(f"{title}: Größe 1.5 ist 1.5 und 1.25") == f"{title}: Größe 1.5 ist 1,5 und 1,25"


@pytest.mark.parametrize(
    ("text", "values"),
    [("0,1; 1; 5", [0.1, 1.0, 5.0]), ("0,1, 1, 5", [0.1, 1.0, 5.0]), ("0.1, 1", [0.1, 1.0]), ("0,5", [0.5])],
)
@pytest.mark.usefixtures("commas")
def test_values_are_typed_as_they_are_shown(text: str, values: list[float]) -> None:
    assert parse_values("l2", text) == values


def test_a_comma_in_a_formula_is_a_decimal_comma_or_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ValidationError, match="Write 0\\.5, or a blank behind the comma"):
        parse_formulas("x1+0,5*x2")
    assert parse_formulas("x1*x1, sin(x2)") == ("x1*x1", "sin(x2)")
    monkeypatch.setenv(decimal_sign.VARIABLE, decimal_sign.COMMA)
    assert parse_formulas("x1+0,5*x2; x1") == ("x1+0.5*x2", "x1")


def test_the_text_of_a_command_has_commas_and_json_has_points(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    # The command sets it; this takes it away again.
    monkeypatch.setenv(decimal_sign.VARIABLE, decimal_sign.POINT)
    for form in ("text", "json", "csv"):
        words = ("train", "lecture", "--iterations", "50", "--history", "--format", form)
        with_points, with_comma = command(capsys, *words).out, command(capsys, *words, "--decimal-comma").out
        monkeypatch.setenv(decimal_sign.VARIABLE, decimal_sign.POINT)
        expected = {
            "text": with_commas(with_points),
            "json": with_points,
            "csv": with_points.replace(",", ";").replace(".", ","),
        }
        assert with_comma == expected[form]


@pytest.mark.parametrize(
    ("x", "y", "line"),
    [
        ([[0.1, 3], [-2.5e-7, 5.25], [1234.5, 1e21]], [[75.125], [82], [-0.3]], "0,1;3,0;75,125"),
        # Each of these alone may have a comma between its thousands.
        ([[1.234, 2.345], [3.456, 4.567]], [[5.678], [6.789]], "1,234;2,345;5,678"),
    ],
)
@pytest.mark.usefixtures("commas")
def test_a_table_that_is_written_with_commas_is_read_as_the_same_numbers(
    x: list[list[float]], y: list[list[float]], line: str, tmp_path: Path
) -> None:
    text = csv_text(Dataset(np.array(x), np.array(y), x_names=("hours", "more"), y_names=("score",)))
    assert text.splitlines()[:2] == ["hours;more;score", line]
    (tmp_path / "data.csv").write_text(text, encoding="utf-8")
    data = read(tmp_path / "data.csv").state.plan.document.dataset
    assert (data.x == x).all()
    assert (data.y == y).all()


def test_who_reads_commas_may_type_three_decimals(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ValidationError, match=r"may be 1234 or 1\.234"):
        parse_number("1,234")
    monkeypatch.setenv(decimal_sign.VARIABLE, decimal_sign.COMMA)
    assert math.isclose(parse_number("1,234"), 1.234)


def test_lengths_and_places_of_a_document_keep_their_points() -> None:
    picture = "\\linethickness{0.34mm}\n\\put(37.30,39.88){\\makebox(0,0){$0.27$}}\n& 0.25\\cdot 1.5 \\\\[2.5pt]"
    assert latex_with_commas(picture) == (
        "\\linethickness{0.34mm}\n\\put(37.30,39.88){\\makebox(0,0){$0{,}27$}}\n& 0{,}25\\cdot 1{,}5 \\\\[2.5pt]"
    )
    page = '<style>p { line-height: 1.5; }</style><p style="margin: 0.5">0.5</p>'
    assert html_with_commas(page) == '<style>p { line-height: 1.5; }</style><p style="margin: 0.5">0,5</p>'
