"""An app is made of features: each command of its places is done by one of them."""

from collections import Counter
from pathlib import Path

import pytest

from tests.dashboard.stage import follow_app, lesson_app, replay_app, taught
from tui_nn.dashboard.apps.base import LessonApp
from tui_nn.dashboard.screens.commands import COMMANDS, PANES
from tui_nn.session.events import Moved


@pytest.fixture(params=["teaching", "following", "replaying"])
def app(request: pytest.FixtureRequest, tmp_path: Path) -> LessonApp:
    if request.param == "teaching":
        return lesson_app("lecture")
    path = taught(tmp_path, Moved(1, "A2"))
    return follow_app(path) if request.param == "following" else replay_app(path)


def test_each_command_of_an_app_is_done_by_one_feature(app: LessonApp) -> None:
    wanted = {command.action for command in COMMANDS if command.where in app.COMMANDS_OF and command.action}
    assert wanted <= app.actions.keys()
    offered = Counter(action for feature in app.made_of for action in feature.actions)
    assert set(offered.values()) == {1}


def test_a_feature_offers_actions_of_the_table_only(app: LessonApp) -> None:
    known = {command.action for command in COMMANDS if command.where != PANES}
    assert app.actions.keys() <= known
