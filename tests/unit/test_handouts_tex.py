"""The handout in LaTeX, set by pdflatex: it compiles, its lines fit on the paper, and names are text."""

import re
import subprocess
from pathlib import Path

import pytest

from tests.programs import needs
from tests.unit.arithmetic import agrees
from tests.unit.handed_out import LESSONS, NASTY, WHOLE, classes, confusion_of, large, nasty, run_of, written
from tui_nn.handouts.documents.latex_text import MISSING_CHARACTERS, escaped
from tui_nn.network import equations
from tui_nn.session.storage import bundled_lessons

pytestmark = needs("pdflatex", called="LaTeX")
_RESULT = r"^&= (?:\\left\[\\begin\{array\}\{r+\} (.*) \\end\{array\}\\right\]|(\S+))\n\\end\{align\*\}\}$"
_BUNDLED = tuple(bundled_lessons.bundled())


def _set(folder: Path, source: str) -> str:
    """What pdflatex says about ``source``."""
    (folder / "handout.tex").write_text(source, encoding="utf-8")
    done = subprocess.run(
        ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape", "handout.tex"],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    assert done.returncode == 0, done.stdout[-2000:]
    said = (folder / "handout.log").read_text(encoding="utf-8", errors="replace")
    assert "Undefined" not in said
    assert "Missing character" not in said
    pages = re.search(r"Output written on handout\.pdf \((\d+) pages?", said)
    assert pages
    assert int(pages[1]) >= 1
    return said


@pytest.mark.parametrize(("name", "iteration"), [*((name, 37) for name in _BUNDLED), ("two-hidden-layers", 10_000)])
def test_every_lesson_is_set_and_fits_on_the_paper(name: str, iteration: int, tmp_path: Path) -> None:
    source = written(LESSONS[name], "tex", iteration)
    assert "[?]" not in source
    assert "Overfull" not in _set(tmp_path, source)


@pytest.mark.parametrize(
    "name",
    [
        "biases, tanh, two hidden layers, two outputs",
        "edits on the way",
        "lecture, L1",
        "lecture, L2",
        "lecture, cross-entropy",
        "lecture, rmsprop",
        "twelve rows, four for the test",
    ],
)
def test_other_networks_are_set(name: str, tmp_path: Path) -> None:
    _set(tmp_path, written(LESSONS[name], "tex", 12))


def test_an_iteration_that_overflows_is_set(tmp_path: Path) -> None:
    _set(tmp_path, written(LESSONS["too-fast"], "tex", 129))


def test_nasty_names_are_set_as_text(tmp_path: Path) -> None:
    source = written(nasty(), "tex")
    _set(tmp_path, source)
    assert "\\input{x}" not in source
    assert "<script>" not in source
    # What LaTeX has no letter for is replaced, and that is said.
    assert MISSING_CHARACTERS.replace("[?]", escaped("[?]")) in source


def test_a_large_lesson_is_set_with_dots_and_fits(tmp_path: Path) -> None:
    source = written(large(), "tex")
    assert "Overfull" not in _set(tmp_path, source)
    assert source.count(r"\ddots") > 3


def test_a_lesson_in_plain_letters_has_all_its_characters() -> None:
    assert MISSING_CHARACTERS not in written(LESSONS["lecture"], "tex", 37)
    assert "[?]" not in written(LESSONS["lecture"], "tex", 37)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Größe, café, Łódź", "Gr\\\"{o}\\ss{}e, caf\\'{e}, \\L{}\\'{o}d\\'{z}"),
        ("100 % & $5 #1 a_b {c}", "100 \\% \\& $\\mathdollar$5 \\#1 a\\_b \\{c\\}"),
        ("\\end{document}", "\\textbackslash{}end\\{document\\}"),
        ("^^41 ~ --- ?`", "\\textasciicircum{}\\textasciicircum{}41 \\textasciitilde{} -{}-{}-{} ?\\`{}"),
        ("σ and α", "$\\sigma$ and $\\alpha$"),
        ("½ e, where |e| ≤ 1", "$\\tfrac{1}{2}$ e, where $|$e$|$ $\\leq$ 1"),
        ("睡", "[?]"),
    ],
)
def test_text_is_text(words: str, expected: str) -> None:
    assert escaped(words) == expected


@pytest.mark.parametrize("name", [name for name in WHOLE if name not in ("too-fast", "an edit that overflows")])
def test_the_results_are_those_of_the_iteration(name: str) -> None:
    state = LESSONS[name]
    iteration = min(12, run_of(state).reached)
    computed = run_of(state).pass_at(iteration)
    source = written(state, "tex", iteration)
    found = re.findall(_RESULT, source, re.MULTILINE)
    names = [equation.name for equation in equations(state.document.network)]
    assert len(found) == len(names)
    for matrix, (cells, alone) in zip(names, found, strict=True):
        shown = [cell for row in (cells or alone).split(r" \\ ") for cell in row.split(" & ")]
        plain = [re.sub(r"\\cdot 10\^\{(-?\d+)\}", r"e\1", cell).replace("{-}", "-") for cell in shown]
        for cell, number in zip(plain, computed[matrix].ravel().tolist(), strict=True):
            assert agrees(number, cell), f"{matrix}: {cell} for {number}"


def test_nasty_names_stand_in_the_table() -> None:
    assert escaped(NASTY[0]) in written(nasty(), "tex")


def test_the_classes_are_set_whatever_they_are_called(tmp_path: Path) -> None:
    source = written(classes(), "tex", 3)
    _set(tmp_path, source)
    for sign, counts in zip("ABC", confusion_of(classes(), 3), strict=True):
        assert f"$\\operatorname{{{sign}}}$ & " + " & ".join(f"${count}$" for count in counts) in source
