"""The lesson: a document and the log of what happened to it. Knows the network; knows no screen."""
