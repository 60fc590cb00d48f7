"""Regular expressions that are compiled when they are first used: to compile all would delay the first screen."""

import re
from typing import Any, cast


def late_pattern(text: str, flags: int = 0) -> "re.Pattern[str]":
    """What ``re.compile(text, flags)`` gives, but compiled when it is first used."""
    return cast("re.Pattern[str]", _LatePattern(text, flags))


class _LatePattern:
    def __init__(self, text: str, flags: int) -> None:
        self._text, self._flags = text, flags

    def __getattr__(self, name: str) -> Any:
        # Kept, so that the next use is as quick as that of the pattern itself.
        found = self.__dict__[name] = getattr(re.compile(self._text, self._flags), name)
        return found
