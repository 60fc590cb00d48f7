"""A class that follows sees pictures that are drawn once: a painter beside the teacher draws, and followers copy.

The painter draws each view (a size, a theme, a kind of terminal) once, and sends what changes to all followers who
have that view. A follower is a small program without Textual and numpy that copies these bytes to its terminal. When
its user looks around, the full program takes its place.
"""
