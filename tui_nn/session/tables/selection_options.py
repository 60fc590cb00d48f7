"""The names of the options that choose columns and rows of a table."""

Y, WITHOUT, SKIP_MISSING = "--y", "--without", "--skip-missing"
