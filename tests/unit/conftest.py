import sys

import pytest
from hypothesis import HealthCheck, settings

# No deadlines: how fast a machine is must not decide whether a fact holds.
settings.register_profile("unit", deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unit")


@pytest.fixture(autouse=True)
def _no_slow_notice(monkeypatch: pytest.MonkeyPatch) -> None:
    """However busy the machine, a command here does not say that it takes long."""
    if "tui_nn.cli.slow_notice" in sys.modules:
        monkeypatch.setattr("tui_nn.cli.slow_notice._print_notice", lambda: None)
