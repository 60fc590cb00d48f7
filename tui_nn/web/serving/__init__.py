"""The server: it shows a page, starts a program for each browser, and carries what both say."""
