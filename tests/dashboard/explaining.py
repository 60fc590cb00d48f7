"""The pane that explains a cell."""

from tests.dashboard.stage import Stage
from tui_nn.session.events import Selected


async def explain(stage: Stage, place: str, cell: Selected) -> None:
    """Goes to a place, selects a cell and gives its explanation the keys."""
    await stage.go_to(place)
    stage.app.dispatch(cell)
    await stage.focus("explain")


def explained_cell(stage: Stage) -> str:
    """The name of the cell explained, below the title."""
    lines = (line.strip() for line in stage.pane("explain").splitlines()[1:])
    return next(line for line in lines if line).split("   ")[0]
