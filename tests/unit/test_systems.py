"""Each system has the same modules, with the same public names in them."""

import ast
import re
from pathlib import Path

import pytest

from tui_nn import system

_FOLDER = Path(system.__file__).parent
_ASKS = re.compile(
    r"^\s*(?:import|from) (?:fcntl|termios|tty|pwd|grp|resource|curses|msvcrt|winreg|_winapi)\b"
    r"|sys\.platform|os\.name\b",
    re.MULTILINE,
)


def _public_names(path: Path) -> dict[str, str]:
    """Functions with their parameters, and constants, as the file of one system writes them."""
    found = {}
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef):
            found[node.name] = f"{ast.unparse(node.args)} -> {ast.unparse(node.returns or ast.Constant(None))}"
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            found[node.targets[0].id] = "constant"
    return {name: says for name, says in found.items() if not name.startswith("_")}


@pytest.mark.parametrize("module", system.__all__)
def test_the_systems_have_the_same_names(module: str) -> None:
    posix, windows = (_public_names(_FOLDER / name / f"{module}.py") for name in ("posix", "windows"))
    # What only the watch over a terminal needs, and the kinds of POSIX's locks.
    assert posix.pop("EXIT_CODE", "constant") == "constant"
    assert posix == windows


def test_nothing_else_asks_for_what_only_some_systems_have() -> None:
    paths = _FOLDER.parent.rglob("*.py")
    asking = {path.relative_to(_FOLDER.parent).as_posix() for path in paths if _ASKS.search(path.read_text("utf-8"))}
    elsewhere = {path for path in asking if not path.startswith("system/")}
    # What draws for a class is for Linux alone.
    assert elsewhere == {
        *(f"dashboard/terminal/{name}.py" for name in ("driver", "posix_driver", "windows_driver")),
        *("following/copier.py", "following/taking_over.py"),
        *("painting/painter.py", "painting/other_painter.py", "painting/__main__.py"),
    }
