"""The painter beside a teacher: it draws each view of a shared lesson once, for all followers who have that view.

A view is a size, a theme, and a kind of terminal. `tui_nn.following` has the small program that copies a view to a
terminal, and the messages between the two.
"""
