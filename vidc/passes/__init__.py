"""The passes: each takes the noun before it and a log of findings, and gives the next noun."""
