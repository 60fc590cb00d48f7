"""Style sheets that are read when something needs them: to read all of them would delay the first screen."""

from pathlib import Path
from typing import Any

from textual.app import App


def read_rules(app: App[Any], sheet: Path) -> None:
    """Adds the rules of ``sheet`` to the style sheet of ``app``, if they are not there yet."""
    source = (str(sheet), "")
    if not app.stylesheet.has_source(*source):
        app.stylesheet.add_source(sheet.read_text(encoding="utf-8"), source)
