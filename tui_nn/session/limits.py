"""How large a lesson may be: files come from strangers, and a screen must answer within a tenth of a second."""

FILE_BYTES = 16 * 2**20
ROWS = 100_000
COLUMNS = 256
HIDDEN_LAYERS = 16
UNITS = 1024
PARAMETERS = 1_000_000
CELLS_OF_A_MATRIX = 4_000_000
MULTIPLICATIONS = 100_000_000
ITERATIONS = 10_000_000
TITLE_LENGTH = 120
NAME_LENGTH = 60
