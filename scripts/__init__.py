"""What is made from the code by a command: catalogs, the man page."""
