"""What a student should know of the health of a layer's units, in words."""

from tui_nn.language import _
from tui_nn.network.checks.unit_health import LayerHealth

_MOST_NAMED = 6


def health_sentence(health: LayerHealth, units: int) -> tuple[str, bool]:
    """Which of the ``units`` of a layer are dead or saturated, in one line; and whether this is a warning."""
    parts = []
    if health.dead:
        parts.append(
            _(
                "{count} of {units} dead, 0 in every row: {names}",
                count=len(health.dead),
                units=units,
                names=_named(health.dead),
            )
        )
    if health.saturated:
        parts.append(
            _(
                "{count} of {units} saturated in every row: {names}",
                count=len(health.saturated),
                units=units,
                names=_named(health.saturated),
            )
        )
    if parts:
        return "; ".join(parts), True
    if health.flat_share:
        share = _percent(health.flat_share)
        return _("f is flat at {share} of the z; no unit saturated or dead", share=share), False
    return _("no unit saturated or dead"), False


def _named(which: tuple[int, ...]) -> str:
    more = ", …" if len(which) > _MOST_NAMED else ""
    return ", ".join(map(str, which[:_MOST_NAMED])) + more


def _percent(share: float) -> str:
    percent = round(100 * share)
    return f"{percent} %" if percent else _("under 1 %")
