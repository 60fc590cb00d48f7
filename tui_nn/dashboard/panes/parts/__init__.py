"""What the panes are made of and no widget: the lines that they draw, and the edits that they ask for."""
