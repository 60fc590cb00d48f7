"""Which columns and rows of a table the user wants, given as options of a command or typed after a file's name."""

import difflib
import re
import shlex
from collections.abc import Sequence

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.language import _
from tui_nn.network import ValidationError
from tui_nn.network.model.errors import quoted
from tui_nn.session.class_names import normal_name
from tui_nn.session.tables.errors import TableError
from tui_nn.session.tables.selection_options import SKIP_MISSING, WITHOUT, Y
from tui_nn.session.validation import shortened

OPTIONS = f"{Y} NAME… {WITHOUT} NAME… {SKIP_MISSING}"
"""What the user may type after a file's name."""
_BEFORE_AN_OPTION = re.compile(r"(?:^|\s)(?=--\w)")


@frozen_dataclass
class TableSelection:
    """The names of the columns to take as y, in this order, and of those to leave out (``without``).

    If ``y`` is empty, the last column is y. ``skips_missing`` leaves out the rows in which a number is missing.
    """

    y: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    skips_missing: bool = False


EVERYTHING = TableSelection()


@frozen_dataclass
class Columns:
    """Which columns of a table are used, and which of these are y; all counted from 0."""

    used: tuple[int, ...]
    y: tuple[int, ...]


def parse_selection(text: str) -> tuple[str, TableSelection]:
    """A file's name, and the options after it: ``data.csv --y score --without "first name"``.

    Raises `ValidationError`.
    """
    found = _BEFORE_AN_OPTION.search(text)
    if not found:
        return text.strip(), EVERYTHING
    try:
        words = shlex.split(text[found.end() :])
    except ValueError:
        raise _not_understood(_("a quotation mark that no other one closes")) from None
    names: dict[str, list[str]] = {Y: [], WITHOUT: []}
    skips_missing, option = False, ""
    for word in words:
        if word == SKIP_MISSING:
            skips_missing, option = True, ""
        elif word in names:
            option = word
        elif option and not word.startswith("--"):
            names[option].append(word)
        else:
            raise _not_understood(quoted(shortened(word)))
    return text[: found.start()].strip(), TableSelection(tuple(names[Y]), tuple(names[WITHOUT]), skips_missing)


def _not_understood(what: str) -> ValidationError:
    options = {"y": Y, "without": WITHOUT, "skip_missing": SKIP_MISSING}
    says = _(
        "{what} can't be understood. After a file's name you can type {y} NAME…, {without} NAME…, {skip_missing}.",
        what=what,
        **options,
    )
    return ValidationError("table", what, _("{y}, {without} or {skip_missing}", **options), says[0].upper() + says[1:])


def select_columns(choice: TableSelection, names: Sequence[str]) -> Columns:
    """The columns that ``choice`` selects from a table with ``names``. Raises `TableError` for unknown names."""
    y, without = _column_indices(Y, choice.y, names), _column_indices(WITHOUT, choice.without, names)
    if both := [names[column] for column in y if column in without]:
        says = _(
            "{column} can't be y ({y}) and be left out ({without}). Leave out one of the two options.",
            column=both[0],
            y=Y,
            without=WITHOUT,
        )
        raise TableError(says)
    used = tuple(column for column in range(len(names)) if column not in without)
    if y and len(used) == len(y):
        raise TableError(_("{y} takes every column, so that none is left for x. Name fewer columns.", y=Y))
    if not used:
        raise TableError(_("{without} leaves out every column. Name fewer.", without=WITHOUT))
    return Columns(used, y)


def _column_indices(option: str, wanted: Sequence[str], names: Sequence[str]) -> tuple[int, ...]:
    places: list[int] = []
    for word in wanted:
        # A name may contain commas; otherwise commas separate names.
        for part in [word] if normal_name(word) in names else filter(None, map(str.strip, word.split(","))):
            name = normal_name(part)
            if name not in names:
                raise TableError(_unknown_column(option, name, names))
            if names.index(name) not in places:
                places.append(names.index(name))
    return tuple(places)


def _unknown_column(option: str, name: str, names: Sequence[str]) -> str:
    by_lower = {name.casefold(): name for name in names}
    near = difflib.get_close_matches(name.casefold(), by_lower, n=1, cutoff=0.5)
    listed = ", ".join(map(shortened, names[:20])) + (", …" if len(names) > 20 else "")
    says = [_('There is no column called "{name}" ({option}).', name=shortened(name), option=option)]
    if near:
        says.append(_("Did you mean {column}?", column=shortened(by_lower[near[0]])))
    return " ".join((*says, _("The columns are {columns}.", columns=listed)))
