"""Where the settings stand in a pane of a size."""

import pytest
from textual.geometry import Size

from tui_nn.dashboard.panes.parts.settings_columns import SettingGroup, SettingsColumns
from tui_nn.session.hyperparameter import Hyperparameter
from tui_nn.session.settings import HYPERPARAMETERS

_GROUPS = [
    SettingGroup("Network", [("hidden units", 10), ("activation", 12), ("bias", 7)]),
    SettingGroup("Start", [("start", 11), ("seed", 10)]),
    SettingGroup("Training", [("learning rate", 10)]),
    SettingGroup("Data", [("scaling of x", 18), ("scaling of y", 18)]),
]


@pytest.mark.parametrize(
    ("size", "columns"),
    [(Size(60, 30), 1), (Size(118, 17), 1), (Size(118, 9), 2), (Size(118, 6), 3), (Size(118, 2), 4), (Size(30, 2), 1)],
)
def test_the_settings_stand_in_as_few_columns_as_the_height_allows(size: Size, columns: int) -> None:
    laid_out = SettingsColumns(_GROUPS, size)
    assert len({place.x for place in laid_out.labels}) == columns
    assert laid_out.height <= size.height or columns in (1, 4)


def test_each_setting_has_its_own_place_below_the_title_of_its_group() -> None:
    laid_out = SettingsColumns(_GROUPS, Size(118, 9))
    assert len(set(laid_out.labels)) == len(laid_out.values) == len(laid_out.value_widths) == 8
    titles = dict(laid_out.titles)
    assert titles["Network"].y + 1 == laid_out.labels[0].y
    assert titles["Data"].y + 2 == laid_out.labels[7].y
    assert all(
        label.y == value.y and label.x < value.x for label, value in zip(laid_out.labels, laid_out.values, strict=True)
    )


@pytest.mark.parametrize("setting", HYPERPARAMETERS.values(), ids=lambda setting: setting.key)
def test_what_a_setting_means_fits_beside_the_title_in_80_columns(setting: Hyperparameter) -> None:
    assert len(setting.meaning) <= 61
