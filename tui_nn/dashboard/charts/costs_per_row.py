"""The curves of the cost where not every iteration uses all rows: the batch, all training rows, the test rows."""

from collections.abc import Iterator

import numpy as np

from tui_nn.dashboard.charts.chart import charted_part
from tui_nn.dashboard.charts.plot import Curve, thinned
from tui_nn.dashboard.view_model.view import View
from tui_nn.language import _
from tui_nn.network.formulas.costs.reduction import MEAN
from tui_nn.network.model.array import Array
from tui_nn.network.training.run_series import RunSeries
from tui_nn.writing.notation.batch_text import has_batches


def is_per_row(view: View) -> bool:
    """Whether the chart shows costs per row, which sums over other numbers of rows can be compared by."""
    document = view.state.document
    return bool(has_batches(document) or document.dataset.test_rows)


def costs_per_row(view: View, first: int, last: int) -> Array:
    """J of iterations, without its penalty, as a mean over the rows of each batch; shape (last − first + 1,)."""
    data_costs = view.run.data_costs
    costs = (view.costs if data_costs is None else data_costs)[first - 1 : last]
    if view.run.network.reduction == MEAN:
        return np.asarray(costs)
    document = view.state.document
    dealt = document.pace.epochs(document.dataset)
    per_row: Array = costs / dealt.batch_size
    # The last batch of an epoch may be smaller.
    last_of_epochs = slice(-first % dealt.per_epoch, None, dealt.per_epoch)
    per_row[last_of_epochs] = costs[last_of_epochs] / dealt.count(dealt.per_epoch)
    return per_row


def curves_per_row(view: View, run_series: RunSeries | None) -> Iterator[Curve]:
    """The curve that stands out first: all training rows; then the test rows, and the batches, faint.

    Of very many iterations, a curve has the least and the greatest of each few.
    """
    first, last = view.charted_range
    last = min(last, view.iterations_charted)
    places, heights = thinned(costs_per_row(view, first, last))
    own = Curve(places + (first - 1), heights)
    part = charted_part(view, run_series) if run_series else None
    if not has_batches(view.state.document):
        yield own._replace(name=_("training"))
    elif part and part.training_costs is not None:
        yield Curve(part.iterations, part.training_costs, name=_("training"))
    if part and part.test_costs is not None:
        yield Curve(part.iterations, part.test_costs, "other", "other-ahead", _("test"))
    if has_batches(view.state.document):
        yield own._replace(style="faint", name=_("batch"))


def least_test_cost(view: View, run_series: RunSeries | None) -> tuple[int, float] | None:
    """Where the test cost is least, and how low; None while that is not known."""
    part = charted_part(view, run_series) if run_series else None
    if part is None or part.test_costs is None or np.isnan(part.test_costs).all():
        return None
    place = int(np.nanargmin(part.test_costs))
    return int(part.iterations[place]), float(part.test_costs[place])
