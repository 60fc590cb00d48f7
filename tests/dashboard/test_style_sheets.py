"""The style sheets name widgets by their classes: a class that is renamed must not lose its style without a word."""

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

from textual.dom import DOMNode

import tui_nn.dashboard
from tests.programs import is_for_this_system

_PACKAGE = Path(tui_nn.dashboard.__file__).parent
_RULE = re.compile(r"([^{}]+)\{[^{}]*\}")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_CLASS = re.compile(r"(?<![\w.#:-])[A-Z]\w*")


def _classes(base: type = DOMNode) -> Iterator[type]:
    yield base
    subclasses: list[type] = base.__subclasses__()
    for one in subclasses:
        yield from _classes(one)


def test_every_class_that_a_style_sheet_names_is_that_of_a_widget() -> None:
    for module in walk_packages(tui_nn.dashboard.__path__, "tui_nn.dashboard."):
        if is_for_this_system(module.name):
            import_module(module.name)
    known = {one.__name__ for one in _classes()}
    sheets = [path.read_text(encoding="utf-8") for path in sorted(_PACKAGE.rglob("*.tcss"))]
    sheets += [
        one.__dict__["DEFAULT_CSS"]
        for one in _classes()
        if one.__module__.startswith("tui_nn.") and "DEFAULT_CSS" in one.__dict__
    ]
    selectors = [rule[1] for sheet in sheets for rule in _RULE.finditer(_COMMENT.sub("", sheet))]
    named = {name for selector in selectors for name in _CLASS.findall(selector)}
    assert {"Palette", "OptionList", "Canvas"} <= named
    assert named - known == set()
