"""What Textual and Rich promise nobody and the dashboard needs all the same: in one file, and still there."""

import ast
import importlib
import inspect
import pkgutil
import textwrap
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from rich.console import Console
from textual import _compositor, _parser, _xterm_parser
from textual.app import App
from textual.dom import DOMNode
from textual.drivers.web_driver import WebDriver
from textual.scroll_view import ScrollView
from textual.widget import Widget
from textual.widgets._toast import ToastRack

import tui_nn
from tests.programs import is_for_this_system
from tui_nn import dashboard
from tui_nn.dashboard.terminal import textual_internals

LinuxDriver: Any = pytest.importorskip("textual.drivers.linux_driver", reason="not on Windows").LinuxDriver
_PACKAGE = Path(tui_nn.__file__).parent
_ADAPTER = Path(textual_internals.__file__)
_ANY_NUMBER = inspect.Parameter.VAR_POSITIONAL
_OF_PYTHON = {"_replace", "_exit"}


class Private(NamedTuple):
    """A private name, and what the dashboard needs it for. ``given`` are the parameters that it is called with."""

    owner: Any
    name: str
    purpose: str
    given: tuple[str, ...] | None = None


_CONTRACT = (
    Private(App, "_display", "it sends only the cells that changed", ("self", "screen", "renderable")),
    Private(App, "_notifications", "a new notice takes the place of the last one"),
    Private(App, "_unnotify", "a new notice takes the place of the last one", ("self", "notification")),
    Private(ToastRack, "_toast_id", "a notice taken back leaves no empty line", ("notification",)),
    Private(Console, "_color_system", "it writes colours as the terminal knows them"),
    Private(DOMNode, "_attach", "it looks up the colours of three or four styles, not of all", ("self", "parent")),
    Private(
        Widget,
        "_size_updated",
        "a pane is laid out before it is drawn in a new size",
        ("self", "size", "virtual_size", "container_size", "layout"),
    ),
    Private(Widget, "_set_dirty", "a pane of a new size is drawn whole", ("self",)),
    Private(ScrollView, "_scrollbar_changes", "a pane may show any scrollbar again"),
    Private(ScrollView, "_scroll_update", "a pane shows its scrollbars without a new layout", ("self", "virtual_size")),
    Private(LinuxDriver, "_file", "it writes to standard output, and outlives the terminal"),
    Private(LinuxDriver, "_debug", "it makes the parser of what the terminal sends"),
    Private(LinuxDriver, "_app", "it posts keys and sizes"),
    Private(LinuxDriver, "_in_band_window_resize", "it knows whether the terminal reports its size by itself"),
    Private(LinuxDriver, "_get_terminal_size", "it reads the terminal's last size", ("self",)),
    Private(WebDriver, "_write", "packets of several threads to a browser do not mix"),
    Private(_compositor, "LayoutUpdate", "it reads what Textual drew: the whole screen"),
    Private(_compositor, "ChopsUpdate", "it reads what Textual drew: parts of lines"),
    Private(_compositor, "CompositorUpdate", "Textual takes what it sends instead"),
    Private(_compositor.CompositorUpdate, "render_segments", "Textual asks it what to send", ("self", "console")),
    Private(_parser, "ParseError", "it ends reading the terminal's input"),
    Private(_xterm_parser, "XTermParser", "it turns what the terminal sends into keys"),
    Private(_xterm_parser.XTermParser, "feed", "it turns what the terminal sends into keys", ("self", "data")),
    Private(_xterm_parser.XTermParser, "tick", "it ends an Esc that stands alone", ("self",)),
)
_READ_OF_UPDATES = {
    _compositor.LayoutUpdate: ("strips", "region"),
    _compositor.ChopsUpdate: ("chops", "spans"),
}


@pytest.mark.parametrize("needed", _CONTRACT, ids=lambda needed: f"{needed.owner.__name__}.{needed.name}")
def test_textual_and_rich_still_have_what_the_dashboard_needs(needed: Private) -> None:
    where = f"{needed.owner.__name__}.{needed.name}"
    advice = f"The dashboard needs it so that {needed.purpose}. Look at {_ADAPTER.name}, the only file that uses it."
    if needed.given is None:
        is_there = hasattr(needed.owner, needed.name) or needed.name in _names_of_any(needed.owner)
        assert is_there, f"{where} is gone or has another name now. {advice}"
        return
    method = getattr(needed.owner, needed.name, None)
    assert callable(method), f"{where} is gone or has another name now. {advice}"
    parameters = inspect.signature(method).parameters
    required = {name for name, one in parameters.items() if one.default is one.empty and one.kind is not _ANY_NUMBER}
    takes = tuple(parameters)[: len(needed.given)]
    assert takes == needed.given, f"{where} takes {takes} now, and took {needed.given}. {advice}"
    assert required <= set(needed.given), f"{where} requires {required} now, not only {needed.given}. {advice}"


@pytest.mark.parametrize("update", _READ_OF_UPDATES, ids=lambda update: update.__name__)
def test_updates_still_have_the_parts_that_the_dashboard_reads(update: type) -> None:
    for part in _READ_OF_UPDATES[update]:
        says = f"textual's {update.__name__}.{part} is gone or has another name now; diff_renderer.py reads it"
        assert part in _names_of_any(update), says


def test_no_other_file_imports_a_private_module_of_textual_or_rich() -> None:
    found = [
        f"{path.relative_to(_PACKAGE)} imports {module}"
        for path, tree in _sources()
        for module in _imported(tree)
        if module.split(".")[0] in ("textual", "rich") and any(part.startswith("_") for part in module.split("."))
    ]
    assert not found, f"only {_ADAPTER.name} may do that: {', '.join(found)}"


def test_no_other_file_uses_a_private_name_that_is_not_of_this_project() -> None:
    ours = {name for _, tree in _sources() for name in _defined(tree)} | _OF_PYTHON
    found = [
        f"{path.relative_to(_PACKAGE)}:{node.lineno} uses {node.attr}"
        for path, tree in _sources()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and _is_private(node.attr) and node.attr not in ours
    ]
    assert not found, f"only {_ADAPTER.name} may use private names of others: {', '.join(found)}"


def test_no_class_has_a_private_name_that_textual_gives_it_already() -> None:
    found = []
    for module in pkgutil.walk_packages(dashboard.__path__, f"{dashboard.__name__}."):
        if not is_for_this_system(module.name):
            continue
        for one in vars(importlib.import_module(module.name)).values():
            if inspect.isclass(one) and one.__module__ == module.name:
                clashes = sorted(_private_names(one) & _names_of_any(one))
                found += [f"{one.__qualname__}.{name}" for name in clashes]
    assert not found, f"a private name of Textual's is used or hidden by {', '.join(found)}: see {_ADAPTER.name}"


@cache
def _sources() -> tuple[tuple[Path, ast.Module], ...]:
    paths = (path for path in sorted(_PACKAGE.rglob("*.py")) if path != _ADAPTER)
    return tuple((path, ast.parse(path.read_text(encoding="utf-8"))) for path in paths)


def _imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def _is_private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__")


def _is_foreign(owner: type) -> bool:
    return owner.__module__.split(".")[0] in ("textual", "rich")


def _defined(tree: ast.AST) -> Iterator[str]:
    """The private names that functions, classes, assignments and fields give."""
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                yield name
            case ast.Attribute(attr=name, value=ast.Name(id="self"), ctx=ast.Store()):
                yield name
            case ast.Name(id=name, ctx=ast.Store()):
                yield name


@cache
def _names(owner: Any) -> frozenset[str]:
    """The names that a class defines in its body, or that its methods assign or ask of ``self``."""
    try:
        (tree,) = ast.parse(textwrap.dedent(inspect.getsource(owner))).body
    except OSError:
        return frozenset()
    of_self = {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "self"
    }
    assert isinstance(tree, ast.ClassDef)
    of_body = {
        target.id
        for node in tree.body
        for target in (node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)])
        if isinstance(target, ast.Name)
    }
    methods = {node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}
    return frozenset(of_self | of_body | methods)


def _private_names(owner: type) -> set[str]:
    return {name for name in _names(owner) if _is_private(name)}


def _names_of_any(owner: type) -> set[str]:
    """The names that a class of Textual or Rich has, with those of its bases."""
    return {name for base in owner.__mro__ if _is_foreign(base) for name in _names(base)}
