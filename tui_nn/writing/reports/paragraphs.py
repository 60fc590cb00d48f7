"""Paragraphs of a report that people read on a screen: lines of a bounded width."""

import re
import textwrap
from collections.abc import Iterable

from tui_nn.network.diagnosis.given import COST
from tui_nn.writing.notation.signs import Notation
from tui_nn.writing.sentences.mistake_text import NO_BREAK
from tui_nn.writing.sentences.placing_sentences import listed

WIDTH = 79
INDENT = "  "
_KEPT_TOGETHER = re.compile(r"(?<=\bnew) |(?<=--iteration) |(?<=\d) (?=\d{3}\b)")


def filled(text: str, indent: str = "") -> str:
    """A paragraph; no line ends between ``new`` and a name, inside a number, an option or code."""
    lines = textwrap.fill(
        _KEPT_TOGETHER.sub(NO_BREAK, text),
        WIDTH,
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return lines.replace(NO_BREAK, " ")


def printable(text: str) -> str:
    """``text``, which may be a stranger's, without control characters."""
    return "".join(char if char.isprintable() else "�" for char in text)


def sign_of(name: str, notation: Notation) -> str:
    """The name of a matrix in signs; J for the cost."""
    return notation.name("J" if name == COST else name)


def names_of(names: Iterable[str], notation: Notation) -> str:
    """The names of matrices in signs, each once: ``Z⁽²⁾, A⁽²⁾ and J``; "" for none."""
    written = [*dict.fromkeys(sign_of(name, notation) for name in names)]
    return listed(written) if written else ""
