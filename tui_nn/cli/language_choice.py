"""The language that the user reads: chosen on the command line, in the environment, or by the locale."""

import os
import re
from collections.abc import Iterator, Mapping, Sequence

from tui_nn.language import ENGLISH
from tui_nn.languages import languages, speak_in

LANGUAGE_VARIABLE = "TUI_NN_LANGUAGE"
LANGUAGE_OPTION = "--language"
_FORMAT_OPTION, _JSON = "--format", "json"
_LOCALE_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")


def choose_language(words: Sequence[str]) -> None:
    """Loads the catalog of the language that the user reads; nothing must have been said before."""
    speak_in(language_wanted(words, os.environ))


def language_wanted(words: Sequence[str], environment: Mapping[str, str]) -> str:
    """The language to show: the first with a catalog that the option, the variable or the locale names; else English.

    ``words`` are the words of the command line. The parser refuses an option with an unknown language later. JSON is
    always in English: programs read it.
    """
    if _typed(words, _FORMAT_OPTION) == _JSON:
        return ENGLISH
    there_are = languages()
    return next((name for name in _wanted(words, environment) if name in there_are), ENGLISH)


def _wanted(words: Sequence[str], environment: Mapping[str, str]) -> Iterator[str]:
    yield _typed(words, LANGUAGE_OPTION)
    yield language_of_locale(environment.get(LANGUAGE_VARIABLE, ""))
    # What gettext does: LANGUAGE is a list, and counts only if the locale is not C.
    locale = next(filter(None, map(environment.get, _LOCALE_VARIABLES)), "C")
    if locale not in ("C", "POSIX") and not locale.startswith("C."):
        yield from map(language_of_locale, environment.get("LANGUAGE", "").split(":"))
        yield language_of_locale(locale)


def _typed(words: Sequence[str], option: str) -> str:
    """The value of ``option`` as argparse finds it: the last one, also behind an abbreviation; "" if there is none."""
    found = ""
    for place, word in enumerate(words):
        if word == "--":
            break
        name, is_joined, value = word.partition("=")
        if len(name) > len("--") and option.startswith(name):
            found = value if is_joined else "".join(words[place + 1 : place + 2])
    return found


def language_of_locale(locale: str) -> str:
    """The language of ``de``, ``DE``, ``de_AT`` or ``de_AT.UTF-8``, as ISO 639 calls it: ``de``."""
    return re.split("[-_.@]", locale)[0].lower()
