"""Says in words what each optimizer does with the slopes, and why its formulas follow."""

from collections.abc import Mapping
from dataclasses import field, replace
from math import sqrt

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.language import _
from tui_nn.late_pattern import late_pattern
from tui_nn.network import Network
from tui_nn.network.formulas.reasons import Reason
from tui_nn.network.model.optimizer import SETTINGS, Optimizer
from tui_nn.writing.notation.number_format import rounded_text, shortest_text
from tui_nn.writing.notation.signs import Notation

_OF_ITERATION = late_pattern("(m̂|[gvsmŝ])(ₜ₋₁|[ₜ₀₁])")
_NAMES = {"g": "dJdw", "v": "V", "s": "S", "m": "M", "m̂": "M_hat", "ŝ": "S_hat"}
_PLAIN = str.maketrans("ₜ₋₀₁", "t-01")


@frozen_dataclass
class OptimizerText:
    """The sentences about one optimizer.

    ``steps`` says what each of its steps before the update computes, ``update`` what the update does, in which {rate}
    stands for the learning rate and its number. ``downhill`` is the reason for the first line of the update in its
    derivation, ``reasons`` those for the lines over all iterations, each by the letter of the matrix that the line is
    about, "" for the update. A name in braces stands for the number of a setting, or for one that follows from it.
    """

    update: str
    downhill: str
    steps: Mapping[str, str]
    reasons: Mapping[tuple[Reason, str], str] = field(default_factory=dict)


_VELOCITY = _(
    "Each weight has a velocity, as a ball that rolls downhill: μ = {momentum} times its old velocity, plus its slope."
)
_REASONS_OF_VELOCITY = {
    (Reason.RECURSION, "V"): _(
        "One weight at a time: gₜ is its slope in iteration t, and vₜ is its velocity; v₀ is 0."
    ),
    (Reason.INSERTED, "V"): _("vₜ₋₁ was made in the same way; put that in."),
    (Reason.UNROLLED, "V"): _(
        "And so on, back to iteration 1: the velocity is a sum of all slopes so far. With each "
        "iteration that passes, a slope counts μ times as much as before."
    ),
    (Reason.TOTAL, "V"): _(
        "As long as the slope stays the same, the velocity is this many times the slope: a geometric "
        "sum, which tends to 1/(1 − μ) = {reach_of_momentum}. So momentum makes the rate up to {reach_of_momentum} "
        "times as large."
    ),
}
_SIGN_OF_SLOPE = _(
    "As ε is tiny, the quotient is 1 or −1, the sign of the slope: each weight moves by η, however steep or flat it is."
)
_OWN_RATE = _("So a weight with large slopes takes short steps, one with small slopes long ones.")
_TEXTS = {
    "gradient descent": OptimizerText(
        update=_("From each weight, subtract the {rate} times its slope."),
        downhill=_(
            "The slopes say which way J grows. Each weight goes the other way, by η times its slope: far where it is "
            "steep, hardly at all where it is flat."
        ),
        steps={},
    ),
    "momentum": OptimizerText(
        update=_("From each weight, subtract the {rate} times its velocity."),
        downhill=_(
            "The slopes say which way J grows. Each weight goes the other way, by η times its velocity, which has the "
            "slopes of many iterations in it."
        ),
        steps={"velocity": _VELOCITY},
        reasons=_REASONS_OF_VELOCITY,
    ),
    "nesterov": OptimizerText(
        update=_(
            "From each weight, subtract the {rate} times its slope plus μ times its velocity: the push that comes "
            "next is taken along already."
        ),
        downhill=_("The slopes say which way J grows; each weight goes the other way by this, all weights at once."),
        steps={"velocity": _VELOCITY},
        reasons=_REASONS_OF_VELOCITY
        | {
            (Reason.KNOWN_BEFORE, ""): _(
                "Momentum moves a weight by this. The first part of it is known before the slope gₜ is."
            ),
            (Reason.TAKEN_ALONG, ""): _(
                "So Nesterov takes that part along one iteration early, and measures the slope "
                "where it leads. The part of this iteration has been taken along before; the next one is taken along "
                "now."
            ),
        },
    ),
    "adagrad": OptimizerText(
        update=_("From each weight, subtract the {rate} times its slope, divided by the root of its squares."),
        downhill=" ".join(
            (
                _(
                    "The slopes say which way J grows. Each weight goes the other way, by η times its slope, divided "
                    "by the root of all its squares so far."
                ),
                _OWN_RATE,
            )
        ),
        steps={
            "squares": _("Each weight adds up the squares of all its slopes; the one of this iteration is added now.")
        },
        reasons={
            (Reason.RECURSION, "S"): _(
                "One weight at a time: gₜ is its slope in iteration t, and sₜ is its sum of squares; s₀ is 0."
            ),
            (Reason.UNROLLED, "S"): _(
                "Nothing is forgotten: S has the squares of all slopes so far. It never falls, so "
                "the steps become shorter and shorter."
            ),
            (Reason.FIRST_ITERATION, ""): " ".join((_("In iteration 1, s₁ is g₁²."), _SIGN_OF_SLOPE)),
        },
    ),
    "rmsprop": OptimizerText(
        update=_("From each weight, subtract the {rate} times its slope, divided by the root of its mean square."),
        downhill=" ".join(
            (
                _(
                    "The slopes say which way J grows. Each weight goes the other way, by η times its slope, divided "
                    "by the root of its mean square."
                ),
                _OWN_RATE,
            )
        ),
        steps={
            "squares": _(
                "Each weight keeps a moving average of its squared slopes: ρ = {rho} of the old average, and "
                "1 − ρ of the new square."
            )
        },
        reasons={
            (Reason.RECURSION, "S"): _(
                "One weight at a time: gₜ is its slope in iteration t, and sₜ is its mean square; s₀ is 0."
            ),
            (Reason.UNROLLED, "S"): _(
                "A sum over all squares so far. With each iteration that passes, a square counts "
                "ρ times as much as before."
            ),
            (Reason.TOTAL, "S"): _(
                "The shares of all squares sum to this, a geometric sum that tends to 1: so S is a "
                "mean, of about the last 1/(1 − ρ) = {reach_of_rho} squares."
            ),
            (Reason.FIRST_ITERATION, ""): _(
                "In iteration 1, S has only this share of the square, since s₀ is 0. So the "
                "first step of each weight is long: η/√(1 − ρ) = {first_of_rho} η, however steep or flat it is."
            ),
        },
    ),
    "adam": OptimizerText(
        update=_("From each weight, subtract the {rate} times its mean slope, divided by the root of its mean square."),
        downhill=_(
            "The slopes say which way J grows. Each weight goes the other way, by η times its mean slope, divided by "
            "the root of its mean square."
        ),
        steps={
            "moments": _(
                "Two moving averages: M of the slopes, with β₁ = {beta1} of the old M; S of their squares, with "
                "β₂ = {beta2} of the old S."
            ),
            "corrected": _(
                "Both averages began with 0 and are too small at first: 1 − βᵗ corrects that. t is the number "
                "of the iteration."
            ),
        },
        reasons={
            (Reason.RECURSION, "M"): _(
                "One weight at a time: gₜ is its slope in iteration t, and mₜ is its mean slope; m₀ is 0."
            ),
            (Reason.UNROLLED, "M"): _(
                "A sum over all slopes so far. With each iteration that passes, a slope counts β₁ "
                "times as much as before: mₜ is a mean of about the last 1/(1 − β₁) = {reach_of_beta1} slopes."
            ),
            (Reason.RECURSION, "S"): _(
                "The squares of the slopes have the same, with β₂: sₜ is the mean square; s₀ is 0."
            ),
            (Reason.UNROLLED, "S"): _("It is a mean of about the last 1/(1 − β₂) = {reach_of_beta2} squares."),
            (Reason.TOTAL, "M_hat"): _(
                "In a mean, the shares sum to 1. In mₜ, the shares of the slopes sum to less: "
                "to 1 − β₁ = {share_of_beta1} in iteration 1, to this geometric sum in iteration t. So mₜ is too "
                "small at first, as m₀ is 0."
            ),
            (Reason.RECURSION, "M_hat"): _("Divided by that sum, the shares sum to 1."),
            (Reason.FIRST_ITERATION, "M_hat"): _("In iteration 1 the mean is the slope itself, as it should be."),
            (Reason.RECURSION, "S_hat"): _("The mean square in the same way, with β₂."),
            (Reason.FIRST_ITERATION, "S_hat"): _("In iteration 1 it is the square of the slope."),
            (Reason.FIRST_ITERATION, ""): " ".join((_("In iteration 1, m̂₁ is g₁, and ŝ₁ is g₁²."), _SIGN_OF_SLOPE)),
        },
    ),
}


def optimizer_text(network: Network, notation: Notation) -> OptimizerText:
    """The sentences about the optimizer of ``network``, in the signs of ``notation``; {rate} is still to be filled."""
    text, numbers = _TEXTS[network.optimizer.name], _numbers(network.optimizer)

    def written(sentence: str) -> str:
        in_iterations = _OF_ITERATION.sub(
            lambda found: notation.of_iteration(_NAMES[found[1]], found[2].translate(_PLAIN)), sentence
        )
        return notation.translated(in_iterations).format(**numbers, rate="{rate}")

    return replace(
        text,
        update=written(text.update),
        downhill=written(text.downhill),
        steps={name: written(sentence) for name, sentence in text.steps.items()},
        reasons={reason: written(sentence) for reason, sentence in text.reasons.items()},
    )


def _numbers(optimizer: Optimizer) -> dict[str, str]:
    """The numbers in the sentences: the settings, and for each β that is a share 1 − β, 1/(1 − β) and 1/√(1 − β)."""
    written: dict[str, str] = {}
    for name in SETTINGS:
        setting = getattr(optimizer, name)
        written[name] = shortest_text(setting)
        if name != "epsilon":
            share = 1.0 - setting
            written[f"share_of_{name}"] = rounded_text(share, 4)
            written[f"reach_of_{name}"] = rounded_text(1.0 / share, 4)
            written[f"first_of_{name}"] = rounded_text(1.0 / sqrt(share), 4)
    return written
