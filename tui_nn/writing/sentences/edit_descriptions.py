"""What an edit did, in a few words, for the message that undoes it or makes it again."""

from tui_nn.session.events import Event
from tui_nn.session.events.phrase import MatrixName, SettingValue
from tui_nn.writing.notation.number_format import grouped, shortest
from tui_nn.writing.notation.setting_names import setting_name, setting_text
from tui_nn.writing.notation.signs import Notation


def edit_description(event: Event, notation: Notation) -> str:
    """``learning rate 0.5 from iteration 100 on``, ``row 4 added``."""
    return "".join(_written(part, notation) for part in event.description)


def _written(part: object, notation: Notation) -> str:
    match part:
        case MatrixName(name):
            return notation.name(name)
        case SettingValue(key, value):
            return f"{setting_name(key)} {setting_text(value) or 'none'}"
        case int():
            return grouped(part)
        case float():
            return shortest(part).replace("-", notation.minus)
        case _:
            return str(part)
