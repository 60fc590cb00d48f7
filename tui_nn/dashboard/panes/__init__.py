"""The panes, one file each, and the registry that finds them."""
