"""The small program that a follower runs while it sees what the teacher sees: it copies what a painter draws.

Without Textual and numpy, it takes a few megabytes, so that a thousand of them fit on one machine. It imports nothing
but Python's modules in C and this package.
"""
