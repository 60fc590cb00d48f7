"""The commands of every table that the user edits in place."""

from tui_nn.dashboard.widgets.command import Command
from tui_nn.session.events import Edit

GRID = "In a table"
TYPING = "While typing into a table"

GRID_COMMANDS: tuple[Command, ...] = (
    Command("", "", "arrows", "", "Move the cursor; left and right turn a choice", GRID),
    Command("", "enter", "Enter", "edit", "Edit the cell, or turn the choice", GRID, makes=(Edit,)),
    Command("", "", "0-9", "", "Type a new number: 75, -0.5, 0,5, 1e-3, 1/3", GRID, makes=(Edit,)),
    Command("", "", "a-z", "", "Choose by the first letters, on a choice", GRID, makes=(Edit,)),
    Command(
        "", "", "Enter", "keep", "Keep what is typed; in the data, go down (arrows: down, up)", TYPING, makes=(Edit,)
    ),
    Command(
        "", "", "Tab", "keep, next", "Keep it, next cell (shift+Tab: before); Enter: next row", TYPING, makes=(Edit,)
    ),
    Command("", "", "Esc", "leave as it was", "Leave the cell as it was", TYPING, makes=(Edit,)),
)
