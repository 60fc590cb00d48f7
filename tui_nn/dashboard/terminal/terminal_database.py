"""What the machine's database of terminals (terminfo) knows of the terminal in use."""


def erases_with_ground() -> bool:
    """Whether the terminal can erase cells in a line and gives them the current background colour.

    False if the database does not know the terminal, or if there is no database, as on Windows.
    """
    try:
        import curses
    except ImportError:
        return False
    try:
        curses.setupterm(fd=1)
    except curses.error:
        return False
    return curses.tigetflag("bce") == 1 and curses.tigetstr("ech") == b"\x1b[%p1%dX"
