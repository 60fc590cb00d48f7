"""The names of what a lesson can show: its charts, its panes, and how the charts are drawn. Files use these names."""

CHARTS = (
    "cost",
    "log10 cost",
    "gradients",
    "weights",
    "predictions",
    "surface",
    "slope",
    "gradient check",
    "two weights",
    "unit health",
    "hidden units",
    "rate test",
)
CHART_PANE = "cost"
"""The pane that has `State.chart_cursor`."""
PANES = (
    "step",
    "network",
    "data",
    "settings",
    "forward",
    "backward",
    "derive",
    "explain",
    "check",
    CHART_PANE,
    "results",
    "quiz",
    "compare",
    "diagnosis",
)
AHEAD_FAINT, AHEAD_HIDDEN = AHEAD_STYLES = ("faint", "hidden")
"""How the charts show the iterations after the one shown."""
LINEAR, LOGARITHMIC = ITERATION_SCALES = ("linear", "logarithmic")
"""How the charts space the iterations."""
NETWORK, CHART = BESIDE_STEP = ("network", "chart")
"""What stands beside the step where there is room."""
