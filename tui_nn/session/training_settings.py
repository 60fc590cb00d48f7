"""The settings of the way downhill: schedule, optimizer, batches, and when a run stops."""

from functools import partial

from tui_nn.language import _
from tui_nn.network.formulas.optimizers import UPDATE_RULES
from tui_nn.network.model.batches import ORDERS
from tui_nn.network.model.optimizer import Optimizer
from tui_nn.network.model.schedules import SCHEDULES, Schedule
from tui_nn.session import input_parsing, limits, validation
from tui_nn.session.document import Document
from tui_nn.session.hyperparameter import Hyperparameter, choice_setting

_SEED = 2**31 - 1


def _of_schedule(key: str, label: str, check: object, parse: object, meaning: str, usual: object) -> Hyperparameter:
    return Hyperparameter(
        key,
        "training",
        label,
        check,  # type: ignore[arg-type]
        parse,  # type: ignore[arg-type]
        search_words=_("training learning rate schedule"),
        meaning=meaning,
        idle_because=lambda document: "" if key in SCHEDULES[document.schedule].uses else "schedule",
        usual=usual,  # type: ignore[arg-type]
    )


def _of_optimizer(key: str, label: str, meaning: str, words: str = "") -> Hyperparameter:
    check = validation.positive if key == "epsilon" else validation.share
    return Hyperparameter(
        key,
        "training",
        label,
        check,
        partial(input_parsing.parse_number, such_as="1e-8" if key == "epsilon" else _("0.9 or 0.99")),
        search_words=_("training optimizer optimiser") + f" {words}",
        meaning=meaning,
        idle_because=lambda document: "" if key in UPDATE_RULES[document.optimizer].uses else "optimizer",
        usual=lambda document: getattr(Optimizer(), key),  # noqa: ARG005
    )


def _condition(key: str, label: str, meaning: str) -> Hyperparameter:
    return Hyperparameter(
        key,
        "training",
        label,
        validation.not_negative,
        partial(input_parsing.parse_number, such_as=_("1e-4, or 0 for never")),
        can_be_swept=False,
        search_words=_("training stop early stopping threshold convergence"),
        meaning=meaning,
        usual=lambda document: 0.0,  # noqa: ARG005
    )


def _idle_with_all_rows(document: Document) -> str:
    return "" if document.batch_size else "batch_size"


def _idle_unless_shuffled(document: Document) -> str:
    return _idle_with_all_rows(document) or ("" if document.order == "shuffled" else "order")


TRAINING_SETTINGS = (
    choice_setting(
        "schedule",
        "training",
        _("schedule"),
        tuple(SCHEDULES),
        _("training learning rate decay annealing"),
        meaning=_("how the rate changes from update to update"),
        usual=lambda document: Schedule.name,  # noqa: ARG005
    ),
    _of_schedule(
        "decay",
        _("decay"),
        validation.positive,
        partial(input_parsing.parse_number, such_as=_("0.5 or 0.001")),
        _("how fast the rate falls, as in the schedule's formula"),
        lambda document: SCHEDULES[document.schedule].usual_decay,
    ),
    _of_schedule(
        "every",
        _("updates in a step"),
        partial(validation.whole_number, least=1, greatest=limits.ITERATIONS),
        input_parsing.parse_whole_number,
        _("after so many updates, the rate falls by a step"),
        lambda document: Schedule.every,  # noqa: ARG005
    ),
    choice_setting(
        "optimizer",
        "training",
        _("optimizer"),
        tuple(UPDATE_RULES),
        _("training optimiser momentum adam rmsprop adagrad nesterov sgd"),
        meaning=_("how an update is made of the slopes"),
        usual=lambda document: Optimizer.name,  # noqa: ARG005
    ),
    _of_optimizer("momentum", _("momentum"), _("μ: how much of its velocity a weight keeps")),
    _of_optimizer("rho", _("memory of squares"), _("ρ: how much of the old squares is kept"), "rho rmsprop"),
    _of_optimizer("beta1", _("beta 1"), _("β₁: how much of the old mean slope is kept"), "adam"),
    _of_optimizer("beta2", _("beta 2"), _("β₂: how much of the old mean square is kept"), "adam"),
    _of_optimizer("epsilon", _("epsilon"), _("ε: keeps the update from dividing by 0")),
    Hyperparameter(
        "batch_size",
        "training",
        _("rows in a batch"),
        partial(validation.whole_number, least=0, greatest=limits.ROWS),
        partial(input_parsing.parse_whole_number, such_as=_("10, or 0 for all rows")),
        search_words=_("training batch size mini-batch stochastic online epoch"),
        meaning=_("rows that an update uses; 0: all rows"),
        usual=lambda document: 0,  # noqa: ARG005
    ),
    choice_setting(
        "order",
        "training",
        _("order of the rows"),
        ORDERS,
        _("training batch shuffle shuffled sample"),
        meaning=_("listed, or shuffled anew in each epoch by R's sample"),
        idle_because=_idle_with_all_rows,
        usual=lambda document: ORDERS[0],  # noqa: ARG005
    ),
    Hyperparameter(
        "order_seed",
        "training",
        _("shuffling seed"),
        partial(validation.whole_number, least=-_SEED, greatest=_SEED),
        partial(input_parsing.parse_whole_number, such_as=_("1 or 42")),
        search_words=_("training batch shuffle random set.seed"),
        meaning=_("another seed shuffles the rows in another way"),
        idle_because=_idle_unless_shuffled,
        usual=lambda document: 1,  # noqa: ARG005
    ),
    _condition("stop_cost", _("stop below J"), _("the run ends with the first J below this; 0: it does not")),
    _condition(
        "stop_gradient", _("stop below slope"), _("the run ends when every |slope| is below this; 0: it does not")
    ),
    Hyperparameter(
        "patience",
        "training",
        _("patience"),
        partial(validation.whole_number, least=0, greatest=limits.ITERATIONS),
        partial(input_parsing.parse_whole_number, such_as=_("50, or 0 for never")),
        can_be_swept=False,
        search_words=_("training early stopping stop test epochs"),
        meaning=_("stop after so many epochs without a lower test cost; 0: never"),
        idle_because=lambda document: "" if document.dataset.test_rows else "test_rows",
        usual=lambda document: 0,  # noqa: ARG005
    ),
)
