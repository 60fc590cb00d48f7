"""The registries of panes and charts, against the names that a session file may have and the keys of the charts."""

import subprocess
import sys

import pytest

from tui_nn.dashboard import charts
from tui_nn.dashboard.charts.chart import Chart
from tui_nn.dashboard.charts.registry import CHARTS, key_of, letter_of
from tui_nn.dashboard.panes.registry import PANE_CLASSES, PANE_COMMANDS, PANES_OF, panes_in
from tui_nn.dashboard.widgets.folder_scan import subclasses_in
from tui_nn.dashboard.widgets.pane import Area
from tui_nn.session import display_choices


@pytest.mark.parametrize(
    ("kind", "found", "named"),
    [("pane", PANE_CLASSES, display_choices.PANES), ("chart", CHARTS, display_choices.CHARTS)],
)
def test_a_session_file_may_name_each_that_there_is_and_no_other(
    kind: str, found: dict[str, object], named: tuple[str, ...]
) -> None:
    missing, extra = set(found) - set(named), set(named) - set(found)
    assert not missing, f"a file may not name the {kind} {missing}: add it to session/display_choices.py"
    assert not extra, f"session/display_choices.py names {extra}, and no file in the folder of {kind}s has it"
    assert next(iter(found)) == named[0], f"a lesson begins with another {kind} than the first"


def test_each_pane_has_a_place_of_its_own() -> None:
    assert {pane for area in Area for pane in panes_in(area)} == {*PANE_CLASSES.values()}
    infos = [pane.info for pane in PANE_CLASSES.values()]
    assert len({(info.area, info.place) for info in infos}) == len({info.tab for info in infos}) == len(infos)
    assert all(info.title and info.help.endswith(".") for info in infos)


def test_each_chart_has_a_key_or_a_letter_of_its_own() -> None:
    assert "".join(key_of(name) or letter_of(name) for name in CHARTS) == "12345678abcd"
    assert all(chart.help for chart in CHARTS.values())


def test_the_registry_lists_every_chart() -> None:
    found = {one.name: one for one in subclasses_in(charts, Chart, "name")}
    assert {name: type(known.chart) for name, known in CHARTS.items()} == found


def test_a_chart_is_imported_when_it_is_first_shown() -> None:
    code = (
        "import sys, tui_nn.dashboard.apps.teach\n"
        "print(*(name for name in sys.modules if name.startswith('tui_nn.dashboard.charts.')))"
    )
    imported = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    own = {known.made_by.split(".")[0] for known in CHARTS.values()} - {"cost"}
    assert "tui_nn.dashboard.charts.registry" in imported
    assert own.isdisjoint(name.rpartition(".")[2] for name in imported)


def test_the_commands_of_a_pane_lead_to_a_pane_that_has_them() -> None:
    for command in PANE_COMMANDS:
        assert all(command in PANE_CLASSES[name].commands for name in PANES_OF[command.where])
    # Enter on a cell of a matrix is chosen from the help: it begins in the step, which every screen shows first.
    assert PANES_OF["In the matrices"][0] == "step"
