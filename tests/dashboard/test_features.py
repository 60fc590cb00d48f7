"""An app is made of features: each command of its places is done by one of them."""

from collections import Counter
from pathlib import Path

import pytest

from tests.dashboard.stage import follow_app, lesson_app, replay_app, taught
from tui_nn.dashboard.apps.base import LessonApp
from tui_nn.dashboard.charts.commands import PLANE
from tui_nn.dashboard.panes.chart import CHART
from tui_nn.dashboard.panes.data import DATA
from tui_nn.dashboard.screens.commands import (
    EVERYWHERE,
    EXPLAINING,
    EXPORTING,
    LOOKING_AROUND,
    NAVIGATING,
    OF_FEATURES,
    REPLAYING,
    RUNS,
    TEACHING,
)
from tui_nn.session.events import Moved

_EVERY_APP_S = (NAVIGATING, EXPLAINING, RUNS, EVERYWHERE, CHART, PLANE)
_PLACES = {
    "teaching": {*_EVERY_APP_S, TEACHING, EXPORTING, DATA},
    "following": {*_EVERY_APP_S, LOOKING_AROUND},
    "replaying": {*_EVERY_APP_S, LOOKING_AROUND, REPLAYING, EXPORTING},
}


@pytest.fixture(params=_PLACES)
def app(request: pytest.FixtureRequest, tmp_path: Path) -> LessonApp:
    if request.param == "teaching":
        return lesson_app("lecture")
    path = taught(tmp_path, Moved(1, "A2"))
    return follow_app(path) if request.param == "following" else replay_app(path)


def test_each_command_of_an_app_is_done_by_one_feature(app: LessonApp, request: pytest.FixtureRequest) -> None:
    places = _PLACES[request.node.callspec.params["app"]]
    wanted = {
        command.action
        for command in OF_FEATURES.values()
        if command.where in places and (not app.is_viewer or all(kind.viewer_may_make for kind in command.makes))
    }
    assert {action for action, command in OF_FEATURES.items() if app.has(command)} == wanted
    offered = Counter(action for feature in app.made_of for action in feature.actions)
    assert set(offered.values()) == {1}


def test_a_feature_offers_actions_of_the_table_only(app: LessonApp) -> None:
    assert app.actions.keys() <= OF_FEATURES.keys()
