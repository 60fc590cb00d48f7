"""The panes and lines of the screen, and what they are drawn on."""
