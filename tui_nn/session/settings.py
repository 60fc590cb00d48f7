"""The settings of a lesson: the one table that the file, the edits, the screen and the sentences read."""

from collections.abc import Callable
from dataclasses import replace
from enum import Enum
from functools import partial
from typing import Any

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.network import (
    ACTIVATIONS,
    COSTS,
    DRAWN,
    FILLS,
    GENERATORS,
    HIDDEN_ACTIVATIONS,
    NAMED_SCALINGS,
    NORMAL,
    REDUCTIONS,
    START_METHODS,
    UNIFORM,
    Network,
    Start,
    ValidationError,
    fitted_activation,
)
from tui_nn.session import input_parsing, limits, validation
from tui_nn.session.document import Document


class EffectOnRun(Enum):
    """What another value of a setting does to a run."""

    RESTART = "the run starts again"
    FROM_ANY_ITERATION = "the run starts again, or the value holds from a later iteration on"
    LENGTH = "the run has another length, and the same numbers"


@frozen_dataclass
class Hyperparameter:
    """One setting.

    - ``key`` and ``section``: where it stands in the file. In the sections "data" and "start" it is an attribute of
      the document's dataset or start, in the others of the document itself.
    - ``label``: its name in sentences and on the screen; ``is_counted`` if it is the number of something.
    - ``check(key, value)``: returns the value as the document has it. Raises `ValidationError` if ``value`` has the
      wrong type or is out of range.
    - ``parse(text)``: returns the value that the user typed, not checked yet. Raises `ValidationError` if ``text`` can
      stand for no value.
    - ``choices``: all values of a setting with few; ``names``: the named values of a setting that also takes numbers.
    - ``takes_list``: whether it takes one of ``choices`` for all hidden layers, or one for each.
    - ``effect_on_run``: what another value does to a run.
    - ``search_words``: more words, separated by blanks, under which the palette finds it.
    - ``meaning``: what it sets, in a line; "" where its name says it.
    - ``idle_because(document)``: the key of the setting whose value leaves this one without effect; "" if it has an
      effect.
    - ``usual(document)``: the value if the file does not have the key; a file is written without it. None if the file
      always has the key.
    """

    key: str
    section: str
    label: str
    check: Callable[[str, object], object]
    parse: Callable[[str], object]
    choices: tuple[object, ...] = ()
    names: tuple[object, ...] = ()
    effect_on_run: EffectOnRun = EffectOnRun.RESTART
    is_counted: bool = False
    takes_list: bool = False
    search_words: str = ""
    meaning: str = ""
    idle_because: Callable[[Document], str] = lambda document: ""  # noqa: ARG005
    usual: Callable[[Document], object] | None = None

    def get(self, document: Document) -> object:
        """The value in ``document``."""
        match self.section:
            case "data":
                return getattr(document.dataset, self.key)
            case "start":
                return getattr(document.start, self.key)
            case _:
                return getattr(document, self.key)

    def parse_input(self, text: str) -> object:
        """The value that ``text`` stands for, not checked yet. Raises `ValidationError` if it stands for none."""
        try:
            return self.parse(text.strip())
        except ValidationError as error:
            raise ValidationError(self.key, error.found, error.expected, error.sentence) from None

    def set(self, document: Document, value: object) -> Document:
        """``document`` with this setting at ``value``. Raises `ValidationError` if it does not take that value."""
        changes = {self.key: self.check(self.key, value)}
        match self.section:
            case "data":
                return replace(document, dataset=replace(document.dataset, **changes))  # type: ignore[arg-type]
            case "start":
                return replace(document, start=_changed_start(document, changes))
            case _:
                if self.key == "hidden":
                    changes["activation"] = fitted_activation(document.activation, len(changes["hidden"]))  # type: ignore[arg-type]
                return replace(document, **changes)  # type: ignore[arg-type]  # check has checked its type


def _changed_start(document: Document, changes: dict[str, object]) -> Start:
    start = document.start
    if "method" in changes:
        # The weights shown become the given ones, so that the user can go on by changing some of them.
        changes["given"] = document.start_parameters if changes["method"] == "given" else None
    # The defaults of the old method or generator give way to those of the new one.
    if "method" in changes and start.biases == START_METHODS[start.method].biases:
        changes["biases"] = ""
    if "generator" in changes and start.fill == GENERATORS[start.generator].fill:
        changes["fill"] = ""
    return replace(start, **changes)  # type: ignore[arg-type]  # their checks have checked their types


def _idle_unless_drawn(document: Document) -> str:
    return "" if document.start.distribution else "method"


def _idle_unless_of(distribution: str) -> Callable[[Document], str]:
    """The `idle_because` of a distribution's numbers, which only some methods leave to the user."""

    def idle_because(document: Document) -> str:
        start = document.start
        return "" if start.distribution == distribution and start.spread is None else "method"

    return idle_because


def _biases_idle_because(document: Document) -> str:
    if not document.bias:
        return "bias"
    return "method" if document.start.method == "given" else ""


def _choice_setting(
    key: str, section: str, label: str, choices: tuple[str, ...], other_words: str = "", **others: Any
) -> Hyperparameter:
    check, parse = partial(validation.choice, choices=choices), partial(input_parsing.parse_choice, choices=choices)
    return Hyperparameter(key, section, label, check, parse, choices, search_words=other_words, **others)


def _distribution_setting(key: str, distribution: str, label: str, meaning: str, usual: float) -> Hyperparameter:
    return Hyperparameter(
        key,
        "start",
        label,
        validation.positive if key == "sd" else validation.number,
        partial(input_parsing.parse_number, such_as="0.5, -1 or 1e-3"),
        search_words=f"start weights {distribution} random range distribution",
        meaning=meaning,
        idle_because=_idle_unless_of(distribution),
        usual=lambda document: usual,  # noqa: ARG005
    )


def _penalty_setting(key: str, label: str, search_words: str, meaning: str) -> Hyperparameter:
    return Hyperparameter(
        key,
        "training",
        label,
        validation.not_negative,
        partial(input_parsing.parse_number, such_as="0.01 or 1e-3"),
        effect_on_run=EffectOnRun.FROM_ANY_ITERATION,
        search_words=f"training lambda regularisation regularization weight decay {search_words}",
        meaning=meaning,
        usual=lambda document: 0.0,  # noqa: ARG005
    )


def _biases_not_penalised_because(document: Document) -> str:
    if not document.bias:
        return "bias"
    return "" if document.network.penalty.is_there else "l2"


def _scaling_setting(table: str, search_word: str) -> Hyperparameter:
    return Hyperparameter(
        f"{table}_scaling",
        "data",
        f"scaling of {table}",
        validation.scaling,
        input_parsing.parse_scaling,
        names=tuple(NAMED_SCALINGS),
        effect_on_run=EffectOnRun.FROM_ANY_ITERATION,
        search_words=f"normalise normalize scale divisor {search_word}",
    )


_ACTIVATIONS = tuple(ACTIVATIONS)
_HIDDEN_ACTIVATIONS = tuple(HIDDEN_ACTIVATIONS)
_WIDEST_SEED = 2**63 - 1

HYPERPARAMETERS: dict[str, Hyperparameter] = {
    hyperparameter.key: hyperparameter
    for hyperparameter in (
        _scaling_setting("x", "inputs"),
        _scaling_setting("y", "outputs"),
        Hyperparameter(
            "hidden",
            "network",
            "hidden units",
            validation.units,
            input_parsing.parse_whole_numbers,
            is_counted=True,
            search_words="network layers layer unit size width depth neurons",
            meaning="units of each hidden layer, such as 4 3 for two layers",
        ),
        Hyperparameter(
            "activation",
            "network",
            "activation",
            partial(validation.activation, choices=_HIDDEN_ACTIVATIONS),
            partial(input_parsing.parse_activation, choices=_HIDDEN_ACTIVATIONS),
            _HIDDEN_ACTIVATIONS,
            takes_list=True,
            search_words="network function hidden",
            meaning="the f of the hidden units, or one for each layer: relu, tanh",
            idle_because=lambda document: "" if document.hidden else "hidden",
        ),
        _choice_setting(
            "output_activation",
            "network",
            "output activation",
            _ACTIVATIONS,
            "network function classes probabilities",
            meaning="the f of the outputs; softmax gives class probabilities",
        ),
        Hyperparameter(
            "bias",
            "network",
            "bias",
            validation.boolean,
            input_parsing.parse_yes_or_no,
            choices=(False, True),
            search_words="network biases intercept yes no",
            meaning="whether each unit adds a bias b to its sum",
        ),
        Hyperparameter(
            "fixed",
            "network",
            "fixed parameters",
            validation.names,
            input_parsing.parse_words,
            search_words="network frozen parameters weights biases constant",
            meaning="parameters that no update changes, such as b1, b2",
            usual=lambda document: (),  # noqa: ARG005
        ),
        _choice_setting(
            "method",
            "start",
            "start",
            tuple(START_METHODS),
            "start weights initialisation initialization glorot kaiming",
            meaning="how weights begin; Xavier and He fit the range to the layers",
        ),
        _distribution_setting("low", UNIFORM, "lowest weight", "the lower end of the range of the weights", 0.0),
        _distribution_setting("high", UNIFORM, "highest weight", "the upper end of the range of the weights", 1.0),
        _distribution_setting("mean", NORMAL, "mean weight", "the mean of the weights", 0.0),
        _distribution_setting("sd", NORMAL, "sd of weights", "the standard deviation of the weights", 1.0),
        Hyperparameter(
            "biases",
            "start",
            "start of biases",
            validation.drawn_or_number,
            input_parsing.parse_drawn_or_number,
            names=(DRAWN, 0.0),
            search_words="start bias intercept",
            meaning="drawn like the weights, after them; or one number for all",
            idle_because=_biases_idle_because,
            usual=lambda document: START_METHODS[document.start.method].biases,
        ),
        _choice_setting(
            "generator",
            "start",
            "generator",
            tuple(GENERATORS),
            "start random R numpy",
            meaning="R: set.seed; numpy: default_rng; numpy legacy: np.random.seed",
            idle_because=_idle_unless_drawn,
        ),
        _choice_setting(
            "fill",
            "start",
            "fill order",
            FILLS,
            "start byrow order matrix",
            meaning="random numbers fill a matrix by columns, as in R, or by rows",
            idle_because=_idle_unless_drawn,
            usual=lambda document: GENERATORS[document.start.generator].fill,
        ),
        Hyperparameter(
            "seed",
            "start",
            "seed",
            partial(validation.whole_number, least=-(2**31) + 1, greatest=_WIDEST_SEED),
            partial(input_parsing.parse_whole_number, such_as="1 or 42"),
            search_words="start random set.seed",
            meaning="another seed draws other random numbers",
            idle_because=_idle_unless_drawn,
        ),
        _choice_setting(
            "cost",
            "training",
            "cost",
            tuple(COSTS),
            "training loss error objective J log-likelihood logistic",
            meaning="J, which training makes small; step J shows its formula",
        ),
        _choice_setting(
            "reduction",
            "training",
            "cost over the rows",
            REDUCTIONS,
            "training reduction sum mean average",
            meaning="sum over the rows, as in the lecture, or their mean",
            usual=lambda document: Network.reduction,  # noqa: ARG005
        ),
        _penalty_setting("l1", "L1 penalty", "lasso sparse", "λ₁: J also counts λ₁ |w| of every weight w"),
        _penalty_setting("l2", "L2 penalty", "ridge", "λ₂: J also counts λ₂ w²/2 of every weight w"),
        Hyperparameter(
            "penalise_biases",
            "training",
            "penalty on biases",
            validation.boolean,
            input_parsing.parse_yes_or_no,
            choices=(False, True),
            search_words="training intercept regularisation regularization yes no",
            meaning="also penalise the biases",
            idle_because=_biases_not_penalised_because,
            usual=lambda document: False,  # noqa: ARG005
        ),
        Hyperparameter(
            "learning_rate",
            "training",
            "learning rate",
            validation.positive,
            partial(input_parsing.parse_number, such_as="0.5, 1e-3 or 1/3"),
            effect_on_run=EffectOnRun.FROM_ANY_ITERATION,
            search_words="eta alpha step size",
            meaning="η: an update subtracts η times the slope of J",
        ),
        Hyperparameter(
            "iterations",
            "training",
            "iterations",
            partial(validation.whole_number, least=1, greatest=limits.ITERATIONS),
            input_parsing.parse_whole_number,
            effect_on_run=EffectOnRun.LENGTH,
            is_counted=True,
            search_words="epochs number updates length",
            meaning="how many updates the run makes",
        ),
    )
}
"""Every setting by its key, in the order in which the file is checked."""
