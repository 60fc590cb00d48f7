"""What an event says about itself: `tui_nn.writing` writes the names and numbers in the user's notation."""

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
