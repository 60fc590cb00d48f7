"""The settings of a lesson: where each stands in the file, which values it takes, and what it changes.

This one table is read by the file, by the edits and by the screen.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from tui_nn.network import ACTIVATIONS, COSTS, GENERATORS, NAMED_SCALINGS, START_METHODS
from tui_nn.session import limits, validation
from tui_nn.session.document import Document


@dataclass(frozen=True)
class Hyperparameter:
    """One setting: its key and section in the file, and how to check a value, read it from a document and set it there.

    ``check(key, value)`` raises `Refusal` if ``value`` has the wrong type or is out of range; ``put`` raises it if the
    value does not fit the rest of the document. ``choices`` are all values of a setting with few; ``names`` are the
    named values of a setting that also takes numbers.
    """

    key: str
    section: str
    check: Callable[[str, object], object]
    get: Callable[[Document], object]
    put: Callable[[Document, object], Document]
    choices: tuple[object, ...] = ()
    names: tuple[str, ...] = ()

    def set(self, document: Document, value: object) -> Document:
        """``document`` with this setting at ``value``. Raises `Refusal`."""
        return self.put(document, self.check(self.key, value))


def _of_document(key: str, section: str, check: Callable[[str, object], object]) -> Hyperparameter:
    def put(document: Document, value: object) -> Document:
        return replace(document, **{key: value})  # type: ignore[arg-type]  # check has seen to its type

    return Hyperparameter(key, section, check, lambda document: getattr(document, key), put)


def _of_dataset(key: str) -> Hyperparameter:
    def put(document: Document, value: object) -> Document:
        return replace(document, dataset=replace(document.dataset, **{key: value}))  # type: ignore[arg-type]

    names = tuple(NAMED_SCALINGS)
    return Hyperparameter(
        key, "data", validation.scaling, lambda document: getattr(document.dataset, key), put, names=names
    )


def _of_start(key: str, check: Callable[[str, object], object], choices: tuple[str, ...] = ()) -> Hyperparameter:
    def put(document: Document, value: object) -> Document:
        # Weights become given as they stand, so that one can go on from there by changing some of them.
        given = document.start_parameters if (key, value) == ("method", "given") else None
        if key != "method":
            given = document.start.given
        return replace(document, start=replace(document.start, **{key: value, "given": given}))  # type: ignore[arg-type]

    return Hyperparameter(key, "start", check, lambda document: getattr(document.start, key), put, choices)


def _choice(key: str, section: str, choices: tuple[str, ...]) -> Hyperparameter:
    return replace(_of_document(key, section, partial(_one_of, choices=choices)), choices=choices)


def _one_of(key: str, value: object, choices: tuple[str, ...]) -> str:
    return validation.choice(key, value, choices)


_WIDEST_SEED = 2**63 - 1

HYPERPARAMETERS: dict[str, Hyperparameter] = {
    hyperparameter.key: hyperparameter
    for hyperparameter in (
        _of_dataset("x_scaling"),
        _of_dataset("y_scaling"),
        _of_document("hidden", "network", validation.units),
        _choice("activation", "network", tuple(ACTIVATIONS)),
        _choice("output_activation", "network", tuple(ACTIVATIONS)),
        replace(_of_document("bias", "network", validation.flag), choices=(False, True)),
        _of_start("method", partial(_one_of, choices=tuple(START_METHODS)), tuple(START_METHODS)),
        _of_start("generator", partial(_one_of, choices=tuple(GENERATORS)), tuple(GENERATORS)),
        _of_start("seed", partial(validation.whole, least=-(2**31) + 1, greatest=_WIDEST_SEED)),
        _choice("cost", "training", tuple(COSTS)),
        _of_document("learning_rate", "training", validation.positive),
        _of_document("iterations", "training", partial(validation.whole, least=1, greatest=limits.ITERATIONS)),
    )
}
