"""The settings of a lesson: the one table that the file, the edits, the screen and the sentences read."""

from collections.abc import Callable
from functools import partial

from tui_nn.language import _, pgettext
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
)
from tui_nn.network.model.derived_inputs import DERIVED
from tui_nn.session import input_parsing, limits, validation
from tui_nn.session.document import Document
from tui_nn.session.hyperparameter import EffectOnRun, Hyperparameter, choice_setting
from tui_nn.session.training_settings import TRAINING_SETTINGS


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


def _distribution_setting(key: str, distribution: str, label: str, meaning: str, usual: float) -> Hyperparameter:
    return Hyperparameter(
        key,
        "start",
        label,
        validation.positive if key == "sd" else validation.number,
        partial(input_parsing.parse_number, such_as=_("0.5, -1 or 1e-3")),
        search_words=_("start weights {distribution} random range distribution", distribution=distribution),
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
        partial(input_parsing.parse_number, such_as=_("0.01 or 1e-3")),
        effect_on_run=EffectOnRun.FROM_ANY_ITERATION,
        search_words=_("training lambda regularisation regularization weight decay") + f" {search_words}",
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
        _("scaling of {table}", table=table),
        validation.scaling,
        input_parsing.parse_scaling,
        names=tuple(NAMED_SCALINGS),
        effect_on_run=EffectOnRun.FROM_ANY_ITERATION,
        search_words=_("normalise normalize scale divisor") + f" {search_word}",
    )


_ACTIVATIONS = tuple(ACTIVATIONS)
_HIDDEN_ACTIVATIONS = tuple(HIDDEN_ACTIVATIONS)
_WIDEST_SEED = 2**63 - 1

HYPERPARAMETERS: dict[str, Hyperparameter] = {
    hyperparameter.key: hyperparameter
    for hyperparameter in (
        _scaling_setting("x", _("inputs")),
        _scaling_setting("y", _("outputs")),
        Hyperparameter(
            "test_rows",
            "data",
            _("test rows"),
            validation.row_numbers,
            input_parsing.parse_row_numbers,
            can_be_swept=False,
            search_words=_("data split training validation held back overfitting"),
            meaning=_("rows that are never trained on, such as 2 5"),
            usual=lambda document: (),  # noqa: ARG005
        ),
        Hyperparameter(
            DERIVED,
            "data",
            _("derived inputs"),
            validation.formulas,
            input_parsing.parse_formulas,
            search_words=_("data features columns formula x squared product sin polynomial"),
            meaning=_("further inputs computed from x, such as x1*x1, sin(x2)"),
            usual=lambda document: (),  # noqa: ARG005
        ),
        Hyperparameter(
            "hidden",
            "network",
            _("hidden units"),
            validation.units,
            input_parsing.parse_whole_numbers,
            is_counted=True,
            search_words=_("network layers layer unit size width depth neurons"),
            meaning=_("units of each hidden layer, such as 4 3 for two layers"),
        ),
        Hyperparameter(
            "activation",
            "network",
            _("activation"),
            partial(validation.activation, choices=_HIDDEN_ACTIVATIONS),
            partial(input_parsing.parse_activation, choices=_HIDDEN_ACTIVATIONS),
            _HIDDEN_ACTIVATIONS,
            takes_list=True,
            search_words=_("network function hidden"),
            meaning=_("the f of the hidden units, or one for each layer: relu, tanh"),
            idle_because=lambda document: "" if document.hidden else "hidden",
        ),
        choice_setting(
            "output_activation",
            "network",
            _("output activation"),
            _ACTIVATIONS,
            _("network function classes probabilities"),
            meaning=_("the f of the outputs; softmax gives class probabilities"),
        ),
        Hyperparameter(
            "bias",
            "network",
            _("bias"),
            validation.boolean,
            input_parsing.parse_yes_or_no,
            choices=(False, True),
            search_words=_("network biases intercept yes no"),
            meaning=_("whether each unit adds a bias b to its sum"),
        ),
        Hyperparameter(
            "fixed",
            "network",
            _("fixed parameters"),
            validation.names,
            input_parsing.parse_words,
            search_words=_("network frozen parameters weights biases constant"),
            meaning=_("parameters that no update changes, such as b1, b2"),
            usual=lambda document: (),  # noqa: ARG005
        ),
        choice_setting(
            "method",
            "start",
            # For translators: the name of the setting that says how the weights start.
            pgettext("setting", "start"),
            tuple(START_METHODS),
            _("start weights initialisation initialization glorot kaiming"),
            meaning=_("how weights begin; Xavier and He fit the range to the layers"),
        ),
        _distribution_setting("low", UNIFORM, _("lowest weight"), _("the lower end of the range of the weights"), 0.0),
        _distribution_setting(
            "high", UNIFORM, _("highest weight"), _("the upper end of the range of the weights"), 1.0
        ),
        _distribution_setting("mean", NORMAL, _("mean weight"), _("the mean of the weights"), 0.0),
        _distribution_setting("sd", NORMAL, _("sd of weights"), _("the standard deviation of the weights"), 1.0),
        Hyperparameter(
            "biases",
            "start",
            _("start of biases"),
            validation.drawn_or_number,
            input_parsing.parse_drawn_or_number,
            names=(DRAWN, 0.0),
            search_words=_("start bias intercept"),
            meaning=_("drawn like the weights, after them; or one number for all"),
            idle_because=_biases_idle_because,
            usual=lambda document: START_METHODS[document.start.method].biases,
        ),
        choice_setting(
            "generator",
            "start",
            _("generator"),
            tuple(GENERATORS),
            _("start random R numpy"),
            meaning=_("R: set.seed; numpy: default_rng; numpy legacy: np.random.seed"),
            idle_because=_idle_unless_drawn,
        ),
        choice_setting(
            "fill",
            "start",
            _("fill order"),
            FILLS,
            _("start byrow order matrix"),
            meaning=_("random numbers fill a matrix by columns, as in R, or by rows"),
            idle_because=_idle_unless_drawn,
            usual=lambda document: GENERATORS[document.start.generator].fill,
        ),
        Hyperparameter(
            "seed",
            "start",
            _("seed"),
            partial(validation.whole_number, least=-(2**31) + 1, greatest=_WIDEST_SEED),
            partial(input_parsing.parse_whole_number, such_as=_("1 or 42")),
            can_be_swept=False,
            search_words=_("start random set.seed"),
            meaning=_("another seed draws other random numbers"),
            idle_because=_idle_unless_drawn,
        ),
        choice_setting(
            "cost",
            "training",
            _("cost"),
            tuple(COSTS),
            _("training loss error objective J log-likelihood logistic"),
            meaning=_("J, which training makes small; step J shows its formula"),
        ),
        choice_setting(
            "reduction",
            "training",
            _("cost over the rows"),
            REDUCTIONS,
            _("training reduction sum mean average"),
            meaning=_("sum over the rows, as in the lecture, or their mean"),
            usual=lambda document: Network.reduction,  # noqa: ARG005
        ),
        _penalty_setting("l1", _("L1 penalty"), _("lasso sparse"), _("λ₁: J also counts λ₁ |w| of every weight w")),
        _penalty_setting("l2", _("L2 penalty"), _("ridge"), _("λ₂: J also counts λ₂ w²/2 of every weight w")),
        Hyperparameter(
            "penalise_biases",
            "training",
            _("penalty on biases"),
            validation.boolean,
            input_parsing.parse_yes_or_no,
            choices=(False, True),
            search_words=_("training intercept regularisation regularization yes no"),
            meaning=_("also penalise the biases"),
            idle_because=_biases_not_penalised_because,
            usual=lambda document: False,  # noqa: ARG005
        ),
        Hyperparameter(
            "learning_rate",
            "training",
            _("learning rate"),
            validation.positive,
            partial(input_parsing.parse_number, such_as=_("0.5, 1e-3 or 1/3")),
            effect_on_run=EffectOnRun.FROM_ANY_ITERATION,
            search_words=_("eta alpha step size"),
            meaning=_("η: an update subtracts η times the slope of J"),
        ),
        Hyperparameter(
            "iterations",
            "training",
            _("iterations"),
            partial(validation.whole_number, least=1, greatest=limits.ITERATIONS),
            input_parsing.parse_whole_number,
            effect_on_run=EffectOnRun.LENGTH,
            is_counted=True,
            can_be_swept=False,
            search_words=_("epochs number updates length"),
            meaning=_("how many updates the run makes"),
        ),
        *TRAINING_SETTINGS,
    )
}
"""Every setting by its key, in the order in which the file is checked."""
