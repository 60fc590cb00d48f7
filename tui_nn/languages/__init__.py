"""The languages that a user can read: English, in the code, and a catalog for each other one."""

from gettext import translation
from pathlib import Path

from tui_nn.language import ENGLISH, speak

FOLDER = Path(__file__).parent
"""Has a folder for each language but English, as gettext wants them: ``de/LC_MESSAGES/tui_nn.mo``."""

_DOMAIN = "tui_nn"


def languages() -> tuple[str, ...]:
    """The languages that there are, as ISO 639 calls them: ``en`` and the others."""
    return ENGLISH, *sorted(path.parent.parent.name for path in FOLDER.glob(f"*/LC_MESSAGES/{_DOMAIN}.mo"))


def speak_in(code: str) -> None:
    """Translates every sentence from now on into one of the `languages`; nothing must have been said before."""
    if code != ENGLISH:
        speak(translation(_DOMAIN, FOLDER, [code]))
