"""The commands of every table that the user edits in place."""

from tui_nn.dashboard.widgets.command import Command
from tui_nn.language import _, pgettext
from tui_nn.session.events import Edit

GRID = _("In a table")
TYPING = _("While typing into a table")

GRID_COMMANDS: tuple[Command, ...] = (
    Command("", "", _("arrows"), "", _("Move the cursor; left and right turn a choice"), GRID),
    Command(
        "", "enter", "Enter", pgettext("key line", "edit"), _("Edit the cell, or turn the choice"), GRID, makes=(Edit,)
    ),
    Command("", "", "0-9", "", _("Type a new number: 75, -0.5, 0,5, 1e-3, 1/3"), GRID, makes=(Edit,)),
    Command("", "", "a-z", "", _("Choose by the first letters, on a choice"), GRID, makes=(Edit,)),
    Command(
        "",
        "",
        "Enter",
        pgettext("key line", "keep"),
        _("Keep what is typed; in the data, go down (arrows: down, up)"),
        TYPING,
        makes=(Edit,),
    ),
    Command(
        "",
        "",
        "Tab",
        _("keep, next"),
        _("Keep it, next cell (shift+Tab: before); Enter: next row"),
        TYPING,
        makes=(Edit,),
    ),
    Command("", "", "Esc", _("leave as it was"), _("Leave the cell as it was"), TYPING, makes=(Edit,)),
)
