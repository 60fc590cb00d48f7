"""Regular expressions that are compiled when they are first used: to compile all would delay the first screen."""

import re
from typing import Any, cast


def late_pattern(text: str, flags: int = 0) -> "re.Pattern[str]":
    """What ``re.compile(text, flags)`` gives, but compiled when it is first used.

    Functions of `re`, such as ``re.sub``, do not take it as a pattern; its own methods do the same.
    """
    return cast("re.Pattern[str]", _LatePattern(text, flags))


class _LatePattern:
    def __init__(self, text: str, flags: int) -> None:
        self._text, self._flags = text, flags

    def __getattr__(self, name: str) -> Any:
        # Those are asked for when the object is copied, before it has a text.
        if name.startswith("_"):
            raise AttributeError(name)
        # Kept, so that the next use is as quick as that of the pattern itself.
        found = self.__dict__[name] = getattr(re.compile(self._text, self._flags), name)
        return found
