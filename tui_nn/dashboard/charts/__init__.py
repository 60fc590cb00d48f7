"""The charts, drawn by plotext, and the pane that shows them."""
