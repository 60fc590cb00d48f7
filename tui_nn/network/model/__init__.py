"""The network, its data and its weights."""
