"""Finds the one name in a label of several words: w of the output unit, the gradient of J with respect to W1."""

import re
from collections.abc import Sequence


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_TOKEN = re.compile(r"[^\W\d_]+(?:_?\d{1,2}(?!\d))?|\d+|[-=]>|→")
# "J (cost)", and J(W1, W2); but not delta(3), which is a name.
_IN_BRACKETS = re.compile(r"(?<=\s)\([^()]{0,80}[^\W\d][^()]{0,80}\)|(?:(?<=^j)|(?<=\sj))\([^()]{1,80}\)")
_FORMULA = re.compile(r"(?P<name>[^=]*[^\W\d][^=<>!:]*?)\s*:?=(?!=)")
_SYMBOL = re.compile(
    r"(?:(?:d|dj|djd|grad|dl|dc)?(?:w|b|theta|weights?|bias)|z|a|h|net|delta|d|act|activation)_?\d{1,2}|y_?hat"
)
_OF_PARAMETERS = re.compile(r"(?:d|dj|djd|grad|dl|dc)?(?P<of>(?:w|b|theta|weights?|bias)_?\d{0,2})")
# What follows is how the numbers were computed, and not what they are.
_HOW = _words("from using via with after before because by aus mit vor durch apres avant despues antes")
_SLOPES = _words(
    "gradient gradients grad slope slopes derivative derivatives partial ableitung gradienten steigung "
    "gradiente derivee derivada"
)
_BY = _words("d j djd dj dl dc de dldd l del delta grad nabla by")
_OF = _words("of for in to wrt t nach by de von par respecto")
_WEIGHTS = _words("w weight weights theta gewicht gewichte poids peso pesos kernel")
_BIASES = _words("b bias biases biais sesgo sesgos")
_DELTAS = _words("delta deltas error errors fehler err erreur erreurs")
_SUMS = _words("z net netinput sum sums preactivation preactivations netto")
_ACTIVATIONS = _words("a activation activations act sigmoid")
_HIDDEN = _words("hidden versteckt versteckte versteckten hid cachee cachees cache oculta ocultas")
_OUTPUT = _words("output outputs out ausgabe sortie salida")
_INPUT = _words("input inputs eingabe entree entrada")
_ORDINALS = {"first": "1", "second": "2", "third": "3", "1st": "1", "2nd": "2", "3rd": "3", "erste": "1", "zweite": "2"}


def name_in_phrase(text: str) -> str:
    """The name in a label, as programs write it in one word; ``text`` itself if it has one word, or tells no other.

    ``text`` is in lower case. "weights from hidden to output" gives "wo", "the gradient of J w.r.t. W1" gives "dw1".
    """
    formula = _FORMULA.match(text)
    text = formula["name"] if formula else text
    outside = _IN_BRACKETS.sub(" ", text)
    if any(map(_SYMBOL.fullmatch, _TOKEN.findall(outside))) or re.search(r"(?:^|\s)j\s*$", outside):
        text = outside
    words = ["to" if token in ("->", "=>", "→") else token for token in _TOKEN.findall(text)]
    if len(words) < 2 or not re.search(r"[\s>→]", text.strip()):
        return text
    if not _SLOPES.isdisjoint(words):
        return _slope(words) or text
    end = next((i for i, word in enumerate(words) if i and word in _HOW), len(words))
    symbols = [word for word in words[:end] if _SYMBOL.fullmatch(word)]
    if symbols:
        before = words[: words.index(symbols[0])]
        if before and _BY.issuperset(before) and symbols[0][0] in "wb":
            return f"d{symbols[0]}"
        is_of_z = symbols[0].startswith("z") and not _ACTIVATIONS.isdisjoint(before)
        return symbols[0].replace("z", "a") if is_of_z else symbols[0]
    return _of_layer(words) or (" ".join(words[:end]) if end < len(words) else text)


def _slope(words: Sequence[str]) -> str:
    """The slope of the parameters that stand behind the last "of"; "" if none do."""
    last = max((i for i, word in enumerate(words) if word in _OF), default=-1)
    behind = words[last + 1 :]
    for word in behind:
        found = _OF_PARAMETERS.fullmatch(word)
        if found and word[-1:].isdigit():
            return f"d{found['of']}"
    named = _of_layer(words)
    return f"d{named}" if named[:1] in ("w", "b") else ""


def _of_layer(words: Sequence[str]) -> str:
    """The name of a quantity of the hidden or the output layer: "wh", "bo", "zh", "deltao"; "" if there is none."""
    is_hidden, is_output = not _HIDDEN.isdisjoint(words), not _OUTPUT.isdisjoint(words)
    number = _number_of_hidden_layer(words)
    for kind, among in (("w", _WEIGHTS), ("b", _BIASES)):
        if among.isdisjoint(words):
            continue
        if number:
            return f"{kind}{number}"
        if is_hidden or is_output:
            # Weights from the hidden layer to the output belong to the output.
            return f"{kind}o" if is_output else f"{kind}h"
        ordinal = next((_ORDINALS[word] for word in words if word in _ORDINALS), "")
        return f"{kind}{ordinal}" if ordinal else "wh" if kind == "w" and not _INPUT.isdisjoint(words) else ""
    if not (is_hidden or is_output):
        return ""
    for kind, among in (("delta", _DELTAS), ("z", _SUMS)):
        if not among.isdisjoint(words):
            return f"{kind}h{number}" if is_hidden else f"{kind}o"
    if not _ACTIVATIONS.isdisjoint(words) or (is_hidden and is_output):
        return f"ah{number}" if is_hidden else "yhat"
    return ""


def _number_of_hidden_layer(words: Sequence[str]) -> str:
    """The number behind "hidden" or "hidden layer"; "" if there is none."""
    for place, word in enumerate(words):
        if word in _HIDDEN:
            behind = [one for one in words[place + 1 : place + 3] if one not in ("layer", "schicht")]
            return behind[0] if behind and behind[0].isdigit() else ""
    return ""
