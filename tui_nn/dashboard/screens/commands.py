"""Every command once: its keys, what it says in the key line and in the help, and where it applies.

The bindings, the key line, the help and the palette are made from this table.
"""

from collections.abc import Callable, Sequence

from textual.binding import BindingType

from tui_nn.dashboard.charts.commands import PLANE_CHOICES
from tui_nn.dashboard.charts.registry import CHARTS, key_of, letter_of
from tui_nn.dashboard.panes.chart import CHART
from tui_nn.dashboard.panes.data import DATA
from tui_nn.dashboard.panes.registry import PANE_COMMANDS
from tui_nn.dashboard.widgets.command import Command, bindings
from tui_nn.language import _, pgettext
from tui_nn.session.events import (
    Branched,
    DataReplaced,
    EffectChosen,
    HyperparameterSet,
    Marked,
    MistakePlanted,
    NewRowAdded,
    NewRowRemoved,
    NoteChange,
    Noted,
    NoteRedone,
    NoteUndone,
    NumbersCompared,
    QuestionAsked,
    QuestionOpened,
    Redone,
    RunChosen,
    RunCompared,
    SettingsTried,
    StartTried,
    Undone,
)

EVERYWHERE = _("Everywhere")
PANES = _("Between panes")
NAVIGATING = _("Walking through the lesson")
EXPLAINING = _("Understanding a number")
TEACHING = _("Teaching the lesson")
RUNS = _("Runs beside each other")
REPLAYING = _("In the replay")
EXPORTING = _("Handing out")
LOOKING_AROUND = _("Looking around")

PLACES = (REPLAYING, LOOKING_AROUND, NAVIGATING, EXPLAINING, TEACHING, RUNS, EXPORTING, EVERYWHERE)
"""The places of the commands that features do, in the order of the help."""

DO = "do"
"""The app's action for all commands of features; its parameter is the command's action."""


# What presenters' clickers and pagers send, in the lesson and in the replay.
_ON, _BACK, _DOWN, _UP, _FASTER = "right,pagedown,n", "left,pageup,p", "down,full_stop", "up,comma", "plus,equals_sign"

COMMANDS: tuple[Command, ...] = (
    Command(
        "next_event", _ON, "→", pgettext("key line", "next event"), _("What happened next (also PgDn, n)"), REPLAYING
    ),
    Command(
        "previous_event", _BACK, "←", pgettext("key line", "event back"), _("One event back (also PgUp, p)"), REPLAYING
    ),
    Command(
        "play_replay",
        "space",
        pgettext("key", "space"),
        pgettext("key line", "play"),
        _("Play the lesson as it was taught, and pause"),
        REPLAYING,
    ),
    Command(
        "next_mark",
        _DOWN,
        "↓",
        pgettext("key line", "next mark"),
        _("The next place that the teacher marked"),
        REPLAYING,
    ),
    Command("previous_mark", _UP, "↑", pgettext("key line", "mark back"), _("The place marked before"), REPLAYING),
    Command(
        "go_to_moment",
        "g",
        "g",
        pgettext("key line", "go to"),
        _("Go to a moment (1:30), an event (42) or a mark"),
        REPLAYING,
        asks=True,
    ),
    Command("replay_faster", _FASTER, "+", "", _("Replay faster"), REPLAYING),
    Command("replay_slower", "minus", "-", "", _("Replay slower"), REPLAYING),
    Command("replay_begin", "home", pgettext("key", "Home"), "", _("The beginning of the lesson"), REPLAYING),
    Command("replay_end", "end", pgettext("key", "End"), "", _("The end of the lesson"), REPLAYING),
    Command(
        "look_around",
        "l",
        "l",
        pgettext("key line", "look around"),
        _("Stop, and walk through the lesson yourself"),
        REPLAYING,
    ),
    Command(
        "come_back",
        "escape",
        "Esc",
        pgettext("key line", "back to the teacher"),
        _("Go back to where the teacher is"),
        LOOKING_AROUND,
    ),
    Command(
        "next_step", _ON, "→", pgettext("key line", "step"), _("Next step of the iteration (also PgDn, n)"), NAVIGATING
    ),
    Command("previous_step", _BACK, "←", pgettext("key line", "back"), _("Step back (also PgUp, p)"), NAVIGATING),
    Command("next_iteration", _DOWN, "↓", pgettext("key line", "iteration"), _("Next iteration (also .)"), NAVIGATING),
    Command("previous_iteration", _UP, "↑", "", _("Iteration back (also ,)"), NAVIGATING),
    Command("next_epoch", "greater_than_sign", ">", "", _("Next epoch: the first batch of the next pass"), NAVIGATING),
    Command(
        "previous_epoch", "less_than_sign", "<", "", _("Epoch back: the first batch of this or the last"), NAVIGATING
    ),
    Command(
        "go_to",
        "g",
        "g",
        pgettext("key line", "go to"),
        _("Go to an iteration, a step or a cell of it, or a mark"),
        NAVIGATING,
        asks=True,
    ),
    Command(
        "play",
        "space",
        pgettext("key", "space"),
        pgettext("key line", "play"),
        _("Play and pause, an iteration at a time"),
        NAVIGATING,
    ),
    Command("faster", _FASTER, "+", "", _("Play faster"), NAVIGATING),
    Command("slower", "minus", "-", "", _("Play slower"), NAVIGATING),
    Command("first", "home", pgettext("key", "Home"), "", _("The first step of the first iteration"), NAVIGATING),
    Command("last", "end", pgettext("key", "End"), "", _("The last step of the last iteration"), NAVIGATING),
    Command(
        "explain",
        "e",
        "e",
        pgettext("key line", "explain"),
        _("Explain the cell selected, or the first of this step"),
        EXPLAINING,
    ),
    Command(
        "derive",
        "y",
        "y",
        pgettext("key line", "derive"),
        _("Why this formula? Its derivation, line by line"),
        EXPLAINING,
    ),
    Command(
        "check",
        "G",
        "G",
        pgettext("key line", "check"),
        _("Check the gradient: each slope beside a measured one"),
        EXPLAINING,
    ),
    Command(
        "plant",
        "M",
        "M",
        "",
        _("Plant a mistake in a program, to be found by the check"),
        EXPLAINING,
        asks=True,
        makes=(MistakePlanted,),
    ),
    Command(
        "predict",
        "P",
        "P",
        "",
        _("Answer the next question: predict what is hidden"),
        EXPLAINING,
        makes=(QuestionOpened,),
    ),
    Command(
        "new_row",
        "N",
        "N",
        "",
        _("Predict for a new row, one that is not in the data"),
        EXPLAINING,
        asks=True,
        makes=(NewRowAdded, NewRowRemoved),
    ),
    Command(
        "compare_numbers",
        "j",
        "j",
        "",
        _("Compare a student's numbers with the lesson's"),
        EXPLAINING,
        asks=True,
        makes=(NumbersCompared,),
    ),
    Command(
        "first_difference",
        "F",
        "F",
        "",
        _("Go to the first of a student's numbers that differs"),
        EXPLAINING,
        has_effect=lambda view: view.state.compared is not None,
    ),
    Command("choose", "enter", "Enter", "", _("Choose one of the cells of this step"), NAVIGATING),
    Command("chart", "c", "c", "", _("The next chart"), EVERYWHERE),
    *(
        Command(
            f"show_chart('{name}')",
            key_of(name),
            key_of(name) or f"9 {letter_of(name)}",
            "",
            _("Chart: {what}", what=chart.help),
            EVERYWHERE,
        )
        for name, chart in CHARTS.items()
    ),
    Command("more_charts", "9", "9", "", _("Choose among the other charts"), EVERYWHERE, asks=True),
    *PLANE_CHOICES,
    Command(
        "network",
        "0",
        "0-9",
        pgettext("key line", "picture"),
        _("0: the picture of the network; 1-9: a chart in its place"),
        EVERYWHERE,
    ),
    Command("ahead", "H", "H", "", _("Hide what lies ahead on the charts, or show it faint"), EVERYWHERE),
    Command(
        "more_decimals", "right_square_bracket", "]", "", _("One decimal more in the matrices, up to 17"), EVERYWHERE
    ),
    Command("fewer_decimals", "left_square_bracket", "[", "", _("One decimal less, down to 2"), EVERYWHERE),
    Command("scientific", "x", "x", "", _("Numbers as powers of ten, or not"), EVERYWHERE),
    Command("names", "W", "W", "", _("Large names for the last row: W1, Z2, not signs"), EVERYWHERE),
    Command("signs", "f2", "F2", "", _("Fewer signs, if your font shows boxes"), EVERYWHERE),
    Command("cursor", "f3", "F3", "", _("The terminal's cursor, for screen readers"), EVERYWHERE),
    Command(
        "next_pane", "tab", "Tab", pgettext("key line", "panes"), _("Next pane (shift+Tab: the one before)"), PANES
    ),
    Command("previous_pane", "shift+tab", pgettext("key", "shift+Tab"), "", _("The pane before"), PANES),
    Command(
        "whole", "z", "z", pgettext("key line", "zoom"), _("Give this pane the whole screen, or show all again"), PANES
    ),
    Command(
        "leave_pane",
        "escape",
        "Esc",
        pgettext("key line", "steps"),
        _("Leave the pane: the arrows walk the lesson again"),
        PANES,
    ),
    Command(
        "undo",
        "u",
        "u",
        pgettext("key line", "undo"),
        _("Undo the last edit, note or mark"),
        TEACHING,
        makes=(Undone, NoteUndone),
    ),
    Command("redo", "U", "U", "", _("Redo what was undone last"), TEACHING, makes=(Redone, NoteRedone)),
    Command(
        "effect",
        "h",
        "h",
        "",
        _("Edits take effect from here on, or start the run again"),
        TEACHING,
        makes=(EffectChosen,),
    ),
    Command("note", "r", "r", "", _("Write a note at this step"), TEACHING, asks=True, makes=(Noted,)),
    Command(
        "note_difference",
        "T",
        "T",
        "",
        _("Write what differs in a student's numbers as a note"),
        TEACHING,
        asks=True,
        makes=(Noted,),
        has_effect=lambda view: view.state.compared is not None,
    ),
    Command("mark", "m", "m", "", _("Give this step a name, to go back to it"), TEACHING, asks=True, makes=(Marked,)),
    Command(
        "change_note",
        "C",
        "C",
        "",
        _("Change or delete a note or the name of this step"),
        TEACHING,
        asks=True,
        makes=(NoteChange,),
    ),
    Command(
        "question",
        "Q",
        "Q",
        "",
        _("Ask a question here, about the cell selected"),
        TEACHING,
        asks=True,
        makes=(QuestionAsked,),
    ),
    Command(
        "branch",
        "b",
        "b",
        pgettext("key line", "branch"),
        _("Keep this run, and go on with another one beside it"),
        RUNS,
        asks=True,
        makes=(Branched,),
    ),
    Command(
        "next_run",
        "v",
        "v",
        pgettext("key line", "next run"),
        _("Show the next of the runs"),
        RUNS,
        makes=(RunChosen,),
        has_effect=lambda view: bool(view.other_runs),
    ),
    Command(
        "next_compared", "V", "V", "", _("Compare this run with the next of the others"), RUNS, makes=(RunCompared,)
    ),
    Command("fork", "f", "f", "", _("Go back to the iteration where this run left the other"), RUNS),
    Command(
        "starts",
        "t",
        "t",
        "",
        _("Train from many starts, or with other settings"),
        RUNS,
        asks=True,
        makes=(StartTried, SettingsTried),
    ),
    Command("replay", "R", "R", "", _("Replay this lesson from its beginning"), TEACHING),
    Command("share", "w", "w", "", _("Let the class follow the lesson live"), TEACHING, asks=True),
    Command("open", "o", "o", pgettext("key line", "open"), _("Open another lesson or file"), TEACHING, asks=True),
    Command("generate", "B", "B", "", _("Begin a lesson with data drawn at random"), TEACHING, asks=True),
    Command(
        "save",
        "s",
        "s",
        pgettext("key line", "save"),
        _("Save all that happened to a file, and go on there"),
        TEACHING,
        asks=True,
    ),
    Command("save_fresh", "S", "S", "", _("Save the lesson as it stands as a fresh one"), TEACHING, asks=True),
    Command("hand_out", "E", "E", "", _("Hand out this iteration, or the run as a program"), EXPORTING, asks=True),
    Command("training", "k", "k", "", _("Stop computing the iterations, or go on with it"), EVERYWHERE),
    Command("quit", "q", "q", pgettext("key line", "quit"), _("Quit"), EVERYWHERE),
    Command(
        "command_palette",
        "ctrl+p",
        pgettext("key", "ctrl+p"),
        "",
        _("Find a command, a setting, a lesson or a theme by name"),
        EVERYWHERE,
        asks=True,
    ),
    Command(
        "redraw",
        "ctrl+l",
        pgettext("key", "ctrl+l"),
        "",
        _("Draw the screen again, where something else wrote on it"),
        EVERYWHERE,
    ),
    *PANE_COMMANDS,
    Command(
        "read_csv",
        "i",
        "i",
        pgettext("key line", "CSV in"),
        _("Take all data from a CSV file; the last columns are y"),
        DATA,
        asks=True,
        makes=(DataReplaced,),
    ),
    Command(
        "iteration_scale",
        "L",
        "L",
        pgettext("key line", "log axis"),
        _("Space the iterations as logarithms do, or evenly"),
        CHART,
    ),
    Command(
        "charted_range",
        "I",
        "I",
        pgettext("key line", "range"),
        _("Show some of the iterations, such as 1–200, or all"),
        CHART,
        asks=True,
    ),
    Command(
        "split",
        "K",
        "K",
        "",
        _("Keep rows back for a test, drawn at random"),
        DATA,
        asks=True,
        makes=(HyperparameterSet,),
    ),
    Command("write_csv", "O", "O", pgettext("key line", "CSV out"), _("Write the data to a CSV file"), DATA, asks=True),
    Command("help", "question_mark,f1", "?", pgettext("key line", "help"), _("All keys"), EVERYWHERE, asks=True),
)


_OF_PANES = frozenset(PANE_COMMANDS)
OF_FEATURES = {command.action: command for command in COMMANDS if command.where != PANES and command not in _OF_PANES}
"""The commands that features do, by their actions."""


def bindings_of_features() -> list[BindingType]:
    """The bindings of all commands that features do; the app knows which of them apply."""
    return bindings(OF_FEATURES.values(), textual_action)


def textual_action(command: Command) -> str:
    """The action of a command as Textual runs it: on a pane or the screen, or on the app for one of its features."""
    return f"{DO}({command.action!r})" if command.action in OF_FEATURES else command.action


def commands_of(place: str) -> list[Command]:
    """The commands of a place."""
    return [command for command in COMMANDS if command.where == place]


_FIRST = (
    "next_step",
    "previous_step",
    "next_iteration",
    "explain",
    "derive",
    "check",
    "next_pane",
    "play",
    "network",
    "go_to",
)
"""The actions whose keys the key line shows before the others: a narrow screen has room for only some of them."""


def key_line(places: Sequence[str], is_shown: Callable[[Command], bool]) -> list[Command]:
    """The commands of ``places`` for the key line: those of the nearest places first, then `_FIRST`; the help is last.

    Without a pane that has the keys, `_FIRST` come before all others.
    """
    help_itself = OF_FEATURES["help"]
    named = [
        one for place in places for one in commands_of(place) if one.short and one is not help_itself and is_shown(one)
    ]
    # If two keys do the same, the line shows the first; if a key does two things, the one of the nearest place.
    of_each_word = {one.short: one for one in reversed(named)}
    of_each_key = {one.shown: one for one in reversed(named)}
    shown = [one for one in named if of_each_word[one.short] is one and of_each_key[one.shown] is one]
    of_pane = [one for one in shown if one.where not in (*PLACES, PANES)]
    of_replay = [one for one in shown if one.where in (REPLAYING, LOOKING_AROUND)]
    others = [one for one in shown if one not in of_pane and one not in of_replay]
    ranks = {action: rank for rank, action in enumerate(("leave_pane", *_FIRST) if of_pane else _FIRST)}
    others.sort(key=lambda command: ranks.get(command.action, len(ranks)))
    return [*of_replay, *of_pane, *others, help_itself]
