"""Finds words that say when a program printed its numbers: before or after an update, at the start or the end."""

import re
from collections.abc import Sequence
from enum import StrEnum
from functools import lru_cache
from unicodedata import combining, normalize


class When(StrEnum):
    """When a program printed a matrix: before or after an update, before or after the whole training."""

    UNSAID = ""
    BEFORE = "before the update"
    AFTER = "after the update"
    START = "before the training"
    END = "after the training"

    @property
    def is_early(self) -> bool:
        """Whether parameters of that time are those before an update."""
        return self in (When.BEFORE, When.START)

    @property
    def is_late(self) -> bool:
        """Whether parameters of that time are those after an update."""
        return self in (When.AFTER, When.END)


def without_accents(text: str) -> str:
    """``text`` with plain letters: students type "après" and "apres"."""
    return "".join(char for char in normalize("NFD", text) if not combining(char)) if not text.isascii() else text


def _words(text: str) -> frozenset[str]:
    return frozenset(without_accents(text).split())


AFTER_WORDS = _words(
    "next new neu neue neuer neues neuen after updated update upd adjusted nach danach aktualisiert aktualisierte post "
    "après nouveau nouveaux nouvelle nouvelles actualisé actualisée actualisés actualisées después tras nuevo nueva "
    "nuevos nuevas actualizado actualizada actualizados actualizadas"
)
"""Words for what an update has changed."""
BEFORE_WORDS = _words(
    "old alt alte alter altes alten before previous prev vor vorher davor bisher avant ancien anciens ancienne "
    "anciennes précédent précédents précédente antes viejo vieja viejos viejas anterior anteriores previo previa"
)
"""Words for what an update is going to change."""
START_WORDS = _words(
    "initial initially initialized initialised init start starting started begin beginning anfang anfangs "
    "untrained anfänglich anfängliche startwert startwerte startgewichte initiaux initiale "
    "initiales début départ inicial iniciales inicio"
)
"""Words for what stands there before the training."""
END_WORDS = _words(
    "final finally end ending ended trained learned learnt optimal optimised optimized ende schluss schließlich "
    "endgültig endgültige trainiert trainierte gelernt fin finaux finale finales "
    "entraîné entraînés appris entrenado entrenados"
)
"""Words for what the training has found."""
_ALL_OF_IT = _words(
    "training train trained loop learning descent fit fitting schleife lernen entraînement apprentissage boucle "
    "entrenamiento aprendizaje bucle"
)
_LAST_OF = _words("last letzte letzten letzter dernier dernière última último")
_FIRST_OF = _words("first erste ersten erster premier première primera primero")
_AROUND = _words(
    "the a an of at in on for this is are der die das dem den des im am bei my our and to all whole full "
    "iteration iterations iterationen epoch epochs epochen step steps update updates pass loop training train "
    "gradient descent learning value values result results number numbers la le les l à du au en et mise jour "
    "itération itérations étape époque el los las del actualización iteración paso aktualisierung schritt"
)
_PIECE = re.compile(r"[^\W\d_]+")
_LONGEST = 400


@lru_cache(maxsize=4096)
def when_said(text: str, *, of_cost: bool = False) -> When:
    """When the numbers below a heading, or with a name, were printed; UNSAID if ``text`` does not say it.

    With ``of_cost``, the first and the last of them are those of the start and the end.
    """
    words = _PIECE.findall(without_accents(text[:_LONGEST]).casefold())
    said = {when for place in range(len(words)) if (when := _when(words, place)) is not None}
    if of_cost and not said:
        said = {when for when, some in ((When.START, _FIRST_OF), (When.END, _LAST_OF)) if not some.isdisjoint(words)}
    for outer, inner in ((When.START, When.BEFORE), (When.END, When.AFTER)):
        if outer in said:
            said.discard(inner)
    return said.pop() if len(said) == 1 else When.UNSAID


def _when(words: Sequence[str], place: int) -> When | None:
    word, behind = words[place], words[place + 1 : place + 4]
    is_of_all = not _ALL_OF_IT.isdisjoint(behind[:2])
    if word in BEFORE_WORDS:
        return When.START if is_of_all or not _FIRST_OF.isdisjoint(behind) else When.BEFORE
    if word in AFTER_WORDS:
        return When.END if is_of_all or not _LAST_OF.isdisjoint(behind) else When.AFTER
    if word in START_WORDS:
        return When.START
    return When.END if word in END_WORDS else None


def says_only_when(text: str) -> bool:
    """Whether a heading says when the numbers below it were printed, and names none of them."""
    words = set(_PIECE.findall(without_accents(text[:_LONGEST]).casefold()))
    times = AFTER_WORDS | BEFORE_WORDS | START_WORDS | END_WORDS
    return not words.isdisjoint(times) and words <= times | _AROUND | _ALL_OF_IT | _FIRST_OF | _LAST_OF
