"""The picture of the network: its parts, and how they are drawn."""
