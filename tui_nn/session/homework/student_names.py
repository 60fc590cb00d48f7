"""Finds which matrices of the lesson a student's name may mean: djdw2, W_1, $layers[[1]]$W, yhat, cost_hist."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple
from unicodedata import normalize

from tui_nn.network import Network
from tui_nn.session import limits
from tui_nn.session.homework.label_phrases import name_in_phrase
from tui_nn.session.homework.name_words import AROUND, FIRST, GRADIENTS, KINDS, LAST, ZERO
from tui_nn.session.homework.optimizer_names import means_optimizer, names_of_optimizer
from tui_nn.session.homework.quantities import is_average, is_measure
from tui_nn.session.homework.when_printed import (
    AFTER_WORDS,
    BEFORE_WORDS,
    END_WORDS,
    START_WORDS,
    When,
    when_said,
    without_accents,
)

_LETTERS = {"δ": "delta", "∂": "d", "ŷ": "yhat", "∇": "grad", "θ": "theta", "σ": "sigma", "Δ": "delta"}
_TURNED = re.compile(r"\b(?:t|np\.transpose|transpose|torch\.t)\(|\.t\b(?:\(\))?|'\s*$")
# [[2]] counts from 1 in R, [1] and .1. from 0 in Python.
_FROM_ONE = re.compile(r"\[\[(\d{1,3})\]\]")
_FROM_ZERO = re.compile(r"(?:\[\d{1,3}\](?!\])|\.\d{1,3}(?=\.)|^\d{1,3}(?=\.))\D*+\Z")
_PIECE = re.compile(r"[^\W\d_]+|\d{1,6}")


_CALL = re.compile(r"[a-z_.]{2,}\((?![\d)])")
_LATEX = (
    (re.compile(r"\\(?:hat|widehat) ?\{? ?(\w) ?\}?"), r"\1hat"),
    (re.compile(r"\\partial ?"), "d"),
    (re.compile(r"\\(?:frac|mathbf|mathrm|nabla|text|boldsymbol|left|right)|\\begin|[\\{}]"), " "),
)
_SUM_OF_SQUARES = re.compile(r"\b(?:sum|mean)\b.*(?:\^ ?2|\*\* ?2|square)|crossprod")
_OPERATION = re.compile(r"%\*%|@|(?<=[\w)\]]) ?[*+] ?(?=[\w(])| - ")

_TIMES = AFTER_WORDS | BEFORE_WORDS | START_WORDS | END_WORDS
_SLOPE = re.compile(
    r"(?:d|g|grad|gradient|nabla)(?:[jlceq]|cost|loss|err|error)?(?:d|by)?_?(?P<of>w|b|theta|weights?|bias(?:es)?)"
)
_SLOPE_BEHIND = re.compile(r"(?P<of>w|b|theta|weights?|bias(?:es)?)(?:grad|gradient|gradients|slope)")
_SLOPE_OF_NAMED = re.compile(r"(?:d|grad|djd|dldd?)(?P<of>w(?:h|o|hidden|out|output|ih|ho)|b(?:h|o|hidden|out|output))")
_STEP = re.compile(r"(?:delta|step|change)(?P<of>w|b|weights?)")


class _Meaning(NamedTuple):
    """What a name means: W, b, Z, A, Y_hat, Y, X, cost, loss or delta, or with ``is_slope`` the gradient of W or b.

    ``number`` is the layer as written, None if there is none; ``counts_from_zero``: it is a place in Python's list.
    ``end`` is "first" or "last" for the hidden or the output layer.
    """

    kind: str
    number: int | None
    end: str = ""
    is_slope: bool = False
    when: When = When.UNSAID
    counts_from_zero: bool = False


@lru_cache(maxsize=4096)
def matrix_names(label: str, network: Network) -> tuple[str, ...]:
    """The names in the lesson that ``label`` may mean, the likeliest first; () if it means none.

    ``W_1`` means W1, ``a3`` of a network with one hidden layer Y_hat, and ``dW`` the gradient of any weights.
    """
    if of_optimizer := tuple(names_of_optimizer(label, network)):
        return of_optimizer
    meaning = None if means_optimizer(label) else _meaning(label)
    found = _names(meaning, network) if meaning else ()
    return tuple(dict.fromkeys(found))


def is_matrix_name(label: str) -> bool:
    """Whether ``label`` may mean a matrix of some lesson."""
    return _meaning(label) is not None


def is_cost_name(label: str) -> bool:
    """Whether ``label`` may mean costs."""
    meaning = _meaning(label)
    return meaning is not None and (meaning.kind in ("cost", "loss") or label.strip() in ("l", "L"))


def is_output_name(label: str) -> bool:
    """Whether ``label`` may mean the predictions."""
    meaning = _meaning(label)
    return meaning is not None and meaning.kind == "Y_hat"


def _meaning(label: str) -> _Meaning | None:
    text = normalize("NFKC", label[: 2 * limits.NAME_LENGTH]).strip()
    if not text:
        return None
    for sign, letters in _LETTERS.items():
        text = text.replace(sign, letters).replace(sign.upper(), letters)
    text = without_accents(text.casefold())
    if _SUM_OF_SQUARES.search(text):
        return _Meaning("cost", None)
    if is_measure(text):
        return None
    for command, written in _LATEX:
        text = command.sub(written, text)
    said = when_said(text)
    bare = name_in_phrase(_TURNED.sub("", text).strip())
    if _OPERATION.search(bare) or _CALL.search(bare):
        return None
    from_zero = bool(_FROM_ZERO.search(bare)) and not _FROM_ONE.search(bare)
    words = bare.split()
    found = _of_pieces(_PIECE.findall(bare), from_zero, is_heading=len(words) > 1) or _in_heading(words, from_zero)
    if found and found.kind not in ("cost", "loss", "Z") and is_average(text):
        return None
    return found._replace(when=said) if found else None


def _in_heading(words: Sequence[str], from_zero: bool) -> _Meaning | None:
    """The name among the words of a heading: the first with a number, else the first."""
    first: _Meaning | None = None
    start = 0
    for place in range(len(words)):
        for count in (1, 3, 2):
            pieces = _PIECE.findall(" ".join(words[place : place + count]))
            if count == 1 and place and len("".join(pieces)) == 1:
                continue
            found = _of_pieces(pieces, from_zero, is_heading=count > 1)
            if found and found.number is not None:
                return found
            if count > 1 or not first:
                first = found if count > 1 and found and place == start else first or found
                start = place if first is found and found else start
    return first


def _of_pieces(pieces: Sequence[str], from_zero: bool, *, is_heading: bool) -> _Meaning | None:
    """The meaning of a name's pieces. Of a path such as model.fc1.weight, the end is enough; not of a heading."""
    is_slope = any(piece in GRADIENTS for piece in pieces)
    kept = [piece for piece in pieces if piece not in _TIMES]
    without = [piece for piece in kept if piece not in GRADIENTS]
    bare = [piece for piece in without if piece not in AROUND]
    for parts, is_whole in ((kept, True), (bare, True), (without, True), (bare, False), (kept, False)):
        if is_heading and not is_whole:
            break
        numbers = [int(part) for part in parts if part.isdigit()]
        words = [part for part in parts if not part.isdigit()]
        if not words or len(numbers) > 2 or len(words) > 4:
            continue
        number = numbers[-1] if numbers else None
        if number is not None and 11 < number < 100 and number % 10 == number // 10 + 1:
            # W12 lies between layers 1 and 2.
            number //= 10
        for first in range(1 if is_whole else len(words)):
            found = _of_letters("".join(words[first:]))
            if found and not (found.kind == "cost" and number is not None and "e" in words[-1][:1]):
                slope = found.is_slope or (is_slope and found.kind in ("W", "b"))
                return found._replace(number=number, is_slope=slope, counts_from_zero=from_zero)
    return None


def _of_letters(letters: str) -> _Meaning | None:
    if letters in KINDS:
        kind, end = KINDS[letters]
        return _Meaning(kind, None, end)
    slope = _SLOPE.fullmatch(letters) or _SLOPE_BEHIND.fullmatch(letters) or _STEP.fullmatch(letters)
    if slope:
        return _Meaning("b" if slope["of"].startswith("b") else "W", None, is_slope=True)
    if named := _SLOPE_OF_NAMED.fullmatch(letters):
        kind, end = KINDS.get(named["of"], ("W", ""))
        return _Meaning(kind, None, end, is_slope=True)
    return None


def _names(meaning: _Meaning, network: Network) -> Iterator[str]:
    layers = len(network.layers)
    match meaning.kind:
        case "W" | "b":
            if meaning.kind == "b" and not network.bias:
                return
            yield from _of_parameters(meaning, network.depth)
        case "Z" | "delta":
            for layer in _layers(meaning, layers):
                yield f"{meaning.kind}{layer}"
        case "A":
            if meaning.end == ZERO and meaning.number is None:
                yield from ("cost", "loss")
                return
            if meaning.number == 1 and not meaning.end:
                yield "X"
            for layer in _layers(meaning, layers):
                yield "Y_hat" if layer == layers else f"A{layer}"
        case "loss":
            yield from ("loss", "cost")
        case "cost":
            yield from ("cost", "loss")
        case kind:
            yield kind


def _of_parameters(meaning: _Meaning, depth: int) -> Iterator[str]:
    if meaning.number is not None:
        from_zero = meaning.counts_from_zero or meaning.number == 0 or meaning.end == ZERO
        place = meaning.number + 1 if from_zero else meaning.number
        places = [place]
        if meaning.counts_from_zero and meaning.number > 0 and meaning.number % 2 == 0:
            # Between the layers of torch's Sequential stand the activations.
            places = [meaning.number // 2 + 1, place]
    elif meaning.end in (FIRST, LAST):
        places = [1 if meaning.end == FIRST else depth]
    else:
        places = list(range(1, depth + 1))
    for place in places:
        if 1 <= place <= depth:
            name = f"{meaning.kind}{place}"
            if meaning.is_slope:
                yield f"dJd{name}"
            elif meaning.when.is_late:
                yield f"{name}_next"
            else:
                yield name


def _layers(meaning: _Meaning, layers: int) -> list[int]:
    """The layers, counted from 2, that a number may mean: layer 2, or the second layer of weights."""
    if meaning.end == LAST:
        return [layers]
    if meaning.end == ZERO and meaning.number is not None:
        return [meaning.number + 1] if 1 <= meaning.number < layers else []
    if meaning.number is None:
        return [2] if meaning.end and layers == 3 else list(range(2, layers + 1))
    written = [meaning.number, meaning.number + 1]
    if meaning.number == 0 or meaning.counts_from_zero:
        written = [meaning.number + 2, meaning.number + 1]
    elif meaning.end == FIRST:
        written.reverse()
    return [layer for layer in written if 2 <= layer <= layers]
