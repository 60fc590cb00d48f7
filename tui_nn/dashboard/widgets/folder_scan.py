"""Finds the classes that the modules of a folder define: a new file there needs no list that names it."""

import pkgutil
from importlib import import_module
from types import ModuleType
from typing import TypeVar

T = TypeVar("T")


def subclasses_in(package: ModuleType, base: type[T], attribute: str) -> list[type[T]]:
    """Every subclass of ``base`` in the modules of ``package`` that has an ``attribute`` of its own."""
    modules = [import_module(f"{package.__name__}.{module.name}") for module in pkgutil.iter_modules(package.__path__)]
    classes = {one for module in modules for one in vars(module).values() if isinstance(one, type)}
    return [one for one in classes if issubclass(one, base) and attribute in vars(one)]
