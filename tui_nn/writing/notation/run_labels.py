"""Names the runs of a lesson by what differs between them."""

from collections.abc import Mapping

from tui_nn.language import _
from tui_nn.session.document import Document
from tui_nn.session.runs.branches import Branch
from tui_nn.session.settings import HYPERPARAMETERS
from tui_nn.session.state import State
from tui_nn.writing.notation.setting_names import SHORT_NAMES, setting_name, setting_text

_MOST_SETTINGS = 2


def run_labels(state: State) -> Mapping[str, str]:
    """What differs between the runs, by their names: ``rate 5``, ``rate 1``; ``run B`` where no setting tells it."""
    branches = state.branches.all
    documents = {branch.name: _last_document(branch) for branch in branches}
    differing = [
        setting
        for setting in HYPERPARAMETERS.values()
        if len({setting_text(setting.get(document)) for document in documents.values()}) > 1
    ]
    labels = {
        name: ", ".join(
            f"{SHORT_NAMES.get(setting.key, setting_name(setting.key))} {setting_text(setting.get(document))}"
            for setting in differing
        )
        for name, document in documents.items()
    }
    every = list(labels.values())
    is_clear = 0 < len(differing) <= _MOST_SETTINGS
    return {
        name: label if is_clear and every.count(label) == 1 else _("run {name}", name=name)
        for name, label in labels.items()
    }


def _last_document(branch: Branch) -> Document:
    return branch.plan.document_at(branch.plan.document.iterations)
