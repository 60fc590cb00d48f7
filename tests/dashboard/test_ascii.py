"""Where there are ASCII's signs alone, nothing else is sent and nothing is lost."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import tui_nn
from tests.dashboard.stage import opened
from tui_nn.dashboard.apps.base import LessonApp
from tui_nn.writing.notation.ascii_fallback import ascii_lookalike
from tui_nn.writing.notation.signs import ASCII

_PACKAGE = Path(tui_nn.__file__).parent
# What goes on paper has signs of its own; common signs are no terminal's that has ASCII alone; what reads a student's
# numbers knows signs that others write.
_ELSEWHERE = (
    _PACKAGE / "handouts",
    _PACKAGE / "writing" / "notation" / "common_fallback.py",
    _PACKAGE / "session" / "homework",
)
_SOURCES = sorted(path for path in _PACKAGE.rglob("*.py") if not any(map(path.is_relative_to, _ELSEWHERE)))


@pytest.fixture(autouse=True)
def in_ascii(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(LessonApp, "notation", ASCII)


def _texts(path: Path) -> Iterator[str]:
    """The texts in a source file that are not documentation."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    first = [node.body[0] for node in ast.walk(tree) if isinstance(node, documented)]
    said = {id(one.value) for one in first if isinstance(one, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
            yield node.value


def texts_of_the_program() -> Iterator[str]:
    """The texts in all source files, except of what goes on paper."""
    return (text for path in _SOURCES for text in _texts(path))


def test_every_sign_that_the_program_writes_has_one_that_looks_like_it() -> None:
    written = {char for text in texts_of_the_program() for char in text if not char.isascii()}
    assert len(written) > 40
    # These ASCII's notation never writes: 1/2, exp(-z), sum_n, inf. The others are signs of what is refused.
    written -= set("½ᶻ⁻ₙ∞") | {"\x9f", "�"}
    # Blanks and minus signs that a table is read with, and that nothing is written with.
    written -= set("\xa0\u2009\u202f\u2010\u2011\ufe63\uff0d")
    # What Windows sends before the code of a key.
    written -= {"\xe0"}
    # Letters that the names of classes are sorted by.
    written -= set("ßæÆœŒøØłŁ")
    assert not {char for char in written if ascii_lookalike(char) == "?"}


def test_each_dot_of_a_curve_is_a_sign() -> None:
    assert {ascii_lookalike(chr(code)) for code in range(0x2801, 0x2900)} == {":", "'", "."}


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_every_pane_and_chart_is_there_in_ascii(size: tuple[int, int]) -> None:
    async with opened(size=size) as stage:
        await stage.go_to("37 delta2")
        for pane, words in (
            ("forward", "Y_hat"),
            ("backward", "delta2 = delta3 . W2' * f'(Z2)"),
            ("data", "| 75 0.7500"),
            ("results", "83.22623"),
        ):
            await stage.focus(pane)
            assert stage.text.isascii()
            # Where there is little room, formulas have no blanks.
            assert words.replace(" ", "") in stage.pane(pane).replace(" ", "")
        for key in "123456":
            await stage.press(key)
            await stage.still()
            assert stage.text.isascii()
        await stage.press("e")
        assert "= delta3[1,1] . W2[1,1] . f'(Z2[1,1])" in stage.words("explain")
        await stage.press("?")
        assert stage.text.isascii()
        assert "?" not in stage.dialog.replace("? ", "")


async def test_powers_of_ten_on_an_axis_keep_their_signs() -> None:
    async with opened(size=(80, 24)) as stage:
        await stage.press("2")
        for power in ("1e-2", "1e-4", "1e-6", "1e-8"):
            assert power in stage.pane("cost")
