"""`late_pattern` gives what `re.compile` gives."""

import copy
import re
import sys
from importlib import import_module
from pkgutil import walk_packages

import pytest

import tui_nn
from tests.programs import is_for_this_system
from tui_nn.late_pattern import late_pattern


def test_it_finds_what_a_pattern_finds() -> None:
    late, pattern = late_pattern(r"(\d)x", re.IGNORECASE), re.compile(r"(\d)x", re.IGNORECASE)
    for text in ("1x 2X", "x"):
        assert late.findall(text) == pattern.findall(text)
        assert bool(late.search(text)) == bool(pattern.search(text))
        assert late.sub(r"<\1>", text) == pattern.sub(r"<\1>", text)
    assert late.pattern == pattern.pattern
    assert copy.copy(late_pattern("a")).search("a")
    with pytest.raises(re.error):
        late_pattern("(").search("")


def test_all_of_them_can_be_compiled() -> None:
    for module in walk_packages(tui_nn.__path__, "tui_nn."):
        if is_for_this_system(module.name) and module.name != "tui_nn.__main__":
            import_module(module.name)
    kind = type(late_pattern(""))
    found = [
        value
        for name, module in sys.modules.items()
        if name.startswith("tui_nn.")
        for value in vars(module).values()
        if isinstance(value, kind)
    ]
    assert len(found) > 20
    for pattern in found:
        assert re.compile(pattern.pattern)
