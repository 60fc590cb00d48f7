"""Everything that can happen in a lesson: each event is one class, which says everything about itself.

Importing a module here registers its classes.
"""

from tui_nn.session.events.class_edits import ClassesSet
from tui_nn.session.events.compared_numbers import NumbersCompared, NumbersPutAway
from tui_nn.session.events.data_edits import CellSet, ColumnAdded, ColumnRemoved, ColumnRenamed, RowAdded, RowRemoved
from tui_nn.session.events.display import (
    AheadChosen,
    ChartChosen,
    ChartCursorMoved,
    EffectChosen,
    IterationScaleChosen,
    IterationsCharted,
    NetworkShown,
    PaneChosen,
    RowChosen,
)
from tui_nn.session.events.edit import Edit
from tui_nn.session.events.event import EVENT_CLASSES, Event, Setting, TableName
from tui_nn.session.events.log import CostReached, Ended
from tui_nn.session.events.mistakes import MistakeGuessed, MistakePlanted
from tui_nn.session.events.navigation import DerivationShown, Moved, Selected
from tui_nn.session.events.network_edits import HyperparameterSet, WeightSet, WeightsSet
from tui_nn.session.events.new_rows import NewRowAdded, NewRowRemoved
from tui_nn.session.events.notes import (
    Marked,
    MarkRemoved,
    MarkRenamed,
    NoteChange,
    NoteChanged,
    Noted,
    NoteRedone,
    NoteRemoved,
    NoteUndone,
)
from tui_nn.session.events.pasted_data import BlockPasted, DataReplaced
from tui_nn.session.events.planes import PlaneCursorMoved, PlaneInputsChosen, PlaneUnitChosen, SecondWeightChosen
from tui_nn.session.events.playing import Paused, Played
from tui_nn.session.events.questions import Answered, QuestionAsked, QuestionOpened, QuestionWithdrawn
from tui_nn.session.events.runs import Branched, RunChosen, RunCompared, SettingsTried, StartTried
from tui_nn.session.events.undo import Redone, Undone

__all__ = [
    "EVENT_CLASSES",
    "AheadChosen",
    "Answered",
    "BlockPasted",
    "Branched",
    "CellSet",
    "ChartChosen",
    "ChartCursorMoved",
    "ClassesSet",
    "ColumnAdded",
    "ColumnRemoved",
    "ColumnRenamed",
    "CostReached",
    "DataReplaced",
    "DerivationShown",
    "Edit",
    "EffectChosen",
    "Ended",
    "Event",
    "HyperparameterSet",
    "IterationScaleChosen",
    "IterationsCharted",
    "MarkRemoved",
    "MarkRenamed",
    "Marked",
    "MistakeGuessed",
    "MistakePlanted",
    "Moved",
    "NetworkShown",
    "NewRowAdded",
    "NewRowRemoved",
    "NoteChange",
    "NoteChanged",
    "NoteRedone",
    "NoteRemoved",
    "NoteUndone",
    "Noted",
    "NumbersCompared",
    "NumbersPutAway",
    "PaneChosen",
    "Paused",
    "PlaneCursorMoved",
    "PlaneInputsChosen",
    "PlaneUnitChosen",
    "Played",
    "QuestionAsked",
    "QuestionOpened",
    "QuestionWithdrawn",
    "Redone",
    "RowAdded",
    "RowChosen",
    "RowRemoved",
    "RunChosen",
    "RunCompared",
    "SecondWeightChosen",
    "Selected",
    "Setting",
    "SettingsTried",
    "StartTried",
    "TableName",
    "Undone",
    "WeightSet",
    "WeightsSet",
]
