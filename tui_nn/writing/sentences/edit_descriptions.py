"""What an edit did, in a few words, for the message that undoes it or makes it again."""

from tui_nn.language import _
from tui_nn.session.events import Event
from tui_nn.session.events.phrase import MatrixName, SettingValue
from tui_nn.writing.notation.number_format import group_digits, shortest_text
from tui_nn.writing.notation.setting_names import setting_name, setting_text
from tui_nn.writing.notation.signs import Notation


def edit_description(event: Event, notation: Notation) -> str:
    """What an edit did: ``learning rate 0.5 from iteration 100 on``, ``row 4 added``."""
    return "".join(_part_text(part, notation) for part in event.description)


def _part_text(part: object, notation: Notation) -> str:
    match part:
        case MatrixName(name):
            return notation.name(name)
        case SettingValue(key, value):
            text = setting_text(value) or _("none")
            return f"{setting_name(key)} {text}"
        case int():
            return group_digits(part)
        case float():
            return shortest_text(part).replace("-", notation.minus)
        case _:
            return str(part)
