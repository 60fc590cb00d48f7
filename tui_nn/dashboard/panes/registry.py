"""The panes: what each is called, and in a sentence what one does there."""

from typing import NamedTuple

PANE_NAMES = {
    "step": "Step",
    "data": "Data",
    "settings": "Settings",
    "forward": "Forward",
    "backward": "Backward",
    "derive": "Derive",
    "explain": "Explain",
    "check": "Check",
    "cost": "Chart",
    "results": "Results",
    "quiz": "Quiz",
    "compare": "Compare",
}
"""What each pane is called, in the order in which Tab goes through them."""
STEP = next(iter(PANE_NAMES))


class PaneHelp(NamedTuple):
    """What one does in a pane: for the line of its title, and in a whole sentence."""

    short: str
    sentence: str


PANE_HELP = {
    "step": PaneHelp(
        "what is computed now",
        "What is computed now: words, symbols, shapes, numbers.",
    ),
    "derive": PaneHelp(
        "the next line with the right arrow",
        "Why the formula is as it is: the chain rule, line by line.",
    ),
    "data": PaneHelp(
        "type a number to change it",
        "As typed in and as the network sees it; type to change.",
    ),
    "settings": PaneHelp(
        "type a number, or turn a choice with the arrows",
        "Network, start, training: type a number, turn a choice.",
    ),
    "forward": PaneHelp(
        "choose a cell with the arrows; Enter says where it comes from",
        "From X to the prediction: choose a cell, Enter explains.",
    ),
    "backward": PaneHelp(
        "choose a cell with the arrows; Enter says where it comes from",
        "From the error to each weight's slope, cell by cell.",
    ),
    "explain": PaneHelp(
        "choose a number with the arrows; Enter explains that one",
        "How a number came to be; Enter explains one in it.",
    ),
    "check": PaneHelp(
        "choose a weight with the arrows; M plants a mistake",
        "Slopes measured beside backpropagation's; M plants a mistake.",
    ),
    "cost": PaneHelp(
        "walk along the curve with the arrows; Enter goes there",
        "The run as curves: walk along, Enter takes you there.",
    ),
    "results": PaneHelp(
        "before and after the update; N: for a new row",
        "Predictions beside the truth, in the data's own units.",
    ),
    "quiz": PaneHelp(
        "type the answer",
        "Predict what is hidden, then see it with its working.",
    ),
    "compare": PaneHelp(
        "V compares with the next run",
        "Two runs: their costs, weights and the cell selected.",
    ),
}
