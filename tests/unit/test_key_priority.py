"""Threads that compute wait while a key is seen to, but never for long."""

import pytest

from tui_nn.dashboard.terminal.key_priority import KeyPriority


class _Clock:
    """A clock that sleeping moves on, and what happens meanwhile."""

    def __init__(self) -> None:
        self.now = 100.0
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.now += seconds
        self.slept.append(seconds)


def test_nobody_waits_where_no_key_was_pressed() -> None:
    clock = _Clock()
    KeyPriority(lambda: clock.now, clock.sleep).give_way()
    assert clock.slept == []


def test_after_a_key_they_wait_until_the_screen_is_drawn() -> None:
    clock = _Clock()
    keys_first = KeyPriority(lambda: clock.now, clock.sleep)
    with keys_first.handling_a_key():
        clock.now += 1.0
    keys_first.give_way()
    assert sum(clock.slept) == pytest.approx(0.05)
    keys_first.give_way()
    assert len(clock.slept) == 1


def test_a_key_that_takes_long_or_is_held_down_stops_nobody_for_good() -> None:
    clock = _Clock()
    keys_first = KeyPriority(lambda: clock.now, clock.sleep)
    with keys_first.handling_a_key():
        keys_first.give_way()
        assert 0.2 <= sum(clock.slept) <= 0.3
        assert len(clock.slept) <= 6
