"""Commands that make files from the code: the catalogs and the man page."""
