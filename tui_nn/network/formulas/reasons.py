"""Why each line of a derivation follows."""

from enum import Enum, auto


class Reason(Enum):
    """Why a line follows from the one before; `writing` says it in words."""

    ONE_ROW = auto()
    WRONG_ORDER = auto()
    ALL_ROWS = auto()
    FUNCTION = auto()
    CELL_BY_CELL = auto()
    COST_OF_ROW = auto()
    COST = auto()
    PENALTY = auto()
    WITH_PENALTY = auto()
    SOUGHT = auto()
    SUM_RULE = auto()
    COST_SLOPE = auto()
    CHAIN_RULE = auto()
    SLOPE = auto()
    NAMED = auto()
    CANCELLED = auto()
    SO_FAR = auto()
    WEIGHTED_SUM = auto()
    INCOMING = auto()
    ROW_WRONG_ORDER = auto()
    ROW_ORDER = auto()
    SUMMED = auto()
    MATRICES_WRONG_ORDER = auto()
    MATRICES = auto()
    SOUGHT_DEEPER = auto()
    CHAIN_DEEPER = auto()
    BACK_WRONG = auto()
    BACK = auto()
    EACH_BIAS = auto()
    BIASES_SUMMED = auto()
    COLUMN_SUMS = auto()
    SLOPE_OF_PENALTY = auto()
    DOWNHILL = auto()
    DOWNHILL_TOO = auto()
    FIXED = auto()
