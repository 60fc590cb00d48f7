"""What an event says about itself: `tui_nn.writing` writes the names and numbers in the user's notation."""

from string import Formatter
from typing import NamedTuple, TypeAlias


class MatrixName(NamedTuple):
    """A matrix by its lecture name: ``delta3`` is written ``δ⁽³⁾``."""

    name: str


class SettingValue(NamedTuple):
    """A setting by its key in the file, and its value: written ``learning rate 0.5``."""

    key: str
    value: object


Phrase: TypeAlias = tuple[str | int | float | MatrixName | SettingValue, ...]
"""The parts of a phrase, written one after the other without blanks between them."""


def phrase(sentence: str, **parts: str | float | MatrixName | SettingValue) -> Phrase:
    """The parts of ``sentence``, where each name in braces gives way to one of ``parts``; texts are written as is."""
    found: list[str | int | float | MatrixName | SettingValue] = []
    for text, name, _spec, _conversion in Formatter().parse(sentence):
        for part in (text, parts[name] if name else ""):
            if isinstance(part, str) and found and isinstance(found[-1], str):
                found[-1] += part
            elif part != "":
                found.append(part)
    return tuple(found)
