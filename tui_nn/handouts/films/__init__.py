"""A recorded lesson as a film, for people who do not have the program."""
