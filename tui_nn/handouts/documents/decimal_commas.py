"""Puts the decimal commas into a document that is ready, but not into its lengths and positions."""

import re

from tui_nn.decimal_sign import with_commas

_NO_TEXT_OF_HTML = re.compile(r"(<style>.*?</style>|<[^>]*>)", re.DOTALL)
# The picture of the network: where it draws, and how thick.
_PLACES_OF_LATEX = re.compile(r"(\\(?:qbezier|linethickness|setlength).*|\\put\([^)]*\))")


def html_with_commas(page: str) -> str:
    """``page`` with commas in the numbers of its text and its formulas."""
    # Every other part is a tag or the style sheet.
    parts = _NO_TEXT_OF_HTML.split(page)
    return "".join(part if number % 2 else with_commas(part) for number, part in enumerate(parts))


def latex_with_commas(document: str) -> str:
    """``document`` with commas in its numbers, in braces: LaTeX leaves a gap after another comma in a formula."""
    parts = _PLACES_OF_LATEX.split(document)
    return "".join(part if number % 2 else _with_tight_commas(part) for number, part in enumerate(parts))


def _with_tight_commas(text: str) -> str:
    written = with_commas(text)
    return "".join("{,}" if sign == "," and text[place] == "." else sign for place, sign in enumerate(written))
