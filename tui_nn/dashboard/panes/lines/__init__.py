"""The lines that panes draw, made from the view by functions that know no widget."""
