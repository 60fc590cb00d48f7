"""The language that the user reads: chosen on the command line, in the environment, or by the locale."""

import os
from collections.abc import Iterator, Mapping, Sequence

from tui_nn.language import ENGLISH
from tui_nn.languages import languages, speak_in

LANGUAGE_VARIABLE = "TUI_NN_LANGUAGE"
LANGUAGE_OPTION = "--language"
_LOCALE_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")


def choose_language(words: Sequence[str]) -> None:
    """Loads the catalog of the language that the user reads; nothing must have been said before."""
    speak_in(language_wanted(words, os.environ))


def language_wanted(words: Sequence[str], environment: Mapping[str, str]) -> str:
    """The language to show: the first with a catalog that the option, the variable or the locale names; else English.

    ``words`` are the words of the command line. The parser refuses an option with an unknown language later.
    """
    there_are = languages()
    return next((name for name in _wanted(words, environment) if name in there_are), ENGLISH)


def _wanted(words: Sequence[str], environment: Mapping[str, str]) -> Iterator[str]:
    for place, word in enumerate(words):
        option, is_joined, value = word.partition("=")
        if option == LANGUAGE_OPTION:
            yield value if is_joined else "".join(words[place + 1 : place + 2])
    yield environment.get(LANGUAGE_VARIABLE, "")
    # What gettext does: LANGUAGE is a list, and counts only if the locale is not C.
    locale = next(filter(None, map(environment.get, _LOCALE_VARIABLES)), "C")
    if locale not in ("C", "POSIX") and not locale.startswith("C."):
        yield from map(_without_country, environment.get("LANGUAGE", "").split(":"))
        yield _without_country(locale)


def _without_country(locale: str) -> str:
    return locale.partition(".")[0].partition("_")[0].lower()
