"""Every command once: its keys, what it says in the key line and in the help, and where it applies.

The bindings, the key line, the help and the palette are made from this table.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from textual.binding import Binding, BindingType

EVERYWHERE = "Everywhere"
PANES = "Between panes"
MOVING = "Walking through the lesson"
SEEING = "Understanding a number"
TEACHING = "Teaching the lesson"
RUNS = "Runs beside each other"
REPLAYING = "In the replay"
HANDING = "Handing out"
LOOKING = "Looking around"
DATA = "In the data"
GRID = "In a table"
TYPING = "While typing into a table"
ANSWERING = "While typing an answer"
MATRICES = "In the matrices"
EXPLANATION = "In the explanation"
CHART = "On the chart"
DERIVATION = "In the derivation"
QUIZ = "In the quiz"
CHECK = "In the gradient check"
RESULTS = "In the results"


PANES_OF = {
    DATA: ("data",),
    GRID: ("data", "settings"),
    MATRICES: ("forward", "backward", "step", "compare"),
    EXPLANATION: ("explain",),
    CHART: ("cost",),
    DERIVATION: ("derive",),
    QUIZ: ("quiz",),
    CHECK: ("check",),
    RESULTS: ("results",),
}
"""The panes that are such a place; a command that is chosen elsewhere goes to the first of them."""


DO = "do"
"""The app's action for all commands of features; its parameter is the command's action."""

_ARROWS = {"→": "Right", "←": "Left", "↓": "Down", "↑": "Up"}


@dataclass(frozen=True)
class Command:
    """One thing that the user can do. ``keys`` are Textual's names; ``shown`` is what the screen calls the key.

    ``action`` names what it does: in a pane, or between panes, an action of that widget; everywhere else an action of
    one of the app's features (`Feature.actions`). A command without an action is a key that a pane handles itself; the
    help lists it. ``short`` stands in the key line, which leaves out a command without it. A command that ``edits`` is
    not there for viewers; a command that ``asks`` opens a dialog.
    """

    action: str
    keys: str
    shown: str
    short: str
    help: str
    where: str
    edits: bool = False
    asks: bool = False

    @property
    def textual_action(self) -> str:
        """The action as Textual runs it, on the widget or on the app."""
        return self.action if self.where in (PANES, *PANES_OF) else f"{DO}({self.action!r})"

    @property
    def key(self) -> str:
        """The first of its keys."""
        return self.keys.split(",")[0]

    def named(self, *, unicode: bool) -> str:
        """What its key is called; the arrows have names where there are no signs for them."""
        return self.shown if unicode else "/".join(_ARROWS.get(one, one) for one in self.shown.split())

    @property
    def is_a_choice(self) -> bool:
        """Whether it can be done by choosing its name; not so the arrows, or a number that is typed."""
        return bool(self.action or self.keys)


COMMANDS: tuple[Command, ...] = (
    Command("next_event", "right,pagedown,n", "→", "next event", "What happened next (also PgDn, n)", REPLAYING),
    Command("previous_event", "left,pageup,p", "←", "event back", "One event back (also PgUp, p)", REPLAYING),
    Command("play_replay", "space", "space", "play", "Play the lesson as it was taught, and pause", REPLAYING),
    Command("next_mark", "down,full_stop", "↓", "next mark", "The next place that the teacher marked", REPLAYING),
    Command("previous_mark", "up,comma", "↑", "mark back", "The place marked before", REPLAYING),
    Command("go_to_moment", "g", "g", "go to", "Go to a moment (1:30), an event (42) or a mark", REPLAYING, asks=True),
    Command("replay_faster", "plus,equals_sign", "+", "", "Replay faster", REPLAYING),
    Command("replay_slower", "minus", "-", "", "Replay slower", REPLAYING),
    Command("replay_begin", "home", "Home", "", "The beginning of the lesson", REPLAYING),
    Command("replay_end", "end", "End", "", "The end of the lesson", REPLAYING),
    Command("look_around", "l", "l", "look around", "Stop, and walk through the lesson yourself", REPLAYING),
    Command("come_back", "escape", "Esc", "back to the teacher", "Go back to where the teacher is", LOOKING),
    Command("next_step", "right,pagedown,n", "→", "step", "Next step of the iteration (also PgDn, n)", MOVING),
    Command("previous_step", "left,pageup,p", "←", "back", "Step back (also PgUp, p)", MOVING),
    Command("next_iteration", "down,full_stop", "↓", "iteration", "Next iteration (also .)", MOVING),
    Command("previous_iteration", "up,comma", "↑", "", "Iteration back (also ,)", MOVING),
    Command("go_to", "g", "g", "go to", "Go to an iteration, a step or a cell of it, or a mark", MOVING, asks=True),
    Command("play", "space", "space", "play", "Play and pause, an iteration at a time", MOVING),
    Command("faster", "plus,equals_sign", "+", "", "Play faster", MOVING),
    Command("slower", "minus", "-", "", "Play slower", MOVING),
    Command("first", "home", "Home", "", "The first step of the first iteration", MOVING),
    Command("last", "end", "End", "", "The last step of the last iteration", MOVING),
    Command("explain", "e", "e", "explain", "Explain the cell selected, or the first of this step", SEEING),
    Command("derive", "y", "y", "", "Why this formula? Its derivation, line by line", SEEING),
    Command("check", "G", "G", "", "Check the gradient: each slope beside a measured one", SEEING),
    Command("plant", "M", "M", "", "Plant a mistake in a program, to be found by the check", SEEING, asks=True),
    Command("predict", "P", "P", "", "Answer the next question: predict what is hidden", SEEING),
    Command("new_row", "N", "N", "", "Predict for a new row, one that is not in the data", SEEING, asks=True),
    Command("choose", "enter", "Enter", "", "Choose one of the cells of this step", MOVING),
    Command("chart", "c", "c", "chart", "The next chart", EVERYWHERE),
    Command("show_chart('cost')", "1", "1", "", "Chart: the cost", EVERYWHERE),
    Command("show_chart('log10 cost')", "2", "2", "", "Chart: the cost's logarithm", EVERYWHERE),
    Command("show_chart('gradients')", "3", "3", "", "Chart: the size of each layer's gradient", EVERYWHERE),
    Command("show_chart('weights')", "4", "4", "", "Chart: the path of each weight", EVERYWHERE),
    Command("show_chart('predictions')", "5", "5", "", "Chart: predictions beside the truth, row by row", EVERYWHERE),
    Command("show_chart('surface')", "6", "6", "", "Chart: the prediction over the plane of two inputs", EVERYWHERE),
    Command("show_chart('slope')", "7", "7", "", "Chart: J along the weight selected, and the next step", EVERYWHERE),
    Command("show_chart('gradient check')", "8", "8", "", "Chart: the relative error against epsilon", EVERYWHERE),
    Command("ahead", "H", "H", "", "Hide what lies ahead on the charts, or show it faint", EVERYWHERE),
    Command("more_decimals", "right_square_bracket", "]", "", "One decimal more in the matrices, up to 17", EVERYWHERE),
    Command("fewer_decimals", "left_square_bracket", "[", "", "One decimal less, down to 2", EVERYWHERE),
    Command("scientific", "x", "x", "", "Numbers as powers of ten, or not", EVERYWHERE),
    Command("next_pane", "tab", "Tab", "panes", "Next pane (shift+Tab: the one before)", PANES),
    Command("previous_pane", "shift+tab", "shift+Tab", "", "The pane before", PANES),
    Command("whole", "z", "z", "", "Give this pane the whole screen, or show all again", PANES),
    Command("leave_pane", "escape", "Esc", "", "Leave the pane: the arrows walk the lesson again", PANES),
    Command("undo", "u", "u", "undo", "Undo the last edit, note or mark", TEACHING),
    Command("redo", "U", "U", "", "Redo what was undone last", TEACHING),
    Command("effect", "h", "h", "", "Edits take effect from here on, or start the run again", TEACHING),
    Command("note", "r", "r", "", "Write a note at this step", TEACHING, asks=True),
    Command("mark", "m", "m", "", "Give this step a name, to go back to it", TEACHING, asks=True),
    Command("change_note", "C", "C", "", "Change or delete a note or the name of this step", TEACHING, asks=True),
    Command("question", "Q", "Q", "", "Ask a question here, about the cell selected", TEACHING, asks=True),
    Command("branch", "b", "b", "branch", "Keep this run, and go on with another one beside it", RUNS, asks=True),
    Command("next_run", "v", "v", "next run", "Show the next of the runs", RUNS),
    Command("next_compared", "V", "V", "", "Compare this run with the next of the others", RUNS),
    Command("fork", "f", "f", "", "Go back to the iteration where this run left the other", RUNS),
    Command("starts", "t", "t", "", "Run the lesson from many other starts at once", RUNS, asks=True),
    Command("replay", "R", "R", "", "Replay this lesson from its beginning", TEACHING),
    Command("share", "w", "w", "", "Let the class follow the lesson live", TEACHING, asks=True),
    Command("open", "o", "o", "open", "Open another lesson or file", TEACHING, asks=True),
    Command("save", "s", "s", "save", "Save all that happened to a file, and go on there", TEACHING, asks=True),
    Command("save_fresh", "S", "S", "", "Save the lesson as it stands as a fresh one", TEACHING, asks=True),
    Command("hand_out", "E", "E", "", "Hand out this iteration, or the run as a program", HANDING, asks=True),
    Command("training", "k", "k", "", "Stop computing the iterations, or go on with it", EVERYWHERE),
    Command("quit", "q", "q", "quit", "Quit", EVERYWHERE),
    Command(
        "command_palette",
        "ctrl+p",
        "ctrl+p",
        "",
        "Find a command, a setting, a lesson or a theme by name",
        EVERYWHERE,
        asks=True,
    ),
    Command("redraw", "ctrl+l", "ctrl+l", "", "Draw the screen again, where something else wrote on it", EVERYWHERE),
    Command("add_row", "a", "a", "add row", "Add a row below, equal to this one until you edit it", DATA, edits=True),
    Command("remove_row", "d", "d", "delete row", "Delete this row", DATA, edits=True),
    Command("add_column", "A", "A", "add column", "Add a column of ones to the right", DATA, edits=True),
    Command("remove_column", "D", "D", "delete column", "Delete this column", DATA, edits=True),
    Command(
        "read_csv",
        "i",
        "i",
        "CSV in",
        "Take all data from a CSV file; the last columns are y",
        DATA,
        edits=True,
        asks=True,
    ),
    Command("write_csv", "O", "O", "CSV out", "Write the data to a CSV file", DATA, edits=True, asks=True),
    Command("", "", "paste", "", "Put a block from a spreadsheet at the cursor", DATA, edits=True),
    Command("", "", "arrows", "", "Move the cursor; left and right turn a choice", GRID),
    Command(
        "",
        "enter",
        "Enter",
        "edit",
        "Edit the cell, or turn the choice",
        GRID,
        edits=True,
    ),
    Command("", "", "0-9", "", "Type a new number: 75, -0.5, 0,5, 1e-3, 1/3", GRID, edits=True),
    Command("", "", "a-z", "", "Choose by the first letters, on a choice", GRID, edits=True),
    Command("", "", "Enter", "keep", "Keep what is typed; in the data, go down (arrows: down, up)", TYPING, edits=True),
    Command("", "", "Tab", "keep, next", "Keep it, next cell (shift+Tab: before); Enter: next row", TYPING, edits=True),
    Command("", "", "Esc", "leave as it was", "Leave the cell as it was", TYPING, edits=True),
    Command("", "", "Enter", "answer", "Give the answer: it can't be taken back", ANSWERING),
    Command("", "", "Tab", "answer, next question", "Give it, and go to the next question", ANSWERING),
    Command("", "", "Esc", "leave it open", "Leave the question open", ANSWERING),
    Command("", "", "arrows", "select", "Select a cell, and go from matrix to matrix", MATRICES),
    Command("", "enter", "Enter", "explain", "Explain the cell selected", MATRICES),
    Command(
        "set_weight",
        "",
        "0-9",
        "set weight",
        "Set the weight selected to another value: type it",
        MATRICES,
        edits=True,
        asks=True,
    ),
    Command("", "", "arrows", "choose", "Choose one of the cells that this one was made from", EXPLANATION),
    Command("", "enter", "Enter", "explain", "Explain that one", EXPLANATION),
    Command("", "", "Esc", "back", "Back to the cell one came from, or to the lesson", EXPLANATION),
    Command("", "", "← →", "cursor", "Walk along the curve; , and . an iteration; Home, End", CHART),
    Command("", "", "0-9", "answer", "Type the answer: 0.25, 0,25, 1/4; 3x2; + or -; 1 2; 3 4", QUIZ),
    Command("", "enter", "Enter", "", "Type the answer", QUIZ),
    Command("", "", "↑ ↓", "questions", "The question before, the next one", QUIZ),
    Command("reveal", "a", "a", "show it", "Give up, and see the answer", QUIZ),
    Command("withdraw", "d", "d", "", "Take this question out of the lesson", QUIZ, edits=True),
    Command("", "", "↓ ↑", "", "The next of the new rows, the one before", RESULTS),
    Command("work_out", "enter", "Enter", "working", "How the prediction for this new row comes about", RESULTS),
    Command("remove_new_row", "d", "d", "take out", "Take this new row out again", RESULTS),
    Command("", "", "→", "next line", "The next line; after the last one the next step", DERIVATION),
    Command("", "", "←", "line back", "A line back", DERIVATION),
    Command("", "enter", "Enter", "go there", "Go to the iteration at the cursor", CHART),
    Command("", "", "arrows", "weight", "Choose another weight to be checked", CHECK),
    Command("", "enter", "Enter", "say which mistake", "Say which mistake was planted", CHECK),
    Command("", "", "Home End", "", "The top and the bottom of what is longer than the pane", CHECK),
    Command("help", "question_mark,f1", "?", "help", "All keys", EVERYWHERE, asks=True),
)


_BY_LINES = ("next_step", "previous_step")
"""What goes a line on or back in the derivation."""

ASKING = frozenset(command.action for command in COMMANDS if command.asks)
"""The actions that open a dialog."""


def bindings_of(*places: str) -> list[BindingType]:
    """The bindings of the commands that apply in ``places``; a table takes some of its keys by itself."""
    return [
        # Drawing a spoilt screen again works over a dialog as well.
        Binding(command.keys, command.textual_action, command.help, show=False, priority=command.action == "redraw")
        for command in COMMANDS
        if command.action and command.keys and command.where in places
    ]


def bindings_from_elsewhere(place: str) -> list[BindingType]:
    """The bindings with which commands of ``place`` that open a dialog are done from any other place as well."""
    return [
        Binding(command.keys, f"do_there('{command.action}')", command.help, show=False)
        for command in COMMANDS
        if command.asks and command.keys and command.where == place
    ]


def commands_of(place: str, *, is_guest: bool) -> list[Command]:
    """The commands that there are in ``place``, for whoever teaches or only looks on."""
    return [command for command in COMMANDS if command.where == place and not (is_guest and command.edits)]


def key_line(places: Sequence[str], *, is_guest: bool) -> list[Command]:
    """The commands that the key line shows where ``places`` apply, those of the place itself first."""
    here = [one for place in places for one in commands_of(place, is_guest=is_guest) if one.short]
    # What Enter does here need not be said of another key as well.
    shown: dict[str, Command] = {}
    for one in here:
        if not (DERIVATION in places and one.action in _BY_LINES):
            shown.setdefault(one.short, one)
    return [command for command in shown.values() if command.action != "help"] + [
        c for c in COMMANDS if c.action == "help"
    ]
