"""The language of the screen: sentences stand in the code in English, and a catalog has the same in another language.

`speak` chooses the catalog once. Call it before you import a module that has sentences in a table. The other
functions have the names and arguments that gettext gives them, and take the values that a sentence names in braces::

    _("Iteration {iteration} of {last}", iteration=3, last=10)
    ngettext("{rows} row is missing", "{rows} rows are missing", len(missing), rows=len(missing))
    pgettext("key line", "back")
"""

from gettext import NullTranslations

ENGLISH = "en"

_catalog = NullTranslations()
_was_asked = False


def speak(catalog: NullTranslations) -> None:
    """Translates every sentence from now on with ``catalog``.

    Raises `RuntimeError` if a sentence was already translated: a table may hold it in the other language.
    """
    global _catalog
    if _was_asked:
        raise RuntimeError("the language must be chosen before anything is said")
    _catalog = catalog


def language_code() -> str:
    """What ISO 639 calls the language that the sentences are in now, as the ``lang`` of a page in HTML: ``en``."""
    return _catalog.info().get("language", ENGLISH)


def _(sentence: str, **values: object) -> str:
    """``sentence`` in the user's language, with ``values`` in the places of their names."""
    return _filled(_catalog.gettext(sentence), values)


def pgettext(context: str, sentence: str, **values: object) -> str:
    """``sentence`` in the user's language; ``context`` tells apart equal sentences with different translations."""
    return _filled(_catalog.pgettext(context, sentence), values)


def ngettext(one: str, many: str, count: int, **values: object) -> str:
    """``one`` or ``many``, whichever ``count`` needs, in the user's language, with ``values`` in their places."""
    return _filled(_catalog.ngettext(one, many, count), values)


def _filled(sentence: str, values: dict[str, object]) -> str:
    global _was_asked
    _was_asked = True
    return sentence.format_map(values) if values else sentence
