"""A browser: the server, and the program that it starts for each browser."""
