"""The names of the catalogue's mistakes, and what belongs to a mistake, in the user's language.

Files and JSON have both in English: they are translated where they are shown.
"""

import re
from collections.abc import Mapping

from tui_nn.language import _, ngettext

# For translators: mistakes in a student's program, each in a few words.
NAMES: Mapping[str, str] = {
    "bias recycled down the columns": _("bias recycled down the columns"),
    "bias summed over the wrong axis": _("bias summed over the wrong axis"),
    "vector against column": _("vector against column"),
    "derivative at a instead of z": _("derivative at a instead of z"),
    "sum for mean": _("sum for mean"),
    "mean for sum": _("mean for sum"),
    "wrong sign": _("wrong sign"),
    "updated too early": _("updated too early"),
    "weights not updated": _("weights not updated"),
    "biases not updated": _("biases not updated"),
    "derivative mistyped": _("derivative mistyped"),
    "cost over all pairs": _("cost over all pairs"),
    "forgotten derivative, output": _("forgotten derivative, output"),
    "forgotten derivative, hidden": _("forgotten derivative, hidden"),
    "factor two": _("factor two"),
    "bias gradient averaged": _("bias gradient averaged"),
    "bias gradient summed over everything": _("bias gradient summed over everything"),
    "activation left out": _("activation left out"),
    "other activation": _("other activation"),
    "activated twice": _("activated twice"),
    "activation mistyped": _("activation mistyped"),
    "penalty on the biases": _("penalty on the biases"),
    "penalty left out": _("penalty left out"),
    "penalty divided by the number of rows": _("penalty divided by the number of rows"),
    "softmax over everything": _("softmax over everything"),
    "softmax over the rows": _("softmax over the rows"),
    "elementwise for matrix product": _("elementwise for matrix product"),
    "matrix product for elementwise": _("matrix product for elementwise"),
    "cost mistyped": _("cost mistyped"),
    "scaling recycled down the columns": _("scaling recycled down the columns"),
    "data not scaled": _("data not scaled"),
    "scaled by another number": _("scaled by another number"),
    "filled by rows": _("filled by rows"),
    "other learning rate": _("other learning rate"),
    "gradient not reset": _("gradient not reset"),
    "divided by the number of rows twice": _("divided by the number of rows twice"),
    "by another number of rows": _("by another number of rows"),
    "bias with the wrong sign": _("bias with the wrong sign"),
    "bias not in the forward pass": _("bias not in the forward pass"),
    "a bias per row of data": _("a bias per row of data"),
    "weights replaced by the step": _("weights replaced by the step"),
    "missing transpose": _("missing transpose"),
    "slope left in": _("slope left in"),
    "forgotten complement": _("forgotten complement"),
    "sigmoid slope for softmax": _("sigmoid slope for softmax"),
    "error in place of delta": _("error in place of delta"),
    "error squared in delta": _("error squared in delta"),
    "z(1-z) for the derivative": _("z(1-z) for the derivative"),
    "derivative of another activation": _("derivative of another activation"),
    "derivative for the activation": _("derivative for the activation"),
    "off by one layer": _("off by one layer"),
    "reshaped for transposed": _("reshaped for transposed"),
    "integer division": _("integer division"),
    "forward pass again between the updates": _("forward pass again between the updates"),
    "other number of iterations": _("other number of iterations"),
    "no bias correction": _("no bias correction"),
    "bias correction mistyped": _("bias correction mistyped"),
    "state cleared each epoch": _("state cleared each epoch"),
    "other share of the new slope": _("other share of the new slope"),
    "slopes not squared": _("slopes not squared"),
    "root mistyped": _("root mistyped"),
    "schedule left out": _("schedule left out"),
    "schedule counted otherwise": _("schedule counted otherwise"),
    "rows dealt otherwise": _("rows dealt otherwise"),
    "other batch size": _("other batch size"),
    "test rows used in training": _("test rows used in training"),
    "test rows used in the scaling": _("test rows used in the scaling"),
    "other optimizer": _("other optimizer"),
    "other number in the optimizer": _("other number in the optimizer"),
    "other schedule": _("other schedule"),
    "one iteration off": _("one iteration off"),
    "cost after the update": _("cost after the update"),
    "a column taken twice": _("a column taken twice"),
    "rounded on the way": _("rounded on the way"),
    "weights transposed": _("weights transposed"),
    "rows in another order": _("rows in another order"),
    "columns in another order": _("columns in another order"),
    "drawn in another order": _("drawn in another order"),
    "seed set again": _("seed set again"),
    "other generator": _("other generator"),
    "other cost": _("other cost"),
    "other seed": _("other seed"),
    "ones for the start": _("ones for the start"),
    "zeros for the start": _("zeros for the start"),
}
"""What the user reads for the name of each mistake of the catalogue."""
_DETAILS: Mapping[str, str] = {
    "they are dealt as they are listed": _("they are dealt as they are listed"),
    "every epoch has the order of the first one": _("every epoch has the order of the first one"),
    "an epoch goes from the last batch to the first": _("an epoch goes from the last batch to the first"),
    "the smaller batch at the end of an epoch is left out": _("the smaller batch at the end of an epoch is left out"),
    "the rows left at the end of an epoch go into the next batch": _(
        "the rows left at the end of an epoch go into the next batch"
    ),
    "all rows": _("all rows"),
    "one iteration too early": _("one iteration too early"),
    "one iteration too late": _("one iteration too late"),
    "by epochs, not by iterations": _("by epochs, not by iterations"),
}
_SHUFFLED = re.compile(r"they are shuffled, with the seed (\d+)")
_ROWS = re.compile(r"(\d+) rows?")
_EXCHANGED = re.compile(r"(\w+) and (\w+) exchanged")


def shown_mistake(name: str) -> str:
    """The name of a mistake in the user's language; that of a mistake which this version does not know as it is."""
    return NAMES.get(name, name)


def shown_detail(detail: str) -> str:
    """What belongs to a mistake, in the user's language; numbers and names of settings stay as they are."""
    if found := _SHUFFLED.fullmatch(detail):
        return _("they are shuffled, with the seed {seed}", seed=found[1])
    if found := _ROWS.fullmatch(detail):
        return ngettext("{rows} row", "{rows} rows", int(found[1]), rows=found[1])
    if found := _EXCHANGED.fullmatch(detail):
        return _("{first} and {second} exchanged", first=found[1], second=found[2])
    return _DETAILS.get(detail, detail)
