"""What the passes hand on, and what they are given: data only."""
