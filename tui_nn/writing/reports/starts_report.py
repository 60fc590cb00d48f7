"""Reports on training from many starts: a summary for people, every start for programs."""

from collections import Counter

import numpy as np
from numpy.typing import NDArray

from tui_nn.language import _, pgettext
from tui_nn.network import ManyStarts, Network, Outcome
from tui_nn.network.model.array import Array
from tui_nn.network.training.run_outcome import FALL, HEIGHT, LEARNT, RISES, VANISHED
from tui_nn.session.document import Document
from tui_nn.writing.notation.batch_text import has_batches
from tui_nn.writing.notation.cost_text import best_constant_name, has_own_best_constant
from tui_nn.writing.notation.number_format import group_digits, r_columns, rounded_text
from tui_nn.writing.notation.signs import Notation
from tui_nn.writing.reports.run_report import Report, data_notes

_QUANTILES = {"least": 0.0, "lower quartile": 0.25, "median": 0.5, "upper quartile": 0.75, "greatest": 1.0}
_NAMED = 5
_DECADES_A_BAR = (0.25, 0.5, 1, 2, 5, 10, 20, 50)
_MOST_BARS = 15
_LONGEST_BAR = 50
_LEAST_DOUBLE = 5e-324
# For translators: how many runs end so: 18 stuck, 2 at rest.
_OUTCOMES = {
    Outcome.OVERFLOWED: pgettext("runs that end", "overflowed"),
    Outcome.UNKNOWN: pgettext("runs that end", "too short to tell"),
    Outcome.LEARNT: pgettext("runs that end", "learnt"),
    Outcome.UNSETTLED: pgettext("runs that end", "rising or oscillating"),
    Outcome.FALLING: pgettext("runs that end", "still falling"),
    Outcome.STUCK: pgettext("runs that end", "stuck"),
    Outcome.AT_REST: pgettext("runs that end", "at rest"),
}


def starts_report(document: Document, many: ManyStarts, notation: Notation) -> Report:
    """How J of the last iteration is spread over the starts, how many are stuck, the best and the worst seeds.

    Quantiles, bars, best and worst seeds leave out the starts that overflowed. Quantiles between two costs are
    interpolated as R's ``quantile`` does. Raises ValueError if there are no starts.
    """
    if not many.seeds:
        raise ValueError("there are no starts to report on")
    seeds, costs = np.array(many.seeds), many.final_costs
    finite = int(np.count_nonzero(~many.overflowed))
    # The cost of a start that overflowed is nan, which sorts last. A stable sort keeps equal costs in their order.
    order = np.argsort(costs, kind="stable")[:finite]
    best, worst = order[:_NAMED], order[_NAMED:][-_NAMED:][::-1]
    quantiles: list[float] = np.quantile(costs[order], list(_QUANTILES.values())).tolist() if finite else []
    bars_from, counts = _histogram_bars(costs[order])

    report = Report(document.title)
    report.add("starts", len(seeds), "Starts")
    report.add("iterations", int(many.iterations[-1]), "Iterations")
    report.add("first_seed", many.seeds[0], "First seed")
    for i, name in enumerate(_QUANTILES):
        report.add(name.replace(" ", "_"), quantiles[i] if finite else None)
    report.add("bars_from", bars_from)
    report.add("bar_counts", counts)
    for name, chosen in (
        ("stuck_seeds", many.stuck),
        ("overflowed_seeds", many.overflowed),
        ("best_seeds", best),
        ("worst_seeds", worst),
    ):
        report.add(name, seeds[chosen].tolist())
    report.add("seeds", seeds.tolist())
    report.add("final_costs", costs)
    report.add("endings", [str(ending) for ending in many.outcomes])
    # A name in JSON keeps its meaning: "mean_cost" stays for costs whose best constant is the mean of y.
    report.add("constant_cost" if has_own_best_constant(document.network) else "mean_cost", many.evidence.constant_cost)
    report.add("floor", many.evidence.floor)

    J = f"J of iteration {group_digits(int(many.iterations[-1]))}"
    if finite:
        ends = {"least": order[0], "greatest": order[-1]}
        notes = [f"seed {seeds[ends[name]]}" if name in ends else "" for name in _QUANTILES]
        report.paragraphs.append(
            _costs_table(f"{J}, from the least to the greatest", list(_QUANTILES), quantiles, notes)
        )
        report.paragraphs.append(_histogram(f"Starts by their {J}", bars_from, counts, notation))
        report.paragraphs.append(_outcomes_paragraph(many, document.network))
    if finite < len(seeds):
        report.paragraphs.append(_overflow_sentence(document, many))
    for heading, rows in (("The best seeds", best), ("The worst seeds", worst)):
        if len(rows):
            report.paragraphs.append(_costs_table(heading, [str(seed) for seed in seeds[rows]], costs[rows].tolist()))
    report.paragraphs += remarks_on_runs(document)
    report.notes = data_notes(document, notation)
    return report


def remarks_on_runs(document: Document) -> list[str]:
    """Sentences on runs from many starts that differ from a run of the lesson: what J is, and where they end."""
    says = [_("J is that of all training rows, not of a batch.")] if has_batches(document) else []
    if document.stopping.is_there:
        says.append(_("All runs make all iterations; the lesson's conditions to stop don't count."))
    return says


def _histogram_bars(costs: Array) -> tuple[list[float], list[int]]:
    """The bars of a histogram with a logarithmic axis: where each bar begins, and how many costs lie in it.

    Costs of 0, which have no logarithm, have a bar of their own.
    """
    positive = costs[costs > 0]
    bars_from, counts = np.empty(0), np.empty(0, dtype=np.int64)
    if len(positive):
        least, greatest = np.log10(positive.min()), np.log10(positive.max())
        step = next(step for step in _DECADES_A_BAR if greatest // step - least // step < _MOST_BARS)
        # One more bar at each end, since the edges are rounded to three digits; empty bars are removed below.
        with np.errstate(over="ignore"):
            powers = 10.0 ** (step * np.arange(least // step - 1, greatest // step + 2))
        bars_from = np.array([max(float(f"{power:.3g}"), _LEAST_DOUBLE) for power in powers])
        counts = np.bincount(np.searchsorted(bars_from, positive, side="right") - 1, minlength=len(bars_from))
        reached = np.flatnonzero(counts)
        filled = slice(reached[0], reached[-1] + 1)
        bars_from, counts = bars_from[filled], counts[filled]
    zeros = len(costs) - len(positive)
    before: tuple[list[float], list[int]] = ([0.0], [zeros]) if zeros else ([], [])
    return before[0] + bars_from.tolist(), before[1] + counts.tolist()


def _histogram(heading: str, bars_from: list[float], counts: list[int], notation: Notation) -> str:
    sign = "█" if notation.unicode else "#"
    written = [group_digits(count) for count in counts]
    width = max(map(len, written))
    lines = [
        f"  from {reach:7.1e}  {count.rjust(width)}  {sign * -(-number * _LONGEST_BAR // max(counts))}".rstrip()
        for reach, count, number in zip(bars_from, written, counts, strict=True)
    ]
    return "\n".join((heading, *lines))


def _costs_table(heading: str, names: list[str], costs: list[float], notes: list[str] | None = None) -> str:
    width = max(map(len, names))
    written = (row[0] for row in r_columns(np.array(costs)[:, np.newaxis]))
    lines = zip(names, written, notes or [""] * len(names), strict=True)
    return "\n".join((heading, *(f"  {name:<{width}}  {cost}  {note}".rstrip() for name, cost, note in lines)))


def outcome_counts(many: ManyStarts) -> str:
    """How many starts have each outcome, the most frequent first: ``18 stuck, 2 at rest``; "" if all overflow."""
    counts = Counter(ending for ending in many.outcomes if ending is not Outcome.OVERFLOWED)
    return ", ".join(f"{group_digits(count)} {_OUTCOMES[ending]}" for ending, count in counts.most_common())


def stuck_meaning(many: ManyStarts, network: Network) -> str:
    """The meaning of "stuck" in one line."""
    cost = rounded_text(many.evidence.constant_cost, 4)
    if has_own_best_constant(network):
        return _(
            "stuck: J no longer falls, and is that of the best constant ({cost}) or {times} times the least, or slopes "
            "vanished",
            cost=cost,
            times=HEIGHT,
        )
    return _(
        "stuck: J no longer falls, and is that of the mean ({cost}) or {times} times the least, or slopes vanished",
        cost=cost,
        times=HEIGHT,
    )


def _outcomes_paragraph(many: ManyStarts, network: Network) -> str:
    """Sentences: how many starts are stuck, how many have each outcome, and what the outcomes mean."""
    lines = [f"Stuck: {_share_text(many, many.stuck)}. In all: {outcome_counts(many)}."]
    said = {Outcome.STUCK, *many.outcomes}
    lines += [f"  {ending}: {says}" for ending, says in _outcome_meanings(many, network).items() if ending in said]
    return "\n".join(lines)


def _outcome_meanings(many: ManyStarts, network: Network) -> dict[Outcome, str]:
    """The meaning of each outcome, with the numbers that it rests on."""
    cost, floor = rounded_text(many.evidence.constant_cost, 4), rounded_text(many.evidence.floor, 4)
    best = best_constant_name(network)
    half = "over the second half of the iterations"
    return {
        Outcome.STUCK: (
            f"J falls by less than {_percent(FALL)} {half}, and is no better than predicting\n"
            f"    {best} (J = {cost}), or more than {HEIGHT} times the least J of all starts, or the\n"
            f"    slopes of the output let less than {_percent(VANISHED)} of the error through"
        ),
        Outcome.LEARNT: (
            f"J has come down to the least that any network can reach on these data (J = {floor}),\n"
            f"    but for {_percent(LEARNT)} of the way there from {best} (J = {cost})"
        ),
        Outcome.AT_REST: (
            f"J falls by less than {_percent(FALL)} {half}, and no start is far below it:\n"
            "    it may be the best that this network can do"
        ),
        Outcome.FALLING: f"J falls by {_percent(FALL)} or more {half}, or by less because the rate is small",
        Outcome.UNSETTLED: (
            f"J goes up in {_percent(RISES)} of the updates or more, or on the whole, {half},\n"
            "    or stays as high although the slope is steep: the weights jump to and fro"
        ),
        Outcome.UNKNOWN: "one iteration does not show where J goes",
    }


def _percent(share: float) -> str:
    return f"{100 * share:g} %"


def _overflow_sentence(document: Document, many: ManyStarts) -> str:
    return (
        f"Overflowed: {_share_text(many, many.overflowed)}, left out of the other figures. "
        f"A learning rate below {rounded_text(document.learning_rate)} may help."
    )


def _share_text(many: ManyStarts, which: NDArray[np.bool_]) -> str:
    return f"{group_digits(int(np.count_nonzero(which)))} of {group_digits(len(many.seeds))} starts"
