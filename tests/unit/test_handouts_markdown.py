"""The handout as plain text: it reads well as it is, and nothing in it is markup of a stranger's."""

import re
from collections.abc import Iterator

import pytest

from tests.unit.arithmetic import agrees, read
from tests.unit.handed_out import LESSONS, NASTY, classes, confusion_of, large, nasty, run_of, written
from tui_nn.handouts.documents import handout_sentences
from tui_nn.handouts.documents.markdown import escaped
from tui_nn.network import equations
from tui_nn.writing.notation.signs import UNICODE

_WIDTH = 100


def _blocks(text: str) -> list[list[str]]:
    """The lines of each block of code."""
    return [block.splitlines() for block in re.findall(r"^```text\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)]


def _prose(text: str) -> str:
    return re.sub(r"^```text\n.*?^```$", "", text, flags=re.DOTALL | re.MULTILINE)


def _cells(text: str) -> Iterator[tuple[str, list[str], str]]:
    """Of every worked cell its name, the lines of numbers, and the result."""
    for block in _blocks(text):
        lines = [line for line in block if line]
        if not re.match(r"(\S.*\[1,1\]|J|penalty) = (?!½ Σ|½ λ₂ · Σ|λ₁ · Σ)", lines[0]) or "[ " in "".join(lines):
            continue
        name = lines[0].partition(" = ")[0]
        joined = "\n".join(lines)[len(name) :]
        signs, *numbers, result = re.sub(r"\s+\+ ", " + ", joined).replace("\n", "").split(" = ")[1:]
        assert "[" in signs or "(" in signs
        yield name, [line.strip() for line in numbers], result.strip()


@pytest.mark.parametrize("name", LESSONS)
def test_a_worked_cell_is_true_as_it_stands(name: str) -> None:
    state = LESSONS[name]
    # Before the slopes of the lesson that goes too fast are lost in 1 − tanh².
    iteration = min(3, run_of(state).reached)
    notation = UNICODE.for_network(state.document.network)
    text = written(state, "md", iteration)
    cells = list(_cells(text))
    expected = len(equations(state.document.network))
    assert len(cells) == expected
    may_differ = text.count(handout_sentences.NOT_TO_THE_DIGIT)
    wrong = [
        (cell, line)
        for cell, lines, result in cells
        for line in lines
        if not agrees(read(line, notation), result.replace("−", "-"))
    ]
    assert len({cell for cell, _ in wrong}) <= may_differ, wrong


def test_a_worked_cell_has_the_digits_of_its_matrix() -> None:
    text = written(LESSONS["lecture"], "md", 37)
    results = {name: result for name, _, result in _cells(text)}
    assert results["δ⁽³⁾[1,1]"] == "0.011484"
    assert "= [ −0.000491 ]" in text
    assert results["∂J/∂W⁽²⁾[1,1]"] == "−0.0008303"


def test_matrices_stand_side_by_side_with_the_signs_between_them() -> None:
    [block] = [block for block in _blocks(written(LESSONS["lecture"], "md", 37)) if block[0].startswith("Z⁽²⁾ = X")]
    assert block == [
        "Z⁽²⁾ = X   · W⁽¹⁾",
        "3×3    3×2   2×3",
        "",
        "  [ 0.3000  1.0000 ] · [ 0.64850  0.80769  0.44640 ]",
        "= [ 0.5000  0.2000 ]   [ 0.03115  0.72202  0.74068 ]",
        "  [ 1.0000  0.4000 ]",
        "",
        "  [ 0.2257  0.9643  0.8746 ]",
        "= [ 0.3305  0.5482  0.3713 ]",
        "  [ 0.6610  1.0965  0.7427 ]",
    ]


@pytest.mark.parametrize("name", LESSONS)
def test_no_block_is_wider_than_a_page(name: str) -> None:
    text = written(LESSONS[name], "md", 1)
    assert max(len(line) for block in _blocks(text) for line in block) <= _WIDTH


def test_a_large_lesson_finds_room_as_well() -> None:
    text = written(large(), "md")
    assert max(len(line) for block in _blocks(text) for line in block) <= _WIDTH
    assert handout_sentences.CUT in text


def test_titles_names_and_notes_are_text() -> None:
    text = written(nasty(), "md")
    prose = _prose(text)
    for char in "`*_[]<|$~@&":
        assert not re.search(rf"(?<!\\){re.escape(char)}", prose.replace("**Iteration 1 of 3**", "")), char
    assert prose.splitlines()[0] == "# 100 % \\& \\_\\{\\} \\\\input\\{x\\} \\$ \\# \\^ \\~ \\<script\\>"
    # Whatever stands in a block of code is text, as long as nothing ends the block.
    assert text.count("```") == 2 * len(_blocks(text))


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("1. first", "1\\. first"),
        ("- dash", "\\- dash"),
        ("=====", "\\====="),
        ("see https://example.org", "see https\\://example.org"),
        ("www.example.org", "www\\.example.org"),
        ("@somebody #12", "\\@somebody \\#12"),
    ],
)
def test_no_title_becomes_a_list_a_line_or_a_link(title: str, expected: str) -> None:
    assert escaped(title) == expected


def test_nasty_names_keep_all_their_letters() -> None:
    table = "\n".join(_blocks(written(nasty(), "md"))[0])
    for name in NASTY:
        assert all(word in table for word in name.split())


def test_the_classes_have_their_confusion_matrix() -> None:
    heading, *lines = _blocks(written(classes(), "md", 3))[-1]
    assert heading.split() == ["truth", "A", "B", "C"]
    counts = confusion_of(classes(), 3)
    assert [line.split() for line in lines] == [[s, *map(str, row)] for s, row in zip("ABC", counts, strict=True)]
