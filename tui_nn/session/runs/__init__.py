"""The runs of a lesson: their plans, how they branch off from each other, and the cache of what they computed."""
