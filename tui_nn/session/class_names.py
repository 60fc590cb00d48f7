"""Names of classes and columns as the user writes them: which blanks, accents and capitals make no difference."""

import unicodedata
from collections.abc import Iterable, Sequence

from tui_nn.language import _
from tui_nn.session.validation import shortened

_MOST_NAMES = 8


def normal_name(text: str) -> str:
    """``text`` with single plain blanks between its words, and each accented letter as one character.

    Some systems write ü as u and two dots, and a non-breaking blank looks like any other.
    """
    return unicodedata.normalize("NFC", " ".join(text.split()))


def find_class(text: str, classes: Sequence[str]) -> str | None:
    """The one of ``classes`` that ``text`` names; None if it names none.

    Letters may be large or small, if one class is meant.
    """
    typed = normal_name(text)
    by_name = {normal_name(name): name for name in classes}
    if typed in by_name:
        return by_name[typed]
    alike = [name for normal, name in by_name.items() if normal.casefold() == typed.casefold()]
    return alike[0] if len(alike) == 1 else None


def listed(names: Iterable[str]) -> str:
    """The first ``names`` in a sentence."""
    names = tuple(names)
    return ", ".join(map(shortened, names[:_MOST_NAMES])) + (", …" if len(names) > _MOST_NAMES else "")


def no_class_sentence(text: str, classes: Sequence[str]) -> str:
    """A sentence: ``text`` is none of ``classes``, which it lists."""
    return _('"{name}" is no class of this lesson: {classes}.', name=shortened(text), classes=listed(classes))
