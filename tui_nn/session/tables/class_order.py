"""The order of class names in a table: that of the levels of R's factor()."""

import unicodedata
from collections.abc import Iterable
from typing import TypeAlias

# Signs before digits before letters, the signs in the order of the Unicode collation (CLDR root).
_SIGNS = "_-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~"
_PLACE_OF_SIGN = {sign: place for place, sign in enumerate(_SIGNS)}
_BLANK, _SIGN, _OTHER_SIGN, _CURRENCY, _DIGIT, _LETTER = range(6)
# The accents in their order there; the last one marks two letters joined, as in æ.
_STROKE, _JOINED = unicodedata.lookup("COMBINING LONG SOLIDUS OVERLAY"), unicodedata.lookup("COMBINING LOW LINE")
_ACCENTS = [
    *map(
        unicodedata.lookup,
        (
            "COMBINING ACUTE ACCENT",
            "COMBINING GRAVE ACCENT",
            "COMBINING BREVE",
            "COMBINING CIRCUMFLEX ACCENT",
            "COMBINING CARON",
            "COMBINING RING ABOVE",
            "COMBINING DIAERESIS",
            "COMBINING DOUBLE ACUTE ACCENT",
            "COMBINING TILDE",
            "COMBINING DOT ABOVE",
        ),
    ),
    _STROKE,
    *map(unicodedata.lookup, ("COMBINING CEDILLA", "COMBINING OGONEK", "COMBINING MACRON")),
    _JOINED,
]
_PLACE_OF_ACCENT = {accent: place for place, accent in enumerate(_ACCENTS)}
_SPELLED = str.maketrans(
    {
        "ß": f"s{_JOINED}s",
        "æ": f"a{_JOINED}e",
        "Æ": f"A{_JOINED}E",
        "œ": f"o{_JOINED}e",
        "Œ": f"O{_JOINED}E",
        "ø": f"o{_STROKE}",
        "Ø": f"O{_STROKE}",
        "ł": f"l{_STROKE}",
        "Ł": f"L{_STROKE}",
    }
)
"""Letters that Unicode does not take apart: two letters in one, and letters with a stroke."""

_Key: TypeAlias = tuple[tuple[tuple[int, int, str], ...], tuple[tuple[int, ...], ...], tuple[bool, ...], str]


def in_order_of_factor(names: Iterable[str]) -> tuple[str, ...]:
    """The different ``names``, sorted as R sorts the levels of a factor in English and most other languages.

    Letters count first without accent and case, then by accent, then by case, with the small letter first: a, A, ä, b,
    B. Source: the Unicode collation algorithm, which R's ``sort`` uses unless the locale is C.
    """
    return tuple(sorted(set(names), key=_sort_key))


def _sort_key(name: str) -> _Key:
    """What decides between two names: their letters; where these are the same, the accents, then the case."""
    bases: list[str] = []
    accents: list[tuple[int, ...]] = []
    for char in unicodedata.normalize("NFD", unicodedata.normalize("NFC", name).translate(_SPELLED)):
        if unicodedata.combining(char) and accents:
            accents[-1] += (_PLACE_OF_ACCENT.get(char, len(_ACCENTS)),)
        else:
            bases.append(char)
            accents.append(())
    return tuple(map(_place, bases)), tuple(accents), tuple(map(str.isupper, bases)), name


def _place(char: str) -> tuple[int, int, str]:
    """Where a sign, digit or letter without accent stands, whatever its case."""
    if char.isspace():
        return _BLANK, 0, char
    if char in _PLACE_OF_SIGN:
        return _SIGN, _PLACE_OF_SIGN[char], char
    if char.isdecimal():
        return _DIGIT, int(char), ""
    if char.isalpha():
        return _LETTER, 0, char.casefold()
    return (_CURRENCY if unicodedata.category(char) == "Sc" else _OTHER_SIGN), 0, char
