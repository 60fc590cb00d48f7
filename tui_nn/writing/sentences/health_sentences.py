"""What a student should know of the health of a layer's units, in words."""

from tui_nn.network.checks.unit_health import LayerHealth

_MOST_NAMED = 6


def health_sentence(health: LayerHealth, units: int) -> tuple[str, bool]:
    """Which of the ``units`` of a layer are dead or saturated, in one line; and whether this is a warning."""
    parts = []
    if health.dead:
        parts.append(f"{_of(health.dead, units)} dead, 0 in every row: {_named(health.dead)}")
    if health.saturated:
        parts.append(f"{_of(health.saturated, units)} saturated in every row: {_named(health.saturated)}")
    if parts:
        return "; ".join(parts), True
    if health.flat_share:
        return f"f is flat at {_percent(health.flat_share)} of the z; no unit saturated or dead", False
    return "no unit saturated or dead", False


def _of(which: tuple[int, ...], units: int) -> str:
    return f"{len(which)} of {units}"


def _named(which: tuple[int, ...]) -> str:
    more = ", …" if len(which) > _MOST_NAMED else ""
    return ", ".join(map(str, which[:_MOST_NAMED])) + more


def _percent(share: float) -> str:
    percent = round(100 * share)
    return f"{percent} %" if percent else "under 1 %"
