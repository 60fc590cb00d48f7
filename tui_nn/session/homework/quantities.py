"""Finds labels that name a number computed from a matrix: norm(W1), max err, ||W1||; it is not the matrix itself."""

import re

# What makes one number of a matrix, or compares two.
_MEASURES = frozenset(
    [
        "max",
        "maximum",
        "maximal",
        "maximale",
        "largest",
        "biggest",
        "greatest",
        "min",
        "minimum",
        "minimal",
        "minimale",
        "smallest",
        "norm",
        "norms",
        "norme",
        "betrag",
        "abs",
        "absolute",
        "absolut",
        "absolu",
        "std",
        "stdev",
        "sd",
        "var",
        "variance",
        "varianz",
        "median",
        "range",
        "spread",
        "gap",
        "rmse",
        "rms",
        "mae",
        "mape",
        "relative",
        "rel",
        "relativ",
        "relatif",
        "acc",
        "accuracy",
        "genauigkeit",
        "precision",
        "ecart",
        "exactitude",
        "magnitude",
        "amplitude",
        "ratio",
        "percent",
        "correlation",
        "cor",
        "frobenius",
        "spectral",
        "determinant",
        "trace",
        "rank",
        "reduction",
        "improvement",
        "decrease",
        "drop",
        "tolerance",
        "tol",
        "threshold",
        "seconds",
        "sec",
        "time",
        "count",
    ]
)
# A mean of costs is a cost; a mean of weights is not the weights.
_AVERAGES = frozenset(
    [
        "mean",
        "means",
        "avg",
        "average",
        "averaged",
        "mittel",
        "mittelwert",
        "moyenne",
        "media",
        "sum",
        "summe",
        "somme",
        "suma",
    ]
)
_PIECE = re.compile(r"[^\W\d_]+|\d{1,6}")
_CALL = re.compile(r"[^\W\d][\w.]{1,30}\([^()]{0,40}?[^\W\d][^()]{0,40}\)")
_BARS = re.compile(r"\|{1,2} ?[^\W\d][^|=:;\s]{0,30}(?: ?[-−] ?[^\W\d][^|=:;\s]{0,30})? ?\|{1,2}(?:_\w{1,3})?")
_ERRORS = frozenset(["error", "errors", "err", "errs", "fehler", "erreur", "erreurs", "e"])


def is_measure(text: str) -> bool:
    """Whether a label, in lower case, says that its number measures a matrix or an error, as a norm or a maximum does.

    >>> is_measure("max err"), is_measure("total error")
    (True, False)
    """
    if _BARS.search(text):
        return True
    words = {piece for piece in _PIECE.findall(text) if not piece.isdigit()}
    # Data that is scaled by its maximum is data.
    return not words.isdisjoint(_MEASURES) and words.isdisjoint({"x", "y"})


def is_average(text: str) -> bool:
    """Whether a label, in lower case, says that its number is a sum or a mean."""
    return not _AVERAGES.isdisjoint(_PIECE.findall(text))


def is_error(label: str) -> bool:
    """Whether a label says error: the name of J in some programs, and in others of how far Ŷ is from Y."""
    return not _ERRORS.isdisjoint(_PIECE.findall(label.casefold()))


def quantity_at(line: str, place: int) -> re.Match[str] | None:
    """The call or the bars that begin at ``place`` of a line, such as norm(W1) and ||W1||; None if none do."""
    return _CALL.match(line, place) or _BARS.match(line, place)
