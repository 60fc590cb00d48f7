"""The dashboard with the decimal comma."""

import pytest

from tests.dashboard.stage import opened
from tui_nn import decimal_sign
from tui_nn.decimal_sign import with_commas

_KEYS = ("right", "right", "e", "right", "enter", "escape", "escape", "down", "left", "2", "G")


async def _screens() -> list[list[str]]:
    """What the terminal shows after each key, which is sent as differences alone."""
    screens = []
    async with opened(size=(120, 40)) as stage:
        for key in _KEYS:
            await stage.press(key)
            await stage.still()
            screens.append(list(stage.terminal.lines))
    return screens


async def test_each_screen_is_the_same_but_for_its_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    with_points = await _screens()
    monkeypatch.setenv(decimal_sign.VARIABLE, decimal_sign.COMMA)
    with_comma = await _screens()
    for points, commas in zip(with_points, with_comma, strict=True):
        assert commas == [with_commas(line) for line in points]
    assert any("0,0" in line for line in with_comma[-1])
