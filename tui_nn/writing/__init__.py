"""How names, formulas, numbers and sentences are written for people, on the screen and in plain text."""
