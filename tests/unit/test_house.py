"""How the house is built: no class is a long chain of others."""

import importlib
import inspect
import pkgutil

import tui_nn
from tests.programs import is_for_this_system

_MOST_BASES = 3


def _classes() -> dict[str, type]:
    """Every class that a module of tui_nn defines, by its full name."""
    names = [one.name for one in pkgutil.walk_packages(tui_nn.__path__, "tui_nn.") if is_for_this_system(one.name)]
    names.remove("tui_nn.__main__")
    modules = [importlib.import_module(name) for name in names]
    members = (member for module in modules for _, member in inspect.getmembers(module, inspect.isclass))
    found = (member for member in members if member.__module__.startswith("tui_nn."))
    return {f"{one.__module__}.{one.__qualname__}": one for one in found}


def _bases(of: type) -> list[str]:
    return [base.__qualname__ for base in of.__mro__[1:] if base.__module__.startswith("tui_nn.")]


def test_no_class_has_more_than_three_bases_of_this_project() -> None:
    classes = _classes()
    assert "tui_nn.dashboard.apps.teach.TeachApp" in classes
    assert {name: bases for name, one in classes.items() if len(bases := _bases(one)) > _MOST_BASES} == {}
