"""Reads the numbers that a student hands in: what a program printed, a CSV table, or JSON."""

import re
from dataclasses import replace
from pathlib import Path
from unicodedata import normalize

import numpy as np

from tui_nn.language import _
from tui_nn.session.homework.collector import Collector
from tui_nn.session.homework.csv_reader import read_csv
from tui_nn.session.homework.file_text import check_size, read_text
from tui_nn.session.homework.literal_matrices import add_value
from tui_nn.session.homework.literal_tokens import NotRead
from tui_nn.session.homework.literals import Listed, Named, Value, read_literal
from tui_nn.session.homework.printed_numbers import NumbersError, PrintedMatrix, PrintedNumbers
from tui_nn.session.homework.source_lines import source_lines
from tui_nn.session.homework.text_reader import TextReader

_NO_NUMBERS = _(
    "There are no numbers in this text. Paste what your program prints, such as W_1 and djdw2, with their names above."
)
# Blanks and bars of other widths, and what word processors make of a minus.
_SIGNS = str.maketrans({
    **dict.fromkeys("\u00a0\u2007\u2009\u202f\u3000", " "), **dict.fromkeys("│┃║", "|"),
    **dict.fromkeys("┌┬┐├┼┤└┴┘─━═╭╮╰╯╞╪╡╒╤╕╘╧╛┏┳┓┡╇┩", "-"), **dict.fromkeys("“”„", '"'),
    **dict(zip("０１２３４５６７８９．，", "0123456789.,", strict=True)), **dict.fromkeys("‘’", "'"),
})  # fmt: skip
_DASH = re.compile(r"[−–‒‐﹣－](?=[\d.])")
# torch's and jax's numbers are of single precision unless they say otherwise.
_SINGLE = re.compile(r"float32|\btensor\(|tf\.Tensor|\bArray\(\[|DeviceArray\(")
_DOUBLE = re.compile(r"float64|double")
_SINGLE_ROUNDING = 4e-6
_LATEX_BEGIN = re.compile(r"\\begin\{[bpvBV]?(?:matrix|array)\}(?:\{[lcr|]{1,300}\})?")
_LATEX_END = re.compile(r"\\end\{[bpvBV]?(?:matrix|array)\}")
_BETWEEN_ROWS = re.compile(r"^[ ⎢⎥]++\n", re.MULTILINE)
_TALL_BRACKETS = str.maketrans(dict.fromkeys("⎡⎢⎣⎤⎥⎦", " "))
_ROW_END = re.compile(r"</(?:tr|h\d|p|caption)>|<br ?/?>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{1,300}>")
_FORTRAN_POWER = re.compile(r"(?<=[\d.])[dD](?=[-+]\d{2,3}(?!\d))")
_NOT_JSON = frozenset("'()")


def read_printed_file(path: Path) -> PrintedNumbers:
    """The numbers in the file at ``path``. Raises `NumbersError` if it has none, and OSError."""
    return read_printed(read_text(path))


def read_printed(text: str) -> PrintedNumbers:
    """The numbers in ``text``, which is a stranger's: bounded, and never run. Raises `NumbersError` if it has none."""
    check_size(text)
    if '"nbformat"' in text[-400:] or '"nbformat"' in text[:400]:
        raise NumbersError(_("This is the file of a notebook. Copy what a cell of it prints, and paste that."))
    # Accents may be signs of their own.
    text = _DASH.sub("-", normalize("NFC", text.removeprefix("\ufeff").translate(_SIGNS)))
    text = _without_markup(text)
    collector = Collector()
    if _add_json(collector, text):
        form = "json"
    elif read_csv(collector, text):
        form = "csv"
    else:
        form = "text"
        lines = source_lines(text)
        TextReader(lines, collector).read()
        if collector.is_empty and any(line.is_code for line in lines):
            TextReader(lines, collector, reads_code=True).read()
    matrices = collector.matrices()
    if matrices and _SINGLE.search(text) and not _DOUBLE.search(text):
        matrices = tuple(map(_of_single_precision, matrices))
        collector.note(_("The program computes in single precision: about six digits of its numbers are compared."))
    if not matrices:
        raise NumbersError(
            " ".join([*collector.notes[:1], _("No other numbers are there.")]) if collector.notes else _NO_NUMBERS
        )
    return PrintedNumbers(matrices, form, tuple(collector.notes))


def _of_single_precision(matrix: PrintedMatrix) -> PrintedMatrix:
    """``matrix`` with the tolerance of numbers that a program computed with 24 bits."""
    return replace(
        matrix, tolerance=matrix.tolerance + _SINGLE_ROUNDING * np.nan_to_num(np.abs(matrix.numbers), posinf=0.0)
    )


def _without_markup(text: str) -> str:
    """``text`` with LaTeX's and sympy's matrices, HTML's tables and Fortran's powers of ten in plain signs."""
    if "\\begin{" in text:
        text = _LATEX_BEGIN.sub("[", text).replace("&", " ").replace("\\\\", ";")
        text = _LATEX_END.sub("]", text)
    if "⎡" in text:
        text = _BETWEEN_ROWS.sub("", text).translate(_TALL_BRACKETS)
    if "<td" in text:
        text = _TAG.sub(" ", _ROW_END.sub("\n", text))
    return _FORTRAN_POWER.sub("e", text)


def _add_json(collector: Collector, text: str) -> bool:
    """Adds the matrices of a text that is JSON, and says whether it is."""
    start = text.lstrip()[:1]
    if not start or start not in "[{" or not _NOT_JSON.isdisjoint(text):
        return False
    lines = text.splitlines()
    line = next(i for i, one in enumerate(lines) if one.strip())
    place = len(lines[line]) - len(lines[line].lstrip())
    try:
        value, behind, place = read_literal(lines, line, place)
    except NotRead:
        return False
    rest = lines[behind][place:] if behind < len(lines) else ""
    if rest.strip() or any(one.strip() for one in lines[behind + 1 :]) or not _has_commas_or_keys(value, text):
        return False
    add_value(collector, value, "", line)
    return True


def _has_commas_or_keys(value: Value, text: str) -> bool:
    """Whether commas part the items, as JSON has them; numpy prints none."""
    if isinstance(value, Named):
        return True
    return isinstance(value, Listed) and ("," in text or len(value.items) < 2) and '"' not in text[:1]
