"""How large a lesson may be: strangers write files, and the screen must answer within a tenth of a second."""

from tui_nn.language import _

GO_ON_AFRESH = _("Press S to save a fresh copy of the lesson, and go on with that.")
"""What to do when a lesson has grown too long."""

# A file.
FILE_BYTES = 16 * 2**20
TITLE_LENGTH = 120
NAME_LENGTH = 60
NOTE_LENGTH = 500

# The data and the network. A pass computes all matrices of one iteration.
ROWS = 100_000
COLUMNS = 256
HIDDEN_LAYERS = 16
PARAMETER_MATRICES = 2 * (HIDDEN_LAYERS + 1)
UNITS = 1024
PARAMETERS = 1_000_000
CELLS_OF_A_MATRIX = 4_000_000
CELLS_OF_A_PASS = 8_000_000
MULTIPLICATIONS = 100_000_000
ITERATIONS = 10_000_000
STARTS = 100_000
DERIVATION_LINES = 1_000

# The log.
EVENTS = 200_000
EDITS = 15_000
NUMBERS_AT_ONCE = 300_000
NOTES = 1_000
MARKS = 1_000
NOTE_CHANGES = 10_000
QUESTIONS = 1_000
NUMBERS_ASKED_FOR = 40
ANSWERS = 10_000
NEW_ROWS = 26

# The runs, and what undo keeps, in numbers of data and of given weights.
BRANCHES = 26
CHANGES_OF_A_RUN = 1_000
CELLS_IN_RUNS = 20_000_000
CELLS_KEPT_FOR_UNDO = 10_000_000
CELLS_COPIED = 150_000_000

# Numbers that a student's program printed.
NUMBERS_BYTES = 32 * 2**20
PRINTED_CELLS = 2_000_000
PRINTED_MATRICES = 5_000
PRINTED_LINES = 3_000_000
LINES_OF_WORDS = 100_000
PRINTED_LABELS = 1_000
PRINTED_LISTS = 500_000
NESTED_LISTS = 12
READING_NOTES = 20

# Those of them that stand beside the lesson's.
COMPARED_MATRICES = 500
COMPARED_CELLS = 4_000
MISTAKES_NAMED = 20
