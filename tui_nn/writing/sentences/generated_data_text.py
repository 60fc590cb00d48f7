"""What each kind of generated data is, in a few words."""

GENERATED_DATA_TEXT = {
    "circle": "a disc inside a ring",
    "xor": "four squares: have x1 and x2 the same sign?",
    "gauss": "two clouds of points",
    "spiral": "two arms that turn around each other",
    "moons": "two half circles that reach into each other",
    "curve": "above or below a sine curve",
    "blobs": "three clouds, for three classes",
    "plane": "a number that grows with x1 and x2",
    "gaussian": "a number: three hills and three valleys",
}
"""The words by the name of the kind."""
